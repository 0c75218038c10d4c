//! The table as read, and the gathering of its rows within the limits.

use crate::error::SheetError;
use crate::limits::{Limit, MAX_CELL_CHARS, MAX_COLUMNS, MAX_ROWS, MAX_TEXT_BYTES};
use std::fmt;

/// A header and the rows under it. Rows without content are left out; the others keep their numbers.
#[derive(Clone, PartialEq, Eq)]
pub struct Table {
    /// The sheet's name; `None` in a CSV.
    pub sheet: Option<String>,
    /// The row in which the header stands, as the spreadsheet shows it.
    pub header_row: u32,
    pub header: Vec<String>,
    pub rows: Vec<Row>,
}

#[derive(Clone, PartialEq, Eq)]
pub struct Row {
    /// As the spreadsheet shows it at the left edge: the first row is 1.
    pub number: u32,
    /// Empty cells at the end are left out; see [`Row::cell`].
    pub cells: Vec<Cell>,
}

/// The text of a cell as a person sees it.
#[derive(Clone, PartialEq, Eq)]
pub enum Cell {
    /// Empty when nothing stands in the cell. Excel dates are `YYYY-MM-DD`, TRUE and FALSE are `ya` and `tidak`.
    Text(String),
    /// The spreadsheet program destroyed what was typed.
    Damaged { shown: String, why: Damage },
}

/// What a spreadsheet program did to a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Damage {
    /// Stored as a number of more than 15 digits: the digits after the 15th are lost.
    TooManyDigits,
    /// Turned into text such as `3.30512E+15`.
    Scientific,
    /// The result of a formula is an error such as `#REF!`.
    Formula,
}

impl fmt::Display for Damage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Damage::TooManyDigits => {
                "disimpan sebagai bilangan lebih dari 15 angka, sehingga angka terakhirnya hilang"
            }
            Damage::Scientific => "diubah menjadi bilangan ilmiah (E+), sehingga angka terakhirnya hilang",
            Damage::Formula => "rumusnya menghasilkan kesalahan",
        })
    }
}

static EMPTY: Cell = Cell::Text(String::new());

impl Row {
    /// The cell of a column counted from 0; an empty one beyond the end.
    pub fn cell(&self, column: usize) -> &Cell {
        self.cells.get(column).unwrap_or(&EMPTY)
    }
}

impl Cell {
    /// What the person sees, damaged or not.
    pub fn shown(&self) -> &str {
        match self {
            Cell::Text(text) | Cell::Damaged { shown: text, .. } => text,
        }
    }

    pub fn is_empty(&self) -> bool {
        self.shown().trim().is_empty()
    }

    pub(crate) fn empty() -> Self {
        Cell::Text(String::new())
    }

    /// A cell that holds text. An apostrophe before it only tells the spreadsheet that it is text.
    pub(crate) fn from_text(text: &str) -> Self {
        let text = text.strip_prefix('\'').unwrap_or(text);
        if is_scientific(text.trim()) {
            Cell::Damaged { shown: text.trim().to_owned(), why: Damage::Scientific }
        } else {
            Cell::Text(text.to_owned())
        }
    }
}

/// `3.30512E+15`, `3,30512E+15`: always with the plus sign that spreadsheets write and people do not.
fn is_scientific(text: &str) -> bool {
    let Some((mantissa, exponent)) = text.split_once("E+").or_else(|| text.split_once("e+")) else {
        return false;
    };
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    let (whole, fraction) = mantissa.split_once(['.', ',']).unwrap_or((mantissa, "0"));
    digits(whole.strip_prefix('-').unwrap_or(whole)) && digits(fraction) && digits(exponent)
}

/// `A` for column 0, `AA` for column 26.
pub fn column_letters(column: usize) -> String {
    let mut letters = Vec::new();
    let mut rest = column + 1;
    while rest > 0 {
        rest -= 1;
        letters.push(b'A' + (rest % 26) as u8);
        rest /= 26;
    }
    letters.iter().rev().map(|letter| char::from(*letter)).collect()
}

/// Gathers rows in order, keeps the limits, takes the first row with content as the header.
pub(crate) struct Gathered {
    header: Option<Row>,
    rows: Vec<Row>,
    text_bytes: usize,
}

impl Gathered {
    pub fn new() -> Self {
        Self { header: None, rows: Vec::new(), text_bytes: 0 }
    }

    pub fn has_header(&self) -> bool {
        self.header.is_some()
    }

    pub fn push(&mut self, number: u32, mut cells: Vec<Cell>) -> Result<(), SheetError> {
        while cells.last().is_some_and(Cell::is_empty) {
            cells.pop();
        }
        if cells.is_empty() {
            return Ok(());
        }
        let refuse = |limit| Err(SheetError::limit(limit, Some(number)));
        if cells.len() > MAX_COLUMNS {
            return refuse(Limit::Columns);
        }
        for cell in &cells {
            let shown = cell.shown();
            if shown.len() > MAX_CELL_CHARS && shown.chars().count() > MAX_CELL_CHARS {
                return refuse(Limit::CellChars);
            }
            self.text_bytes += shown.len();
        }
        if self.text_bytes > MAX_TEXT_BYTES {
            return refuse(Limit::Text);
        }
        let row = Row { number, cells };
        if self.header.is_none() {
            self.header = Some(row);
        } else if self.rows.len() == MAX_ROWS {
            return refuse(Limit::Rows);
        } else {
            self.rows.push(row);
        }
        Ok(())
    }

    /// `None` when no row had content.
    pub fn into_table(self, sheet: Option<String>) -> Option<Table> {
        let header = self.header?;
        Some(Table {
            sheet,
            header_row: header.number,
            header: header.cells.iter().map(|cell| cell.shown().trim().to_owned()).collect(),
            rows: self.rows,
        })
    }
}

impl fmt::Debug for Table {
    /// The shape only: the cells are personal data.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Table({} columns, {} rows)", self.header.len(), self.rows.len())
    }
}

impl fmt::Debug for Row {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Row({}, {} cells)", self.number, self.cells.len())
    }
}

impl fmt::Debug for Cell {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Cell::Text(_) => f.write_str("Text(..)"),
            Cell::Damaged { why, .. } => write!(f, "Damaged({why:?})"),
        }
    }
}
