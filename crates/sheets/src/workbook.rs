//! XLSX and XLSM, read cell by cell: a cell far out in a sheet must not cost the memory of everything before it.

use crate::error::SheetError;
use crate::limits::{Limit, MAX_COLUMNS};
use crate::table::{Cell, Damage, Gathered, Row, Table};
use crate::template::fold;
use calamine::{
    Data, DataRef, ExcelDateTime, Reader, Sheet, SheetType, SheetVisible, Style, Xlsx, XlsxError,
};
use std::io::Cursor;

type Workbook<'a> = Xlsx<Cursor<&'a [u8]>>;

pub(crate) fn read(bytes: &[u8]) -> Result<Table, SheetError> {
    let mut workbook: Workbook<'_> = Xlsx::new(Cursor::new(bytes)).map_err(broken)?;
    let sheet = choose(&sheet_names(workbook.sheets_metadata()), |name| gather(&mut workbook, name, true))?;
    gather(&mut workbook, &sheet, false)?.into_table(Some(sheet)).ok_or(SheetError::Empty)
}

/// Visible sheets of cells, in the order of their tabs.
pub(crate) fn sheet_names(sheets: &[Sheet]) -> Vec<String> {
    sheets
        .iter()
        .filter(|sheet| sheet.typ == SheetType::WorkSheet && sheet.visible == SheetVisible::Visible)
        .map(|sheet| sheet.name.clone())
        .collect()
}

/// The first sheet whose header has a column `nik`, else the first with content.
pub(crate) fn choose(
    names: &[String],
    mut header: impl FnMut(&str) -> Result<Gathered, SheetError>,
) -> Result<String, SheetError> {
    let mut first = None;
    for name in names {
        let Some(table) = header(name)?.into_table(None) else {
            continue;
        };
        if table.header.iter().any(|title| fold(title) == "nik") {
            return Ok(name.clone());
        }
        first = first.or(Some(name));
    }
    first.cloned().ok_or(SheetError::Empty)
}

fn gather(workbook: &mut Workbook<'_>, sheet: &str, header_only: bool) -> Result<Gathered, SheetError> {
    let mut gathered = Gathered::new();
    let mut reader = match workbook.worksheet_cells_reader(sheet) {
        Ok(reader) => reader,
        // A chart on a tab of its own.
        Err(XlsxError::NotAWorksheet(_)) => return Ok(gathered),
        Err(error) => return Err(broken(error)),
    };
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
            gathered.push(row.number, std::mem::take(&mut row.cells))?;
            if header_only && gathered.has_header() {
                return Ok(gathered);
            }
            row.number = number;
        }
        place(&mut row, column as usize, content)?;
    }
    gathered.push(row.number, row.cells)?;
    Ok(gathered)
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
