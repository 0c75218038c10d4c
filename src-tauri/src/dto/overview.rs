//! *Beranda*: what waits for whom.

use super::applicant::{ListFilter, StateCount, StateKey};
use serde::Serialize;
use specta::Type;

#[derive(Clone, Debug, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Dashboard {
    pub counters: Vec<Counter>,
    /// The whole village by state, states without anybody left out.
    pub bar: Vec<StateCount>,
    pub total: u32,
    /// Who turns 65 within 90 days, soonest first.
    pub turning: Vec<TurningPerson>,
    /// How many the village's imported population counts.
    pub population: u32,
    /// Of those, whom the regulation's age and occupations fit and who are no applicants yet.
    pub population_eligible: u32,
    pub stale_desil: StaleDesil,
    pub last_sync_at: Option<i64>,
}

#[derive(Clone, Debug, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Counter {
    pub key: CounterKey,
    pub words: String,
    pub count: u32,
    /// The list that the counter opens.
    pub states: Vec<StateKey>,
    pub unsent: bool,
    pub filter: Option<ListFilter>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum CounterKey {
    Complete,
    ReadyForStatement,
    AwaitingSignature,
    AwaitingStamp,
    NotSent,
    NeedsFix,
}

#[derive(Clone, Debug, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct TurningPerson {
    pub id: i64,
    pub name: String,
    /// The 65th birthday.
    pub on: String,
    pub days: u32,
}

/// Applicants whose desil is older than the regulation takes.
#[derive(Clone, Debug, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct StaleDesil {
    pub count: u32,
    /// A few of them.
    pub people: Vec<StaleDesilPerson>,
}

#[derive(Clone, Debug, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct StaleDesilPerson {
    pub id: i64,
    pub name: String,
    /// The quarter as typed.
    pub period: String,
}
