//! *Penduduk*: people to pick applicants from, the others of a family, and what was typed last.

use crate::convert::population as convert;
use crate::dto::{Picked, PopulationPage, PopulationQuery, Relative, Suggestion};
use crate::error::Answered;
use crate::state::Here;
use payung_register::PersonId;

/// One page of the imported population and the values it can be filtered by.
#[tauri::command]
#[specta::specta]
pub async fn population(payung: Here<'_>, query: PopulationQuery) -> Answered<PopulationPage> {
    payung.with(move |register| convert::page(register, &query)).await
}

/// Makes drafts of these people; those who are applicants already are not made twice.
#[tauri::command]
#[specta::specta]
pub async fn pick_population(payung: Here<'_>, ids: Vec<i64>) -> Answered<Picked> {
    payung.write(move |register| convert::pick(register, &ids)).await
}

/// The others of the person's *kartu keluarga*, applicants and population.
#[tauri::command]
#[specta::specta]
pub async fn household(payung: Here<'_>, id: i64) -> Answered<Vec<Relative>> {
    payung.with(move |register| convert::household(register, PersonId(id))).await
}

/// Address and occupation of the person whom this clerk typed last, to be offered under the fields.
#[tauri::command]
#[specta::specta]
pub async fn last_used(payung: Here<'_>) -> Answered<Vec<Suggestion>> {
    payung.with(|register| Ok(convert::suggestions(&register.last_used(None)?))).await
}
