//! The village's devices, as far as their series tell.

use crate::error::RegisterError;
use crate::exchange::{KnownDevice, Origin, RevokedDevice, SeriesState, rounds};
use crate::register::Register;
use crate::series;
use crate::sql::{self, array};
use payung_domain::Timestamp;
use payung_journal::{DeviceId, SeriesId, SeriesKind};

pub(crate) const THIS: &str = "laptop ini";

/// Series under one key are one device's. This one first, then by the newest entry.
pub(crate) fn devices(register: &Register) -> Result<Vec<KnownDevice>, RegisterError> {
    let mut devices: Vec<(payung_keys::PublicKey, KnownDevice)> = Vec::new();
    for series in rounds::village(&register.db)? {
        if series.state.kind != SeriesKind::Shared {
            continue;
        }
        let last = series.state.seq.saturating_sub(1);
        let last = series::rows::entries_after(&register.db, series.row, last, 1)?.pop();
        let known = devices.iter().position(|(key, _)| *key == series.state.public_key);
        let place = known.unwrap_or_else(|| {
            devices.push((
                series.state.public_key,
                KnownDevice {
                    this: false,
                    series: Vec::new(),
                    entries: 0,
                    last_entry_at: None,
                    words: String::new(),
                },
            ));
            devices.len() - 1
        });
        let device = &mut devices[place].1;
        device.this |= series.state.origin.is_this_device();
        device.series.push(series.state.series);
        device.entries += series.state.seq;
        device.last_entry_at = device.last_entry_at.max(last.map(|entry| entry.at));
        device.words = words(&series.state);
    }
    let mut devices: Vec<KnownDevice> = devices.into_iter().map(|(_, device)| device).collect();
    devices.sort_by_key(|device| (!device.this, std::cmp::Reverse(device.last_entry_at)));
    Ok(devices)
}

/// How a person calls the device that writes a series.
pub(crate) fn words(series: &SeriesState) -> String {
    match series.origin {
        Origin::Own | Origin::Former => THIS.to_owned(),
        Origin::District => "kabupaten".to_owned(),
        Origin::OtherDevice => other_words(series.series),
    }
}

fn other_words(series: SeriesId) -> String {
    let digits = series.to_string();
    format!("laptop lain (…{})", &digits[digits.len() - 4..])
}

pub(crate) fn revoked(register: &Register) -> Result<Vec<RevokedDevice>, RegisterError> {
    sql::many(&register.db, include_str!("revoked_devices.sql"), [], |row| {
        let device = DeviceId(array(row.get(0)?, "id of a device")?);
        Ok(RevokedDevice {
            device,
            at: Timestamp(row.get(1)?),
            officer: row.get(2)?,
            note: row.get(3)?,
            this: device == register.device(),
        })
    })
}
