//! What a statement says: plain values, filled in by the caller, checked before anything is set.

use crate::stored;
use payung_domain::{CivilDate, VillageKind};
use serde::{Deserialize, Serialize};
use std::fmt;

/// People in one statement; a larger group takes several.
pub const PEOPLE_MAX: usize = 500;
/// Characters in one field; a name longer than a civil register holds is a mistake somewhere else.
pub const FIELD_CHARS_MAX: usize = 300;
/// Points in one drawn signature: a minute of drawing at 200 points a second.
pub const INK_POINTS_MAX: usize = 12_000;

/// Statements that one may replace: one for each person in it.
pub const REPLACED_MAX: usize = PEOPLE_MAX;
/// Characters in the text of the QR, without the page's number after it.
pub const QR_CHARS_MAX: usize = 350;

/// One statement, as it will be printed. Text is data: whatever it holds is printed as it stands. Written as JSON it can
/// be kept and printed again later, without the drawing or as a copy.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct StatementPage {
    pub office: Office,
    pub kind: Kind,
    /// From the village's paper agenda. Empty prints a dotted line to be filled by hand.
    pub number: String,
    /// `true`: one page for all, and an annex that lists them. `false`: exactly one person, on the page itself.
    pub collective: bool,
    pub head: Signatory,
    /// Where it is signed, `Karangduwur`.
    pub place: String,
    /// The date of the document: also the date on which every age is given, and the date in the PDF's metadata.
    #[serde(with = "stored::date")]
    pub date: CivilDate,
    pub regulation: RegulationCited,
    /// 1 to [`PEOPLE_MAX`] people, printed in this order.
    pub people: Vec<PersonLine>,
    /// Drawn on screen. `None` for the print that is signed by hand and for previews.
    pub drawn_signature: Option<Strokes>,
    /// An empty dashed box for the meterai. Never a picture of one.
    pub stamp_box: bool,
    /// Prints a mark on every page that this is a sample with invented people.
    pub demo: bool,
    #[serde(default)]
    pub paper: Paper,
    /// The office's emblem on the letterhead, as [`crate::prepare_emblem`] gives it.
    #[serde(default, with = "stored::bytes")]
    pub emblem: Option<Vec<u8>>,
    /// What the code on every page says; `/` and the page's number are put after it. Capital letters, digits and
    /// `$%*+-./: `, at most [`QR_CHARS_MAX`]. `None` leaves its place empty, so that pages break in the same places.
    #[serde(default)]
    pub qr: Option<String>,
    /// Marks every page SALINAN. The drawing stays as it is given.
    #[serde(default)]
    pub copy: bool,
    /// Earlier statements that this one replaces, as far as the people named here are concerned.
    #[serde(default)]
    pub replaces: Vec<Replaced>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Paper {
    /// 210 x 297 mm.
    #[default]
    A4,
    /// 215 x 330 mm, the *folio* of Indonesian offices.
    F4,
}

/// An earlier statement, by what stands on it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Replaced {
    /// Empty: it bore none.
    pub number: String,
    #[serde(with = "stored::date")]
    pub date: CivilDate,
}

/// The office on the letterhead, in words as a person writes them; the page sets capitals.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Office {
    /// With its kind: `Kabupaten Kebumen`.
    pub regency: String,
    /// With its kind: `Kecamatan Ayah`.
    pub district: String,
    #[serde(with = "stored::village_kind")]
    pub village_kind: VillageKind,
    /// Without its kind: `Karangduwur`.
    pub village: String,
    /// Street, postal code, e-mail: one line.
    pub address: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Attests worker and age, as the regulation asks (Kebumen Pasal 10 ayat (3) huruf a).
    SuratPernyataan,
    /// A district's extra where the regulation asks for no statement. Cites no article.
    SuratPengantarUsulan,
}

/// Who signs.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signatory {
    pub name: String,
    /// Without the village: `Kepala Desa`, `Plt. Kepala Desa`, `Plh. Lurah`, `Pj. Perbekel`.
    pub title: String,
    /// Civil servants only (Lurah, Pj.).
    pub nip: Option<String>,
}

/// The regulation as data of its file, never as words of the template.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RegulationCited {
    /// `Peraturan Bupati Kebumen Nomor 56 Tahun 2024 tentang ...`
    pub citation: String,
    /// `Pasal 10 ayat (3) huruf a`. Not printed on a [`Kind::SuratPengantarUsulan`].
    pub article: Option<String>,
    /// Marks every page `RANCANGAN - belum berlaku`.
    pub draft: bool,
}

/// One person, with the attested facts as they are printed.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonLine {
    /// Running number, from 1.
    pub number: u32,
    pub name: String,
    /// Grouped or not; it is printed in groups of six, six and four digits.
    pub nik: String,
    pub birth_place: Option<String>,
    #[serde(with = "stored::date")]
    pub birth_date: CivilDate,
    /// Completed years on the date of the document; another number is refused.
    pub age_years: u32,
    pub occupation: String,
    pub workplace: Option<String>,
    /// As the village wrote it: `2015`, `Maret 2019`.
    pub since: Option<String>,
    pub address: Option<String>,
}

/// A signature drawn on screen, in the order of drawing; each stroke is one touch.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct Strokes(pub Vec<Vec<Point>>);

/// One sample of the pen. `x` to the right, `y` down, in any unit; `pressure` 0 to 1; `time_ms` since the first touch.
#[derive(Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Point {
    pub x: f32,
    pub y: f32,
    pub pressure: f32,
    pub time_ms: u32,
}

/// Why a statement cannot be set. The texts hold no personal data beyond one character.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum StatementError {
    #[error("Surat ini belum memuat seorang pun. Pilih paling sedikit satu orang.")]
    NoPeople,
    #[error("Surat perorangan memuat tepat satu orang; yang dipilih {found}. Buat surat kolektif.")]
    NotOnePerson { found: usize },
    #[error("Satu surat memuat paling banyak {most} orang; yang dipilih {found}. Bagi menjadi beberapa surat.", most = PEOPLE_MAX)]
    TooManyPeople { found: usize },
    /// `place` names field and row, never the content.
    #[error("Isian {place} terlalu panjang: {found} huruf, paling banyak {most}.", most = FIELD_CHARS_MAX)]
    TooLong { place: String, found: usize },
    #[error("Isian {place} masih kosong.")]
    Empty { place: String },
    /// The typed age is not the one that birth date and date of the document give.
    #[error(
        "Usia pada nomor {number} tidak cocok dengan tanggal lahir dan tanggal surat. Periksa kedua tanggal itu."
    )]
    AgeDisagrees { number: u32 },
    /// The font has no glyph, so the paper would show a hole where the law wants a name.
    #[error(
        "Isian {place} memuat huruf yang tidak dapat dicetak: \u{201c}{character}\u{201d}. Tulis dengan huruf Latin."
    )]
    Unprintable { place: String, character: char },
    #[error("Tanda tangan masih kosong. Gambarkan tanda tangan pada bidang yang tersedia.")]
    EmptyDrawing,
    #[error("Gambar tanda tangan terlalu rumit. Hapus, lalu gambarkan sekali lagi.")]
    DrawingTooLarge,
    #[error("Surat ini menggantikan {found} surat; paling banyak {most}. Bagi menjadi beberapa surat.", most = REPLACED_MAX)]
    TooManyReplaced { found: usize },
    /// A fault of the program: the text of the code has other characters, or too many.
    #[error("Kode QR gagal dibuat (kesalahan program). Data Anda aman.")]
    QrText,
    /// The bytes are no picture that [`crate::prepare_emblem`] gave.
    #[error("Lambang kantor tidak terbaca. Pilih lagi gambarnya di Pengaturan.")]
    Emblem,
    #[error("Daftar ini masih kosong.")]
    NoRows,
    #[error("Daftar ini memuat {found} baris; paling banyak {most}. Persempit tanggal atau pilihannya.", most = crate::LIST_ROWS_MAX)]
    TooManyRows { found: usize },
    /// A regulation that asks for more than two pages can hold.
    #[error("Formulir ini memuat {found} pertanyaan; paling banyak {most}.", most = crate::FORM_ITEMS_MAX)]
    TooManyQuestions { found: usize },
    /// A fault of the program: the template or the PDF export refused. `line` is the line in the template.
    #[error("Surat gagal disusun (kesalahan program{}). Data Anda aman.", line.as_deref().map(|line| format!(", {line}")).unwrap_or_default())]
    Layout { line: Option<String> },
}

macro_rules! hidden_debug {
    ($($type:ident),+) => { $(
        impl fmt::Debug for $type {
            /// Personal data stays out of logs and panics.
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(concat!(stringify!($type), "(..)"))
            }
        }
    )+ };
}
hidden_debug!(StatementPage, Signatory, PersonLine, Strokes, Point);
