//! People out of the files that a village has: Payung's own template and what OpenSID and Dukcapil's programs write.

mod codes;
mod cut;
mod family;
mod heading;
mod kind;
mod layout;
mod person;
mod place;
mod titles;
mod walk;

pub use layout::Layout;

use crate::book;
use crate::error::SheetError;
use crate::table::Cell;
use payung_domain::{Field, FieldError, FieldValues, Reading, Watch, read};
use std::path::Path;
use walk::Walk;

/// Applicants read from a file, and what was left aside. `rows` and `skipped` together are all that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Applicants {
    pub layout: Layout,
    /// The sheets that rows were read from, in the order of their tabs; none in a CSV.
    pub sheets: Vec<String>,
    /// Which column, counted from 0, each field was read from.
    pub columns: Vec<(Field, usize)>,
    pub rows: Vec<TemplateRow>,
    /// Headers of columns that Payung does not know, as written; `kolom C` where there is none.
    pub ignored_columns: Vec<String>,
    /// Rows that hold no applicant, and why.
    pub skipped: Vec<SkippedRow>,
}

/// One applicant as written in the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TemplateRow {
    /// Index into the sheets that were read; 0 in a CSV.
    pub sheet: u16,
    /// As the spreadsheet shows it.
    pub row: u32,
    pub values: FieldValues,
    /// Cells that the spreadsheet program destroyed. Their values are not among `values`.
    pub errors: Vec<FieldError>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SkippedRow {
    /// Index into the sheets that were read; 0 in a CSV.
    pub sheet: u16,
    /// As the spreadsheet shows it.
    pub row: u32,
    /// In Bahasa Indonesia.
    pub reason: String,
}

/// Reads the people in a file of one of the known layouts, which its content tells. [`SheetError::Stopped`] when the
/// watch says stop.
pub fn read_people(path: &Path, watch: &dyn Watch) -> Result<Applicants, SheetError> {
    read_people_from(&book::file_bytes(path)?, watch)
}

/// As [`read_people`], from the bytes of a file.
pub fn read_people_from(bytes: &[u8], watch: &dyn Watch) -> Result<Applicants, SheetError> {
    let mut walk = Walk::default();
    book::read(bytes, watch, &mut walk)?;
    let found = walk.finish()?;
    let read = found.rows.len() + found.skipped.len();
    // A short file ends before the first look.
    if watch.at(read as u64, read as u64) { Ok(found) } else { Err(SheetError::Stopped) }
}

impl TemplateRow {
    /// Reads the values into facts; the errors are those of the values and those of the destroyed cells.
    pub fn read(&self) -> Reading {
        let mut reading = read(&self.values);
        reading.errors.extend(self.errors.iter().cloned());
        reading.errors.sort_by_key(|error| error.field);
        reading
    }

    pub(crate) fn new(row: u32) -> Self {
        Self { sheet: 0, row, values: FieldValues::default(), errors: Vec::new() }
    }

    /// Takes a cell as the value of a field; a destroyed one becomes an error there.
    pub(crate) fn take(&mut self, field: Field, cell: &Cell) {
        match cell {
            Cell::Text(text) => self.values.set(field, text.trim()),
            Cell::Damaged { shown, why } => self.errors.push(FieldError {
                field,
                value: shown.chars().take(60).collect(),
                rule: format!("{why}; jadikan kolom ini teks, lalu ketik ulang dari KTP atau KK"),
            }),
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.values.is_empty() && self.errors.is_empty()
    }
}

impl Applicants {
    /// A row as the clerk finds it: with its sheet where there are several.
    pub fn place(&self, sheet: u16, row: u32) -> String {
        match &self.sheets[..] {
            [] | [_] => format!("Baris {row}"),
            several => {
                let sheet = several.get(usize::from(sheet)).map_or("", String::as_str);
                format!("Lembar {sheet}, baris {row}")
            }
        }
    }

    pub(crate) fn new(layout: Layout) -> Self {
        Self {
            layout,
            sheets: Vec::new(),
            columns: Vec::new(),
            rows: Vec::new(),
            ignored_columns: Vec::new(),
            skipped: Vec::new(),
        }
    }

    pub(crate) fn add(&mut self, applicant: TemplateRow) {
        if applicant.is_empty() {
            let reason = "tidak ada isian di kolom yang dikenal".to_owned();
            self.skipped.push(SkippedRow { sheet: applicant.sheet, row: applicant.row, reason });
        } else {
            self.rows.push(applicant);
        }
    }
}
