//! Everyday paper and files about people: the empty form, the sheet of one person, lists, tables, OpenSID's programme.

use super::dialogs;
use crate::dto::{CommandError, ExportFormatKey, ListQuery, ProgrammeRequest, RawBytes};
use crate::error::Answered;
use crate::exports;
use crate::state::{Here, Payung};
use crate::tables::{self, NewProgramme, Recipients};
use crate::work::COMPOSING;
use payung_domain::Watch;
use payung_journal::TrailKind;
use payung_register::{Op, PersonId};
use payung_sheets::SheetError;
use payung_statement::{Pdf, StatementError, render_blank_form, render_people_list, render_person_sheet};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;
use tauri::AppHandle;

const FORM_FILE: &str = "Formulir Pendataan Calon Penerima.pdf";
/// Between two looks whether work that cannot look itself is to be stopped.
const LOOK_EVERY: Duration = Duration::from_millis(100);

/// The empty *Formulir Pendataan* of this village's regulation, one person a sheet. PDF bytes.
#[tauri::command]
#[specta::specta]
pub async fn form_blank_pdf(payung: Here<'_>) -> Answered<RawBytes> {
    let bytes = blank_form(&payung).await?;
    noted(&payung, TrailKind::Printed, None, "formulir pendataan kosong disiapkan untuk dicetak").await?;
    Ok(RawBytes(bytes))
}

/// As `form_blank_pdf`, saved where the clerk says; the path, or `null` when she closes the dialog.
#[tauri::command]
#[specta::specta]
pub async fn save_form_blank(app: AppHandle, payung: Here<'_>) -> Answered<Option<String>> {
    let bytes = blank_form(&payung).await?;
    let Some(path) = dialogs::save_as(app, "Simpan PDF", FORM_FILE.to_owned()).await? else {
        return Ok(None);
    };
    keep(&payung, path, bytes, None, "formulir pendataan kosong disimpan sebagai PDF").await
}

/// What is recorded about one person. `specific`: with the specific personal data. PDF bytes.
#[tauri::command]
#[specta::specta]
pub async fn person_sheet_pdf(payung: Here<'_>, id: i64, specific: bool) -> Answered<RawBytes> {
    let bytes = person_sheet(&payung, id, specific).await?;
    let note = format!("lembar data disiapkan untuk dicetak{}", with_specific(specific));
    noted(&payung, TrailKind::Printed, Some(PersonId(id)), &note).await?;
    Ok(RawBytes(bytes))
}

/// As `person_sheet_pdf`, saved where the clerk says; the path, or `null` when she closes the dialog.
#[tauri::command]
#[specta::specta]
pub async fn save_person_sheet(
    app: AppHandle,
    payung: Here<'_>,
    id: i64,
    specific: bool,
) -> Answered<Option<String>> {
    let bytes = person_sheet(&payung, id, specific).await?;
    // Never the person's name: folders are seen by others.
    let name = format!("Lembar Data {id}.pdf");
    let Some(path) = dialogs::save_as(app, "Simpan PDF", name).await? else { return Ok(None) };
    let note = format!("lembar data disimpan sebagai PDF{}", with_specific(specific));
    keep(&payung, path, bytes, Some(PersonId(id)), &note).await
}

/// The list as it is narrowed now; its stretch does not count. `masked`: only the ends of NIK and KK. PDF bytes.
#[tauri::command]
#[specta::specta]
pub async fn people_list_pdf(payung: Here<'_>, query: ListQuery, masked: bool) -> Answered<RawBytes> {
    let (bytes, count) = people_list(&payung, query, masked).await?;
    let note = format!("daftar {count} orang disiapkan untuk dicetak{}", with_masks(masked));
    noted(&payung, TrailKind::Printed, None, &note).await?;
    Ok(RawBytes(bytes))
}

/// As `people_list_pdf`, saved where the clerk says; the path, or `null` when she closes the dialog.
#[tauri::command]
#[specta::specta]
pub async fn save_people_list(
    app: AppHandle,
    payung: Here<'_>,
    query: ListQuery,
    masked: bool,
) -> Answered<Option<String>> {
    let name = {
        let query = query.clone();
        payung
            .with(move |register| {
                exports::fits_a_list(register, &query)?;
                Ok(dated(register, "Daftar Calon Penerima", "pdf"))
            })
            .await?
    };
    let Some(path) = dialogs::save_as(app, "Simpan PDF", name).await? else { return Ok(None) };
    let (bytes, count) = people_list(&payung, query, masked).await?;
    let note = format!("daftar {count} orang disimpan sebagai PDF{}", with_masks(masked));
    keep(&payung, path, bytes, None, &note).await
}

/// The list as it is narrowed now as a table that Payung reads again, every cell a text. `specific`: with the specific
/// personal data. The path, or `null` when the clerk closes the dialog.
#[tauri::command]
#[specta::specta]
pub async fn export_people(
    app: AppHandle,
    payung: Here<'_>,
    query: ListQuery,
    format: ExportFormatKey,
    specific: bool,
) -> Answered<Option<String>> {
    let ending = ending(format);
    let name = {
        let query = query.clone();
        payung
            .with(move |register| match exports::found(register, &query)? {
                0 => Err(exports::nobody()),
                _ => Ok(dated(register, "Calon Penerima", ending)),
            })
            .await?
    };
    let Some(path) = dialogs::save_as(app, "Ekspor calon penerima", name).await? else { return Ok(None) };
    let watch = Arc::new(payung.work(COMPOSING));
    let looks = watch.clone();
    let people = payung.with(move |register| exports::everybody(register, &query, &*looks)).await?;
    let count = people.len();
    let bytes = blocking(move || tables::table(&people, format, specific, &*watch)).await?;
    let note = format!("{count} orang diekspor sebagai {}{}", ending.to_uppercase(), with_specific(specific));
    keep(&payung, path, bytes, None, &note).await
}

/// The *program bantuan* file that OpenSID imports. The path, or `null` when the clerk closes the dialog.
#[tauri::command]
#[specta::specta]
pub async fn export_programme(
    app: AppHandle,
    payung: Here<'_>,
    request: ProgrammeRequest,
) -> Answered<Option<String>> {
    let programme = NewProgramme::read(&request)?;
    let watch = payung.work(COMPOSING);
    let (bytes, count, name) = payung
        .with(move |register| {
            let recipients = Recipients::of(register, &programme, &watch)?;
            let name = dated(register, "Program Bantuan OpenSID", "xlsx");
            Ok((recipients.file(&programme)?, recipients.count(), name))
        })
        .await?;
    let Some(path) = dialogs::save_as(app, "Simpan berkas program", name).await? else { return Ok(None) };
    let note = format!("{count} orang diekspor sebagai berkas program OpenSID");
    keep(&payung, path, bytes, None, &note).await
}

// -- Setting pages -------------------------------------------------------------------------------------------------------

async fn blank_form(payung: &Payung) -> Answered<Vec<u8>> {
    let form = payung.with(|register| exports::blank_form(register)).await?;
    set(Arc::new(payung.work(COMPOSING)), move || render_blank_form(&form)).await
}

async fn person_sheet(payung: &Payung, id: i64, specific: bool) -> Answered<Vec<u8>> {
    let sheet = payung.with(move |register| exports::person_sheet(register, PersonId(id), specific)).await?;
    set(Arc::new(payung.work(COMPOSING)), move || render_person_sheet(&sheet)).await
}

/// The pages, and how many people stand on them.
async fn people_list(payung: &Payung, query: ListQuery, masked: bool) -> Answered<(Vec<u8>, usize)> {
    let watch = Arc::new(payung.work(COMPOSING));
    let looks = watch.clone();
    let list = payung.with(move |register| exports::people_list(register, &query, masked, &*looks)).await?;
    let count = list.people.len();
    Ok((set(watch, move || render_people_list(&list)).await?, count))
}

/// Sets pages away from the window and from the register. The typesetter looks at nobody: when it is to be stopped, its
/// pages are thrown away as soon as they are there, and nobody waits for them.
async fn set<W, F>(watch: Arc<W>, pages: F) -> Answered<Vec<u8>>
where
    W: Watch + Send + Sync + 'static,
    F: FnOnce() -> Result<Pdf, StatementError> + Send + 'static,
{
    let mut setting = tokio::task::spawn_blocking(pages);
    loop {
        tokio::select! {
            set = &mut setting => {
                return Ok(set.map_err(|_| CommandError::broken())??.bytes);
            }
            () = tokio::time::sleep(LOOK_EVERY) => {
                if !watch.at(0, 0) {
                    return Err(payung_register::RegisterError::Stopped.into());
                }
            }
        }
    }
}

async fn blocking<T, F>(work: F) -> Answered<T>
where
    T: Send + 'static,
    F: FnOnce() -> Answered<T> + Send + 'static,
{
    tokio::task::spawn_blocking(work).await.map_err(|_| CommandError::broken())?
}

// -- Keeping files, and the trail of it --------------------------------------------------------------------------------

async fn keep(
    payung: &Payung,
    path: PathBuf,
    bytes: Vec<u8>,
    person: Option<PersonId>,
    note: &str,
) -> Answered<Option<String>> {
    let written = path.clone();
    blocking(move || replace(&written, &bytes)).await?;
    noted(payung, TrailKind::Exported, person, note).await?;
    Ok(Some(path.to_string_lossy().into_owned()))
}

/// How many and what, never who: names stay out of the trail.
async fn noted(payung: &Payung, what: TrailKind, person: Option<PersonId>, note: &str) -> Answered<()> {
    let note = note.to_owned();
    payung
        .write(move |register| {
            register.transact(Op::Trail { what, person, note })?;
            Ok(())
        })
        .await
}

/// A failed export leaves the file that was there: the new one is written beside it and then takes its name.
fn replace(path: &Path, bytes: &[u8]) -> Answered<()> {
    let mut beside = path.as_os_str().to_owned();
    beside.push(".sementara");
    let written = std::fs::write(&beside, bytes).and_then(|()| std::fs::rename(&beside, path));
    written.map_err(|error| {
        // What cannot be removed is half a file under a name that says so.
        let _ = std::fs::remove_file(&beside);
        SheetError::Unwritten(error.kind()).into()
    })
}

/// `Calon Penerima 2026-11-21.xlsx`.
fn dated(register: &payung_register::Register, what: &str, ending: &str) -> String {
    format!("{what} {}.{ending}", crate::convert::people::village_today(register))
}

const fn ending(format: ExportFormatKey) -> &'static str {
    match format {
        ExportFormatKey::Xlsx => "xlsx",
        ExportFormatKey::Csv => "csv",
    }
}

const fn with_specific(specific: bool) -> &'static str {
    if specific { " dengan data pribadi spesifik" } else { "" }
}

const fn with_masks(masked: bool) -> &'static str {
    if masked { ", NIK disamarkan" } else { "" }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::tests::{payung, set_up};

    #[tokio::test]
    async fn what_leaves_the_register_is_written_whole_and_noted_without_a_name() {
        let folder = tempfile::tempdir().unwrap();
        let (payung, _heard) = payung(folder.path());
        set_up(&payung).await;
        let path = folder.path().join("daftar.csv");
        std::fs::write(&path, "yang lama").unwrap();
        let kept = keep(&payung, path.clone(), b"isi".to_vec(), None, "3 orang diekspor sebagai CSV").await;
        assert_eq!(kept.unwrap().as_deref(), path.to_str());
        assert_eq!(std::fs::read(&path).unwrap(), b"isi");
        let trail = payung.with(|register| Ok(register.trail(1)?)).await.unwrap();
        assert_eq!(
            (trail[0].what, trail[0].note.as_str()),
            (TrailKind::Exported, "3 orang diekspor sebagai CSV")
        );
    }

    #[tokio::test]
    async fn a_folder_that_takes_no_file_leaves_no_trail_of_one() {
        let folder = tempfile::tempdir().unwrap();
        let (payung, _heard) = payung(folder.path());
        set_up(&payung).await;
        let before = payung.with(|register| Ok(register.trail(9)?.len())).await.unwrap();
        let path = folder.path().join("tidak ada").join("daftar.csv");
        let refused = keep(&payung, path, b"isi".to_vec(), None, "tidak jadi").await.unwrap_err();
        assert!(refused.message.contains("tidak dapat ditulis"), "{}", refused.message);
        assert_eq!(payung.with(|register| Ok(register.trail(9)?.len())).await.unwrap(), before);
    }

    #[tokio::test]
    async fn the_form_of_this_village_is_one_sheet() {
        let folder = tempfile::tempdir().unwrap();
        let (payung, _heard) = payung(folder.path());
        set_up(&payung).await;
        let bytes = blank_form(&payung).await.unwrap();
        assert!(bytes.starts_with(b"%PDF"));
    }

    struct Hasty;

    impl Watch for Hasty {
        fn at(&self, _done: u64, _total: u64) -> bool {
            false
        }
    }

    #[tokio::test]
    async fn nobody_waits_for_pages_that_are_not_wanted_any_more() {
        let (free, held) = std::sync::mpsc::channel::<()>();
        // Pages that are never done as long as somebody waits for them.
        let endless = move || {
            let _ = held.recv();
            Err(StatementError::NoRows)
        };
        let stopped = set(Arc::new(Hasty), endless).await.unwrap_err();
        assert!(stopped.message.contains("Dihentikan"), "{}", stopped.message);
        drop(free);
    }
}
