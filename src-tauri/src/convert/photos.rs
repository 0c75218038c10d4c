//! Photos and documents for the screen.

use super::count;
use crate::dto::{AboutKey, PhotoCounts, PhotoKind, PhotoState, PhotoView};
use payung_domain::{Figure, UtcOffset};
use payung_journal::AttachmentKind;
use payung_register::{About, AttachmentCounts, AttachmentRow, FileState, PersonId, StatementId};

impl From<AboutKey> for About {
    fn from(about: AboutKey) -> Self {
        match about {
            AboutKey::Person(id) => Self::Person(PersonId(id)),
            AboutKey::Statement(id) => Self::Statement(StatementId(id)),
        }
    }
}

impl From<PhotoKind> for AttachmentKind {
    fn from(kind: PhotoKind) -> Self {
        match kind {
            PhotoKind::Ktp => Self::Ktp,
            PhotoKind::Kk => Self::Kk,
            PhotoKind::SignedStatement => Self::SignedStatement,
            PhotoKind::Scan => Self::Scan,
            PhotoKind::Other => Self::Other,
        }
    }
}

impl From<AttachmentKind> for PhotoKind {
    fn from(kind: AttachmentKind) -> Self {
        match kind {
            AttachmentKind::Ktp => Self::Ktp,
            AttachmentKind::Kk => Self::Kk,
            AttachmentKind::SignedStatement => Self::SignedStatement,
            AttachmentKind::Scan => Self::Scan,
            AttachmentKind::Other => Self::Other,
        }
    }
}

const fn kind_words(kind: AttachmentKind) -> &'static str {
    match kind {
        AttachmentKind::Ktp => "Foto KTP",
        AttachmentKind::Kk => "Foto KK",
        AttachmentKind::SignedStatement => "Surat yang ditandatangani",
        AttachmentKind::Scan => "Pindaian surat",
        AttachmentKind::Other => "Berkas lain",
    }
}

pub fn view(row: AttachmentRow, offset: UtcOffset) -> PhotoView {
    let (state, kept_at) = match &row.state {
        FileState::Local => (PhotoState::Local, None),
        FileState::Waiting => (PhotoState::Waiting, None),
        FileState::Kept(at) => (PhotoState::Kept, Some(*at)),
        FileState::Refused(_) => (PhotoState::Refused, None),
        FileState::Missing => (PhotoState::Missing, None),
    };
    let words = row.state.words();
    let state_words = match kept_at {
        Some(at) => format!("{words}, {} {}", at.civil_date(offset).in_words(), at.clock_time(offset)),
        None => words,
    };
    PhotoView {
        id: row.id.map(|id| id.0).filter(|_| row.kind != AttachmentKind::SignedStatement),
        digest: payung_keys::hex(&row.digest),
        kind: row.kind.into(),
        kind_words: kind_words(row.kind).to_owned(),
        media: row.media,
        bytes: count(row.bytes),
        name: row.name,
        at: row.at.millis(),
        actor: row.actor,
        here: row.state != FileState::Missing,
        state,
        state_words,
        kept_at: kept_at.map(payung_domain::Timestamp::millis),
    }
}

/// The line of their own below the data.
pub fn counts(counts: &AttachmentCounts) -> PhotoCounts {
    let AttachmentCounts { total, kept, waiting, missing, to_fetch, refused, .. } = *counts;
    let mut parts = Vec::new();
    let mut part = |many: u64, words: &str| {
        if many > 0 {
            parts.push(format!("{} foto {words}", Figure(many)));
        }
    };
    part(waiting, "menunggu dikirim");
    part(to_fetch, "di laptop lain, belum diterima di sini");
    part(refused, "ditolak kabupaten");
    let words = match (total, parts.is_empty()) {
        (0, _) => String::new(),
        (_, true) => "Semua foto sudah sampai di kabupaten".to_owned(),
        (_, false) => parts.join(", "),
    };
    PhotoCounts {
        total: count(total),
        kept: count(kept),
        waiting: count(waiting),
        missing: count(missing.max(to_fetch)),
        refused: count(refused),
        words,
    }
}

/// `87 kB`, `4,2 MB`.
pub fn size_words(bytes: u64) -> String {
    match bytes {
        0..=999_999 => format!("{} kB", bytes.div_ceil(1_000).max(1)),
        _ => format!("{},{} MB", bytes / 1_000_000, bytes % 1_000_000 / 100_000),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_of_photos_names_what_waits_and_what_was_refused() {
        let words = |waiting, to_fetch, refused| {
            let held =
                AttachmentCounts { total: 5, waiting, to_fetch, refused, ..AttachmentCounts::default() };
            counts(&held).words
        };
        assert_eq!(words(2, 0, 0), "2 foto menunggu dikirim");
        assert_eq!(words(1, 0, 3), "1 foto menunggu dikirim, 3 foto ditolak kabupaten");
        assert_eq!(words(0, 0, 0), "Semua foto sudah sampai di kabupaten");
        assert_eq!(counts(&AttachmentCounts::default()).words, "", "without photos there is no line");
    }

    #[test]
    fn sizes_are_said_as_people_say_them() {
        assert_eq!((size_words(1).as_str(), size_words(86_500).as_str()), ("1 kB", "87 kB"));
        assert_eq!(size_words(4_260_000), "4,2 MB");
    }
}
