//! What is known about an applicant once the typed values have been read. `None` always means unknown.

use crate::date::{CivilDate, Quarter};
use crate::identity::{KkNumber, Nik};
use crate::region::{RegencyCode, VillageCode};
use std::fmt;

/// The readable facts of one applicant. A value that could not be read is `None` here and an error beside it.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Facts {
    pub nik: Option<Nik>,
    pub name: Option<String>,
    pub kk: Option<KkNumber>,
    pub birth_date: Option<CivilDate>,
    pub sex: Option<Sex>,
    pub village: Option<VillageCode>,
    pub ktp_regency: Option<RegencyCode>,
    pub ktp_evidence: Option<KtpEvidence>,
    pub domiciled: Option<bool>,
    pub occupation: Option<Occupation>,
    pub occupation_detail: Option<String>,
    pub workplace: Option<String>,
    pub working_since: Option<String>,
    pub still_working: Option<bool>,
    pub informal_worker: Option<bool>,
    pub vulnerable: Option<bool>,
    pub not_seriously_ill: Option<bool>,
    pub wage_participant: Option<WageParticipation>,
    /// `Some` and empty means declared to have none (*tidak_ada*).
    pub other_cover: Option<Vec<Cover>>,
    pub dtsen: Option<bool>,
    pub desil: Option<u8>,
    pub desil_period: Option<Quarter>,
    pub village_office: Option<VillageOffice>,
    pub checked_on: Option<CivilDate>,
}

impl fmt::Debug for Facts {
    /// Personal data stays out of logs and panics.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Facts(..)")
    }
}

/// A closed list of words used in files; `name` is the word, `label` what the clerk reads.
macro_rules! words {
    ($(#[$doc:meta])* $type:ident { $($(#[$vdoc:meta])* $variant:ident $name:literal $label:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum $type { $($(#[$vdoc])* $variant),+ }

        impl $type {
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];
            pub const NAMES: &'static [&'static str] = &[$($name),+];

            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name),+ }
            }

            pub const fn label(self) -> &'static str {
                match self { $(Self::$variant => $label),+ }
            }

            /// Reads the word; capitals and blanks for underscores are forgiven.
            pub fn parse(text: &str) -> Option<Self> {
                let word = text.trim().to_lowercase().replace([' ', '-'], "_");
                match word.as_str() { $($name => Some(Self::$variant),)+ _ => None }
            }
        }
    };
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sex {
    Male,
    Female,
}

impl Sex {
    pub const fn name(self) -> &'static str {
        match self {
            Sex::Male => "L",
            Sex::Female => "P",
        }
    }
}

words!(
    /// What the village saw as proof of the KTP.
    KtpEvidence {
        Electronic "ktp_el" "KTP-el",
        Digital "ikd" "Identitas Kependudukan Digital",
        Letter "suket" "Surat keterangan (suket)",
        Lost "hilang" "KTP hilang",
        NotRecorded "belum_rekam" "Belum rekam KTP",
    }
);

impl KtpEvidence {
    /// A suket, a lost card or a person not yet recorded leaves residence pending.
    pub const fn is_provisional(self) -> bool {
        matches!(self, Self::Letter | Self::Lost | Self::NotRecorded)
    }
}

words!(
    /// The ten occupations of Kebumen Pasal 10 ayat (1), told as in the template; the list there is open ("antara lain").
    Occupation {
        Farmer "petani" "Petani",
        FarmWorker "buruh_tani" "Buruh tani",
        Fisher "nelayan" "Nelayan",
        MotorcycleTaxi "tukang_ojek" "Tukang ojek",
        Trader "pedagang" "Pedagang",
        ParkingAttendant "juru_parkir" "Juru parkir",
        Driver "sopir_angkutan" "Sopir angkutan",
        Pedicab "tukang_becak" "Tukang becak",
        WorshipKeeper "pengelola_tempat_ibadah" "Pengelola tempat ibadah",
        ReligiousTeacher "pendidik_keagamaan_nonformal" "Pendidik keagamaan nonformal",
        Porter "kuli_panggul" "Kuli panggul",
        Other "lainnya" "Lainnya (tulis uraiannya)",
    }
);

words!(
    /// Participation as a wage earner (*penerima upah*).
    WageParticipation {
        Yes "ya" "Ya",
        No "tidak" "Tidak",
        /// Once, no longer active: counts as unknown.
        Inactive "nonaktif" "Nonaktif",
        Unknown "tidak_tahu" "Tidak tahu",
    }
);

words!(
    /// Who pays a BPJS Ketenagakerjaan cover the person already has. Never health insurance (BPJS Kesehatan, KIS).
    CoverSource {
        RegencyBudget "apbd_kabupaten" "APBD kabupaten",
        ProvinceBudget "apbd_provinsi" "APBD provinsi",
        StateBudget "apbn" "APBN",
        VillageBudget "apbdesa" "APBDesa",
        Own "mandiri" "Bayar sendiri (mandiri)",
        Csr "csr" "CSR perusahaan",
        Other "lainnya" "Sumber lain",
    }
);

/// The word that says a person has no other cover.
pub const NO_COVER: &str = "tidak_ada";

/// One cover and, where known, its last day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cover {
    pub source: CoverSource,
    pub until: Option<CivilDate>,
}

impl Cover {
    /// Ended before that day. A cover whose last day is the day itself still runs.
    pub fn runs_on(&self, day: CivilDate) -> bool {
        self.until.is_none_or(|until| until >= day)
    }
}

words!(
    /// A post in village government or its institutions (Kebumen Pasal 6).
    VillageOffice {
        None "tidak_ada" "Tidak ada",
        Head "kepala_desa" "Kepala desa",
        Staff "perangkat_desa" "Perangkat desa",
        Council "bpd" "BPD",
        Institution "lembaga_kemasyarakatan" "Lembaga kemasyarakatan",
        Neighbourhood "rt_rw" "Ketua RT/RW",
        Other "lainnya" "Jabatan lain",
    }
);
