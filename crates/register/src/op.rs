//! Everything that can be done to a register, by name. `Register::transact` is the only door: each operation writes
//! tables, journal entry, chain head and status in one durable transaction, or nothing.

use crate::attachment::About;
use crate::exchange::{Healed, Inbound, NewEnrolment, SyncAttempt};
use crate::ids::{AttachmentId, ImportId, PersonId, PopulationId, StatementId};
use crate::importing::{Import, ImportReport, Undone};
use crate::population::Picked;
use crate::settings::SettingsChange;
use crate::setup::HeadSession;
use payung_domain::{CivilDate, EndKind, Field, FieldValues, MeteraiKind, Timestamp};
use payung_journal::{AttachmentKind, AttachmentReceipt, EntityId, TrailKind};
use payung_seal::Room;
use std::fmt;

/// One change. Those of the head's room carry his session.
#[allow(clippy::large_enum_variant)] // one at a time, never kept
pub enum Op<'a> {
    /// A new person, as far as typed.
    NewDraft { values: FieldValues },
    /// One field as typed; an empty value clears it. A released person keeps the change aside until `Release`.
    SaveField { person: PersonId, field: Field, value: String },
    /// *Siap*: a draft becomes a candidate, a typed change becomes the new version.
    Release { person: PersonId, acknowledge: Acknowledge },
    /// Takes back a typed change of a released person.
    DiscardEdit { person: PersonId },
    /// Died, moved, withdrew, or entered by mistake. Nobody is ever deleted.
    End { person: PersonId, kind: EndKind, on: CivilDate, reason: String },
    /// *Ada dua isian*: `values` stand in the place of every version in `heads`, which are exactly those that stand side
    /// by side now.
    ChooseVersion { person: PersonId, heads: Vec<EntityId>, values: FieldValues, acknowledge: Acknowledge },
    /// Two who look alike are not the same person: neither warns of the other any more.
    NotSame { person: PersonId, other: PersonId, reason: String },
    /// Many people from a file, in one transaction.
    Import(Import),
    /// Everything as before an import; who was signed, sent or changed since stays and is named.
    UndoImport { import: ImportId },
    /// People of the population become drafts, with everything that is known of them. Nobody twice.
    PickFromPopulation { ids: Vec<PopulationId> },
    /// A statement in the making: people and number can change, nobody is listed yet.
    DraftStatement { people: Vec<PersonId>, collective: bool, number: String },
    /// Changes a draft; `None` leaves as it is.
    EditDraft { statement: StatementId, people: Option<Vec<PersonId>>, number: Option<String> },
    /// A draft goes to the head; refused with names when someone cannot be attested.
    HandOver { statement: StatementId },
    /// A draft and its hand-over at once.
    PrepareStatement { people: Vec<PersonId>, collective: bool, number: String },
    /// Takes back a draft, or a statement that waits for the head.
    WithdrawStatement { statement: StatementId, reason: String },
    /// The head takes someone out of the list. A frozen document is thawed: its list is no longer right.
    StrikeOut { head: &'a HeadSession, statement: StatementId, person: PersonId, reason: String },
    /// Keeps exactly these bytes to be shown and signed, with the drawn strokes beside them.
    Freeze {
        head: &'a HeadSession,
        statement: StatementId,
        /// The final pages with the empty place of the signature.
        room: Room,
        /// What was set, as JSON: further prints are set from it.
        page: String,
        pages: u32,
        /// SHA-256 of the embedded data: the code on every page.
        content: [u8; 32],
        strokes: Vec<u8>,
        /// The date on the pages: today.
        on: CivilDate,
        /// Of the head's key, DER, see `Register::certificate_for`.
        certificate: Vec<u8>,
    },
    /// The head goes on without signing: frozen bytes and strokes are erased.
    Thaw { head: &'a HeadSession, statement: StatementId },
    /// Nobody's room is open any more: whatever is frozen and unsigned is erased. Opening the register does it, too.
    CloseHeadRoom,
    /// Signs the frozen bytes. `shown` is the digest of what the head saw; the secret is asked again.
    Sign { head: &'a HeadSession, secret: &'a str, statement: StatementId, shown: [u8; 32] },
    /// The meterai is on the signed statement, with its serial and what came back.
    RecordStamp { statement: StatementId, stamp: NewStamp },
    /// A stamp was recorded wrongly: the one given here counts from now on, the earlier one stays on record.
    CorrectStamp { statement: StatementId, stamp: NewStamp, reason: String },
    /// The head takes a signed statement back; bytes and meterai stay on record.
    RevokeStatement { head: &'a HeadSession, statement: StatementId, reason: String },
    /// Counts a print; `Done::printed_before` says how many there were.
    NotePrint { statement: StatementId, what: Print },
    /// A photo or a document of a person or a signed statement. Of a draft it stays here until *siap*.
    Attach { about: About, kind: AttachmentKind, file: NewFile },
    /// Takes it away again: its bytes are erased here and at the district.
    RemoveAttachment { attachment: AttachmentId, reason: String },
    /// The district signed for these bytes. A repeat changes nothing.
    AttachmentKept(AttachmentReceipt),
    /// The district says what was announced to it and is not there: what it signed for before no longer counts. `said_at`:
    /// by its own clock, where that was not just now.
    AttachmentsMissing { digests: Vec<[u8; 32]>, said_at: Option<Timestamp> },
    /// The whole of an announced file came; verified by its digest.
    AttachmentArrived { digest: [u8; 32], bytes: Vec<u8> },
    /// The next piece of an announced file, see `Wanted::have`; `Done::file` says how far it is.
    AttachmentPart { digest: [u8; 32], offset: u64, bytes: Vec<u8> },
    /// Changes what is given, leaves the rest.
    SaveSettings(SettingsChange),
    /// The district took this device in.
    Enrolled(NewEnrolment),
    /// What an exchange brought: receipts, decisions, and what the district really holds.
    Learned(Inbound),
    /// After a restore: this device goes on in a new series, introduced by its key.
    OpenNewSeries,
    /// How an attempt to reach the district went.
    SyncAttempt(SyncAttempt),
    /// The file for the district with that number was written and read back.
    StickWritten { number: u64 },
    /// A file of the district was taken in.
    StickTaken { digest: [u8; 32], number: u64 },
    /// Something worth remembering that changed nothing: viewed, printed, exported.
    Trail { what: TrailKind, person: Option<PersonId>, note: String },
}

/// A meterai as the clerk records it.
#[derive(Clone)]
pub struct NewStamp {
    pub kind: MeteraiKind,
    /// As typed.
    pub serial: String,
    /// The date on the stamp.
    pub on: CivilDate,
    /// Where the stamped original is kept; may be empty only where the original is a file.
    pub original_at: String,
    /// Scans, photos or the final PDF. None: those of the stamp recorded before stay, its original included.
    pub files: Vec<NewFile>,
    /// The clerk's own word, such as which pages were checked by eye.
    pub note: String,
    /// The place in `files` of a final PDF that is the original from now on: certified signature or e-meterai.
    pub original: Option<usize>,
}

#[derive(Clone)]
pub struct NewFile {
    /// Without its folders.
    pub name: String,
    /// `application/pdf`, `image/jpeg` or `image/png`.
    pub media: String,
    pub bytes: Vec<u8>,
}

/// What went to the printer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Print {
    /// Without the drawn signature, to be stamped and signed by hand: there should be one.
    WetOriginal,
    /// Marked SALINAN.
    Copy,
}

impl fmt::Debug for NewStamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "NewStamp({:?}, {} files)", self.kind, self.files.len())
    }
}

impl fmt::Debug for NewFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "NewFile({}, {} bytes)", self.media, self.bytes.len())
    }
}

/// What the clerk has seen and goes on with.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Acknowledge {
    /// A rule is not met or a fact is missing: *usulan dengan catatan*.
    pub notes: bool,
    /// Why another person of this village may hold the same NIK.
    pub same_nik: Option<String>,
    /// Why everybody who looks like a draft is somebody else.
    pub alike: Option<String>,
}

/// What came of an operation.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Done {
    /// People whose row changed, for the window to read again.
    pub people: Vec<PersonId>,
    pub statement: Option<StatementId>,
    pub import: Option<ImportReport>,
    /// What an import that was taken back came to.
    pub undone: Option<Undone>,
    pub picked: Option<Picked>,
    /// New entries taken from the district; zero when everything was known.
    pub learned_entries: u64,
    /// What had drifted apart and was mended.
    pub healed: Vec<Healed>,
    /// Prints of that kind before this one.
    pub printed_before: u64,
    pub notices: Vec<Notice>,
    pub attachment: Option<AttachmentId>,
    /// How far a file is that comes in pieces.
    pub file: Option<FileDone>,
}

/// A file that comes from another device.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileDone {
    /// So many bytes from its start are here.
    Partly { have: u64 },
    /// It is here, and is what was announced.
    Whole,
    /// It was not what was announced; all of it is to be asked for again.
    Broken,
}

impl Done {
    /// The one person an operation is about.
    pub fn person(&self) -> Option<PersonId> {
        self.people.first().copied()
    }
}

/// Worth saying, stops nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Notice {
    /// Another statement of this village bears the number.
    NumberRepeated { others: Vec<StatementId> },
}

impl fmt::Debug for Op<'_> {
    /// The name alone: what it carries is personal data or a secret.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NewDraft { .. } => "NewDraft",
            Self::SaveField { .. } => "SaveField",
            Self::Release { .. } => "Release",
            Self::DiscardEdit { .. } => "DiscardEdit",
            Self::End { .. } => "End",
            Self::ChooseVersion { .. } => "ChooseVersion",
            Self::NotSame { .. } => "NotSame",
            Self::Import(_) => "Import",
            Self::UndoImport { .. } => "UndoImport",
            Self::PickFromPopulation { .. } => "PickFromPopulation",
            Self::DraftStatement { .. } => "DraftStatement",
            Self::EditDraft { .. } => "EditDraft",
            Self::HandOver { .. } => "HandOver",
            Self::PrepareStatement { .. } => "PrepareStatement",
            Self::WithdrawStatement { .. } => "WithdrawStatement",
            Self::StrikeOut { .. } => "StrikeOut",
            Self::Freeze { .. } => "Freeze",
            Self::Thaw { .. } => "Thaw",
            Self::CloseHeadRoom => "CloseHeadRoom",
            Self::Sign { .. } => "Sign",
            Self::RecordStamp { .. } => "RecordStamp",
            Self::CorrectStamp { .. } => "CorrectStamp",
            Self::RevokeStatement { .. } => "RevokeStatement",
            Self::NotePrint { .. } => "NotePrint",
            Self::Attach { .. } => "Attach",
            Self::RemoveAttachment { .. } => "RemoveAttachment",
            Self::AttachmentKept(_) => "AttachmentKept",
            Self::AttachmentsMissing { .. } => "AttachmentsMissing",
            Self::AttachmentArrived { .. } => "AttachmentArrived",
            Self::AttachmentPart { .. } => "AttachmentPart",
            Self::SaveSettings(_) => "SaveSettings",
            Self::Enrolled(_) => "Enrolled",
            Self::Learned(_) => "Learned",
            Self::OpenNewSeries => "OpenNewSeries",
            Self::SyncAttempt(_) => "SyncAttempt",
            Self::StickWritten { .. } => "StickWritten",
            Self::StickTaken { .. } => "StickTaken",
            Self::Trail { .. } => "Trail",
        })
    }
}
