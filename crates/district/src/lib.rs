//! The district: one regency's server, its store and what an officer does there.
//!
//! Villages push their entries and pull the district's decisions ([`exchange`]). Every entry that is proved to be its
//! device's own is stored byte for byte, exactly once, in one durable transaction with its receipt and its effect;
//! a person's facts are judged again ([`work`]) and answered per version. The district trusts no village's judgement,
//! refuses to store no chain-valid entry, and turns nobody down by itself: an officer does ([`officer`]). Nor does it
//! believe a head's key before an officer compared it with the head himself ([`head`]).

pub mod attachments;
pub mod backup;
pub mod bundle;
pub mod check;
pub mod cli;
pub mod device;
pub mod enrolment;
pub mod error;
pub mod exchange;
pub mod head;
pub mod home;
pub mod officer;
pub mod report;
pub mod server;
pub mod store;
mod work;

pub use error::DistrictError;
pub use home::{District, Setup, Tools};
pub use server::{Config, Limits, Log, Running, Server, Transport};
