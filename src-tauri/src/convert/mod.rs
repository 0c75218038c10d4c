//! From the rooms' values to what crosses to the window and back. Pure.

/// Both directions of a one-to-one naming.
macro_rules! same {
    ($from:ident, $to:ident, $($variant:ident => $key:ident),+ $(,)?) => {
        impl From<$from> for $to {
            fn from(value: $from) -> Self {
                match value { $($from::$variant => $to::$key),+ }
            }
        }
        impl From<$to> for $from {
            fn from(value: $to) -> Self {
                match value { $($to::$key => $from::$variant),+ }
            }
        }
    };
}

pub mod enrolment;
pub mod exports;
pub mod facets;
pub mod history;
pub mod import;
pub mod judgement;
pub mod likeness;
pub mod overview;
pub mod people;
pub mod photos;
pub mod population;
pub mod stamp;
pub mod statements;
pub mod status;
pub mod sync;
pub mod verify;
pub mod versions;
pub mod village;

/// SHA-256 as the window names it.
pub fn digest(hex: &str) -> Option<[u8; 32]> {
    payung_keys::from_hex(hex)?.try_into().ok()
}

/// Counts of the rooms are 64 bits wide; a screen never shows so many.
pub fn count(count: u64) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
