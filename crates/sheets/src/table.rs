//! Rows and cells as read.

use std::fmt;

/// A sheet and its rows. Rows without content are left out; the others keep their numbers.
#[derive(Clone, PartialEq, Eq)]
pub struct Sheet {
    /// `None` in a CSV.
    pub name: Option<String>,
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
        let text = without_mark(text);
        if is_scientific(text.trim()) {
            Cell::Damaged { shown: text.trim().to_owned(), why: Damage::Scientific }
        } else {
            Cell::Text(text.to_owned())
        }
    }
}

/// Without the apostrophe by which a number or a formula is marked as text. Before a letter it is part of a name.
pub(crate) fn without_mark(text: &str) -> &str {
    match text.strip_prefix('\'') {
        Some(rest) if rest.starts_with(|c: char| c.is_ascii_digit() || "=+-@'\t\r ".contains(c)) => rest,
        _ => text,
    }
}

/// `3.30512E+15`, `3,30512E+15`: always with the plus sign that spreadsheets write and people do not.
fn is_scientific(text: &str) -> bool {
    // Nearly every cell is decided by its first letter.
    if !text.starts_with(|c: char| c.is_ascii_digit() || c == '-') {
        return false;
    }
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

impl fmt::Debug for Sheet {
    /// The shape only: the cells are personal data.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Sheet({} rows)", self.rows.len())
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
