//! The district's enrolment file, kept in the data folder until the district has been reached with it.

use crate::instance::write_private;
use payung_journal::{EnrolmentFile, EnrolmentFileError};
use std::path::{Path, PathBuf};

fn path(folder: &Path) -> PathBuf {
    folder.join("enrolment.payung")
}

pub fn keep(folder: &Path, file: &EnrolmentFile) -> std::io::Result<()> {
    write_private(&path(folder), &file.to_json())
}

/// `None` when nothing waits; a kept file that no longer reads says why.
pub fn load(folder: &Path) -> Option<Result<EnrolmentFile, EnrolmentFileError>> {
    std::fs::read(path(folder)).ok().map(|bytes| EnrolmentFile::parse(&bytes))
}

/// Its one-time word is used up.
pub fn forget(folder: &Path) {
    if let Err(error) = std::fs::remove_file(path(folder))
        && error.kind() != std::io::ErrorKind::NotFound
    {
        eprintln!("the used enrolment file could not be removed: {error}");
    }
}
