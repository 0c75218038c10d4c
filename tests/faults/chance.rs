//! Moments drawn from a seed, so that a failure can be told and tried again: `PAYUNG_SEED=n`.

use std::time::Duration;

pub struct Chance(u64);

impl Chance {
    /// From `PAYUNG_SEED`, else from the clock; the seed is printed either way.
    pub fn new(what: &str) -> Self {
        let seed =
            std::env::var("PAYUNG_SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or_else(|| {
                use payung_domain::Clock;
                payung_system::SystemClock.now().millis() as u64
            });
        println!("{what}: PAYUNG_SEED={seed}");
        Self(seed | 1)
    }

    /// A wait between two bounds, in milliseconds.
    pub fn wait(&mut self, from: u64, to: u64) -> Duration {
        Duration::from_millis(from + self.next() % (to - from))
    }

    pub fn coin(&mut self) -> bool {
        self.next().is_multiple_of(2)
    }

    /// xorshift64*
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 11
    }
}
