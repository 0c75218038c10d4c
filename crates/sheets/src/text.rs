//! CSV: text in one of the encodings that Excel writes, separated by comma, semicolon or tab.

use crate::book::{Flow, Intake};
use crate::error::SheetError;
use crate::limits::{Limit, MAX_CELL_CHARS, MAX_COLUMNS};
use crate::table::Cell;
use std::borrow::Cow;

pub(crate) fn read(bytes: &[u8], intake: &mut Intake<'_>) -> Result<(), SheetError> {
    if let Some(kind) = other_kind(bytes) {
        return Err(SheetError::NotATable(kind));
    }
    let decoded = decode(bytes);
    if decoded.contains('\0') {
        return Err(SheetError::NotATable("berkas biner yang tidak dikenal"));
    }
    let (separator, text) = separator(&decoded);
    let lines = text.bytes().filter(|byte| *byte == b'\n').count() + 1;
    if intake.begin(None, lines as u64) == Flow::Enough {
        return Ok(());
    }
    let mut parser = Parser { rest: text, separator };
    let mut number = 0;
    while !parser.rest.is_empty() {
        number += 1;
        let cells = parser.record(number)?;
        if intake.push(number, cells)? == Flow::Enough {
            break;
        }
    }
    Ok(())
}

/// Files that are given a wrong name often enough to deserve a word of their own.
fn other_kind(bytes: &[u8]) -> Option<&'static str> {
    let start = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes).trim_ascii_start();
    let begins = |what: &[u8]| start.len() >= what.len() && start[..what.len()].eq_ignore_ascii_case(what);
    if begins(b"%PDF") {
        Some("PDF")
    } else if begins(b"<html") || begins(b"<!doctype html") || begins(b"<table") {
        Some("halaman web yang dinamai seperti Excel")
    } else if begins(b"<?xml") {
        Some("berkas XML")
    } else if begins(b"{\\rtf") {
        Some("dokumen tulisan (RTF)")
    } else if begins(b"\x89PNG") || begins(b"\xFF\xD8\xFF") {
        Some("gambar")
    } else {
        None
    }
}

/// UTF-8 (with or without byte order mark), UTF-16 with one (Excel's "Unicode Text"), else Windows-1252.
fn decode(bytes: &[u8]) -> Cow<'_, str> {
    let utf16 = |bytes: &[u8], unit: fn([u8; 2]) -> u16| {
        let units: Vec<u16> = bytes.chunks_exact(2).map(|pair| unit([pair[0], pair[1]])).collect();
        Cow::Owned(String::from_utf16_lossy(&units))
    };
    if let Some(rest) = bytes.strip_prefix(b"\xFF\xFE") {
        return utf16(rest, u16::from_le_bytes);
    }
    if let Some(rest) = bytes.strip_prefix(b"\xFE\xFF") {
        return utf16(rest, u16::from_be_bytes);
    }
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    match std::str::from_utf8(bytes) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) => Cow::Owned(bytes.iter().map(|byte| windows_1252(*byte)).collect()),
    }
}

fn windows_1252(byte: u8) -> char {
    const HIGH: [char; 32] = [
        '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8D}', 'Ž', '\u{8F}',
        '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9D}', 'ž', 'Ÿ',
    ];
    match byte {
        0x80..=0x9F => HIGH[usize::from(byte) - 0x80],
        _ => char::from(byte),
    }
}

/// The separator, and the text without a line `sep=;` that names it (Excel does not show that line).
fn separator(text: &str) -> (char, &str) {
    if let Some(rest) = text.strip_prefix("sep=").or_else(|| text.strip_prefix("SEP=")) {
        let mut chars = rest.chars();
        if let Some(separator) = chars.next().filter(|c| SEPARATORS.contains(c)) {
            let rest = chars.as_str();
            if rest.is_empty() || rest.starts_with(['\r', '\n']) {
                return (separator, after_line_break(rest));
            }
        }
    }
    // The header decides: the separator seen most in the first line with content, outside quotes.
    let line = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let outside: String = line.split('"').step_by(2).collect();
    let count = |separator: char| outside.matches(separator).count();
    let best = SEPARATORS.into_iter().rev().max_by_key(|separator| count(*separator)).unwrap_or(',');
    (best, text)
}

const SEPARATORS: [char; 3] = [',', ';', '\t'];

struct Parser<'a> {
    rest: &'a str,
    separator: char,
}

impl Parser<'_> {
    /// One row with the line break that ends it. Empty fields take no memory until a filled one follows: a line of a
    /// hundred million separators is a row without content.
    fn record(&mut self, row: u32) -> Result<Vec<Cell>, SheetError> {
        let mut cells = Vec::new();
        let mut column = 0;
        loop {
            let field =
                if self.rest.starts_with('"') { self.quoted(row)? } else { Cow::Borrowed(self.plain()) };
            if field.len() > MAX_CELL_CHARS && field.chars().count() > MAX_CELL_CHARS {
                return Err(SheetError::limit(Limit::CellChars, Some(row)));
            }
            if !field.trim().is_empty() {
                if column >= MAX_COLUMNS {
                    return Err(SheetError::limit(Limit::Columns, Some(row)));
                }
                cells.resize_with(column, Cell::empty);
                cells.push(Cell::from_text(&field));
            }
            column += 1;
            match self.rest.strip_prefix(self.separator) {
                Some(rest) => self.rest = rest,
                None => break,
            }
        }
        self.rest = after_line_break(self.rest);
        Ok(cells)
    }

    fn plain(&mut self) -> &str {
        let separator = self.separator;
        let end = self.rest.find([separator, '\r', '\n']).unwrap_or(self.rest.len());
        let (field, rest) = self.rest.split_at(end);
        self.rest = rest;
        field
    }

    /// A field in quotes may hold separators, line breaks and doubled quotes. What follows the closing quote is kept.
    fn quoted(&mut self, row: u32) -> Result<Cow<'_, str>, SheetError> {
        let mut field = String::new();
        let mut rest = self.rest.strip_prefix('"').unwrap_or(self.rest);
        loop {
            let Some((part, after)) = rest.split_once('"') else {
                return Err(SheetError::UnclosedQuote { row });
            };
            field.push_str(part);
            match after.strip_prefix('"') {
                Some(after_pair) => {
                    field.push('"');
                    rest = after_pair;
                }
                None => {
                    self.rest = after;
                    break;
                }
            }
        }
        field.push_str(self.plain());
        Ok(Cow::Owned(field))
    }
}

fn after_line_break(text: &str) -> &str {
    text.strip_prefix("\r\n").or_else(|| text.strip_prefix(['\r', '\n'])).unwrap_or(text)
}
