//! Migrations: which there are, and running those that a file lacks.

use crate::error::RegisterError;
use rusqlite::Connection;

/// In order; the place of a migration, counted from 1, is the `user_version` it leads to. Append only.
const MIGRATIONS: &[&str] = &[include_str!("../../../migrations/register/0001_initial.sql")];

/// The newest schema this program knows.
pub(crate) const SCHEMA_VERSION: u32 = MIGRATIONS.len() as u32;

/// The schema of an open file. Also the first read: a wrong key shows here.
pub(crate) fn version(db: &Connection) -> Result<u32, RegisterError> {
    db.query_row("PRAGMA user_version", [], |row| row.get(0)).map_err(|error| {
        match error.sqlite_error_code() {
            Some(rusqlite::ErrorCode::NotADatabase | rusqlite::ErrorCode::DatabaseCorrupt) => {
                RegisterError::NotARegister
            }
            _ => error.into(),
        }
    })
}

/// Refuses a file of a newer program, having only read it.
pub(crate) fn refuse_newer(found: u32) -> Result<(), RegisterError> {
    if found > SCHEMA_VERSION {
        return Err(RegisterError::NewerSchema { found, known: SCHEMA_VERSION });
    }
    Ok(())
}

/// Runs what is missing in one transaction.
pub(crate) fn migrate(db: &mut Connection) -> Result<(), RegisterError> {
    let found = version(db)?;
    refuse_newer(found)?;
    if found == SCHEMA_VERSION {
        return Ok(());
    }
    let transaction = db.transaction_with_behavior(rusqlite::TransactionBehavior::Exclusive)?;
    for migration in &MIGRATIONS[found as usize..] {
        transaction.execute_batch(migration)?;
    }
    transaction.pragma_update(None, "user_version", SCHEMA_VERSION)?;
    transaction.commit()?;
    Ok(())
}
