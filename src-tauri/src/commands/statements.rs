//! Letters: who may stand in one, making and taking back, the pages.

use crate::convert::statements::{candidate, row, view};
use crate::drafting;
use crate::dto::{
    NewStatement, PreparedStatements, RawBytes, StatementCandidate, StatementRow, StatementView,
    WaitingStamps,
};
use crate::error::Answered;
use crate::letter;
use crate::state::Here;
use payung_register::{LIST_ROWS_MAX, ListQuery, Mark, Op, StatementId};

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
    payung.with(|register| drafting::next_number(register)).await
}

#[tauri::command]
#[specta::specta]
pub async fn prepare_statement(payung: Here<'_>, letter: NewStatement) -> Answered<PreparedStatements> {
    payung.write(move |register| drafting::prepare(register, &letter)).await
}

/// Newest first.
#[tauri::command]
#[specta::specta]
pub async fn statements(payung: Here<'_>) -> Answered<Vec<StatementRow>> {
    payung
        .with(|register| {
            let all = register.statements()?;
            Ok(all.iter().map(|known| row(known, register.regulation())).collect())
        })
        .await
}

#[tauri::command]
#[specta::specta]
pub async fn statement(payung: Here<'_>, id: i64) -> Answered<StatementView> {
    payung.with(move |register| view(register, &register.statement(StatementId(id))?)).await
}

/// Letters that the head does not see yet; nobody in them is listed.
#[tauri::command]
#[specta::specta]
pub async fn draft_statement(payung: Here<'_>, letter: NewStatement) -> Answered<PreparedStatements> {
    payung.write(move |register| drafting::draft(register, &letter)).await
}

/// Changes people and number of a draft.
#[tauri::command]
#[specta::specta]
pub async fn edit_draft(payung: Here<'_>, id: i64, letter: NewStatement) -> Answered<StatementView> {
    payung
        .write(move |register| {
            drafting::edit(register, StatementId(id), &letter)?;
            view(register, &register.statement(StatementId(id))?)
        })
        .await
}

/// Gives a draft to the head; refused with names when someone cannot be attested.
#[tauri::command]
#[specta::specta]
pub async fn hand_over(payung: Here<'_>, id: i64) -> Answered<StatementView> {
    payung
        .write(move |register| {
            let statement = StatementId(id);
            register.transact(Op::HandOver { statement })?;
            view(register, &register.statement(statement)?)
        })
        .await
}

/// Says when another letter bears the number; `except`: the letter being edited.
#[tauri::command]
#[specta::specta]
pub async fn check_number(payung: Here<'_>, number: String, except: Option<i64>) -> Answered<Option<String>> {
    payung.with(move |register| drafting::number_used(register, &number, except.map(StatementId))).await
}

/// `menunggu meterai: 3 surat, Rp30.000`.
#[tauri::command]
#[specta::specta]
pub async fn statement_summary_waiting(payung: Here<'_>) -> Answered<WaitingStamps> {
    payung.with(|register| crate::convert::statements::waiting_stamps(register)).await
}

/// Takes back a letter that nobody has signed.
#[tauri::command]
#[specta::specta]
pub async fn withdraw_statement(payung: Here<'_>, id: i64, reason: String) -> Answered<StatementRow> {
    payung
        .write(move |register| {
            let statement = StatementId(id);
            register.transact(Op::WithdrawStatement { statement, reason })?;
            Ok(row(&register.statement(statement)?.row, register.regulation()))
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
