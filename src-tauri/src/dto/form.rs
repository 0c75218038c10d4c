//! What the form asks for. The window keeps no word lists of its own.

use serde::Serialize;
use specta::Type;

#[derive(Clone, Debug, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct FormDescription {
    pub sections: Vec<FormSection>,
    pub states: Vec<Choice>,
    pub deliveries: Vec<Choice>,
    pub end_kinds: Vec<Choice>,
    /// The regencies nearest at hand for `ktp_kabupaten`: the village's own first.
    pub regencies: Vec<Choice>,
}

#[derive(Clone, Debug, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct FormSection {
    pub id: FormSectionId,
    pub title: String,
    pub fields: Vec<FormField>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum FormSectionId {
    Identity,
    Residence,
    Work,
    OtherCover,
    Vulnerability,
    Family,
    Check,
}

#[derive(Clone, Debug, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct FormField {
    /// The template's column: `nik`, `tanggal_lahir`, ...
    pub name: String,
    pub label: String,
    pub kind: FieldKind,
    pub choices: Vec<Choice>,
    /// In characters.
    pub length_max: u32,
    pub hint: Option<String>,
    /// A rule of this village's regulation reads it.
    pub judged: bool,
    /// A signed statement attests it: changed later, the person needs a new statement.
    pub attested: bool,
    /// Specific personal data (UU 27/2022).
    pub specific: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum FieldKind {
    Text,
    Multiline,
    /// NIK and KK: 16 digits, shown in groups.
    Identity,
    Digits,
    /// Typed as DD-MM-YYYY, read in any usual writing.
    Date,
    /// Year, month or date.
    Since,
    Quarter,
    /// One of `choices`; unknown is the empty value.
    Choice,
    /// `ya`, `tidak`, `tidak tahu`.
    YesNo,
    /// `tidak_ada`, or several of `choices` joined by `;`, each with an optional last day as in `csr:2026-12-31`.
    Covers,
    /// A kabupaten's code.
    Regency,
    /// The village's own code, filled in by the program.
    Village,
    Money,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Choice {
    pub value: String,
    pub label: String,
}
