//! Whom to compare with whom, out of 100,000: everybody by birth date, mother, KK and NIK, in 32 bytes a person.

use super::traits::{Number, Points};
use std::hash::{DefaultHasher, Hash, Hasher};

/// The digest of a trait in the upper half, a slot in the lower. Two traits may have one digest, and a slot may stand
/// under a trait that it no longer has: whoever asks compares.
#[derive(Default)]
pub(crate) struct Kin {
    /// Ascending, as both are.
    settled: Vec<u64>,
    /// Came since: few, so that a place among them is made cheaply.
    fresh: Vec<u64>,
}

const FRESH_MAX: usize = 2_048;

#[derive(Clone, Copy, Hash)]
enum Key {
    Birth(i32),
    Mother(u32),
    Kk(Number),
    Nik(Number),
}

impl Kin {
    /// `before`: what the slot had until now.
    pub(crate) fn add(&mut self, points: &Points, before: Option<&Points>, slot: u32) {
        let known: Vec<u32> = before.map(keys).into_iter().flatten().map(digest).collect();
        for key in keys(points).map(digest).filter(|key| !known.contains(key)) {
            self.fresh.push(entry(key, slot));
        }
    }

    /// After few were added.
    pub(crate) fn tidy(&mut self) {
        if self.fresh.len() > FRESH_MAX {
            self.settle();
        } else {
            self.fresh.sort_unstable();
        }
    }

    /// After many were added.
    pub(crate) fn settle(&mut self) {
        self.settled.append(&mut self.fresh);
        self.settled.sort_unstable();
        self.settled.dedup();
    }

    /// Slots that may share a trait, or hold a NIK one slip away.
    pub(crate) fn of(&self, points: &Points) -> Vec<u32> {
        let beside = points.nik.into_iter().flat_map(Number::neighbours).map(Key::Nik);
        let mut slots = Vec::new();
        for key in keys(points).chain(beside).map(digest) {
            for entries in [&self.settled, &self.fresh] {
                let from = entries.partition_point(|known| *known < entry(key, 0));
                let same = entries[from..].iter().take_while(|known| *known >> 32 == u64::from(key));
                slots.extend(same.map(|known| *known as u32));
            }
        }
        slots
    }
}

fn keys(points: &Points) -> impl Iterator<Item = Key> {
    let mother = (points.mother != 0).then_some(Key::Mother(points.mother));
    let birth = points.birth.map(Key::Birth);
    [birth, mother, points.kk.map(Key::Kk), points.nik.map(Key::Nik)].into_iter().flatten()
}

fn entry(key: u32, slot: u32) -> u64 {
    u64::from(key) << 32 | u64::from(slot)
}

fn digest(key: Key) -> u32 {
    let mut hasher = DefaultHasher::new();
    key.hash(&mut hasher);
    hasher.finish() as u32
}
