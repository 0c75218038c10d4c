//! Everyday paper of the office: the empty form for the hamlet heads, what is recorded about one person, and a list of
//! people. Plain values, filled in by the caller.

pub(crate) mod form;
pub(crate) mod people;
pub(crate) mod sheet;
