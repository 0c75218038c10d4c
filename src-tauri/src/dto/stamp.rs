//! The meterai: the serial, the files that come back stamped, what was found in them.

use super::applicant::StatementRef;
use super::verify::SignatureView;
use serde::{Deserialize, Serialize};
use specta::Type;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum MeteraiKindKey {
    Tempel,
    Elektronik,
    PemeteraianKemudian,
    TeraanDigital,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct StampView {
    pub kind: MeteraiKindKey,
    pub kind_words: String,
    pub serial: String,
    /// The serial has not the shape that stamps of this kind usually have.
    pub unusual: Option<String>,
    /// Civil date.
    pub on: String,
    /// Where the stamped original is kept.
    pub original_at: String,
    pub note: String,
    /// Why it stands in the place of the one recorded before it.
    pub correction: Option<String>,
}

/// A file that stands beside a letter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct StatementFile {
    pub name: String,
    /// `application/pdf`, `image/jpeg`, `image/png`.
    pub media: String,
    pub bytes: u32,
    /// SHA-256 in hex; opens the file.
    pub digest: String,
    /// The stamped original itself, no picture of it.
    pub original: bool,
}

/// What was found in the files before anything is recorded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct StampCheck {
    pub route: StampRoute,
    pub pages: Vec<StampPage>,
    pub verdict: StampVerdict,
    /// What was seen and what to do, line by line.
    pub words: Vec<String>,
    /// Every signature in a final PDF.
    pub signatures: Vec<SignatureView>,
    /// The serial that stands beside an e-meterai in a final PDF, to be compared by the clerk.
    pub serial_seen: Option<String>,
    pub can_record: bool,
    /// Some pages could not be read: recorded only with the clerk's word that she looked at every page herself.
    pub needs_eyes: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum StampRoute {
    /// Pictures or a scan of the stamped paper.
    Scans,
    /// The PDF itself came back, signed or stamped elsewhere.
    FinalPdf,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum StampVerdict {
    /// All pages of this letter are there.
    Complete,
    /// Pages of this letter are missing.
    Missing,
    /// Pages were found whose code cannot be read.
    Unread,
    /// A page belongs to another letter.
    Foreign,
    /// The final PDF is this very letter.
    SameStatement,
    /// The final PDF is this letter, but nobody signed or stamped it.
    NothingAdded,
    /// The final PDF is another one, or was changed.
    OtherDocument,
}

/// One page in one file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct StampPage {
    pub file: String,
    /// From 1.
    pub page_in_file: u32,
    /// Which page of the letter it is; `null` when its code could not be read.
    pub page: Option<u32>,
    /// It is a page of this letter.
    pub ok: bool,
    pub words: String,
}

/// `null` in `usedBy`: the serial is free in this village.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct SerialCheck {
    /// Capital letters and digits, as it will be kept.
    pub normalised: String,
    pub unusual: Option<String>,
    pub used_by: Option<StatementRef>,
}

#[derive(Clone, Debug, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct NewStamp {
    pub kind: MeteraiKindKey,
    pub serial: String,
    /// Civil date.
    pub on: String,
    pub original_at: String,
    /// As they were checked. Empty: the files of the stamp recorded before stay.
    pub paths: Vec<String>,
    pub note: String,
    /// The clerk looked at every page herself; asked where `needsEyes`.
    pub seen_with_own_eyes: bool,
}

/// What happened by noting prints.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct PrintsNoted {
    /// A second original bears the duty again.
    pub notices: Vec<String>,
}
