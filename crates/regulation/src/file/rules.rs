//! One `[[rules]]` section.

use super::document::{Table, names};
use super::{RegulationFileError, regency};
use crate::judgement::Rests;
use crate::regulation::{AgeAlternative, Kind, Rule, StatementForm, Tafsir};
use crate::words::{Placeholder, Slot, Template, TemplateError, Wording, Words};
use payung_domain::{CoverSource, Occupation};

/// The highest age that a rule may name, in years.
const AGE_MAX: u32 = 120;

type Result<T> = std::result::Result<T, RegulationFileError>;

pub(super) fn rule(table: &Table, statement: &StatementForm) -> Result<Rule> {
    let name = table.text("kind")?;
    let own_keys: &[&str] = match name.as_str() {
        "age_between" => &["min", "max"],
        "works" => &["occupations", "open"],
        "residence" => &["regency", "require_domicile"],
        "no_cover_from" | "cover_only_from" => &["sources"],
        "statement" | "listed_dtsen" | "not_wage_participant" | "informal_work" => &[],
        _ => {
            return Err(table.wrong(
                "kind",
                &format!("jenis syarat \"{name}\" tidak dikenal"),
                &format!("Pilih salah satu: {}.", Kind::NAMES.join(", ")),
            ));
        }
    };
    let shared = ["id", "kind", "title", "cite", "rests_on", "tafsir", "words"];
    table.only(&[&shared, own_keys].concat())?;
    let tafsir = table.has("tafsir").then(|| table.table("tafsir")).transpose()?;
    let kind = kind(&name, table, tafsir.as_ref())?;
    Ok(Rule {
        id: identifier(table)?,
        title: table.text("title")?,
        cite: table.text("cite")?,
        rests_on: rests_on(table)?,
        tafsir: tafsir.map(|tafsir| reading(&tafsir)).transpose()?,
        words: words(table, &kind, statement)?,
        kind,
    })
}

fn identifier(table: &Table) -> Result<String> {
    let id = table.text("id")?;
    if id.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_') {
        return Ok(id);
    }
    Err(table.wrong(
        "id",
        "hanya boleh huruf kecil, angka, dan garis bawah",
        "Tulis misalnya \"other_cover\".",
    ))
}

fn rests_on(table: &Table) -> Result<Rests> {
    Rests::parse(&table.text("rests_on")?).ok_or_else(|| {
        let known = names(Rests::ALL, Rests::name);
        table.wrong("rests_on", "kata ini tidak dikenal", &format!("Pilih salah satu: {known}."))
    })
}

fn kind(name: &str, table: &Table, tafsir: Option<&Table>) -> Result<Kind> {
    let own_tafsir: &[&str] = match name {
        "age_between" => &["max_ends"],
        "cover_only_from" => &["sources"],
        _ => &[],
    };
    if let Some(tafsir) = tafsir {
        tafsir.only(&[&["reading", "alternative"], own_tafsir].concat())?;
    }
    Ok(match name {
        "age_between" => age_between(table, tafsir)?,
        "works" => Kind::Works {
            occupations: table.words("occupations", Occupation::parse, || Occupation::NAMES.join(", "))?,
            open: table.boolean("open")?,
        },
        "statement" => Kind::Statement,
        "residence" => {
            Kind::Residence { regency: regency(table)?, require_domicile: table.boolean("require_domicile")? }
        }
        "no_cover_from" => Kind::NoCoverFrom { sources: sources(table)? },
        "cover_only_from" => Kind::CoverOnlyFrom {
            sources: sources(table)?,
            alternative: tafsir.filter(|t| t.has("sources")).map(sources).transpose()?,
        },
        "listed_dtsen" => Kind::ListedDtsen,
        "not_wage_participant" => Kind::NotWageParticipant,
        _ => Kind::InformalWork,
    })
}

fn age_between(table: &Table, tafsir: Option<&Table>) -> Result<Kind> {
    let min = table.number("min", 0, AGE_MAX)?;
    let max = table.number("max", 0, AGE_MAX)?;
    if min > max {
        return Err(table.wrong(
            "min",
            &format!("usia paling muda ({min}) melebihi usia paling tua ({max})"),
            "Tukar kedua angka itu, atau perbaiki salah satunya.",
        ));
    }
    let alternative = match tafsir.filter(|tafsir| tafsir.has("max_ends")) {
        None => None,
        Some(tafsir) if tafsir.text("max_ends")? == "on_birthday" => Some(AgeAlternative::EndsOnBirthday),
        Some(tafsir) => {
            return Err(tafsir.wrong("max_ends", "kata ini tidak dikenal", "Tulis \"on_birthday\"."));
        }
    };
    Ok(Kind::AgeBetween { min, max, alternative })
}

pub(super) fn sources(table: &Table) -> Result<Vec<CoverSource>> {
    table.words("sources", CoverSource::parse, || CoverSource::NAMES.join(", "))
}

fn reading(tafsir: &Table) -> Result<Tafsir> {
    Ok(Tafsir { reading: tafsir.text("reading")?, alternative: tafsir.text("alternative")? })
}

fn words(table: &Table, kind: &Kind, statement: &StatementForm) -> Result<Words> {
    let slots = Slot::of(kind, statement.stamped);
    let words = table.table("words")?;
    words.only(&slots.iter().map(|slot| slot.name()).collect::<Vec<_>>())?;
    let wordings = slots.into_iter().map(|slot| {
        let wording = words.table(slot.name())?;
        let holes = slot.placeholders(kind);
        if slot == Slot::Met {
            wording.only(&["message"])?;
            return Ok((slot, Wording { message: template(&wording, "message", holes)?, remedy: None }));
        }
        wording.only(&["message", "remedy"])?;
        let message = template(&wording, "message", holes)?;
        Ok((slot, Wording { message, remedy: Some(template(&wording, "remedy", holes)?) }))
    });
    wordings.collect::<Result<_>>().map(Words)
}

pub(super) fn template(table: &Table, key: &str, holes: &[Placeholder]) -> Result<Template> {
    Template::parse(&table.text(key)?, holes).map_err(|error| {
        let problem = match error {
            TemplateError::Unclosed => "tanda { dan } tidak berpasangan".to_owned(),
            TemplateError::Unknown(word) => format!("isian {{{word}}} tidak dikenal"),
            TemplateError::NotHere(hole) => {
                format!("isian {{{}}} tidak tersedia di kalimat ini", hole.name())
            }
        };
        let remedy = match holes {
            [] => "Tulis kalimat tanpa isian.".to_owned(),
            _ => {
                format!("Isian yang tersedia: {{{}}}.", names(holes, Placeholder::name).replace(", ", "}, {"))
            }
        };
        table.wrong(key, &problem, &remedy)
    })
}
