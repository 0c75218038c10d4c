//! Whatever a file says and whatever a register holds: the figures of an import add up, the plan is what happens, the same
//! file again changes nothing, and taking it back leaves no difference.

use crate::harness::Village;
use crate::imports::{import, row, values, with};
use payung_domain::{CivilDate, EndKind, Field, FieldError, FieldValues, Readiness};
use payung_register::{Destination, Fate, Import, ImportRow, Op, PopulationQuery, Selection};
use proptest::prelude::*;
use proptest::sample::select;

/// What happened to a person before the file comes.
#[derive(Clone, Copy, Debug)]
enum Before {
    Draft,
    Candidate,
    Edited,
    Ended,
    Cancelled,
    Listed,
    Resident,
    Picked,
}

const BEFORE: [Before; 8] = [
    Before::Draft,
    Before::Candidate,
    Before::Edited,
    Before::Ended,
    Before::Cancelled,
    Before::Listed,
    Before::Resident,
    Before::Picked,
];

fn live(village: &mut Village, serial: u32, before: Before) {
    let on = CivilDate::new(2026, 11, 20).expect("date");
    let end = |person, kind| Op::End { person, kind, on, reason: "diuji".to_owned() };
    match before {
        Before::Draft => {
            village.draft(with(serial, &[(Field::Rt, "009")]));
        }
        Before::Candidate => {
            village.candidate(serial);
        }
        Before::Edited => {
            let person = village.candidate(serial);
            village.save(person, Field::Phone, "0800");
        }
        Before::Ended => {
            let person = village.candidate(serial);
            village.transact(end(person, EndKind::Died)).expect("ended");
        }
        Before::Cancelled => {
            let person = village.candidate(serial);
            village.transact(end(person, EndKind::Cancelled)).expect("cancelled");
        }
        Before::Listed => {
            let person = village.candidate(serial);
            village.prepare(&[person]);
        }
        Before::Resident | Before::Picked => {
            village
                .taken(&import(Destination::Population, vec![row(2, with(serial, &[(Field::Rt, "009")]))]));
            if matches!(before, Before::Picked) {
                let page = village.population(&PopulationQuery { limit: 500, ..PopulationQuery::default() });
                let ids = page.expect("page").rows.iter().map(|row| row.id).collect();
                village.transact(Op::PickFromPopulation { ids }).expect("picked");
            }
        }
    }
}

fn cell() -> impl Strategy<Value = (Field, &'static str)> {
    select(vec![
        (Field::Nik, ""),
        (Field::Nik, "3305"),
        (Field::Nik, "3305011005800003"),
        (Field::Name, ""),
        (Field::Name, "Siti Aminah"),
        (Field::Name, "SITI  AMINAH"),
        (Field::Name, "123"),
        (Field::BirthDate, ""),
        (Field::BirthDate, "10/05/1980"),
        (Field::BirthDate, "31-02-1980"),
        (Field::BirthDate, "01-01-1950"),
        (Field::Kk, "3305010101180011"),
        (Field::Kk, "33"),
        (Field::Phone, "0812"),
        (Field::Phone, "  "),
        (Field::Hamlet, "Dusun 1"),
        (Field::Occupation, ""),
        (Field::Occupation, "nelayan"),
        (Field::StillWorking, "tidak"),
        (Field::Desil, "11"),
    ])
}

fn destroyed() -> impl Strategy<Value = Option<FieldError>> {
    let error =
        |field| FieldError { field, value: "3,3E+15".to_owned(), rule: "dirusak lembar sebar".to_owned() };
    prop_oneof![
        6 => Just(None),
        1 => select(vec![Field::Nik, Field::Kk, Field::Income]).prop_map(move |field| Some(error(field))),
    ]
}

fn rows() -> impl Strategy<Value = Vec<ImportRow>> {
    let one = (1u32..7, prop::collection::vec(cell(), 0..4), destroyed(), prop::bool::weighted(0.1));
    prop::collection::vec(one, 0..14).prop_map(|rows| {
        let row_of =
            |(number, (serial, changes, destroyed, bare)): (u32, (u32, Vec<_>, Option<FieldError>, bool))| {
                let mut said: FieldValues = if bare { values(&changes) } else { with(serial, &changes) };
                if let Some(error) = &destroyed {
                    said.set(error.field, "");
                }
                ImportRow { errors: destroyed.into_iter().collect(), ..row(number, said) }
            };
        (2..).zip(rows).map(row_of).collect()
    })
}

fn selection() -> impl Strategy<Value = Selection> {
    prop_oneof![
        4 => Just(Selection::default()),
        1 => Just(Selection { ages: Some((16, 65)), ..Selection::default() }),
        1 => Just(Selection { hamlets: vec!["dusun 1".to_owned(), "Dusun 2".to_owned()], ..Selection::default() }),
        1 => Just(Selection { occupations: vec!["petani".to_owned()], ..Selection::default() }),
        1 => Just(Selection { readiness: vec![Readiness::Attestable], ..Selection::default() }),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, max_shrink_iters: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_file_into_any_register(
        past in prop::collection::vec((1u32..7, select(BEFORE.to_vec())), 0..7),
        rows in rows(),
        selection in selection(),
        population in any::<bool>(),
        ready in any::<bool>(),
        keep_unreadable in any::<bool>(),
        skipped in 0u64..3,
    ) {
        let mut village = Village::kebumen();
        let mut known = Vec::new();
        for (serial, before) in past {
            if !known.contains(&serial) {
                live(&mut village, serial, before);
                known.push(serial);
            }
        }
        let destination = if population { Destination::Population } else { Destination::Applicants };
        let import = Import { selection, ready, keep_unreadable, skipped, ..import(destination, rows) };
        let before = village.shown();
        let plan = village.planned(&import);
        prop_assert!(plan.figures.add_up());
        prop_assert_eq!(plan.rows.len(), import.rows.len());
        prop_assert_eq!(village.shown(), before.clone(), "a plan writes nothing");

        let report = village.taken(&import);
        let counted = |village: &Village| {
            village.counts().total + village.population_counts().expect("counts").all
        };
        for row in &plan.rows {
            prop_assert_eq!(row.selected || row.fate == Fate::Skipped, true);
            prop_assert_eq!(!row.changes.is_empty(), row.fate == Fate::Changed);
            prop_assert!(row.words.is_some() || !matches!(row.fate, Fate::Refused | Fate::Skipped));
        }
        // The same file again. Whoever came with another row may fit a selection now that left this row out before; and a
        // row without a NIK goes by a name that another row may just have mended.
        let numbered = import.rows.iter().all(|row| row.values.text(Field::Nik).is_some());
        if numbered && import.selection == Selection::default() {
            let again = village.planned(&import);
            for (first, second) in plan.rows.iter().zip(&again.rows) {
                let expected = match first.fate {
                    Fate::New | Fate::Changed => Fate::Same,
                    other => other,
                };
                prop_assert_eq!(second.fate, expected, "row {:?}, then {:?}", first, second);
            }
        }
        let after = counted(&village);
        let id = report.id.expect("its number");
        let undone = village.undone(id);
        prop_assert_eq!((undone.removed, undone.restored), (report.figures.new, report.figures.changed));
        prop_assert!(undone.kept.is_empty() && undone.kept_population == 0);
        prop_assert_eq!(village.shown(), before);
        let cancelled = if destination == Destination::Applicants { report.ready } else { 0 };
        prop_assert_eq!(counted(&village) + report.figures.new - cancelled, after);
    }
}
