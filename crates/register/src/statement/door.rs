//! Drafting, listing people for the head, striking out, withdrawing. Freezing and signing have their own files.

use crate::door::Door;
use crate::error::{Names, Refused, RegisterError, WhyNot};
use crate::ids::{PersonId, StatementId};
use crate::op::{Done, Notice};
use crate::person::door::text;
use crate::person::rows::{self as person_rows, EventRow, What};
use crate::person::status::{Case, listing};
use crate::sql::{self, column, damaged};
use crate::statement::freezing;
use crate::statement::rows::{self, Record, Stage};
use payung_domain::{Field, Readiness};
use payung_journal::{EntityId, TrailKind};
use std::collections::HashSet;

/// Most people in one statement.
pub const STATEMENT_PEOPLE_MAX: usize = 500;

pub(crate) fn draft(
    door: &mut Door<'_>,
    people: &[PersonId],
    collective: bool,
    number: &str,
) -> Result<Done, RegisterError> {
    let number = text("Nomor surat", number, false)?;
    let people = named(people, collective)?;
    sql::run(
        door.db,
        include_str!("insert.sql"),
        (&number, collective, door.now.millis(), &door.actor, door.regulation.row),
    )?;
    let id = StatementId(door.db.last_insert_rowid());
    name(door, id, &people)?;
    door.trail_statement(TrailKind::StatementPrepared, id, "draf")?;
    done(door, id, &number)
}

pub(crate) fn edit_draft(
    door: &mut Door<'_>,
    id: StatementId,
    people: Option<&[PersonId]>,
    number: Option<&str>,
) -> Result<Done, RegisterError> {
    let record = at_stage(door, id, &[Stage::Draft])?;
    let number = match number {
        Some(number) => text("Nomor surat", number, false)?,
        None => record.number,
    };
    if let Some(people) = people {
        let people = named(people, record.collective)?;
        sql::run(door.db, include_str!("forget_draft_people.sql"), [id.0])?;
        name(door, id, &people)?;
    }
    let parameters = (id.0, &number, door.now.millis(), &door.actor);
    sql::run(door.db, include_str!("edit_draft.sql"), parameters)?;
    door.trail_statement(TrailKind::StatementPrepared, id, "draf diubah")?;
    done(door, id, &number)
}

pub(crate) fn prepare(
    door: &mut Door<'_>,
    people: &[PersonId],
    collective: bool,
    number: &str,
) -> Result<Done, RegisterError> {
    let drafted = draft(door, people, collective, number)?;
    let id = drafted.statement.ok_or(RegisterError::NoSuchStatement)?;
    hand_over(door, id)
}

pub(crate) fn hand_over(door: &mut Door<'_>, id: StatementId) -> Result<Done, RegisterError> {
    let record = at_stage(door, id, &[Stage::Draft])?;
    let wanted = named(&rows::draft_people(door.db, id)?, record.collective)?;
    let cases = wanted.iter().map(|id| Case::load(door, *id)).collect::<Result<Vec<_>, _>>()?;
    refuse_two(&cases)?;
    let refused: Vec<Refused> = cases
        .iter()
        .filter_map(|case| {
            why_not(case).map(|why| Refused { person: case.record.id, name: name_of(case), why })
        })
        .collect();
    if !refused.is_empty() {
        return Err(RegisterError::NotAttestable { people: refused });
    }
    let parameters = (id.0, door.now.millis(), &door.actor, door.regulation.row);
    sql::run(door.db, include_str!("hand_over.sql"), parameters)?;
    sql::run(door.db, include_str!("forget_draft_people.sql"), [id.0])?;
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
    done(door, id, &record.number)
}

/// # Errors
/// `TwoVersions` with the names of those of whom more than one version stands.
pub(crate) fn refuse_two<'c>(cases: impl IntoIterator<Item = &'c Case>) -> Result<(), RegisterError> {
    let two = cases.into_iter().filter(|case| case.record.two_versions);
    let names: Vec<String> = two.map(name_of).collect();
    if names.is_empty() { Ok(()) } else { Err(RegisterError::TwoVersions { names: Names(names) }) }
}

/// Each person once, in the order given.
fn named(people: &[PersonId], collective: bool) -> Result<Vec<PersonId>, RegisterError> {
    let mut seen = HashSet::new();
    let people: Vec<PersonId> = people.iter().copied().filter(|id| seen.insert(*id)).collect();
    if people.is_empty() {
        return Err(RegisterError::NobodyListed);
    }
    let most = if collective { STATEMENT_PEOPLE_MAX } else { 1 };
    if people.len() > most {
        return Err(RegisterError::TooManyPeople { people_max: most });
    }
    Ok(people)
}

fn name(door: &Door<'_>, id: StatementId, people: &[PersonId]) -> Result<(), RegisterError> {
    for (person, place) in people.iter().zip(1_i64..) {
        person_rows::line(door.db, *person)?;
        sql::run(door.db, include_str!("insert_draft_person.sql"), (id.0, place, person.0))?;
    }
    Ok(())
}

/// A repeated number is said, and stops nothing.
fn done(door: &Door<'_>, id: StatementId, number: &str) -> Result<Done, RegisterError> {
    let others = rows::with_number(door.db, number, id)?;
    let notices = if others.is_empty() { Vec::new() } else { vec![Notice::NumberRepeated { others }] };
    Ok(Done { statement: Some(id), notices, ..Done::default() })
}

pub(crate) fn withdraw(door: &mut Door<'_>, id: StatementId, reason: &str) -> Result<Done, RegisterError> {
    let reason = text("Alasan", reason, true)?;
    at_stage(door, id, &[Stage::Draft, Stage::Waiting])?;
    freezing::erase(door, id)?;
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
    at_stage(door, id, &[Stage::Waiting])?;
    let listed = rows::people(door.db, id)?;
    let known = listed.iter().any(|listed| listed.person == person && listed.struck_reason.is_none());
    if !known {
        return Err(RegisterError::NoSuchPerson);
    }
    sql::run(door.db, include_str!("strike.sql"), (id.0, person.0, &reason, door.now.millis()))?;
    freezing::erase(door, id)?;
    let mut case = Case::load(door, person)?;
    happened(door, &mut case, None, What::Unlisted { statement: id, reason: reason.clone() })?;
    door.trail_statement(TrailKind::StruckOut, id, &reason)?;
    Ok(Done { people: vec![person], statement: Some(id), ..Done::default() })
}

/// The statement, as long as that can be done with it.
///
/// # Errors
/// `StatementClosed`, with the status that people see.
pub(crate) fn at_stage(door: &Door<'_>, id: StatementId, wanted: &[Stage]) -> Result<Record, RegisterError> {
    let record = rows::load(door.db, id)?;
    if wanted.contains(&record.stage) {
        return Ok(record);
    }
    let line = rows::line(door.db, door.regulation.regulation.statement.stamped, id)?;
    Err(RegisterError::StatementClosed { status: line.row.status })
}

/// Writes one more event of a person, and what follows from it.
pub(crate) fn happened(
    door: &mut Door<'_>,
    case: &mut Case,
    entry: Option<EntityId>,
    what: What,
) -> Result<(), RegisterError> {
    case.add(door, EventRow::new(door.now, &door.actor, entry, what))?;
    case.save(door)
}

/// Why a person cannot be listed, if so.
pub(crate) fn why_not(case: &Case) -> Option<WhyNot> {
    let record = &case.record;
    if case.ended() {
        Some(WhyNot::Ended)
    } else if record.two_versions {
        Some(WhyNot::TwoVersions)
    } else if record.entity.is_none() || record.edited.is_some() {
        Some(WhyNot::NotReleased)
    } else if let Some(statement) = listing(&case.events) {
        Some(WhyNot::AlreadyListed(statement))
    } else if record.status.covered {
        Some(WhyNot::AlreadyCovered)
    } else if record.readiness != Some(Readiness::Attestable) {
        Some(WhyNot::RulesOpen(record.readiness.unwrap_or(Readiness::Incomplete)))
    } else {
        None
    }
}

pub(crate) fn name_of(case: &Case) -> String {
    case.record.shown().text(Field::Name).unwrap_or_default().to_owned()
}
