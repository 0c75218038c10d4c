//! The template, read from a file and taken into the register.

use super::count;
use crate::dto::{ImportProblem, ImportReport, ImportRequest};
use crate::error::{Answered, sentence};
use payung_register::{Import, ImportLine, ImportReport as Report, ImportRow, Op, Register};
use payung_sheets::Applicants;
use std::path::Path;

pub fn import(register: &mut Register, request: &ImportRequest) -> Answered<ImportReport> {
    let path = Path::new(request.path.trim());
    let applicants = payung_sheets::read_people(path, &payung_domain::Unwatched)?;
    let import = Import {
        file_name: path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default(),
        rows: applicants.rows.iter().map(row).collect(),
        ready: request.ready,
    };
    let report = if request.dry_run {
        register.preview_import(&import)?
    } else {
        register.transact(Op::Import(import.clone()))?.import.unwrap_or_default()
    };
    Ok(view(&import.file_name, &applicants, &report, !request.dry_run))
}

fn row(read: &payung_sheets::TemplateRow) -> ImportRow {
    ImportRow { row: read.row, values: read.values.clone(), errors: read.errors.clone() }
}

fn view(file_name: &str, applicants: &Applicants, report: &Report, written: bool) -> ImportReport {
    let mut problems: Vec<ImportProblem> = report.lines.iter().flat_map(problems).collect();
    problems.extend(applicants.skipped.iter().map(|skipped| ImportProblem {
        row: skipped.row,
        field: None,
        message: sentence(&skipped.reason),
    }));
    problems.sort_by_key(|problem| problem.row);
    let same = |line: &&ImportLine| !line.same_nik_people.is_empty() || !line.same_nik_rows.is_empty();
    ImportReport {
        file_name: file_name.to_owned(),
        rows: count(applicants.rows.len() as u64),
        taken: count(report.released + report.drafts),
        ready: count(report.released),
        same_nik: count(report.lines.iter().filter(same).count() as u64),
        problems,
        ignored_columns: applicants.ignored_columns.clone(),
        written,
    }
}

fn problems(line: &ImportLine) -> Vec<ImportProblem> {
    let told = |field: Option<String>, message: String| ImportProblem { row: line.row, field, message };
    let mut found: Vec<ImportProblem> =
        line.errors.iter().map(|error| told(Some(error.field.name().to_owned()), error.message())).collect();
    if !line.same_nik_people.is_empty() {
        found.push(told(Some("nik".to_owned()), "NIK ini sudah ada dalam register desa.".to_owned()));
    }
    if !line.same_nik_rows.is_empty() {
        let rows: Vec<String> = line.same_nik_rows.iter().map(u32::to_string).collect();
        found.push(told(Some("nik".to_owned()), format!("NIK sama dengan baris {}.", rows.join(", "))));
    }
    if let Some(why) = line.stays_draft {
        found.push(told(None, format!("Tetap draf: {}", sentence(why))));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use payung_register::PersonId;

    #[test]
    fn a_row_says_everything_that_is_to_be_said() {
        let line = ImportLine {
            row: 7,
            person: None,
            errors: Vec::new(),
            same_nik_people: vec![PersonId(3)],
            same_nik_rows: vec![2, 5],
            stays_draft: Some("ada syarat yang belum terpenuhi"),
        };
        let messages: Vec<String> = problems(&line).into_iter().map(|problem| problem.message).collect();
        assert_eq!(
            messages,
            [
                "NIK ini sudah ada dalam register desa.",
                "NIK sama dengan baris 2, 5.",
                "Tetap draf: Ada syarat yang belum terpenuhi.",
            ]
        );
    }
}
