//! An entry that came twice. Two copies of one disk lose the same branch and enter it again, each in a series of its own;
//! or a lost entry comes back itself after it was entered again. Entries that stood at one place and are the same to the
//! byte are one: the first that is here has the effect, and a name for another one means it.

use super::Work;
use crate::error::DistrictError;
use crate::store::{Content, Continued, EntryRow, Reads, SeriesRow};
use payung_domain::VillageCode;
use payung_journal::{EntityId, SeriesId, SeriesKind};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Of each entry without an effect of its own the one that has it.
pub type Twins = BTreeMap<EntityId, EntityId>;

/// Series around one that hold entries of another again.
pub struct Again(Vec<(SeriesId, Continued)>);

/// What its entries can be the same as.
pub fn around(work: &Work, village: VillageCode, series: &SeriesRow) -> Result<Again, DistrictError> {
    let mut again = Vec::new();
    if series.kind == SeriesKind::Shared {
        let of = |row: SeriesRow| Some((row.id, row.continues.filter(|continued| continued.reentered > 0)?));
        again.extend(work.writes.series_of_village(village)?.into_iter().filter_map(of));
    }
    Ok(Again(again))
}

impl Again {
    /// The same entry, where it was here before, by the name that counts.
    pub fn find(&self, work: &Work, id: EntityId) -> Result<Option<EntityId>, DistrictError> {
        if self.0.is_empty() {
            return Ok(None);
        }
        let stood = self.0.iter().find_map(|(series, of)| stood(*series, of, id)).unwrap_or(id);
        let elsewhere = self.0.iter().filter_map(|(series, of)| holds(*series, of, stood));
        let mut others = std::iter::once(stood).chain(elsewhere).filter(|other| *other != id).peekable();
        if others.peek().is_none() {
            return Ok(None);
        }
        let Some(body) = body(work.writes, id)? else { return Ok(None) };
        for other in others {
            if self::body(work.writes, other)?.is_some_and(|known| known == body) {
                return Ok(Some(work.writes.same_as(other)?.unwrap_or(other)));
            }
        }
        Ok(None)
    }
}

/// Where the entry stood that a series holds again at that place.
fn stood(series: SeriesId, of: &Continued, id: EntityId) -> Option<EntityId> {
    let k = id.seq.checked_sub(1).filter(|k| (1..=of.reentered).contains(k))?;
    (id.series == series).then_some(EntityId::new(of.at.series, of.at.seq + k))
}

/// Where a series holds the entry again that stood at that place.
fn holds(series: SeriesId, of: &Continued, stood: EntityId) -> Option<EntityId> {
    let k = stood.seq.checked_sub(of.at.seq).filter(|k| (1..=of.reentered).contains(k))?;
    (stood.series == of.at.series).then_some(EntityId::new(series, k + 1))
}

fn body(reads: &(impl Reads + ?Sized), id: EntityId) -> Result<Option<Vec<u8>>, DistrictError> {
    Ok(match reads.entry(id)?.map(|row: EntryRow| row.content) {
        Some(Content::Body { body, .. }) => Some(body),
        Some(Content::Erased(_)) | None => None,
    })
}

impl Work<'_> {
    pub(super) fn twins(&mut self, village: VillageCode) -> Result<Arc<Twins>, DistrictError> {
        if let Some(known) = self.twins.get(&village) {
            return Ok(Arc::clone(known));
        }
        let twins: Arc<Twins> = Arc::new(self.writes.twins(village)?.into_iter().collect());
        self.twins.insert(village, Arc::clone(&twins));
        Ok(twins)
    }

    /// The entry says nothing new: whoever waited for it waits no longer than for the other one.
    pub fn skip_twin(
        &mut self,
        village: VillageCode,
        id: EntityId,
        same: EntityId,
    ) -> Result<(), DistrictError> {
        self.writes.add_twin(id, village, same)?;
        let mut twins = Arc::unwrap_or_clone(self.twins(village)?);
        twins.insert(id, same);
        self.twins.insert(village, Arc::new(twins));
        self.wake(village, id)
    }
}
