//! What comes back from the scanner: which sheets of which statement are there.

use crate::sheet::Sheet;
use std::collections::BTreeSet;

/// Files in one check.
pub const SCAN_FILES_MAX: usize = 64;
/// Bytes of one file.
pub const SCAN_BYTES_MAX: usize = 40 << 20;
/// Pixels of one picture.
pub const SCAN_PIXELS_MAX: usize = 60_000_000;

/// A file as the clerk picked it: JPEG, PNG, or a PDF of pictures.
#[derive(Clone, Copy)]
pub struct Scan<'a> {
    pub name: &'a str,
    pub bytes: &'a [u8],
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScanReport {
    pub pages: Vec<ScannedPage>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScannedPage {
    pub file: String,
    /// From 1.
    pub page_in_file: u32,
    /// `None`: no code of ours could be read there.
    pub sheet: Option<Sheet>,
}

/// Whether the sheets of one statement are all there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ScanVerdict {
    /// Every page was read; a picture without a code beside them, such as a blank back, takes nothing away.
    Complete,
    /// Every picture was read, and these pages are not among them.
    Missing { pages: Vec<u32> },
    /// Some pictures could not be read; the pages not found may be among them. The clerk looks.
    Unread { count: u32, missing: Vec<u32> },
    /// A sheet of another statement lies among them.
    Foreign { file: String, page: u32, number: String, village: String },
}

/// Looks for the pages 1 to `pages` of the statement whose `statement.json` has the SHA-256 `content`. A code whose
/// signature does not hold counts as not read.
pub fn compare_scans(report: &ScanReport, content: &[u8; 32], pages: u32) -> ScanVerdict {
    let mut missing: BTreeSet<u32> = (1..=pages).collect();
    let mut unread = 0;
    for page in &report.pages {
        match page.sheet.as_ref().filter(|sheet| sheet.verify().is_ok()) {
            Some(sheet) if sheet.summary.content != *content => {
                return ScanVerdict::Foreign {
                    file: page.file.clone(),
                    page: page.page_in_file,
                    number: sheet.summary.number.clone(),
                    village: sheet.summary.village.to_string(),
                };
            }
            Some(sheet) if sheet.page <= pages => {
                missing.remove(&sheet.page);
            }
            _ => unread += 1,
        }
    }
    let missing: Vec<u32> = missing.into_iter().collect();
    match (missing.is_empty(), unread) {
        (true, _) => ScanVerdict::Complete,
        (false, 0) => ScanVerdict::Missing { pages: missing },
        (false, count) => ScanVerdict::Unread { count, missing },
    }
}
