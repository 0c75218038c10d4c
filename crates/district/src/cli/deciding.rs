//! `payung-district decide`.

use super::args::{self, Decide, Format};
use super::{say, village_code};
use crate::error::DistrictError;
use crate::home::District;
use crate::officer::{self, Case, CaseState, Order, Outcome, Whom};
use crate::report::iso;
use payung_domain::{Answer, Nik};

pub fn decide(district: &District, given: &Decide) -> Result<(), DistrictError> {
    if given.list {
        return list(district, given);
    }
    let outcome = match given.outcome {
        Some(args::Outcome::Passed) => Outcome::Passed,
        Some(args::Outcome::NotEligible) => Outcome::NotEligible,
        None => {
            return Err(asked("Tulis putusannya: --outcome lolos atau --outcome tidak-memenuhi-syarat."));
        }
    };
    let officer = given.officer.clone().ok_or_else(|| asked("Tulis nama petugas dengan --officer."))?;
    let order = Order { whom: whom(given)?, outcome, reason: given.reason.clone(), officer };
    let case = officer::decide(district, &order)?;
    if given.format == Format::Json {
        return say(&json(&case).to_string());
    }
    say(&format!(
        "Tercatat: {} ({} {}) {}. Desa melihatnya saat sinkron berikutnya.",
        case.name,
        case.village_name,
        case.village,
        case.state.words()
    ))?;
    if case.state == CaseState::Answered(Answer::Passed) {
        say("Lolos verifikasi belum berarti ditetapkan.")?;
    }
    Ok(())
}

fn whom(given: &Decide) -> Result<Whom, DistrictError> {
    match (&given.person, &given.nik) {
        (Some(person), _) => person
            .parse()
            .map(Whom::Person)
            .map_err(|_| asked("Nomor orang tidak terbaca. Salin dari daftar: decide --list.")),
        (None, Some(nik)) => Ok(Whom::Nik {
            nik: Nik::parse(nik).map_err(|_| {
                asked("NIK harus 16 angka dengan tanggal lahir yang wajar. Periksa angkanya.")
            })?,
            village: given.village.as_deref().map(village_code).transpose()?,
        }),
        (None, None) => Err(asked("Sebutkan orangnya dengan --person atau --nik. Daftarnya: decide --list.")),
    }
}

fn list(district: &District, given: &Decide) -> Result<(), DistrictError> {
    let village = given.village.as_deref().map(village_code).transpose()?;
    let cases = officer::cases(district, village)?;
    if given.format == Format::Json {
        let all: Vec<_> = cases.iter().map(json).collect();
        return say(&serde_json::Value::from(all).to_string());
    }
    if cases.is_empty() {
        return say("Belum ada calon penerima yang sampai.");
    }
    for case in &cases {
        let nik = case.nik.map_or_else(|| "(NIK belum terbaca)".to_owned(), |nik| nik.grouped());
        say(&format!(
            "{nik}  {}  {} ({})  {}",
            case.name,
            case.village_name,
            case.village,
            case.state.words()
        ))?;
        say(&format!("    --person {}", case.person))?;
        if let Some(standing) = &case.statement {
            say(&format!("    pernyataan: {}", standing.label()))?;
        }
        for reason in &case.reasons {
            say(&format!("    - {}", reason.message))?;
        }
    }
    Ok(())
}

fn json(case: &Case) -> serde_json::Value {
    let reasons: Vec<_> = case
        .reasons
        .iter()
        .map(|reason| {
            serde_json::json!({
                "field": reason.field.map(|field| field.name()),
                "rule": reason.rule,
                "message": reason.message,
            })
        })
        .collect();
    serde_json::json!({
        "person": case.person.to_string(),
        "version": case.version.to_string(),
        "village": case.village.to_string(),
        "village_name": case.village_name,
        "name": case.name,
        "nik": case.nik.map(|nik| nik.as_str().to_owned()),
        "state": case.state.key(),
        "status": case.state.words(),
        "statement": case.statement.as_ref().map(|standing| serde_json::json!({
            "state": standing.key(),
            "status": standing.label(),
        })),
        "reasons": reasons,
        "officer": case.officer,
        "arrived_at": iso(case.arrived_at),
    })
}

fn asked(words: &str) -> DistrictError {
    DistrictError::Asked(words.to_owned())
}
