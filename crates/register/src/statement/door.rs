//! Listing people for the head, striking out, freezing, withdrawing. Signing has its own file.

use crate::door::Door;
use crate::error::{Refused, RegisterError, WhyNot};
use crate::ids::{PersonId, StatementId};
use crate::op::{Done, Notice};
use crate::person::door::text;
use crate::person::rows::{EventRow, What};
use crate::person::status::{Case, listed};
use crate::sql::{self, column, damaged};
use crate::statement::StatementStatus;
use crate::statement::rows::{self, Record};
use payung_domain::{Field, Readiness};
use payung_journal::{EntityId, TrailKind};
use payung_keys::sha256;

/// Largest document kept, bytes: 16 MiB.
pub const DOCUMENT_BYTES_MAX: usize = 16 << 20;
/// Most people in one statement.
pub const STATEMENT_PEOPLE_MAX: usize = 2_000;

pub(crate) fn prepare(
    door: &mut Door<'_>,
    people: &[PersonId],
    collective: bool,
    number: &str,
) -> Result<Done, RegisterError> {
    let number = text("Nomor surat", number, false)?;
    let mut wanted = people.to_vec();
    let mut seen = std::collections::HashSet::new();
    wanted.retain(|id| seen.insert(*id));
    if wanted.is_empty() {
        return Err(RegisterError::NobodyListed);
    }
    let most = if collective { STATEMENT_PEOPLE_MAX } else { 1 };
    if wanted.len() > most {
        return Err(RegisterError::TooManyPeople { people_max: most });
    }
    let cases = wanted.iter().map(|id| Case::load(door, *id)).collect::<Result<Vec<_>, _>>()?;
    let refused: Vec<Refused> = cases.iter().filter_map(refusal).collect();
    if !refused.is_empty() {
        return Err(RegisterError::NotAttestable { people: refused });
    }
    sql::run(
        door.db,
        include_str!("insert.sql"),
        (&number, collective, door.now.millis(), &door.actor, door.regulation.row),
    )?;
    let id = StatementId(door.db.last_insert_rowid());
    for (index, mut case) in cases.into_iter().enumerate() {
        let (Some(version), Some(released)) = (case.record.version, &case.record.released) else {
            return Err(damaged("released person without an entry"));
        };
        let attested = rows::attested(released, &door.regulation.regulation.statement.attests);
        sql::run(
            door.db,
            include_str!("insert_person.sql"),
            (
                id.0,
                index as i64 + 1,
                case.record.id.0,
                version.series.0,
                column(version.seq)?,
                sql::values_to_json(&attested)?,
            ),
        )?;
        happened(door, &mut case, None, What::Prepared { statement: id })?;
    }
    door.trail_statement(TrailKind::StatementPrepared, id, "")?;
    let others = rows::with_number(door.db, &number, id)?;
    let notices = if others.is_empty() { Vec::new() } else { vec![Notice::NumberRepeated { others }] };
    Ok(Done { statement: Some(id), notices, ..Done::default() })
}

pub(crate) fn withdraw(door: &mut Door<'_>, id: StatementId, reason: &str) -> Result<Done, RegisterError> {
    let reason = text("Alasan", reason, true)?;
    waiting(door, id)?;
    sql::run(door.db, include_str!("withdraw.sql"), (id.0, door.now.millis(), &reason))?;
    for person in rows::people(door.db, id)?.into_iter().filter(|person| person.struck_reason.is_none()) {
        let mut case = Case::load(door, person.person)?;
        happened(door, &mut case, None, What::Unlisted { statement: id, reason: reason.clone() })?;
    }
    door.trail_statement(TrailKind::StatementWithdrawn, id, &reason)?;
    Ok(Done { statement: Some(id), ..Done::default() })
}

pub(crate) fn strike_out(
    door: &mut Door<'_>,
    id: StatementId,
    person: PersonId,
    reason: &str,
) -> Result<Done, RegisterError> {
    let reason = text("Alasan", reason, true)?;
    waiting(door, id)?;
    let listed = rows::people(door.db, id)?;
    let known = listed.iter().any(|listed| listed.person == person && listed.struck_reason.is_none());
    if !known {
        return Err(RegisterError::NoSuchPerson);
    }
    sql::run(door.db, include_str!("strike.sql"), (id.0, person.0, &reason, door.now.millis()))?;
    sql::run(door.db, include_str!("thaw.sql"), [id.0])?;
    let mut case = Case::load(door, person)?;
    happened(door, &mut case, None, What::Unlisted { statement: id, reason: reason.clone() })?;
    door.trail_statement(TrailKind::StruckOut, id, &reason)?;
    Ok(Done { people: vec![person], statement: Some(id), ..Done::default() })
}

pub(crate) fn freeze(
    door: &mut Door<'_>,
    id: StatementId,
    document: &[u8],
    strokes: &[u8],
) -> Result<Done, RegisterError> {
    waiting(door, id)?;
    if document.is_empty() {
        return Err(RegisterError::NotFrozen);
    }
    if document.len() > DOCUMENT_BYTES_MAX || strokes.len() > DOCUMENT_BYTES_MAX {
        return Err(RegisterError::DocumentTooLarge { bytes_max: DOCUMENT_BYTES_MAX });
    }
    let digest = sha256(&[document]);
    sql::run(door.db, include_str!("freeze.sql"), (id.0, document, digest, strokes, door.now.millis()))?;
    Ok(Done { statement: Some(id), ..Done::default() })
}

/// The statement, as long as the head has it before him.
pub(crate) fn waiting(door: &Door<'_>, id: StatementId) -> Result<Record, RegisterError> {
    let record = rows::load(door.db, id)?;
    match record.status {
        StatementStatus::Waiting => Ok(record),
        status => Err(RegisterError::StatementClosed { status }),
    }
}

/// Writes one more event of a person, and what follows from it.
pub(crate) fn happened(
    door: &mut Door<'_>,
    case: &mut Case,
    entry: Option<EntityId>,
    what: What,
) -> Result<(), RegisterError> {
    let (at, actor) = (door.now, door.actor.clone());
    case.add(door, EventRow { at, actor, entry, receipted: false, what })?;
    case.save(door)
}

/// Why a person cannot be listed, if so.
fn refusal(case: &Case) -> Option<Refused> {
    let record = &case.record;
    let why = if case.ended() {
        WhyNot::Ended
    } else if record.entity.is_none() || record.edited.is_some() {
        WhyNot::NotReleased
    } else if listed(&case.events) {
        let statement = case.events.iter().rev().find_map(|event| match event.what {
            What::Prepared { statement } => Some(statement),
            _ => None,
        });
        WhyNot::AlreadyListed(statement?)
    } else if record.status.covered {
        WhyNot::AlreadyCovered
    } else if record.readiness != Some(Readiness::Attestable) {
        WhyNot::RulesOpen(record.readiness.unwrap_or(Readiness::Incomplete))
    } else {
        return None;
    };
    Some(Refused { person: record.id, name: name_of(case), why })
}

pub(crate) fn name_of(case: &Case) -> String {
    case.record.shown().text(Field::Name).unwrap_or_default().to_owned()
}
