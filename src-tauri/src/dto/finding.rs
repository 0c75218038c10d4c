//! Saved views and what lists can be filtered by.

use super::import::FacetView;
use serde::{Deserialize, Serialize};
use specta::Type;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum ViewKey {
    /// *Siap dibuatkan pernyataan*.
    ReadyForStatement,
    /// *Perlu diperbaiki*.
    NeedsFix,
    /// *Hampir 65 tahun*.
    #[serde(rename = "turning_65")]
    Turning65,
    /// *Lengkapi data*.
    MissingFacts,
}

#[derive(Clone, Debug, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ViewCount {
    pub key: ViewKey,
    pub words: String,
    pub count: u32,
}

/// Of everybody who has not ended, whatever the query.
#[derive(Clone, Debug, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Facets {
    pub views: Vec<ViewCount>,
    pub occupations: Vec<FacetView>,
    pub hamlets: Vec<FacetView>,
    /// Facts that the regulation asks for: how many people lack each.
    pub missing: Vec<FacetView>,
    pub readiness: Vec<FacetView>,
}
