//! Migrations: which there are, and running those that a file lacks.

use crate::error::RegisterError;
use rusqlite::Connection;

/// In order; the place of a migration, counted from 1, is the `user_version` it leads to. Append only.
const MIGRATIONS: &[&str] = &[
    include_str!("../../../migrations/register/0001_initial.sql"),
    include_str!("../../../migrations/register/0002_statements.sql"),
    include_str!("../../../migrations/register/0003_several_devices.sql"),
    include_str!("../../../migrations/register/0004_attachments.sql"),
    include_str!("../../../migrations/register/0005_sticks.sql"),
    include_str!("../../../migrations/register/0006_finding.sql"),
    include_str!("../../../migrations/register/0007_twins.sql"),
    include_str!("../../../migrations/register/0008_population.sql"),
];

/// The migration that the program completes.
const SEVERAL_DEVICES: u32 = 3;

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
    // A table that is built anew is away for a moment. The switch does nothing inside a transaction, so it stands outside,
    // and what it would have refused is looked for before the commit.
    let enforced: bool = db.query_row("PRAGMA foreign_keys", [], |row| row.get(0))?;
    db.pragma_update(None, "foreign_keys", false)?;
    let migrated = run(db, found);
    db.pragma_update(None, "foreign_keys", enforced)?;
    migrated
}

fn run(db: &mut Connection, found: u32) -> Result<(), RegisterError> {
    let transaction = db.transaction_with_behavior(rusqlite::TransactionBehavior::Exclusive)?;
    for migration in &MIGRATIONS[found as usize..] {
        transaction.execute_batch(migration)?;
    }
    if found < SEVERAL_DEVICES {
        crate::series::fill::several_devices(&transaction)?;
    }
    refuse_dangling(&transaction)?;
    transaction.pragma_update(None, "user_version", SCHEMA_VERSION)?;
    transaction.commit()?;
    Ok(())
}

/// # Errors
/// `Damaged` where a row refers to one that is not there.
pub(crate) fn refuse_dangling(db: &Connection) -> Result<(), RegisterError> {
    let dangling: i64 =
        db.query_row("SELECT count(*) FROM pragma_foreign_key_check", [], |row| row.get(0))?;
    if dangling > 0 {
        return Err(crate::sql::damaged("rows refer to rows that are not there"));
    }
    Ok(())
}
