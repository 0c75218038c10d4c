//! What an exchange came to.

use super::count;
use crate::dto::{PersonOutcome, SyncAttempt, SyncOutcome, SyncPhase, SyncProgress, SyncVia};
use payung_register::PastAttempt;
use payung_sync::{Outcome, Progress, SyncError};

pub fn progress(progress: Progress) -> SyncProgress {
    let words = match (progress.sent_entries, progress.total_entries) {
        (0, 0) => "Menghubungi kabupaten".to_owned(),
        (sent, total) if sent < total => format!("Mengirim {sent} dari {total} catatan"),
        _ => format!("Menerima jawaban kabupaten, {} catatan", progress.received_entries),
    };
    let contact = progress == Progress::default();
    SyncProgress {
        phase: if contact { SyncPhase::Contact } else { SyncPhase::Data },
        words,
        sent_entries: count(progress.sent_entries),
        total_entries: count(progress.total_entries),
        received_entries: count(progress.received_entries),
        done_photos: 0,
        total_photos: 0,
    }
}

pub fn outcome(outcome: Outcome, sent_people: u64) -> SyncOutcome {
    let words = match (outcome.sent_entries, outcome.received_entries) {
        (0, 0) => "Tidak ada yang baru. Semua sudah sampai di kabupaten.".to_owned(),
        (sent, 0) => format!("{sent} catatan sudah sampai di kabupaten."),
        (0, received) => format!("{received} jawaban baru dari kabupaten."),
        (sent, received) => {
            format!("{sent} catatan sudah sampai di kabupaten, {received} jawaban baru diterima.")
        }
    };
    SyncOutcome {
        words,
        exchanged: true,
        sent_entries: count(outcome.sent_entries),
        sent_people: count(sent_people),
        received_entries: count(outcome.received_entries),
        people: outcome
            .people
            .into_iter()
            .map(|person| PersonOutcome { id: person.person.0, name: person.name, words: person.words })
            .collect(),
        compared: None,
        healed: Vec::new(),
        photo_words: None,
    }
}

/// Nothing was exchanged: why, in the room's own words.
pub fn not_exchanged(error: &SyncError) -> SyncOutcome {
    SyncOutcome {
        words: error.to_string(),
        exchanged: false,
        sent_entries: 0,
        sent_people: 0,
        received_entries: 0,
        people: Vec::new(),
        compared: None,
        healed: Vec::new(),
        photo_words: None,
    }
}

pub fn attempt(past: PastAttempt) -> SyncAttempt {
    SyncAttempt {
        number: 0,
        via: SyncVia::Internet,
        sent_people: 0,
        sent_photos: 0,
        received_photos: 0,
        compared: None,
        at: past.at.millis(),
        ok: past.attempt.succeeded,
        words: past.attempt.words,
        sent_entries: count(past.attempt.entries_sent),
        received_entries: count(past.attempt.entries_received),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn progress_counts_what_is_really_on_its_way() {
        let words = |sent_entries, total_entries, received_entries| {
            progress(Progress { sent_entries, total_entries, received_entries }).words
        };
        assert_eq!(words(0, 0, 0), "Menghubungi kabupaten");
        assert_eq!(words(10, 40, 0), "Mengirim 10 dari 40 catatan");
        assert_eq!(words(40, 40, 3), "Menerima jawaban kabupaten, 3 catatan");
    }

    #[test]
    fn being_offline_is_an_outcome_that_says_the_data_is_safe() {
        let outcome = not_exchanged(&SyncError::Offline);
        assert!(!outcome.exchanged);
        assert!(outcome.words.contains("aman"), "{}", outcome.words);
    }
}
