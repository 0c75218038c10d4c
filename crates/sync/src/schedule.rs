//! When to try again. Pure: the caller brings the randomness and does the waiting.

use payung_domain::Randomness;
use payung_domain::ports::random_bytes;
use std::time::Duration;

/// Longest wait between two tries, jitter included.
pub const WAIT_MAX: Duration = Duration::from_secs(300);
/// First wait after a failure.
const WAIT_FIRST: Duration = Duration::from_secs(5);
/// While offline the line is looked at this often, so that sync follows within 30 s of its return.
pub const PROBE_EVERY: Duration = Duration::from_secs(20);

/// Failures in a row, and the wait that follows from them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Schedule {
    failures: u32,
}

impl Schedule {
    pub fn succeeded(&mut self) {
        self.failures = 0;
    }

    /// The wait after one more failure: 5 s, doubling, at most [`WAIT_MAX`], spread by 20 % either way so that villages
    /// cut off together do not come back together. A wait that the district asked for is never shortened, except by the
    /// cap.
    pub fn failed(&mut self, asked_for: Option<Duration>, randomness: &dyn Randomness) -> Duration {
        let doubled = WAIT_FIRST.saturating_mul(1 << self.failures.min(6));
        self.failures = self.failures.saturating_add(1);
        let [chance] = random_bytes::<1>(randomness);
        let chance = f64::from(chance) / 255.0;
        let own = doubled.min(WAIT_MAX).mul_f64(0.8 + 0.4 * chance);
        let asked = asked_for.unwrap_or_default().min(WAIT_MAX).mul_f64(1.0 + 0.2 * chance);
        own.max(asked).min(WAIT_MAX)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Always(u8);
    impl Randomness for Always {
        fn fill(&self, bytes: &mut [u8]) {
            bytes.fill(self.0);
        }
    }

    #[test]
    fn waits_double_from_five_seconds_and_never_pass_five_minutes() {
        let mut schedule = Schedule::default();
        let middle = Always(127);
        let waits: Vec<u64> = (0..9).map(|_| schedule.failed(None, &middle).as_secs()).collect();
        assert_eq!(waits, [4, 9, 19, 39, 79, 159, 299, 299, 299], "5 s doubled, capped at 300 s");
        let longest = Schedule { failures: 99 }.failed(None, &Always(255));
        assert_eq!(longest, WAIT_MAX, "jitter never lengthens a wait beyond the cap");
    }

    #[test]
    fn jitter_spreads_by_a_fifth_either_way() {
        let wait = |chance| Schedule { failures: 3 }.failed(None, &Always(chance)).as_secs_f64();
        assert_eq!((wait(0), wait(255)), (32.0, 48.0));
    }

    #[test]
    fn success_starts_again_and_a_request_to_wait_is_honoured() {
        let mut schedule = Schedule { failures: 5 };
        schedule.succeeded();
        let mut asked =
            |seconds, chance| schedule.failed(Some(Duration::from_secs(seconds)), &Always(chance));
        assert_eq!(asked(60, 0), Duration::from_secs(60), "never earlier than asked");
        assert_eq!(asked(60, 255), Duration::from_secs(72), "spread beyond it");
        assert_eq!(asked(86_400, 255), WAIT_MAX, "but the cap holds");
    }
}
