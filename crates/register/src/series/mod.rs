//! Chained series in the database: writing at the tail, reading entries as they stand.

pub(crate) mod renewal;
pub(crate) mod rows;
pub(crate) mod tail;
