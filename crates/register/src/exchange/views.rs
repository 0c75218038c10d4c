//! What goes in and out of the register around an exchange.

use payung_domain::Timestamp;
use payung_journal::{
    Checkpoint, EnrolAnswer, EnrolmentFile, Frame, Head, Position, Receipt, SeriesId, SeriesKind,
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
    /// Of the district's series of decisions for this village.
    pub frames: Vec<Frame>,
    /// Over that series, signed by the district. Entries beyond the newest checkpoint wait for the next exchange.
    pub checkpoints: Vec<Checkpoint>,
    /// What the district really holds of each series: compared with ours, so that a restored copy is recognised.
    pub held: Vec<Position>,
}

/// One attempt to reach the district, for the list of attempts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SyncAttempt {
    pub succeeded: bool,
    pub entries_sent: u64,
    pub entries_received: u64,
    /// Plain words for the screen; no personal data.
    pub words: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PastAttempt {
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
    /// Written by this device.
    pub own: bool,
    /// Of the last entry; 0 before the first.
    pub seq: u64,
    pub head: Head,
    /// Covered by the district's newest receipt; own shared series only.
    pub receipted_seq: u64,
}

impl SeriesState {
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
