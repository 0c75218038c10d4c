//! Chance and time of a world: everything follows from one seed.

use payung_domain::{Clock, Randomness, Timestamp};
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

pub const MINUTE_MS: i64 = 60_000;
pub const HOUR_MS: i64 = 60 * MINUTE_MS;
pub const DAY_MS: i64 = 24 * HOUR_MS;
/// 21 November 2026, 08.00 in Kebumen.
const MORNING: i64 = 1_795_222_800_000;

/// The dice that decide what happens.
pub struct Chance(fastrand::Rng);

impl Chance {
    pub fn new(seed: u64) -> Self {
        Self(fastrand::Rng::with_seed(seed))
    }

    pub fn below(&mut self, end: usize) -> usize {
        self.0.usize(..end.max(1))
    }

    pub fn between(&mut self, first: i64, last: i64) -> i64 {
        self.0.i64(first..=last)
    }

    pub fn fill(&mut self, bytes: &mut [u8]) {
        self.0.fill(bytes);
    }

    /// True once in so many times.
    pub fn one_in(&mut self, times: usize) -> bool {
        self.below(times) == 0
    }

    pub fn pick<'a, T>(&mut self, from: &'a [T]) -> Option<&'a T> {
        if from.is_empty() { None } else { from.get(self.below(from.len())) }
    }

    /// One of several, the first number being how often.
    pub fn weighted<T: Copy>(&mut self, choices: &[(usize, T)]) -> T {
        let mut left = self.below(choices.iter().map(|(weight, _)| weight).sum());
        for (weight, choice) in choices {
            match left.checked_sub(*weight) {
                Some(rest) => left = rest,
                None => return *choice,
            }
        }
        choices[0].1
    }

    pub fn dice(&mut self) -> Arc<Dice> {
        Arc::new(Dice(Mutex::new(fastrand::Rng::with_seed(self.0.u64(..)))))
    }
}

/// The randomness of one machine: keys, ids, salts.
pub struct Dice(Mutex<fastrand::Rng>);

impl Randomness for Dice {
    fn fill(&self, bytes: &mut [u8]) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).fill(bytes);
    }
}

/// The true time. Nobody in the world knows it.
pub struct Wall(AtomicI64);

impl Wall {
    pub fn new() -> Arc<Self> {
        Arc::new(Self(AtomicI64::new(MORNING)))
    }

    pub fn forward(&self, millis: i64) {
        self.0.fetch_add(millis, Ordering::Relaxed);
    }
}

/// What a machine takes for the time.
pub struct MachineClock {
    wall: Arc<Wall>,
    wrong_by: AtomicI64,
}

impl MachineClock {
    pub fn new(wall: &Arc<Wall>, wrong_by: i64) -> Arc<Self> {
        Arc::new(Self { wall: Arc::clone(wall), wrong_by: AtomicI64::new(wrong_by) })
    }

    pub fn set_wrong_by(&self, millis: i64) {
        self.wrong_by.store(millis, Ordering::Relaxed);
    }
}

impl Clock for MachineClock {
    /// Every look is a millisecond later.
    fn now(&self) -> Timestamp {
        Timestamp(self.wall.0.fetch_add(1, Ordering::Relaxed) + self.wrong_by.load(Ordering::Relaxed))
    }
}
