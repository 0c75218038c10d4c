//! The village's own population: searched, picked from, taken back, and never sent anywhere.

use crate::district::District;
use crate::harness::{OPERATOR, PASSPHRASE, Village};
use crate::imports::{import, row, values, with};
use payung_domain::{Field, FieldValues, Readiness, State};
use payung_register::{
    Destination, ImportId, Op, PersonId, Picked, PopulationCounts, PopulationId, PopulationPage,
    PopulationQuery, Register, RegisterError, Selection, Undone,
};
use tempfile::TempDir;

const KK: &str = "3305010101180011";

fn populate(village: &mut Village, people: Vec<FieldValues>) -> ImportId {
    let rows = (2..).zip(people).map(|(number, values)| row(number, values)).collect();
    village.taken(&import(Destination::Population, rows)).id.expect("its number")
}

fn page(village: &Village, search: &str, selection: Selection) -> PopulationPage {
    let query = PopulationQuery { search: search.to_owned(), selection, offset: 0, limit: 100 };
    village.population(&query).expect("page")
}

fn names(village: &Village, search: &str) -> Vec<String> {
    page(village, search, Selection::default()).rows.into_iter().map(|row| row.name).collect()
}

fn ids(village: &Village) -> Vec<PopulationId> {
    let mut ids: Vec<_> = page(village, "", Selection::default()).rows.iter().map(|row| row.id).collect();
    ids.sort();
    ids
}

fn pick(village: &mut Village, ids: &[PopulationId]) -> Picked {
    let done = village.transact(Op::PickFromPopulation { ids: ids.to_vec() }).expect("picked");
    done.picked.expect("what came of it")
}

#[test]
fn the_population_never_leaves_the_village() {
    let mut village = Village::kebumen();
    let district = District::of(&village);
    district.enrol(&mut village, Vec::new());
    district.tell(&mut village);
    let before = (village.shared_series().expect("series"), village.total().expect("total"));
    assert!(village.round_request(500).expect("request").push.is_empty());
    let id = populate(&mut village, (1..=40).map(|serial| with(serial, &[])).collect());
    let rows = ids(&village);
    let picked = pick(&mut village, &rows[..3]);
    village.undone(id);
    populate(&mut village, (1..=40).map(|serial| with(serial, &[(Field::Phone, "0812")])).collect());
    assert_eq!((village.shared_series().expect("series"), village.total().expect("total")), before);
    assert!(village.round_request(500).expect("request").push.is_empty(), "nothing of it is ever sent");
    let outbox = village.outbox().expect("outbox");
    assert_eq!((outbox.waiting_people, outbox.entries), (0, outbox.entries_receipted));
    // Only who was picked and is siap travels.
    village.release(picked.people[0]).expect("siap");
    let pushed = village.round_request(500).expect("request").push;
    assert_eq!(pushed.iter().map(|frame| frame.entries.len()).sum::<usize>(), 1);
}

#[test]
fn people_are_found_filtered_and_paged() {
    let mut village = Village::kebumen();
    assert_eq!(page(&village, "", Selection::default()), PopulationPage::default(), "none yet");
    populate(
        &mut village,
        vec![
            with(1, &[(Field::Name, "Siti Nur-Aminah"), (Field::Hamlet, "Krajan Lor"), (Field::Kk, KK)]),
            with(2, &[(Field::Name, "Budi Santoso"), (Field::Hamlet, "KRAJAN LOR"), (Field::Occupation, "")]),
            with(3, &[(Field::Name, "Agus"), (Field::Hamlet, ""), (Field::BirthDate, "10-05-1950")]),
            with(4, &[(Field::Name, "Tono"), (Field::Occupation, "nelayan"), (Field::StillWorking, "")]),
        ],
    );
    assert_eq!(names(&village, ""), ["Agus", "Budi Santoso", "Siti Nur-Aminah", "Tono"]);
    assert_eq!(names(&village, "krajan ami"), ["Siti Nur-Aminah"]);
    assert_eq!(names(&village, "0003"), ["Agus"], "the last digits of a NIK");
    assert_eq!(names(&village, "180011"), ["Siti Nur-Aminah"], "digits of a KK");
    assert_eq!(names(&village, "tidak ada"), Vec::<String>::new());
    let words = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
    let chosen = |selection: Selection| -> Vec<String> {
        page(&village, "", selection).rows.into_iter().map(|row| row.name).collect()
    };
    assert_eq!(chosen(Selection { ages: Some((16, 65)), ..Selection::default() }).len(), 3);
    assert_eq!(chosen(Selection { occupations: words(&["nelayan"]), ..Selection::default() }), ["Tono"]);
    assert_eq!(chosen(Selection { occupations: words(&[""]), ..Selection::default() }), ["Budi Santoso"]);
    assert_eq!(
        chosen(Selection { hamlets: words(&["krajan lor"]), ..Selection::default() }),
        ["Budi Santoso", "Siti Nur-Aminah"]
    );
    let verdict = |readiness| chosen(Selection { readiness: vec![readiness], ..Selection::default() });
    assert_eq!(verdict(Readiness::Attestable), ["Siti Nur-Aminah"]);
    assert_eq!(verdict(Readiness::WithNotes), ["Agus"]);
    assert_eq!(verdict(Readiness::Incomplete), ["Budi Santoso", "Tono"]);
    let all = page(&village, "s", Selection::default());
    assert_eq!((all.total, all.all), (2, 4));
    let count = |word: &str, count| (word.to_owned(), count);
    assert_eq!(all.occupations, [count("", 1), count("nelayan", 1), count("petani", 2)]);
    assert_eq!(all.hamlets, [count("", 1), count("Dusun 4", 1), count("Krajan Lor", 2)]);
    let parts: Vec<String> = (0..5)
        .flat_map(|offset| {
            let query = PopulationQuery { offset, limit: 1, ..PopulationQuery::default() };
            village.population(&query).expect("page").rows
        })
        .map(|row| row.name)
        .collect();
    assert_eq!(parts, names(&village, ""));
    village.close();
    village.unlock();
    assert_eq!(names(&village, "budi"), ["Budi Santoso"]);
}

#[test]
fn a_verdict_changes_with_a_birthday() {
    let mut village = Village::kebumen();
    // 65 until tomorrow.
    populate(&mut village, vec![with(1, &[(Field::BirthDate, "22-11-1960")])]);
    let ready = Selection { readiness: vec![Readiness::Attestable], ..Selection::default() };
    assert_eq!(page(&village, "", ready.clone()).total, 1);
    assert_eq!(village.population_counts().expect("counts").eligible, 1);
    village.clock.forward_days(1);
    assert_eq!(page(&village, "", ready).total, 0);
    assert_eq!(village.population_counts().expect("counts").eligible, 0);
}

#[test]
fn picked_people_are_drafts_with_everything_that_is_known_and_never_there_twice() {
    let mut village = Village::kebumen();
    let known = village.candidate(3);
    populate(&mut village, (1..=4).map(|serial| with(serial, &[(Field::Kk, KK)])).collect());
    let ids = ids(&village);
    let picked = pick(&mut village, &[ids[0], ids[2], ids[0]]);
    assert_eq!((picked.people.len(), picked.already.as_slice()), (1, [known].as_slice()));
    let person = picked.people[0];
    assert_eq!(village.detail(person).values, village.population_values(ids[0]).expect("values"));
    assert_eq!(village.state(person), State::Draft);
    let trail = village.trail(1).expect("trail");
    assert_eq!(
        (trail[0].subject, trail[0].note.as_str()),
        (u64::try_from(person.0).ok(), "Dari data penduduk")
    );
    assert!(trail[0].fields.contains(&Field::Kk));
    let again = pick(&mut village, &ids[..3]);
    assert_eq!((again.people.len(), again.already.as_slice()), (1, [person, known].as_slice()));
    let people: Vec<Option<PersonId>> =
        page(&village, "", Selection::default()).rows.iter().map(|row| row.person).collect();
    assert_eq!(people.iter().flatten().count(), 3);
    // The form may have been changed since: the row remembers whom it became.
    village.save(person, Field::Nik, "3305011005800077");
    assert_eq!(pick(&mut village, &ids[..1]).already, [person]);
    // Entered by mistake: may be picked again.
    let on = payung_domain::CivilDate::new(2026, 11, 20).expect("date");
    let end = Op::End { person, kind: payung_domain::EndKind::Cancelled, on, reason: "salah".to_owned() };
    village.transact(end).expect("cancelled");
    assert_eq!(pick(&mut village, &ids[..1]).people.len(), 1);
    let missing = Op::PickFromPopulation { ids: vec![ids[3], PopulationId(99)] };
    assert!(matches!(village.transact(missing), Err(RegisterError::NoSuchResident)));
    assert_eq!(village.counts().total, 4, "all of them or none");
}

#[test]
fn a_family_card_names_everybody_once() {
    let mut village = Village::kebumen();
    let head = village.draft(with(1, &[(Field::Kk, KK)]));
    let applicant =
        village.draft(with(2, &[(Field::Kk, "3305 0101 0118 0011"), (Field::Name, "Ibu Contoh")]));
    populate(
        &mut village,
        vec![
            with(1, &[(Field::Kk, KK)]),
            with(2, &[(Field::Kk, KK)]),
            with(3, &[(Field::Kk, KK), (Field::Name, "Anak Contoh"), (Field::BirthDate, "01-02-2015")]),
            with(4, &[(Field::Kk, "3305010101180012")]),
        ],
    );
    let family = village.household(head).expect("family");
    let told: Vec<(&str, bool, bool, Readiness)> = family
        .iter()
        .map(|one| (one.name.as_str(), one.person.is_some(), one.population.is_some(), one.readiness))
        .collect();
    assert_eq!(
        told,
        [
            ("Ibu Contoh", true, true, Readiness::Attestable),
            ("Anak Contoh", false, true, Readiness::WithNotes)
        ]
    );
    assert_eq!(family[0].person, Some(applicant));
    village.save(head, Field::Kk, "");
    assert!(village.household(head).expect("family").is_empty());
}

#[test]
fn an_import_of_population_is_taken_back_step_by_step() {
    let mut village = Village::kebumen();
    let first = populate(&mut village, (1..=4).map(|serial| with(serial, &[])).collect());
    let one = village.shown();
    let second = populate(
        &mut village,
        vec![with(1, &[(Field::Phone, "0812")]), with(2, &[]), with(5, &[]), with(3, &[(Field::Rt, "002")])],
    );
    assert_eq!(village.population_counts().expect("counts").all, 5);
    assert_eq!(village.undone(second), Undone { removed: 1, restored: 2, ..Undone::default() });
    assert_eq!(village.shown(), one);

    // The earlier one first: what the later one changed has to stay, until that is taken back as well.
    let third = populate(&mut village, vec![with(1, &[(Field::Phone, "0812")])]);
    assert_eq!(village.undone(first), Undone { removed: 3, kept_population: 1, ..Undone::default() });
    assert_eq!(village.population_counts().expect("counts").all, 1);
    assert_eq!(village.undone(third), Undone { removed: 1, ..Undone::default() });
    assert_eq!(village.population_counts().expect("counts").all, 0);
}

#[test]
fn whoever_was_picked_stays_in_the_population() {
    let mut village = Village::kebumen();
    let id = populate(&mut village, (1..=3).map(|serial| with(serial, &[])).collect());
    let rows = ids(&village);
    let person = pick(&mut village, &rows[..1]).people[0];
    let undone = village.undone(id);
    assert_eq!((undone.removed, undone.kept), (2, vec![(person, "sudah diambil sebagai calon penerima")]));
    assert_eq!(ids(&village), rows[..1]);
    assert_eq!(
        village.population_values(rows[1]).err().map(|error| error.to_string()),
        Some("Orang ini tidak ada dalam data penduduk desa. Muat ulang daftarnya.".to_owned())
    );
}

#[test]
fn undoing_applicants_frees_the_rows_they_were_picked_from() {
    let mut village = Village::kebumen();
    populate(&mut village, vec![with(1, &[])]);
    let rows = ids(&village);
    let applicants = import(Destination::Applicants, vec![row(2, with(1, &[]))]);
    let id = village.taken(&applicants).id.expect("its number");
    let already = pick(&mut village, &rows).already;
    assert_eq!(already.len(), 1, "known by the NIK");
    assert_eq!(village.undone(id).removed, 1);
    assert_eq!(pick(&mut village, &rows).people.len(), 1);
}

#[test]
fn who_may_be_worth_a_visit_is_counted() {
    let mut village = Village::kebumen();
    village.candidate(1);
    populate(
        &mut village,
        vec![
            with(1, &[]),
            with(2, &[]),
            with(3, &[(Field::BirthDate, "21-11-1960")]),
            with(4, &[(Field::BirthDate, "22-11-2010")]),
            with(5, &[(Field::BirthDate, "")]),
            with(6, &[(Field::Occupation, "")]),
            with(7, &[(Field::Occupation, "pegawai negeri")]),
        ],
    );
    let counts = village.population_counts().expect("counts");
    assert_eq!(
        counts,
        PopulationCounts { all: 7, eligible: 1 },
        "neither applicants, nor too old, nor too young"
    );
    let rows = ids(&village);
    pick(&mut village, &rows[1..2]);
    assert_eq!(village.population_counts().expect("counts").eligible, 0);
}

#[test]
fn only_what_is_said_is_kept() {
    let mut village = Village::kebumen();
    let said =
        values(&[(Field::Name, "  Siti Aminah "), (Field::Kk, "3305 0101 0118 0011"), (Field::Rt, " ")]);
    populate(&mut village, vec![said]);
    let id = ids(&village)[0];
    let kept = village.population_values(id).expect("values");
    assert_eq!(kept, values(&[(Field::Name, "Siti Aminah"), (Field::Kk, "3305 0101 0118 0011")]));
    assert_eq!(page(&village, "", Selection::default()).rows[0].kk, KK);
    assert_eq!(village.verify_journal().expect("proved").population, 1);
}

#[test]
fn a_backup_holds_the_population_too() {
    let mut village = Village::kebumen();
    let id = populate(&mut village, (1..=3).map(|serial| with(serial, &[])).collect());
    let stick = TempDir::new().expect("folder");
    let file = stick.path().join("Cadangan.payung-cadangan");
    village.backup(&file).expect("a backup");
    let dir = TempDir::new().expect("folder");
    Register::restore(&file, dir.path()).expect("restored");
    let mut restored = Register::unlock(dir.path(), OPERATOR, PASSPHRASE, village.tools()).expect("opens");
    assert_eq!(restored.population_counts().expect("counts").all, 3);
    let undone = restored.transact(Op::UndoImport { import: id }).expect("taken back").undone;
    assert_eq!(undone.expect("what came of it").removed, 3);
    restored.verify_journal().expect("it proves itself");
}
