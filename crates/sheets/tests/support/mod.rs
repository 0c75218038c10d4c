//! Files made by hand, down to the bytes where a writer would not make what a stranger might.
#![allow(dead_code)]

use payung_domain::Unwatched;
use payung_sheets::{Applicants, Cell, Row, SheetError, read_people_from, read_sheets_from};
use std::io::{Cursor, Write};
use std::path::Path;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// The first sheet with something in it, its first row taken for the titles.
#[derive(Debug)]
pub struct Table {
    pub sheet: Option<String>,
    pub header_row: u32,
    pub header: Vec<String>,
    pub rows: Vec<Row>,
}

pub fn read_table_from(bytes: &[u8]) -> Result<Table, SheetError> {
    let mut sheets = read_sheets_from(bytes, &Unwatched)?;
    sheets.retain(|sheet| !sheet.rows.is_empty());
    if sheets.is_empty() {
        return Err(SheetError::Empty);
    }
    let mut sheet = sheets.remove(0);
    let header = sheet.rows.remove(0);
    Ok(Table {
        sheet: sheet.name,
        header_row: header.number,
        header: header.cells.iter().map(|cell| cell.shown().trim().to_owned()).collect(),
        rows: sheet.rows,
    })
}

pub fn read_table(path: &Path) -> Result<Table, SheetError> {
    payung_sheets::read_sheets(path, &Unwatched)?;
    read_table_from(&std::fs::read(path).unwrap())
}

pub fn csv(text: &str) -> Table {
    read_table_from(text.as_bytes()).unwrap()
}

pub fn people(bytes: &[u8]) -> Result<Applicants, SheetError> {
    let read = read_people_from(bytes, &Unwatched);
    if let Ok(found) = &read {
        check_shape(found);
    }
    read
}

/// What holds for every file: rows stand on sheets that were named, in order, and none is both taken and skipped.
pub fn check_shape(found: &Applicants) {
    let mut places: Vec<(u16, u32)> = found.rows.iter().map(|row| (row.sheet, row.row)).collect();
    assert!(places.is_sorted(), "rows in the order of the file");
    places.extend(found.skipped.iter().map(|row| (row.sheet, row.row)));
    let all = places.len();
    places.sort_unstable();
    places.dedup();
    assert_eq!(places.len(), all, "a row is taken or skipped, once");
    assert!(places.iter().all(|(sheet, _)| usize::from(*sheet) < found.sheets.len().max(1)));
    assert!(found.rows.iter().all(|row| !(row.values.is_empty() && row.errors.is_empty())));
}

pub fn refused(bytes: &[u8]) -> SheetError {
    read_table_from(bytes).unwrap_err()
}

/// The shown texts of all rows.
pub fn shown(table: &Table) -> Vec<Vec<&str>> {
    table.rows.iter().map(|row| row.cells.iter().map(Cell::shown).collect()).collect()
}

pub fn numbers(table: &Table) -> Vec<u32> {
    table.rows.iter().map(|row| row.number).collect()
}

pub fn zip(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(content.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// A workbook of these sheets, all cells text; empty texts are empty cells.
pub fn book(sheets: &[(&str, &[&[&str]])]) -> Vec<u8> {
    let mut workbook = rust_xlsxwriter::Workbook::new();
    for (name, rows) in sheets {
        let sheet = workbook.add_worksheet().set_name(*name).unwrap();
        for (row, cells) in rows.iter().enumerate() {
            for (column, cell) in cells.iter().enumerate().filter(|(_, cell)| !cell.is_empty()) {
                sheet.write(row as u32, column as u16, *cell).unwrap();
            }
        }
    }
    workbook.save_to_buffer().unwrap()
}

/// The values of each row, by the template's names.
pub fn values(found: &Applicants) -> Vec<Vec<(&'static str, &str)>> {
    found
        .rows
        .iter()
        .map(|row| row.values.iter().map(|(field, value)| (field.name(), value)).collect())
        .collect()
}

/// A workbook of one sheet with these `<row>`s. Style 1 is a date, style 2 is `000`.
pub fn xlsx(rows: &str) -> Vec<u8> {
    let sheet = format!(
        r#"<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{rows}</sheetData></worksheet>"#
    );
    zip(&[
        (
            "[Content_Types].xml",
            r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>"#,
        ),
        (
            "_rels/.rels",
            r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#,
        ),
        (
            "xl/workbook.xml",
            r#"<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="Lembar" sheetId="1" r:id="rId1"/></sheets></workbook>"#,
        ),
        (
            "xl/_rels/workbook.xml.rels",
            r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#,
        ),
        (
            "xl/styles.xml",
            r#"<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><numFmts count="1"><numFmt numFmtId="164" formatCode="000"/></numFmts><cellXfs count="3"><xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/><xf numFmtId="164" applyNumberFormat="1"/></cellXfs></styleSheet>"#,
        ),
        ("xl/worksheets/sheet1.xml", &sheet),
    ])
}

/// One record of an XLS: kind, length, data.
pub fn record(kind: u16, data: &[u8]) -> Vec<u8> {
    let mut bytes = kind.to_le_bytes().to_vec();
    bytes.extend((data.len() as u16).to_le_bytes());
    bytes.extend(data);
    bytes
}

pub fn xls_text(row: u16, column: u16, text: &str) -> Vec<u8> {
    let mut data: Vec<u8> =
        [row, column, 0, text.len() as u16].iter().flat_map(|n| n.to_le_bytes()).collect();
    data.push(0);
    data.extend(text.bytes());
    record(0x0204, &data)
}

pub fn xls_number(row: u16, column: u16, format: u16, number: f64) -> Vec<u8> {
    let mut data: Vec<u8> = [row, column, format].iter().flat_map(|n| n.to_le_bytes()).collect();
    data.extend(number.to_le_bytes());
    record(0x0203, &data)
}

/// A workbook of Excel 97 with one sheet of these records. Format 1 is a date.
pub fn xls(cells: &[Vec<u8>]) -> Vec<u8> {
    let bof = |kind: u16| record(0x0809, &[0x0600_u16, kind].map(u16::to_le_bytes).concat());
    let format = |number: u16| record(0x00E0, &[[0; 2], number.to_le_bytes()].concat().repeat(5));
    let name = "Lembar";
    let mut globals = [bof(0x0005), format(0), format(14)].concat();
    // Start of the sheet (4), visible (1), a sheet of cells (1), length of the name (1), 8-bit characters (1), the name.
    let start = globals.len() + 4 + 8 + name.len() + 4;
    let mut sheet = (start as u32).to_le_bytes().to_vec();
    sheet.extend([0, 0, name.len() as u8, 0]);
    sheet.extend(name.bytes());
    globals.extend(record(0x0085, &sheet));
    globals.extend(record(0x000A, &[]));
    assert_eq!(globals.len(), start);
    contain(&[globals, bof(0x0010), cells.concat(), record(0x000A, &[])].concat(), "/Workbook")
}

pub fn contain(stream: &[u8], path: &str) -> Vec<u8> {
    let mut container = cfb::CompoundFile::create(Cursor::new(Vec::new())).unwrap();
    container.create_stream(path).unwrap().write_all(stream).unwrap();
    container.flush().unwrap();
    container.into_inner().into_inner()
}

/// Says past the test runner's capture that a file from outside the project is not there.
pub fn absent(name: &str, instead: &str) {
    let words = format!("\nSKIPPED: {name} is not beside this copy of the project; {instead}\n");
    let _ = std::io::stderr().write_all(words.as_bytes());
}
