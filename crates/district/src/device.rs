//! The devices of the villages as an officer sees them: when each came last, and how much of its village it may hold.
//! After a theft that is what somebody else knows now.

use crate::error::DistrictError;
use crate::home::District;
use crate::report::iso;
use crate::store::{self, DeviceRow, Reads};
use payung_domain::VillageCode;
use payung_journal::{Event, SeriesId};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// `device list --format json`.
#[derive(Debug, Serialize)]
pub struct Device {
    pub id: String,
    pub village: String,
    pub village_name: String,
    pub fingerprint: String,
    pub enrolled_at: String,
    pub last_exchange: Option<String>,
    pub revoked_at: Option<String>,
    pub revoked_by: Option<String>,
    pub revoked_note: Option<String>,
    /// Series that this device writes, and how many entries of each are here.
    pub series: Vec<Written>,
    /// Entries that it wrote and the district holds.
    pub entries: u64,
    /// Entries of the whole village that it may have seen, decisions included.
    pub entries_seen: u64,
    /// People among them.
    pub people_seen: u64,
    /// Photos and documents announced among them.
    pub attachments_seen: u64,
}

#[derive(Debug, Serialize)]
pub struct Written {
    pub series: String,
    pub entries: u64,
}

/// All devices, or those of one village.
pub fn devices(district: &District, village: Option<VillageCode>) -> Result<Vec<Device>, DistrictError> {
    store::view(&*district.store, |reads| {
        let mut rows = reads.devices()?;
        rows.retain(|row| village.is_none_or(|village| row.village == village));
        rows.iter().map(|row| device(reads, row)).collect()
    })
}

fn device(reads: &(impl Reads + ?Sized), row: &DeviceRow) -> Result<Device, DistrictError> {
    let series = reads.village_series(row.village)?;
    let own: Vec<_> = series.iter().filter(|series| series.device == Some(row.id)).collect();
    // In the first language a device saw what it wrote itself, and the decisions.
    let mut seen: BTreeMap<SeriesId, u64> = row.have.iter().copied().collect();
    for written in &own {
        let known = seen.entry(written.id).or_insert(0);
        *known = (*known).max(written.length);
    }
    let (mut people, mut attachments) = (BTreeSet::new(), BTreeSet::new());
    for (series, most) in &seen {
        each(reads, *series, *most, |seq, event| match event {
            Event::PersonReleased { .. } => {
                people.insert((*series, seq));
            }
            Event::Attached { attachment, .. } => {
                attachments.insert(attachment.digest);
            }
            Event::StatementStamped { stamp: Some(stamp), .. } => {
                attachments.extend(stamp.evidence.iter().map(|evidence| evidence.digest));
            }
            _ => {}
        })?;
    }
    Ok(Device {
        id: row.id.to_string(),
        village: row.village.to_string(),
        village_name: reads.village(row.village)?.map_or_else(String::new, |village| village.name),
        fingerprint: row.key.fingerprint(),
        enrolled_at: iso(row.enrolled_at),
        last_exchange: row.last_exchange.map(iso),
        revoked_at: row.revoked_at.map(iso),
        revoked_by: row.revoked_by.clone(),
        revoked_note: row.revoked_note.clone(),
        entries: own.iter().map(|series| series.length).sum(),
        series: own
            .iter()
            .map(|series| Written { series: series.id.to_string(), entries: series.length })
            .collect(),
        entries_seen: seen.values().sum(),
        people_seen: people.len() as u64,
        attachments_seen: attachments.len() as u64,
    })
}

/// Entries read at once.
const PAGE: u64 = 1_000;

fn each(
    reads: &(impl Reads + ?Sized),
    series: SeriesId,
    most: u64,
    mut see: impl FnMut(u64, &Event),
) -> Result<(), DistrictError> {
    let mut at = 1;
    while at <= most {
        let rows = reads.entries(series, at, PAGE.min(most - at + 1))?;
        if rows.is_empty() {
            break;
        }
        for (seq, row) in (at..).zip(&rows) {
            if let Some(entry) = row.read() {
                see(seq, &entry.event);
            }
        }
        at += rows.len() as u64;
    }
    Ok(())
}
