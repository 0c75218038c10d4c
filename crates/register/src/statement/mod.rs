//! Statements of the head: drafted and listed by the clerk, read, frozen and signed in the head's room, stamped on paper
//! or elsewhere, replaced and revoked.

pub(crate) mod book;
mod clock;
pub(crate) mod decisions;
pub(crate) mod detail;
pub(crate) mod door;
pub(crate) mod foreign;
pub(crate) mod freezing;
pub(crate) mod heads;
pub(crate) mod history;
pub(crate) mod proof;
pub(crate) mod rows;
pub(crate) mod signing;
pub(crate) mod stamps;
mod views;

pub use door::STATEMENT_PEOPLE_MAX;
pub use freezing::DOCUMENT_BYTES_MAX;
pub use stamps::STAMP_FILES_MAX;
pub use views::*;
