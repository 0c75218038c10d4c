//! Every kabupaten, kecamatan, desa and kelurahan of Indonesia by its Kemendagri code, inside the program: a village
//! office sets itself up without internet.
//!
//! Codes are dotted (`33.05.01.2001`). Names repeat (24 village names in Kebumen alone), so the code is what counts.

mod list;
mod search;

pub use search::search;

use list::list;
use payung_domain::{VillageCode, VillageKind};

/// Below the province: kabupaten or kota, kecamatan, desa or kelurahan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    Regency,
    District,
    Village,
}

/// One region: its dotted code and its name as a person writes it (`Kebumen`, `Kota Tegal`, `Ayah`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Region {
    pub code: String,
    pub name: String,
}

/// A village with everything above it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    pub village: Region,
    pub kind: VillageKind,
    pub district: Region,
    pub regency: Region,
    pub province: Region,
}

/// The name of a region of any level by its dotted code: `Kebumen` for `33.05`.
pub fn name_of(code: &str) -> Option<String> {
    list().find(code).map(|region| short_name(region.name).to_owned())
}

/// The name with the word for its kind where the list has one: `Kabupaten Kebumen`, `Kota Tegal`; else as [`name_of`].
pub fn title_of(code: &str) -> Option<String> {
    list().find(code).map(|region| region.name.to_owned())
}

/// The village of that code with its kecamatan, kabupaten and province; `None` when the list does not know it.
pub fn place(village: VillageCode) -> Option<Place> {
    let region = |code: String| name_of(&code).map(|name| Region { code, name });
    let regency = village.regency().to_string();
    let province = regency[..2].to_owned();
    Some(Place {
        village: region(village.to_string())?,
        kind: village.kind(),
        district: region(village.district().to_string())?,
        regency: region(regency)?,
        province: region(province)?,
    })
}

/// A kabupaten is called by its bare name, a kota with its word: Bogor and Kota Bogor are two.
fn short_name(name: &str) -> &str {
    let bare = name.strip_prefix("Kabupaten ").unwrap_or(name);
    bare.strip_prefix("Administrasi ").unwrap_or(bare)
}
