//! Sheets as rows of text with their places, and the people in them: CSV and Excel files in, CSV and XLSX out.
//!
//! A spreadsheet is read as the person who made it sees it: rows carry the number that the spreadsheet shows, cells the
//! text that stands in them. What a spreadsheet program has destroyed (the last digits of a NIK) is named, never guessed.
//! Files come from strangers, so every size is limited and nothing in a file may bring the program down.

mod book;
mod error;
mod legacy;
mod limits;
mod packed;
mod people;
mod programme;
mod promised;
mod table;
mod text;
mod workbook;
mod write;

pub mod template;

pub use book::{read_sheets, read_sheets_from};
pub use error::SheetError;
pub use limits::{Limit, MAX_CELL_CHARS, MAX_COLUMNS, MAX_FILE_BYTES, MAX_ROWS};
pub use people::{Applicants, Layout, SkippedRow, TemplateRow, read_people, read_people_from};
pub use programme::{Programme, Recipient, write_programme};
pub use table::{Cell, Damage, Row, Sheet, column_letters};
pub use template::{
    Correction, ExportFormat, ExportPerson, template_header, write_corrections, write_people,
};
pub use write::{write_csv, write_xlsx};
