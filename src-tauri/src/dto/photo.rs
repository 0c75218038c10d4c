//! Photos of identity papers and scans of letters.

use serde::{Deserialize, Serialize};
use specta::Type;

/// What a photo or document belongs to: a person or a letter, by the number that the lists show.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Type)]
#[serde(rename_all = "snake_case", tag = "of", content = "id")]
pub enum AboutKey {
    Person(i64),
    Statement(i64),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum PhotoKind {
    Ktp,
    Kk,
    /// The signed PDF of a letter; the program adds it itself.
    SignedStatement,
    /// A scan or photo of the stamped letter.
    Scan,
    Other,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct PhotoView {
    /// Removes it; `null` for what belongs to a stamp or a signature and goes only with them.
    pub id: Option<i64>,
    /// SHA-256 of the bytes in hex: shows and opens it.
    pub digest: String,
    pub kind: PhotoKind,
    /// *Foto KTP*, *Foto KK*, *Pindaian surat*, ...
    pub kind_words: String,
    /// `image/jpeg`, `image/png` or `application/pdf`.
    pub media: String,
    pub bytes: u32,
    pub name: String,
    pub at: i64,
    pub actor: String,
    pub state: PhotoState,
    /// How far it came, when, and why.
    pub state_words: String,
    /// When the district signed for it; `null` before.
    pub kept_at: Option<i64>,
    /// The bytes are here and can be shown.
    pub here: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum PhotoState {
    /// Of a draft: it stays here until *siap*.
    Local,
    /// In the register, not at the district yet.
    Waiting,
    /// The district signed for these very bytes.
    Kept,
    /// The district could not use it; the words say why.
    Refused,
    /// Another laptop of the village has it; it comes with the next exchange.
    Missing,
}

/// What came of taking a photo in.
#[derive(Clone, Debug, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct PhotoTaken {
    /// All of that person or letter, the new one included.
    pub photos: Vec<PhotoView>,
    /// How it was made small, in words.
    pub notices: Vec<String>,
}

/// A picture from the camera.
#[derive(Clone, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct CameraPicture {
    /// JPEG or PNG in base64, without a `data:` head. At most 30 MB before encoding.
    pub base64: String,
}

/// How the village's photos stand with the district, for the line of their own.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct PhotoCounts {
    pub total: u32,
    pub kept: u32,
    pub waiting: u32,
    /// Announced by another laptop, not fetched yet.
    pub missing: u32,
    pub refused: u32,
    /// *2 foto menunggu dikirim*; empty when there are none at all.
    pub words: String,
}
