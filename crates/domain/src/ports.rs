//! What the pure rooms need from the outside world, as arguments. The programs pass the real ones (`payung-system`),
//! tests pass fixed ones.

use crate::date::Timestamp;

/// Tells the time. Device time proves nothing: only the district's countersignature dates anything.
pub trait Clock: Send + Sync {
    fn now(&self) -> Timestamp;
}

/// Unpredictable bytes, fit for keys and identifiers.
pub trait Randomness: Send + Sync {
    fn fill(&self, bytes: &mut [u8]);
}

/// `N` random bytes.
pub fn random_bytes<const N: usize>(randomness: &dyn Randomness) -> [u8; N] {
    let mut bytes = [0; N];
    randomness.fill(&mut bytes);
    bytes
}

/// Who watches long work: is told how far it is, and may stop it. Programs show it to a person; work that nobody waits
/// for is [`Unwatched`].
pub trait Watch: Sync {
    /// `done` of `total`, in the unit of the work at hand (rows, people). `false`: stop, and leave everything as it was.
    fn at(&self, done: u64, total: u64) -> bool;
}

/// Nobody looks on; it is never stopped.
pub struct Unwatched;

impl Watch for Unwatched {
    fn at(&self, _done: u64, _total: u64) -> bool {
        true
    }
}
