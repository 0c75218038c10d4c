//! The one way out of the village. The driver knows this trait only; HTTP is one implementation, a test's wire another.

use std::future::Future;
use std::time::Duration;

/// Carries a message to the district and its answer back. Messages are opaque bytes; both ends know what they mean.
pub trait Link: Send + Sync {
    /// One round of the second language: a signed round, and the district's answer to it.
    fn round(&self, request: Vec<u8>) -> impl Future<Output = Result<Vec<u8>, LinkError>> + Send;

    /// A signed call about attachments; gives the district's reply.
    fn attachment(&self, call: Vec<u8>) -> impl Future<Output = Result<Vec<u8>, LinkError>> + Send;

    /// Sends a signed request of the first language, to a district that knows no other; gives its answer.
    fn exchange(&self, request: Vec<u8>) -> impl Future<Output = Result<Vec<u8>, LinkError>> + Send;

    /// Sends an enrolment request (JSON); gives the district's answer (JSON).
    fn enrol(&self, request: String) -> impl Future<Output = Result<String, LinkError>> + Send;
}

/// Why nothing came back. Nothing of it endangers what the register holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LinkError {
    /// No way to the district: no network, no route, no answer in time. A normal state of a village.
    Offline,
    /// The district was reached and the line broke before the whole answer was here. Whether the request arrived is open.
    Broken,
    /// The certificate of the district is not valid at the laptop's date: nearly always the laptop's clock is wrong.
    ClockWrong,
    /// Somebody answered, but not the district that the enrolment file pinned.
    NotTheDistrict,
    /// The district asks to come back later.
    Busy { retry_after: Option<Duration> },
    /// The district does not take the request, in its own words.
    Refused { words: String },
    /// The district's server is older than what was asked of it: nobody lives at that address.
    Unknown,
    /// The answer is larger than any answer may be, or no answer of this protocol.
    Unreadable,
}
