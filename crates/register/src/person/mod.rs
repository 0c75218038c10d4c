//! People: what the door does to them, and what readers see of them.

pub(crate) mod door;
pub(crate) mod graph;
pub(crate) mod judged;
mod last_used;
pub(crate) mod rows;
pub(crate) mod status;
pub(crate) mod versions;
mod views;

pub use last_used::LastUsed;
pub use views::*;
