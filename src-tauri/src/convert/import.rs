//! The template, read from a file and taken into the register.

use super::count;
use crate::dto::{ImportProblem, ImportReport, ImportRequest};
use crate::error::{Answered, sentence};
use payung_domain::Unwatched;
use payung_register::{Import, ImportLine, ImportReport as Report, ImportRow, Op, Register};
use payung_sheets::Applicants;
use std::path::Path;

pub fn import(register: &mut Register, request: &ImportRequest) -> Answered<ImportReport> {
    let path = Path::new(request.path.trim());
    let applicants = payung_sheets::read_people(path, &Unwatched)?;
    let import = Import {
        file_name: path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default(),
        layout: applicants.layout.name().to_owned(),
        sheets: applicants.sheets.clone(),
        rows: applicants.rows.iter().map(row).collect(),
        skipped: applicants.skipped.len() as u64,
        ready: request.ready,
        keep_unreadable: true,
        ..Import::default()
    };
    let report = if request.dry_run {
        register.plan_import(&import, &Unwatched)?.report(&import)
    } else {
        register.transact(Op::Import(import.clone()))?.import.unwrap_or_default()
    };
    Ok(view(&import.file_name, &applicants, &report, !request.dry_run))
}

fn row(read: &payung_sheets::TemplateRow) -> ImportRow {
    ImportRow { sheet: read.sheet, row: read.row, values: read.values.clone(), errors: read.errors.clone() }
}

fn view(file_name: &str, applicants: &Applicants, report: &Report, written: bool) -> ImportReport {
    let mut problems: Vec<ImportProblem> = report.lines.iter().flat_map(problems).collect();
    problems.extend(applicants.skipped.iter().map(|skipped| ImportProblem {
        row: skipped.row,
        field: None,
        message: sentence(&skipped.reason),
    }));
    problems.sort_by_key(|problem| problem.row);
    let figures = &report.figures;
    let same = |line: &&ImportLine| !line.same_nik_rows.is_empty();
    ImportReport {
        file_name: file_name.to_owned(),
        rows: count(applicants.rows.len() as u64),
        taken: count(figures.new + figures.changed),
        ready: count(report.ready),
        same_nik: count(report.lines.iter().filter(same).count() as u64 + figures.changed + figures.same),
        problems,
        ignored_columns: applicants.ignored_columns.clone(),
        written,
    }
}

fn problems(line: &ImportLine) -> Vec<ImportProblem> {
    let told = |field: Option<String>, message: String| ImportProblem { row: line.row, field, message };
    let mut found: Vec<ImportProblem> =
        line.errors.iter().map(|error| told(Some(error.field.name().to_owned()), error.message())).collect();
    if !line.same_nik_rows.is_empty() {
        let rows: Vec<String> = line.same_nik_rows.iter().map(u32::to_string).collect();
        found.push(told(Some("nik".to_owned()), format!("NIK sama dengan baris {}.", rows.join(", "))));
    }
    if let Some(why) = line.words {
        found.push(told(None, sentence(why)));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use payung_register::Fate;

    #[test]
    fn a_row_says_everything_that_is_to_be_said() {
        let line = ImportLine {
            sheet: 0,
            row: 7,
            fate: Fate::Refused,
            person: None,
            errors: Vec::new(),
            same_nik_rows: vec![2, 5],
            words: Some("ada isian yang harus diperbaiki"),
        };
        let messages: Vec<String> = problems(&line).into_iter().map(|problem| problem.message).collect();
        assert_eq!(messages, ["NIK sama dengan baris 2, 5.", "Ada isian yang harus diperbaiki."]);
    }
}
