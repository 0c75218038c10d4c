//! The idle clock: how long nobody touched keyboard or mouse.

use payung_domain::Timestamp;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;
use tokio::time::Instant;

/// Two clocks at once: the one that only runs forward stands still while the laptop sleeps, the other can be set back.
/// The longer of both counts.
pub struct IdleClock {
    minutes: AtomicU32,
    touched: Mutex<(Instant, Timestamp)>,
}

impl IdleClock {
    pub fn new(now: Timestamp) -> Self {
        Self { minutes: AtomicU32::new(10), touched: Mutex::new((Instant::now(), now)) }
    }

    pub fn touch(&self, now: Timestamp) {
        *self.held() = (Instant::now(), now);
    }

    pub fn minutes(&self) -> u32 {
        self.minutes.load(Ordering::Relaxed)
    }

    pub fn set_minutes(&self, minutes: u32) {
        self.minutes.store(minutes.max(1), Ordering::Relaxed);
    }

    pub fn is_over(&self, now: Timestamp) -> bool {
        let (instant, timestamp) = *self.held();
        is_over(self.minutes(), instant.elapsed(), now.millis() - timestamp.millis())
    }

    fn held(&self) -> std::sync::MutexGuard<'_, (Instant, Timestamp)> {
        self.touched.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

/// `by_date_ms` may be negative: a clock set back locks nobody out.
fn is_over(minutes: u32, running: Duration, by_date_ms: i64) -> bool {
    let by_date = Duration::from_millis(u64::try_from(by_date_ms).unwrap_or(0));
    running.max(by_date) >= Duration::from_secs(u64::from(minutes) * 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_over_after_the_minutes_by_either_clock() {
        let second = Duration::from_secs(1);
        assert!(!is_over(2, 119 * second, 119_000), "a second is left");
        assert!(is_over(2, 120 * second, 0), "the running clock says so");
        assert!(is_over(2, second, 120_000), "the laptop slept: the date says so");
        assert!(!is_over(2, second, -1_000_000_000), "a clock set back changes nothing");
    }

    #[test]
    fn a_touch_starts_it_again() {
        let clock = IdleClock::new(Timestamp(0));
        clock.set_minutes(1);
        assert!(clock.is_over(Timestamp(60_000)));
        clock.touch(Timestamp(60_000));
        assert!(!clock.is_over(Timestamp(60_000)));
    }
}
