//! Putting a backup back: nothing counts before the whole file was read and its digest is right, and the folder holds no
//! register before everything is in it.

use crate::backup::format::{DIGEST_BYTES, Head, START_BYTES, head_bytes};
use crate::backup::write::PIECE_BYTES;
use crate::backup::{BackupError, RestoreFacts};
use crate::error::RegisterError;
use crate::files::{self, FolderLock};
use crate::opening::key_file::KeyFile;
use crate::schema;
use payung_keys::{Hashing, hex};
use std::fs::{self, File};
use std::io::{self, ErrorKind, Read, Write};
use std::path::{Path, PathBuf};

/// Stands beside a database that came out of a backup, until its first unlock.
fn mark_path(dir: &Path) -> PathBuf {
    dir.join("restored.json")
}

pub(crate) fn restore(file: &Path, dir: &Path) -> Result<RestoreFacts, RegisterError> {
    files::create_folder(dir)?;
    let _lock = FolderLock::take(dir)?;
    let (database, keys, mark) = (files::database_path(dir), files::key_file_path(dir), mark_path(dir));
    // A database with the mark and without its keys is a restore that was cut off.
    if keys.exists() || (database.exists() && !mark.exists()) {
        return Err(RegisterError::AlreadyExists);
    }
    let beside = database.with_extension("restoring");
    let poured = pour(file, &beside);
    let (facts, key_file) = match poured {
        Ok(poured) => poured,
        Err(error) => {
            let _ = fs::remove_file(&beside);
            return Err(error);
        }
    };
    files::replace(&mark, format!("{{\"backup\":\"{}\"}}", hex(&facts.digest)).as_bytes())?;
    for ending in ["db-wal", "db-shm"] {
        remove(&dir.join(format!("register.{ending}")))?;
    }
    fs::rename(&beside, &database)?;
    files::sync_folder(dir)?;
    // The key file comes last: with it the register exists.
    files::replace(&keys, &key_file)?;
    Ok(facts)
}

/// What a file holds, gone through to its last byte; writes nothing.
pub(crate) fn look(file: &Path) -> Result<RestoreFacts, RegisterError> {
    let mut nowhere = io::sink();
    Ok(read(file, &mut nowhere)?.0)
}

/// Whether this folder came out of a backup and is unlocked for the first time since; asked once, then `done` is called
/// and the mark goes.
pub(crate) fn take_mark(
    dir: &Path,
    done: impl FnOnce() -> Result<(), RegisterError>,
) -> Result<(), RegisterError> {
    let mark = mark_path(dir);
    if !mark.exists() {
        return Ok(());
    }
    done()?;
    remove(&mark)?;
    files::sync_folder(dir)
}

/// A new register is made in the folder of a restore that was cut off.
pub(crate) fn forget_mark(dir: &Path) -> Result<(), RegisterError> {
    remove(&mark_path(dir))
}

fn remove(path: &Path) -> Result<(), RegisterError> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(error.into()),
        _ => Ok(()),
    }
}

fn pour(file: &Path, to: &Path) -> Result<(RestoreFacts, Vec<u8>), RegisterError> {
    let mut options = File::options();
    options.create(true).truncate(true).write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut database = options.open(to)?;
    let read = read(file, &mut database)?;
    database.sync_all()?;
    Ok(read)
}

/// Goes through the whole file and writes the database out as it passes; what was written counts only when this returns.
fn read(file: &Path, database: &mut dyn Write) -> Result<(RestoreFacts, Vec<u8>), RegisterError> {
    let mut input = File::open(file).map_err(|_| BackupError::NotFound(file.to_owned()))?;
    let found = input.metadata()?.len();
    let mut hashing = Hashing::default();

    let mut start = [0; START_BYTES];
    input.read_exact(&mut start).map_err(|_| BackupError::NotABackup)?;
    hashing.add(&start);
    let length = head_bytes(&start)?;
    let json = take(&mut input, length as u64, &mut hashing)?;
    let head = Head::parse(&json)?;
    let expected = head.file_bytes(length);
    if found < expected {
        return Err(BackupError::Truncated { found, expected }.into());
    }
    if found > expected {
        return Err(BackupError::Damaged.into());
    }
    let keys = take(&mut input, head.keys_bytes, &mut hashing)?;
    let mut left = head.database_bytes;
    let mut piece = vec![0; PIECE_BYTES];
    while left > 0 {
        let most = usize::try_from(left).unwrap_or(PIECE_BYTES).min(PIECE_BYTES);
        let piece = piece.get_mut(..most).unwrap_or_default();
        input.read_exact(piece).map_err(|_| BackupError::Damaged)?;
        hashing.add(piece);
        database.write_all(piece).map_err(|error| match error.kind() {
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded => {
                BackupError::LaptopFull { needed_mb: head.database_bytes.div_ceil(1 << 20) }.into()
            }
            _ => RegisterError::from(error),
        })?;
        left -= most as u64;
    }
    let mut said = [0; DIGEST_BYTES as usize];
    input.read_exact(&mut said).map_err(|_| BackupError::Damaged)?;
    let digest = hashing.digest();
    if digest != said {
        return Err(BackupError::Damaged.into());
    }
    schema::refuse_newer(head.schema).map_err(|_| BackupError::Newer)?;
    let people = KeyFile::parse(&keys)?.people()?;
    Ok((RestoreFacts::of(&head, people, found, digest)?, keys))
}

/// A part of a known length; a file that ends before is cut off.
fn take(input: &mut File, bytes: u64, hashing: &mut Hashing) -> Result<Vec<u8>, BackupError> {
    let mut part = Vec::new();
    input.take(bytes).read_to_end(&mut part).map_err(|_| BackupError::Damaged)?;
    if part.len() as u64 != bytes {
        return Err(BackupError::CutOff);
    }
    hashing.add(&part);
    Ok(part)
}
