//! Statements of the head: listed by the clerk, read, frozen and signed in the head's room.

pub(crate) mod door;
pub(crate) mod rows;
pub(crate) mod signing;
mod views;

pub use door::{DOCUMENT_BYTES_MAX, STATEMENT_PEOPLE_MAX};
pub use views::*;
