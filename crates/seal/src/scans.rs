//! What comes back from the scanner: which sheets of which statement are there.

use crate::SealError;
use crate::codes::sheets;
use crate::picture::{DrawnPages, photo};
use crate::sheet::Sheet;
use image::ImageFormat;
use std::collections::BTreeSet;

/// Files in one check.
pub const SCAN_FILES_MAX: usize = 64;
/// Bytes of one file.
pub const SCAN_BYTES_MAX: usize = 40 << 20;
/// Pixels of one picture.
pub const SCAN_PIXELS_MAX: usize = 60_000_000;
/// Pages of one scanned PDF.
pub const SCAN_PAGES_MAX: usize = 200;

/// Dots an inch at which a page of a PDF is drawn.
const DOTS_PER_INCH: f32 = 300.0;

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

/// Reads the codes on every page of every file.
///
/// # Errors
/// The first file that cannot be opened or passes a limit. A page on which no code can be read is no error.
pub fn read_scans(files: &[Scan<'_>]) -> Result<ScanReport, SealError> {
    if files.is_empty() {
        return Err(SealError::NoScans);
    }
    if files.len() > SCAN_FILES_MAX {
        return Err(SealError::TooManyScans { found: files.len() });
    }
    for file in files {
        if file.bytes.len() > SCAN_BYTES_MAX {
            return Err(SealError::ScanTooLarge {
                name: file.name.to_owned(),
                found: file.bytes.len() as u64,
            });
        }
    }
    let mut pages = Vec::new();
    for file in files {
        read_file(file, &mut pages)?;
    }
    Ok(ScanReport { pages })
}

fn read_file(file: &Scan<'_>, pages: &mut Vec<ScannedPage>) -> Result<(), SealError> {
    let format = match file.bytes {
        [0xff, 0xd8, 0xff, ..] => ImageFormat::Jpeg,
        [0x89, b'P', b'N', b'G', ..] => ImageFormat::Png,
        _ => return read_pdf(file, pages),
    };
    push(pages, file.name, 1, sheets(&photo(file, format)?));
    Ok(())
}

fn read_pdf(file: &Scan<'_>, pages: &mut Vec<ScannedPage>) -> Result<(), SealError> {
    let drawn = DrawnPages::open(file.bytes).map_err(|error| match error {
        SealError::NotPdf => SealError::Image { name: file.name.to_owned() },
        other => SealError::ScannedPdf { name: file.name.to_owned(), error: Box::new(other) },
    })?;
    for index in 0..drawn.count() {
        let taken: Vec<Sheet> = drawn.pictures(index).iter().flat_map(sheets).collect();
        let found = if taken.is_empty() {
            drawn.draw(index, DOTS_PER_INCH).map(|picture| sheets(&picture)).unwrap_or_default()
        } else {
            taken
        };
        // At most SCAN_PAGES_MAX.
        push(pages, file.name, index as u32 + 1, found);
    }
    Ok(())
}

/// One line for each sheet; two that lie on one picture are two, and a picture without any is one.
fn push(pages: &mut Vec<ScannedPage>, file: &str, page_in_file: u32, found: Vec<Sheet>) {
    let line = |sheet| ScannedPage { file: file.to_owned(), page_in_file, sheet };
    if found.is_empty() {
        pages.push(line(None));
    }
    pages.extend(found.into_iter().map(|sheet| line(Some(sheet))));
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
