//! Sets a statement and writes it as PDF/A-3b, tagged, with its data embedded.

use crate::content::content;
use crate::page::{StatementError, StatementPage};
use crate::view::view;
use crate::world::{StatementWorld, printable};
use crate::{ink, world};
use typst::diag::{SourceDiagnostic, Warned};
use typst::foundations::Smart;
use typst::{World, WorldExt};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

/// A finished statement: these very bytes are shown, signed, printed and kept.
#[derive(Clone, PartialEq, Eq)]
pub struct Pdf {
    pub bytes: Vec<u8>,
    pub pages: usize,
    /// SHA-256 of the embedded `statement.json`; [`crate::short_hash`] of it stands on every page.
    pub content_hash: [u8; 32],
}

/// Sets the statement. Reads no clock: the document's date is the only time in it, so the same page gives the same
/// bytes on every machine, and the preview is the print.
pub fn render(page: &StatementPage) -> Result<Pdf, StatementError> {
    let rendered = render_cached(page);
    // The typesetter remembers every document it ever set, failed ones too, unless told to forget.
    typst::comemo::evict(0);
    rendered
}

fn render_cached(page: &StatementPage) -> Result<Pdf, StatementError> {
    let content = content(page);
    let view = view(page, &content, &printable)?;
    let data = serde_json::to_vec(&view).map_err(|_| StatementError::Layout { line: None })?;
    let mut files = vec![("/data.json", data), ("/statement.json", content.json)];
    if let Some(strokes) = &page.drawn_signature {
        files.push(("/tanda-tangan.svg", ink::svg(strokes)?));
    }
    let world = world::StatementWorld::new(page.date, files).ok_or(StatementError::Layout { line: None })?;
    let Warned { output, .. } = typst::compile::<PagedDocument>(&world);
    let document = output.map_err(|problems| fault(&world, &problems))?;
    let bytes =
        typst_pdf::pdf(&document, &options(&content.hash)?).map_err(|problems| fault(&world, &problems))?;
    Ok(Pdf { bytes, pages: document.pages().len(), content_hash: content.hash })
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
fn fault(world: &StatementWorld, problems: &[SourceDiagnostic]) -> StatementError {
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
