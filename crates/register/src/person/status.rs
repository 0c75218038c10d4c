//! A person's status from what happened: the pure function of the domain over the rows of that person.

use crate::door::Door;
use crate::error::RegisterError;
use crate::ids::{PersonId, StatementId};
use crate::person::rows::{self, EventRow, Record, What};
use payung_domain::{Field, PersonEvent, PersonStatus, StatementNeed};

/// A person and everything that happened to them, while the door changes it.
pub(crate) struct Case {
    pub(crate) record: Record,
    pub(crate) events: Vec<EventRow>,
}

impl Case {
    pub(crate) fn load(door: &Door<'_>, id: PersonId) -> Result<Self, RegisterError> {
        Ok(Self { record: rows::load(door.db, id)?, events: rows::events(door.db, id)? })
    }

    /// The number that the next version gets.
    pub(crate) fn next_version(&self) -> u64 {
        self.events.iter().filter_map(|event| event.what.version()).max().unwrap_or(0) + 1
    }

    /// Whether the person is marked as ended in any way.
    pub(crate) fn ended(&self) -> bool {
        self.events.iter().any(|event| matches!(event.what, What::Ended { .. }))
    }

    /// The newest signed statement over the person, unless it was revoked.
    pub(crate) fn spoken_for_by(&self) -> Option<StatementId> {
        self.events.iter().fold(None, |known, event| match event.what {
            What::Signed { statement } => Some(statement),
            What::Uncovered { statement, .. } if known == Some(statement) => None,
            _ => known,
        })
    }

    /// Whether a version after this one holds another NIK.
    pub(crate) fn nik_changed_since(&self, version: u64) -> bool {
        self.events.iter().any(|event| match &event.what {
            What::Corrected { version: later, fields, .. } => {
                *later > version && fields.contains(&Field::Nik)
            }
            _ => false,
        })
    }

    /// One more thing happened.
    pub(crate) fn add(&mut self, door: &Door<'_>, event: EventRow) -> Result<(), RegisterError> {
        rows::insert_event(door, self.record.id, &event)?;
        self.events.push(event);
        Ok(())
    }

    /// Brings status and search columns up to date and writes the row.
    pub(crate) fn save(&mut self, door: &mut Door<'_>) -> Result<(), RegisterError> {
        self.record.status = status(door.need(), &self.events);
        self.record.listed = listed(&self.events);
        rows::save(door, &mut self.record)
    }
}

pub(crate) fn status(need: StatementNeed, events: &[EventRow]) -> PersonStatus {
    let mut told: Vec<PersonEvent> = events.iter().filter_map(told).collect();
    let receipted =
        events.iter().filter(|event| event.receipted).filter_map(|event| event.what.version()).max();
    if let Some(version) = receipted {
        told.push(PersonEvent::Receipted { version });
    }
    payung_domain::status(need, &told)
}

fn told(event: &EventRow) -> Option<PersonEvent> {
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
        What::Prepared { .. } => PersonEvent::Prepared,
        What::Unlisted { .. } => PersonEvent::Unlisted,
        What::Signed { .. } => PersonEvent::Signed,
        What::Stamped { .. } => PersonEvent::Stamped,
        What::StampRefused { .. } => PersonEvent::StampRefused,
        What::Uncovered { .. } => PersonEvent::Uncovered,
        What::Answered { version, answer, .. } => {
            PersonEvent::Answered { version: *version, answer: *answer }
        }
        What::NikElsewhere { .. } => return None,
    })
}

/// In a statement that waits for the head.
pub(crate) fn listed(events: &[EventRow]) -> bool {
    events.iter().fold(false, |listed, event| match event.what {
        What::Prepared { .. } => true,
        What::Unlisted { .. } | What::Signed { .. } => false,
        _ => listed,
    })
}
