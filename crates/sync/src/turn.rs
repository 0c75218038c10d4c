//! One request and what its answer brought, whichever language it was in.

use crate::error::SyncError;
use payung_domain::Timestamp;
use payung_journal::Refusal;
use payung_register::{Healed, PersonId, Register, SeriesState};

/// A request ready to be sent.
pub(crate) struct Turn {
    pub sent_at: Timestamp,
    pub request: Vec<u8>,
    /// Whether it carries entries: then a line that breaks leaves open whether they arrived.
    pub pushes: bool,
}

/// What one answer brought.
pub(crate) struct Learned {
    /// The district's clock.
    pub at: Timestamp,
    /// Entries that came under a receipt.
    pub sent: u64,
    pub received: u64,
    /// Who stands in those entries.
    pub sent_people: Vec<PersonId>,
    /// Everyone who was sent or for whom an answer came.
    pub people: Vec<PersonId>,
    /// Entries that the district is not known to hold.
    pub waiting: u64,
    /// Those among them that this device wrote.
    pub own_waiting: u64,
    /// The district has more to tell.
    pub more: bool,
    pub healed: Vec<Healed>,
    /// Both were not level, or something was mended.
    pub mends: bool,
    /// Whether both sides hold the same, and how many entries; known once nothing waits any more.
    pub compared: Option<(bool, u64)>,
    pub refusals: Vec<Refusal>,
}

impl Learned {
    /// Whether either side knows more than before.
    pub fn moved(&self) -> bool {
        self.sent + self.received > 0 || !self.healed.is_empty()
    }
}

/// Who stands in the entries that came under a receipt since the series stood so.
pub(crate) fn sent_people(register: &Register, before: &[SeriesState]) -> Result<Vec<PersonId>, SyncError> {
    let mut people = Vec::new();
    for series in before {
        let held = held_now(register, series)?;
        if held > series.held_seq {
            people.extend(register.people_of_entries(series.series, series.held_seq, held)?);
        }
    }
    people.sort_unstable();
    people.dedup();
    Ok(people)
}

/// Entries that the district is not known to hold: all, and those that this device wrote.
pub(crate) fn waiting(register: &Register) -> Result<(u64, u64), SyncError> {
    let (mut all, mut own) = (0, 0);
    for series in register.village_series()? {
        let waits = series.seq.saturating_sub(series.held_seq);
        all += waits;
        if series.origin.is_this_device() {
            own += waits;
        }
    }
    Ok((all, own))
}

/// What the district is known to hold now of entries that stood in the register then.
pub(crate) fn held_now(register: &Register, before: &SeriesState) -> Result<u64, SyncError> {
    let all = register.village_series()?;
    let now = all.iter().find(|series| series.series == before.series);
    Ok(now.map_or(0, |now| now.held_seq.min(before.seq)))
}
