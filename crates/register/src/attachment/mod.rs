//! Photos and documents: announced by entries, their bytes kept once by digest and delivered by themselves.
//!
//! Data never waits for a photo: what a person's delivery says is about entries alone.

mod document;
pub(crate) mod door;
mod error;
pub(crate) mod proof;
pub(crate) mod remote;
pub(crate) mod rows;
mod views;

pub use error::AttachmentError;
pub use views::*;

use crate::door::Door;
use crate::error::RegisterError;
use crate::register::Register;

/// PDFs that a program before this one signed are announced; without any, nothing is written.
pub(crate) fn announce_older(register: &mut Register) -> Result<(), RegisterError> {
    if rows::unannounced(&register.db)?.is_empty() {
        return Ok(());
    }
    Door::through(register, door::announce_older)?;
    Ok(())
}
