//! Rows that could not be taken, as a workbook to fill in: what is wrong is coloured, and the rule stands in a note.

use super::blank::{explain, offer};
use super::template_header;
use crate::error::SheetError;
use crate::limits::MAX_CELL_CHARS;
use crate::write::{as_text, refused, text_format, workbook_bytes, write_header};
use payung_domain::{Field, FieldError, FieldValues};
use rust_xlsxwriter::{Color, Format, Note, Workbook, Worksheet, XlsxError};

/// One row to be put right.
pub struct Correction<'a> {
    /// Where it stands in the file it came from: `Lembar Data Penduduk, baris 12`.
    pub place: String,
    pub values: &'a FieldValues,
    pub errors: &'a [FieldError],
}

/// Before the template's columns: what is to be done, and where the row came from.
const BEFORE: [&str; 2] = ["yang_harus_diperbaiki", "asal"];
const TO_MEND: Color = Color::RGB(0xFF_E0_9A);

/// Writes the rows as XLSX. Filled in, the file is read as one of the template.
pub fn write_corrections(rows: &[Correction<'_>]) -> Result<Vec<u8>, SheetError> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet().set_name("Calon penerima").map_err(|error| refused(&error, 1))?;
    head(sheet).map_err(|error| refused(&error, 1))?;
    let formats = Formats { text: text_format(), mend: text_format().set_background_color(TO_MEND) };
    for (index, row) in rows.iter().enumerate() {
        let number = index as u32 + 1;
        write_row(sheet, number, row, &formats).map_err(|error| refused(&error, number + 1))?;
    }
    workbook.add_worksheet().set_name("Petunjuk").and_then(explain).map_err(|error| refused(&error, 1))?;
    workbook_bytes(workbook)
}

struct Formats {
    text: Format,
    mend: Format,
}

fn head(sheet: &mut Worksheet) -> Result<(), XlsxError> {
    let titles: Vec<&str> = BEFORE.into_iter().chain(template_header()).collect();
    write_header(sheet, &titles)?;
    sheet.set_column_width(0, 60)?;
    sheet.set_freeze_panes(1, 1)?;
    for (at, field) in Field::ALL.iter().enumerate() {
        offer(sheet, (at + BEFORE.len()) as u16, *field)?;
    }
    Ok(())
}

fn write_row(
    sheet: &mut Worksheet,
    number: u32,
    row: &Correction<'_>,
    formats: &Formats,
) -> Result<(), XlsxError> {
    let wrap = text_format().set_text_wrap();
    let messages: Vec<String> = row.errors.iter().map(FieldError::message).collect();
    sheet.write_string_with_format(number, 0, fitting(&messages.join("\n")), &wrap)?;
    sheet.write_string_with_format(number, 1, fitting(&row.place), &formats.text)?;
    for (at, field) in Field::ALL.iter().enumerate() {
        let column = (at + BEFORE.len()) as u16;
        let value = as_text(row.values.get(*field).unwrap_or_default());
        let wrong: Vec<&FieldError> = row.errors.iter().filter(|error| error.field == *field).collect();
        if !wrong.is_empty() {
            let rules: Vec<String> = wrong.iter().map(|error| error.message()).collect();
            // A destroyed number is not among the values: its cell stays empty, to be typed anew.
            sheet.write_string_with_format(number, column, value, &formats.mend)?;
            sheet.insert_note(number, column, &note(&rules.join("\n")))?;
        } else if !value.is_empty() {
            sheet.write_string_with_format(number, column, value, &formats.text)?;
        }
    }
    Ok(())
}

fn note(text: &str) -> Note {
    const NOTE_CHARS_MAX: usize = 1_000;
    Note::new(text.chars().take(NOTE_CHARS_MAX).collect::<String>()).add_author_prefix(false).set_width(320)
}

fn fitting(text: &str) -> String {
    text.chars().take(MAX_CELL_CHARS).collect()
}
