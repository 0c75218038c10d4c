//! Reading typed values into facts. Reading never fails as a whole: what cannot be read is an error at its field, and
//! everything else stands.

use crate::date::{CivilDate, Quarter};
use crate::facts::{
    Cover, CoverSource, Facts, KtpEvidence, NO_COVER, Occupation, Sex, VillageOffice, WageParticipation,
};
use crate::field::{Field, FieldValues};
use crate::identity::{IdentityError, KkNumber, Nik};
use crate::region::{RegencyCode, VillageCode};
use std::fmt;

/// Facts that could be read, and an error for each value that could not.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reading {
    pub facts: Facts,
    pub errors: Vec<FieldError>,
}

/// A value that cannot be taken, in words for the clerk: what was found, the rule, and what to type instead.
#[derive(Clone, PartialEq, Eq)]
pub struct FieldError {
    pub field: Field,
    /// As typed: personal data, for the screen and the clerk's own report only.
    pub value: String,
    /// Which rule the value breaks and how to mend it, in Bahasa Indonesia.
    pub rule: String,
}

impl FieldError {
    /// One sentence with field, value, rule and remedy.
    pub fn message(&self) -> String {
        if self.value.is_empty() {
            format!("{}: {}", self.field.label(), self.rule)
        } else {
            format!("{} \"{}\": {}", self.field.label(), self.value, self.rule)
        }
    }
}

impl fmt::Debug for FieldError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "FieldError({}: {})", self.field.name(), self.rule)
    }
}

/// Reads every filled column.
pub fn read(values: &FieldValues) -> Reading {
    let mut reader = Reader { values, errors: Vec::new() };
    let mut facts = Facts {
        nik: reader.take(Field::Nik, |t| Nik::parse(t).map_err(|e| identity_rule(e, "NIK"))),
        name: reader.take(Field::Name, person_name),
        kk: reader.take(Field::Kk, |t| KkNumber::parse(t).map_err(|e| identity_rule(e, "Nomor KK"))),
        birth_date: reader.take(Field::BirthDate, date),
        sex: reader.take(Field::Sex, sex),
        village: reader.take(Field::Village, |t| {
            VillageCode::parse(t)
                .map_err(|_| "harus kode Kemendagri 10 angka, misalnya 33.05.01.2001".to_owned())
        }),
        ktp_regency: reader.take(Field::KtpRegency, |t| {
            RegencyCode::parse(t).map_err(|_| "harus kode Kemendagri 4 angka, misalnya 33.05".to_owned())
        }),
        ktp_evidence: reader.take(Field::KtpEvidence, |t| word(KtpEvidence::parse(t), KtpEvidence::NAMES)),
        domiciled: reader.yes_no(Field::Domiciled),
        occupation: reader.take(Field::Occupation, |t| word(Occupation::parse(t), Occupation::NAMES)),
        occupation_detail: reader.free(Field::OccupationDetail),
        workplace: reader.free(Field::Workplace),
        working_since: reader.take(Field::WorkingSince, since),
        still_working: reader.yes_no(Field::StillWorking),
        informal_worker: reader.yes_no(Field::InformalWorker),
        vulnerable: reader.yes_no(Field::Vulnerable),
        not_seriously_ill: reader.yes_no(Field::NotSeriouslyIll),
        wage_participant: reader
            .take(Field::WageParticipant, |t| word(WageParticipation::parse(t), WageParticipation::NAMES)),
        other_cover: reader.take(Field::OtherCover, covers).flatten(),
        dtsen: reader.yes_no(Field::Dtsen),
        desil: reader.take(Field::Desil, desil),
        desil_period: reader.take(Field::DesilPeriod, |t| {
            Quarter::parse(t).ok_or_else(|| "tulis tahun dan triwulan, misalnya 2026-Q4".to_owned())
        }),
        village_office: reader
            .take(Field::VillageOffice, |t| word(VillageOffice::parse(t), VillageOffice::NAMES)),
        checked_on: reader.take(Field::CheckedOn, date),
    };
    for field in [
        Field::NameOnKk,
        Field::BirthPlace,
        Field::Address,
        Field::Rt,
        Field::Rw,
        Field::Hamlet,
        Field::Disability,
        Field::CheckedBy,
        Field::Phone,
        Field::Income,
        Field::MotherName,
        Field::Heir,
        Field::HeirRelation,
        Field::Note,
    ] {
        reader.free(field);
    }
    if let (Some(nik), Some(kk)) = (facts.nik, facts.kk)
        && nik.as_str() == kk.as_str()
    {
        reader.reject(
            Field::Nik,
            "sama dengan Nomor KK; periksa kolom mana yang tertukar lalu ketik dari KTP".to_owned(),
        );
        facts.nik = None;
    }
    reader.errors.sort_by_key(|error| error.field);
    Reading { facts, errors: reader.errors }
}

struct Reader<'a> {
    values: &'a FieldValues,
    errors: Vec<FieldError>,
}

impl Reader<'_> {
    fn take<T>(&mut self, field: Field, parse: impl FnOnce(&str) -> Result<T, String>) -> Option<T> {
        let text = self.values.text(field)?;
        if text.chars().count() > field.length_max() {
            self.reject(field, format!("terlalu panjang; paling banyak {} huruf", field.length_max()));
            return None;
        }
        match parse(text) {
            Ok(value) => Some(value),
            Err(rule) => {
                self.reject(field, rule);
                None
            }
        }
    }

    fn free(&mut self, field: Field) -> Option<String> {
        self.take(field, |text| Ok(text.to_owned()))
    }

    fn yes_no(&mut self, field: Field) -> Option<bool> {
        self.take(field, |text| match text.to_lowercase().replace('_', " ").as_str() {
            "ya" | "y" => Ok(Some(true)),
            "tidak" | "tdk" | "t" => Ok(Some(false)),
            "tidak tahu" | "belum tahu" => Ok(None),
            _ => Err("tulis ya, tidak, atau tidak tahu".to_owned()),
        })
        .flatten()
    }

    fn reject(&mut self, field: Field, rule: String) {
        let value = self.values.text(field).unwrap_or_default();
        let value = value.chars().take(60).collect();
        self.errors.push(FieldError { field, value, rule });
    }
}

fn identity_rule(error: IdentityError, what: &str) -> String {
    match error {
        IdentityError::NotSixteenDigits(found) => {
            format!("{what} harus 16 angka, di sini {found}; ketik ulang dari KTP atau KK")
        }
        IdentityError::Scientific => format!(
            "{what} dirusak lembar sebar (angka terakhir hilang); jadikan kolomnya teks lalu ketik ulang dari KTP atau KK"
        ),
        IdentityError::AllSameDigit => {
            format!("{what} tidak mungkin satu angka yang diulang; ketik ulang dari KTP atau KK")
        }
        IdentityError::Day => {
            "angka ke-7 dan ke-8 adalah tanggal lahir: 01-31, atau 41-71 untuk perempuan; periksa pada KTP"
                .to_owned()
        }
        IdentityError::Month => "angka ke-9 dan ke-10 adalah bulan lahir: 01-12; periksa pada KTP".to_owned(),
        IdentityError::Serial => "empat angka terakhir tidak boleh 0000; periksa pada KTP".to_owned(),
    }
}

fn person_name(text: &str) -> Result<String, String> {
    if text.chars().any(char::is_alphabetic) {
        Ok(text.to_owned())
    } else {
        Err("nama harus memuat huruf; ketik seperti pada KTP".to_owned())
    }
}

fn date(text: &str) -> Result<CivilDate, String> {
    CivilDate::parse(text)
        .ok_or_else(|| "bukan tanggal yang ada; tulis hari, bulan, tahun, misalnya 17-08-1975".to_owned())
}

fn sex(text: &str) -> Result<Sex, String> {
    match text.to_lowercase().replace(['-', ' '], "").as_str() {
        "l" | "lk" | "lakilaki" => Ok(Sex::Male),
        "p" | "pr" | "perempuan" => Ok(Sex::Female),
        _ => Err("tulis L atau P".to_owned()),
    }
}

/// A year, a year and month, or a date: people remember when they began to work in no finer grain.
fn since(text: &str) -> Result<String, String> {
    let year_only = text.len() == 4 && text.bytes().all(|b| b.is_ascii_digit());
    let year_month = text.len() == 7
        && text.split_once('-').is_some_and(|(year, month)| {
            year.len() == 4 && month.parse::<u32>().is_ok_and(|m| (1..=12).contains(&m))
        });
    if year_only || year_month {
        return Ok(text.to_owned());
    }
    CivilDate::parse(text)
        .map(|date| date.to_string())
        .ok_or_else(|| "tulis tahun (2015), bulan (2015-03), atau tanggal (01-03-2015)".to_owned())
}

fn desil(text: &str) -> Result<u8, String> {
    text.parse()
        .ok()
        .filter(|desil| (1..=10).contains(desil))
        .ok_or_else(|| "desil adalah angka 1 sampai 10".to_owned())
}

fn word<T>(parsed: Option<T>, names: &[&str]) -> Result<T, String> {
    parsed.ok_or_else(|| format!("pilih salah satu: {}", names.join(", ")))
}

/// `tidak_ada`, or sources separated by `;`, each with an optional last day: `csr:2026-12-31`.
/// `Ok(None)` when the clerk wrote that it is unknown.
fn covers(text: &str) -> Result<Option<Vec<Cover>>, String> {
    if text.eq_ignore_ascii_case("tidak tahu") || text.eq_ignore_ascii_case("tidak_tahu") {
        return Ok(None);
    }
    let rule = || {
        format!(
            "pilih {NO_COVER}, {}; beberapa dipisah titik koma, boleh dengan tanggal akhir seperti csr:2026-12-31. Bukan BPJS Kesehatan/KIS",
            CoverSource::NAMES.join(", ")
        )
    };
    let mut covers = Vec::new();
    let mut none = false;
    for part in text.split(';').map(str::trim).filter(|part| !part.is_empty()) {
        let (source, until) = match part.split_once(':') {
            Some((source, until)) => (source, Some(CivilDate::parse(until).ok_or_else(rule)?)),
            None => (part, None),
        };
        let source_word = source.trim().to_lowercase().replace(' ', "_");
        if source_word == NO_COVER && until.is_none() {
            none = true;
        } else {
            covers.push(Cover { source: CoverSource::parse(&source_word).ok_or_else(rule)?, until });
        }
    }
    if none && !covers.is_empty() {
        return Err("tidak_ada tidak dapat digabung dengan sumber lain; hapus salah satunya".to_owned());
    }
    if !none && covers.is_empty() {
        return Err(rule());
    }
    Ok(Some(covers))
}
