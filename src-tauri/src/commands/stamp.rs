//! The meterai comes in: its serial, the scans or the final PDF.

use super::dialogs;
use crate::convert::stamp as convert;
use crate::convert::statements::view;
use crate::dto::{CommandError, MeteraiKindKey, NewStamp, SerialCheck, StampCheck, StatementView};
use crate::error::Answered;
use crate::evidence::{self, Came, Wanted};
use crate::state::{Here, Payung};
use payung_register::{AttachmentError, Op, RegisterError, StatementId};
use tauri::AppHandle;

/// Lets the clerk choose scans, photos or the final PDF; empty when she closes the dialog.
#[tauri::command]
#[specta::specta]
pub async fn pick_stamp_files(app: AppHandle, payung: Here<'_>) -> Answered<Vec<String>> {
    let endings = &["pdf", "jpg", "jpeg", "png"];
    let picked = dialogs::pick_many(app, "Pindaian atau PDF bermeterai", endings).await?;
    payung.given.remember(picked.iter().map(Into::into));
    Ok(picked)
}

/// What is in the files; records nothing.
#[tauri::command]
#[specta::specta]
pub async fn check_stamp_files(payung: Here<'_>, id: i64, paths: Vec<String>) -> Answered<StampCheck> {
    let (_, check) = look(&payung, StatementId(id), &paths).await?;
    Ok(check)
}

/// Keeps the stamp with its files.
#[tauri::command]
#[specta::specta]
pub async fn record_stamp(payung: Here<'_>, id: i64, stamp: NewStamp) -> Answered<StatementView> {
    put(&payung, StatementId(id), stamp, |statement, stamp| Op::RecordStamp { statement, stamp }).await
}

/// The stamp was recorded wrongly: this one counts from now on, the earlier one stays on record.
#[tauri::command]
#[specta::specta]
pub async fn correct_stamp(
    payung: Here<'_>,
    id: i64,
    stamp: NewStamp,
    reason: String,
) -> Answered<StatementView> {
    let op = move |statement, stamp| Op::CorrectStamp { statement, stamp, reason };
    put(&payung, StatementId(id), stamp, op).await
}

/// With new files after a look at them; else beside those that are there.
async fn put(
    payung: &Payung,
    statement: StatementId,
    typed: NewStamp,
    op: impl FnOnce(StatementId, payung_register::NewStamp) -> Op<'static> + Send + 'static,
) -> Answered<StatementView> {
    let looked = match typed.paths.as_slice() {
        [] => None,
        paths => Some(look(payung, statement, paths).await?),
    };
    payung
        .write(move |register| {
            let stamp = match looked {
                Some((files, check)) => convert::new_stamp(typed, &check, evidence::kept(files))?,
                None => {
                    let files = register.statement_files(statement)?;
                    convert::same_files(typed, files.last().is_some_and(|file| file.original))?
                }
            };
            register.transact(op(statement, stamp))?;
            view(register, &register.statement(statement)?)
        })
        .await
}

/// Whether a serial has a usual shape and is free. `statement`: the letter it is meant for.
#[tauri::command]
#[specta::specta]
pub async fn check_serial(
    payung: Here<'_>,
    serial: String,
    kind: MeteraiKindKey,
    statement: Option<i64>,
) -> Answered<SerialCheck> {
    let statement = statement.map(StatementId);
    payung.with(move |register| convert::serial_check(register, &serial, kind, statement)).await
}

/// Opens a file that stands beside a letter, by its digest.
#[tauri::command]
#[specta::specta]
pub async fn open_statement_file(payung: Here<'_>, digest: String) -> Answered<()> {
    let digest = crate::convert::digest(&digest).ok_or(RegisterError::NoSuchStatement)?;
    let bytes = payung
        .with(move |register| Ok(register.statement_file(&digest)?.ok_or(AttachmentError::NotHere)?))
        .await?;
    let name = evidence::plain_name(&digest, &bytes);
    super::papers::open(&payung, name, bytes, "berkas bermeterai dibuka di penampil".to_owned()).await
}

/// Reads and checks away from the register: a scan takes its time, and others keep working.
async fn look(payung: &Payung, id: StatementId, paths: &[String]) -> Answered<(Vec<Came>, StampCheck)> {
    let paths = paths.iter().map(|path| payung.given.known(path)).collect::<Answered<Vec<_>>>()?;
    let wanted = payung.with(move |register| Wanted::of(register, id)).await?;
    let looked = tokio::task::spawn_blocking(move || {
        let files = evidence::read(&paths)?;
        let check = evidence::check(&files, &wanted)?;
        Ok((files, check))
    });
    looked.await.map_err(|_| CommandError::broken())?
}
