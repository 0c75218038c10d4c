//! The courier: brings what waits to the district and answers back, at start, when something was written, when the line
//! returns, and when the clerk asks. Being without internet is its normal state.

mod board;
mod pending;
mod rounds;

pub use rounds::Courier;
