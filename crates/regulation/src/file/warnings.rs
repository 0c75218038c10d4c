//! One `[[warnings]]` section.

use super::RegulationFileError;
use super::document::Table;
use super::rules::{sources, template};
use crate::regulation::{WarningKind, WarningRule};
use crate::words::Placeholder;
use payung_domain::VillageOffice;

/// The highest age that a warning may name, in years, and the most quarters a desil may be old.
const AGE_MAX: u32 = 120;
const QUARTERS_MAX: u32 = 40;

pub(super) fn warning(table: &Table) -> Result<WarningRule, RegulationFileError> {
    let id = table.text("id")?;
    let own_keys: &[&str] = match id.as_str() {
        "bpjs_age_limit" | "minor" => &["age"],
        "official_as_worker" => &["offices"],
        "stale_desil" => &["quarters"],
        "already_funded" => &["sources"],
        _ => &[],
    };
    let kind = kind(&id, table)?;
    table.only(&[&["id", "cite", "message"], own_keys].concat())?;
    Ok(WarningRule {
        cite: table.optional_text("cite")?,
        message: template(table, "message", Placeholder::of_warning(&kind))?,
        kind,
    })
}

fn kind(id: &str, table: &Table) -> Result<WarningKind, RegulationFileError> {
    Ok(match id {
        "bpjs_age_limit" => WarningKind::BpjsAgeLimit { age: table.number("age", 1, AGE_MAX)? },
        "minor" => WarningKind::Minor { age: table.number("age", 1, AGE_MAX)? },
        "official_as_worker" => WarningKind::OfficialAsWorker {
            offices: table.words("offices", VillageOffice::parse, || VillageOffice::NAMES.join(", "))?,
        },
        "nik_birth_date" => WarningKind::NikBirthDate,
        "nik_sex" => WarningKind::NikSex,
        "nik_region" => WarningKind::NikRegion,
        "stale_desil" => WarningKind::StaleDesil { quarters: table.number("quarters", 0, QUARTERS_MAX)? },
        "draft_regulation" => WarningKind::DraftRegulation,
        "wage_earner" => WarningKind::WageEarner,
        "vulnerable_undeclared" => WarningKind::VulnerableUndeclared,
        "already_funded" => WarningKind::AlreadyFunded { sources: sources(table)? },
        "not_fit_declared" => WarningKind::NotFitDeclared,
        _ => {
            return Err(table.wrong(
                "id",
                &format!("peringatan \"{id}\" tidak dikenal"),
                &format!("Pilih salah satu: {}.", WarningKind::NAMES.join(", ")),
            ));
        }
    })
}
