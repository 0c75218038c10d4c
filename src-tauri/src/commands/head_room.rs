//! The head's room: his own secret opens it, and only here can anybody be struck out or signed for.

use super::app::state;
use crate::convert::statements::{self, row, view};
use crate::dto::{
    AppState, CommandError, Drawing, FrozenStatement, HeadKeyView, HeadRoom, SignedStatementView, Stage,
    StageReason, StatementView,
};
use crate::error::Answered;
use crate::signing;
use crate::state::Here;
use payung_register::{Op, PersonId, StatementId};
use zeroize::Zeroizing;

#[tauri::command]
#[specta::specta]
pub async fn enter_head_room(payung: Here<'_>, person_id: u32, secret: String) -> Answered<HeadRoom> {
    let secret = Zeroizing::new(secret);
    let (session, room) = payung
        .write(move |register| {
            let session = register.enter_head_room(person_id, &secret)?;
            let room = statements::head_room(register, &session)?;
            Ok((session, room))
        })
        .await?;
    payung.set_head(Some(session));
    payung.say_stage(Stage::HeadRoom, StageReason::Asked);
    Ok(room)
}

#[tauri::command]
#[specta::specta]
pub async fn leave_head_room(payung: Here<'_>) -> Answered<AppState> {
    payung.close_head_room().await;
    payung.say_stage(payung.stage().await, StageReason::Asked);
    state(&payung).await
}

/// Takes one person off the list, with the head's reason.
#[tauri::command]
#[specta::specta]
pub async fn strike_out(
    payung: Here<'_>,
    statement_id: i64,
    person_id: i64,
    reason: String,
) -> Answered<StatementView> {
    payung
        .write_as_head(move |register, head| {
            let (statement, person) = (StatementId(statement_id), PersonId(person_id));
            register.transact(Op::StrikeOut { head, statement, person, reason })?;
            view(register, &register.statement(statement)?)
        })
        .await
}

/// Renders the final pages with the drawing. They are shown next, then signed or thrown away.
#[tauri::command]
#[specta::specta]
pub async fn freeze_statement(
    payung: Here<'_>,
    statement_id: i64,
    drawing: Drawing,
) -> Answered<FrozenStatement> {
    let now = payung.now();
    payung
        .write_as_head(move |register, head| {
            let detail = signing::freeze(register, head, StatementId(statement_id), &drawing, now)?;
            statements::frozen(&detail)
        })
        .await
}

/// The head goes back to reading: the frozen pages and the drawing are erased.
#[tauri::command]
#[specta::specta]
pub async fn thaw_statement(payung: Here<'_>, statement_id: i64) -> Answered<StatementView> {
    payung
        .write_as_head(move |register, head| {
            let statement = StatementId(statement_id);
            register.transact(Op::Thaw { head, statement })?;
            view(register, &register.statement(statement)?)
        })
        .await
}

/// The key that an officer of the district compares with the head himself.
#[tauri::command]
#[specta::specta]
pub async fn head_key(payung: Here<'_>) -> Answered<HeadKeyView> {
    let head = payung.head().ok_or_else(CommandError::head_room_closed)?;
    payung.with(move |register| statements::head_key(register, &head)).await
}

/// Takes back a letter that is signed; it stays, marked as revoked.
#[tauri::command]
#[specta::specta]
pub async fn revoke_statement(
    payung: Here<'_>,
    statement_id: i64,
    reason: String,
) -> Answered<StatementView> {
    payung
        .write_as_head(move |register, head| {
            let statement = StatementId(statement_id);
            register.transact(Op::RevokeStatement { head, statement, reason })?;
            view(register, &register.statement(statement)?)
        })
        .await
}

/// Signs exactly the bytes with that digest. `stale` when anything attested changed in between.
#[tauri::command]
#[specta::specta]
pub async fn sign_statement(
    payung: Here<'_>,
    statement_id: i64,
    secret: String,
    digest_shown: String,
) -> Answered<SignedStatementView> {
    let secret = Zeroizing::new(secret);
    let shown = digest(&digest_shown)?;
    payung
        .write_as_head(move |register, head| {
            let statement = StatementId(statement_id);
            register.transact(Op::Sign { head, secret: &secret, statement, shown })?;
            let row = row(&register.statement(statement)?.row, register.regulation());
            Ok(SignedStatementView { words: statements::what_is_next(register.regulation()), row })
        })
        .await
}

fn digest(hex: &str) -> Answered<[u8; 32]> {
    let bytes = payung_keys::from_hex(hex).and_then(|bytes| bytes.try_into().ok());
    bytes.ok_or_else(|| CommandError::from(payung_register::RegisterError::NotWhatWasShown))
}
