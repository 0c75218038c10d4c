//! The end of a series this device writes, while a transaction is open.

use crate::error::RegisterError;
use crate::series::rows;
use crate::sql::{self, column};
use payung_domain::Randomness;
use payung_journal::{EntityId, Entry, Head, Seed, SeriesId, SeriesKind, digest, salt, stretch_of};
use rusqlite::Connection;

pub(crate) struct Tail {
    row: i64,
    pub(crate) series: SeriesId,
    pub(crate) seq: u64,
    head: Head,
    /// `seq` as the database holds it.
    written: u64,
    seed: Option<(u64, Seed)>,
}

impl Tail {
    /// The own series of a kind.
    pub(crate) fn load(db: &Connection, kind: SeriesKind) -> Result<Self, RegisterError> {
        let state = rows::own(db, kind)?;
        Ok(Self {
            row: state.row,
            series: state.state.series,
            seq: state.state.seq,
            head: state.state.head,
            written: state.state.seq,
            seed: None,
        })
    }

    /// Writes an entry; its place names it for ever.
    pub(crate) fn append(
        &mut self,
        db: &Connection,
        entry: &Entry,
        randomness: &dyn Randomness,
    ) -> Result<EntityId, RegisterError> {
        let body = entry.encode_checked()?;
        let seq = self.seq + 1;
        let seed = self.seed_of(db, stretch_of(seq), randomness)?;
        let digest = digest(&salt(&seed, seq), &body);
        let head = self.head.next(&digest);
        sql::run(
            db,
            include_str!("insert_entry.sql"),
            (self.row, column(seq)?, entry.at.millis(), digest.0, head.0, body),
        )?;
        self.seq = seq;
        self.head = head;
        Ok(EntityId::new(self.series, seq))
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
