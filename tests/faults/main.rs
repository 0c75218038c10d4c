//! kill -9, at moments that nobody chose: nothing acknowledged is lost, nothing is doubled.

mod chance;
mod entering;
mod syncing;
