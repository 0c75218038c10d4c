//! The end of a series this device writes, while a transaction is open.

use crate::error::RegisterError;
use crate::series::{naming, order, rows};
use crate::sql::{self, column};
use payung_domain::Randomness;
use payung_journal::{
    Continues, EntityId, Entry, Event, Head, Seed, SeriesId, SeriesKind, digest, salt, stretch_of,
};
use rusqlite::Connection;

pub(crate) struct Tail {
    row: i64,
    pub(crate) series: SeriesId,
    pub(crate) seq: u64,
    head: Head,
    /// `seq` as the database holds it.
    written: u64,
    seed: Option<(u64, Seed)>,
    /// The place of the last entry in the order of all.
    pub(crate) order: i64,
    travels: bool,
}

impl Tail {
    /// The own series of a kind.
    pub(crate) fn load(db: &Connection, kind: SeriesKind) -> Result<Self, RegisterError> {
        let state = rows::own(db, kind)?;
        let last = EntityId::new(state.state.series, state.state.seq);
        Ok(Self {
            row: state.row,
            series: state.state.series,
            seq: state.state.seq,
            head: state.state.head,
            written: state.state.seq,
            seed: None,
            order: order::of(db, last)?.unwrap_or(i64::MIN),
            travels: state.state.travels(),
        })
    }

    /// Writes an entry; its place names it for ever.
    pub(crate) fn append(
        &mut self,
        db: &Connection,
        entry: Entry,
        randomness: &dyn Randomness,
    ) -> Result<EntityId, RegisterError> {
        let entry = match self.travels {
            true => entry.marked(self.series, |name| naming::mark_of(db, name))?,
            false => entry,
        };
        let body = entry.encode_checked()?;
        let at = entry.at.millis();
        let order = if self.travels { self.place(db, &entry)? } else { 0 };
        self.append_body(db, &body, at, order, randomness)
    }

    /// An entry as it stood in another series.
    pub(crate) fn append_body(
        &mut self,
        db: &Connection,
        body: &[u8],
        at: i64,
        order: i64,
        randomness: &dyn Randomness,
    ) -> Result<EntityId, RegisterError> {
        let seq = self.seq + 1;
        let seed = self.seed_of(db, stretch_of(seq), randomness)?;
        let digest = digest(&salt(&seed, seq), body);
        let head = self.head.next(&digest);
        sql::run(
            db,
            include_str!("insert_entry.sql"),
            (self.row, column(seq)?, at, order, digest.0, head.0, body),
        )?;
        self.seq = seq;
        self.head = head;
        self.order = order;
        Ok(EntityId::new(self.series, seq))
    }

    fn place(&self, db: &Connection, entry: &Entry) -> Result<i64, RegisterError> {
        let continues: Option<Continues> = match &entry.event {
            Event::SeriesOpened { continues, .. } => *continues,
            _ => None,
        };
        let last = (self.seq > 0).then_some(self.order);
        let before = order::before(self.seq + 1, continues.as_ref(), last);
        let mut places: Vec<i64> = before.last.into_iter().collect();
        for name in entry.event.names().into_iter().chain(before.left) {
            places.extend(order::of(db, name)?);
        }
        Ok(order::place(entry.at.millis(), places))
    }

    /// Keeps the new end beside the series.
    pub(crate) fn save(&mut self, db: &Connection) -> Result<(), RegisterError> {
        if self.seq != self.written {
            sql::run(db, include_str!("update_head.sql"), (self.row, column(self.seq)?, self.head.0))?;
            self.written = self.seq;
        }
        Ok(())
    }

    fn seed_of(
        &mut self,
        db: &Connection,
        stretch: u64,
        randomness: &dyn Randomness,
    ) -> Result<Seed, RegisterError> {
        if let Some((known, seed)) = self.seed
            && known == stretch
        {
            return Ok(seed);
        }
        let seed = match rows::seed(db, self.row, stretch)? {
            Some(seed) => seed,
            None => {
                let seed = Seed::generate(randomness);
                rows::insert_seed(db, self.row, stretch, seed)?;
                seed
            }
        };
        self.seed = Some((stretch, seed));
        Ok(seed)
    }
}
