//! What else the office prints: the book of statements and duty stamps for the auditor, and the list for a meeting of
//! the village. Plain values, filled in by the caller.

use crate::page::{Office, Paper, Signatory};
use payung_domain::{CivilDate, MeteraiKind};

/// Rows in one book or list.
pub const LIST_ROWS_MAX: usize = 5_000;

/// The register of statements and of the meterai used for them, over a stretch of time.
#[derive(Clone, PartialEq, Eq)]
pub struct Book {
    pub office: Office,
    pub emblem: Option<Vec<u8>>,
    pub paper: Paper,
    /// First and last day of the statements listed.
    pub from: CivilDate,
    pub to: CivilDate,
    /// The day of printing; also the date in the PDF's metadata.
    pub printed_on: CivilDate,
    pub place: String,
    /// Who puts his name under it; `None` leaves it unsigned.
    pub head: Option<Signatory>,
    /// Printed in this order.
    pub rows: Vec<BookRow>,
    pub demo: bool,
}

/// One statement in the book. It names nobody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BookRow {
    /// Empty: not numbered yet.
    pub number: String,
    pub date: CivilDate,
    pub people: u32,
    /// As the window says it: `lengkap`, `ditandatangani, menunggu meterai`.
    pub state: String,
    /// Numbers of the statements it replaces.
    pub replaces: Vec<String>,
    pub stamp: Option<BookStamp>,
    /// Whether the regulation asks for a meterai.
    pub stamp_needed: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BookStamp {
    pub kind: MeteraiKind,
    pub serial: String,
    pub on: CivilDate,
    pub cost_rupiah: u32,
    /// Where the original lies. May be empty.
    pub original_at: String,
}

/// People proposed, as a meeting of the village may see them: no birth dates, no disability, no full NIK.
#[derive(Clone, PartialEq, Eq)]
pub struct PublicList {
    pub office: Office,
    pub emblem: Option<Vec<u8>>,
    pub paper: Paper,
    /// `Daftar Calon Penerima Bantuan Iuran`
    pub title: String,
    /// The day of printing; also the date in the PDF's metadata.
    pub date: CivilDate,
    /// Marks every page `RANCANGAN - belum berlaku`.
    pub draft: bool,
    pub demo: bool,
    /// Printed in this order.
    pub people: Vec<PublicPerson>,
}

#[derive(Clone, PartialEq, Eq)]
pub struct PublicPerson {
    pub name: String,
    /// Full or masked: only `330512******0001` of it is printed.
    pub nik: String,
    /// Dusun, banjar, RT/RW.
    pub hamlet: Option<String>,
}

macro_rules! hidden_debug {
    ($($type:ident),+) => { $(
        impl std::fmt::Debug for $type {
            /// Personal data stays out of logs and panics.
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(concat!(stringify!($type), "(..)"))
            }
        }
    )+ };
}
pub(crate) use hidden_debug;
hidden_debug!(Book, PublicList, PublicPerson);
