//! The district's own series of decisions, one per village, written entry by entry in the transaction of the work.

use super::Work;
use crate::error::DistrictError;
use crate::home::District;
use crate::store::{Content, EntryRow, SeriesRow, Writes};
use payung_domain::{Randomness, VillageCode};
use payung_journal::{EntityId, Entry, Event, Head, Seed, SeriesId, SeriesKind, digest, stretch_of};
use std::collections::BTreeMap;

/// Ends of the series written to in this transaction.
#[derive(Default)]
pub struct Decisions(BTreeMap<VillageCode, SeriesRow>);

impl Work<'_> {
    /// Adds an event to a village's decisions. `actor`: the officer, or the district's name.
    pub(super) fn decide(
        &mut self,
        village: VillageCode,
        actor: &str,
        event: Event,
    ) -> Result<EntityId, DistrictError> {
        let mut series = match self.decisions.0.remove(&village) {
            Some(series) => series,
            None => open(self.writes, village)?,
        };
        let entry = Entry::new(self.now, actor, event);
        let id = append(self.writes, &*self.district.tools.randomness, &mut series, &entry)?;
        self.decisions.0.insert(village, series);
        Ok(id)
    }

    pub(super) fn district_name(&self) -> String {
        format!("Kabupaten {}", self.district.regency_name)
    }
}

/// Makes a village's series of decisions, with its opening entry.
pub fn new_series(
    district: &District,
    writes: &mut dyn Writes,
    village: VillageCode,
    id: SeriesId,
) -> Result<(), DistrictError> {
    let key = district.key().public();
    let mut series = SeriesRow {
        id,
        kind: SeriesKind::Decisions,
        village,
        device: None,
        key,
        length: 0,
        head: Head::start(id),
    };
    writes.put_series(&series)?;
    let event = Event::SeriesOpened { kind: SeriesKind::Decisions, village, key, continues: None };
    let entry = Entry::new(district.now(), format!("Kabupaten {}", district.regency_name), event);
    append(writes, &*district.tools.randomness, &mut series, &entry)?;
    Ok(())
}

fn open(writes: &dyn Writes, village: VillageCode) -> Result<SeriesRow, DistrictError> {
    let missing = || DistrictError::Damaged("seri keputusan desa tidak ada".into());
    let village = writes.village(village)?.ok_or_else(missing)?;
    writes.series(village.decisions)?.ok_or_else(missing)
}

fn append(
    writes: &mut dyn Writes,
    randomness: &dyn Randomness,
    series: &mut SeriesRow,
    entry: &Entry,
) -> Result<EntityId, DistrictError> {
    let id = EntityId::new(series.id, series.length + 1);
    let stretch = stretch_of(id.seq);
    let seed = match writes.seed(series.id, stretch)? {
        Some(seed) => seed,
        None => {
            let seed = Seed::generate(randomness);
            writes.add_seed(series.id, stretch, &seed)?;
            seed
        }
    };
    let body = entry
        .encode_checked()
        .map_err(|error| DistrictError::Asked(format!("Keputusan terlalu panjang ({error})")))?;
    series.head = series.head.next(&digest(&seed.salt(id.seq), &body));
    series.length = id.seq;
    writes.add_entry(id, &EntryRow { content: Content::Body { body, salt: None }, head: series.head })?;
    writes.put_series(series)?;
    Ok(id)
}
