//! Growing waits after wrong secrets, kept in the key file so that closing the program does not help a guesser.
//!
//! They slow down someone at the keyboard. Who steals the file guesses elsewhere; against that stands Argon2id.

use payung_domain::Timestamp;
use serde::{Deserialize, Serialize};
use std::time::Duration;

/// Failures that cost nothing: a typing slip.
const FREE_FAILURES: u32 = 2;
const WAIT_MAX: Duration = Duration::from_secs(300);

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Failures {
    count: u32,
    /// ms since 1970 UTC.
    last_at: i64,
}

impl Failures {
    /// What is left to wait. A clock set back does not shorten it, and does not lengthen it beyond one full wait.
    pub(crate) fn remaining(&self, now: Timestamp) -> Duration {
        let passed = u64::try_from(now.millis().saturating_sub(self.last_at)).unwrap_or(0);
        self.wait().saturating_sub(Duration::from_millis(passed))
    }

    /// Counted before the secret is tried, so that a program killed in between has still counted.
    pub(crate) fn count_one(&mut self, now: Timestamp) {
        self.count = self.count.saturating_add(1);
        self.last_at = now.millis();
    }

    /// A clock set back: the wait starts again from now, so that it ends.
    pub(crate) fn mend_clock(&mut self, now: Timestamp) -> bool {
        let ahead = self.last_at > now.millis();
        if ahead {
            self.last_at = now.millis();
        }
        ahead
    }

    /// 0 for the first two, then 1 s, doubling up to five minutes.
    pub(crate) fn wait(&self) -> Duration {
        match self.count.checked_sub(FREE_FAILURES + 1) {
            None => Duration::ZERO,
            Some(doublings) => Duration::from_secs(1 << doublings.min(16)).min(WAIT_MAX),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_wait_doubles_from_the_third_failure_up_to_five_minutes() {
        let mut failures = Failures::default();
        let mut waits = Vec::new();
        for _ in 0..13 {
            failures.count_one(Timestamp(0));
            waits.push(failures.wait().as_secs());
        }
        assert_eq!(waits, [0, 0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300]);
    }

    #[test]
    fn a_clock_set_back_neither_shortens_nor_freezes_the_wait() {
        let mut failures = Failures::default();
        for _ in 0..5 {
            failures.count_one(Timestamp(100_000));
        }
        assert_eq!(failures.remaining(Timestamp(0)), Duration::from_secs(4));
        assert!(failures.mend_clock(Timestamp(0)));
        assert_eq!(failures.remaining(Timestamp(3_000)), Duration::from_secs(1));
    }
}
