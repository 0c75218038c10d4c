//! Versions of a person, rebuilt from the entries: the values of the release, and every correction on top.

use super::judging::Alone;
use crate::error::DistrictError;
use crate::store::Reads;
use payung_domain::{CivilDate, FieldValues};
use payung_journal::{EntityId, Event, RegulationRef};

/// More corrections of one person than this are damage, not work.
const DEPTH_MAX: usize = 10_000;

/// A version that can be judged.
pub struct Known {
    /// Whose version it is.
    pub person: EntityId,
    pub values: FieldValues,
    pub registered_on: CivilDate,
    pub regulation: RegulationRef,
    /// What its facts say, where that was worked out before.
    pub alone: Option<Alone>,
}

/// Rebuilds a version; `None` when the entry, or one that it stands on, is no version or is not there.
pub fn known_version(
    reads: &(impl Reads + ?Sized),
    version: EntityId,
) -> Result<Option<Known>, DistrictError> {
    let mut changes = Vec::new();
    let mut head = None;
    let mut claimed = None;
    let mut at = version;
    for _ in 0..DEPTH_MAX {
        let Some(row) = reads.entry(at)? else { return Ok(None) };
        let Some(entry) = row.read() else { return Ok(None) };
        match entry.event {
            Event::PersonReleased { values, registered_on, regulation, .. } => {
                if claimed.is_some_and(|person| person != at) {
                    return Ok(None);
                }
                let mut values = values;
                for (field, value) in changes.into_iter().rev().flatten() {
                    let value: Option<String> = value;
                    values.set(field, value.unwrap_or_default());
                }
                let (registered_on, regulation) = head.unwrap_or((registered_on, regulation));
                return Ok(Some(Known { person: at, values, registered_on, regulation, alone: None }));
            }
            Event::PersonCorrected { person, base, changed, registered_on, regulation, .. } => {
                let person = means(reads, at, person)?;
                if *claimed.get_or_insert(person) != person {
                    return Ok(None);
                }
                head.get_or_insert((registered_on, regulation));
                changes.push(changed);
                at = means(reads, at, base)?;
            }
            Event::PersonEnded { person, base, .. } => {
                let person = means(reads, at, person)?;
                if *claimed.get_or_insert(person) != person {
                    return Ok(None);
                }
                at = means(reads, at, base)?;
            }
            _ => return Ok(None),
        }
    }
    Ok(None)
}

/// What a place means that the entry `at` names.
fn means(reads: &(impl Reads + ?Sized), at: EntityId, named: EntityId) -> Result<EntityId, DistrictError> {
    let named = reads.continued(at.series)?.map_or(named, |continued| continued.resolve(at, named));
    Ok(reads.same_as(named)?.unwrap_or(named))
}

/// The version that an entry shows: itself, or where somebody ended a person, the one that was ended.
pub fn version_under(reads: &(impl Reads + ?Sized), entry: EntityId) -> Result<EntityId, DistrictError> {
    let mut at = entry;
    for _ in 0..DEPTH_MAX {
        match reads.entry(at)?.and_then(|row| row.read()).map(|entry| entry.event) {
            Some(Event::PersonEnded { base, .. }) => {
                at = means(reads, at, base)?;
            }
            _ => break,
        }
    }
    Ok(at)
}
