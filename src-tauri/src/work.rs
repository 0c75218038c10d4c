//! Long work and who watches it: the window is told how far it is, and one command stops whatever runs.

use crate::convert::count;
use crate::dto::{CommandError, ErrorCode, WorkProgress};
use crate::state::{News, Tell};
use payung_domain::{Clock, Watch};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};

/// Between two messages to the window, in milliseconds.
const TELL_EVERY: i64 = 100;
const NEVER: i64 = i64::MIN;

pub const READING: &str = "Membaca berkas";
pub const CHECKING: &str = "Memeriksa baris";
pub const SAVING: &str = "Menyimpan";
pub const TAKING_BACK: &str = "Membatalkan impor";
pub const COMPOSING: &str = "Menyusun berkas";

/// How often somebody asked to stop. Work that began before the last time is stopped, later work is not.
#[derive(Clone, Default)]
pub struct Stops(Arc<AtomicU64>);

impl Stops {
    /// Stops everything that runs now.
    pub fn stop(&self) {
        self.0.fetch_add(1, Ordering::SeqCst);
    }

    fn so_far(&self) -> u64 {
        self.0.load(Ordering::SeqCst)
    }
}

/// One piece of long work, from its command to its end.
pub struct Work {
    stage: &'static str,
    stops: Stops,
    began_at: u64,
    told_at: AtomicI64,
    clock: Arc<dyn Clock>,
    tell: Tell,
}

impl Work {
    pub fn begin(stage: &'static str, stops: &Stops, clock: Arc<dyn Clock>, tell: Tell) -> Self {
        Self {
            stage,
            stops: stops.clone(),
            began_at: stops.so_far(),
            told_at: AtomicI64::new(NEVER),
            clock,
            tell,
        }
    }

    pub fn is_stopped(&self) -> bool {
        self.stops.so_far() != self.began_at
    }

    /// # Errors
    /// Somebody stopped it.
    pub fn unless_stopped(&self) -> Result<(), CommandError> {
        if self.is_stopped() { Err(CommandError::stopped()) } else { Ok(()) }
    }
}

impl Watch for Work {
    fn at(&self, done: u64, total: u64) -> bool {
        let now = self.clock.now().millis();
        if now.saturating_sub(self.told_at.load(Ordering::Relaxed)) >= TELL_EVERY {
            self.told_at.store(now, Ordering::Relaxed);
            let (stage, done, total) = (self.stage.to_owned(), count(done), count(total));
            (self.tell)(News::Work(WorkProgress { stage, done, total }));
        }
        !self.is_stopped()
    }
}

impl CommandError {
    pub fn stopped() -> Self {
        Self::new(ErrorCode::Stopped, "Dihentikan. Tidak ada yang berubah.")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use payung_domain::Timestamp;
    use std::sync::{Mutex, mpsc};

    struct Hand(AtomicI64);

    impl Clock for Hand {
        fn now(&self) -> Timestamp {
            Timestamp(self.0.load(Ordering::Relaxed))
        }
    }

    fn begin(stops: &Stops) -> (Work, Arc<Hand>, mpsc::Receiver<WorkProgress>) {
        let (said, heard) = mpsc::channel();
        let said = Mutex::new(said);
        let tell: Tell = Arc::new(move |news| {
            if let News::Work(progress) = news {
                said.lock().unwrap().send(progress).unwrap();
            }
        });
        let clock = Arc::new(Hand(AtomicI64::new(1_000)));
        (Work::begin(READING, stops, clock.clone(), tell), clock, heard)
    }

    #[test]
    fn the_window_hears_ten_times_a_second_at_most() {
        let (work, clock, heard) = begin(&Stops::default());
        for row in 0..500u64 {
            assert!(work.at(row, 500));
            clock.0.fetch_add(1, Ordering::Relaxed);
        }
        let told: Vec<u32> = heard.try_iter().map(|progress| progress.done).collect();
        assert_eq!(told, [0, 100, 200, 300, 400]);
    }

    #[test]
    fn stopping_reaches_what_runs_and_not_what_comes_after() {
        let stops = Stops::default();
        let (running, _clock, _heard) = begin(&stops);
        stops.stop();
        assert!(!running.at(1, 2), "it is told to stop");
        assert_eq!(running.unless_stopped().unwrap_err().code, ErrorCode::Stopped);
        let (later, _clock, _heard) = begin(&stops);
        assert!(later.at(1, 2) && later.unless_stopped().is_ok());
    }
}
