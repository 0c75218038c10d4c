//! The real clock and the real randomness. Only programs and tests name this crate; every other room takes the traits.

use payung_domain::{Clock, Randomness, Timestamp};
use std::time::{SystemTime, UNIX_EPOCH};

/// The operating system's clock.
pub struct SystemClock;

impl Clock for SystemClock {
    #[allow(clippy::disallowed_methods)] // the one place where the programs read the clock
    fn now(&self) -> Timestamp {
        let millis = match SystemTime::now().duration_since(UNIX_EPOCH) {
            Ok(after) => after.as_millis() as i64,
            Err(before) => -(before.duration().as_millis() as i64),
        };
        Timestamp(millis)
    }
}

/// The operating system's generator of random bytes.
pub struct SystemRandom;

impl Randomness for SystemRandom {
    /// # Panics
    /// Where the operating system gives no randomness, nothing that follows could be safe.
    #[allow(clippy::disallowed_methods, clippy::expect_used)] // the one place where the programs draw randomness
    fn fill(&self, bytes: &mut [u8]) {
        getrandom::fill(bytes).expect("the operating system gives random bytes");
    }
}
