//! A look into a zip before a reader opens it: what it is, and how large it grows.

use crate::error::SheetError;
use crate::limits::{Limit, MAX_UNPACKED_BYTES};
use std::io::{Cursor, Read};
use zip::ZipArchive;

/// Refuses zips that are no XLSX, and those that unpack to more than the limit. Sizes written in a zip may lie, so the
/// parts are really unpacked once, into nothing.
pub(crate) fn check(bytes: &[u8]) -> Result<(), SheetError> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| SheetError::Damaged)?;
    if let Some(kind) = other_kind(&archive) {
        return Err(SheetError::NotATable(kind));
    }
    let mut left = MAX_UNPACKED_BYTES;
    for index in 0..archive.len() {
        let part = archive.by_index(index).map_err(|_| SheetError::Damaged)?;
        let size =
            std::io::copy(&mut part.take(left + 1), &mut std::io::sink()).map_err(|_| SheetError::Damaged)?;
        left = left.checked_sub(size).ok_or(SheetError::limit(Limit::Unpacked, None))?;
    }
    Ok(())
}

fn other_kind(archive: &ZipArchive<Cursor<&[u8]>>) -> Option<&'static str> {
    let has = |test: fn(&str) -> bool| archive.file_names().any(|name| name.is_ok_and(|name| test(&name)));
    if has(|name| name.ends_with("workbook.xml")) {
        None
    } else if has(|name| name.ends_with("workbook.bin")) {
        Some("Excel biner (XLSB)")
    } else if has(|name| name == "mimetype") {
        Some("OpenDocument (ODS)")
    } else if has(|name| name.starts_with("word/")) {
        Some("dokumen Word")
    } else {
        Some("arsip ZIP")
    }
}
