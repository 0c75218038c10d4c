//! What the district holds of one village, in the words of a round.

use crate::error::DistrictError;
use crate::store::{Content, Reads, SeriesRow};
use payung_domain::VillageCode;
use payung_journal::{EntityId, FRAMES_MAX, Head, Known, Position, Seed, SeriesId, Total, steps_back};
use std::cell::RefCell;
use std::collections::BTreeMap;

/// The village's series, the decisions for it included, and their entries behind them.
pub struct Holdings<'r, R: Reads + ?Sized> {
    reads: &'r R,
    series: BTreeMap<SeriesId, SeriesRow>,
    /// The language asks without expecting errors: the first one is kept for [`Holdings::checked`].
    failed: RefCell<Option<DistrictError>>,
}

impl<'r, R: Reads + ?Sized> Holdings<'r, R> {
    pub fn of(reads: &'r R, village: VillageCode) -> Result<Self, DistrictError> {
        let series = reads.village_series(village)?.into_iter().map(|row| (row.id, row)).collect();
        Ok(Self { reads, series, failed: RefCell::new(None) })
    }

    pub fn rows(&self) -> impl Iterator<Item = &SeriesRow> {
        self.series.values()
    }

    pub fn row(&self, series: SeriesId) -> Option<&SeriesRow> {
        self.series.get(&series)
    }

    /// Everything that the district holds of the village.
    pub fn total(&self) -> Total {
        Total::of(&self.rows().map(SeriesRow::position).collect::<Vec<_>>())
    }

    /// Whether all these places lie on the district's own chains.
    pub fn level(&self, have: &[Position]) -> bool {
        have.iter().all(|position| self.head_at(position.series, position.seq) == Some(position.head))
    }

    /// The end of every series and places before it in steps that double, as many as one answer holds.
    pub fn stands(&self) -> Vec<Position> {
        let each = (FRAMES_MAX / self.series.len().max(1)).max(2);
        let mut stands = Vec::new();
        for row in self.series.values() {
            let mut places = steps_back(row.length);
            if places.len() > each {
                places.truncate(each - 1);
                places.push(0);
            }
            for seq in places {
                let head = self.head_at(row.id, seq);
                stands.extend(head.map(|head| Position { series: row.id, seq, head }));
            }
        }
        stands.truncate(FRAMES_MAX);
        stands
    }

    /// What was made with these answers, if the store gave them all.
    pub fn checked<T>(self, made: T) -> Result<T, DistrictError> {
        match self.failed.into_inner() {
            Some(error) => Err(error),
            None => Ok(made),
        }
    }

    fn ask<T>(&self, asked: Result<Option<T>, DistrictError>) -> Option<T> {
        asked.unwrap_or_else(|error| {
            self.failed.borrow_mut().get_or_insert(error);
            None
        })
    }
}

impl<R: Reads + ?Sized> Known for Holdings<'_, R> {
    fn series(&self) -> Vec<SeriesId> {
        self.series.keys().copied().collect()
    }

    fn head_at(&self, series: SeriesId, seq: u64) -> Option<Head> {
        if seq == 0 {
            return Some(Head::start(series));
        }
        let row = self.series.get(&series)?;
        match seq {
            _ if seq == row.length => Some(row.head),
            _ if seq > row.length => None,
            _ => self.ask(self.reads.entry_head(EntityId::new(series, seq))),
        }
    }

    fn seed(&self, series: SeriesId, stretch: u64) -> Option<Seed> {
        self.series.get(&series)?;
        self.ask(self.reads.seed(series, stretch))
    }

    fn body(&self, series: SeriesId, seq: u64) -> Option<Vec<u8>> {
        self.series.get(&series).filter(|row| seq <= row.length)?;
        match self.ask(self.reads.entry(EntityId::new(series, seq)))?.content {
            Content::Body { body, .. } => Some(body),
            Content::Erased(_) => None,
        }
    }
}
