//! What goes in and out of the register around an exchange.

use payung_domain::Timestamp;
use payung_journal::{
    Checkpoint, DeviceId, EnrolAnswer, EnrolmentFile, Frame, Head, Position, Receipt, Refusal, SeriesId,
    SeriesKind, Total,
};
use payung_keys::PublicKey;

/// The enrolment file and what the district answered to it. Both are verified again before a row changes.
#[derive(Clone, Debug)]
pub struct NewEnrolment {
    pub file: EnrolmentFile,
    pub answer: EnrolAnswer,
}

/// The district this register belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Enrolment {
    pub url: String,
    pub regency_name: String,
    pub authority_pem: String,
    pub district_key: PublicKey,
    pub enrolled_at: Timestamp,
}

/// What an exchange brought. Everything is verified against the district's key and the chains before a row changes;
/// learning it twice changes nothing.
#[derive(Clone, Debug, Default)]
pub struct Inbound {
    pub receipts: Vec<Receipt>,
    /// Of any series of this village: decisions, other devices' series, and own ones where the district knows more.
    pub frames: Vec<Frame>,
    /// Over those series, each signed by its writer. Entries beyond the newest checkpoint wait for the next exchange;
    /// those of another device ask for the district's receipt as well.
    pub checkpoints: Vec<Checkpoint>,
    /// First language only. What the district really holds of each series: compared with ours.
    pub held: Vec<Position>,
    /// How far this device sent its copy of each series in the very request that is answered. A file on a stick answers
    /// another day's question: nothing.
    pub offered: Vec<(SeriesId, u64)>,
    /// The places of the district, where both were not level: see `RoundAnswer::stands`.
    pub stands: Option<Vec<Position>>,
    /// What the district holds of the village, to be compared once everything has arrived.
    pub total: Option<Total>,
    pub refusals: Vec<Refusal>,
}

/// What a register mended after it learnt that both sides had drifted apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Healed {
    /// The district holds another continuation of this device's series: what stood only here goes on in a new series.
    OwnSeries { reentered: u64 },
    /// The district lost what it had confirmed: it is sent again.
    DistrictRestored { resending: u64 },
    /// The district's decisions went another way than those kept here.
    Decisions { dropped: u64 },
    /// Another device's entries were replaced by those that the district holds.
    OtherDevice { dropped: u64 },
    /// The district lost bytes that it had signed for: they are sent again.
    Attachments { resending: u64 },
}

impl Healed {
    /// One sentence for the clerk and the history.
    pub fn words(&self) -> String {
        match self {
            Self::OwnSeries { reentered: 0 } => {
                "Register ini ternyata salinan lama; catatan yang lebih baru diambil kembali dari kabupaten."
                    .to_owned()
            }
            Self::OwnSeries { reentered } => format!(
                "Register ini ternyata salinan yang berjalan sendiri; {reentered} catatan yang hanya ada di sini \
                 disertakan kembali, tidak ada yang hilang."
            ),
            Self::DistrictRestored { resending } => {
                format!("Kabupaten dipulihkan dari cadangan; {resending} catatan dikirim sekali lagi.")
            }
            Self::Decisions { dropped } => format!(
                "Kabupaten dipulihkan dari cadangan; {dropped} jawaban kabupaten diambil ulang dari kabupaten."
            ),
            Self::OtherDevice { dropped } => format!(
                "{dropped} catatan laptop lain tidak ada lagi di kabupaten; isinya disimpan dan orangnya kembali \
                 menjadi draf di laptop ini."
            ),
            Self::Attachments { resending } => {
                format!("{resending} foto atau dokumen tidak ada lagi di kabupaten; dikirim sekali lagi.")
            }
        }
    }
}

/// One attempt to reach the district, for the list of attempts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SyncAttempt {
    pub via: Via,
    pub succeeded: bool,
    pub entries_sent: u64,
    pub entries_received: u64,
    /// People whose newest version came under a receipt.
    pub people_sent: u64,
    pub attachments_sent: u64,
    pub attachments_received: u64,
    /// Whether both sides held the same afterwards; `None` where they did not compare.
    pub compared: Option<bool>,
    /// Plain words for the screen; no personal data.
    pub words: String,
}

impl SyncAttempt {
    /// One that brought nothing.
    pub fn new(via: Via, succeeded: bool, words: impl Into<String>) -> Self {
        Self {
            via,
            succeeded,
            entries_sent: 0,
            entries_received: 0,
            people_sent: 0,
            attachments_sent: 0,
            attachments_received: 0,
            compared: None,
            words: words.into(),
        }
    }
}

/// The way that the entries took.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Via {
    #[default]
    Internet,
    /// As a file on a stick.
    Stick,
}

impl Via {
    /// A stable key for the database and the window.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Internet => "internet",
            Self::Stick => "stick",
        }
    }

    pub fn from_key(key: &str) -> Option<Self> {
        [Self::Internet, Self::Stick].into_iter().find(|via| via.key() == key)
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PastAttempt {
    /// Counts the attempts of this register from 1; to be read out over the phone.
    pub number: u64,
    pub at: Timestamp,
    pub attempt: SyncAttempt,
}

/// Attempts kept; older ones go.
pub const SYNC_ATTEMPTS_MAX: u64 = 500;

/// A series in this register and how far it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeriesState {
    pub series: SeriesId,
    pub kind: SeriesKind,
    pub public_key: PublicKey,
    pub origin: Origin,
    /// Of the last entry; 0 before the first.
    pub seq: u64,
    pub head: Head,
    /// What the district is known to hold of it.
    pub held_seq: u64,
}

/// Who writes a series.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// This device.
    Own,
    /// This device, before a restore or a fork; nothing is added any more.
    Former,
    /// Another device of the village.
    OtherDevice,
    District,
}

impl Origin {
    pub const fn is_this_device(self) -> bool {
        matches!(self, Self::Own | Self::Former)
    }

    pub(crate) const fn key(self) -> &'static str {
        match self {
            Self::Own => "own",
            Self::Former => "former",
            Self::OtherDevice => "other",
            Self::District => "district",
        }
    }

    pub(crate) fn from_key(key: &str) -> Option<Self> {
        [Self::Own, Self::Former, Self::OtherDevice, Self::District].into_iter().find(|it| it.key() == key)
    }
}

/// A device of this village, as far as its series say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownDevice {
    /// The one whose register this is.
    pub this: bool,
    /// What it writes, oldest first; the newest names it on the screen.
    pub series: Vec<SeriesId>,
    pub entries: u64,
    pub last_entry_at: Option<Timestamp>,
    /// *laptop ini*, *laptop lain (…ab12)*.
    pub words: String,
}

/// The district takes nothing more from that device.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RevokedDevice {
    pub device: DeviceId,
    pub at: Timestamp,
    pub officer: String,
    pub note: String,
    /// This very one.
    pub this: bool,
}

impl SeriesState {
    /// Written by this device now.
    pub fn own(&self) -> bool {
        self.origin == Origin::Own
    }

    /// Whether it travels.
    pub fn travels(&self) -> bool {
        self.kind != SeriesKind::Local
    }

    /// Where it stands, as messages say it.
    pub fn position(&self) -> Position {
        Position { series: self.series, seq: self.seq, head: self.head }
    }
}

/// What the screen always says about sending.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outbox {
    pub enrolled: bool,
    /// People whose newest version is not yet at the district.
    pub waiting_people: u64,
    /// Shared entries in all, and those under a receipt.
    pub entries: u64,
    pub entries_receipted: u64,
    /// When the oldest entry without receipt was written.
    pub oldest_waiting_at: Option<Timestamp>,
    /// The last exchange that went through.
    pub last_sync: Option<Timestamp>,
    /// Why the newest attempt failed; `None` when it did not.
    pub last_error: Option<String>,
}

impl Outbox {
    pub fn waiting_entries(&self) -> u64 {
        self.entries.saturating_sub(self.entries_receipted)
    }
}
