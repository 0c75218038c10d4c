//! What an exchange came to.

use super::count;
use super::photos::size_words;
use crate::dto::{ComparedView, PersonOutcome, SyncAttempt, SyncOutcome, SyncPhase, SyncProgress, SyncVia};
use payung_domain::Figure;
use payung_register::{PastAttempt, Via};
use payung_sync::{CarryProgress, Outcome, Progress, SyncError};

pub fn progress(progress: Progress) -> SyncProgress {
    let words = match (progress.sent_entries, progress.total_entries) {
        (0, 0) => "Menghubungi kabupaten".to_owned(),
        (sent, total) if sent < total => format!("Mengirim {} dari {} catatan", Figure(sent), Figure(total)),
        _ => format!("Menerima jawaban kabupaten, {} catatan", Figure(progress.received_entries)),
    };
    let contact = progress == Progress::default();
    SyncProgress {
        phase: if contact { SyncPhase::Contact } else { SyncPhase::Data },
        words,
        sent_entries: count(progress.sent_entries),
        total_entries: count(progress.total_entries),
        received_entries: count(progress.received_entries),
        photo_bytes_done: 0,
        photo_bytes_total: 0,
    }
}

/// Data that has gone through keeps its figures while the photos follow.
pub fn photos_progress(data: SyncProgress, photos: CarryProgress) -> SyncProgress {
    SyncProgress {
        phase: SyncPhase::Photos,
        words: format!(
            "Data sudah sampai. Foto dan dokumen: {} dari {}",
            size_words(photos.bytes_done),
            size_words(photos.bytes_total)
        ),
        photo_bytes_done: count(photos.bytes_done),
        photo_bytes_total: count(photos.bytes_total),
        ..data
    }
}

/// Photos stopped; the data did not.
pub fn photos_wait(error: &SyncError) -> String {
    format!("Data sudah sampai; foto dan dokumen belum: {error}")
}

pub fn outcome(outcome: Outcome) -> SyncOutcome {
    let (sent, received) = (Figure(outcome.sent_entries), Figure(outcome.received_entries));
    let words = match (outcome.sent_entries, outcome.received_entries) {
        (0, 0) => "Tidak ada yang baru. Semua sudah sampai di kabupaten.".to_owned(),
        (_, 0) => format!("{sent} catatan sudah sampai di kabupaten."),
        (0, _) => format!("{received} jawaban baru dari kabupaten."),
        _ => {
            format!("{sent} catatan sudah sampai di kabupaten, {received} jawaban baru diterima.")
        }
    };
    SyncOutcome {
        words,
        exchanged: true,
        sent_entries: count(outcome.sent_entries),
        sent_people: count(outcome.people_sent),
        received_entries: count(outcome.received_entries),
        people: outcome
            .people
            .into_iter()
            .map(|person| PersonOutcome { id: person.person.0, name: person.name, words: person.words })
            .collect(),
        compared: outcome.compared,
        healed: outcome.healed,
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
        number: count(past.number),
        via: match past.attempt.via {
            Via::Internet => SyncVia::Internet,
            Via::Stick => SyncVia::Stick,
        },
        sent_people: count(past.attempt.people_sent),
        sent_photos: count(past.attempt.attachments_sent),
        received_photos: count(past.attempt.attachments_received),
        compared: past.attempt.compared,
        at: past.at.millis(),
        ok: past.attempt.succeeded,
        words: past.attempt.words,
        sent_entries: count(past.attempt.entries_sent),
        received_entries: count(past.attempt.entries_received),
    }
}

/// The newest comparison of both sides.
pub fn compared(attempts: &[PastAttempt]) -> Option<ComparedView> {
    attempts.iter().find_map(|past| {
        let equal = past.attempt.compared?;
        let words = if equal {
            "Isi laptop ini dan isi kabupaten cocok."
        } else {
            "Isi laptop ini dan isi kabupaten belum cocok; diperiksa lagi pada sinkronisasi berikutnya."
        };
        Some(ComparedView { equal, at: past.at.millis(), words: words.to_owned() })
    })
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

    #[test]
    fn photos_have_words_of_their_own() {
        assert!(photos_wait(&SyncError::Offline).starts_with("Data sudah sampai"));
        let data = progress(Progress { sent_entries: 4, total_entries: 4, received_entries: 1 });
        let shown = photos_progress(data, CarryProgress { bytes_done: 60_000, bytes_total: 240_000 });
        assert_eq!((shown.phase, shown.sent_entries, shown.photo_bytes_done), (SyncPhase::Photos, 4, 60_000));
        assert!(shown.words.contains("60 kB dari 240 kB"), "{}", shown.words);
    }
}
