//! An entry that came twice. Two copies of one disk lose the same branch and enter it again, each in a series of its own;
//! or a lost entry comes back itself after it was entered again. Entries that stood at one place and are the same to the
//! byte are one: the first that is here has the effect, and a name for another one means it.

use super::Work;
use super::naming::{Held, body};
use crate::error::DistrictError;
use crate::store::SeriesRow;
use payung_domain::VillageCode;
use payung_journal::{Again, EntityId, Mark, SeriesKind, Shelf};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Of each entry without an effect of its own the one that has it.
pub type Twins = BTreeMap<EntityId, EntityId>;

/// Series around one that hold entries of another again.
pub struct Around(Vec<Again>);

/// What its entries can be the same as.
pub fn around(work: &Work, village: VillageCode, series: &SeriesRow) -> Result<Around, DistrictError> {
    Ok(Around(match series.kind {
        SeriesKind::Shared => Held { reads: &*work.writes, village }.all_again()?,
        _ => Vec::new(),
    }))
}

impl Around {
    /// The same entry, where it was here before, by the name that counts.
    pub fn find(&self, work: &Work, id: EntityId) -> Result<Option<EntityId>, DistrictError> {
        if self.0.is_empty() {
            return Ok(None);
        }
        let stood = self.0.iter().find_map(|again| again.stood(id)).unwrap_or(id);
        let elsewhere = self.0.iter().filter_map(|again| again.holds(stood));
        let mut others = std::iter::once(stood).chain(elsewhere).filter(|other| *other != id).peekable();
        if others.peek().is_none() {
            return Ok(None);
        }
        let Some(own) = body(work.writes, id)? else { return Ok(None) };
        for other in others {
            if body(work.writes, other)?.is_some_and(|known| known == own) {
                return Ok(Some(work.writes.same_as(other)?.unwrap_or(other)));
            }
        }
        Ok(None)
    }
}

impl Work<'_> {
    /// A body that came in this transaction, for the decisions that will name it.
    pub fn note_mark(&mut self, id: EntityId, body: &[u8]) {
        self.marks.insert(id, Mark::of(body));
    }

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
