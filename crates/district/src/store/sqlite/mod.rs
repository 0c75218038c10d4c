//! The store on embedded SQLite, encrypted with SQLCipher. WAL, so that an officer's program writes beside the server;
//! synchronous=FULL, so that a commit is on disk when it returns.

mod migrate;
mod reads;
mod rows;
mod statements;
mod writes;

use super::{Reads, Store, Writes};
use crate::error::DistrictError;
use payung_keys::{DatabaseKey, hex};
use rusqlite::backup::Backup;
use rusqlite::{Connection, OpenFlags, Transaction, TransactionBehavior};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use zeroize::Zeroizing;

/// How long a writer waits for another program's transaction.
const BUSY_WAIT: Duration = Duration::from_secs(10);
/// Prepared statements kept per connection: more than there are.
const STATEMENTS_CACHED: usize = 96;

pub struct SqliteStore {
    path: PathBuf,
    key: DatabaseKey,
    reader: Mutex<Connection>,
    writer: Mutex<Connection>,
}

/// One transaction.
struct Tables<'c>(Transaction<'c>);

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
        let reader = connect(path, key)?;
        Ok(Self {
            path: path.to_owned(),
            key: DatabaseKey::from_bytes(*key.expose()),
            reader: Mutex::new(reader),
            writer: Mutex::new(writer),
        })
    }
}

impl Store for SqliteStore {
    fn view(
        &self,
        work: &mut dyn FnMut(&dyn Reads) -> Result<(), DistrictError>,
    ) -> Result<(), DistrictError> {
        let mut connection = lock(&self.reader);
        work(&Tables(connection.transaction_with_behavior(TransactionBehavior::Deferred)?))
    }

    fn change(
        &self,
        work: &mut dyn FnMut(&mut dyn Writes) -> Result<(), DistrictError>,
    ) -> Result<(), DistrictError> {
        let mut connection = lock(&self.writer);
        let mut tables = Tables(connection.transaction_with_behavior(TransactionBehavior::Immediate)?);
        work(&mut tables)?;
        Ok(tables.0.commit()?)
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

/// A panic elsewhere rolled its transaction back: the connection stays good.
fn lock(connection: &Mutex<Connection>) -> MutexGuard<'_, Connection> {
    connection.lock().unwrap_or_else(PoisonError::into_inner)
}

fn connect(path: &Path, key: &DatabaseKey) -> Result<Connection, DistrictError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    let keyed = Zeroizing::new(format!("PRAGMA key = \"x'{}'\";", hex(key.expose())));
    connection.execute_batch(&keyed)?;
    connection.execute_batch(include_str!("sql/pragmas.sql"))?;
    connection.busy_timeout(BUSY_WAIT)?;
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
        let connection = store.writer.lock().unwrap();
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
