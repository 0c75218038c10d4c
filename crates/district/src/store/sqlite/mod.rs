//! The store on embedded SQLite, encrypted with SQLCipher. WAL, so that an officer's program writes beside the server;
//! synchronous=FULL, so that a commit is on disk when it returns.

mod attachments;
mod migrate;
mod reads;
mod rows;
mod statements;
mod writer;
mod writes;

use super::{Reads, Store, Writes};
use crate::error::DistrictError;
use payung_keys::{DatabaseKey, hex};
use rusqlite::backup::Backup;
use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags, TransactionBehavior};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError, TryLockError};
use std::time::Duration;
use writer::Writer;
use zeroize::Zeroizing;

/// How long a writer waits for another program's transaction.
const BUSY_WAIT: Duration = Duration::from_secs(10);
/// Prepared statements kept per connection: more than there are.
const STATEMENTS_CACHED: usize = 192;
const READY_ATTEMPTS: u32 = 200;
const READY_PAUSE: Duration = Duration::from_millis(5);
/// Connections that read; each keeps pages of its own.
const READERS: usize = 4;

pub struct SqliteStore {
    path: PathBuf,
    key: DatabaseKey,
    readers: Vec<Mutex<Option<Connection>>>,
    /// Who is asked next when all readers are busy.
    turn: AtomicUsize,
    writer: Writer,
}

/// One transaction.
struct Tables<'c>(&'c Connection);

impl SqliteStore {
    /// Makes a new database file; refuses an existing one.
    pub fn create(path: &Path, key: &DatabaseKey) -> Result<Self, DistrictError> {
        crate::home::private_file(path)?;
        Self::open(path, key)
    }

    /// Opens an existing file and brings its schema up to date; a newer schema is refused, the file untouched.
    pub fn open(path: &Path, key: &DatabaseKey) -> Result<Self, DistrictError> {
        let mut writer = connect(path, key)?;
        migrate::check(&writer)?;
        writer.pragma_update(None, "journal_mode", "WAL")?;
        migrate::run(&mut writer)?;
        writer.execute_batch(include_str!("sql/pragmas_writer.sql"))?;
        Ok(Self {
            path: path.to_owned(),
            key: DatabaseKey::from_bytes(*key.expose()),
            readers: (0..READERS).map(|_| Mutex::new(None)).collect(),
            turn: AtomicUsize::new(0),
            writer: Writer::new(writer),
        })
    }

    /// The first reader that is free, else the next in turn. Only as many are opened as read at once.
    fn reader(&self) -> MutexGuard<'_, Option<Connection>> {
        let free = self.readers.iter().find_map(|reader| match reader.try_lock() {
            Ok(reader) => Some(reader),
            Err(TryLockError::Poisoned(poisoned)) => Some(poisoned.into_inner()),
            Err(TryLockError::WouldBlock) => None,
        });
        free.unwrap_or_else(|| lock(&self.readers[self.turn.fetch_add(1, Ordering::Relaxed) % READERS]))
    }
}

impl Store for SqliteStore {
    fn view(
        &self,
        work: &mut dyn FnMut(&dyn Reads) -> Result<(), DistrictError>,
    ) -> Result<(), DistrictError> {
        let mut reader = self.reader();
        if reader.is_none() {
            *reader = Some(connect(&self.path, &self.key)?);
        }
        let Some(connection) = reader.as_mut() else { return Err(DistrictError::Busy) };
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Deferred)?;
        work(&Tables(&transaction))
    }

    fn change(
        &self,
        work: &mut dyn FnMut(&mut dyn Writes) -> Result<(), DistrictError>,
    ) -> Result<(), DistrictError> {
        self.writer.change(work)
    }

    fn copy_to(&self, path: &Path) -> Result<(), DistrictError> {
        crate::home::private_file(path)?;
        let from = connect(&self.path, &self.key)?;
        let mut to = connect(path, &self.key)?;
        // In one step: writers go on in the log meanwhile, and nothing has to begin anew.
        Backup::new(&from, &mut to)?.step(-1)?;
        drop(to);
        let file = std::fs::File::open(path).map_err(DistrictError::file(path))?;
        file.sync_all().map_err(DistrictError::file(path))
    }
}

/// A panic elsewhere rolled its transaction back: what is inside stays good.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// SQLite calls itself initialised a moment before SQLCipher is: a second thread that opens its file just then is told that
/// its key has no characters. So the first one waits until a key is accepted, and everybody else for the first one.
fn library_ready() {
    static READY: OnceLock<()> = OnceLock::new();
    READY.get_or_init(|| {
        for _ in 0..READY_ATTEMPTS {
            let keyed = Connection::open_in_memory()
                .and_then(|connection| connection.execute_batch("PRAGMA key = 'ready';"));
            if keyed.is_ok() {
                break;
            }
            std::thread::sleep(READY_PAUSE);
        }
    });
}

fn connect(path: &Path, key: &DatabaseKey) -> Result<Connection, DistrictError> {
    library_ready();
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    let keyed = Zeroizing::new(format!("PRAGMA key = \"x'{}'\";", hex(key.expose())));
    connection.execute_batch(&keyed)?;
    connection.execute_batch(include_str!("sql/pragmas.sql"))?;
    connection.busy_timeout(BUSY_WAIT)?;
    // A statement keeps its plan whatever is bound to it; without this SQLite makes many of them anew at every use.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    connection.set_prepared_statement_cache_capacity(STATEMENTS_CACHED);
    // A wrong key shows at the first read.
    connection.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()))?;
    Ok(connection)
}

#[cfg(test)]
mod tests {
    use super::*;
    use payung_system::SystemRandom;

    #[test]
    fn every_statement_prepares() {
        let folder = tempfile::tempdir().unwrap();
        let key = DatabaseKey::generate(&SystemRandom);
        let store = SqliteStore::create(&folder.path().join("d.db"), &key).unwrap();
        let connection = connect(&folder.path().join("d.db"), &key).unwrap();
        drop(store);
        for (name, sql) in statements::ALL {
            connection.prepare(sql).unwrap_or_else(|error| panic!("{name}.sql: {error}"));
        }
        assert!(statements::ALL.len() < STATEMENTS_CACHED, "every statement stays prepared");
    }

    #[test]
    fn the_file_is_unreadable_without_its_key_and_refuses_a_newer_schema() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("d.db");
        let key = DatabaseKey::generate(&SystemRandom);
        drop(SqliteStore::create(&path, &key).unwrap());
        assert!(!std::fs::read(&path).unwrap().starts_with(b"SQLite"), "the file is encrypted");
        assert!(matches!(
            SqliteStore::open(&path, &DatabaseKey::generate(&SystemRandom)),
            Err(DistrictError::Key(_))
        ));
        let connection = connect(&path, &key).unwrap();
        connection.pragma_update(None, "user_version", 99).unwrap();
        drop(connection);
        let before = std::fs::read(&path).unwrap();
        assert!(matches!(SqliteStore::open(&path, &key), Err(DistrictError::NewerSchema { found: 99, .. })));
        assert_eq!(before, std::fs::read(&path).unwrap(), "a newer file stays as it is");
    }
}
