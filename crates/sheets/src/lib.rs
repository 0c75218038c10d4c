//! Sheets as rows of text with their places: CSV and Excel files in, CSV and XLSX out.
//!
//! A spreadsheet is read as the person who made it sees it: rows carry the number that the spreadsheet shows, cells the
//! text that stands in them. What a spreadsheet program has destroyed (the last digits of a NIK) is named, never guessed.
//! Files come from strangers, so every size is limited and nothing in a file may bring the program down.

mod error;
mod legacy;
mod limits;
mod packed;
mod people;
mod table;
mod text;
mod workbook;
mod write;

pub mod opensid;
pub mod template;

pub use error::SheetError;
pub use limits::{Limit, MAX_CELL_CHARS, MAX_COLUMNS, MAX_FILE_BYTES, MAX_ROWS};
pub use people::{Applicants, Layout, SkippedRow, TemplateRow, read_people, read_people_from};
pub use table::{Cell, Damage, Row, Table, column_letters};
pub use template::template_header;
pub use write::{write_csv, write_xlsx};

use std::fs::File;
use std::io::Read;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

/// Reads the table in a CSV, XLSX, XLSM or XLS file. The content tells the kind, not the name.
///
/// Of a workbook the first visible sheet with a column `nik` is taken, else the first that is not empty. The first row
/// that is not empty is the header.
pub fn read_table(path: &Path) -> Result<Table, SheetError> {
    let file = File::open(path).map_err(|error| SheetError::Unopened(error.kind()))?;
    let mut bytes = Vec::new();
    // One byte more than allowed tells a file that is too large from one that just fits.
    file.take(MAX_FILE_BYTES + 1)
        .read_to_end(&mut bytes)
        .map_err(|error| SheetError::Unopened(error.kind()))?;
    read_table_from(&bytes)
}

/// As [`read_table`], from the bytes of a file.
pub fn read_table_from(bytes: &[u8]) -> Result<Table, SheetError> {
    if bytes.len() as u64 > MAX_FILE_BYTES {
        return Err(SheetError::limit(Limit::FileSize, None));
    }
    // The readers of Excel's formats are not ours; a file that makes one panic is a damaged file.
    catch_unwind(AssertUnwindSafe(|| read_by_content(bytes))).unwrap_or(Err(SheetError::Damaged))
}

fn read_by_content(bytes: &[u8]) -> Result<Table, SheetError> {
    const ZIP: &[u8] = b"PK\x03\x04";
    const OLE: &[u8] = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";
    if bytes.starts_with(ZIP) {
        packed::check(bytes)?;
        workbook::read(bytes)
    } else if bytes.starts_with(OLE) {
        legacy::read(bytes)
    } else {
        text::read(bytes)
    }
}
