//! Writing a backup: a copy of the database as it stands, then one file beside the wanted one, which takes its place
//! when it is on the disk, and is read back.

use crate::backup::format::{DIGEST_BYTES, Head};
use crate::backup::{BackupError, BackupFacts};
use crate::error::RegisterError;
use crate::files;
use crate::opening::database;
use crate::register::Register;
use crate::{schema, series};
use payung_keys::{Hashing, hex};
use rusqlite::backup::{Backup, StepResult};
use std::fs::{self, File};
use std::io::{self, ErrorKind, Read, Write};
use std::path::{Path, PathBuf};

/// Pages copied at once.
const STEP_PAGES: i32 = 4_096;
/// Bytes read and written at once.
pub(crate) const PIECE_BYTES: usize = 1 << 20;
const MIB: u64 = 1 << 20;

pub(crate) fn write(register: &Register, path: &Path) -> Result<BackupFacts, RegisterError> {
    let name = path.file_name().ok_or(BackupError::NoFolder)?.to_owned();
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    if !folder.is_dir() {
        return Err(BackupError::NoFolder.into());
    }
    let copy = Removed(register.dir.join("backup.copy.db"));
    copy_database(register, &copy.0)?;
    let keys = fs::read(files::key_file_path(&register.dir))?;
    let head = Head {
        register: hex(&register.id),
        code: register.village.code.to_string(),
        village: register.village.name.clone(),
        made_at: register.tools.clock.now().millis(),
        entries: series::rows::all(&register.db)?.iter().map(|series| series.state.seq).sum(),
        schema: schema::version(&register.db)?,
        keys_bytes: keys.len() as u64,
        database_bytes: fs::metadata(&copy.0)?.len(),
    };
    let start = head.to_bytes()?;
    let bytes = start.len() as u64 + head.keys_bytes + head.database_bytes + DIGEST_BYTES;
    let words = |error: io::Error| RegisterError::from(BackupError::of(&error, bytes));

    let mut beside = name;
    beside.push(".sedang-ditulis");
    let beside = Removed(folder.join(beside));
    let database = File::open(&copy.0)?;
    let digest = pour(&beside.0, &[&start, &keys], database).map_err(words)?;
    fs::rename(&beside.0, path).map_err(words)?;
    // Sticks that cannot make a folder durable by itself have done so with the file.
    let _ = files::sync_folder(folder);
    if read_back(path).ok() != Some((bytes, digest)) {
        return Err(BackupError::BadStick.into());
    }
    Ok(BackupFacts {
        path: path.to_owned(),
        bytes,
        made_at: payung_domain::Timestamp(head.made_at),
        entries: head.entries,
        digest,
    })
}

/// A file that goes whatever happens, unless it was renamed.
struct Removed(PathBuf);

impl Drop for Removed {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.0);
    }
}

/// The database as it stands now, under the same key, in a file of its own. Nobody writes meanwhile: the register is
/// borrowed, and its folder is locked.
fn copy_database(register: &Register, to: &Path) -> Result<(), RegisterError> {
    let needed = fs::metadata(files::database_path(&register.dir))?.len();
    let full = |error: rusqlite::Error| match error.sqlite_error_code() {
        Some(rusqlite::ErrorCode::DiskFull) => {
            RegisterError::from(BackupError::LaptopFull { needed_mb: needed.div_ceil(MIB) })
        }
        _ => error.into(),
    };
    match fs::remove_file(to) {
        Err(error) if error.kind() != ErrorKind::NotFound => return Err(error.into()),
        _ => {}
    }
    let mut copy = database::create_copy(to, &register.key)?;
    let backup = Backup::new(&register.db, &mut copy).map_err(full)?;
    loop {
        match backup.step(STEP_PAGES).map_err(full)? {
            StepResult::Done => return Ok(()),
            StepResult::More => {}
            _ => return Err(RegisterError::Busy),
        }
    }
}

/// One file after the other into a new one, and the digest of it all at the end. On the disk when this returns.
fn pour(to: &Path, parts: &[&[u8]], mut database: File) -> io::Result<[u8; 32]> {
    let mut options = File::options();
    options.create(true).truncate(true).write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(to)?;
    let mut hashing = Hashing::default();
    for part in parts {
        hashing.add(part);
        file.write_all(part)?;
    }
    let mut piece = vec![0; PIECE_BYTES];
    loop {
        let read = database.read(&mut piece)?;
        if read == 0 {
            break;
        }
        let piece = piece.get(..read).unwrap_or_default();
        hashing.add(piece);
        file.write_all(piece)?;
    }
    let digest = hashing.digest();
    file.write_all(&digest)?;
    file.sync_all()?;
    Ok(digest)
}

/// Length and digest of what stands there now; an error where the end is not the digest of the rest.
fn read_back(path: &Path) -> Result<(u64, [u8; 32]), BackupError> {
    let mut file = File::open(path).map_err(|_| BackupError::BadStick)?;
    let bytes = file.metadata().map_err(|_| BackupError::BadStick)?.len();
    let mut left = bytes.checked_sub(DIGEST_BYTES).ok_or(BackupError::BadStick)?;
    let mut hashing = Hashing::default();
    let mut piece = vec![0; PIECE_BYTES];
    while left > 0 {
        let most = usize::try_from(left).unwrap_or(PIECE_BYTES).min(PIECE_BYTES);
        let piece = piece.get_mut(..most).unwrap_or_default();
        file.read_exact(piece).map_err(|_| BackupError::BadStick)?;
        hashing.add(piece);
        left -= most as u64;
    }
    let mut said = [0; DIGEST_BYTES as usize];
    file.read_exact(&mut said).map_err(|_| BackupError::BadStick)?;
    let digest = hashing.digest();
    if digest == said { Ok((bytes, digest)) } else { Err(BackupError::BadStick) }
}

impl BackupError {
    /// What a failed write means for the one who holds the stick.
    fn of(error: &io::Error, bytes: u64) -> Self {
        match error.kind() {
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded => {
                Self::Full { needed_mb: bytes.div_ceil(MIB) }
            }
            // A FAT stick takes no file of 4 GiB.
            ErrorKind::FileTooLarge => Self::TooLargeForStick { needed_mb: bytes.div_ceil(MIB) },
            ErrorKind::ReadOnlyFilesystem | ErrorKind::PermissionDenied => Self::WriteProtected,
            ErrorKind::NotFound => Self::NoFolder,
            _ => Self::Place(error.to_string()),
        }
    }
}
