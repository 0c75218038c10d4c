//! XLSX and XLSM, read cell by cell: a cell far out in a sheet must not cost the memory of everything before it.

use crate::book::{Flow, Intake};
use crate::error::SheetError;
use crate::limits::{Limit, MAX_COLUMNS};
use crate::table::{Cell, Damage, Row};
use calamine::{
    Data, DataRef, ExcelDateTime, Reader, Sheet, SheetType, SheetVisible, Style, Xlsx, XlsxError,
};
use payung_domain::Watch;
use std::cell::Cell as Shared;
use std::io::{self, Cursor, Read, Seek, SeekFrom};
use std::rc::Rc;

pub(crate) fn read(bytes: &[u8], intake: &mut Intake<'_>) -> Result<(), SheetError> {
    let stopped = Rc::new(Shared::new(false));
    let watched =
        Watched { bytes: Cursor::new(bytes), watch: intake.watch(), since: 0, stopped: stopped.clone() };
    let result = read_all(watched, intake);
    if stopped.get() { Err(SheetError::Stopped) } else { result }
}

fn read_all(bytes: Watched<'_>, intake: &mut Intake<'_>) -> Result<(), SheetError> {
    let mut workbook: Xlsx<Watched<'_>> = Xlsx::new(bytes).map_err(broken)?;
    for name in sheet_names(workbook.sheets_metadata()) {
        read_sheet(&mut workbook, &name, intake)?;
    }
    Ok(())
}

/// Visible sheets of cells, in the order of their tabs.
pub(crate) fn sheet_names(sheets: &[Sheet]) -> Vec<String> {
    sheets
        .iter()
        .filter(|sheet| sheet.typ == SheetType::WorkSheet && sheet.visible == SheetVisible::Visible)
        .map(|sheet| sheet.name.clone())
        .collect()
}

fn read_sheet(
    workbook: &mut Xlsx<Watched<'_>>,
    name: &str,
    intake: &mut Intake<'_>,
) -> Result<(), SheetError> {
    let mut reader = match workbook.worksheet_cells_reader(name) {
        Ok(reader) => reader,
        // A chart on a tab of its own.
        Err(XlsxError::NotAWorksheet(_)) => return Ok(()),
        Err(error) => return Err(broken(error)),
    };
    let rows = reader.dimensions();
    if intake.begin(Some(name), u64::from(rows.end.0.saturating_sub(rows.start.0)) + 1) == Flow::Enough {
        return Ok(());
    }
    let mut row = Row { number: 0, cells: Vec::new() };
    while let Some((cell, style)) = reader.next_cell_with_style_id().map_err(broken)? {
        let (row_index, column) = cell.get_position();
        let content = convert(cell.get_value(), reader.styles().get(style));
        if content.is_empty() {
            continue;
        }
        let number = row_index.saturating_add(1);
        if number < row.number {
            return Err(SheetError::Damaged);
        }
        if number > row.number {
            let width = row.cells.len();
            let cells = std::mem::replace(&mut row.cells, Vec::with_capacity(width));
            if intake.push(row.number, cells)? == Flow::Enough {
                return Ok(());
            }
            row.number = number;
        }
        place(&mut row, column as usize, content)?;
    }
    intake.push(row.number, row.cells)?;
    Ok(())
}

/// The bytes of a workbook, with a look at the watch on the way: the texts of a large one take a while before its first
/// row is there.
struct Watched<'a> {
    bytes: Cursor<&'a [u8]>,
    watch: &'a dyn Watch,
    /// Bytes read since the last look.
    since: usize,
    stopped: Rc<Shared<bool>>,
}

impl Read for Watched<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        const BYTES_A_LOOK: usize = 512 * 1024;
        let read = self.bytes.read(buffer)?;
        self.since += read;
        if self.since >= BYTES_A_LOOK {
            self.since = 0;
            if !self.watch.at(0, 1) {
                self.stopped.set(true);
                return Err(io::Error::other("stopped"));
            }
        }
        Ok(read)
    }
}

impl Seek for Watched<'_> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.bytes.seek(to)
    }
}

fn place(row: &mut Row, column: usize, content: Cell) -> Result<(), SheetError> {
    if column >= MAX_COLUMNS {
        return Err(SheetError::limit(Limit::Columns, Some(row.number)));
    }
    if row.cells.len() <= column {
        row.cells.resize_with(column + 1, Cell::empty);
    }
    row.cells[column] = content;
    Ok(())
}

fn convert(value: &DataRef<'_>, style: Option<&Style>) -> Cell {
    match value {
        DataRef::Empty => Cell::empty(),
        DataRef::String(text) => Cell::from_text(text),
        DataRef::SharedString(text) => Cell::from_text(text),
        DataRef::Int(number) => number_cell(*number as f64, padding(style)),
        DataRef::Float(number) => number_cell(*number, padding(style)),
        DataRef::Bool(yes) => yes_no(*yes),
        DataRef::DateTime(date) => date_cell(date),
        DataRef::DateTimeIso(text) => Cell::Text(iso_date(text)),
        DataRef::DurationIso(text) => Cell::Text(text.clone()),
        DataRef::Error(error) => Cell::Damaged { shown: error.to_string(), why: Damage::Formula },
    }
}

/// The same for XLS, which tells no number formats.
pub(crate) fn convert_data(value: &Data) -> Cell {
    match value {
        Data::Empty => Cell::empty(),
        Data::String(text) => Cell::from_text(text),
        Data::Int(number) => number_cell(*number as f64, 0),
        Data::Float(number) => number_cell(*number, 0),
        Data::Bool(yes) => yes_no(*yes),
        Data::DateTime(date) => date_cell(date),
        Data::DateTimeIso(text) => Cell::Text(iso_date(text)),
        Data::DurationIso(text) => Cell::Text(text.clone()),
        Data::Error(error) => Cell::Damaged { shown: error.to_string(), why: Damage::Formula },
    }
}

/// How many digits a format of zeros alone (`000`) asks for: RT 1 is seen as 001.
fn padding(style: Option<&Style>) -> usize {
    let code = style.and_then(|style| style.number_format.as_ref()).map(|format| format.format_code.as_str());
    code.filter(|code| code.len() <= 20 && code.bytes().all(|b| b == b'0')).map_or(0, str::len)
}

/// Excel keeps 15 digits of a number. From the 16th on, zeros stand where other digits were typed.
fn number_cell(number: f64, padding: usize) -> Cell {
    const SIXTEEN_DIGITS: f64 = 1e15;
    if !number.is_finite() || number.abs() >= SIXTEEN_DIGITS {
        let shown = if number.abs() < 1e21 { format!("{number:.0}") } else { format!("{number:E}") };
        return Cell::Damaged { shown, why: Damage::TooManyDigits };
    }
    if number.fract() == 0.0 {
        Cell::Text(format!("{:0padding$}", number as i64))
    } else {
        Cell::Text(number.to_string())
    }
}

fn yes_no(yes: bool) -> Cell {
    Cell::Text(if yes { "ya" } else { "tidak" }.to_owned())
}

/// Excel counts days; the last one it knows is 9999-12-31. Below one it is a time of day.
fn date_cell(date: &ExcelDateTime) -> Cell {
    const AFTER_LAST_DAY: f64 = 2_958_466.0;
    let days = date.as_f64();
    if date.is_duration() || !(0.0..AFTER_LAST_DAY).contains(&days) {
        return number_cell(days, 0);
    }
    let (year, month, day, hour, minute, ..) = date.to_ymd_hms_milli();
    if days < 1.0 {
        Cell::Text(format!("{hour:02}:{minute:02}"))
    } else {
        Cell::Text(format!("{year:04}-{month:02}-{day:02}"))
    }
}

fn iso_date(text: &str) -> String {
    text.split_once('T').map_or(text, |(date, _)| date).to_owned()
}

fn broken(error: XlsxError) -> SheetError {
    match error {
        XlsxError::Password => SheetError::Password,
        _ => SheetError::Damaged,
    }
}
