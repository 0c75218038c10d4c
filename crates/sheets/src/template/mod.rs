//! Payung's own template: one row an applicant, columns by name in any order.

mod blank;
mod guide;

pub use blank::write_blank;

pub use crate::people::{Applicants, SkippedRow, TemplateRow};

use crate::error::SheetError;
use crate::people::Layout;
use crate::table::{Table, column_letters};
use payung_domain::Field;

/// Columns without which a row says nothing about a person.
pub const REQUIRED: [Field; 3] = [Field::Nik, Field::Name, Field::BirthDate];

/// The header of the template: every column by its name, in order.
pub fn template_header() -> Vec<&'static str> {
    Field::ALL.iter().map(|field| field.name()).collect()
}

/// Reads whichever of the known files a table is: OpenSID's population file by its header, else the template.
///
/// The order matters: to [`applicants`] OpenSID's `tanggallahir` reads like the template's `tanggal_lahir`.
pub fn applicants_of_any(table: &Table) -> Result<Applicants, SheetError> {
    crate::opensid::to_template(table).map_or_else(|| applicants(table), Ok)
}

/// Reads a table with the template's columns. Capitals, blanks and underscores in headers make no difference.
///
/// A column that is there twice, and a missing required one, are errors: either would put values in the wrong place or
/// leave every row without a person.
pub fn applicants(table: &Table) -> Result<Applicants, SheetError> {
    let columns = Columns::of(table, Field::ALL, |field| field.name())?;
    let missing: Vec<&'static str> =
        REQUIRED.iter().filter(|field| !columns.has(**field)).map(|field| field.name()).collect();
    if !missing.is_empty() {
        return Err(SheetError::MissingColumns { header_row: table.header_row, missing });
    }
    let mut found = Applicants {
        sheets: table.sheet.iter().cloned().collect(),
        columns: columns.known.iter().map(|(column, field)| (*field, *column)).collect(),
        ignored_columns: columns.ignored,
        ..Applicants::new(Layout::Template)
    };
    for row in &table.rows {
        let mut applicant = TemplateRow::new(row.number);
        for (column, field) in &columns.known {
            applicant.take(*field, row.cell(*column));
        }
        found.add(applicant);
    }
    Ok(found)
}

/// Which column of a table holds what.
pub(crate) struct Columns<T> {
    /// Column from 0, and what it holds.
    pub known: Vec<(usize, T)>,
    pub ignored: Vec<String>,
}

impl<T: Copy + PartialEq> Columns<T> {
    pub fn of(table: &Table, wanted: &[T], name: impl Fn(T) -> &'static str) -> Result<Self, SheetError> {
        let mut columns = Self { known: Vec::new(), ignored: Vec::new() };
        for (column, title) in table.header.iter().enumerate() {
            let folded = fold(title);
            match wanted.iter().copied().find(|what| fold(name(*what)) == folded) {
                Some(what) => {
                    if let Some(first) = columns.column(what) {
                        return Err(SheetError::DoubledColumn {
                            header_row: table.header_row,
                            name: title.clone(),
                            first: column_letters(first),
                            second: column_letters(column),
                        });
                    }
                    columns.known.push((column, what));
                }
                None if title.is_empty() => columns.ignored.push(format!("kolom {}", column_letters(column))),
                None => columns.ignored.push(title.clone()),
            }
        }
        Ok(columns)
    }

    pub fn has(&self, what: T) -> bool {
        self.column(what).is_some()
    }

    pub fn column(&self, what: T) -> Option<usize> {
        self.known.iter().find(|(_, known)| *known == what).map(|(column, _)| *column)
    }
}

/// Letters and digits in lower case: `No. KK`, `no_kk` and `NO KK` are one.
pub(crate) fn fold(title: &str) -> String {
    title.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
