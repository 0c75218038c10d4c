//! Brings a database file to the schema this program knows. `user_version` counts the migrations applied.

use crate::error::DistrictError;
use rusqlite::{Connection, TransactionBehavior};

/// Append only: a released migration never changes.
const MIGRATIONS: &[&str] = &[
    include_str!("../../../../../migrations/district-sqlite/0001_initial.sql"),
    include_str!("../../../../../migrations/district-sqlite/0002_statements.sql"),
    include_str!("../../../../../migrations/district-sqlite/0003_several_devices.sql"),
    include_str!("../../../../../migrations/district-sqlite/0004_attachments.sql"),
    include_str!("../../../../../migrations/district-sqlite/0005_twins.sql"),
];

/// Refuses a file of a newer program before anything is written to it.
pub fn check(connection: &Connection) -> Result<i64, DistrictError> {
    let found: i64 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
    let known = MIGRATIONS.len() as i64;
    if found > known {
        return Err(DistrictError::NewerSchema { found, known });
    }
    Ok(found)
}

/// Applies what is missing in one transaction.
pub fn run(connection: &mut Connection) -> Result<(), DistrictError> {
    if check(connection)? == MIGRATIONS.len() as i64 {
        return Ok(());
    }
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let applied = check(&transaction)?;
    for (number, migration) in MIGRATIONS.iter().enumerate().skip(applied.max(0) as usize) {
        transaction.execute_batch(migration)?;
        transaction.pragma_update(None, "user_version", number as i64 + 1)?;
    }
    Ok(transaction.commit()?)
}
