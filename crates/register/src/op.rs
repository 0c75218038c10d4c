//! Everything that can be done to a register, by name. `Register::transact` is the only door: each operation writes
//! tables, journal entry, chain head and status in one durable transaction, or nothing.

use crate::exchange::{Inbound, NewEnrolment, SyncAttempt};
use crate::ids::{PersonId, StatementId};
use crate::importing::{Import, ImportReport};
use crate::settings::SettingsChange;
use crate::setup::HeadSession;
use payung_domain::{CivilDate, EndKind, Field, FieldValues};
use payung_journal::TrailKind;
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
    /// Many people from a file, in one transaction.
    Import(Import),
    /// Lists people for the head; refused with names when someone cannot be attested.
    PrepareStatement { people: Vec<PersonId>, collective: bool, number: String },
    /// Takes back a statement that waits for the head.
    WithdrawStatement { statement: StatementId, reason: String },
    /// The head takes someone out of the list. A frozen document is thawed: its list is no longer right.
    StrikeOut { head: &'a HeadSession, statement: StatementId, person: PersonId, reason: String },
    /// Keeps exactly these bytes to be shown and signed, with the drawn strokes beside them.
    Freeze { head: &'a HeadSession, statement: StatementId, document: Vec<u8>, strokes: Vec<u8> },
    /// Signs the frozen bytes. `shown` is the SHA-256 of what the head saw; the secret is asked again.
    Sign { head: &'a HeadSession, secret: &'a str, statement: StatementId, shown: [u8; 32] },
    /// Changes what is given, leaves the rest.
    SaveSettings(SettingsChange),
    /// The district took this device in.
    Enrolled(NewEnrolment),
    /// What an exchange brought: receipts, decisions, and what the district really holds.
    Learned(Inbound),
    /// How an attempt to reach the district went.
    SyncAttempt(SyncAttempt),
    /// Something worth remembering that changed nothing: viewed, printed, exported.
    Trail { what: TrailKind, person: Option<PersonId>, note: String },
}

/// What the clerk has seen and goes on with.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Acknowledge {
    /// A rule is not met or a fact is missing: *usulan dengan catatan*.
    pub notes: bool,
    /// Why another person of this village may hold the same NIK.
    pub same_nik: Option<String>,
}

/// What came of an operation.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Done {
    /// People whose row changed, for the window to read again.
    pub people: Vec<PersonId>,
    pub statement: Option<StatementId>,
    pub import: Option<ImportReport>,
    /// New entries taken from the district; zero when everything was known.
    pub learned_entries: u64,
    pub notices: Vec<Notice>,
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
            Self::Import(_) => "Import",
            Self::PrepareStatement { .. } => "PrepareStatement",
            Self::WithdrawStatement { .. } => "WithdrawStatement",
            Self::StrikeOut { .. } => "StrikeOut",
            Self::Freeze { .. } => "Freeze",
            Self::Sign { .. } => "Sign",
            Self::SaveSettings(_) => "SaveSettings",
            Self::Enrolled(_) => "Enrolled",
            Self::Learned(_) => "Learned",
            Self::SyncAttempt(_) => "SyncAttempt",
            Self::Trail { .. } => "Trail",
        })
    }
}
