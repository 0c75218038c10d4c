//! The *lembar data* of one person: what the office has recorded, what came of it, and what happened to it. It is also
//! what somebody gets who asks for their own data.

use crate::page::{Office, Paper, StatementError};
use crate::view::{OfficeView, Texts, longest_word};
use payung_domain::CivilDate;
use serde::Serialize;

/// Lines of history on one sheet.
pub const SHEET_HISTORY_MAX: usize = 60;

#[derive(Clone, PartialEq, Eq)]
pub struct PersonSheet {
    pub office: Office,
    pub emblem: Option<Vec<u8>>,
    pub paper: Paper,
    /// The day of printing; also the date in the PDF's metadata.
    pub printed_on: CivilDate,
    /// `10.42`.
    pub printed_at: String,
    /// Who printed it.
    pub printed_by: String,
    /// Marks every page `RANCANGAN - belum berlaku`.
    pub draft: bool,
    pub demo: bool,
    /// Empty: not typed yet.
    pub name: String,
    /// As typed.
    pub nik: String,
    /// `sudah sampai di kabupaten`.
    pub state: String,
    /// What stands beside the state: delivery, an end, a change not yet sent. One short sentence each.
    pub notes: Vec<String>,
    /// Specific personal data is among the values; otherwise the sheet says that it was left out.
    pub specific: bool,
    pub parts: Vec<SheetPart>,
    /// The verdict in a sentence.
    pub verdict: String,
    /// `Memenuhi syarat belum berarti ditetapkan.`
    pub caution: Option<String>,
    /// `Perbup Kebumen 56/2024`.
    pub regulation: String,
    /// The day that was judged on.
    pub judged_on: CivilDate,
    pub checks: Vec<SheetCheck>,
    pub warnings: Vec<String>,
    pub statements: Vec<SheetStatement>,
    /// Newest first, at most [`SHEET_HISTORY_MAX`].
    pub history: Vec<SheetEvent>,
    /// Older lines that were left out.
    pub older: u32,
}

#[derive(Clone, PartialEq, Eq)]
pub struct SheetPart {
    pub title: String,
    /// Label and value; `None`: not known.
    pub rows: Vec<(String, Option<String>)>,
}

/// What one rule says.
#[derive(Clone, PartialEq, Eq)]
pub struct SheetCheck {
    pub title: String,
    pub cite: String,
    /// `terpenuhi`, `belum diketahui`.
    pub outcome: String,
    pub message: String,
    pub remedy: Option<String>,
    /// `dinyatakan`, `dokumen`, `dipadankan`.
    pub rests_on: String,
}

#[derive(Clone, PartialEq, Eq)]
pub struct SheetStatement {
    /// Empty: not numbered yet.
    pub number: String,
    pub signed_on: Option<CivilDate>,
    pub state: String,
}

#[derive(Clone, PartialEq, Eq)]
pub struct SheetEvent {
    pub on: CivilDate,
    /// `10.42`.
    pub at: String,
    pub actor: String,
    pub words: String,
}

crate::lists::hidden_debug!(PersonSheet, SheetPart, SheetCheck, SheetStatement, SheetEvent);

#[derive(Serialize)]
pub(crate) struct SheetView {
    office: OfficeView,
    paper: Paper,
    emblem: bool,
    draft: bool,
    demo: bool,
    copy: bool,
    date: String,
    year: i32,
    month: u32,
    day: u32,
    printed_at: String,
    printed_by: String,
    name: String,
    nik: String,
    state: String,
    notes: Vec<String>,
    specific: bool,
    parts: Vec<PartView>,
    verdict: String,
    caution: Option<String>,
    regulation: String,
    judged_on: String,
    checks: Vec<CheckView>,
    warnings: Vec<String>,
    statements: Vec<StatementView>,
    history: Vec<EventView>,
    older: u32,
}

#[derive(Serialize)]
struct PartView {
    title: String,
    rows: Vec<RowView>,
}

#[derive(Serialize)]
struct RowView {
    label: String,
    value: Option<String>,
}

#[derive(Serialize)]
struct CheckView {
    title: String,
    cite: String,
    outcome: String,
    message: String,
    remedy: Option<String>,
    rests_on: String,
    longest_word: usize,
}

#[derive(Serialize)]
struct StatementView {
    number: String,
    signed_on: Option<String>,
    state: String,
    longest_word: usize,
}

#[derive(Serialize)]
struct EventView {
    when: String,
    actor: String,
    words: String,
    longest_word: usize,
}

pub(crate) fn view(
    sheet: &PersonSheet,
    printable: &dyn Fn(char) -> bool,
) -> Result<SheetView, StatementError> {
    if sheet.history.len() > SHEET_HISTORY_MAX {
        return Err(StatementError::TooManyRows { found: sheet.history.len() });
    }
    let texts = Texts { printable };
    let all = |place: &str, lines: &[String]| -> Result<Vec<String>, StatementError> {
        lines.iter().map(|text| texts.line(place, text)).collect()
    };
    Ok(SheetView {
        office: texts.office(&sheet.office)?,
        paper: sheet.paper,
        emblem: sheet.emblem.is_some(),
        draft: sheet.draft,
        demo: sheet.demo,
        copy: false,
        date: sheet.printed_on.in_words(),
        year: sheet.printed_on.year(),
        month: sheet.printed_on.month(),
        day: sheet.printed_on.day(),
        printed_at: texts.required("jam cetak", &sheet.printed_at)?,
        printed_by: texts.required("pencetak", &sheet.printed_by)?,
        name: texts.clean("nama", &sheet.name)?,
        nik: crate::view::grouped(&texts.clean("NIK", &sheet.nik)?),
        state: texts.required("keadaan", &sheet.state)?,
        notes: all("keterangan keadaan", &sheet.notes)?,
        specific: sheet.specific,
        parts: sheet.parts.iter().map(|part| part_view(&texts, part)).collect::<Result<_, _>>()?,
        verdict: texts.line("hasil pemeriksaan", &sheet.verdict)?,
        caution: sheet.caution.as_deref().map(|text| texts.line("hasil pemeriksaan", text)).transpose()?,
        regulation: texts.required("peraturan", &sheet.regulation)?,
        judged_on: sheet.judged_on.in_words(),
        checks: sheet.checks.iter().map(|check| check_view(&texts, check)).collect::<Result<_, _>>()?,
        warnings: all("peringatan", &sheet.warnings)?,
        statements: sheet
            .statements
            .iter()
            .map(|statement| {
                Ok(StatementView {
                    longest_word: longest_word([&statement.number, &statement.state]),
                    number: texts.clean("nomor surat", &statement.number)?,
                    signed_on: statement.signed_on.map(CivilDate::in_words),
                    state: texts.line("keadaan surat", &statement.state)?,
                })
            })
            .collect::<Result<_, StatementError>>()?,
        history: sheet
            .history
            .iter()
            .map(|event| {
                Ok(EventView {
                    longest_word: longest_word([&event.actor, &event.words]),
                    when: format!("{}, {}", event.on.in_words(), texts.required("jam", &event.at)?),
                    actor: texts.line("pelaku", &event.actor)?,
                    words: texts.line("riwayat", &event.words)?,
                })
            })
            .collect::<Result<_, StatementError>>()?,
        older: sheet.older,
    })
}

fn part_view(texts: &Texts<'_>, part: &SheetPart) -> Result<PartView, StatementError> {
    let row = |(label, value): &(String, Option<String>)| {
        let value = value.as_deref().map(|value| texts.line(&label.to_lowercase(), value)).transpose()?;
        Ok(RowView { label: texts.required("isian", label)?, value: value.filter(|value| !value.is_empty()) })
    };
    Ok(PartView {
        title: texts.required("judul bagian", &part.title)?,
        rows: part.rows.iter().map(row).collect::<Result<_, StatementError>>()?,
    })
}

fn check_view(texts: &Texts<'_>, check: &SheetCheck) -> Result<CheckView, StatementError> {
    Ok(CheckView {
        longest_word: longest_word([&check.title, &check.cite, &check.message]),
        title: texts.required("syarat", &check.title)?,
        cite: texts.clean("pasal", &check.cite)?,
        outcome: texts.required("hasil syarat", &check.outcome)?,
        message: texts.line("hasil syarat", &check.message)?,
        remedy: check.remedy.as_deref().map(|text| texts.line("saran", text)).transpose()?,
        rests_on: texts.clean("dasar hasil", &check.rests_on)?,
    })
}
