//! The district's own series of decisions, one per village, written entry by entry in the transaction of the work.

use super::Work;
use super::naming::Held;
use crate::error::DistrictError;
use crate::home::District;
use crate::store::{Content, Continued, EntryRow, SeriesRow, Writes};
use payung_domain::{Randomness, VillageCode};
use payung_journal::{
    Continues, EntityId, Entry, Event, Head, Position, Seed, SeriesId, SeriesKind, Shelf, digest, stretch_of,
};
use std::collections::BTreeMap;

/// The series written to in this transaction; their ends are stored once, when the work is finished.
#[derive(Default)]
pub struct Decisions(BTreeMap<VillageCode, Open>);

struct Open {
    series: SeriesRow,
    /// The seed of the stretch written last.
    seed: Option<(u64, Seed)>,
}

impl Work<'_> {
    /// Adds an event to a village's decisions. `actor`: the officer, or the district's name.
    pub(crate) fn decide(
        &mut self,
        village: VillageCode,
        actor: &str,
        event: Event,
    ) -> Result<EntityId, DistrictError> {
        let mut open = match self.decisions.0.remove(&village) {
            Some(open) => open,
            None => reopen(self.writes, village)?,
        };
        let held = Held { reads: &*self.writes, village };
        let mark = |name| match self.marks.get(&name) {
            Some(mark) => Ok(Some(*mark)),
            None => held.mark(name),
        };
        let entry = Entry::new(self.now, actor, event).marked(open.series.id, mark)?;
        let id = append(self.writes, &*self.district.tools.randomness, &mut open, &entry)?;
        self.decisions.0.insert(village, open);
        Ok(id)
    }

    /// Goes on in a new series of decisions, which tells every device of the village that the district was put back.
    pub(crate) fn begin_anew(&mut self, village: VillageCode) -> Result<(), DistrictError> {
        self.close_decisions()?;
        succeed(self.district, self.writes, village).map(|_| ())
    }

    pub(super) fn close_decisions(&mut self) -> Result<(), DistrictError> {
        std::mem::take(&mut self.decisions)
            .0
            .values()
            .try_for_each(|open| self.writes.put_series(&open.series))
    }

    pub(crate) fn district_name(&self) -> String {
        self.actor.clone()
    }
}

/// Makes a series of decisions for a village, with its opening entry. It becomes the one that is written to when the
/// village's row names it.
pub fn new_series(
    district: &District,
    writes: &mut dyn Writes,
    village: VillageCode,
    id: SeriesId,
    continues: Option<Continues>,
) -> Result<(), DistrictError> {
    let open = opened(district, writes, village, id, continues)?;
    writes.put_series(&open.series)
}

/// Ends the village's series of decisions where it stands and goes on in a new one: after the district was put back from
/// a copy, villages may hold more of the old one than the district knows.
pub fn succeed(
    district: &District,
    writes: &mut dyn Writes,
    village: VillageCode,
) -> Result<SeriesId, DistrictError> {
    let old = reopen(writes, village)?.series;
    let (id, key) = (SeriesId::generate(&*district.tools.randomness), district.key());
    let continues = Continues::sign(key, old.id, old.length, old.head, id, &key.public());
    new_series(district, writes, village, id, Some(continues))?;
    name(writes, village, id)?;
    Ok(id)
}

/// Decisions that stood in a village on a branch which this district had forgotten when it wrote another: they come again,
/// byte for byte, in a series of their own.
pub fn reenter(
    work: &mut Work,
    village: VillageCode,
    lost: Position,
    bodies: &[&[u8]],
) -> Result<SeriesRow, DistrictError> {
    work.close_decisions()?;
    let (district, randomness) = (work.district, &*work.district.tools.randomness);
    let (id, key) = (SeriesId::generate(randomness), district.key());
    let continues = Continues {
        series: lost.series,
        seq: lost.seq,
        head: lost.head,
        signature: None,
        reentered: bodies.len() as u64,
    };
    let continues = continues.signed(key, id, &key.public());
    let mut open = opened(district, work.writes, village, id, Some(continues))?;
    for body in bodies {
        append_body(work.writes, randomness, &mut open, body.to_vec())?;
    }
    work.writes.put_series(&open.series)?;
    name(work.writes, village, id)?;
    Ok(open.series)
}

fn name(writes: &mut dyn Writes, village: VillageCode, decisions: SeriesId) -> Result<(), DistrictError> {
    let Some(mut row) = writes.village(village)? else { return Ok(()) };
    row.decisions = decisions;
    writes.put_village(&row)
}

fn opened(
    district: &District,
    writes: &mut dyn Writes,
    village: VillageCode,
    id: SeriesId,
    continues: Option<Continues>,
) -> Result<Open, DistrictError> {
    let key = district.key().public();
    let series = SeriesRow {
        id,
        kind: SeriesKind::Decisions,
        village,
        device: None,
        key,
        length: 0,
        head: Head::start(id),
        continues: continues.map(|continues| Continued {
            at: EntityId { series: continues.series, seq: continues.seq },
            reentered: continues.reentered,
        }),
    };
    writes.put_series(&series)?;
    let event = Event::SeriesOpened { kind: SeriesKind::Decisions, village, key, continues };
    let entry = Entry::new(district.now(), format!("Kabupaten {}", district.regency_name), event);
    let mut open = Open { series, seed: None };
    append(writes, &*district.tools.randomness, &mut open, &entry)?;
    Ok(open)
}

fn reopen(writes: &dyn Writes, village: VillageCode) -> Result<Open, DistrictError> {
    let missing = || DistrictError::Damaged("seri keputusan desa tidak ada".into());
    let village = writes.village(village)?.ok_or_else(missing)?;
    Ok(Open { series: writes.series(village.decisions)?.ok_or_else(missing)?, seed: None })
}

fn append(
    writes: &mut dyn Writes,
    randomness: &dyn Randomness,
    open: &mut Open,
    entry: &Entry,
) -> Result<EntityId, DistrictError> {
    let body = entry.encode_checked().map_err(|error| {
        DistrictError::Asked(format!("Putusan terlalu panjang ({error}). Ringkas alasannya."))
    })?;
    append_body(writes, randomness, open, body)
}

fn append_body(
    writes: &mut dyn Writes,
    randomness: &dyn Randomness,
    open: &mut Open,
    body: Vec<u8>,
) -> Result<EntityId, DistrictError> {
    let id = EntityId::new(open.series.id, open.series.length + 1);
    let seed = seed(writes, randomness, open, stretch_of(id.seq))?;
    let head = open.series.head.next(&digest(&seed.salt(id.seq), &body));
    (open.series.head, open.series.length) = (head, id.seq);
    writes.add_entry(id, &EntryRow { content: Content::Body { body, salt: None }, head })?;
    Ok(id)
}

fn seed(
    writes: &mut dyn Writes,
    randomness: &dyn Randomness,
    open: &mut Open,
    stretch: u64,
) -> Result<Seed, DistrictError> {
    if let Some((_, seed)) = open.seed.filter(|(known, _)| *known == stretch) {
        return Ok(seed);
    }
    let seed = match writes.seed(open.series.id, stretch)? {
        Some(seed) => seed,
        None => {
            let seed = Seed::generate(randomness);
            writes.add_seed(open.series.id, stretch, &seed)?;
            seed
        }
    };
    open.seed = Some((stretch, seed));
    Ok(seed)
}
