//! Finding and telling apart: what lists can be filtered by, and people who may be one.

use super::applicants::change;
use crate::convert::{facets, likeness};
use crate::dto::{ApplicantView, Comparison, Facets};
use crate::error::Answered;
use crate::state::Here;
use payung_register::{Op, PersonId};

/// Saved views and values to filter by, with counts of everybody who has not ended.
#[tauri::command]
#[specta::specta]
pub async fn facets(payung: Here<'_>) -> Answered<Facets> {
    payung.with(|register| Ok(facets::of_register(&register.facets()))).await
}

/// Two applicants side by side.
#[tauri::command]
#[specta::specta]
pub async fn compare_people(payung: Here<'_>, a: i64, b: i64) -> Answered<Comparison> {
    payung
        .with(move |register| {
            Ok(likeness::comparison(&register.person(PersonId(a))?, &register.person(PersonId(b))?))
        })
        .await
}

/// *Bukan orang yang sama*: decided by the clerk with a reason that is kept; neither is warned of the other any more.
#[tauri::command]
#[specta::specta]
pub async fn not_same(payung: Here<'_>, person: i64, other: i64, reason: String) -> Answered<ApplicantView> {
    let (one, other) = (PersonId(person), PersonId(other));
    change(&payung, person, Op::NotSame { person: one, other, reason }).await
}
