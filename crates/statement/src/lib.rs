//! The surat pernyataan, and the office's other papers: view model to PDF.
//!
//! [`render`] takes a [`StatementPage`] and gives the bytes of a PDF/A-3b file, tagged, in Indonesian, with the attested
//! data embedded as `statement.json`. Same page, same bytes. This crate decides nothing about people, opens no file and
//! signs nothing: the signature over the finished bytes is made elsewhere, with the head's own key. It never draws a
//! meterai, only an empty place for one.

mod content;
mod emblem;
mod everyday;
mod ink;
mod lists;
mod lists_view;
mod page;
mod qr;
mod render;
mod slim;
mod stored;
mod view;
mod words;
mod world;

pub use content::{content_hash, short_hash};
pub use emblem::{
    EMBLEM_BYTES_MAX, EMBLEM_PIXELS_MAX, EMBLEM_PREPARED_BYTES_MAX, EmblemError, prepare_emblem,
};
pub use everyday::form::{BlankForm, FORM_ITEMS_MAX, FormItem, FormPart, Space};
pub use everyday::people::{ListedPerson, PeopleList};
pub use everyday::sheet::{
    PersonSheet, SHEET_HISTORY_MAX, SheetCheck, SheetEvent, SheetPart, SheetStatement,
};
pub use lists::{Book, BookRow, BookStamp, LIST_ROWS_MAX, PublicList, PublicPerson};
pub use page::{
    FIELD_CHARS_MAX, INK_POINTS_MAX, Kind, Office, PEOPLE_MAX, Paper, PersonLine, Point, QR_CHARS_MAX,
    REPLACED_MAX, RegulationCited, Replaced, Signatory, StatementError, StatementPage, Strokes,
};
pub use render::{
    Pdf, render, render_blank_form, render_book, render_people_list, render_person_sheet, render_public_list,
};
pub use words::{terbilang, title_notice};
