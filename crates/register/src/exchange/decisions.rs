//! The district's series of decisions: kept byte for byte, and applied to the people it is about.

use crate::door::Door;
use crate::error::RegisterError;
use crate::exchange::Inbound;
use crate::person::rows::{self, EventRow, What};
use crate::person::status::Case;
use crate::series::{self, rows::Series};
use crate::sql::{self, column};
use crate::statement::decisions::{self, Revocation};
use payung_domain::{Answer, VillageCode};
use payung_journal::{
    Carried, Checkpoint, EntityId, Entry, Event, Frame, NewEntry, Reason, Rejected, SaltSource, SeriesKind,
    accept, stretch_of,
};
use payung_keys::PublicKey;

/// Takes the frames as far as a checkpoint of the district covers them; returns how many entries were new.
pub(crate) fn take(
    door: &mut Door<'_>,
    district: &PublicKey,
    inbound: &Inbound,
) -> Result<u64, RegisterError> {
    let mut taken = 0;
    for checkpoint in &inbound.checkpoints {
        let Some(known) = series::rows::find(door.db, checkpoint.series)? else {
            return Err(RegisterError::Untrusted("seri keputusan tidak dikenal"));
        };
        if known.state.kind != SeriesKind::Decisions || known.state.public_key != *district {
            return Err(RegisterError::Untrusted("seri keputusan bukan milik kabupaten ini"));
        }
        let frames: Vec<&Frame> =
            inbound.frames.iter().filter(|frame| frame.series == checkpoint.series).collect();
        taken += take_series(door, &known, &frames, checkpoint)?;
    }
    Ok(taken)
}

fn take_series(
    door: &mut Door<'_>,
    known: &Series,
    frames: &[&Frame],
    checkpoint: &Checkpoint,
) -> Result<u64, RegisterError> {
    let db = door.db;
    let head_at = |seq| series::rows::head_at(db, known, seq).ok().flatten();
    let accepted = accept(&known.state.position(), &known.state.public_key, frames, checkpoint, &head_at)
        .map_err(|rejected| refuse(&rejected, known))?;
    for new in &accepted.new {
        store(door, known, new)?;
        apply(door, EntityId::new(known.state.series, new.seq), new)?;
    }
    if !accepted.new.is_empty() {
        let position = accepted.position;
        sql::run(
            door.db,
            include_str!("../series/update_head.sql"),
            (known.row, column(position.seq)?, position.head.0),
        )?;
    }
    Ok(accepted.new.len() as u64)
}

fn refuse(rejected: &Rejected, known: &Series) -> RegisterError {
    match *rejected {
        Rejected::Fork { at } => RegisterError::Forked { series: known.state.series, seq: at },
        Rejected::Gap { .. } | Rejected::Truncated { .. } => {
            RegisterError::Untrusted("sebagian keputusan hilang di jalan")
        }
        Rejected::BadSignature => RegisterError::Untrusted("keputusan tidak ditandatangani kabupaten"),
        Rejected::Foreign => RegisterError::Untrusted("keputusan bukan untuk desa ini"),
        Rejected::Altered { .. } => RegisterError::Untrusted("keputusan berubah di jalan"),
    }
}

/// Byte for byte, with what proves the digest.
fn store(door: &Door<'_>, known: &Series, new: &NewEntry) -> Result<(), RegisterError> {
    let (body, salt, at) = match &new.carried {
        Carried::Erased { .. } => (None, None, door.now),
        Carried::Body { body, salt } => {
            // A body of a newer program is kept and receipted even where nothing can be done with it.
            let at = Entry::decode(body).map_or(door.now, |entry| entry.at);
            (Some(body), own_salt(door, known, new.seq, salt)?, at)
        }
    };
    sql::run(
        door.db,
        include_str!("insert_decision.sql"),
        (known.row, column(new.seq)?, at.millis(), new.digest.0, new.head.0, body, salt.map(|salt| salt.0)),
    )?;
    Ok(())
}

/// The salt itself only where it does not follow from the seed kept for its stretch.
fn own_salt(
    door: &Door<'_>,
    known: &Series,
    seq: u64,
    salt: &SaltSource,
) -> Result<Option<payung_journal::Salt>, RegisterError> {
    let SaltSource::Stretch(seed) = salt else {
        return Ok(Some(salt.salt(seq)));
    };
    match series::rows::seed(door.db, known.row, stretch_of(seq))? {
        None => {
            series::rows::insert_seed(door.db, known.row, stretch_of(seq), *seed)?;
            Ok(None)
        }
        Some(kept) if kept == *seed => Ok(None),
        Some(_) => Ok(Some(salt.salt(seq))),
    }
}

fn apply(door: &mut Door<'_>, entry: EntityId, new: &NewEntry) -> Result<(), RegisterError> {
    let Some(body) = new.carried.body() else { return Ok(()) };
    let Ok(decoded) = Entry::decode(body) else { return Ok(()) };
    let (person, version, what) = match decoded.event {
        Event::Answered { person, version, answer, reasons, officer, .. } => {
            (person, version, About::Answer { answer, reasons, officer })
        }
        Event::NikHeldElsewhere { person, version, other_village } => {
            (person, version, About::Elsewhere(other_village))
        }
        other => return apply_to_statement(door, entry, other),
    };
    // About a person this register does not know (another device's): kept, nothing to show.
    let Some((id, version)) = rows::version_of_entry(door.db, version)? else { return Ok(()) };
    if rows::by_entity(door.db, person)? != Some(id) {
        return Ok(());
    }
    let mut case = Case::load(door, id)?;
    let what = match what {
        About::Answer { answer, reasons, officer } => {
            // An officer decided: nobody has to look at the other village any more.
            if matches!(answer, Answer::Passed | Answer::NotEligible) && !case.nik_changed_since(version) {
                case.record.nik_elsewhere = None;
            }
            What::Answered { version, answer, reasons, officer }
        }
        About::Elsewhere(village) => {
            if !case.nik_changed_since(version) {
                case.record.nik_elsewhere = Some(village);
            }
            What::NikElsewhere { village }
        }
    };
    let event = EventRow { at: decoded.at, actor: decoded.actor, entry: Some(entry), receipted: false, what };
    case.add(door, event)?;
    case.save(door)
}

/// Decisions about statements and heads.
fn apply_to_statement(door: &mut Door<'_>, entry: EntityId, event: Event) -> Result<(), RegisterError> {
    match event {
        Event::StatementTimestamped { statement, token } => {
            decisions::timestamped(door, entry, statement, &token)
        }
        Event::HeadCertified { key, certificate, officer } => {
            decisions::certified(door, entry, &key, &certificate, &officer)
        }
        Event::HeadRevoked { key, from, reason, officer, note } => {
            let (key, officer, note) = (&key, officer.as_str(), note.as_str());
            decisions::revoked(door, entry, &Revocation { key, from, reason, officer, note })
        }
        Event::StampRefused { statement, serial, other_village, message } => {
            decisions::stamp_refused(door, entry, statement, &serial, other_village, &message)
        }
        _ => Ok(()),
    }
}

enum About {
    Answer { answer: Answer, reasons: Vec<Reason>, officer: Option<String> },
    Elsewhere(VillageCode),
}
