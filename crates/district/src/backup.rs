//! One file that holds a whole district, and a district from such a file. The file also holds the database's key: it is
//! kept like the data folder itself.
//!
//! `PAYUNGK1`, the database's key (32 bytes), the length of the database (8, big-endian), the database as SQLCipher keeps
//! it, SHA-256 over everything before.

use crate::error::DistrictError;
use crate::exchange::RESTORED;
use crate::home::{DATABASE, District, KEY, Tools, private_file, sync_folder, write_private};
use crate::store;
use crate::work::succeed;
use payung_domain::Timestamp;
use payung_keys::{DatabaseKey, Hashing, hex};
use std::fs::File;
use std::io::{BufReader, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use zeroize::Zeroizing;

const MAGIC: &[u8; 8] = b"PAYUNGK1";
const HEAD_BYTES: u64 = 8 + 32 + 8;
const DIGEST_BYTES: u64 = 32;
/// Where a restore is made ready, inside the new data folder.
const READYING: &str = "pemulihan";

pub struct BackupFacts {
    pub bytes: u64,
    /// SHA-256 of the file without its last 32 bytes.
    pub digest: String,
    pub people: u64,
    pub entries: u64,
}

pub struct RestoreFacts {
    pub regency_name: String,
    pub villages: u64,
    pub entries: u64,
    /// The newest thing in it.
    pub last_exchange: Option<Timestamp>,
}

/// Writes a backup while the server may be running; read back and compared before it gets its name.
pub fn backup(district: &District, out: &Path) -> Result<BackupFacts, DistrictError> {
    if out.exists() {
        return Err(DistrictError::Asked(format!(
            "Berkas {} sudah ada dan tidak ditimpa. Pilih nama lain.",
            out.display()
        )));
    }
    let (beside, copy) = (with_ending(out, "sebagian"), with_ending(out, "salinan"));
    let written = || -> Result<String, DistrictError> {
        for leftover in [&beside, &copy] {
            let _ = std::fs::remove_file(leftover);
        }
        let key_path = district.directory().join(KEY);
        let key = Zeroizing::new(std::fs::read(&key_path).map_err(DistrictError::file(&key_path))?);
        district.store.copy_to(&copy)?;
        assemble(&beside, &copy, &key)?;
        let digest = checked(&beside)?;
        std::fs::rename(&beside, out).map_err(DistrictError::file(out))?;
        if let Some(folder) = out.parent().filter(|folder| !folder.as_os_str().is_empty()) {
            sync_folder(folder)?;
        }
        Ok(digest)
    };
    let digest = written();
    for leftover in [&beside, &copy] {
        let _ = std::fs::remove_file(leftover);
    }
    let digest = digest?;
    let bytes = std::fs::metadata(out).map_err(DistrictError::file(out))?.len();
    let (totals, people) =
        store::view(&*district.store, |reads| Ok((reads.totals()?, reads.people(None)?.len() as u64)))?;
    Ok(BackupFacts { bytes, digest, people, entries: totals.entries })
}

/// Puts a district back into an empty folder. Villages may hold decisions that were made after the backup: every village
/// gets a new series of decisions, and brings the others back at its next exchange.
pub fn restore(file: &Path, directory: &Path, tools: Tools) -> Result<RestoreFacts, DistrictError> {
    if directory.join(DATABASE).exists() || directory.join(KEY).exists() {
        return Err(DistrictError::AlreadyThere(directory.to_owned()));
    }
    checked(file)?;
    let readying = directory.join(READYING);
    if readying.exists() {
        std::fs::remove_dir_all(&readying).map_err(DistrictError::file(&readying))?;
    }
    std::fs::create_dir_all(&readying).map_err(DistrictError::file(&readying))?;
    let facts = take_apart(file, &readying).and_then(|()| go_on(&readying, tools))?;
    for name in [KEY, DATABASE] {
        std::fs::rename(readying.join(name), directory.join(name)).map_err(DistrictError::file(directory))?;
    }
    std::fs::remove_dir_all(&readying).map_err(DistrictError::file(&readying))?;
    sync_folder(directory)?;
    Ok(facts)
}

/// Opens the copy and begins new series of decisions.
fn go_on(readying: &Path, tools: Tools) -> Result<RestoreFacts, DistrictError> {
    let district = District::open(readying, tools)?;
    let villages = store::change(&*district.store, |writes| {
        writes.put_setting(RESTORED, &[1])?;
        let villages = writes.villages()?;
        for village in &villages {
            succeed(&district, writes, village.code)?;
        }
        Ok(villages)
    })?;
    let totals = store::view(&*district.store, |reads| reads.totals())?;
    Ok(RestoreFacts {
        regency_name: district.regency_name.clone(),
        villages: villages.len() as u64,
        entries: totals.entries,
        last_exchange: villages.iter().filter_map(|village| village.last_exchange).max(),
    })
}

fn assemble(out: &Path, database: &Path, key: &[u8]) -> Result<(), DistrictError> {
    let length = std::fs::metadata(database).map_err(DistrictError::file(database))?.len();
    let mut to = private_file(out)?;
    let mut hashing = Hashing::default();
    let mut put = |bytes: &[u8]| {
        hashing.add(bytes);
        to.write_all(bytes).map_err(DistrictError::file(out))
    };
    put(MAGIC)?;
    put(key)?;
    put(&length.to_be_bytes())?;
    let mut left = File::open(database).map_err(DistrictError::file(database))?;
    let mut buffer = vec![0; 1 << 20];
    loop {
        let count = left.read(&mut buffer).map_err(DistrictError::file(database))?;
        if count == 0 {
            break;
        }
        put(&buffer[..count])?;
    }
    to.write_all(&hashing.digest()).and_then(|()| to.sync_all()).map_err(DistrictError::file(out))
}

/// Reads the whole file: only what is whole is used. Its digest.
fn checked(file: &Path) -> Result<String, DistrictError> {
    let damaged = |what: &str| {
        DistrictError::Asked(format!(
            "Berkas {} bukan cadangan kabupaten yang utuh ({what}). Pakai cadangan lain.",
            file.display()
        ))
    };
    let opened = File::open(file).map_err(DistrictError::file(file))?;
    let size = opened.metadata().map_err(DistrictError::file(file))?.len();
    let mut reader = BufReader::with_capacity(1 << 20, opened);
    let mut head = Zeroizing::new([0; HEAD_BYTES as usize]);
    reader.read_exact(&mut *head).map_err(|_| damaged("terlalu pendek"))?;
    if &head[..8] != MAGIC {
        return Err(damaged("bukan cadangan"));
    }
    let mut length = [0; 8];
    length.copy_from_slice(&head[40..]);
    let expected = u64::from_be_bytes(length).checked_add(HEAD_BYTES + DIGEST_BYTES);
    if expected != Some(size) {
        return Err(damaged("terpotong"));
    }
    let mut hashing = Hashing::default();
    hashing.add(&*head);
    let mut body = reader.take(size - HEAD_BYTES);
    let mut buffer = vec![0; 1 << 20];
    let mut left = size - HEAD_BYTES - DIGEST_BYTES;
    while left > 0 {
        let most = usize::try_from(left).unwrap_or(usize::MAX).min(buffer.len());
        let count = body.read(&mut buffer[..most]).map_err(DistrictError::file(file))?;
        if count == 0 {
            return Err(damaged("terpotong"));
        }
        hashing.add(&buffer[..count]);
        left -= count as u64;
    }
    let mut said = [0; 32];
    body.read_exact(&mut said).map_err(|_| damaged("terpotong"))?;
    let digest = hashing.digest();
    if digest != said {
        return Err(damaged("isinya berubah"));
    }
    Ok(hex(&digest))
}

fn take_apart(file: &Path, into: &Path) -> Result<(), DistrictError> {
    let mut from = File::open(file).map_err(DistrictError::file(file))?;
    let size = from.metadata().map_err(DistrictError::file(file))?.len();
    let mut key = Zeroizing::new([0; 32]);
    from.seek(SeekFrom::Start(8)).map_err(DistrictError::file(file))?;
    from.read_exact(&mut *key).map_err(DistrictError::file(file))?;
    from.seek(SeekFrom::Start(HEAD_BYTES)).map_err(DistrictError::file(file))?;
    write_private(&into.join(KEY), DatabaseKey::from_bytes(*key).expose())?;
    let path = into.join(DATABASE);
    let mut to = private_file(&path)?;
    let mut body = from.take(size - HEAD_BYTES - DIGEST_BYTES);
    std::io::copy(&mut body, &mut to).and_then(|_| to.sync_all()).map_err(DistrictError::file(&path))
}

fn with_ending(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".");
    name.push(ending);
    path.with_file_name(name)
}
