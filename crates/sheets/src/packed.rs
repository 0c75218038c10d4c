//! A look into a zip before a reader opens it: what it is, and how large it grows.

use crate::book::Intake;
use crate::error::SheetError;
use crate::limits::{Limit, MAX_FILE_BYTES, MAX_UNPACKED_BYTES};
use crate::promised::Promise;
use std::io::{self, Cursor, Read, Write};
use zip::ZipArchive;

type Archive<'a> = ZipArchive<Cursor<&'a [u8]>>;

/// What lies in a zip.
pub(crate) enum Inside {
    /// The parts of one workbook: the zip is an XLSX.
    Workbook,
    /// The one table among its files, unpacked: the zip that OpenSID sends to a kabupaten.
    File(Vec<u8>),
}

/// Opens an XLSX, or a zip that holds one table.
pub(crate) fn open(bytes: &[u8], intake: &Intake<'_>) -> Result<Inside, SheetError> {
    let archive = archive(bytes)?;
    match other_kind(&archive) {
        None => check(bytes, intake).map(|()| Inside::Workbook),
        Some(ZIP) => the_table(archive, intake).map(Inside::File),
        Some(kind) => Err(SheetError::NotATable(kind)),
    }
}

/// Refuses zips that are no XLSX, and those that unpack to more than the limit. Sizes written in a zip may lie, so the
/// parts are really unpacked once, into nothing.
pub(crate) fn check(bytes: &[u8], intake: &Intake<'_>) -> Result<(), SheetError> {
    check_within(bytes, MAX_UNPACKED_BYTES, intake)
}

fn check_within(bytes: &[u8], limit: u64, intake: &Intake<'_>) -> Result<(), SheetError> {
    let mut archive = archive(bytes)?;
    if let Some(kind) = other_kind(&archive) {
        return Err(SheetError::NotATable(kind));
    }
    let mut left = limit;
    for index in 0..archive.len() {
        let name = archive.name_for_index(index).and_then(Result::ok).unwrap_or_default().to_lowercase();
        if !name.ends_with("sharedstrings.xml") {
            left -= unpack(&mut archive, index, left, &mut io::sink(), intake)?;
            continue;
        }
        let mut promise = Promise::default();
        left -= unpack(&mut archive, index, left, &mut promise, intake)?;
        if promise.promises_too_much() {
            return Err(SheetError::Damaged);
        }
    }
    Ok(())
}

/// The only CSV or Excel file in a zip; other files beside it do not matter. Names are compared, never used as paths.
fn the_table(mut archive: Archive<'_>, intake: &Intake<'_>) -> Result<Vec<u8>, SheetError> {
    let names: Vec<(usize, String)> = (0..archive.len())
        .filter_map(|index| Some((index, archive.name_for_index(index)?.ok()?.into_owned())))
        .filter(|(_, name)| is_table(name))
        .collect();
    match &names[..] {
        [] => Err(SheetError::NotATable(ZIP)),
        [(index, _)] => {
            let mut file = Vec::new();
            unpack(&mut archive, *index, MAX_FILE_BYTES, &mut file, intake)?;
            Ok(file)
        }
        several => Err(SheetError::SeveralTables(several.len())),
    }
}

fn is_table(path: &str) -> bool {
    let name = path.rsplit(['/', '\\']).next().unwrap_or(path).to_lowercase();
    // What a Mac packs beside each file, and what Excel leaves while a file is open.
    let beside = path.starts_with("__MACOSX") || name.starts_with("._") || name.starts_with("~$");
    !beside && [".xlsx", ".xlsm", ".xls", ".csv"].iter().any(|end| name.ends_with(end))
}

/// Unpacks one part and tells its true size.
fn unpack(
    archive: &mut Archive<'_>,
    index: usize,
    limit: u64,
    to: &mut dyn Write,
    intake: &Intake<'_>,
) -> Result<u64, SheetError> {
    const BYTES_A_LOOK: u64 = 8 * 1024 * 1024;
    let mut part = archive.by_index(index).map_err(|_| SheetError::Damaged)?;
    let mut size = 0;
    loop {
        intake.look()?;
        let stretch = (limit + 1 - size).min(BYTES_A_LOOK);
        let copied = io::copy(&mut part.by_ref().take(stretch), to).map_err(|_| SheetError::Damaged)?;
        size += copied;
        if size > limit {
            return Err(SheetError::limit(Limit::Unpacked, None));
        }
        if copied < stretch {
            return Ok(size);
        }
    }
}

fn archive(bytes: &[u8]) -> Result<Archive<'_>, SheetError> {
    ZipArchive::new(Cursor::new(bytes)).map_err(|_| SheetError::Damaged)
}

const ZIP: &str = "arsip ZIP tanpa tabel di dalamnya";

fn other_kind(archive: &Archive<'_>) -> Option<&'static str> {
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
        Some(ZIP)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::Sheet;
    use payung_domain::Unwatched;
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

    fn check_to(bytes: &[u8], limit: u64) -> Result<(), SheetError> {
        let mut sheets: Vec<Sheet> = Vec::new();
        check_within(bytes, limit, &Intake::new(&Unwatched, &mut sheets))
    }

    #[test]
    fn a_zip_that_grows_beyond_the_limit_is_refused() {
        let bytes = packed(1_000_000);
        assert!(bytes.len() < 10_000);
        assert!(check_to(&bytes, 2_000_000).is_ok());
        let error = check_to(&bytes, 1_999_999).unwrap_err();
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
        assert!(check_to(&bytes, 500_000).is_err());
    }
}
