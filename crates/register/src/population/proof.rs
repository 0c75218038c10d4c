//! The population, proved: what lists show is what the values say.

use super::rows::{self, Columns};
use crate::error::RegisterError;
use crate::sql::damaged;
use rusqlite::Connection;

/// How many there are.
pub(crate) fn prove(db: &Connection) -> Result<u64, RegisterError> {
    let mut count = 0;
    rows::each_values(db, |id, values| {
        let at = |what: &str| damaged(&format!("{what} of the population's row {}", id.0));
        let row = rows::one(db, id)?;
        if row.columns != Columns::of(&values) {
            return Err(at("columns"));
        }
        count += 1;
        Ok(())
    })?;
    Ok(count)
}
