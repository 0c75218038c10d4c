//! Reading a regulation file. A mistake is named by file, line and field, with what to write instead.

mod document;
mod rules;
mod warnings;

use crate::regulation::{Kind, Regulation, Rule, StatementForm, WarningKind, WarningRule};
use document::{Document, Table, names};
use payung_domain::{CivilDate, Field, RegencyCode, StatementNeed, UtcOffset};
use sha2::{Digest, Sha256};

/// The longest regulation file taken, in bytes.
pub const REGULATION_BYTES_MAX: usize = 1024 * 1024;
/// The most rules, and the most warnings, in one regulation.
const ENTRIES_MAX: usize = 64;

/// Why a regulation file is refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{file}, baris {line}, {field}: {problem}. {remedy}")]
pub struct RegulationFileError {
    pub file: String,
    /// Counted from 1.
    pub line: usize,
    /// Such as `rules[2].words.met.message`, rules counted from 1.
    pub field: String,
    /// What is wrong, in Bahasa Indonesia, without a full stop.
    pub problem: String,
    /// What to write instead, in full sentences.
    pub remedy: String,
}

impl Regulation {
    /// Reads a regulation file. `file_name` is only for the message of an error; nothing is opened.
    pub fn parse(file_name: &str, text: &str) -> Result<Self, RegulationFileError> {
        let document = Document::new(file_name, text);
        if text.len() > REGULATION_BYTES_MAX {
            return Err(document.error(
                0,
                "berkas",
                "terlalu besar, lebih dari 1 MB",
                "Pakai berkas peraturan dari kabupaten.",
            ));
        }
        let values = document.values()?;
        let root = document.root(&values);
        root.only(&[
            "id",
            "title",
            "short_title",
            "regency",
            "regency_name",
            "citation",
            "draft",
            "draft_mark",
            "effective_from",
            "utc_offset_hours",
            "statement",
            "rules",
            "warnings",
        ])?;
        let draft = root.boolean("draft")?;
        let statement = statement(&root)?;
        let rules = rules(&root, &statement)?;
        Ok(Self {
            id: identifier(&root)?,
            title: root.text("title")?,
            short_title: root.text("short_title")?,
            regency: regency(&root)?,
            regency_name: root.text("regency_name")?,
            citation: root.text("citation")?,
            draft,
            draft_mark: draft_mark(&root, draft)?,
            effective_from: effective_from(&root, draft)?,
            utc_offset: utc_offset(&root)?,
            warnings: warnings(&root, draft)?,
            statement,
            rules,
            digest: Sha256::digest(text.as_bytes()).into(),
        })
    }
}

fn identifier(root: &Table) -> Result<String, RegulationFileError> {
    let id = root.text("id")?;
    if id.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-') {
        return Ok(id);
    }
    Err(root.wrong(
        "id",
        "hanya boleh huruf kecil, angka, dan tanda hubung",
        "Tulis misalnya \"kebumen-56-2024\".",
    ))
}

fn regency(table: &Table) -> Result<RegencyCode, RegulationFileError> {
    RegencyCode::parse(&table.text("regency")?).map_err(|_| {
        table.wrong(
            "regency",
            "bukan kode kabupaten/kota Kemendagri",
            "Tulis empat angka, misalnya \"33.05\".",
        )
    })
}

fn draft_mark(root: &Table, draft: bool) -> Result<Option<String>, RegulationFileError> {
    match (draft, root.has("draft_mark")) {
        (true, _) => root.text("draft_mark").map(Some),
        (false, false) => Ok(None),
        (false, true) => Err(root.wrong(
            "draft_mark",
            "tanda rancangan pada peraturan yang bukan rancangan",
            "Hapus baris ini, atau tulis draft = true.",
        )),
    }
}

fn effective_from(root: &Table, draft: bool) -> Result<Option<CivilDate>, RegulationFileError> {
    if draft && !root.has("effective_from") {
        return Ok(None);
    }
    root.date("effective_from").map(Some)
}

fn utc_offset(root: &Table) -> Result<UtcOffset, RegulationFileError> {
    let hours = root.integer("utc_offset_hours")?;
    match i8::try_from(hours) {
        Ok(hours @ 7..=9) => Ok(UtcOffset { hours }),
        _ => Err(root.wrong(
            "utc_offset_hours",
            "bukan zona waktu Indonesia",
            "Tulis 7 untuk WIB, 8 untuk WITA, atau 9 untuk WIT.",
        )),
    }
}

fn statement(root: &Table) -> Result<StatementForm, RegulationFileError> {
    let table = root.table("statement")?;
    table.only(&["need", "name", "name_kelurahan", "cite", "stamped", "attests"])?;
    let need = match table.text("need")?.as_str() {
        "required" => StatementNeed::Required,
        "offered" => StatementNeed::Offered,
        _ => {
            return Err(table.wrong(
                "need",
                "kata ini tidak dikenal",
                "Tulis \"required\" bila surat itu syarat, atau \"offered\" bila hanya ditawarkan.",
            ));
        }
    };
    let cite = match need {
        StatementNeed::Required => Some(table.text("cite")?),
        StatementNeed::Offered => table.optional_text("cite")?,
    };
    Ok(StatementForm {
        need,
        name: table.text("name")?,
        name_kelurahan: table.optional_text("name_kelurahan")?,
        cite,
        stamped: table.boolean("stamped")?,
        attests: table.words("attests", Field::from_name, || names(Field::ALL, |field| field.name()))?,
    })
}

fn rules(root: &Table, statement: &StatementForm) -> Result<Vec<Rule>, RegulationFileError> {
    let tables = root.tables("rules")?;
    limit(root, "rules", tables.len())?;
    let mut rules: Vec<Rule> = Vec::with_capacity(tables.len());
    for table in &tables {
        let rule = rules::rule(table, statement)?;
        if rules.iter().any(|known| known.id == rule.id) {
            return Err(table.wrong(
                "id",
                &format!("syarat \"{}\" sudah ada di atas", rule.id),
                "Beri setiap syarat id yang berbeda.",
            ));
        }
        rules.push(rule);
    }
    let asks = rules.iter().any(|rule| rule.kind == Kind::Statement);
    match (statement.need, asks) {
        (StatementNeed::Required, false) => Err(root.wrong(
            "rules",
            "surat pernyataan diwajibkan, tetapi tidak ada syarat dengan kind = \"statement\"",
            "Tambahkan syarat itu, atau tulis need = \"offered\" pada [statement].",
        )),
        (StatementNeed::Offered, true) => Err(root.wrong(
            "rules",
            "ada syarat dengan kind = \"statement\", tetapi suratnya hanya ditawarkan",
            "Hapus syarat itu, atau tulis need = \"required\" pada [statement].",
        )),
        _ => Ok(rules),
    }
}

fn warnings(root: &Table, draft: bool) -> Result<Vec<WarningRule>, RegulationFileError> {
    let tables = if root.has("warnings") { root.tables("warnings")? } else { Vec::new() };
    limit(root, "warnings", tables.len())?;
    let mut warnings: Vec<WarningRule> = Vec::with_capacity(tables.len());
    for table in &tables {
        let warning = warnings::warning(table)?;
        if warnings.iter().any(|known| known.kind.id() == warning.kind.id()) {
            return Err(table.wrong(
                "id",
                &format!("peringatan \"{}\" sudah ada di atas", warning.kind.id()),
                "Tulis setiap peringatan satu kali.",
            ));
        }
        warnings.push(warning);
    }
    if draft && !warnings.iter().any(|warning| warning.kind == WarningKind::DraftRegulation) {
        return Err(root.wrong(
            "draft",
            "rancangan tanpa peringatan \"draft_regulation\"",
            "Tambahkan [[warnings]] dengan id = \"draft_regulation\" dan kalimatnya.",
        ));
    }
    Ok(warnings)
}

fn limit(root: &Table, key: &str, count: usize) -> Result<(), RegulationFileError> {
    if (1..=ENTRIES_MAX).contains(&count) || (key == "warnings" && count == 0) {
        return Ok(());
    }
    Err(root.wrong(key, &format!("berisi {count}"), &format!("Tulis 1 sampai {ENTRIES_MAX}.")))
}
