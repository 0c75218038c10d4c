//! The final pages before the signature: kept to the byte while the head looks at them, erased when he goes without
//! signing; and counting what is printed afterwards.

use crate::door::Door;
use crate::error::RegisterError;
use crate::ids::StatementId;
use crate::op::{Done, Print};
use crate::person::status::Case;
use crate::setup::HeadSession;
use crate::sql::{self, column, damaged, sequence};
use crate::statement::door::at_stage;
use crate::statement::rows::{self, Stage};
use crate::statement::{clock, heads};
use payung_domain::CivilDate;
use payung_journal::TrailKind;
use payung_keys::{certificate_facts, same_bytes};
use payung_seal::{Room, digest_outside};
use rusqlite::params;

/// Largest document, page data or drawing kept, bytes: 16 MiB.
pub const DOCUMENT_BYTES_MAX: usize = 16 << 20;
/// Most pages of a statement.
const PAGES_MAX: u32 = 1_000;

pub(crate) struct Frozen {
    pub(crate) room: Room,
    pub(crate) page: String,
    pub(crate) pages: u32,
    pub(crate) content: [u8; 32],
    pub(crate) strokes: Vec<u8>,
    pub(crate) on: CivilDate,
    pub(crate) certificate: Vec<u8>,
}

pub(crate) fn freeze(
    door: &mut Door<'_>,
    head: &HeadSession,
    id: StatementId,
    frozen: &Frozen,
) -> Result<Done, RegisterError> {
    at_stage(door, id, &[Stage::Waiting])?;
    heads::refuse_revoked(door.db, head.person_id(), &head.key(), door.now)?;
    let Frozen { room, page, pages, content, strokes, on, certificate } = frozen;
    if *on != door.today() {
        return Err(RegisterError::DateMovedOn { on: *on, today: door.today() });
    }
    clock::plausible(door)?;
    refuse_two(door, id)?;
    if strokes.is_empty() {
        return Err(RegisterError::EmptyDrawing);
    }
    if [room.bytes.len(), page.len(), strokes.len()].iter().any(|length| *length > DOCUMENT_BYTES_MAX) {
        return Err(RegisterError::DocumentTooLarge { bytes_max: DOCUMENT_BYTES_MAX });
    }
    let empty = room
        .bytes
        .get(room.gap.clone())
        .is_some_and(|gap| !gap.is_empty() && gap.iter().all(|digit| *digit == b'0'));
    let whole = empty && same_bytes(&digest_outside(&room.bytes, room.gap.clone()), &room.digest);
    if !whole || page.is_empty() || !(1..=PAGES_MAX).contains(pages) {
        return Err(RegisterError::RoomDamaged);
    }
    if certificate_facts(certificate)?.public_key != Some(head.key()) {
        return Err(RegisterError::HeadKeyChanged);
    }
    sql::run(
        door.db,
        include_str!("freeze.sql"),
        params![
            id.0,
            room.bytes,
            room.digest,
            column(room.gap.start as u64)?,
            column(room.gap.end as u64)?,
            page,
            pages,
            content,
            certificate,
            strokes,
            door.now.millis(),
            on.to_string(),
        ],
    )?;
    // What the pages say of earlier statements is compared once more when they are signed.
    sql::run(door.db, include_str!("forget_replaces.sql"), [id.0])?;
    for replaced in replaces(door, id)? {
        sql::run(door.db, include_str!("insert_replaces.sql"), (id.0, replaced.0))?;
    }
    Ok(Done { statement: Some(id), ..Done::default() })
}

/// Signed statements in whose place this one stands for somebody who is not struck out.
pub(crate) fn replaces(door: &Door<'_>, id: StatementId) -> Result<Vec<StatementId>, RegisterError> {
    let people: Vec<_> = rows::people(door.db, id)?
        .into_iter()
        .filter(|person| person.struck_reason.is_none())
        .map(|person| person.person)
        .collect();
    rows::would_replace(door.db, id, &people)
}

/// # Errors
/// `TwoVersions` where a listed person's versions have parted since.
pub(crate) fn refuse_two(door: &Door<'_>, id: StatementId) -> Result<(), RegisterError> {
    let listed = rows::people(door.db, id)?.into_iter().filter(|person| person.struck_reason.is_none());
    let cases = listed.map(|person| Case::load(door, person.person)).collect::<Result<Vec<_>, _>>()?;
    super::door::refuse_two(&cases)
}

pub(crate) fn thaw(door: &mut Door<'_>, id: StatementId) -> Result<Done, RegisterError> {
    at_stage(door, id, &[Stage::Waiting])?;
    erase(door, id)?;
    Ok(Done { statement: Some(id), ..Done::default() })
}

/// Nothing that was frozen outlives the room it was shown in.
pub(crate) fn thaw_all(door: &mut Door<'_>) -> Result<Done, RegisterError> {
    for id in rows::ids(door.db, include_str!("frozen.sql"), [])? {
        erase(door, id)?;
    }
    Ok(Done::default())
}

/// Frozen bytes and strokes go; the file overwrites what is erased.
pub(crate) fn erase(door: &Door<'_>, id: StatementId) -> Result<(), RegisterError> {
    sql::run(door.db, include_str!("thaw.sql"), [id.0])?;
    sql::run(door.db, include_str!("forget_replaces.sql"), [id.0])?;
    Ok(())
}

pub(crate) fn note_print(door: &mut Door<'_>, id: StatementId, what: Print) -> Result<Done, RegisterError> {
    at_stage(door, id, &[Stage::Signed, Stage::Withdrawn])?;
    let (originals, copies) = sql::one(door.db, include_str!("printed.sql"), [id.0], |row| {
        Ok((sequence(row.get(0)?)?, sequence(row.get(1)?)?))
    })?
    .ok_or_else(|| damaged("statement is missing"))?;
    let (statement, before) = match what {
        Print::WetOriginal => (include_str!("note_original.sql"), originals),
        Print::Copy => (include_str!("note_copy.sql"), copies),
    };
    sql::run(door.db, statement, [id.0])?;
    door.trail_statement(TrailKind::Printed, id, print_note(what))?;
    Ok(Done { statement: Some(id), printed_before: before, ..Done::default() })
}

/// How the trail calls a print.
pub(crate) const fn print_note(what: Print) -> &'static str {
    match what {
        Print::WetOriginal => "asli untuk tanda tangan basah",
        Print::Copy => "salinan",
    }
}
