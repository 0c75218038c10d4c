//! How the values of a page are written as JSON: the page is kept, and read again by later versions of the program.

/// `2026-11-21`.
pub(crate) mod date {
    use payung_domain::CivilDate;
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    pub fn serialize<S: Serializer>(date: &CivilDate, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(date)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<CivilDate, D::Error> {
        let text = String::deserialize(from)?;
        CivilDate::parse(&text).ok_or_else(|| D::Error::custom("not a date"))
    }
}

pub(crate) mod village_kind {
    use payung_domain::VillageKind;
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    pub fn serialize<S: Serializer>(kind: &VillageKind, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(super::village_kind_key(*kind))
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<VillageKind, D::Error> {
        let text = String::deserialize(from)?;
        [VillageKind::Desa, VillageKind::Kelurahan]
            .into_iter()
            .find(|kind| super::village_kind_key(*kind) == text)
            .ok_or_else(|| D::Error::custom("not a kind of village"))
    }
}

pub(crate) const fn village_kind_key(kind: payung_domain::VillageKind) -> &'static str {
    match kind {
        payung_domain::VillageKind::Desa => "desa",
        payung_domain::VillageKind::Kelurahan => "kelurahan",
    }
}

/// Hexadecimal digits, or null.
pub(crate) mod bytes {
    use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};

    pub fn serialize<S: Serializer>(bytes: &Option<Vec<u8>>, to: S) -> Result<S::Ok, S::Error> {
        bytes.as_deref().map(payung_keys::hex).serialize(to)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Vec<u8>>, D::Error> {
        Option::<String>::deserialize(from)?
            .map(|text| payung_keys::from_hex(&text).ok_or_else(|| D::Error::custom("not hexadecimal")))
            .transpose()
    }
}
