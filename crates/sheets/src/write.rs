//! Tables out: every cell is text, so that no NIK loses its last digits and no RT its leading zero.

use crate::error::SheetError;
use crate::table::without_mark;
use rust_xlsxwriter::{Format, Workbook, Worksheet, XlsxError};
use std::borrow::Cow;
use std::ffi::OsString;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

/// Writes a CSV: UTF-8 with byte order mark (Excel needs it), comma, CRLF.
///
/// A cell that a spreadsheet would run as a formula gets an apostrophe before it, which [`crate::read_sheets`] takes off again.
pub fn write_csv(
    path: &Path,
    header: &[&str],
    rows: impl IntoIterator<Item = Vec<String>>,
) -> Result<(), SheetError> {
    save(path, &csv_bytes(header, rows.into_iter().map(Ok))?)
}

/// Writes a workbook with one sheet; the columns are formatted as text, the header stays in sight.
pub fn write_xlsx(
    path: &Path,
    header: &[&str],
    rows: impl IntoIterator<Item = Vec<String>>,
) -> Result<(), SheetError> {
    save(path, &xlsx_bytes("Sheet1", header, rows.into_iter().map(Ok))?)
}

pub(crate) fn csv_bytes(
    header: &[&str],
    rows: impl Iterator<Item = Result<Vec<String>, SheetError>>,
) -> Result<Vec<u8>, SheetError> {
    let mut writer = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .flexible(true)
        .from_writer(b"\xEF\xBB\xBF".to_vec());
    let refuse = |_: csv::Error| SheetError::Unwritten(ErrorKind::Other);
    writer.write_record(header).map_err(refuse)?;
    for row in rows {
        writer.write_record(row?.iter().map(|cell| harmless(cell).into_owned())).map_err(refuse)?;
    }
    writer.into_inner().map_err(|error| SheetError::Unwritten(error.error().kind()))
}

pub(crate) fn xlsx_bytes(
    name: &str,
    header: &[&str],
    rows: impl Iterator<Item = Result<Vec<String>, SheetError>>,
) -> Result<Vec<u8>, SheetError> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet().set_name(name).map_err(|error| refused(&error, 1))?;
    write_header(sheet, header).map_err(|error| refused(&error, 1))?;
    let text = text_format();
    for (index, row) in rows.enumerate() {
        let number = index as u32 + 1;
        for (column, cell) in row?.iter().enumerate().filter(|(_, cell)| !cell.is_empty()) {
            sheet
                .write_string_with_format(number, column as u16, as_text(cell), &text)
                .map_err(|error| refused(&error, number + 1))?;
        }
    }
    workbook_bytes(workbook)
}

pub(crate) fn write_header(sheet: &mut Worksheet, header: &[&str]) -> Result<(), XlsxError> {
    let bold = text_format().set_bold();
    let text = text_format();
    for (column, title) in header.iter().enumerate() {
        let column = column as u16;
        sheet.set_column_format(column, &text)?;
        sheet.set_column_width(column, title.len().clamp(10, 30) as f64 + 2.0)?;
        sheet.write_string_with_format(0, column, *title, &bold)?;
    }
    sheet.set_freeze_panes(1, 0)?;
    Ok(())
}

pub(crate) fn text_format() -> Format {
    Format::new().set_num_format("@")
}

pub(crate) fn save_workbook(path: &Path, workbook: Workbook) -> Result<(), SheetError> {
    save(path, &workbook_bytes(workbook)?)
}

pub(crate) fn workbook_bytes(mut workbook: Workbook) -> Result<Vec<u8>, SheetError> {
    workbook.save_to_buffer().map_err(|error| refused(&error, 1))
}

pub(crate) fn refused(error: &XlsxError, row: u32) -> SheetError {
    match error {
        XlsxError::MaxStringLengthExceeded => SheetError::Unwritable { row },
        _ => SheetError::Unwritten(ErrorKind::Other),
    }
}

/// A failed export leaves the old file as it was: the new one is written beside it and then takes its name.
fn save(path: &Path, bytes: &[u8]) -> Result<(), SheetError> {
    let beside = beside(path);
    let written = fs::write(&beside, bytes).and_then(|()| fs::rename(&beside, path));
    written.map_err(|error| {
        let _ = fs::remove_file(&beside);
        SheetError::Unwritten(error.kind())
    })
}

fn beside(path: &Path) -> PathBuf {
    let mut name = path.file_name().map_or_else(OsString::new, OsString::from);
    name.push(".sementara");
    path.with_file_name(name)
}

fn harmless(cell: &str) -> Cow<'_, str> {
    let is_number =
        |rest: &str| rest.chars().all(|c| c.is_ascii_digit() || matches!(c, ' ' | '.' | '-' | ','));
    let runs = match cell.chars().next() {
        Some('=' | '@' | '\t' | '\r') => true,
        Some('+' | '-') => !is_number(&cell[1..]),
        _ => false,
    };
    if runs { format!("'{cell}").into() } else { as_text(cell) }
}

/// An apostrophe that the reader would take for the spreadsheet's mark of a text gets that mark before it.
pub(crate) fn as_text(cell: &str) -> Cow<'_, str> {
    if without_mark(cell).len() < cell.len() { format!("'{cell}").into() } else { cell.into() }
}
