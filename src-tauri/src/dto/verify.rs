//! What Payung can say about a file, its own or a stranger's.

use super::applicant::StatementRef;
use serde::{Deserialize, Serialize};
use specta::Type;
use tauri_specta::Event;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct VerifyView {
    pub file_name: String,
    pub outcome: VerifyOutcome,
    pub outcome_words: String,
    /// What the terminal prints as well.
    pub lines: Vec<String>,
    pub signatures: Vec<SignatureView>,
    pub statement: Option<VerifiedStatement>,
    /// What was seen of a meterai, and whether this register knows it.
    pub stamp_words: Option<String>,
    pub pages: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum VerifyOutcome {
    /// At least one signature, and all of them hold. Whether they are trusted, each says.
    Valid,
    NotValid,
    /// A PDF that nobody signed.
    NoSignature,
    /// A picture or a scan: its codes say which letter it belongs to, not whether that was signed.
    Sheets,
    NotReadable,
}

/// The letter that a file carries or belongs to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct VerifiedStatement {
    pub number: String,
    /// Civil date; empty where the file has none that can be read.
    pub date: String,
    pub village: String,
    pub people: u32,
    /// Who stands in it, as far as the file says; empty for a picture.
    pub listed: Vec<VerifiedPerson>,
    pub signer: String,
    pub code: String,
    /// The embedded data is what stands on the pages; `null` where that cannot be compared.
    pub code_on_pages: Option<bool>,
    /// The letter of this register.
    pub known: Option<StatementRef>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct VerifiedPerson {
    pub number: u32,
    pub name: String,
    /// Masked: `330512******0001`.
    pub nik: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct SignatureView {
    /// The field in the PDF.
    pub field: String,
    pub signer: String,
    pub kind: SignatureKind,
    pub kind_words: String,
    pub issuer: String,
    /// As the file claims; nobody vouches for it.
    pub claimed_at: Option<String>,
    /// By a time-stamp service.
    pub timestamped_at: Option<i64>,
    pub intact: bool,
    pub trust: TrustKey,
    pub trust_words: String,
    /// The head's key, which the district certified.
    pub head: bool,
    /// Nothing was added after this signature.
    pub whole_document: bool,
    pub later_changes: LaterChangesKey,
    pub words: Vec<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum SignatureKind {
    Signature,
    DocumentTimestamp,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum TrustKey {
    Trusted,
    SelfIssued,
    UnknownIssuer,
    Expired,
    NotYetValid,
    Broken,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum LaterChangesKey {
    None,
    OnlySignatures,
    Other,
}

/// Files were dropped on the window. Only these paths, and those that a dialog gave, are ever read.
#[derive(Clone, Debug, Serialize, Deserialize, Type, Event)]
#[serde(rename_all = "camelCase")]
pub struct FileDropped {
    pub paths: Vec<String>,
}
