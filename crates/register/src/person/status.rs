//! A person's status from what happened: the pure function of the domain over the rows of that person, in their order.

use crate::door::Door;
use crate::error::RegisterError;
use crate::ids::{PersonId, StatementId};
use crate::person::graph;
use crate::person::rows::{self, EventRow, Record, What};
use payung_domain::{Answer, Field, PersonEvent, PersonStatus, StatementNeed, VillageCode};
use payung_journal::EntityId;
use std::collections::BTreeMap;

/// A person and everything that happened to them, while the door changes it.
pub(crate) struct Case {
    pub(crate) record: Record,
    pub(crate) events: Vec<EventRow>,
}

impl Case {
    pub(crate) fn load(door: &Door<'_>, id: PersonId) -> Result<Self, RegisterError> {
        Ok(Self { record: rows::load(door.db, id)?, events: rows::events(door.db, id)? })
    }

    /// Whether the person is marked as ended in any way.
    pub(crate) fn ended(&self) -> bool {
        self.events.iter().any(|event| matches!(event.what, What::Ended { .. }))
    }

    /// One more thing happened. It takes its place among the others.
    pub(crate) fn add(&mut self, door: &Door<'_>, mut event: EventRow) -> Result<(), RegisterError> {
        event.order = door.order_of(event.entry)?;
        event.receipted = door.held(event.entry)?;
        rows::insert_event(door, self.record.id, &event)?;
        let key = |event: &EventRow| (event.order, event.entry.is_none(), event.entry);
        let place = self.events.partition_point(|known| key(known) <= key(&event));
        self.events.insert(place, event);
        rows::number(&mut self.events);
        Ok(())
    }

    /// Brings status and search columns up to date and writes the row.
    pub(crate) fn save(&mut self, door: &mut Door<'_>) -> Result<(), RegisterError> {
        let outdated = outdated(door.db, self.record.id, &self.events)?;
        self.record.status = status(door.need(), &self.events, &outdated);
        self.record.listed = listing(&self.events).is_some();
        self.record.nik_elsewhere = nik_elsewhere(&self.events);
        door.settle(self.record.id);
        rows::save(door, &mut self.record)
    }
}

/// What belongs to one statement alone (its stamp, its withdrawal) counts while it is the one that speaks for the person.
pub(crate) fn status(need: StatementNeed, events: &[EventRow], outdated: &[StatementId]) -> PersonStatus {
    let mut told: Vec<PersonEvent> = Vec::with_capacity(events.len() + 2);
    let mut speaking = None;
    for (place, event) in events.iter().enumerate() {
        match event.what {
            What::Signed { statement } => {
                speaking = Some(statement);
                told.push(PersonEvent::Signed);
                if outdated.contains(&statement) {
                    told.push(PersonEvent::Outdated);
                }
            }
            What::Stamped { statement } if speaking == Some(statement) => {
                let later = |event: &EventRow| matches!(event.what, What::Stamped { statement: of } if of == statement);
                if !events[place + 1..].iter().any(later) {
                    told.push(if event.refused { PersonEvent::StampRefused } else { PersonEvent::Stamped });
                }
            }
            What::Uncovered { statement, .. } if speaking == Some(statement) => {
                speaking = None;
                told.push(PersonEvent::Uncovered);
            }
            What::Answered { .. } if overruled(events, event) => {}
            _ => told.extend(tell(event)),
        }
    }
    if listing(events).is_some() {
        told.push(PersonEvent::Prepared);
    }
    told.push(PersonEvent::Receipted { version: receipted(events) });
    payung_domain::status(need, &told)
}

/// Everything up to this version is at the district.
fn receipted(events: &[EventRow]) -> u64 {
    let version = |event: &EventRow| event.what.version();
    let waiting = events.iter().filter(|event| !event.receipted).filter_map(version).min();
    match waiting {
        Some(first) => first.saturating_sub(1),
        None => events.iter().filter_map(version).max().unwrap_or(0),
    }
}

fn tell(event: &EventRow) -> Option<PersonEvent> {
    Some(match &event.what {
        What::Released { version, readiness } => {
            PersonEvent::Released { version: *version, readiness: *readiness }
        }
        What::Corrected { version, readiness, attested_changed, .. } => PersonEvent::Corrected {
            version: *version,
            readiness: *readiness,
            attested_changed: *attested_changed,
        },
        What::Ended { version, end } => PersonEvent::Ended { version: *version, kind: end.kind },
        What::Answered { version, answer, .. } => {
            PersonEvent::Answered { version: *version, answer: *answer }
        }
        What::Prepared { .. }
        | What::Unlisted { .. }
        | What::Signed { .. }
        | What::Stamped { .. }
        | What::StampRefused { .. }
        | What::Uncovered { .. }
        | What::NikElsewhere { .. } => return None,
    })
}

/// An officer's answer about a version stands, also where the program said something later: a district that was put back
/// judges anew before the officer's answer comes back to it.
pub(crate) fn overruled(events: &[EventRow], event: &EventRow) -> bool {
    let What::Answered { about, officer: None, .. } = &event.what else { return false };
    events.iter().any(
        |other| matches!(&other.what, What::Answered { about: same, officer: Some(_), .. } if same == about),
    )
}

/// The newest statement that waits for the head with this person in it.
pub(crate) fn listing(events: &[EventRow]) -> Option<StatementId> {
    let mut waiting = Vec::new();
    for event in events {
        match event.what {
            What::Prepared { statement } => waiting.push(statement),
            What::Unlisted { statement, .. } | What::Signed { statement } => {
                waiting.retain(|known| *known != statement);
            }
            _ => {}
        }
    }
    waiting.pop()
}

/// The village that holds the NIK too, as the district said: until an officer decided, or the number was mended.
pub(crate) fn nik_elsewhere(events: &[EventRow]) -> Option<VillageCode> {
    let changed_since = |version: u64| {
        events.iter().any(|event| match &event.what {
            What::Corrected { version: later, fields, .. } => {
                *later > version && fields.contains(&Field::Nik)
            }
            _ => false,
        })
    };
    events.iter().fold(None, |known, event| match &event.what {
        What::NikElsewhere { version, village, .. } if !changed_since(*version) => Some(*village),
        What::Answered { version, answer: Answer::Passed | Answer::NotEligible, .. }
            if !changed_since(*version) =>
        {
            None
        }
        What::Corrected { fields, .. } if fields.contains(&Field::Nik) => None,
        _ => known,
    })
}

/// Statements signed on another device over a version, while an attested fact was changed in one that stands beside it
/// or over it: in the order of all the signature comes later, but it does not speak for that change.
pub(crate) fn outdated(
    db: &rusqlite::Connection,
    person: PersonId,
    events: &[EventRow],
) -> Result<Vec<StatementId>, RegisterError> {
    let mut changes: Vec<EntityId> = Vec::new();
    let mut found = Vec::new();
    let mut bases: Option<BTreeMap<EntityId, Vec<EntityId>>> = None;
    for event in events {
        match event.what {
            What::Corrected { attested_changed: true, .. } => changes.extend(event.entry),
            What::Signed { statement } if !changes.is_empty() => {
                let Some(signed) = rows::signed_version(db, statement, person)? else { continue };
                if bases.is_none() {
                    bases = Some(graph::bases(db, person)?);
                }
                let known = bases.as_ref().map(|bases| graph::ancestry(bases, signed)).unwrap_or_default();
                if !changes.iter().all(|change| known.contains(change)) {
                    found.push(statement);
                }
            }
            _ => {}
        }
    }
    Ok(found)
}
