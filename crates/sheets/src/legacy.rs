//! XLS, the format of Excel 97-2003, which Dukcapil's programs still write.
//!
//! The reader believes the sizes in the file and takes memory for them at once, so the records are walked over before:
//! only the stream that was looked at is handed on, in a container made here.

use crate::book::{Flow, Intake};
use crate::error::SheetError;
use crate::limits::{Limit, MAX_COLUMNS};
use crate::workbook::{convert_data, sheet_names};
use calamine::{Data, Range, Reader, Xls, XlsError};
use cfb::{CompoundFile, Version};
use std::io::{Cursor, Read, Write};

/// XLS has 65,536 rows and 256 columns.
const ROWS: u32 = 65_536;
const COLUMNS: u32 = 256;
/// Cells between the first and the last of all sheets together, each 32 bytes in the reader.
const MAX_CELLS: u64 = 16_000_000;

pub(crate) fn read(bytes: &[u8], intake: &mut Intake<'_>) -> Result<(), SheetError> {
    intake.look()?;
    let stream = workbook_stream(bytes)?;
    check(&stream)?;
    let mut workbook = Xls::new(Cursor::new(contain(&stream)?)).map_err(broken)?;
    for name in sheet_names(workbook.sheets_metadata()) {
        intake.look()?;
        let range = workbook.worksheet_range(&name).map_err(broken)?;
        if intake.begin(Some(&name), range.height() as u64) == Flow::On {
            read_sheet(&range, intake)?;
        }
    }
    Ok(())
}

fn workbook_stream(bytes: &[u8]) -> Result<Vec<u8>, SheetError> {
    let mut container = CompoundFile::open(Cursor::new(bytes)).map_err(|_| SheetError::Damaged)?;
    if container.is_stream("/EncryptedPackage") {
        return Err(SheetError::Password);
    }
    let path = ["/Workbook", "/Book"]
        .into_iter()
        .find(|path| container.is_stream(path))
        .ok_or(SheetError::NotATable("berkas Office lama yang bukan tabel"))?;
    let stream = container.open_stream(path).map_err(|_| SheetError::Damaged)?;
    let mut content = Vec::new();
    // A chain of sectors cannot be longer than the file.
    stream.take(bytes.len() as u64).read_to_end(&mut content).map_err(|_| SheetError::Damaged)?;
    Ok(content)
}

fn contain(stream: &[u8]) -> Result<Vec<u8>, SheetError> {
    let write = || -> std::io::Result<Vec<u8>> {
        let mut container = CompoundFile::create_with_version(Version::V3, Cursor::new(Vec::new()))?;
        container.create_stream("/Workbook")?.write_all(stream)?;
        container.flush()?;
        Ok(container.into_inner().into_inner())
    };
    write().map_err(|_| SheetError::Damaged)
}

/// Walks over the records of the workbook and of every sheet it names.
fn check(stream: &[u8]) -> Result<(), SheetError> {
    const BOUND_SHEET: u16 = 0x0085;
    let mut cells = 0;
    for (kind, data) in (Records { rest: stream }) {
        if kind == BOUND_SHEET {
            let start = long(data, 0).ok_or(SheetError::Damaged)? as usize;
            let sheet = stream.get(start..).ok_or(SheetError::Damaged)?;
            cells += area(sheet)?;
            if cells > MAX_CELLS {
                return Err(SheetError::Damaged);
            }
        }
    }
    Ok(())
}

/// The cells between the first and the last of a sheet.
fn area(sheet: &[u8]) -> Result<u64, SheetError> {
    const DIMENSIONS: u16 = 0x0200;
    const MULTIPLE_NUMBERS: u16 = 0x00BD;
    const WITH_CELL: [u16; 8] = [0x0203, 0x0204, 0x00D6, 0x0205, 0x027E, 0x00FD, 0x0006, MULTIPLE_NUMBERS];
    const END: u16 = 0x000A;
    let (mut last_row, mut last_column) = (0, 0);
    let mut inside = 0_u32;
    for (kind, data) in (Records { rest: sheet }) {
        match kind {
            0x0809 => inside += 1,
            END if inside <= 1 => break,
            END => inside -= 1,
            DIMENSIONS => check_dimensions(data)?,
            _ if WITH_CELL.contains(&kind) => {
                let (row, column) = short(data, 0).zip(short(data, 2)).ok_or(SheetError::Damaged)?;
                let last = match kind {
                    MULTIPLE_NUMBERS => short(data, data.len().saturating_sub(2)).unwrap_or(column),
                    _ => column,
                };
                if column >= COLUMNS || last >= COLUMNS {
                    return Err(SheetError::Damaged);
                }
                last_row = last_row.max(row);
                last_column = last_column.max(column).max(last);
            }
            _ => {}
        }
    }
    Ok(u64::from(last_row + 1) * u64::from(last_column + 1))
}

/// First row, row after the last, first column, column after the last; rows take two bytes each in the older versions.
fn check_dimensions(data: &[u8]) -> Result<(), SheetError> {
    let (first, last, at) = match data.len() {
        10 => (short(data, 0), short(data, 2), 4),
        14 => (long(data, 0), long(data, 4), 8),
        _ => return Err(SheetError::Damaged),
    };
    let bounds = first.zip(last).zip(short(data, at).zip(short(data, at + 2)));
    let Some(((first_row, after_row), (first_column, after_column))) = bounds else {
        return Err(SheetError::Damaged);
    };
    let sane = first_row <= after_row
        && after_row <= ROWS
        && first_column <= after_column
        && after_column <= COLUMNS;
    if sane { Ok(()) } else { Err(SheetError::Damaged) }
}

/// Records of a kind and their data, each with its length before it.
struct Records<'a> {
    rest: &'a [u8],
}

impl<'a> Iterator for Records<'a> {
    type Item = (u16, &'a [u8]);

    fn next(&mut self) -> Option<Self::Item> {
        let (head, rest) = self.rest.split_at_checked(4)?;
        let length = usize::from(u16::from_le_bytes([head[2], head[3]]));
        let (data, rest) = rest.split_at_checked(length)?;
        self.rest = rest;
        Some((u16::from_le_bytes([head[0], head[1]]), data))
    }
}

fn short(data: &[u8], at: usize) -> Option<u32> {
    data.get(at..at + 2).map(|b| u32::from(u16::from_le_bytes([b[0], b[1]])))
}

fn long(data: &[u8], at: usize) -> Option<u32> {
    data.get(at..at + 4).map(|b| u32::from_le_bytes([b[0], b[1], b[2], b[3]]))
}

fn read_sheet(range: &Range<Data>, intake: &mut Intake<'_>) -> Result<(), SheetError> {
    let Some((first_row, first_column)) = range.start() else {
        return Ok(());
    };
    for (offset, row) in range.rows().enumerate() {
        let number = first_row + offset as u32 + 1;
        let mut cells = vec![crate::Cell::empty(); first_column as usize];
        cells.extend(row.iter().map(convert_data));
        if cells.iter().skip(MAX_COLUMNS).any(|cell| !cell.is_empty()) {
            return Err(SheetError::limit(Limit::Columns, Some(number)));
        }
        if intake.push(number, cells)? == Flow::Enough {
            break;
        }
    }
    Ok(())
}

fn broken(error: XlsError) -> SheetError {
    match error {
        XlsError::Password => SheetError::Password,
        _ => SheetError::Damaged,
    }
}
