//! Whom to compare with whom, out of 100,000: everybody by birth date, mother, KK and NIK, in about 45 bytes a person.

use super::traits::{Key, Points};

/// The digest of a trait in the upper half, a slot in the lower. Two traits may have one digest, and a slot may stand
/// under a trait that it no longer has: whoever asks compares.
#[derive(Default)]
pub(crate) struct Kin {
    /// Ascending, as both are.
    settled: Vec<u64>,
    /// Came since: few, so that a place among them is made cheaply.
    fresh: Vec<u64>,
    known: Sieve,
}

const FRESH_MAX: usize = 2_048;

/// Says of most traits that nobody has them, without a search: a NIK has 159 neighbours, and hardly ever one is there.
#[derive(Default)]
struct Sieve {
    bits: Vec<u64>,
    count: usize,
}

/// So that about one in ten or twenty that nobody has comes through.
const BITS_A_TRAIT: usize = 8;
const WORDS_MIN: usize = 64;

impl Sieve {
    fn add(&mut self, digest: u32) {
        self.count += 1;
        if let Some((word, bit)) = self.place(digest) {
            self.bits[word] |= bit;
        }
    }

    fn may_have(&self, digest: u32) -> bool {
        self.place(digest).is_some_and(|(word, bit)| self.bits[word] & bit != 0)
    }

    fn place(&self, digest: u32) -> Option<(usize, u64)> {
        // A power of two words, or none.
        let last = self.bits.len().checked_sub(1)?;
        Some((digest as usize >> 6 & last, 1 << (digest & 63)))
    }

    /// Whether it is too small for what it holds.
    fn is_full(&self) -> bool {
        self.count * BITS_A_TRAIT > self.bits.len() * 64
    }

    fn wide_enough_for(count: usize) -> Self {
        let words = (count * BITS_A_TRAIT / 64 * 2).next_power_of_two().max(WORDS_MIN);
        Self { bits: vec![0; words], count: 0 }
    }
}

impl Kin {
    /// `before`: what the slot had until now.
    pub(crate) fn add(&mut self, points: &Points, before: Option<&Points>, slot: u32) {
        let former: Vec<u32> = before.into_iter().flat_map(Points::keys).map(digest).collect();
        for key in points.keys().map(digest).filter(|key| !former.contains(key)) {
            self.fresh.push(entry(key, slot));
            self.known.add(key);
        }
        if self.known.is_full() {
            self.widen();
        }
    }

    fn widen(&mut self) {
        let mut wider = Sieve::wide_enough_for(self.settled.len() + self.fresh.len());
        for known in self.settled.iter().chain(&self.fresh) {
            wider.add((*known >> 32) as u32);
        }
        self.known = wider;
    }

    /// After few were added.
    pub(crate) fn tidy(&mut self) {
        if self.fresh.len() > FRESH_MAX {
            self.settle();
        } else {
            self.fresh.sort_unstable();
            self.fresh.dedup();
        }
    }

    /// After many were added.
    pub(crate) fn settle(&mut self) {
        self.settled.append(&mut std::mem::take(&mut self.fresh));
        self.settled.sort_unstable();
        self.settled.dedup();
    }

    /// Slots that may have the trait.
    pub(crate) fn of(&self, key: Key) -> Having<'_> {
        let digest = digest(key);
        if !self.known.may_have(digest) {
            return Having::default();
        }
        Having { settled: run(&self.settled, digest), fresh: run(&self.fresh, digest) }
    }
}

/// The entries under one digest.
#[derive(Default)]
pub(crate) struct Having<'k> {
    settled: &'k [u64],
    fresh: &'k [u64],
}

impl Having<'_> {
    /// At least as many as have it.
    pub(crate) fn count(&self) -> usize {
        self.settled.len() + self.fresh.len()
    }

    /// Each once.
    pub(crate) fn slots(&self) -> impl Iterator<Item = u32> + '_ {
        let fresh = self.fresh.iter().filter(|known| self.settled.binary_search(known).is_err());
        self.settled.iter().chain(fresh).map(|known| *known as u32)
    }
}

fn run(entries: &[u64], digest: u32) -> &[u64] {
    let from = &entries[entries.partition_point(|known| *known < entry(digest, 0))..];
    let is_same = |known: &u64| *known >> 32 == u64::from(digest);
    // Most runs are short: their end is near, not somewhere among everybody.
    let mut reach = 1;
    while from.get(reach).is_some_and(is_same) {
        reach *= 2;
    }
    &from[..from[..reach.min(from.len())].partition_point(is_same)]
}

fn entry(key: u32, slot: u32) -> u64 {
    u64::from(key) << 32 | u64::from(slot)
}

/// Mixes all bits of a trait, as splitmix64 does: nothing here has to withstand anybody.
fn digest(key: Key) -> u32 {
    let (kind, value) = match key {
        Key::Birth(days) => (0, u64::from(days.cast_unsigned())),
        Key::Mother(digest) => (1, u64::from(digest)),
        Key::Kk(number) => (2, number.0),
        Key::Nik(number) => (3, number.0),
    };
    let mut mixed = (value << 2 | kind).wrapping_add(0x9e37_79b9_7f4a_7c15);
    mixed = (mixed ^ mixed >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
    (mixed ^ mixed >> 31) as u32
}
