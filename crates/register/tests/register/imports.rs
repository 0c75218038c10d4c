//! Many people from a file: planned, taken whole or not at all, and taken back.

use crate::district::District;
use crate::harness::{Village, applicant};
use crate::relay::{Relay, settle};
use payung_domain::{CivilDate, EndKind, Field, FieldError, FieldValues, Readiness, State, Unwatched};
use payung_journal::TrailKind;
use payung_register::{
    Destination, Fate, Figures, IMPORT_ROWS_MAX, Import, ImportId, ImportPlan, ImportReport, ImportRow,
    ListQuery, Op, PopulationQuery, RegisterError, Selection, Undone, file_facets,
};

pub fn row(number: u32, values: FieldValues) -> ImportRow {
    ImportRow { sheet: 0, row: number, values, errors: Vec::new() }
}

pub fn import(destination: Destination, rows: Vec<ImportRow>) -> Import {
    Import {
        file_name: "warga.xlsx".to_owned(),
        layout: "template".to_owned(),
        rows,
        destination,
        ..Import::default()
    }
}

pub fn values(pairs: &[(Field, &str)]) -> FieldValues {
    pairs.iter().map(|(field, value)| (*field, (*value).to_owned())).collect()
}

/// As `applicant`, changed here and there; an empty value takes one away.
pub fn with(serial: u32, changes: &[(Field, &str)]) -> FieldValues {
    let code = payung_domain::VillageCode::parse("33.05.01.2001").expect("village");
    let mut values = applicant(&code, serial);
    for (field, value) in changes {
        values.set(*field, *value);
    }
    values
}

impl Village {
    pub fn planned(&self, import: &Import) -> ImportPlan {
        self.plan_import(import, &Unwatched).expect("a plan")
    }

    /// Takes a file in, having seen that the plan said the same.
    pub fn taken(&mut self, import: &Import) -> ImportReport {
        let plan = self.planned(import);
        let done = self.run_import(import, &Unwatched).expect("taken in");
        let report = done.import.expect("a report");
        assert!(report.figures.add_up());
        assert_eq!((plan.figures, plan.ready), (report.figures, report.ready), "as planned");
        report
    }

    pub fn undone(&mut self, import: ImportId) -> Undone {
        self.transact(Op::UndoImport { import }).expect("taken back").undone.expect("what came of it")
    }

    /// What a clerk can see of everybody.
    pub fn shown(&self) -> Vec<String> {
        let people = self.list(&ListQuery { limit: 500, ..ListQuery::default() }).expect("list").rows;
        let mut shown: Vec<String> = Vec::new();
        for row in people.iter().filter(|row| row.state != State::Cancelled) {
            let detail = self.detail(row.id);
            let values: Vec<_> =
                detail.values.iter().map(|(field, value)| (field, value.to_owned())).collect();
            shown.push(format!("{row:?} {values:?} {:?} {:?}", detail.edited, detail.status));
        }
        let page =
            self.population(&PopulationQuery { limit: 500, ..PopulationQuery::default() }).expect("page");
        for row in page.rows {
            let values: Vec<_> = self
                .population_values(row.id)
                .expect("values")
                .iter()
                .map(|(field, value)| (field, value.to_owned()))
                .collect();
            shown.push(format!("{row:?} {values:?}"));
        }
        shown.sort();
        shown
    }
}

fn fates(plan: &ImportPlan) -> Vec<(Fate, Option<&'static str>)> {
    plan.rows.iter().map(|row| (row.fate, row.words)).collect()
}

fn rows(village: &Village) -> Vec<ImportRow> {
    let code = village.village().code;
    let mut rows: Vec<ImportRow> = (1..=6).map(|serial| row(serial + 1, applicant(&code, serial))).collect();
    // Row 4 cannot be read, row 5 repeats row 2's number, row 6 is of someone already known.
    rows[2].values.set(Field::BirthDate, "kemarin");
    let repeated = rows[0].values.get(Field::Nik).unwrap_or_default().to_owned();
    rows[3].values.set(Field::Nik, repeated);
    rows[4].values.set(Field::Nik, "3305011005800099");
    rows
}

#[test]
fn rows_without_error_become_siap_and_the_others_are_told_why_not() {
    let mut village = Village::kebumen();
    let known = village.candidate(99);
    let import = Import {
        file_name: "warga.xlsx".to_owned(),
        rows: rows(&village),
        ready: true,
        keep_unreadable: true,
        ..Import::default()
    };
    let tried = village.plan_import(&import, &Unwatched).expect("a trial").report(&import);
    assert_eq!(village.counts().total, 1, "a trial writes nothing");
    let done = village.transact(Op::Import(import)).expect("imported");
    let report = done.import.expect("a report");
    assert_eq!((report.ready, report.drafts), (3, 2));
    assert_eq!((tried.ready, tried.drafts), (3, 2), "the trial said the same");
    let figures = Figures { read: 6, new: 5, changed: 1, same: 0, refused: 0, skipped: 0 };
    assert_eq!((report.figures, tried.figures), (figures, figures));
    let said: Vec<(u32, Fate, bool, Vec<u32>)> = report
        .lines
        .iter()
        .map(|line| (line.row, line.fate, line.errors.is_empty(), line.same_nik_rows.clone()))
        .collect();
    assert_eq!(said, [(4, Fate::New, false, vec![]), (5, Fate::New, true, vec![2])]);
    let draft = report.lines[0].person.expect("a row");
    assert_eq!(
        village.detail(draft).values.get(Field::BirthDate),
        Some("kemarin"),
        "a draft keeps what was read"
    );
    assert_eq!(village.counts().of(State::Draft), 2, "the unreadable row, and the second holder of a NIK");
    // Row 6 is of someone already known: not a second person, and nothing that travels before the clerk says so.
    let changed = village.detail(known);
    assert_eq!(changed.edited, [Field::Name, Field::Hamlet]);
    assert_eq!(changed.values.text(Field::Name), Some("Darmo Uji 5"));
    assert_eq!(changed.released.expect("released").text(Field::Name), Some("Wahyu Uji 99"));
    assert_eq!(done.people.len(), 6);
}

#[test]
fn without_ready_everything_stays_a_draft() {
    let mut village = Village::kebumen();
    let import = Import {
        file_name: "warga.csv".to_owned(),
        rows: rows(&village),
        ready: false,
        keep_unreadable: true,
        ..Import::default()
    };
    village.transact(Op::Import(import)).expect("imported");
    assert_eq!(village.counts().of(State::Draft), 6);
    assert_eq!(village.shared_series().expect("series").seq, 1, "drafts do not travel");
    assert!(village.trail(1).expect("trail")[0].note.starts_with("warga.csv"));
}

#[test]
fn many_rows_fill_several_stretches_and_prove_themselves() {
    let mut village = Village::kebumen();
    let code = village.village().code;
    let rows = (1..=300).map(|serial| row(serial, applicant(&code, serial)));
    let import =
        Import { file_name: "banyak.csv".to_owned(), rows: rows.collect(), ready: true, ..Import::default() };
    village.transact(Op::Import(import)).expect("imported");
    village.close();
    village.unlock();
    assert_eq!(village.verify_journal().expect("proved").people, 300);
}

#[test]
fn every_row_has_one_fate_and_the_figures_add_up() {
    let mut village = Village::kebumen();
    let draft = village.draft(with(1, &[(Field::Phone, "")]));
    village.draft(with(2, &[]));
    let rows = vec![
        row(2, with(1, &[(Field::Phone, "0812")])),
        row(3, with(2, &[(Field::Note, "")])),
        row(4, with(3, &[])),
        row(5, with(4, &[(Field::BirthDate, "31-02-1980")])),
        row(6, with(5, &[(Field::Hamlet, "Dusun Jauh")])),
        row(7, with(3, &[])),
        row(8, with(3, &[(Field::Name, "Orang Lain")])),
    ];
    let near = ["Dusun 1", "DUSUN  2", "dusun-3", "Dusun 4"].map(str::to_owned).to_vec();
    let import = Import {
        skipped: 2,
        selection: Selection { hamlets: near, ..Selection::default() },
        ..import(Destination::Applicants, rows)
    };
    let plan = village.planned(&import);
    assert_eq!(
        fates(&plan),
        [
            (Fate::Changed, None),
            (Fate::Same, None),
            (Fate::New, None),
            (Fate::Refused, Some("ada isian yang harus diperbaiki")),
            (Fate::Skipped, Some("tidak termasuk yang dipilih")),
            (Fate::Skipped, Some("sama dengan baris sebelumnya")),
            (
                Fate::Refused,
                Some("NIK sudah ada di baris sebelumnya dengan isian lain; periksa mana yang benar")
            ),
        ]
    );
    assert_eq!(
        (plan.rows[0].person, plan.rows[0].changes.as_slice()),
        (Some(draft), [Field::Phone].as_slice())
    );
    assert_eq!(plan.rows[3].errors[0].field, Field::BirthDate);
    assert!(!plan.rows[4].selected && plan.rows[3].selected);
    assert_eq!((&plan.rows[5].same_nik_rows, &plan.rows[6].same_nik_rows), (&vec![4], &vec![4, 7]));
    assert_eq!((plan.rows[2].readiness, plan.rows[2].age), (Some(Readiness::Attestable), Some(46)));
    let report = village.taken(&import);
    assert_eq!(report.figures, Figures { read: 9, new: 1, changed: 1, same: 1, refused: 2, skipped: 4 });
    assert_eq!(village.counts().total, 3);
    assert_eq!(village.detail(draft).values.text(Field::Phone), Some("0812"));
    let again = village.taken(&import);
    assert_eq!(again.figures, Figures { read: 9, new: 0, changed: 0, same: 3, refused: 2, skipped: 4 });
}

#[test]
fn empty_cells_never_overwrite_and_what_cannot_be_read_stays_at_its_field() {
    let mut village = Village::kebumen();
    let known = village.draft(with(1, &[(Field::Phone, "0812"), (Field::Desil, "3")]));
    let nik = with(1, &[]).text(Field::Nik).expect("NIK").to_owned();
    let mut damaged =
        row(2, values(&[(Field::Nik, nik.as_str()), (Field::Desil, "11"), (Field::Phone, "  ")]));
    damaged.errors.push(FieldError {
        field: Field::Income,
        value: "1,5E+06".to_owned(),
        rule: "dirusak lembar sebar".to_owned(),
    });
    let plan = village.planned(&import(Destination::Applicants, vec![damaged.clone()]));
    assert_eq!(fates(&plan), [(Fate::Changed, None)], "no name is needed of somebody who has one");
    let fields: Vec<Field> = plan.rows[0].errors.iter().map(|error| error.field).collect();
    assert_eq!(fields, [Field::Income, Field::Desil]);
    village.taken(&import(Destination::Applicants, vec![damaged]));
    let values = village.detail(known).values;
    assert_eq!((values.get(Field::Phone), values.get(Field::Desil)), (Some("0812"), Some("11")));
}

#[test]
fn a_number_that_the_spreadsheet_destroyed_is_nobodys() {
    let mut village = Village::kebumen();
    let mut destroyed = row(2, with(1, &[(Field::Nik, "")]));
    destroyed.errors.push(FieldError {
        field: Field::Nik,
        value: "3,30501E+15".to_owned(),
        rule: "dirusak lembar sebar".to_owned(),
    });
    for destination in [Destination::Applicants, Destination::Population] {
        let plan = village.planned(&import(destination, vec![destroyed.clone()]));
        assert_eq!(plan.rows[0].fate, Fate::Refused);
        assert_eq!(plan.rows[0].errors[0].value, "3,30501E+15", "one error, that of the sheet");
        assert_eq!((plan.rows[0].errors.len(), plan.rows[0].readiness), (1, None));
    }
    // What a script asks for: a draft, which the corrected file finds again by name, birth date and KK.
    let script = Import { keep_unreadable: true, ..import(Destination::Applicants, vec![destroyed]) };
    assert_eq!(village.taken(&script).drafts, 1);
    assert_eq!(village.taken(&script).figures.same, 1);
    let mended = import(Destination::Applicants, vec![row(2, with(1, &[]))]);
    assert_eq!(village.taken(&mended).figures.changed, 1);
    assert_eq!(village.counts().total, 1);
}

#[test]
fn rows_are_chosen_by_age_occupation_hamlet_and_verdict() {
    let village = Village::kebumen();
    let rows = vec![
        row(2, with(1, &[(Field::BirthDate, "22-11-1960")])),
        row(3, with(2, &[(Field::BirthDate, "21-11-1960"), (Field::Occupation, "Petani")])),
        row(4, with(3, &[(Field::Occupation, "nelayan"), (Field::StillWorking, "tidak")])),
        row(5, with(4, &[(Field::Occupation, ""), (Field::Hamlet, "")])),
        row(6, with(5, &[(Field::BirthDate, "")])),
        row(7, with(6, &[(Field::BirthDate, "entah")])),
    ];
    let facets = file_facets(&rows);
    let count = |word: &str, count| (word.to_owned(), count);
    assert_eq!(facets.occupations, [count("", 1), count("nelayan", 1), count("petani", 4)]);
    assert_eq!(facets.hamlets[2], count("Dusun 1", 2));
    let chosen = |selection: Selection| -> Vec<u32> {
        let import = Import { selection, ..import(Destination::Population, rows.clone()) };
        let plan = village.planned(&import);
        assert!(plan.figures.add_up());
        (2..).zip(&plan.rows).filter(|(_, row)| row.selected).map(|(number, _)| number).collect()
    };
    let words = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
    assert_eq!(chosen(Selection::default()), [2, 3, 4, 5, 6, 7]);
    // 21 November 2026: row 3 turned 66 today. What cannot be read is not filtered away: it is refused with its reason.
    assert_eq!(chosen(Selection { ages: Some((16, 65)), ..Selection::default() }), [2, 4, 5, 7]);
    assert_eq!(chosen(Selection { ages: Some((66, 99)), ..Selection::default() }), [3, 7]);
    assert_eq!(chosen(Selection { occupations: words(&["petani"]), ..Selection::default() }), [2, 3, 6, 7]);
    assert_eq!(chosen(Selection { occupations: words(&["nelayan", ""]), ..Selection::default() }), [4, 5]);
    assert_eq!(chosen(Selection { hamlets: words(&["DUSUN 1", ""]), ..Selection::default() }), [2, 5, 7]);
    let verdict = |readiness| chosen(Selection { readiness: vec![readiness], ..Selection::default() });
    assert_eq!(verdict(Readiness::Attestable), [2, 7]);
    assert_eq!(verdict(Readiness::WithNotes), [3, 4, 7]);
}

#[test]
fn people_without_a_nik_are_known_by_name_birth_date_and_kk() {
    let mut village = Village::kebumen();
    let baby = |changes: &[(Field, &str)]| {
        let mut values = values(&[
            (Field::Name, "Bayi Contoh"),
            (Field::BirthDate, "2026-10-01"),
            (Field::Kk, "3305010101180011"),
        ]);
        changes.iter().for_each(|(field, value)| values.set(*field, *value));
        values
    };
    for destination in [Destination::Population, Destination::Applicants] {
        let first = import(
            destination,
            vec![
                row(2, baby(&[])),
                row(3, baby(&[(Field::Name, "BAYI  contoh"), (Field::BirthDate, "01/10/2026")])),
                row(4, baby(&[(Field::Hamlet, "Krajan")])),
                row(5, baby(&[(Field::Kk, "3305010101180012")])),
                row(6, baby(&[(Field::Name, "")])),
            ],
        );
        let plan = village.planned(&first);
        let fates: Vec<Fate> = plan.rows.iter().map(|row| row.fate).collect();
        // Row 3 writes name and date otherwise, row 4 knows more: two sayings about one person.
        assert_eq!(fates, [Fate::New, Fate::Refused, Fate::Refused, Fate::New, Fate::Refused]);
        assert_eq!((&plan.rows[1].same_nik_rows, plan.rows[4].words), (&vec![2], Some("nama belum diisi")));
        village.taken(&first);
        assert_eq!(village.taken(&first).figures.same, 2, "found again");
        // Now there is a number: the same person, not another one.
        let numbered = import(destination, vec![row(2, baby(&[(Field::Nik, "3305014110260001")]))]);
        assert_eq!(village.taken(&numbered).figures.changed, 1);
        assert_eq!(village.taken(&numbered).figures.same, 1);
        assert_eq!(village.taken(&import(destination, vec![row(2, baby(&[]))])).figures.same, 1);
    }
    assert_eq!(village.counts().total, 2);
    assert_eq!(village.population_counts().expect("counts").all, 2);
}

#[test]
fn what_becomes_of_a_row_hangs_on_where_its_person_stands() {
    let mut village = Village::kebumen();
    let district = District::of(&village);
    district.enrol(&mut village, Vec::new());
    let draft = village.draft(with(1, &[]));
    let [released, signed, ended] = [2, 3, 4].map(|serial| village.candidate(serial));
    village.signed(&[signed]);
    let on = CivilDate::new(2026, 11, 20).expect("date");
    let end = |person, kind| Op::End { person, kind, on, reason: "pindah".to_owned() };
    village.transact(end(ended, EndKind::Moved)).expect("ended");
    let cancelled = village.candidate(5);
    village.transact(end(cancelled, EndKind::Cancelled)).expect("cancelled");
    district.tell(&mut village);
    let entries = village.shared_series().expect("series").seq;
    let rows = (1..=5).map(|serial| row(serial + 1, with(serial, &[(Field::Phone, "0899")]))).collect();
    let import = Import { ready: true, ..import(Destination::Applicants, rows) };
    let plan = village.planned(&import);
    assert_eq!(
        plan.rows.iter().map(|row| (row.fate, row.person)).collect::<Vec<_>>(),
        [
            (Fate::Changed, Some(draft)),
            (Fate::Changed, Some(released)),
            (Fate::Changed, Some(signed)),
            (Fate::Refused, Some(ended)),
            (Fate::New, None),
        ]
    );
    assert!(plan.rows[3].words.expect("why").contains("sudah ditandai meninggal, pindah, atau mundur"));
    village.taken(&import);
    assert_eq!(village.state(draft), State::Draft, "what is known already is never made siap by a file");
    for person in [released, signed] {
        let detail = village.detail(person);
        assert_eq!(detail.edited, [Field::Phone]);
        assert_eq!(detail.released.expect("released").text(Field::Phone), None, "it waits for siap");
    }
    assert_eq!(village.shared_series().expect("series").seq, entries + 1, "only the new one travels");
    village.release(released).expect("the clerk says siap");
}

#[test]
fn a_person_with_two_versions_is_for_people_to_decide() {
    let (mut relay, mut laptops) = Relay::with(2);
    let (mut a, mut b) = (laptops.remove(0), laptops.remove(0));
    let id = a.candidate(1);
    settle(&mut relay, &mut [&mut a, &mut b]);
    let at_b = crate::several::row(&b, crate::several::entity(&a, id));
    for (laptop, id, street) in [(&mut a, id, "Jalan Melati"), (&mut b, at_b, "Jalan Mawar")] {
        laptop.save(id, Field::Address, street);
        laptop.release(id).expect("a correction");
    }
    settle(&mut relay, &mut [&mut a, &mut b]);
    let changed = import(Destination::Applicants, vec![row(2, with(1, &[(Field::Phone, "0899")]))]);
    let plan = a.planned(&changed);
    assert_eq!(plan.rows[0].fate, Fate::Refused);
    assert!(plan.rows[0].words.expect("why").contains("dua isian"));
    assert_eq!(a.taken(&changed).figures.refused, 1);
}

#[test]
fn the_trail_names_the_file_and_nobody() {
    let mut village = Village::kebumen();
    let rows = (1..=2).map(|serial| row(serial + 1, with(serial, &[]))).collect();
    let import = Import { skipped: 1, file_name: "x".repeat(300), ..import(Destination::Population, rows) };
    village.taken(&import);
    let said = &village.trail(1).expect("trail")[0];
    assert_eq!((said.what, said.subject, said.fields.len()), (TrailKind::Imported, None, 0));
    let figures = "3 dibaca, data penduduk, 2 baru, 0 berubah, 0 sama, 0 ditolak, 1 dilewati";
    assert_eq!(said.note, format!("{}: {figures}", "x".repeat(200)));
    let past = &village.imports().expect("imports")[0];
    assert_eq!((past.actor.as_str(), past.layout.as_str()), ("Siti Aminah", "template"));
    assert_eq!((past.destination, past.figures.read), (Destination::Population, 3));
}

#[test]
fn limits_are_said_before_anything_is_done() {
    let mut village = Village::kebumen();
    let rows = vec![row(2, FieldValues::default()); IMPORT_ROWS_MAX + 1];
    let import = import(Destination::Population, rows);
    assert!(matches!(
        village.plan_import(&import, &Unwatched),
        Err(RegisterError::TooManyRows { rows_max: IMPORT_ROWS_MAX })
    ));
    assert!(village.run_import(&import, &Unwatched).is_err());
    // A cell beyond reason is its row's trouble alone.
    let long = with(1, &[(Field::Note, &"x".repeat(2_001))]);
    let rows = vec![row(2, long), row(3, with(2, &[]))];
    let report = village.taken(&crate::imports::import(Destination::Applicants, rows));
    assert_eq!((report.figures.refused, report.figures.new), (1, 1));
    assert_eq!(report.lines[0].words, Some("ada isian yang terlalu panjang"));
}

#[test]
fn a_column_that_says_the_same_in_every_row_does_not_stall_it() {
    let village = Village::kebumen();
    let nik = with(1, &[]).text(Field::Nik).expect("NIK").to_owned();
    let rows =
        (1..=20_000).map(|serial| row(serial + 1, with(serial, &[(Field::Nik, nik.as_str())]))).collect();
    let plan = village.planned(&import(Destination::Population, rows));
    assert_eq!((plan.figures.new, plan.figures.refused), (1, 19_999));
    assert_eq!(plan.rows[19_999].same_nik_rows.len(), 20, "enough to find the mistake");
}
