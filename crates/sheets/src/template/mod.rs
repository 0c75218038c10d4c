//! Payung's own template: one row an applicant, columns by name in any order.

mod blank;
mod corrections;
mod export;
mod guide;

pub use blank::write_blank;
pub use corrections::{Correction, write_corrections};
pub use export::{ExportFormat, ExportPerson, write_people};

use payung_domain::Field;

/// Columns without which a row says nothing about a person.
pub const REQUIRED: [Field; 3] = [Field::Nik, Field::Name, Field::BirthDate];

/// The header of the template: every column by its name, in order.
pub fn template_header() -> Vec<&'static str> {
    Field::ALL.iter().map(|field| field.name()).collect()
}
