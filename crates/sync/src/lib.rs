//! Bringing a village's journal to its district and the district's decisions back, over any [`Link`].
//!
//! The driver never waits for the network inside a database transaction: it takes what is to be sent, lets go of the
//! register, waits, and comes back with the answer. Whatever the line does, applying an answer twice equals applying it
//! once, so a lost answer is simply asked for again.

mod attachments;
mod bundle;
mod drive;
mod enrol;
mod error;
mod first;
mod http;
mod link;
mod plan;
mod round;
mod schedule;
mod turn;
mod village;
mod way_out;
mod words;

pub use attachments::{Carried, CarryProgress, carry_attachments};
pub use bundle::{BundleFacts, ImportedBundle, export_bundle, import_bundle};
pub use drive::{Outcome, PersonOutcome, Progress, synchronise};
pub use enrol::{EnrolError, check_file, enrol};
pub use error::SyncError;
pub use http::{HttpLink, Waits};
pub use link::{Link, LinkError};
pub use plan::{ENTRIES_PER_REQUEST, Step, next_step};
pub use schedule::{PROBE_EVERY, Schedule, WAIT_MAX};
pub use village::{SharedRegister, Village};
pub use way_out::{new_way_out, way_out};
pub use words::history_line;
