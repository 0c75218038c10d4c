//! The print job: the sheet the window laid out, and how the system's dialog ended.

use serde::{Deserialize, Serialize};
use specta::Type;

/// The sheet of paper; where it stands upright, the window turns pages that lie on their side. Whole millimetres.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct PrintSheet {
    pub width_mm: u16,
    pub height_mm: u16,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum PrintEnd {
    /// The printer's queue, or a file, has the pages.
    Printed,
    /// The clerk closed the dialog.
    Cancelled,
    /// This system does not tell.
    Unknown,
}
