//! Versions of a person, rebuilt from the entries: the values of the release, and every correction on top.

use super::judging::Alone;
use super::naming::Meanings;
use crate::error::DistrictError;
use crate::store::Reads;
use payung_domain::{CivilDate, FieldValues};
use payung_journal::{EntityId, Entry, Event, RegulationRef};

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
        let means = meanings(reads, at, &entry)?;
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
                let person = counts(reads, means.of_name(person).place())?;
                if *claimed.get_or_insert(person) != person {
                    return Ok(None);
                }
                head.get_or_insert((registered_on, regulation));
                changes.push(changed);
                at = counts(reads, means.of_name(base).place())?;
            }
            Event::PersonEnded { person, base, .. } => {
                let person = counts(reads, means.of_name(person).place())?;
                if *claimed.get_or_insert(person) != person {
                    return Ok(None);
                }
                at = counts(reads, means.of_name(base).place())?;
            }
            _ => return Ok(None),
        }
    }
    Ok(None)
}

fn meanings(reads: &(impl Reads + ?Sized), at: EntityId, entry: &Entry) -> Result<Meanings, DistrictError> {
    if entry.event.names().is_empty() {
        return Ok(Meanings::default());
    }
    let missing = || DistrictError::Damaged("seri catatan tidak ada".into());
    let village = reads.series(at.series)?.ok_or_else(missing)?.village;
    Meanings::of(reads, village, at, entry)
}

/// Of an entry that came twice, the one that has the effect.
fn counts(reads: &(impl Reads + ?Sized), id: EntityId) -> Result<EntityId, DistrictError> {
    Ok(reads.same_as(id)?.unwrap_or(id))
}

/// The version that an entry shows: itself, or where somebody ended a person, the one that was ended.
pub fn version_under(reads: &(impl Reads + ?Sized), entry: EntityId) -> Result<EntityId, DistrictError> {
    let mut at = entry;
    for _ in 0..DEPTH_MAX {
        let Some(entry) = reads.entry(at)?.and_then(|row| row.read()) else { break };
        let Event::PersonEnded { base, .. } = &entry.event else { break };
        at = counts(reads, meanings(reads, at, &entry)?.of_name(*base).place())?;
    }
    Ok(at)
}
