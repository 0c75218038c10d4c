//! What names mean at the district.

use crate::error::DistrictError;
use crate::store::{Content, Reads};
use payung_domain::VillageCode;
use payung_journal::{Again, EntityId, Entry, Mark, Meant, SeriesId, Shelf, meant};
use std::collections::BTreeMap;

/// What the district holds of a village.
pub struct Held<'r, R: Reads + ?Sized> {
    pub reads: &'r R,
    pub village: VillageCode,
}

impl<R: Reads + ?Sized> Shelf for Held<'_, R> {
    type Error = DistrictError;

    fn here(&self, id: EntityId) -> Result<bool, DistrictError> {
        Ok(self.reads.entry_head(id)?.is_some())
    }

    fn mark(&self, id: EntityId) -> Result<Option<Mark>, DistrictError> {
        Ok(body(self.reads, id)?.map(|body| Mark::of(&body)))
    }

    fn again(&self, series: SeriesId) -> Result<Option<Again>, DistrictError> {
        Ok(self.reads.continued(series)?.and_then(|continued| continued.again(series)))
    }

    fn all_again(&self) -> Result<Vec<Again>, DistrictError> {
        let all = self.reads.series_of_village(self.village)?;
        Ok(all.iter().filter_map(|row| row.continues?.again(row.id)).collect())
    }
}

/// Of an entry that is here; `None` where it was erased.
pub fn body(reads: &(impl Reads + ?Sized), id: EntityId) -> Result<Option<Vec<u8>>, DistrictError> {
    Ok(match reads.entry(id)?.map(|row| row.content) {
        Some(Content::Body { body, .. }) => Some(body),
        Some(Content::Erased(_)) | None => None,
    })
}

/// What each name in one entry means, twins apart.
#[derive(Default)]
pub struct Meanings(BTreeMap<EntityId, Meant>);

impl Meanings {
    pub fn of(
        reads: &(impl Reads + ?Sized),
        village: VillageCode,
        at: EntityId,
        entry: &Entry,
    ) -> Result<Self, DistrictError> {
        let held = Held { reads, village };
        let names = entry.names().into_iter();
        names.map(|named| Ok((named.0, meant(&held, at, named)?))).collect::<Result<_, _>>().map(Self)
    }

    pub fn of_name(&self, name: EntityId) -> Meant {
        self.0.get(&name).copied().unwrap_or(Meant::Here(name))
    }
}
