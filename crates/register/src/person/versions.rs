//! Versions that stand side by side, and choosing between them.

use crate::door::Door;
use crate::error::{Names, RegisterError};
use crate::exchange::devices;
use crate::ids::PersonId;
use crate::op::{Acknowledge, Done};
use crate::person::door::{about, tested, text_of};
use crate::person::graph::{self, Said};
use crate::person::rows::{self, EventRow, Record, What};
use crate::person::status::Case;
use crate::person::{TwoVersions, VersionView};
use crate::register::Register;
use crate::series;
use crate::sql::{self, damaged};
use payung_domain::{Field, FieldValues};
use payung_journal::{EntityId, Event, RegulationRef};
use rusqlite::Connection;

pub(crate) fn two_versions(register: &Register, id: PersonId) -> Result<Option<TwoVersions>, RegisterError> {
    let db = &register.db;
    if !rows::load(db, id)?.two_versions {
        return Ok(None);
    }
    let events = rows::events(db, id)?;
    let Some(standing) = graph::standing(db, id, &events)? else { return Ok(None) };
    let heads = standing.heads.iter().map(|head| view(db, *head)).collect::<Result<Vec<_>, _>>()?;
    let base = view(db, standing.current)?;
    let differing = Field::ALL
        .iter()
        .copied()
        .filter(|field| heads.iter().any(|head| head.values.get(*field) != heads[0].values.get(*field)))
        .collect();
    Ok(Some(TwoVersions { base, heads, differing }))
}

fn view(db: &Connection, entry: EntityId) -> Result<VersionView, RegisterError> {
    let Said { entry: said, values, .. } = needed(db, entry)?;
    let series = series::rows::find(db, entry.series)?.ok_or_else(|| damaged("series of a version"))?;
    Ok(VersionView {
        entry,
        at: said.at,
        actor: said.actor,
        device_words: devices::words(&series.state),
        values,
    })
}

fn needed(db: &Connection, version: EntityId) -> Result<Said, RegisterError> {
    graph::said(db, version)?.ok_or_else(|| damaged("version of a person"))
}

/// # Errors
/// `TwoVersions`: nothing is typed, listed, signed or ended over two versions.
pub(crate) fn refuse_two(record: &Record) -> Result<(), RegisterError> {
    if record.two_versions {
        let name = text_of(record, Field::Name);
        return Err(RegisterError::TwoVersions { names: Names(vec![name]) });
    }
    Ok(())
}

pub(crate) fn choose(
    door: &mut Door<'_>,
    person: PersonId,
    heads: &[EntityId],
    values: &FieldValues,
    acknowledge: &Acknowledge,
) -> Result<Done, RegisterError> {
    let mut case = Case::load(door, person)?;
    let standing = graph::standing(door.db, person, &case.events)?;
    let Some(standing) = standing.filter(|_| case.record.two_versions) else {
        return Err(RegisterError::VersionsChanged);
    };
    let mut named = heads.to_vec();
    named.sort_unstable();
    let mut known = standing.heads.clone();
    known.sort_unstable();
    let (Some(entity), Some((base, also))) = (case.record.entity, standing.heads.split_first()) else {
        return Err(damaged("released person without an entry"));
    };
    if named != known {
        return Err(RegisterError::VersionsChanged);
    }
    let (values, readiness) = tested(door, person, values, acknowledge, &mut case.record)?;
    let before = needed(door.db, *base)?.values;
    let fields = before.differing(&values);
    let version = door.share(Event::PersonCorrected {
        person: entity,
        base: *base,
        changed: fields.iter().map(|field| (*field, values.get(*field).map(str::to_owned))).collect(),
        registered_on: door.today(),
        regulation: door.regulation_ref(),
        readiness,
        also: also.to_vec(),
    })?;
    rows::insert_bases(door.db, version, *base, also)?;
    let attested_changed = attested_changed(door, &fields, &values, also)?;
    let what = What::Corrected { version: 0, readiness, attested_changed, fields };
    case.add(door, EventRow::new(door.now, &door.actor, Some(version), what))?;
    settle(door, &mut case)?;
    case.save(door)?;
    Ok(about(person))
}

/// Whether a version attests other facts than any of those in whose place it stands.
pub(crate) fn attested_changed(
    door: &Door<'_>,
    fields: &[Field],
    values: &FieldValues,
    also: &[EntityId],
) -> Result<bool, RegisterError> {
    let attests = &door.regulation.regulation.statement.attests;
    let attested = |fields: &[Field]| fields.iter().any(|field| attests.contains(field));
    if attested(fields) {
        return Ok(true);
    }
    for other in also {
        let other = graph::said(door.db, *other)?;
        if other.is_none_or(|other| attested(&other.values.differing(values))) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Brings the record to what the versions say: the newest one, or the nearest on which all of them rest.
pub(crate) fn settle(door: &Door<'_>, case: &mut Case) -> Result<(), RegisterError> {
    let Some(standing) = graph::standing(door.db, case.record.id, &case.events)? else { return Ok(()) };
    let Some(said) = graph::said(door.db, standing.current)? else { return Ok(()) };
    let record = &mut case.record;
    let ended = case.events.iter().rev().find(|event| matches!(event.what, What::Ended { .. }));
    record.two_versions = standing.heads.len() > 1 && ended.is_none();
    record.version = ended.and_then(|event| event.entry).or(Some(standing.current));
    record.registered_on = Some(said.registered_on);
    record.regulation = regulation_row(door.db, &said.regulation)?;
    record.readiness = Some(said.readiness);
    record.released = Some(said.values);
    rebase_edit(door, record, standing.current)
}

/// `None` for a regulation whose file is not here.
pub(crate) fn regulation_row(
    db: &Connection,
    regulation: &RegulationRef,
) -> Result<Option<i64>, RegisterError> {
    let parameters = (&regulation.id, regulation.digest);
    sql::one(db, include_str!("regulation.sql"), parameters, |row| Ok(row.get(0)?))
}

/// A change that is being typed goes over to the newest version where both touched other fields. Where both touched the
/// same one it stays over its own, and *siap* makes it a version beside the newest: nobody's word is overwritten unseen.
fn rebase_edit(door: &Door<'_>, record: &mut Record, current: EntityId) -> Result<(), RegisterError> {
    let (Some(edited), Some(base), Some(released)) = (&record.edited, record.edit_base, &record.released)
    else {
        return Ok(());
    };
    if base == current {
        return Ok(());
    }
    let Some(over) = graph::said(door.db, base)? else { return Ok(()) };
    let typed = over.values.differing(edited);
    let moved = over.values.differing(released);
    if typed.iter().any(|field| moved.contains(field) && edited.get(*field) != released.get(*field)) {
        return Ok(());
    }
    let mut rebased = released.clone();
    for field in &typed {
        rebased.set(*field, edited.get(*field).unwrap_or_default());
    }
    let pending = !released.differing(&rebased).is_empty();
    record.edited = pending.then_some(rebased);
    record.edit_base = pending.then_some(current);
    Ok(())
}
