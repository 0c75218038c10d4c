//! What a clerk reads, and reads out over the phone, about an attempt.

use payung_domain::{Figure, Timestamp, UtcOffset};
use payung_register::{PastAttempt, SyncAttempt, Via};

/// A clock further from the district's than this is told to the clerk, milliseconds.
const SKEW_TOLD_MS: i64 = 10 * 60 * 1000;

/// One line of the history: *No. 41: 21 November 2026 08.13, lewat internet, 12 orang terkirim, 3 jawaban diterima. Isi
/// kedua pihak cocok (1.204 catatan).*
pub fn history_line(past: &PastAttempt, offset: UtcOffset) -> String {
    let PastAttempt { number, at, attempt } = past;
    let way = match attempt.via {
        Via::Internet => "lewat internet",
        Via::Stick => "lewat flashdisk",
    };
    let mut parts =
        vec![format!("No. {number}: {} {}, {way}", at.civil_date(offset).in_words(), at.clock_time(offset))];
    if attempt.succeeded || moved(attempt) {
        parts.extend(amounts(attempt));
    } else {
        parts.push("tidak berhasil".to_owned());
    }
    let line = format!("{}.", parts.join(", "));
    if attempt.words.is_empty() { line } else { format!("{line} {}", attempt.words) }
}

fn moved(attempt: &SyncAttempt) -> bool {
    attempt.entries_sent + attempt.entries_received > 0
        || attempt.attachments_sent + attempt.attachments_received > 0
}

fn amounts(attempt: &SyncAttempt) -> Vec<String> {
    let mut amounts = Vec::new();
    let mut say = |count: u64, what: &str| {
        if count > 0 {
            amounts.push(format!("{} {what}", Figure(count)));
        }
    };
    say(attempt.people_sent, "orang terkirim");
    if attempt.people_sent == 0 {
        say(attempt.entries_sent, "catatan terkirim");
    }
    say(attempt.entries_received, "jawaban diterima");
    say(attempt.attachments_sent, "berkas terkirim");
    say(attempt.attachments_received, "berkas diterima");
    if amounts.is_empty() {
        amounts.push("tidak ada yang baru".to_owned());
    }
    amounts
}

/// What both sides found when they compared what they hold.
pub(crate) fn compared_words(same: bool, entries: u64) -> String {
    if same {
        format!("Isi kedua pihak cocok ({} catatan).", Figure(entries))
    } else {
        "Isi kedua pihak belum cocok; diperiksa lagi pada sinkronisasi berikutnya.".to_owned()
    }
}

/// Plain words when the two clocks are more than ten minutes apart.
pub(crate) fn clock_words(here: Timestamp, there: Timestamp) -> Option<String> {
    let ahead = here.millis().saturating_sub(there.millis());
    if ahead.saturating_abs() <= SKEW_TOLD_MS {
        return None;
    }
    let minutes = ahead.saturating_abs() / 60_000;
    let amount = match minutes {
        0..=119 => format!("{minutes} menit"),
        120..=2_879 => format!("{} jam", minutes / 60),
        _ => format!("{} hari", minutes / 1_440),
    };
    let direction = if ahead > 0 { "terlalu cepat" } else { "terlambat" };
    Some(format!(
        "Jam laptop ini {direction} {amount} dari jam kabupaten. Betulkan tanggal dan jam laptop agar urutan isian benar."
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_that_is_far_off_is_told_in_words() {
        let told = |here, there| clock_words(Timestamp(here), Timestamp(there)).unwrap_or_default();
        assert_eq!(told(600_000, 0), "", "ten minutes are let pass");
        assert!(told(1_200_000, 0).contains("terlalu cepat 20 menit"));
        assert!(told(0, 3 * 3_600_000).contains("terlambat 3 jam"));
        assert!(told(0, 400 * 86_400_000).contains("terlambat 400 hari"));
        assert!(told(i64::MAX, i64::MIN).contains("terlalu cepat"), "a clock out of all bounds");
    }

    #[test]
    fn an_attempt_can_be_read_out() {
        let attempt = SyncAttempt {
            entries_sent: 13,
            entries_received: 3,
            people_sent: 12,
            compared: Some(true),
            ..SyncAttempt::new(Via::Internet, true, compared_words(true, 1_204))
        };
        let past = PastAttempt { number: 41, at: Timestamp(1_795_223_580_000), attempt };
        let offset = UtcOffset { hours: 7 };
        assert_eq!(
            history_line(&past, offset),
            "No. 41: 21 November 2026 08.13, lewat internet, 12 orang terkirim, 3 jawaban diterima. \
             Isi kedua pihak cocok (1.204 catatan)."
        );
        let nothing =
            PastAttempt { number: 42, attempt: SyncAttempt::new(Via::Stick, true, ""), ..past.clone() };
        assert!(history_line(&nothing, offset).ends_with("lewat flashdisk, tidak ada yang baru."));
        let failed =
            PastAttempt { attempt: SyncAttempt::new(Via::Internet, false, "Tanpa internet."), ..past };
        assert!(history_line(&failed, offset).ends_with("lewat internet, tidak berhasil. Tanpa internet."));
    }
}
