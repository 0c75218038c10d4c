//! Paper: prints, copies, files to keep, the registers for the auditor, the list for the village meeting.

use super::dialogs;
use crate::dto::{CommandError, PageKind, PrintEnd, PrintSheet, PrintsNoted, RawBytes};
use crate::error::Answered;
use crate::letter;
use crate::papers;
use crate::printing;
use crate::state::{Here, Payung};
use payung_domain::CivilDate;
use payung_journal::TrailKind;
use payung_register::{Op, StatementId};
use tauri::{AppHandle, WebviewWindow};

/// The pages of one letter for printing. PDF bytes.
#[tauri::command]
#[specta::specta]
pub async fn print_pdf(payung: Here<'_>, id: i64, what: PageKind) -> Answered<RawBytes> {
    pages(&payung, id, what).await.map(|(_, bytes)| RawBytes(bytes))
}

/// They were sent to a printer.
#[tauri::command]
#[specta::specta]
pub async fn note_printed(payung: Here<'_>, ids: Vec<i64>, what: PageKind) -> Answered<PrintsNoted> {
    payung.write(move |register| papers::note_printed(register, &ids, what)).await
}

/// The system's print dialog on what the window shows, for sheets of this size and in full size. How it ended.
#[tauri::command]
#[specta::specta]
pub async fn print_dialog(window: WebviewWindow, sheet: PrintSheet) -> Answered<PrintEnd> {
    printing::run(&window, sheet).await
}

/// Saves the letter where the clerk says; the path, or `null` when she closes the dialog.
#[tauri::command]
#[specta::specta]
pub async fn save_pdf(app: AppHandle, payung: Here<'_>, id: i64) -> Answered<Option<String>> {
    let (name, bytes) = pages(&payung, id, PageKind::AsSigned).await?;
    save(app, &payung, name, bytes, format!("surat {id} disimpan sebagai PDF")).await
}

/// Opens the pages in the system's viewer. The file behind it goes when Payung is locked or closed.
#[tauri::command]
#[specta::specta]
pub async fn open_pdf(payung: Here<'_>, id: i64, what: PageKind) -> Answered<()> {
    let (name, bytes) = pages(&payung, id, what).await?;
    open(&payung, name, bytes, format!("surat {id} dibuka di penampil PDF")).await
}

/// The register of letters and of meterai between two civil dates, both included. PDF bytes.
#[tauri::command]
#[specta::specta]
pub async fn book_pdf(payung: Here<'_>, from: String, to: String) -> Answered<RawBytes> {
    let (from, to) = stretch(&from, &to)?;
    payung.with(move |register| papers::book(register, from, to)).await.map(RawBytes)
}

/// As `book_pdf`, saved where the clerk says.
#[tauri::command]
#[specta::specta]
pub async fn save_book(
    app: AppHandle,
    payung: Here<'_>,
    from: String,
    to: String,
) -> Answered<Option<String>> {
    let (from, to) = stretch(&from, &to)?;
    let bytes = payung.with(move |register| papers::book(register, from, to)).await?;
    let name = format!("Buku Surat Pernyataan dan Meterai {from} - {to}.pdf");
    save(app, &payung, name, bytes, format!("buku surat {from} sampai {to} disimpan sebagai PDF")).await
}

/// The masked list for the village meeting over these letters; `null`: over everybody who is proposed. PDF bytes.
#[tauri::command]
#[specta::specta]
pub async fn public_list_pdf(payung: Here<'_>, ids: Option<Vec<i64>>) -> Answered<RawBytes> {
    payung.with(move |register| papers::public_list(register, ids.as_deref())).await.map(RawBytes)
}

/// As `public_list_pdf`, saved where the clerk says.
#[tauri::command]
#[specta::specta]
pub async fn save_public_list(
    app: AppHandle,
    payung: Here<'_>,
    ids: Option<Vec<i64>>,
) -> Answered<Option<String>> {
    let bytes = payung.with(move |register| papers::public_list(register, ids.as_deref())).await?;
    let name = "Daftar Calon Penerima untuk Musyawarah.pdf".to_owned();
    save(app, &payung, name, bytes, "daftar musyawarah disimpan sebagai PDF".to_owned()).await
}

fn stretch(from: &str, to: &str) -> Answered<(CivilDate, CivilDate)> {
    let date = |field: &str, text: &str| {
        CivilDate::parse(text).ok_or_else(|| CommandError::invalid(field, "Tanggal ini tidak dapat dibaca."))
    };
    let (from, to) = (date("from", from)?, date("to", to)?);
    if from > to {
        return Err(CommandError::invalid("to", "Tanggal akhir mendahului tanggal awal."));
    }
    Ok((from, to))
}

/// A file's name and the pages.
async fn pages(payung: &Payung, id: i64, what: PageKind) -> Answered<(String, Vec<u8>)> {
    let statement = StatementId(id);
    payung
        .with(move |register| {
            Ok((letter::file_name(register, statement)?, papers::print(register, statement, what)?))
        })
        .await
}

async fn save(
    app: AppHandle,
    payung: &Payung,
    name: String,
    bytes: Vec<u8>,
    note: String,
) -> Answered<Option<String>> {
    let Some(path) = dialogs::save_as(app, "Simpan PDF", name).await? else { return Ok(None) };
    std::fs::write(&path, bytes).map_err(|error| not_written(&error))?;
    exported(payung, note).await?;
    Ok(Some(path.to_string_lossy().into_owned()))
}

pub async fn open(payung: &Payung, name: String, bytes: Vec<u8>, note: String) -> Answered<()> {
    let path =
        payung.viewed.put(&name, &bytes, &*payung.tools.randomness).map_err(|error| not_written(&error))?;
    tauri_plugin_opener::open_path(path, None::<&str>).map_err(|_| {
        CommandError::problem(
            "Penampil PDF tidak dapat dibuka di komputer ini. Simpan suratnya, lalu buka dari folder itu.",
        )
    })?;
    exported(payung, note).await
}

async fn exported(payung: &Payung, note: String) -> Answered<()> {
    payung
        .write(move |register| {
            register.transact(Op::Trail { what: TrailKind::Exported, person: None, note })?;
            Ok(())
        })
        .await
}

fn not_written(error: &std::io::Error) -> CommandError {
    CommandError::problem(format!(
        "Surat tidak dapat disimpan di sana ({error}). Surat dalam register aman; pilih folder lain."
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stretch_of_time_runs_forward() {
        let day = |text| CivilDate::parse(text).unwrap();
        assert_eq!(stretch("2026-01-01", "2026-12-31").unwrap(), (day("2026-01-01"), day("2026-12-31")));
        assert_eq!(stretch("2026-12-31", "2026-01-01").unwrap_err().fields[0].field, "to");
        assert_eq!(stretch("kemarin", "2026-01-01").unwrap_err().fields[0].field, "from");
    }
}
