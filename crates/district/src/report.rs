//! What the district holds, as numbers and as a sheet.

use crate::error::DistrictError;
use crate::head::{self, HeadState};
use crate::home::District;
use crate::officer::{self, CaseState};
use crate::store;
use crate::work::known_version;
use payung_domain::{Field, Timestamp};
use serde::Serialize;
use std::collections::BTreeMap;
use std::path::Path;

/// `status --format json`.
#[derive(Debug, Serialize)]
pub struct Status {
    pub regency: String,
    pub regency_name: String,
    pub regulation: String,
    pub url: String,
    pub villages: u64,
    pub devices: u64,
    pub devices_revoked: u64,
    /// Keys of heads that no officer has certified yet.
    pub heads_waiting: u64,
    /// Everyone, whatever their state.
    pub people_total: u64,
    /// How many people are in each state, by the words that people see.
    pub people: BTreeMap<&'static str, u64>,
    /// Entries of the villages.
    pub entries: u64,
    pub entries_receipted: u64,
    /// Kept entries whose effect waits for others that they name.
    pub entries_waiting: u64,
    pub receipts: u64,
    /// Entries of the district's own series.
    pub decisions: u64,
    /// ISO 8601 in UTC.
    pub last_exchange: Option<String>,
    pub by_village: Vec<VillageStatus>,
}

#[derive(Debug, Serialize)]
pub struct VillageStatus {
    pub code: String,
    pub name: String,
    pub people_total: u64,
    pub last_exchange: Option<String>,
    pub devices: Vec<DeviceStatus>,
}

#[derive(Debug, Serialize)]
pub struct DeviceStatus {
    pub id: String,
    pub fingerprint: String,
    pub revoked: bool,
    pub last_exchange: Option<String>,
}

pub fn status(district: &District) -> Result<Status, DistrictError> {
    let heads = head::heads(district, None)?;
    let heads_waiting = heads.iter().filter(|head| head.state == HeadState::Waiting).count() as u64;
    store::view(&*district.store, |reads| {
        let (villages, devices, people) = (reads.villages()?, reads.devices()?, reads.people(None)?);
        let totals = reads.totals()?;
        let mut states = BTreeMap::new();
        for person in &people {
            *states.entry(CaseState::of(person).words()).or_default() += 1;
        }
        let by_village = villages
            .iter()
            .map(|village| VillageStatus {
                code: village.code.to_string(),
                name: village.name.clone(),
                people_total: people.iter().filter(|person| person.village == village.code).count() as u64,
                last_exchange: village.last_exchange.map(iso),
                devices: devices
                    .iter()
                    .filter(|device| device.village == village.code)
                    .map(|device| DeviceStatus {
                        id: device.id.to_string(),
                        fingerprint: device.key.fingerprint(),
                        revoked: device.revoked_at.is_some(),
                        last_exchange: device.last_exchange.map(iso),
                    })
                    .collect(),
            })
            .collect();
        Ok(Status {
            regency: district.regency.to_string(),
            regency_name: district.regency_name.clone(),
            regulation: district.regulation.id.clone(),
            url: district.url.clone(),
            villages: villages.len() as u64,
            devices: devices.len() as u64,
            devices_revoked: devices.iter().filter(|device| device.revoked_at.is_some()).count() as u64,
            heads_waiting,
            people_total: people.len() as u64,
            people: states,
            entries: totals.entries,
            entries_receipted: totals.entries_receipted,
            entries_waiting: reads.waiting(None)?,
            receipts: totals.receipts,
            decisions: totals.decisions,
            last_exchange: villages.iter().filter_map(|village| village.last_exchange).max().map(iso),
            by_village,
        })
    })
}

/// Columns before those of the template.
const OWN_COLUMNS: [&str; 5] = ["nomor_orang", "status", "pernyataan", "alasan", "petugas"];

/// Writes everyone with their state to a CSV; specific personal data is left out. How many people.
pub fn export(district: &District, out: &Path) -> Result<usize, DistrictError> {
    let fields: Vec<Field> = Field::ALL.iter().copied().filter(|field| !field.is_specific()).collect();
    let header: Vec<&str> = OWN_COLUMNS.into_iter().chain(fields.iter().map(|field| field.name())).collect();
    let mut rows = Vec::new();
    for case in officer::cases(district, None)? {
        let known = store::view(&*district.store, |reads| known_version(reads, case.version))?;
        let reasons: Vec<&str> = case.reasons.iter().map(|reason| reason.message.as_str()).collect();
        let mut row = vec![
            case.person.to_string(),
            case.state.words().to_owned(),
            case.statement.as_ref().map_or("belum ada", |standing| standing.label()).to_owned(),
            reasons.join(" "),
            case.officer.unwrap_or_default(),
        ];
        let value = |field: &Field| {
            let typed = known.as_ref().and_then(|known| known.values.text(*field)).unwrap_or_default();
            match field {
                // Where nobody typed it, the village that sent the person is meant.
                Field::Village if typed.is_empty() => case.village.to_string(),
                _ => typed.to_owned(),
            }
        };
        row.extend(fields.iter().map(value));
        rows.push(row);
    }
    let people = rows.len();
    payung_sheets::write_csv(out, &header, rows).map_err(|error| DistrictError::Asked(error.to_string()))?;
    Ok(people)
}

pub fn iso(at: Timestamp) -> String {
    chrono::DateTime::from_timestamp_millis(at.millis())
        .map(|time| time.to_rfc3339_opts(chrono::SecondsFormat::Millis, true))
        .unwrap_or_default()
}
