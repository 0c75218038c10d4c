//! What the window may ask for. Every command converts, makes one call, converts back; register work runs on a thread
//! of its own, so that the window never freezes.

pub mod app;
pub mod applicants;
pub mod carry;
mod dialogs;
pub mod exports;
pub mod finding;
pub mod head_room;
pub mod importing;
pub mod papers;
pub mod photos;
pub mod population;
pub mod settings;
pub mod setup;
pub mod stamp;
pub mod statements;
pub mod sync;
pub mod verify;
pub mod versions;
