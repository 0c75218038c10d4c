//! The encrypted database: SQLCipher under a raw 256-bit key.

use crate::error::RegisterError;
use crate::schema;
use payung_keys::{DatabaseKey, hex};
use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};
use std::path::Path;
use std::time::Duration;
use zeroize::Zeroizing;

/// How long a statement waits for another reader of the file, such as a backup.
const BUSY_TIMEOUT: Duration = Duration::from_secs(10);
/// Decrypted pages kept in memory, KiB.
const CACHE_KIB: i64 = 64 * 1024;
/// Prepared statements kept.
const STATEMENTS_CACHED: usize = 128;

/// Makes a new, empty, migrated database.
pub(crate) fn create(
    path: &Path,
    key: &DatabaseKey,
    bytes_max: Option<u64>,
) -> Result<Connection, RegisterError> {
    let flags =
        OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    ready(Connection::open_with_flags(path, flags)?, key, bytes_max)
}

/// Makes an empty one to copy another into. It is put on the disk by whoever makes use of it.
pub(crate) fn create_copy(path: &Path, key: &DatabaseKey) -> Result<Connection, RegisterError> {
    let flags =
        OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let db = Connection::open_with_flags(path, flags)?;
    give_key(&db, key)?;
    db.execute_batch("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;")?;
    Ok(db)
}

/// Opens an existing one. A file of a newer program is only read, never written.
pub(crate) fn open(
    path: &Path,
    key: &DatabaseKey,
    bytes_max: Option<u64>,
) -> Result<Connection, RegisterError> {
    {
        let looked_at = Connection::open_with_flags(
            path,
            OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX,
        )?;
        give_key(&looked_at, key)?;
        schema::refuse_newer(schema::version(&looked_at)?)?;
    }
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    ready(Connection::open_with_flags(path, flags)?, key, bytes_max)
}

fn ready(mut db: Connection, key: &DatabaseKey, bytes_max: Option<u64>) -> Result<Connection, RegisterError> {
    give_key(&db, key)?;
    schema::version(&db)?;
    db.busy_timeout(BUSY_TIMEOUT)?;
    // WAL with FULL: a commit returns after its fsync. secure_delete: what is erased is overwritten.
    db.execute_batch(
        "PRAGMA journal_mode = WAL;
         PRAGMA synchronous = FULL;
         PRAGMA foreign_keys = ON;
         PRAGMA temp_store = MEMORY;
         PRAGMA secure_delete = ON;",
    )?;
    db.pragma_update(None, "cache_size", -CACHE_KIB)?;
    if let Some(bytes_max) = bytes_max {
        // SQLCipher answers in text.
        let page_bytes: String = db.query_row("PRAGMA page_size", [], |row| row.get(0))?;
        let page_bytes: u64 = page_bytes.parse().map_err(|_| crate::sql::damaged("size of a page"))?;
        let pages_max = i64::try_from(bytes_max / page_bytes.max(1)).unwrap_or(i64::MAX);
        db.pragma_update(None, "max_page_count", pages_max)?;
    }
    // A statement keeps its plan whatever is bound to it; without this SQLite makes many of them anew at every use.
    db.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    db.set_prepared_statement_cache_capacity(STATEMENTS_CACHED);
    schema::migrate(&mut db)?;
    Ok(db)
}

/// The key must be the first thing a connection hears. Errors of a wrong key stay out of the terminal.
fn give_key(db: &Connection, key: &DatabaseKey) -> Result<(), RegisterError> {
    let digits = Zeroizing::new(hex(key.expose()));
    let pragma = Zeroizing::new(format!("PRAGMA key = \"x'{}'\"; PRAGMA cipher_log_level = NONE;", *digits));
    db.execute_batch(&pragma)?;
    Ok(())
}
