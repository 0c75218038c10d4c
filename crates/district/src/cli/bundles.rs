//! `bundle import`, `bundle export`.

use super::args::BundleOrder;
use super::{say, village_code};
use crate::bundle;
use crate::error::DistrictError;
use crate::home::District;
use crate::server::Log;

pub fn run(district: &District, order: BundleOrder) -> Result<(), DistrictError> {
    let log = Log::stderr();
    match order {
        BundleOrder::Import { file, answer } => {
            let imported = bundle::import(district, &log, &file, answer.as_deref())?;
            say(&imported.words(district.utc_offset()))
        }
        BundleOrder::Export { village, device, out } => {
            let device = device.map(|device| device.parse()).transpose().map_err(|_| {
                DistrictError::Asked("Nomor perangkat terdiri atas 32 huruf dan angka.".into())
            })?;
            let written = bundle::export(district, &log, village_code(&village)?, device, &out)?;
            say(&written.words())
        }
    }
}
