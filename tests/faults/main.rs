//! kill -9, at moments that nobody chose: nothing acknowledged is lost, nothing is doubled.

mod chance;
mod disk;
mod entering;
mod syncing;
