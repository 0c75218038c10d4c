//! Taking in what the district says. Everything is verified before a row changes; a repeat changes nothing.

use crate::door::Door;
use crate::error::RegisterError;
use crate::exchange::{Inbound, NewEnrolment, Origin, SYNC_ATTEMPTS_MAX, SyncAttempt, decisions, outbound};
use crate::op::Done;
use crate::person::rows;
use crate::person::status::Case;
use crate::series;
use crate::settings;
use crate::sql::{self, column};
use payung_journal::{Position, Receipt, SeriesId, SeriesKind, TrailKind};
use payung_keys::PublicKey;

/// Longest words kept of an attempt, characters.
const WORDS_CHARS_MAX: usize = 300;

pub(crate) fn enrolled(door: &mut Door<'_>, new: &NewEnrolment) -> Result<Done, RegisterError> {
    let NewEnrolment { file, answer } = new;
    file.verify()?;
    if file.village != door.village.code {
        return Err(RegisterError::OtherVillage(file.village));
    }
    if answer.district_key != file.district_key {
        return Err(RegisterError::Untrusted("kunci kabupaten bukan yang tertulis dalam berkas pendaftaran"));
    }
    let decisions: SeriesId = answer.decisions.parse()?;
    match series::rows::find(door.db, decisions)? {
        None => {
            let kind = (SeriesKind::Decisions, Origin::District);
            series::rows::insert(door.db, decisions, kind, &file.district_key, None)?;
        }
        Some(known) if known.state.public_key == file.district_key && !known.state.own() => {}
        Some(_) => return Err(RegisterError::Untrusted("seri keputusan bukan milik kabupaten")),
    }
    sql::run(
        door.db,
        include_str!("put_enrolment.sql"),
        (&file.url, &file.regency_name, &file.authority_pem, file.district_key.to_bytes(), door.now.millis()),
    )?;
    let need = door.need();
    for regulation in &file.regulations {
        let file_name = format!("{}.toml", regulation.id);
        let signature = Some(&regulation.signature);
        let regency = door.village.code.regency();
        let added = settings::rows::add_regulation(
            door.db,
            regency,
            &file_name,
            &regulation.toml,
            signature,
            door.now,
        )?;
        door.new_regulation = added.or(door.new_regulation.take());
    }
    if door.need() != need {
        // Every state hangs on whether a statement is a condition.
        for person in rows::all_ids(door.db)? {
            Case::load(door, person)?.save(door)?;
        }
    }
    door.trail(TrailKind::Enrolled, None, &[], &file.url)?;
    Ok(Done::default())
}

pub(crate) fn attempted(door: &mut Door<'_>, attempt: &SyncAttempt) -> Result<Done, RegisterError> {
    let words: String = attempt.words.chars().take(WORDS_CHARS_MAX).collect();
    sql::run(
        door.db,
        include_str!("insert_attempt.sql"),
        (
            door.now.millis(),
            attempt.via.key(),
            attempt.succeeded,
            column(attempt.entries_sent)?,
            column(attempt.entries_received)?,
            column(attempt.people_sent)?,
            column(attempt.attachments_sent)?,
            column(attempt.attachments_received)?,
            attempt.compared,
            words,
        ),
    )?;
    sql::run(door.db, include_str!("forget_attempts.sql"), [column(SYNC_ATTEMPTS_MAX)?])?;
    Ok(Done::default())
}

pub(crate) fn learned(door: &mut Door<'_>, inbound: &Inbound) -> Result<Done, RegisterError> {
    let enrolment = outbound::enrolment(door.db)?.ok_or(RegisterError::NotEnrolled)?;
    // What the district holds of our series must be what we wrote, before anything else is believed.
    for held in &inbound.held {
        compare(door, held)?;
    }
    for receipt in &inbound.receipts {
        take_receipt(door, receipt, &enrolment.district_key)?;
    }
    let learned_entries = decisions::take(door, &enrolment.district_key, inbound)?;
    Ok(Done { learned_entries, ..Done::default() })
}

/// # Errors
/// `Forked` where the district holds another continuation of one of our own series.
fn compare(door: &Door<'_>, held: &Position) -> Result<(), RegisterError> {
    let Some(known) = series::rows::find(door.db, held.series)? else { return Ok(()) };
    if !known.state.own() {
        return Ok(());
    }
    if series::rows::head_at(door.db, &known, held.seq)? != Some(held.head) {
        return Err(RegisterError::Forked { series: held.series, seq: held.seq });
    }
    Ok(())
}

fn take_receipt(door: &mut Door<'_>, receipt: &Receipt, district: &PublicKey) -> Result<(), RegisterError> {
    receipt
        .verify(district)
        .map_err(|_| RegisterError::Untrusted("tanda terima tidak ditandatangani kabupaten"))?;
    let position = Position { series: receipt.series, seq: receipt.seq, head: receipt.head };
    compare(door, &position)?;
    let Some(known) = series::rows::find(door.db, receipt.series)? else { return Ok(()) };
    if !known.state.own() || receipt.seq <= known.state.held_seq {
        return Ok(());
    }
    sql::run(
        door.db,
        include_str!("insert_receipt.sql"),
        (known.row, column(receipt.seq)?, receipt.at.millis(), receipt.head.0, receipt.proof.to_bytes()),
    )?;
    sql::run(door.db, include_str!("put_held.sql"), (known.row, column(receipt.seq)?))?;
    let covered = rows::touched_by_entries(door.db, receipt.series, known.state.held_seq, receipt.seq)?;
    for person in covered {
        Case::load(door, person)?.save(door)?;
    }
    Ok(())
}
