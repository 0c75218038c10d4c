//! The report for a program: one JSON object a line. Its keys are a public format and never change meaning.

use super::judged::{Judged, judge_rows};
use payung_regulation::{Context, Regulation};
use payung_sheets::TemplateRow;
use serde::Serialize;
use std::io::{self, Write};

#[derive(Serialize)]
struct Line<'a> {
    /// As the spreadsheet shows it.
    row: u32,
    /// As typed; null where empty.
    nik: Option<&'a str>,
    verdict: &'static str,
    rules: Vec<RuleLine<'a>>,
    warnings: Vec<WarningLine<'a>>,
    errors: Vec<ErrorLine>,
}

#[derive(Serialize)]
struct RuleLine<'a> {
    id: &'a str,
    cite: &'a str,
    outcome: &'static str,
    message: &'a str,
}

#[derive(Serialize)]
struct WarningLine<'a> {
    id: &'a str,
    message: &'a str,
}

#[derive(Serialize)]
struct ErrorLine {
    field: &'static str,
    message: String,
}

pub fn write(
    to: &mut dyn Write,
    regulation: &Regulation,
    context: &Context,
    rows: &[TemplateRow],
) -> io::Result<()> {
    for judged in judge_rows(regulation, context, rows) {
        serde_json::to_writer(&mut *to, &line(&judged))?;
        writeln!(to)?;
    }
    Ok(())
}

fn line<'a>(judged: &'a Judged) -> Line<'a> {
    let judgement = &judged.judgement;
    let rules = judgement.findings.iter().map(|finding| RuleLine {
        id: &finding.rule,
        cite: &finding.cite,
        outcome: finding.outcome.name(),
        message: &finding.message,
    });
    let warnings =
        judgement.warnings.iter().map(|warning| WarningLine { id: &warning.id, message: &warning.message });
    let errors =
        judged.errors.iter().map(|error| ErrorLine { field: error.field.name(), message: error.message() });
    Line {
        row: judged.row,
        nik: judged.nik,
        verdict: judgement.verdict.name(),
        rules: rules.collect(),
        warnings: warnings.collect(),
        errors: errors.collect(),
    }
}
