//! What the district keeps, behind one trait, so that another database can stand in for SQLite. Plain rows: no rule of
//! the work is decided here.
//!
//! Nothing is cached between transactions: an officer's program writes beside the running server.

pub mod attachments;
pub mod sqlite;
mod statements;

pub use statements::{CertificateRow, HeadRow, RevocationRow, StampRow, StatementRow};

use crate::error::DistrictError;
use payung_domain::{Answer, EndKind, Timestamp, VillageCode};
use payung_journal::{
    Again, Checkpoint, DeviceId, Digest, EntityId, Entry, Head, Position, Receipt, Salt, Seed, SeriesId,
    SeriesKind,
};
use payung_keys::PublicKey;
use std::path::Path;

/// Opens transactions. Both calls block: from async code, call them on a thread that may.
pub trait Store: Send + Sync {
    /// Runs `work` over one consistent view.
    fn view(
        &self,
        work: &mut dyn FnMut(&dyn Reads) -> Result<(), DistrictError>,
    ) -> Result<(), DistrictError>;

    /// Runs `work` in one transaction, alone among writers: durable (fsync) when this returns `Ok`, without any effect
    /// when it returns an error.
    fn change(
        &self,
        work: &mut dyn FnMut(&mut dyn Writes) -> Result<(), DistrictError>,
    ) -> Result<(), DistrictError>;

    /// Writes everything as it stands now into a new file, under the same key, while others go on writing here.
    fn copy_to(&self, path: &Path) -> Result<(), DistrictError>;
}

/// [`Store::view`] with a result.
pub fn view<T>(
    store: &dyn Store,
    work: impl FnOnce(&dyn Reads) -> Result<T, DistrictError>,
) -> Result<T, DistrictError> {
    let (mut work, mut result) = (Some(work), None);
    store.view(&mut |reads| {
        if let Some(work) = work.take() {
            result = Some(work(reads)?);
        }
        Ok(())
    })?;
    result.ok_or(DistrictError::Store("view did not run".into()))
}

/// [`Store::change`] with a result.
pub fn change<T>(
    store: &dyn Store,
    work: impl FnOnce(&mut dyn Writes) -> Result<T, DistrictError>,
) -> Result<T, DistrictError> {
    let (mut work, mut result) = (Some(work), None);
    store.change(&mut |writes| {
        if let Some(work) = work.take() {
            result = Some(work(writes)?);
        }
        Ok(())
    })?;
    result.ok_or(DistrictError::Store("change did not run".into()))
}

type Stored<T> = Result<T, DistrictError>;

/// Reading; the borrow checker keeps readers from writing.
pub trait Reads: attachments::ReadsAttachments {
    fn setting(&self, name: &str) -> Stored<Option<Vec<u8>>>;
    fn village(&self, code: VillageCode) -> Stored<Option<VillageRow>>;
    fn villages(&self) -> Stored<Vec<VillageRow>>;
    fn enrolment(&self, token_digest: &[u8; 32]) -> Stored<Option<EnrolmentRow>>;
    fn device(&self, id: DeviceId) -> Stored<Option<DeviceRow>>;
    fn devices(&self) -> Stored<Vec<DeviceRow>>;
    fn series(&self, id: SeriesId) -> Stored<Option<SeriesRow>>;
    /// The series that a village's devices write.
    fn series_of_village(&self, village: VillageCode) -> Stored<Vec<SeriesRow>>;
    /// Every series of a village: what its devices write, and the district's decisions for it.
    fn village_series(&self, village: VillageCode) -> Stored<Vec<SeriesRow>>;
    /// Where the series takes over from another, if it holds entries of that one again.
    fn continued(&self, id: SeriesId) -> Stored<Option<Continued>>;
    /// Entries of a village that came twice, each with the one that has the effect.
    fn twins(&self, village: VillageCode) -> Stored<Vec<(EntityId, EntityId)>>;
    /// The entry that has the effect of this one, where it came twice.
    fn same_as(&self, id: EntityId) -> Stored<Option<EntityId>>;
    fn entry(&self, id: EntityId) -> Stored<Option<EntryRow>>;
    /// The chain's head after an entry.
    fn entry_head(&self, id: EntityId) -> Stored<Option<Head>>;
    /// Entries `first..first + most` in order.
    fn entries(&self, series: SeriesId, first: u64, most: u64) -> Stored<Vec<EntryRow>>;
    /// How many bytes the bodies of the entries `after + 1..=upto` are.
    fn entry_bytes(&self, series: SeriesId, after: u64, upto: u64) -> Stored<u64>;
    fn seed(&self, series: SeriesId, stretch: u64) -> Stored<Option<Seed>>;
    /// The furthest checkpoint of a device in `after + 1..=upto`.
    fn checkpoint_within(&self, series: SeriesId, after: u64, upto: u64) -> Stored<Option<Checkpoint>>;
    /// The first checkpoint of a device after `after`.
    fn checkpoint_next(&self, series: SeriesId, after: u64) -> Stored<Option<Checkpoint>>;
    /// The first receipt that covers `seq`: the same one for ever.
    fn receipt_covering(&self, series: SeriesId, seq: u64) -> Stored<Option<Receipt>>;
    /// The newest receipt of a series.
    fn receipt_latest(&self, series: SeriesId) -> Stored<Option<Receipt>>;
    fn person(&self, id: EntityId) -> Stored<Option<PersonRow>>;
    /// Everyone who bears that NIK now, ended ones included, in the order in which they took it.
    fn people_with_nik(&self, nik: &[u8; 32]) -> Stored<Vec<PersonRow>>;
    /// Everyone, by village and arrival.
    fn people(&self, village: Option<VillageCode>) -> Stored<Vec<PersonRow>>;
    /// Versions that nothing replaced, besides [`PersonRow::version`].
    fn rivals(&self, person: EntityId) -> Stored<Vec<EntityId>>;
    /// The entry's effect waits for another entry.
    fn waits(&self, id: EntityId) -> Stored<bool>;
    /// Entries whose effect waits for this one.
    fn waiting_for(&self, id: EntityId) -> Stored<Vec<EntityId>>;
    /// How many entries wait, of one village or of all.
    fn waiting(&self, village: Option<VillageCode>) -> Stored<u64>;
    fn head_key(&self, village: VillageCode, key: &PublicKey) -> Stored<Option<HeadRow>>;
    /// By village, in the order in which they were introduced.
    fn head_keys(&self, village: Option<VillageCode>) -> Stored<Vec<HeadRow>>;
    /// Oldest first.
    fn head_certificates(&self, village: VillageCode, key: &PublicKey) -> Stored<Vec<CertificateRow>>;
    /// Every certificate of every head.
    fn certificates(&self) -> Stored<Vec<CertificateRow>>;
    fn head_revocation(&self, village: VillageCode, key: &PublicKey) -> Stored<Option<RevocationRow>>;
    fn revocations(&self) -> Stored<Vec<RevocationRow>>;
    fn statement(&self, id: EntityId) -> Stored<Option<StatementRow>>;
    /// Statements with that code on their pages.
    fn statements_with_content(&self, content: &[u8; 32]) -> Stored<Vec<StatementRow>>;
    /// Statements over these very bytes.
    fn statements_over(&self, document: &[u8; 32]) -> Stored<Vec<StatementRow>>;
    /// The newest meterai that the village gave for the statement.
    fn stamp(&self, statement: EntityId, village: VillageCode) -> Stored<Option<StampRow>>;
    /// Stamps that bear the serial and were not refused.
    fn stamps_with(&self, serial: &[u8; 32]) -> Stored<Vec<StampRow>>;
    fn withdrawn(&self, statement: EntityId, village: VillageCode) -> Stored<bool>;
    /// Statements that list the person, oldest first.
    fn attestations(&self, person: EntityId) -> Stored<Vec<AttestedRow>>;
    /// The people whom a statement lists.
    fn attested_by(&self, statement: EntityId) -> Stored<Vec<EntityId>>;
    /// The people listed in statements of a village that were signed with that key.
    fn attested_under(&self, village: VillageCode, key: &PublicKey) -> Stored<Vec<EntityId>>;
    /// Every statement that lists somebody.
    fn statements_listing(&self) -> Stored<Vec<EntityId>>;
    fn told(&self, first: EntityId, other: EntityId, nik: &[u8; 32]) -> Stored<bool>;
    fn totals(&self) -> Stored<Totals>;
}

pub trait Writes: Reads + attachments::WritesAttachments {
    fn put_setting(&mut self, name: &str, value: &[u8]) -> Stored<()>;
    fn put_village(&mut self, village: &VillageRow) -> Stored<()>;
    fn put_enrolment(&mut self, row: &EnrolmentRow) -> Stored<()>;
    fn put_device(&mut self, row: &DeviceRow) -> Stored<()>;
    fn put_series(&mut self, row: &SeriesRow) -> Stored<()>;
    fn add_entry(&mut self, id: EntityId, row: &EntryRow) -> Stored<()>;
    fn add_seed(&mut self, series: SeriesId, stretch: u64, seed: &Seed) -> Stored<()>;
    fn add_checkpoint(&mut self, checkpoint: &Checkpoint) -> Stored<()>;
    fn add_receipt(&mut self, receipt: &Receipt) -> Stored<()>;
    fn put_person(&mut self, row: &PersonRow) -> Stored<()>;
    fn add_rival(&mut self, person: EntityId, version: EntityId) -> Stored<()>;
    fn drop_rival(&mut self, person: EntityId, version: EntityId) -> Stored<()>;
    /// Replaces what the entry waited for before.
    fn add_twin(&mut self, id: EntityId, village: VillageCode, same: EntityId) -> Stored<()>;
    fn add_waiting(&mut self, id: EntityId, village: VillageCode, needs: EntityId) -> Stored<()>;
    fn drop_waiting(&mut self, id: EntityId) -> Stored<()>;
    /// The first introduction of a key stays.
    fn add_head_key(&mut self, row: &HeadRow) -> Stored<()>;
    fn add_attested(&mut self, person: EntityId, row: &AttestedRow) -> Stored<()>;
    fn add_certificate(&mut self, row: &CertificateRow) -> Stored<()>;
    /// Replaces an earlier revocation of the same key.
    fn put_revocation(&mut self, row: &RevocationRow) -> Stored<()>;
    /// The first row of a statement stays.
    fn add_statement(&mut self, row: &StatementRow) -> Stored<()>;
    /// Replaces an earlier stamp of the same statement.
    fn put_stamp(&mut self, row: &StampRow) -> Stored<()>;
    /// The district's first word about the statement: its time stamp, and when it was there.
    fn put_token(&mut self, statement: EntityId, token: EntityId, received_at: Timestamp) -> Stored<()>;
    fn add_withdrawal(&mut self, statement: EntityId, village: VillageCode) -> Stored<()>;
    fn add_told(&mut self, first: EntityId, other: EntityId, nik: &[u8; 32]) -> Stored<()>;
    /// The next number in the order in which people take their NIK.
    fn next_claim(&mut self) -> Stored<u64>;
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VillageRow {
    pub code: VillageCode,
    pub name: String,
    /// The district's own series of decisions for this village.
    pub decisions: SeriesId,
    pub last_exchange: Option<Timestamp>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EnrolmentRow {
    pub token_digest: [u8; 32],
    pub village: VillageCode,
    pub expires: Timestamp,
    /// The device that used it, and the answer it got: a repeat gets the same bytes.
    pub used: Option<(DeviceId, Vec<u8>)>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeviceRow {
    pub id: DeviceId,
    pub village: VillageCode,
    pub key: PublicKey,
    pub enrolled_at: Timestamp,
    pub revoked_at: Option<Timestamp>,
    pub last_exchange: Option<Timestamp>,
    /// How far into each series of its village the device may have seen after its last exchange.
    pub have: Vec<(SeriesId, u64)>,
    /// The officer who revoked it, and why.
    pub revoked_by: Option<String>,
    pub revoked_note: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeriesRow {
    pub id: SeriesId,
    pub kind: SeriesKind,
    pub village: VillageCode,
    /// `None`: written by the district.
    pub device: Option<DeviceId>,
    pub key: PublicKey,
    /// How many entries are held.
    pub length: u64,
    pub head: Head,
    pub continues: Option<Continued>,
}

/// The place where a series takes over from another; see [`payung_journal::Continues::resolve`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Continued {
    pub at: EntityId,
    pub reentered: u64,
}

#[derive(Clone, PartialEq, Eq)]
pub struct EntryRow {
    pub content: Content,
    /// The chain's head after this entry.
    pub head: Head,
}

#[derive(Clone, PartialEq, Eq)]
pub enum Content {
    /// The salt stands here only where it does not follow from the seed of its stretch.
    Body { body: Vec<u8>, salt: Option<Salt> },
    /// The village erased the body after retention.
    Erased(Digest),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonRow {
    pub id: EntityId,
    pub village: VillageCode,
    /// The newest version that arrived.
    pub version: EntityId,
    /// The other version, where two were typed over the same one.
    pub rival: Option<EntityId>,
    /// Keyed HMAC of the NIK; `None` while it is missing or unreadable.
    pub nik: Option<[u8; 32]>,
    pub claim: Option<u64>,
    pub ended: Option<EndKind>,
    /// The last answer, and the entry of the decision series that gave it.
    pub answer: Option<Answer>,
    pub answered: Option<EntityId>,
    /// The last answer about this version is an officer's.
    pub by_officer: bool,
    pub arrived_at: Timestamp,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AttestedRow {
    pub statement: EntityId,
    /// The version whose facts the head saw.
    pub version: EntityId,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    /// Entries of the villages.
    pub entries: u64,
    pub entries_receipted: u64,
    pub receipts: u64,
    pub decisions: u64,
}

impl SeriesRow {
    pub fn position(&self) -> Position {
        Position { series: self.id, seq: self.length, head: self.head }
    }
}

impl Continued {
    /// Whether the series with this continuation holds entries of the old one again.
    pub fn again(&self, series: SeriesId) -> Option<Again> {
        (self.reentered > 0).then_some(Again { series, after: self.at, count: self.reentered })
    }
}

impl EntryRow {
    /// What the entry says; `None` where its body was erased or a newer program wrote it.
    pub fn read(&self) -> Option<Entry> {
        match &self.content {
            Content::Body { body, .. } => Entry::decode(body).ok(),
            Content::Erased(_) => None,
        }
    }
}

impl PersonRow {
    /// Takes part in the question who holds a NIK: not ended, not turned down by an officer.
    pub fn holds_nik(&self) -> bool {
        self.nik.is_some() && self.ended.is_none() && self.answer != Some(Answer::NotEligible)
    }
}
