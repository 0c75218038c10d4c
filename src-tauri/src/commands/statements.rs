//! Letters: who may stand in one, making and taking back, the pages.

use crate::convert::statements::{candidate, row, view};
use crate::dto::{
    CommandError, NewStatement, PreparedStatements, RawBytes, StatementCandidate, StatementRow, StatementView,
};
use crate::error::Answered;
use crate::letter;
use crate::state::Here;
use payung_journal::TrailKind;
use payung_register::{LIST_ROWS_MAX, ListQuery, Mark, Op, StatementId};
use tauri::AppHandle;

/// People who may stand in a statement now, at most 500.
#[tauri::command]
#[specta::specta]
pub async fn statement_candidates(payung: Here<'_>, search: String) -> Answered<Vec<StatementCandidate>> {
    let query =
        ListQuery { search, marks: vec![Mark::CanBeListed], limit: LIST_ROWS_MAX, ..ListQuery::default() };
    payung
        .with(move |register| {
            let rows = register.list(&query)?.rows;
            rows.iter().map(|row| Ok(candidate(&register.person(row.id)?))).collect()
        })
        .await
}

/// The next number after the last one used, by its pattern; may be empty.
#[tauri::command]
#[specta::specta]
pub async fn suggest_number(payung: Here<'_>) -> Answered<String> {
    payung.with(|register| letter::next_number(register)).await
}

#[tauri::command]
#[specta::specta]
pub async fn prepare_statement(payung: Here<'_>, letter: NewStatement) -> Answered<PreparedStatements> {
    payung.write(move |register| letter::prepare(register, &letter)).await
}

/// Newest first.
#[tauri::command]
#[specta::specta]
pub async fn statements(payung: Here<'_>) -> Answered<Vec<StatementRow>> {
    payung
        .with(|register| {
            let all = register.statements()?;
            all.iter().map(|known| Ok(row(&register.statement(known.id)?, register.regulation()))).collect()
        })
        .await
}

#[tauri::command]
#[specta::specta]
pub async fn statement(payung: Here<'_>, id: i64) -> Answered<StatementView> {
    payung.with(move |register| view(register, &register.statement(StatementId(id))?)).await
}

/// Takes back a letter that nobody has signed.
#[tauri::command]
#[specta::specta]
pub async fn withdraw_statement(payung: Here<'_>, id: i64, reason: String) -> Answered<StatementRow> {
    payung
        .write(move |register| {
            let statement = StatementId(id);
            register.transact(Op::WithdrawStatement { statement, reason })?;
            Ok(row(&register.statement(statement)?, register.regulation()))
        })
        .await
}

/// The pages as they stand: a preview, in the head's room the frozen pages, or the signed document. PDF bytes.
#[tauri::command]
#[specta::specta]
pub async fn statement_pdf(payung: Here<'_>, id: i64) -> Answered<RawBytes> {
    let for_the_head = payung.head().is_some();
    payung.with(move |register| letter::pages(register, StatementId(id), for_the_head)).await.map(RawBytes)
}

/// Saves the pages where the clerk says; the path, or `null` when she closes the dialog.
#[tauri::command]
#[specta::specta]
pub async fn save_pdf(app: AppHandle, payung: Here<'_>, id: i64) -> Answered<Option<String>> {
    let statement = StatementId(id);
    let (name, bytes) = payung
        .with(move |register| {
            Ok((letter::file_name(register, statement)?, letter::pages(register, statement, false)?))
        })
        .await?;
    let Some(path) = super::dialogs::save_as(app, "Simpan surat", name).await? else { return Ok(None) };
    std::fs::write(&path, bytes).map_err(|error| not_written(&error))?;
    let note = format!("surat {id} disimpan sebagai PDF");
    payung
        .write(move |register| {
            Ok(register.transact(Op::Trail { what: TrailKind::Exported, person: None, note })?)
        })
        .await?;
    Ok(Some(path.to_string_lossy().into_owned()))
}

fn not_written(error: &std::io::Error) -> CommandError {
    CommandError::problem(format!(
        "Surat tidak dapat disimpan di sana ({error}). Surat dalam register aman; pilih folder lain."
    ))
}
