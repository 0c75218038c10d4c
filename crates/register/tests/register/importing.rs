//! Many people from a file.

use crate::harness::{Village, applicant};
use payung_domain::{Field, State};
use payung_register::{Import, ImportRow, Op};

fn rows(village: &Village) -> Vec<ImportRow> {
    let code = village.village().code;
    let mut rows: Vec<ImportRow> = (1..=6)
        .map(|serial| ImportRow { row: serial + 1, values: applicant(&code, serial), errors: Vec::new() })
        .collect();
    // Row 4 cannot be read, row 5 repeats row 2's number, row 6 is of someone already known.
    rows[2].values.set(Field::BirthDate, "kemarin");
    let repeated = rows[0].values.get(Field::Nik).unwrap_or_default().to_owned();
    rows[3].values.set(Field::Nik, repeated);
    rows[4].values.set(Field::Nik, "3305011005800099");
    rows
}

#[test]
fn rows_without_error_become_siap_and_the_rest_drafts_with_the_reason() {
    let mut village = Village::kebumen();
    let known = village.candidate(99);
    let import = Import { file_name: "warga.xlsx".to_owned(), rows: rows(&village), ready: true };
    let tried = village.preview_import(&import).expect("a trial");
    assert_eq!(village.counts().total, 1, "a trial writes nothing");
    let done = village.transact(Op::Import(import)).expect("imported");
    let report = done.import.expect("a report");
    assert_eq!((report.released, report.drafts), (3, 3));
    assert_eq!((tried.released, tried.drafts), (3, 3), "the trial said the same");
    let said: Vec<(u32, bool, Vec<u32>, usize)> = report
        .lines
        .iter()
        .map(|line| {
            (line.row, line.errors.is_empty(), line.same_nik_rows.clone(), line.same_nik_people.len())
        })
        .collect();
    assert_eq!(said, [(4, false, vec![], 0), (5, true, vec![2], 0), (6, true, vec![], 1)]);
    assert_eq!(report.lines[2].same_nik_people, [known]);
    let draft = report.lines[0].person.expect("a row");
    assert_eq!(
        village.detail(draft).values.get(Field::BirthDate),
        Some("kemarin"),
        "a draft keeps what was read"
    );
    assert_eq!(village.counts().of(State::Draft), 3);
    assert_eq!(done.people.len(), 6);
}

#[test]
fn without_ready_everything_stays_a_draft() {
    let mut village = Village::kebumen();
    let import = Import { file_name: "warga.csv".to_owned(), rows: rows(&village), ready: false };
    village.transact(Op::Import(import)).expect("imported");
    assert_eq!(village.counts().of(State::Draft), 6);
    assert_eq!(village.shared_series().expect("series").seq, 1, "drafts do not travel");
    assert!(village.trail(1).expect("trail")[0].note.starts_with("warga.csv"));
}

#[test]
fn many_rows_fill_several_stretches_and_prove_themselves() {
    let mut village = Village::kebumen();
    let code = village.village().code;
    let rows = (1..=300).map(|serial| ImportRow {
        row: serial,
        values: applicant(&code, serial),
        errors: Vec::new(),
    });
    let import = Import { file_name: "banyak.csv".to_owned(), rows: rows.collect(), ready: true };
    village.transact(Op::Import(import)).expect("imported");
    village.close();
    village.unlock();
    assert_eq!(village.verify_journal().expect("proved").people, 300);
}
