//! A file as sheets of rows, whatever its kind. Rows are handed on one by one: of a population of 200,000 only what is
//! wanted stays in memory.

use crate::error::SheetError;
use crate::limits::{Limit, MAX_CELL_CHARS, MAX_COLUMNS, MAX_FILE_BYTES, MAX_ROWS, MAX_TEXT_BYTES};
use crate::table::{Cell, Row, Sheet};
use crate::{legacy, packed, text, workbook};
use payung_domain::Watch;
use std::fs::File;
use std::io::Read;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

/// Rows between two looks at the watch.
const ROWS_A_LOOK: usize = 500;

/// What a reader of rows says after each of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Flow {
    On,
    /// Nothing more is wanted of this sheet.
    Enough,
}

/// Takes the rows of a file, sheet after sheet, in order. Rows without content are left out.
pub(crate) trait Taker {
    /// A sheet begins; `None` is the name of a CSV.
    fn sheet(&mut self, name: Option<&str>) -> Flow;
    fn row(&mut self, row: Row) -> Result<Flow, SheetError>;
}

/// Reads all sheets of a CSV, XLSX, XLSM or XLS file. The content tells the kind, not the name.
pub fn read_sheets(path: &Path, watch: &dyn Watch) -> Result<Vec<Sheet>, SheetError> {
    read_sheets_from(&file_bytes(path)?, watch)
}

/// As [`read_sheets`], from the bytes of a file.
pub fn read_sheets_from(bytes: &[u8], watch: &dyn Watch) -> Result<Vec<Sheet>, SheetError> {
    let mut sheets = Vec::new();
    read(bytes, watch, &mut sheets)?;
    Ok(sheets)
}

impl Taker for Vec<Sheet> {
    fn sheet(&mut self, name: Option<&str>) -> Flow {
        self.push(Sheet { name: name.map(str::to_owned), rows: Vec::new() });
        Flow::On
    }

    fn row(&mut self, row: Row) -> Result<Flow, SheetError> {
        if let Some(sheet) = self.last_mut() {
            sheet.rows.push(row);
        }
        Ok(Flow::On)
    }
}

pub(crate) fn file_bytes(path: &Path) -> Result<Vec<u8>, SheetError> {
    let file = File::open(path).map_err(|error| SheetError::Unopened(error.kind()))?;
    // Refused at once, before any of it is read.
    if file.metadata().is_ok_and(|found| found.is_file() && found.len() > MAX_FILE_BYTES) {
        return Err(SheetError::limit(Limit::FileSize, None));
    }
    let mut bytes = Vec::new();
    // One byte more than allowed tells a file that is too large from one that just fits.
    file.take(MAX_FILE_BYTES + 1)
        .read_to_end(&mut bytes)
        .map_err(|error| SheetError::Unopened(error.kind()))?;
    Ok(bytes)
}

pub(crate) fn read(bytes: &[u8], watch: &dyn Watch, taker: &mut dyn Taker) -> Result<(), SheetError> {
    if bytes.len() as u64 > MAX_FILE_BYTES {
        return Err(SheetError::limit(Limit::FileSize, None));
    }
    // The readers of Excel's formats are not ours; a file that makes one panic is a damaged file.
    catch_unwind(AssertUnwindSafe(|| read_by_content(bytes, &mut Intake::new(watch, taker))))
        .unwrap_or(Err(SheetError::Damaged))
}

fn read_by_content(bytes: &[u8], intake: &mut Intake<'_>) -> Result<(), SheetError> {
    const ZIP: &[u8] = b"PK\x03\x04";
    if bytes.starts_with(ZIP) {
        match packed::open(bytes, intake)? {
            packed::Inside::Workbook => workbook::read(bytes, intake),
            // What lies in a zip is a table or nothing: a zip in a zip is not opened.
            packed::Inside::File(file) if file.starts_with(ZIP) => {
                packed::check(&file, intake)?;
                workbook::read(&file, intake)
            }
            packed::Inside::File(file) => read_unpacked(&file, intake),
        }
    } else {
        read_unpacked(bytes, intake)
    }
}

fn read_unpacked(bytes: &[u8], intake: &mut Intake<'_>) -> Result<(), SheetError> {
    const OLE: &[u8] = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";
    if bytes.starts_with(OLE) { legacy::read(bytes, intake) } else { text::read(bytes, intake) }
}

/// Between the readers and the taker: keeps the limits over all sheets and looks at the watch.
pub(crate) struct Intake<'a> {
    watch: &'a dyn Watch,
    taker: &'a mut dyn Taker,
    /// Rows taken, and rows that the sheets so far were said to have.
    rows: usize,
    rows_expected: u64,
    /// The first row of a sheet is its heading and not counted.
    headings: usize,
    text_bytes: usize,
    empty_so_far: bool,
}

impl<'a> Intake<'a> {
    pub fn new(watch: &'a dyn Watch, taker: &'a mut dyn Taker) -> Self {
        Self { watch, taker, rows: 0, rows_expected: 0, headings: 0, text_bytes: 0, empty_so_far: true }
    }

    pub fn watch(&self) -> &'a dyn Watch {
        self.watch
    }

    /// A sheet begins. Sizes written in a file may lie, so the number of rows only serves the watch.
    pub fn begin(&mut self, name: Option<&str>, rows_expected: u64) -> Flow {
        self.rows_expected = self.rows as u64 + rows_expected.min(MAX_ROWS as u64 + 1);
        self.empty_so_far = true;
        self.taker.sheet(name)
    }

    /// Looks at the watch while nothing is read yet.
    pub fn look(&self) -> Result<(), SheetError> {
        self.at(self.rows as u64, self.rows_expected.max(1))
    }

    fn at(&self, done: u64, total: u64) -> Result<(), SheetError> {
        if self.watch.at(done, total) { Ok(()) } else { Err(SheetError::Stopped) }
    }

    pub fn push(&mut self, number: u32, mut cells: Vec<Cell>) -> Result<Flow, SheetError> {
        while cells.last().is_some_and(Cell::is_empty) {
            cells.pop();
        }
        if cells.is_empty() {
            return Ok(Flow::On);
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
        self.headings += usize::from(std::mem::take(&mut self.empty_so_far));
        self.rows += 1;
        if self.rows - self.headings > MAX_ROWS {
            return refuse(Limit::Rows);
        }
        if self.rows.is_multiple_of(ROWS_A_LOOK) {
            let done = self.rows as u64;
            self.at(done, self.rows_expected.max(done))?;
        }
        self.taker.row(Row { number, cells })
    }
}
