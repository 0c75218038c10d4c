//! What imports say of themselves, proved: figures that add up, and a trace for everything made or changed.

use super::rows;
use crate::error::RegisterError;
use crate::sql::{self, damaged, sequence};
use rusqlite::Connection;

pub(crate) fn prove(db: &Connection) -> Result<(), RegisterError> {
    for import in rows::imports(db)? {
        let at = |what: &str| damaged(&format!("{what} of import {}", import.id.0));
        if !import.figures.add_up() {
            return Err(at("figures"));
        }
        let count = |made: bool| -> Result<u64, RegisterError> {
            let found = sql::one(db, include_str!("count_rows.sql"), (import.id.0, made), |row| {
                sequence(row.get(0)?)
            })?;
            Ok(found.unwrap_or(0))
        };
        // What was taken back left no trace; what could not be is counted no more.
        let expected = (import.figures.new, import.figures.changed);
        if import.undone_at.is_none() && (count(true)?, count(false)?) != expected {
            return Err(at("traces"));
        }
    }
    Ok(())
}
