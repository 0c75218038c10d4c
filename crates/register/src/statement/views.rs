//! What a reader sees of statements.

use crate::ids::{PersonId, StatementId};
use payung_domain::{CivilDate, Field, FieldValues, State, Timestamp};
use payung_journal::EntityId;
use payung_keys::{PublicKey, Signature};
use std::fmt;

/// Where a statement stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StatementStatus {
    /// For the head to read, strike out, freeze and sign.
    Waiting,
    Signed,
    Withdrawn,
}

impl StatementStatus {
    pub const ALL: &'static [Self] = &[Self::Waiting, Self::Signed, Self::Withdrawn];

    pub const fn key(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Signed => "signed",
            Self::Withdrawn => "withdrawn",
        }
    }

    pub const fn words(self) -> &'static str {
        match self {
            Self::Waiting => "menunggu tanda tangan",
            Self::Signed => "ditandatangani",
            Self::Withdrawn => "ditarik",
        }
    }
}

/// A line of the list of statements.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatementRow {
    pub id: StatementId,
    /// As typed; may be empty.
    pub number: String,
    /// One document over several people, or one over one person.
    pub collective: bool,
    pub status: StatementStatus,
    /// Bytes to sign are kept.
    pub frozen: bool,
    /// Without those struck out.
    pub people: u64,
    pub struck: u64,
    pub prepared_at: Timestamp,
    pub signed_on: Option<CivilDate>,
}

/// Everything about one statement but its bytes; those are asked for by `statement_document`.
#[derive(Clone)]
pub struct StatementDetail {
    pub row: StatementRow,
    pub prepared_by: String,
    /// The regulation it was listed under.
    pub regulation_id: String,
    /// In the order of the annex, those struck out included.
    pub people: Vec<ListedPerson>,
    /// SHA-256 of the frozen bytes.
    pub digest: Option<[u8; 32]>,
    /// The drawn signature as the pad recorded it.
    pub strokes: Option<Vec<u8>>,
    pub signed: Option<SignedView>,
    pub withdrawn_reason: Option<String>,
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
    /// The version that was listed.
    pub version: EntityId,
    /// The attested facts as listed: only these are in the document.
    pub attested: FieldValues,
    pub struck_reason: Option<String>,
    /// Attested facts that are no longer what the list says. Where there are any, or the person has ended, the head
    /// strikes them out or the statement is withdrawn.
    pub changed: Vec<Field>,
    /// Of the person now.
    pub state: State,
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
