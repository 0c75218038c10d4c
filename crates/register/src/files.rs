//! The files of a data folder: one lock, and files that are replaced whole or not at all.

use crate::error::RegisterError;
use std::fs::{self, File, TryLockError};
use std::io::Write;
use std::path::{Path, PathBuf};

pub(crate) fn database_path(dir: &Path) -> PathBuf {
    dir.join("register.db")
}

pub(crate) fn key_file_path(dir: &Path) -> PathBuf {
    dir.join("register.keys.json")
}

/// Held while a register is open; the operating system lets go of it however the program ends.
pub(crate) struct FolderLock {
    file: File,
}

impl Drop for FolderLock {
    /// Said aloud: a program that is just being started holds a copy of every open file until it begins, and closing ours
    /// would leave the folder locked that long.
    fn drop(&mut self) {
        let _ = self.file.unlock();
    }
}

impl FolderLock {
    pub(crate) fn take(dir: &Path) -> Result<Self, RegisterError> {
        let file = File::options().create(true).truncate(false).write(true).open(dir.join("lock"))?;
        match file.try_lock() {
            Ok(()) => Ok(Self { file }),
            Err(TryLockError::WouldBlock) => Err(RegisterError::Busy),
            Err(TryLockError::Error(error)) => Err(error.into()),
        }
    }
}

/// Replaces a file so that after a power cut either the old or the new one stands, whole.
pub(crate) fn replace(path: &Path, bytes: &[u8]) -> Result<(), RegisterError> {
    let beside = path.with_extension("new");
    let mut options = File::options();
    options.create(true).truncate(true).write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(&beside)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    fs::rename(&beside, path)?;
    sync_folder(path.parent().unwrap_or(Path::new(".")))
}

/// Makes the names in a folder durable. Where folders cannot be opened as files the rename itself is.
pub(crate) fn sync_folder(dir: &Path) -> Result<(), RegisterError> {
    #[cfg(unix)]
    File::open(dir)?.sync_all()?;
    #[cfg(not(unix))]
    let _ = dir;
    Ok(())
}

/// Folders that only their owner reads.
pub(crate) fn create_folder(dir: &Path) -> Result<(), RegisterError> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(dir)?;
    Ok(())
}
