//! The columns of an applicant, as the template names them. One list serves the form, the files, the register and the
//! journal, so that a value has one name everywhere.

use std::collections::BTreeMap;
use std::fmt;

macro_rules! fields {
    ($($tag:literal $variant:ident $name:literal $label:literal),+ $(,)?) => {
        /// A column of the template. The number is its tag in the journal and never changes meaning.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[repr(u8)]
        pub enum Field { $($variant = $tag),+ }

        impl Field {
            /// Every column in the order of the template.
            pub const ALL: &'static [Field] = &[$(Field::$variant),+];

            /// The column's header in the template and its key everywhere else.
            pub const fn name(self) -> &'static str {
                match self { $(Field::$variant => $name),+ }
            }

            /// The column's name as the clerk reads it.
            pub const fn label(self) -> &'static str {
                match self { $(Field::$variant => $label),+ }
            }

            pub const fn tag(self) -> u8 {
                self as u8
            }

            pub fn from_tag(tag: u8) -> Option<Self> {
                match tag { $($tag => Some(Field::$variant),)+ _ => None }
            }

            pub fn from_name(name: &str) -> Option<Self> {
                match name { $($name => Some(Field::$variant),)+ _ => None }
            }
        }
    };
}

fields! {
    1 Nik "nik" "NIK",
    2 Name "nama" "Nama sesuai KTP",
    3 Kk "no_kk" "Nomor KK",
    4 NameOnKk "nama_di_kk" "Nama di KK",
    5 BirthPlace "tempat_lahir" "Tempat lahir",
    6 BirthDate "tanggal_lahir" "Tanggal lahir",
    7 Sex "jenis_kelamin" "Jenis kelamin",
    8 Address "alamat" "Alamat",
    9 Rt "rt" "RT",
    10 Rw "rw" "RW",
    11 Hamlet "dusun" "Dusun",
    12 Village "kode_desa" "Kode desa/kelurahan",
    13 KtpRegency "ktp_kabupaten" "Kabupaten pada KTP",
    14 KtpEvidence "bukti_ktp" "Bukti KTP",
    15 Domiciled "berdomisili" "Berdomisili di kabupaten ini",
    16 Occupation "pekerjaan" "Pekerjaan",
    17 OccupationDetail "uraian_pekerjaan" "Uraian pekerjaan",
    18 Workplace "tempat_kerja" "Tempat kerja",
    19 WorkingSince "bekerja_sejak" "Bekerja sejak",
    20 StillWorking "masih_bekerja" "Masih bekerja",
    21 InformalWorker "pekerja_informal" "Pekerja informal atau mandiri",
    22 Vulnerable "rentan" "Termasuk pekerja rentan",
    23 NotSeriouslyIll "tidak_sakit_berat" "Tidak sedang sakit berat",
    24 WageParticipant "peserta_pu" "Peserta BPJS Ketenagakerjaan penerima upah",
    25 OtherCover "jaminan_lain" "Jaminan BPJS Ketenagakerjaan lain",
    26 Dtsen "dtsen" "Terdaftar di DTSEN",
    27 Desil "desil" "Desil",
    28 DesilPeriod "periode_desil" "Periode desil",
    29 Disability "disabilitas" "Disabilitas",
    30 VillageOffice "jabatan_desa" "Jabatan di desa",
    31 CheckedBy "diperiksa_oleh" "Diperiksa oleh",
    32 CheckedOn "tanggal_diperiksa" "Tanggal diperiksa",
    33 Phone "telepon" "Telepon",
    34 Income "penghasilan" "Penghasilan sebulan",
    35 MotherName "nama_ibu" "Nama ibu kandung",
    36 Heir "ahli_waris" "Ahli waris",
    37 HeirRelation "hubungan_ahli_waris" "Hubungan ahli waris",
    38 Note "catatan" "Catatan",
}

impl Field {
    /// The facts a statement attests. Only these, changed, ask for a new statement.
    pub const ATTESTED: &'static [Field] = &[
        Field::Nik,
        Field::Name,
        Field::BirthDate,
        Field::Village,
        Field::Occupation,
        Field::OccupationDetail,
        Field::Workplace,
        Field::WorkingSince,
        Field::StillWorking,
    ];

    pub fn is_attested(self) -> bool {
        Self::ATTESTED.contains(&self)
    }

    /// Specific personal data (UU 27/2022): left out of exports unless asked for on purpose.
    pub const fn is_specific(self) -> bool {
        matches!(self, Field::NotSeriouslyIll | Field::Disability | Field::Income)
    }

    /// The longest value taken, in characters.
    pub const fn length_max(self) -> usize {
        match self {
            Field::Note | Field::Address | Field::OccupationDetail => 500,
            _ => 120,
        }
    }
}

/// What was typed or read for one applicant, as typed: the value of every filled column.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct FieldValues(BTreeMap<Field, String>);

impl FieldValues {
    pub fn get(&self, field: Field) -> Option<&str> {
        self.0.get(&field).map(String::as_str)
    }

    /// The value without surrounding blanks; `None` when empty.
    pub fn text(&self, field: Field) -> Option<&str> {
        self.get(field).map(str::trim).filter(|text| !text.is_empty())
    }

    /// Sets a value as typed; an empty one removes the field.
    pub fn set(&mut self, field: Field, value: impl Into<String>) {
        let value = value.into();
        if value.is_empty() {
            self.0.remove(&field);
        } else {
            self.0.insert(field, value);
        }
    }

    pub fn iter(&self) -> impl Iterator<Item = (Field, &str)> {
        self.0.iter().map(|(field, value)| (*field, value.as_str()))
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The fields whose values differ, blanks around them ignored.
    pub fn differing(&self, other: &Self) -> Vec<Field> {
        Field::ALL.iter().copied().filter(|field| self.text(*field) != other.text(*field)).collect()
    }
}

impl IntoIterator for FieldValues {
    type Item = (Field, String);
    type IntoIter = std::collections::btree_map::IntoIter<Field, String>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl FromIterator<(Field, String)> for FieldValues {
    fn from_iter<I: IntoIterator<Item = (Field, String)>>(pairs: I) -> Self {
        let mut values = Self::default();
        for (field, value) in pairs {
            values.set(field, value);
        }
        values
    }
}

impl fmt::Debug for FieldValues {
    /// Names of the filled columns only: the values are personal data.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.0.keys().map(|field| field.name())).finish()
    }
}
