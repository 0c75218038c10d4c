//! The register's side of an exchange with the district: what waits, what was learnt. The talking is done elsewhere;
//! no transaction here ever waits for a network.

pub(crate) mod decisions;
pub(crate) mod devices;
pub(crate) mod learn;
mod outbound;
pub(crate) mod rounds;
mod views;

pub(crate) use outbound::{attempts, checkpoint_at, enrol_request, enrolment, frame_after, outbox};
pub use views::*;
