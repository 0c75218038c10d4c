//! Signatures in finished PDFs: making room for one, reading the ones that stand there, the code that every sheet
//! carries, and what comes back from the scanner.
//!
//! * [`make_room`] adds an empty signature to a finished PDF by an incremental update; [`digest_outside`] is what the
//!   signature is made over, [`fill`] puts it into its place. Nothing else in the file ever changes.
//! * [`Summary`] and [`Sheet`]: the signed line that each page carries as a QR code.
//! * [`read_scans`] and [`compare_scans`]: which sheets of which statement came back as pictures.
//! * [`verify_pdf`]: every signature in anybody's PDF, what it covers and what changed after it. It states what was
//!   seen; whether a document binds anyone is not for a program to say.
//! * [`is_this_statement`]: whether a PDF that came back with further signatures is a certain statement.
//!
//! This crate reads no clock and no file, makes no signature and knows no algorithm: those are the rooms `system`, the
//! programs and `keys`. Bytes from outside are hostile until shown otherwise: sizes, counts and what streams inflate to
//! have limits.

mod changes;
mod codes;
mod coverage;
mod embedded;
mod error;
mod fields;
mod file;
mod knowledge;
mod picture;
mod room;
mod same;
mod scans;
mod sheet;
mod stamp;
mod verify;
mod words;

pub use changes::LaterChanges;
pub use embedded::{EmbeddedPerson, EmbeddedStatement, printed_code};
pub use error::SealError;
pub use file::{OBJECTS_MAX, PDF_BYTES_MAX};
pub use knowledge::Knowledge;
pub use room::{Place, RESERVED_BYTES, Room, digest_outside, fill, make_room, signature_places};
pub use same::{SameStatement, is_this_statement};
pub use scans::{
    SCAN_BYTES_MAX, SCAN_FILES_MAX, SCAN_PAGES_MAX, SCAN_PIXELS_MAX, Scan, ScanReport, ScanVerdict,
    ScannedPage, compare_scans, read_scans,
};
pub use sheet::{SHEET_TEXT_MAX, Sheet, Summary};
pub use stamp::{StampSeen, StampTrace};
pub use verify::{Broken, Outcome, Report, SIGNATURES_MAX, SignatureKind, SignatureReport, verify_pdf};
pub use words::{scan_words, words};
