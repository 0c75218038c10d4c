//! One person under two NIK: who is taken for whom, and what a decision does.

use crate::harness::{Village, applicant};
use crate::imports::{import, row, with};
use payung_domain::{CivilDate, EndKind, Field, FieldValues, State, Watch};
use payung_register::{
    ALIKE_MAX, Acknowledge, Destination, Ground, Happening, Import, ImportRow, ListQuery, Mark, Op, PersonId,
    PopulationId, RegisterError,
};

/// Name, birth date, KK, mother, NIK.
type Somebody = [&'static str; 5];

fn values([name, birth, kk, mother, nik]: Somebody) -> FieldValues {
    [
        (Field::Name, name),
        (Field::BirthDate, birth),
        (Field::Kk, kk),
        (Field::MotherName, mother),
        (Field::Nik, nik),
    ]
    .into_iter()
    .map(|(field, value)| (field, value.to_owned()))
    .collect()
}

const KK: &str = "3305011203070001";
const OTHER_KK: &str = "3305010508110007";
const NIK: &str = "3305011005800001";
/// Of another district, another day.
const OTHER_NIK: &str = "3302072411790013";

#[test]
fn the_same_person_under_another_nik_is_seen() {
    use Ground::{BirthDate, Kk, Mother, Name, NikOneDigit};
    for (known, typed, grounds) in [
        (
            ["Sukarno Hadi", "10-05-1980", KK, "Painem", NIK],
            ["SOEKARNO HADI", "1980-05-10", KK, "Painem", OTHER_NIK],
            &[Name, BirthDate, Mother, Kk][..],
        ),
        (
            ["Muhammad Yusuf", "10-05-1980", "", "", NIK],
            ["Moch. Yusup", "10-05-1980", "", "", OTHER_NIK],
            &[][..], // Yusuf and Yusup are too short to be told from two names.
        ),
        (
            ["Muhammad Yusuf", "10-05-1980", "", "", NIK],
            ["Yusuf, Moh.", "10-05-1980", "", "", OTHER_NIK],
            &[Name, BirthDate],
        ),
        (
            ["Siti Nur Hidayati", "10-05-1980", KK, "", NIK],
            ["Siti Nurhidayati", "10-05-1980", OTHER_KK, "", OTHER_NIK],
            &[Name, BirthDate],
        ),
        (
            ["Hj. Siti Aminah, S.Pd.", "10-05-1980", KK, "", NIK],
            ["Siti Aminah", "10-05-1980", OTHER_KK, "", OTHER_NIK],
            &[Name, BirthDate],
        ),
        (
            ["Suparno", "10-05-1980", "", "", NIK],
            ["Suparmo", "10-05-1980", "", "", OTHER_NIK],
            &[Name, BirthDate],
        ),
        // One digit of the NIK, two swapped, also before the birth date is typed.
        (
            ["Karto Wiyono", "10-05-1980", "", "", NIK],
            ["Kartto Wiono", "", "", "", "3305011005800011"],
            &[Name, NikOneDigit],
        ),
        (
            ["Karto Wiyono", "10-05-1980", "", "", NIK],
            ["Karto Wiyono", "12-08-1981", "", "", "3305011008500001"],
            &[Name, NikOneDigit],
        ),
        // The birth date typed wrongly.
        (
            ["Sri Lestari", "10-05-1980", KK, "", NIK],
            ["Sri Lestari", "01-05-1980", KK, "", OTHER_NIK],
            &[Name, Kk],
        ),
        (
            ["Sri Lestari", "10-05-1980", "", "Wagiyem", NIK],
            ["Sri Lestary", "05-10-1980", "", "Wagiem", OTHER_NIK],
            &[Name, Mother],
        ),
        // Half of the name.
        (
            ["Slamet", "10-05-1980", KK, "", NIK],
            ["Slamet Riyadi", "10-05-1980", KK, "", OTHER_NIK],
            &[Name, BirthDate, Kk],
        ),
    ] {
        let mut village = Village::kebumen();
        let id = village.draft(values(known));
        let alike = village.alike(&values(typed), None).expect("compared");
        if grounds.is_empty() {
            assert!(alike.is_empty(), "{known:?} and {typed:?}");
            continue;
        }
        assert_eq!(alike.len(), 1, "{known:?} and {typed:?}");
        assert_eq!(
            (alike[0].person, alike[0].grounds.as_slice()),
            (Some(id), grounds),
            "{known:?}, {typed:?}"
        );
        assert_eq!((alike[0].name.as_str(), alike[0].mother.as_str()), (known[0], known[3]));
    }
}

#[test]
fn two_people_are_left_in_peace() {
    for (known, typed) in [
        // Twins and brothers of one house.
        (
            ["Hasan Basri", "10-05-1980", KK, "Painem", "3305011005800001"],
            ["Husein Basri", "10-05-1980", KK, "Painem", "3305011005800002"],
        ),
        (
            ["Rina Wulandari", "10-05-1980", KK, "Painem", "3305015005800001"],
            ["Rini Wulandari", "10-05-1980", KK, "Painem", "3305015005800002"],
        ),
        (
            ["Agus Santoso", "10-05-1980", KK, "Painem", NIK],
            ["Bagus Santoso", "12-07-1983", KK, "Painem", OTHER_NIK],
        ),
        // Husband and wife.
        (
            ["Suparno", "10-05-1980", KK, "Painem", "3305011005800001"],
            ["Suparni", "10-05-1980", KK, "Tukinem", "3305015005800021"],
        ),
        // Father and son.
        (
            ["Slamet", "10-05-1960", KK, "Painem", NIK],
            ["Slamet Riyadi", "12-08-1990", KK, "Tukinem", OTHER_NIK],
        ),
        // Two of a frequent name.
        (
            ["Siti Aminah", "10-05-1980", KK, "Painem", NIK],
            ["Siti Aminah", "12-08-1971", OTHER_KK, "Tukinem", OTHER_NIK],
        ),
        (
            ["Siti Aminah", "10-05-1980", KK, "Painem", NIK],
            ["Siti Aminah", "12-08-1971", OTHER_KK, "Painem", OTHER_NIK],
        ),
        (["Slamet", "10-05-1980", KK, "", NIK], ["Slamet Riyadi", "10-05-1980", OTHER_KK, "", OTHER_NIK]),
        (["Siti Aminah", "10-05-1980", KK, "", NIK], ["Siti", "10-05-1980", KK, "", OTHER_NIK]),
        // Born on one day and recorded one after the other.
        (
            ["Joko Susilo", "10-05-1980", KK, "", "3305011005800001"],
            ["Wahyu Hidayat", "10-05-1980", OTHER_KK, "", "3305011005800002"],
        ),
        // The same NIK is shown as such.
        (["Sri Lestari", "10-05-1980", KK, "", NIK], ["Sri Lestari", "10-05-1980", KK, "", NIK]),
        (["", "10-05-1980", KK, "", NIK], ["", "10-05-1980", KK, "", OTHER_NIK]),
    ] {
        let mut village = Village::kebumen();
        village.draft(values(known));
        assert!(village.alike(&values(typed), None).expect("compared").is_empty(), "{known:?} and {typed:?}");
        village.draft(values(typed));
        assert_eq!(village.counts().maybe_same, 0);
    }
}

const ONE: Somebody = ["Sukarno Hadi", "10-05-1980", KK, "Painem", NIK];
const SAME: Somebody = ["Soekarno Hadi", "10-05-1980", KK, "Painem", OTHER_NIK];

fn marked(village: &Village) -> Vec<PersonId> {
    let query = ListQuery { marks: vec![Mark::MaybeSame], limit: 99, ..ListQuery::default() };
    let rows = village.list(&query).expect("page").rows;
    assert!(rows.iter().all(|row| row.maybe_same));
    assert_eq!(village.counts().maybe_same, rows.len() as u64);
    let mut ids: Vec<PersonId> = rows.into_iter().map(|row| row.id).collect();
    ids.sort();
    ids
}

#[test]
fn the_mark_follows_what_is_typed() {
    let mut village = Village::kebumen();
    let one = village.draft(values(ONE));
    let two = village.draft(FieldValues::default());
    for (field, value) in values(SAME).iter() {
        village.save(two, field, value);
    }
    assert_eq!(marked(&village), [one, two]);
    village.save(two, Field::Name, "Bambang");
    assert_eq!(marked(&village), [], "the other one is no longer marked either");
    village.save(two, Field::Name, "hadi sukarno");
    assert_eq!(marked(&village), [one, two]);
    village.save(two, Field::Phone, "0812");
    village.close();
    village.unlock();
    assert_eq!(marked(&village), [one, two]);
    village.save(two, Field::Nik, NIK);
    assert_eq!(marked(&village), [], "the same NIK is another matter");
    village.save(two, Field::Nik, OTHER_NIK);
    let on = village.today();
    let end = |kind| Op::End { person: two, kind, on, reason: "salah ketik".to_owned() };
    village.transact(end(EndKind::Cancelled)).expect("cancelled");
    assert_eq!(marked(&village), [], "a mistake looks like nobody");
    assert!(village.alike(&values(ONE), Some(one)).expect("compared").is_empty());
}

#[test]
fn who_has_ended_still_warns_but_is_not_warned() {
    let mut village = Village::kebumen();
    let one = village.draft(values(ONE));
    let two = village.draft(values(SAME));
    let on = village.today();
    village
        .transact(Op::End { person: one, kind: EndKind::Moved, on, reason: "pindah".to_owned() })
        .expect("ended");
    assert_eq!(village.state(one), State::Ended);
    assert_eq!(marked(&village), [two]);
}

#[test]
fn a_decision_is_kept_for_both() {
    let mut village = Village::kebumen();
    let one = village.draft(values(ONE));
    let two = village.draft(values(SAME));
    let three = village.draft(values(["Sukarno Hady", "10-05-1980", KK, "Painem", "3305012211850004"]));
    assert_eq!(marked(&village), [one, two, three]);
    let decide = |person, other, reason: &str| Op::NotSame { person, other, reason: reason.to_owned() };
    assert!(matches!(village.transact(decide(one, two, " ")), Err(RegisterError::TextMissing(_))));
    assert!(matches!(village.transact(decide(one, one, "x")), Err(RegisterError::SamePersonTwice)));
    assert!(matches!(village.transact(decide(one, PersonId(99), "x")), Err(RegisterError::NoSuchPerson)));
    assert_eq!(marked(&village), [one, two, three], "nothing was kept");
    let done = village.transact(decide(two, one, "kembar, sudah dicek di KK")).expect("decided");
    assert_eq!(done.people, [two, one]);
    assert_eq!(marked(&village), [one, two, three], "the third still looks like both");
    village.transact(decide(one, three, "sepupu")).expect("decided");
    village.transact(decide(three, two, "sepupu")).expect("decided");
    assert_eq!(marked(&village), []);
    village.close();
    village.unlock();
    assert_eq!(marked(&village), []);
    assert!(village.alike(&values(ONE), Some(one)).expect("compared").is_empty());
    assert_eq!(
        village.alike(&values(ONE), None).expect("compared").len(),
        2,
        "for somebody new nobody decided"
    );
    for (person, other, name) in [(one, two, "Soekarno Hadi"), (two, one, "Sukarno Hadi")] {
        let history = village.detail(person).history;
        let line = history
            .iter()
            .find(|line| matches!(&line.what, Happening::NotSame { other: of, .. } if *of == other))
            .expect("the decision stands in the history");
        assert_eq!(line.actor, "Siti Aminah");
        let reason = "kembar, sudah dicek di KK".to_owned();
        assert!(line.what == Happening::NotSame { other, name: name.to_owned(), reason });
        assert_eq!(line.entry, None, "it stays here");
    }
    // Typed otherwise, the two are still two.
    village.save(two, Field::Name, "Sukarno Hadi");
    assert_eq!(marked(&village), []);
}

#[test]
fn siap_asks_while_nobody_has_decided() {
    let mut village = Village::kebumen();
    let code = village.village().code;
    let first = village.candidate(1);
    let mut again = applicant(&code, 1);
    again.set(Field::Nik, "3305011005800701");
    let second = village.draft(again);
    let release = |alike: Option<&str>| Op::Release {
        person: second,
        acknowledge: Acknowledge { alike: alike.map(str::to_owned), ..Acknowledge::default() },
    };
    let refused = village.transact(release(None));
    assert!(matches!(&refused, Err(RegisterError::Alike { people }) if *people == [first]), "{refused:?}");
    assert!(matches!(village.transact(release(Some("  "))), Err(RegisterError::TextMissing(_))));
    assert_eq!(village.state(second), State::Draft);
    assert_eq!(marked(&village), [first, second]);
    village.transact(release(Some("nama sama, orang lain"))).expect("siap");
    assert_eq!(marked(&village), []);
    let decided = village.detail(first).history;
    assert!(
        decided.iter().any(|line| matches!(line.what, Happening::NotSame { other, .. } if other == second))
    );
    // A change of a released person is not asked again.
    village.save(second, Field::Phone, "0812345678");
    village.release(second).expect("corrected");
}

#[test]
fn an_import_marks_and_never_stops() {
    let mut village = Village::kebumen();
    let known = village.candidate(1);
    let mut rows: Vec<ImportRow> = (100..190).map(|serial| row(serial, with(serial, &[]))).collect();
    rows.push(row(200, with(1, &[(Field::Nik, "3305011005800701")])));
    // Twice in the file itself.
    let twice = [(Field::Nik, "3305011005800702"), (Field::BirthDate, "11-05-1980"), (Field::Kk, KK)];
    rows.push(row(201, with(120, &twice)));
    rows[20].values.set(Field::Kk, KK);
    let report = village.taken(&Import { ready: true, ..import(Destination::Applicants, rows) });
    assert_eq!(report.ready, 92, "likeness stops nobody");
    assert_eq!(marked(&village), [known, PersonId(22), PersonId(92), PersonId(93)]);
}

#[test]
fn an_import_taken_back_takes_its_marks_along() {
    let mut village = Village::kebumen();
    let one = village.draft(values(ONE));
    let mut rows = vec![row(2, values(SAME)), row(3, with(7, &[]))];
    rows[0].values.set(Field::Phone, "0812");
    let import = village.taken(&import(Destination::Applicants, rows)).id.expect("its number");
    assert_eq!(marked(&village), [one, PersonId(2)]);
    village
        .transact(Op::NotSame { person: one, other: PersonId(2), reason: "sepupu".to_owned() })
        .expect("decided");
    village
        .transact(Op::SaveField { person: one, field: Field::Note, value: "x".to_owned() })
        .expect("saved");
    assert_eq!(marked(&village), []);
    let two = village.draft(values(["Sukarno Hady", "10-05-1980", KK, "Painem", "3305012211850004"]));
    assert_eq!(marked(&village), [one, PersonId(2), two]);
    village.undone(import);
    assert_eq!(marked(&village), [one, two]);
    assert!(village.person(PersonId(2)).is_err(), "gone");
    assert!(village.detail(one).history.is_empty(), "and the decision about it");
    let found = village.list(&ListQuery { search: "soekarno".to_owned(), limit: 9, ..ListQuery::default() });
    assert_eq!(found.expect("page").total, 2, "nobody finds who is gone");
}

#[test]
fn the_population_is_compared_too() {
    let mut village = Village::kebumen();
    let rows = vec![row(2, values(SAME)), row(3, with(7, &[]))];
    village.taken(&import(Destination::Population, rows));
    let alike = village.alike(&values(ONE), None).expect("compared");
    assert_eq!(alike.len(), 1);
    assert_eq!((alike[0].person, alike[0].population), (None, Some(PopulationId(1))));
    assert_eq!((alike[0].nik.as_str(), alike[0].mother.as_str()), (OTHER_NIK, "Painem"));
    let one = village.draft(values(ONE));
    assert_eq!(marked(&village), [], "a mark is for two applicants");
    let picked = village.transact(Op::PickFromPopulation { ids: vec![PopulationId(1)] }).expect("picked");
    let two = picked.person().expect("an applicant");
    let alike = village.alike(&values(ONE), Some(one)).expect("compared");
    assert_eq!(alike.iter().map(|alike| alike.person).collect::<Vec<_>>(), [Some(two)], "once, as applicant");
    assert_eq!(marked(&village), [one, two]);
}

#[test]
fn the_strongest_five_are_named() {
    let mut village = Village::kebumen();
    for serial in 1..=8 {
        let nik = format!("33050110058099{serial:02}");
        let mut person = values(ONE);
        person.set(Field::Nik, nik);
        if serial != 6 {
            person.set(Field::MotherName, "");
            person.set(Field::Kk, "");
        }
        village.draft(person);
    }
    let alike = village.alike(&values(SAME), None).expect("compared");
    assert_eq!(alike.len(), ALIKE_MAX);
    assert_eq!(alike[0].person, Some(PersonId(6)), "what shares the most stands first");
    assert_eq!(alike[0].birth_date, CivilDate::new(1980, 5, 10));
}

/// Most who share a birth date and are compared because of it.
const GROUP_MAX: u32 = 1_000;

/// So many of one birth date, of whom nobody looks like anybody; a number in a name is never a slip.
fn born_on_one_day(first: u32, count: u32) -> Vec<ImportRow> {
    (first..first + count)
        .map(|serial| {
            let mut person = values(["", "10-05-1980", "", "", ""]);
            person.set(Field::Name, format!("Warga {serial}"));
            row(serial, person)
        })
        .collect()
}

#[test]
fn a_birth_date_of_very_many_says_nothing() {
    let mut village = Village::kebumen();
    let one = village.draft(values(["Sukarno Hadi", "10-05-1980", "", "", NIK]));
    let two = village.draft(values(["Soekarno Hadi", "10-05-1980", "", "", OTHER_NIK]));
    // These two share a KK as well.
    let housed = village.draft(values(["Sri Lestari", "10-05-1980", KK, "", ""]));
    let again = village.draft(values(["Sri Lestari", "10-05-1980", KK, "", ""]));
    let all = [one, two, housed, again];
    village.taken(&import(Destination::Applicants, born_on_one_day(10, GROUP_MAX - 4)));
    let proved = |village: &Village, marks: &[PersonId], why: &str| {
        assert_eq!(marked(village), marks, "{why}");
        village.verify_journal().expect(why);
        let found = village.alike(&values(["Sukarno Hadi", "10-05-1980", "", "", ""]), None);
        let few = usize::from(marks.contains(&one)) * 2;
        assert_eq!(found.expect("compared").len(), few, "asked before it is saved: {why}");
    };
    proved(&village, &all, "as many as are compared");

    let last = village.draft(values(["Bambang", "10-05-1980", "", "", ""]));
    proved(&village, &[housed, again], "one more than that");
    village.save(last, Field::BirthDate, "11-05-1980");
    proved(&village, &all, "he has another birth date");
    village.save(last, Field::BirthDate, "10-05-1980");
    proved(&village, &[housed, again], "and the same again");
    let on = village.today();
    let end = Op::End { person: last, kind: EndKind::Cancelled, on, reason: "salah ketik".to_owned() };
    village.transact(end).expect("cancelled");
    proved(&village, &all, "a mistake is nobody");

    let import = village.taken(&import(Destination::Applicants, born_on_one_day(5_000, GROUP_MAX)));
    proved(&village, &[housed, again], "a whole file of that day");
    village.close();
    village.unlock();
    proved(&village, &[housed, again], "read from the disk");
    village.undone(import.id.expect("its number"));
    proved(&village, &all, "taken back");
}

/// Says stop while people are compared: the last third of the path.
struct StopsComparing;

impl Watch for StopsComparing {
    fn at(&self, done: u64, total: u64) -> bool {
        assert!(done <= total, "{done} of {total}");
        done * 3 <= total * 2
    }
}

#[test]
fn stopped_while_comparing_it_leaves_nothing() {
    let mut village = Village::kebumen();
    let one = village.draft(values(ONE));
    let before = (village.shown(), village.series().expect("series"));
    let mut rows: Vec<ImportRow> = (2..602).map(|serial| row(serial, with(serial, &[]))).collect();
    rows.push(row(602, values(SAME)));
    let import = import(Destination::Applicants, rows);
    let stopped = village.run_import(&import, &StopsComparing);
    assert!(matches!(stopped, Err(RegisterError::Stopped)), "{stopped:?}");
    assert_eq!((village.shown(), village.series().expect("series")), before);
    assert_eq!(marked(&village), []);
    village.verify_journal().expect("nothing was written");
    let id = village.taken(&import).id.expect("its number");
    assert_eq!(marked(&village), [one, PersonId(602)]);
    let stopped = village.undo_import(id, &StopsComparing);
    assert!(matches!(stopped, Err(RegisterError::Stopped)), "{stopped:?}");
    assert_eq!(marked(&village), [one, PersonId(602)], "nobody has gone");
}
