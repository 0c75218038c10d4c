//! Kemendagri region codes: `33.05` (kabupaten), `33.05.01` (kecamatan), `33.05.01.2001` (desa or kelurahan).
//! Regions are matched by code, never by name: 24 village names repeat in Kebumen alone.

use std::fmt;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RegionCodeError;

macro_rules! region_code {
    ($(#[$doc:meta])* $name:ident, $digits:literal, $groups:expr) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name([u8; $digits]);

        impl $name {
            /// Reads the digits with or without dots.
            pub fn parse(text: &str) -> Result<Self, RegionCodeError> {
                let digits: Vec<u8> = text.trim().bytes().filter(|b| *b != b'.').collect();
                if digits.iter().any(|b| !b.is_ascii_digit()) {
                    return Err(RegionCodeError);
                }
                digits.try_into().map(Self).map_err(|_| RegionCodeError)
            }

            /// The digits without dots.
            pub fn digits(&self) -> &str {
                std::str::from_utf8(&self.0).unwrap_or_default()
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                let mut rest = self.digits();
                for (index, width) in $groups.into_iter().enumerate() {
                    let (group, tail) = rest.split_at(width);
                    if index > 0 {
                        f.write_str(".")?;
                    }
                    f.write_str(group)?;
                    rest = tail;
                }
                Ok(())
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(self, f)
            }
        }
    };
}

region_code!(
    /// A kabupaten or kota.
    RegencyCode, 4, [2, 2]
);
region_code!(
    /// A kecamatan.
    DistrictCode, 6, [2, 2, 2]
);
region_code!(
    /// A desa or kelurahan.
    VillageCode, 10, [2, 2, 2, 4]
);

/// A desa has a Kepala Desa (in Bali a Perbekel), a kelurahan a Lurah with a NIP.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VillageKind {
    Desa,
    Kelurahan,
}

impl VillageCode {
    pub fn regency(&self) -> RegencyCode {
        let [a, b, c, d, ..] = self.0;
        RegencyCode([a, b, c, d])
    }

    pub fn district(&self) -> DistrictCode {
        let [a, b, c, d, e, f, ..] = self.0;
        DistrictCode([a, b, c, d, e, f])
    }

    /// What the head is called there: *Lurah* in a kelurahan, *Perbekel* in a desa of Bali (51), else *Kepala Desa*. A
    /// village may set another title.
    pub fn usual_head_title(&self) -> &'static str {
        match self.kind() {
            VillageKind::Kelurahan => "Lurah",
            VillageKind::Desa if self.digits().starts_with("51") => "Perbekel",
            VillageKind::Desa => "Kepala Desa",
        }
    }

    /// What a part of the village is usually called: *Dusun*, in Bali *Banjar*, in a kelurahan *Lingkungan*.
    pub fn hamlet_word(&self) -> &'static str {
        match self.kind() {
            VillageKind::Kelurahan => "Lingkungan",
            VillageKind::Desa if self.digits().starts_with("51") => "Banjar",
            VillageKind::Desa => "Dusun",
        }
    }

    /// In the village part a leading 1 means kelurahan, any other digit desa.
    pub fn kind(&self) -> VillageKind {
        if self.0[6] == b'1' { VillageKind::Kelurahan } else { VillageKind::Desa }
    }
}

impl DistrictCode {
    pub fn regency(&self) -> RegencyCode {
        let [a, b, c, d, ..] = self.0;
        RegencyCode([a, b, c, d])
    }
}
