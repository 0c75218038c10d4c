//! A look into a zip before a reader opens it: what it is, and how large it grows.

use crate::error::SheetError;
use crate::limits::{Limit, MAX_UNPACKED_BYTES};
use std::io::{Cursor, Read};
use zip::ZipArchive;

/// Refuses zips that are no XLSX, and those that unpack to more than the limit. Sizes written in a zip may lie, so the
/// parts are really unpacked once, into nothing.
pub(crate) fn check(bytes: &[u8]) -> Result<(), SheetError> {
    check_within(bytes, MAX_UNPACKED_BYTES)
}

fn check_within(bytes: &[u8], limit: u64) -> Result<(), SheetError> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| SheetError::Damaged)?;
    if let Some(kind) = other_kind(&archive) {
        return Err(SheetError::NotATable(kind));
    }
    let mut left = limit;
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

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;
    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    fn packed(size: usize) -> Vec<u8> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for name in ["xl/workbook.xml", "xl/worksheets/sheet1.xml"] {
            writer.start_file(name, SimpleFileOptions::default()).unwrap();
            writer.write_all(&vec![b' '; size]).unwrap();
        }
        writer.finish().unwrap().into_inner()
    }

    #[test]
    fn a_zip_that_grows_beyond_the_limit_is_refused() {
        let bytes = packed(1_000_000);
        assert!(bytes.len() < 10_000);
        assert!(check_within(&bytes, 2_000_000).is_ok());
        let error = check_within(&bytes, 1_999_999).unwrap_err();
        assert!(matches!(error, SheetError::TooMuch { limit: Limit::Unpacked, .. }), "{error}");
    }

    #[test]
    fn a_size_that_lies_does_not_help() {
        let mut bytes = packed(1_000_000);
        let truth = 1_000_000_u32.to_le_bytes();
        let places: Vec<usize> = (0..bytes.len() - 4).filter(|at| bytes[*at..at + 4] == truth).collect();
        assert!(places.len() >= 4, "local and central headers of both parts");
        for at in places {
            bytes[at..at + 4].copy_from_slice(&10_u32.to_le_bytes());
        }
        assert!(check_within(&bytes, 500_000).is_err());
    }
}
