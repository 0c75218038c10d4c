//! Whether a PDF that came back is a certain statement.

use crate::changes::{LaterChanges, later_changes};
use crate::coverage::Coverage;
use crate::embedded::{embedded_statement, page_text};
use crate::fields::signature_fields;
use crate::file::Pdf;
use std::collections::BTreeMap;

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SameStatement {
    /// Our very bytes, and behind them nothing but further signatures.
    Prefix,
    /// Written anew by another program: the embedded data is the same, its code stands on every page, and so does every
    /// number that stood there.
    SameContent,
    /// Another document, or this one altered: why, in words for the clerk.
    Other(String),
}

/// Compares a PDF that came back with `original`, our frozen or signed file, whose `statement.json` has the SHA-256
/// `content`. What stands in the place of our own signature does not count: the signature and its time stamp are put
/// there without changing the statement.
pub fn is_this_statement(bytes: &[u8], original: &[u8], content: &[u8; 32]) -> SameStatement {
    let other = |words: &str| SameStatement::Other(words.to_owned());
    let came_back = match Pdf::open(bytes) {
        Ok(pdf) => pdf,
        Err(error) => return SameStatement::Other(error.to_string()),
    };
    let Ok(ours) = Pdf::open(original) else {
        return other("Berkas surat yang tersimpan tidak dapat dibaca. Periksa jurnal register ini.");
    };
    if begins_with(bytes, original, &ours) {
        return match later_changes(bytes, original.len(), &came_back.document) {
            LaterChanges::None | LaterChanges::OnlySignatures => SameStatement::Prefix,
            LaterChanges::Other => other(
                "Berkas ini berasal dari surat ini, tetapi isinya ditambah atau diubah sesudahnya selain dengan tanda tangan.",
            ),
        };
    }
    let Some(statement) = embedded_statement(&came_back) else {
        return other("Berkas ini tidak memuat data surat dari Payung, jadi bukan berkas surat ini.");
    };
    if statement.content != *content {
        return SameStatement::Other(format!(
            "Berkas ini surat lain: Nomor {}, {}.",
            statement.number, statement.village
        ));
    }
    let pages = ours.document.page_iter().count();
    if !statement.pages_without_code.is_empty() || came_back.document.page_iter().count() != pages {
        return other("Data surat dalam berkas ini cocok, tetapi halamannya bukan halaman surat ini.");
    }
    // Pages are few: a statement of 500 people has some thirty.
    for page in 1..=u32::try_from(pages).unwrap_or(u32::MAX) {
        let missing = numbers(&page_text(&ours.document, page)).into_iter().any(|(number, times)| {
            numbers(&page_text(&came_back.document, page)).get(&number) < Some(&times)
        });
        if missing {
            return SameStatement::Other(format!(
                "Data surat dalam berkas ini cocok, tetapi teks halaman {page} berbeda dari surat ini."
            ));
        }
    }
    SameStatement::SameContent
}

/// Whether the file begins with ours, the place of our own signature aside.
fn begins_with(bytes: &[u8], original: &[u8], ours: &Pdf) -> bool {
    let gap = signature_fields(&ours.document)
        .first()
        .and_then(|field| Coverage::of(original, &ours.document, field).ok())
        .map_or(0..0, |coverage| coverage.gap);
    let Some(begin) = bytes.get(..original.len()) else { return false };
    begin[..gap.start] == original[..gap.start] && begin[gap.end..] == original[gap.end..]
}

/// The numbers of two digits and more on a page, and how often each stands there: NIK, dates, ages, the letter's number.
fn numbers(text: &str) -> BTreeMap<String, usize> {
    let mut found = BTreeMap::new();
    for number in text.split(|c: char| !c.is_ascii_digit()).filter(|number| number.len() > 1) {
        *found.entry(number.to_owned()).or_default() += 1;
    }
    found
}
