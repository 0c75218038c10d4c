//! Signatures in finished PDFs: making room for one, reading the ones that stand there, the code that every sheet
//! carries, and what comes back from the scanner.
//!
//! * [`make_room`] adds an empty signature to a finished PDF by an incremental update; [`digest_outside`] is what the
//!   signature is made over, [`fill`] puts it into its place. Nothing else in the file ever changes.
//! * [`Summary`] and [`Sheet`]: the signed line that each page carries as a QR code.
//! * [`compare_scans`]: which sheets of which statement came back as pictures.
//!
//! This crate reads no clock and no file, makes no signature and knows no algorithm: those are the rooms `system`, the
//! programs and `keys`. Bytes from outside are hostile until shown otherwise: sizes, counts and what streams inflate to
//! have limits.

mod error;
mod file;
mod knowledge;
mod room;
mod scans;
mod sheet;

pub use error::SealError;
pub use file::{OBJECTS_MAX, PDF_BYTES_MAX, STREAM_BYTES_MAX};
pub use knowledge::Knowledge;
pub use room::{Place, RESERVED_BYTES, Room, digest_outside, fill, make_room};
pub use scans::{
    SCAN_BYTES_MAX, SCAN_FILES_MAX, SCAN_PIXELS_MAX, Scan, ScanReport, ScanVerdict, ScannedPage,
    compare_scans,
};
pub use sheet::{SHEET_TEXT_MAX, Sheet, Summary};
