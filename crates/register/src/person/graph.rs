//! Which version of a person stands over which, and what each says.

use crate::error::RegisterError;
use crate::ids::PersonId;
use crate::person::rows::{self, EventRow, What};
use crate::series;
use payung_domain::{CivilDate, FieldValues, Readiness};
use payung_journal::{EntityId, Entry, Event, RegulationRef};
use rusqlite::Connection;
use std::collections::{BTreeMap, BTreeSet};

/// Of each corrected version those over which it stands.
pub(crate) type Bases = BTreeMap<EntityId, Vec<EntityId>>;

pub(crate) fn bases(db: &Connection, person: PersonId) -> Result<Bases, RegisterError> {
    let mut bases = Bases::new();
    for (version, base) in rows::bases(db, person)? {
        bases.entry(version).or_default().push(base);
    }
    Ok(bases)
}

/// A version and everything it stands over.
pub(crate) fn ancestry(bases: &Bases, version: EntityId) -> BTreeSet<EntityId> {
    let mut known = BTreeSet::from([version]);
    let mut open = vec![version];
    while let Some(version) = open.pop() {
        let over = bases.get(&version).into_iter().flatten();
        open.extend(over.filter(|base| known.insert(**base)));
    }
    known
}

/// Where a person's versions stand.
pub(crate) struct Standing {
    /// Over which no other version stands, in order.
    pub(crate) heads: Vec<EntityId>,
    /// The one head, or the nearest version on which all heads rest.
    pub(crate) current: EntityId,
}

/// `None` for a person who was never *siap*.
pub(crate) fn standing(
    db: &Connection,
    person: PersonId,
    events: &[EventRow],
) -> Result<Option<Standing>, RegisterError> {
    let versions: Vec<EntityId> = events
        .iter()
        .filter(|event| matches!(event.what, What::Released { .. } | What::Corrected { .. }))
        .filter_map(|event| event.entry)
        .collect();
    let Some(newest) = versions.last().copied() else { return Ok(None) };
    // Two branches take two corrections.
    if versions.len() < 3 {
        return Ok(Some(Standing { heads: vec![newest], current: newest }));
    }
    let bases = bases(db, person)?;
    let under: BTreeSet<EntityId> = bases.values().flatten().copied().collect();
    let heads: Vec<EntityId> = versions.iter().copied().filter(|version| !under.contains(version)).collect();
    let mut common: Option<BTreeSet<EntityId>> = None;
    for head in &heads {
        let below = ancestry(&bases, *head);
        common = Some(match common {
            None => below,
            Some(known) => known.intersection(&below).copied().collect(),
        });
    }
    let common = common.unwrap_or_default();
    let current = versions.iter().rev().find(|version| common.contains(version)).or(versions.first());
    Ok(Some(Standing { current: current.copied().unwrap_or(newest), heads }))
}

/// What a version says.
pub(crate) struct Said {
    pub(crate) entry: Entry,
    pub(crate) values: FieldValues,
    pub(crate) registered_on: CivilDate,
    pub(crate) regulation: RegulationRef,
    pub(crate) readiness: Readiness,
}

/// `None` where the entry, or one on which it rests, is not here or was erased. A base that is no version of the same
/// person says nothing: then the first version stands in its place.
pub(crate) fn said(db: &Connection, version: EntityId) -> Result<Option<Said>, RegisterError> {
    let mut above: Vec<Entry> = Vec::new();
    let mut named = BTreeSet::new();
    let mut of: Option<EntityId> = None;
    let mut next = version;
    let mut values = loop {
        let entry = series::rows::entry(db, next)?;
        let step = match entry.as_ref().map(|entry| &entry.event) {
            Some(Event::PersonReleased { values, .. }) if of.is_none_or(|of| of == next) => {
                Err(values.clone())
            }
            Some(Event::PersonCorrected { person, base, .. } | Event::PersonEnded { person, base, .. })
                if of.is_none_or(|of| of == *person) && named.insert(next) =>
            {
                of = Some(*person);
                Ok(*base)
            }
            _ => match of {
                Some(first) if first != next => {
                    next = first;
                    continue;
                }
                _ => return Ok(None),
            },
        };
        // An end says nothing about the values.
        above.extend(entry.filter(|entry| !matches!(entry.event, Event::PersonEnded { .. })));
        match step {
            Ok(base) => next = base,
            Err(values) => break values,
        }
    };
    for entry in above.iter().rev() {
        if let Event::PersonCorrected { changed, .. } = &entry.event {
            for (field, value) in changed {
                values.set(*field, value.clone().unwrap_or_default());
            }
        }
    }
    if above.is_empty() {
        return Ok(None);
    }
    let entry = above.swap_remove(0);
    let (registered_on, regulation, readiness) = match &entry.event {
        Event::PersonReleased { registered_on, regulation, readiness, .. }
        | Event::PersonCorrected { registered_on, regulation, readiness, .. } => {
            (*registered_on, regulation.clone(), *readiness)
        }
        _ => return Ok(None),
    };
    Ok(Some(Said { entry, values, registered_on, regulation, readiness }))
}
