//! People of the register as a file for others, in the template's columns. Every cell is text; read again, it is a file
//! of the template.

use crate::error::SheetError;
use crate::write::{csv_bytes, xlsx_bytes};
use payung_domain::{Field, FieldValues, Watch};

/// One person with the words for where the person stands.
pub struct ExportPerson<'a> {
    pub values: &'a FieldValues,
    pub state: &'a str,
    pub delivery: &'a str,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExportFormat {
    Xlsx,
    Csv,
}

/// People between two looks at the watch.
const PEOPLE_A_LOOK: usize = 500;

/// Writes people as a file. Without `specific`, the columns of specific personal data (UU 27/2022) are not there at all.
pub fn write_people(
    people: &[ExportPerson<'_>],
    specific: bool,
    format: ExportFormat,
    watch: &dyn Watch,
) -> Result<Vec<u8>, SheetError> {
    let columns: Vec<Field> =
        Field::ALL.iter().copied().filter(|field| specific || !field.is_specific()).collect();
    let mut header: Vec<&str> = columns.iter().map(|field| field.name()).collect();
    header.extend(["keadaan", "pengiriman"]);
    let total = people.len() as u64;
    let rows = people.iter().enumerate().map(|(index, person)| {
        if index % PEOPLE_A_LOOK == 0 && !watch.at(index as u64, total) {
            return Err(SheetError::Stopped);
        }
        let values = columns.iter().map(|field| person.values.get(*field).unwrap_or_default().to_owned());
        Ok(values.chain([person.state.to_owned(), person.delivery.to_owned()]).collect())
    });
    match format {
        ExportFormat::Csv => csv_bytes(&header, rows),
        ExportFormat::Xlsx => xlsx_bytes("Calon penerima", &header, rows),
    }
}
