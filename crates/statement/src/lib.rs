//! The surat pernyataan: view model to PDF.
//!
//! [`render`] takes a [`StatementPage`] and gives the bytes of a PDF/A-3b file, tagged, in Indonesian, with the attested
//! data embedded as `statement.json`. Same page, same bytes. This crate decides nothing about people, opens no file and
//! signs nothing: the signature over the finished bytes is made elsewhere, with the head's own key.

mod content;
mod ink;
mod page;
mod render;
mod view;
mod words;
mod world;

pub use content::short_hash;
pub use page::{
    FIELD_CHARS_MAX, INK_POINTS_MAX, Kind, Office, PEOPLE_MAX, PersonLine, Point, RegulationCited, Signatory,
    StatementError, StatementPage, Strokes,
};
pub use render::{Pdf, render};
pub use words::terbilang;
