//! What a reader sees of statements.

use crate::error::WhyNot;
use crate::ids::{PersonId, StatementId};
use crate::op::Print;
use crate::person::End;
use payung_domain::{
    CivilDate, Delivery, Field, FieldValues, MeteraiKind, MeteraiSerial, State, Timestamp, VillageCode,
};
use payung_journal::{EntityId, RevocationReason};
use payung_keys::{PublicKey, Signature};
use std::fmt;

/// Where a statement stands. Whether the district has it is a second word beside this one, see [`StatementRow::delivery`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StatementStatus {
    /// The clerk is still choosing; nobody is listed yet.
    Draft,
    /// For the head to read, strike out, freeze and sign.
    Waiting,
    /// Signed, and a meterai is asked for that is not there, or was refused.
    Signed,
    /// Signed, and stamped where a stamp is asked for.
    Complete,
    /// Everyone in it has a newer statement or is taken out, and at least one has a newer one.
    Replaced,
    /// Taken back before signing, or revoked by the head afterwards.
    Withdrawn,
}

impl StatementStatus {
    pub const ALL: &'static [Self] =
        &[Self::Draft, Self::Waiting, Self::Signed, Self::Complete, Self::Replaced, Self::Withdrawn];

    pub const fn key(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Waiting => "waiting",
            Self::Signed => "signed",
            Self::Complete => "complete",
            Self::Replaced => "replaced",
            Self::Withdrawn => "withdrawn",
        }
    }

    pub const fn words(self) -> &'static str {
        match self {
            Self::Draft => "draf",
            Self::Waiting => "menunggu tanda tangan",
            Self::Signed => "ditandatangani, menunggu meterai",
            Self::Complete => "lengkap",
            Self::Replaced => "digantikan",
            Self::Withdrawn => "ditarik",
        }
    }
}

/// A line of the list of statements.
#[derive(Clone, PartialEq, Eq)]
pub struct StatementRow {
    pub id: StatementId,
    /// As typed; may be empty.
    pub number: String,
    /// One document over several people, or one over one person.
    pub collective: bool,
    pub status: StatementStatus,
    /// Withdrawn after signing: *dicabut*.
    pub revoked: bool,
    pub delivery: Delivery,
    /// Bytes to sign are kept.
    pub frozen: bool,
    /// Without those struck out.
    pub people: u64,
    /// The first of them, as listed; empty where everyone is struck out.
    pub first_name: String,
    pub struck: u64,
    pub prepared_at: Timestamp,
    pub prepared_by: String,
    pub signed_on: Option<CivilDate>,
    pub signer: Option<String>,
    /// Of the stamp that counts; `None` while none does.
    pub serial: Option<MeteraiSerial>,
    /// The duty in rupiah: of the stamp that counts, else of the one still asked for.
    pub duty_rupiah: Option<u32>,
}

impl StatementRow {
    pub const fn words(&self) -> &'static str {
        if self.revoked { "dicabut" } else { self.status.words() }
    }
}

/// Another statement, as a line names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatementRef {
    pub id: StatementId,
    pub number: String,
    pub signed_on: Option<CivilDate>,
}

/// Everything about one statement but its bytes; those are asked for by `statement_document`.
#[derive(Clone)]
pub struct StatementDetail {
    pub row: StatementRow,
    /// The regulation it was listed under.
    pub regulation_id: String,
    /// In the order of the annex, those struck out included.
    pub people: Vec<ListedPerson>,
    /// SHA-256 of the frozen bytes outside the place of the signature.
    pub digest: Option<[u8; 32]>,
    /// SHA-256 of the embedded data: the code on every page.
    pub content: Option<[u8; 32]>,
    pub pages: Option<u32>,
    /// The date on the frozen pages.
    pub frozen_on: Option<CivilDate>,
    /// The drawn signature as the pad recorded it.
    pub strokes: Option<Vec<u8>>,
    pub signed: Option<SignedView>,
    /// The signer's key bears a certificate of the district and was not revoked when it signed.
    pub certified: bool,
    /// The newest one recorded, also where the district refused it.
    pub stamp: Option<StampView>,
    /// When the district received the signature, as its own time stamp says.
    pub timestamped_at: Option<Timestamp>,
    /// In whose place this one stands. Before freezing: as it would be now.
    pub replaces: Vec<StatementRef>,
    pub replaced_by: Vec<StatementRef>,
    pub originals_printed: u64,
    pub copies_printed: u64,
    pub withdrawn_reason: Option<String>,
    pub withdrawn_at: Option<Timestamp>,
    /// When all of it was at the district, by the district's clock and under its receipts; `None` while something waits.
    pub arrived_at: Option<Timestamp>,
}

/// Who signed, when, and what proves it.
#[derive(Clone, Debug)]
pub struct SignedView {
    pub at: Timestamp,
    pub on: CivilDate,
    pub signer: String,
    pub title: String,
    pub key: PublicKey,
    pub signature: Signature,
    /// The signature value inside the PDF; absent in statements of the first program.
    pub seal: Option<Signature>,
    pub entry: EntityId,
}

/// A person as a statement lists them.
#[derive(Clone)]
pub struct ListedPerson {
    pub person: PersonId,
    /// From 1, as the annex counts.
    pub place: u32,
    pub name: String,
    pub nik: String,
    /// The version that was listed; `None` in a draft.
    pub version: Option<EntityId>,
    /// The attested facts as listed: only these are attested.
    pub attested: FieldValues,
    /// What helps to know the person on paper and is not attested: birth place and address, of the newest version.
    pub beside: FieldValues,
    pub struck_reason: Option<String>,
    /// Attested facts that are no longer what the list says. Where there are any, or the person has ended, the head
    /// strikes them out or the statement is withdrawn.
    pub changed: Vec<Field>,
    /// In a draft: why the person cannot be handed to the head yet.
    pub why_not: Option<WhyNot>,
    /// Died, moved, withdrew or was entered by mistake: the dated note that takes them out of a signed statement.
    pub taken_out: Option<End>,
    /// The newer signed statement that speaks for this person.
    pub replaced_by: Option<StatementId>,
    /// Of the person now.
    pub state: State,
}

/// A meterai as it was recorded.
#[derive(Clone)]
pub struct StampView {
    pub kind: MeteraiKind,
    pub serial: MeteraiSerial,
    /// The date on it.
    pub on: CivilDate,
    pub original_at: String,
    pub note: String,
    /// Why it stands in the place of the one recorded before it, where that was mistyped.
    pub correction: Option<String>,
    pub recorded_at: Timestamp,
    pub recorded_by: String,
    pub entry: EntityId,
    pub refused: Option<StampRefusal>,
}

/// The district refused a stamp's serial.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StampRefusal {
    pub at: Timestamp,
    /// In the district's words.
    pub words: String,
    pub other_village: Option<VillageCode>,
}

/// A file beside a statement, kept byte for byte.
#[derive(Clone, PartialEq, Eq)]
pub struct FileRow {
    pub digest: [u8; 32],
    pub name: String,
    pub media: String,
    pub bytes: u64,
    /// The original from now on: the final PDF with a certified signature or an e-meterai.
    pub original: bool,
    pub added_at: Timestamp,
    /// Came with a stamp that the district refused.
    pub refused: bool,
}

/// A line of the register of statements and of meterai, for the auditor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BookRow {
    pub id: StatementId,
    pub number: String,
    pub signed_on: CivilDate,
    pub signer: String,
    pub collective: bool,
    pub people: u64,
    pub status: StatementStatus,
    pub revoked: bool,
    /// Numbers of the statements it stands in for.
    pub replaces: Vec<String>,
    /// The stamp that counts.
    pub stamp: Option<BookStamp>,
    /// A serial that the district refused, where it is the newest recorded.
    pub refused_serial: Option<MeteraiSerial>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BookStamp {
    pub kind: MeteraiKind,
    pub serial: MeteraiSerial,
    pub on: CivilDate,
    pub duty_rupiah: u32,
    pub original_at: String,
}

/// The key of the head whose room is open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeadKeyState {
    pub key: PublicKey,
    /// What an officer compares with the head himself.
    pub fingerprint: String,
    /// Until when the district's certificate is valid; `None` without one that is valid now.
    pub certified: Option<Timestamp>,
    pub revoked: Option<RevokedKey>,
}

/// The district's word that a key counts no longer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RevokedKey {
    pub from: Timestamp,
    pub reason: RevocationReason,
    pub officer: String,
    pub note: String,
}

/// One thing that became of a statement.
#[derive(Clone, PartialEq, Eq)]
pub struct StatementStep {
    /// By this device's clock; of the time stamp by the district's.
    pub at: Timestamp,
    /// Empty where it was the district, or nobody wrote it down.
    pub actor: String,
    pub what: StatementHappening,
}

#[derive(Clone, PartialEq, Eq)]
pub enum StatementHappening {
    /// Made or changed by the clerk, not yet handed over.
    Drafted,
    HandedOver,
    /// The head took someone out before he signed.
    Struck {
        name: String,
        reason: String,
    },
    Signed,
    Printed(Print),
    Stamped {
        kind: MeteraiKind,
        serial: MeteraiSerial,
    },
    StampCorrected {
        kind: MeteraiKind,
        serial: MeteraiSerial,
        reason: String,
    },
    StampRefused {
        serial: MeteraiSerial,
        words: String,
    },
    /// The district received the signature.
    Timestamped,
    ReplacedBy(StatementRef),
    /// Someone left the signed statement.
    TakenOut {
        name: String,
        end: End,
    },
    /// Before the signature.
    Withdrawn {
        reason: String,
    },
    /// By the head, after it.
    Revoked {
        reason: String,
    },
}

impl fmt::Debug for StatementStep {
    /// Without names and reasons.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "StatementStep({:?})", self.at)
    }
}

impl fmt::Debug for StatementRow {
    /// Without names.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "StatementRow({}, {:?}, {} people)", self.id.0, self.status, self.people)
    }
}

impl fmt::Debug for StatementDetail {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "StatementDetail({:?})", self.row)
    }
}

impl fmt::Debug for ListedPerson {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ListedPerson({}, {:?})", self.person.0, self.version)
    }
}

impl fmt::Debug for StampView {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "StampView({:?}, {:?})", self.kind, self.entry)
    }
}

impl fmt::Debug for FileRow {
    /// Without its name, which may hold a person's.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "FileRow({}, {} bytes)", self.media, self.bytes)
    }
}
