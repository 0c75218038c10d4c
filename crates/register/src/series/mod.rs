//! Chained series in the database: writing at the tail, reading entries as they stand, their order among all.

pub(crate) mod fill;
pub(crate) mod naming;
pub(crate) mod order;
pub(crate) mod renewal;
pub(crate) mod rows;
pub(crate) mod tail;
pub(crate) mod twins;
