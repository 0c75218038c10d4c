//! `device list`, `device revoke` and its short form `revoke`.

use super::args::{DeviceOrder, Format, RevokeDevice};
use super::{say, village_code};
use crate::device::{Device, devices};
use crate::enrolment::{self, Revocation};
use crate::error::DistrictError;
use crate::home::District;

pub fn run(district: &District, order: DeviceOrder) -> Result<(), DistrictError> {
    match order {
        DeviceOrder::List { village, format } => list(district, village.as_deref(), format),
        DeviceOrder::Revoke(order) => revoke(district, &order),
    }
}

fn list(district: &District, village: Option<&str>, format: Format) -> Result<(), DistrictError> {
    let village = village.map(village_code).transpose()?;
    let found = devices(district, village)?;
    if format == Format::Json {
        let json =
            serde_json::to_string_pretty(&found).map_err(|error| DistrictError::Store(error.to_string()))?;
        return say(&json);
    }
    match found.is_empty() {
        true => say("Belum ada perangkat yang terdaftar."),
        false => say(&found.iter().map(words).collect::<Vec<_>>().join("\n")),
    }
}

fn words(device: &Device) -> String {
    let mut words = format!(
        "{} {}\n  perangkat {}, kunci {}\n  terdaftar {}, sinkron terakhir {}\n  menulis {} catatan dalam {} seri\n  \
         pernah memuat {} catatan desa: {} orang, {} foto atau dokumen",
        device.village,
        device.village_name,
        device.id,
        device.fingerprint,
        device.enrolled_at,
        device.last_exchange.as_deref().unwrap_or("belum pernah"),
        device.entries,
        device.series.len(),
        device.entries_seen,
        device.people_seen,
        device.attachments_seen,
    );
    if let Some(at) = &device.revoked_at {
        words.push_str(&format!(
            "\n  DICABUT {at} oleh {}: {}",
            device.revoked_by.as_deref().unwrap_or("petugas"),
            device.revoked_note.as_deref().unwrap_or("tanpa catatan")
        ));
    }
    words
}

pub fn revoke(district: &District, order: &RevokeDevice) -> Result<(), DistrictError> {
    let device = order
        .device
        .parse()
        .map_err(|_| DistrictError::Asked("Nomor perangkat terdiri atas 32 huruf dan angka.".into()))?;
    let order = Revocation { device, officer: &order.officer, note: order.note.as_deref() };
    let row = enrolment::revoke(district, &order)?;
    let found =
        devices(district, Some(row.village))?.into_iter().find(|found| found.id == row.id.to_string());
    let seen = found.map_or_else(String::new, |found| {
        format!(
            "\nPerangkat itu pernah memuat {} catatan desa: {} orang, {} foto atau dokumen.",
            found.entries_seen, found.people_seen, found.attachments_seen
        )
    });
    say(&format!(
        "Perangkat dicabut. Kiriman berikutnya dari perangkat itu ditolak, dan desanya diberi tahu.{seen}"
    ))
}
