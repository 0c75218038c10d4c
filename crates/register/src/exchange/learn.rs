//! Taking in what the district says. Everything is verified before a row changes; a repeat changes nothing.

use crate::door::Door;
use crate::error::RegisterError;
use crate::exchange::{
    Inbound, NewEnrolment, Origin, SYNC_ATTEMPTS_MAX, SyncAttempt, effects, forks, outbound, rounds, taking,
};
use crate::op::Done;
use crate::person::status::Case;
use crate::person::{judged, rows};
use crate::series::rows::Series;
use crate::series::{self, order};
use crate::settings;
use crate::sql::{self, column};
use payung_journal::{Position, Receipt, SeriesId, SeriesKind, Total, TrailKind};

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
        Some(_) => {
            return Err(RegisterError::Untrusted("seri keputusan bukan milik kabupaten"));
        }
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
    if door.new_regulation.is_some() {
        judged::all_again(door)?;
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
    for receipt in &inbound.receipts {
        receipt
            .verify(&enrolment.district_key)
            .map_err(|_| RegisterError::Untrusted("tanda terima tidak ditandatangani kabupaten"))?;
    }
    // First language: what the district holds of our series must be what we wrote, before anything else is believed.
    for held in &inbound.held {
        compare(door, held)?;
    }
    let mut healed = Vec::new();
    if let Some(stands) = &inbound.stands {
        healed.extend(forks::go_back(door, stands)?);
    }
    // What the district holds comes first: decisions speak of it, and would have to wait for it otherwise.
    door.unsettle();
    let held =
        inbound.receipts.iter().map(|receipt| note_held(door, receipt)).collect::<Result<Vec<_>, _>>()?;
    let taken = taking::take(door, &enrolment.district_key, inbound)?;
    healed.extend(taken.healed);
    for held in held.into_iter().flatten() {
        refresh_held(door, &held)?;
    }
    for receipt in &inbound.receipts {
        take_receipt(door, receipt)?;
    }
    if let Some(total) = inbound.total {
        confirm_decisions(door, total)?;
    }
    let mut reordered = taking::wake(door)?;
    if taken.reordered {
        reordered |= order::renew(door.db)?;
    }
    if reordered {
        effects::refresh(door, &rows::all_released(door.db)?)?;
    }
    for one in &healed {
        door.trail(TrailKind::Healed, None, &[], &one.words())?;
    }
    Ok(Done { learned_entries: taken.entries, healed, ..Done::default() })
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

/// The district holds all that is here: also the decisions that were given back to it.
fn confirm_decisions(door: &mut Door<'_>, total: Total) -> Result<(), RegisterError> {
    let all = rounds::village(door.db)?;
    let positions: Vec<Position> = all.iter().map(|series| series.state.position()).collect();
    if Total::of(&positions) != total {
        return Ok(());
    }
    for known in all.iter().filter(|series| series.state.kind == SeriesKind::Decisions) {
        if known.state.held_seq < known.state.seq {
            hold(door, known, known.state.seq)?;
        }
    }
    Ok(())
}

/// What the district came to hold, entries `(after, up_to]`.
struct Held {
    series: SeriesId,
    after: u64,
    up_to: u64,
}

/// Notes a receipt over what is here already; the people it touches are looked at later.
fn note_held(door: &mut Door<'_>, receipt: &Receipt) -> Result<Option<Held>, RegisterError> {
    let Some(known) = series::rows::find(door.db, receipt.series)? else { return Ok(None) };
    let ours = known.state.travels()
        && series::rows::head_at(door.db, &known, receipt.seq)? == Some(receipt.head)
        && receipt.seq > known.state.held_seq;
    if !ours {
        return Ok(None);
    }
    note_receipt(door, known.row, receipt)?;
    sql::run(door.db, include_str!("put_held.sql"), (known.row, column(receipt.seq)?))?;
    Ok(Some(Held { series: receipt.series, after: known.state.held_seq, up_to: receipt.seq }))
}

/// Whom a receipt touches, without those whose status was worked out since for another reason.
fn refresh_held(door: &mut Door<'_>, held: &Held) -> Result<(), RegisterError> {
    for person in rows::touched_by_entries(door.db, held.series, held.after, held.up_to)? {
        if !door.is_settled(person) {
            Case::load(door, person)?.save(door)?;
        }
    }
    Ok(())
}

/// A receipt over another past than the one kept here says nothing about this one.
fn take_receipt(door: &mut Door<'_>, receipt: &Receipt) -> Result<(), RegisterError> {
    let Some(known) = series::rows::find(door.db, receipt.series)? else { return Ok(()) };
    if !known.state.travels() || series::rows::head_at(door.db, &known, receipt.seq)? != Some(receipt.head) {
        return Ok(());
    }
    note_receipt(door, known.row, receipt)?;
    if receipt.seq > known.state.held_seq {
        hold(door, &known, receipt.seq)?;
    }
    Ok(())
}

pub(crate) fn note_receipt(door: &Door<'_>, row: i64, receipt: &Receipt) -> Result<(), RegisterError> {
    sql::run(
        door.db,
        include_str!("insert_receipt.sql"),
        (row, column(receipt.seq)?, receipt.at.millis(), receipt.head.0, receipt.proof.to_bytes()),
    )?;
    Ok(())
}

/// From now on the district is known to hold so much of a series; whoever is touched is looked at again.
pub(crate) fn hold(door: &mut Door<'_>, known: &Series, seq: u64) -> Result<(), RegisterError> {
    sql::run(door.db, include_str!("put_held.sql"), (known.row, column(seq)?))?;
    let (from, to) = (known.state.held_seq.min(seq), known.state.held_seq.max(seq));
    for person in rows::touched_by_entries(door.db, known.state.series, from, to)? {
        Case::load(door, person)?.save(door)?;
    }
    Ok(())
}
