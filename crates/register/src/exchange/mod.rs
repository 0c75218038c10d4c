//! The register's side of an exchange with the district: what waits, what was learnt. The talking is done elsewhere;
//! no transaction here ever waits for a network.

pub(crate) mod devices;
pub(crate) mod effects;
pub(crate) mod forks;
pub(crate) mod learn;
mod orphans;
mod outbound;
pub(crate) mod rounds;
mod taking;
mod views;

pub(crate) use outbound::{attempts, checkpoint_at, enrol_request, enrolment, frame_after, outbox};
pub(crate) use taking::waiting;
pub use views::*;
