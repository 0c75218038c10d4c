//! Sets a document and writes it as PDF/A-3b, tagged; a statement with its data embedded.

use crate::content::content;
use crate::everyday::form::BlankForm;
use crate::everyday::people::PeopleList;
use crate::everyday::sheet::PersonSheet;
use crate::lists::{Book, PublicList};
use crate::page::{StatementError, StatementPage};
use crate::slim::slim;
use crate::view::view;
use crate::world::{DocumentWorld, printable};
use crate::{everyday, ink, lists_view, qr};
use serde::Serialize;
use typst::diag::{SourceDiagnostic, Warned};
use typst::foundations::Smart;
use typst::{World, WorldExt};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

/// A finished document. Of a statement, these very bytes are shown, signed, printed and kept.
#[derive(Clone, PartialEq, Eq)]
pub struct Pdf {
    pub bytes: Vec<u8>,
    pub pages: usize,
    /// Of a statement: SHA-256 of the embedded `statement.json`; [`crate::short_hash`] of it stands on every page. Of
    /// anything else: SHA-256 over what is printed.
    pub content_hash: [u8; 32],
}

/// Sets the statement. Reads no clock: the document's date is the only time in it, so the same page gives the same
/// bytes on every machine, and the preview is the print.
pub fn render(page: &StatementPage) -> Result<Pdf, StatementError> {
    forgetting(|| statement(page))
}

/// Sets the book of statements and duty stamps.
pub fn render_book(book: &Book) -> Result<Pdf, StatementError> {
    forgetting(|| {
        let data = json(&lists_view::book(book, &printable)?)?;
        list("/buku.typ", book.printed_on, data, book.emblem.as_deref())
    })
}

/// Sets the list for a meeting of the village.
pub fn render_public_list(people: &PublicList) -> Result<Pdf, StatementError> {
    forgetting(|| {
        let data = json(&lists_view::public_list(people, &printable)?)?;
        list("/daftar.typ", people.date, data, people.emblem.as_deref())
    })
}

/// Sets the empty form for the hamlet heads.
pub fn render_blank_form(form: &BlankForm) -> Result<Pdf, StatementError> {
    forgetting(|| {
        let data = json(&everyday::form::view(form, &printable)?)?;
        list("/formulir.typ", form.date, data, form.emblem.as_deref())
    })
}

/// Sets what is recorded about one person.
pub fn render_person_sheet(sheet: &PersonSheet) -> Result<Pdf, StatementError> {
    forgetting(|| {
        let data = json(&everyday::sheet::view(sheet, &printable)?)?;
        list("/lembar.typ", sheet.printed_on, data, sheet.emblem.as_deref())
    })
}

/// Sets a list of people for the office's own work.
pub fn render_people_list(people: &PeopleList) -> Result<Pdf, StatementError> {
    forgetting(|| {
        let data = json(&everyday::people::view(people, &printable)?)?;
        list("/calon.typ", people.date, data, people.emblem.as_deref())
    })
}

/// The typesetter remembers every document it ever set, failed ones too, unless told to forget.
fn forgetting(set: impl FnOnce() -> Result<Pdf, StatementError>) -> Result<Pdf, StatementError> {
    let rendered = set();
    typst::comemo::evict(0);
    rendered
}

fn statement(page: &StatementPage) -> Result<Pdf, StatementError> {
    let content = content(page);
    let view = view(page, &content, &printable)?;
    if let Some(text) = &page.qr {
        qr::check(text)?;
    }
    let mut files = vec![("/data.json", json(&view)?), ("/statement.json", content.json)];
    if let Some(strokes) = &page.drawn_signature {
        files.push(("/tanda-tangan.svg", ink::svg(strokes)?));
    }
    files.extend(emblem(page.emblem.as_deref())?);
    let world = DocumentWorld::new("/surat.typ", page.date, files)
        .ok_or(StatementError::Layout { line: None })?
        .with_qr(page.qr.clone());
    written(&world, content.hash)
}

fn list(
    main: &str,
    date: payung_domain::CivilDate,
    data: Vec<u8>,
    picture: Option<&[u8]>,
) -> Result<Pdf, StatementError> {
    let hash = payung_keys::sha256(&[&data]);
    let mut files = vec![("/data.json", data)];
    files.extend(emblem(picture)?);
    let world = DocumentWorld::new(main, date, files).ok_or(StatementError::Layout { line: None })?;
    written(&world, hash)
}

fn json(view: &impl Serialize) -> Result<Vec<u8>, StatementError> {
    serde_json::to_vec(view).map_err(|_| StatementError::Layout { line: None })
}

fn emblem(picture: Option<&[u8]>) -> Result<Option<(&'static str, Vec<u8>)>, StatementError> {
    let Some(bytes) = picture else { return Ok(None) };
    // What the register kept was prepared once; anything else would stop the typesetter without naming the cause.
    crate::emblem::decoded(bytes).map_err(|_| StatementError::Emblem)?;
    Ok(Some(("/lambang", bytes.to_vec())))
}

fn written(world: &DocumentWorld, content_hash: [u8; 32]) -> Result<Pdf, StatementError> {
    let Warned { output, .. } = typst::compile::<PagedDocument>(world);
    let document = output.map_err(|problems| fault(world, &problems))?;
    let bytes =
        typst_pdf::pdf(&document, &options(&content_hash)?).map_err(|problems| fault(world, &problems))?;
    Ok(Pdf { bytes: slim(bytes), pages: document.pages().len(), content_hash })
}

fn options(hash: &[u8; 32]) -> Result<PdfOptions, StatementError> {
    let standards =
        PdfStandards::new(&[PdfStandard::A_3b]).map_err(|_| StatementError::Layout { line: None })?;
    Ok(PdfOptions {
        ident: Smart::Custom(payung_keys::hex(hash)),
        creator: Smart::Custom(Some("Payung".to_owned())),
        standards,
        ..PdfOptions::default()
    })
}

/// Where in the template it went wrong. The message stays behind: it may quote what was being set.
fn fault(world: &DocumentWorld, problems: &[SourceDiagnostic]) -> StatementError {
    #[cfg(test)]
    for problem in problems {
        eprintln!("typst: {} {:?}", problem.message, problem.hints);
    }
    let line = problems.first().and_then(|problem| {
        let id = problem.span.id()?;
        let range = world.range(problem.span)?;
        let line = world.source(id).ok()?.lines().byte_to_line(range.start)?;
        Some(format!("{} baris {}", id.vpath().get_without_slash(), line + 1))
    });
    StatementError::Layout { line }
}
