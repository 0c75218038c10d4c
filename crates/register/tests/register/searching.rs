//! Lists, search and counts.

use crate::harness::{Village, applicant};
use payung_domain::{Field, State, Unwatched, Watch};
use payung_register::{ListQuery, Mark, RegisterError, Sort};
use std::sync::Mutex;

fn village_of_forty() -> Village {
    let mut village = Village::kebumen();
    for serial in 1..=40 {
        if serial % 4 == 0 {
            let values = applicant(&village.village().code, serial);
            village.draft(values);
        } else {
            village.candidate(serial);
        }
    }
    village
}

fn search(village: &Village, words: &str) -> u64 {
    village
        .list(&ListQuery { search: words.to_owned(), limit: 500, ..ListQuery::default() })
        .expect("page")
        .total
}

#[test]
fn names_numbers_and_hamlets_are_found_as_typed() {
    let village = village_of_forty();
    for (words, found) in [
        ("", 40),
        ("slam", 5),
        ("SLAMET uji", 5),
        ("uji slamet", 5),
        ("lamet", 0),
        ("3305 0110 0580 0007", 1),
        ("0007", 1),
        ("dusun 3", 16),
        ("slamet uji 9", 1),
        ("tidak ada", 0),
    ] {
        assert_eq!(search(&village, words), found, "searching {words:?}");
    }
}

#[test]
fn pages_follow_each_other_in_every_order() {
    let village = village_of_forty();
    for sort in [Sort::Name, Sort::Newest, Sort::State, Sort::Hamlet, Sort::BirthDate] {
        let page = |offset, limit| {
            let query = ListQuery { sort, offset, limit, ..ListQuery::default() };
            village.list(&query).expect("page")
        };
        let whole = page(0, 100);
        assert_eq!((whole.total, whole.rows.len()), (40, 40));
        let mut parts = Vec::new();
        for offset in (0..45).step_by(7) {
            parts.extend(page(offset, 7).rows);
        }
        assert!(parts == whole.rows, "pages of 7 by {sort:?} are the whole list");
    }
    let newest =
        village.list(&ListQuery { sort: Sort::Newest, limit: 1, ..ListQuery::default() }).expect("page");
    assert_eq!(newest.rows[0].name, "Budi Uji 40");
}

#[test]
fn states_are_filtered_and_counted() {
    let village = village_of_forty();
    let counts = village.counts();
    assert_eq!((counts.total, counts.of(State::Draft), counts.of(State::ReadyForStatement)), (40, 10, 30));
    assert_eq!((counts.can_be_listed, counts.not_sent), (30, 30));
    let query = ListQuery { states: vec![State::Draft], limit: 500, ..ListQuery::default() };
    let drafts = village.list(&query).expect("page");
    assert!(drafts.rows.iter().all(|row| row.state == State::Draft));
    assert_eq!(drafts.total, 10);
    let query = ListQuery { marks: vec![Mark::CanBeListed], limit: 500, ..ListQuery::default() };
    assert_eq!(village.list(&query).expect("page").total, 30);
}

#[test]
fn the_roster_follows_every_keystroke() {
    let mut village = village_of_forty();
    let id = village.draft(payung_domain::FieldValues::default());
    for typed in ["N", "Nu", "Nur", "Nurh"] {
        village.save(id, Field::Name, typed);
        assert_eq!(search(&village, &typed.to_lowercase()), 1, "{typed} is found at once");
    }
    village.save(id, Field::Name, "");
    assert_eq!(search(&village, "nur"), 0);
}

#[test]
fn everybody_of_a_list_comes_whole_and_in_its_order() {
    let mut village = village_of_forty();
    let edited = village.list(&ListQuery { limit: 1, ..ListQuery::default() }).expect("page").rows[0].id;
    village.save(edited, Field::Workplace, "Pasar lama");
    for sort in [Sort::Name, Sort::Newest] {
        let query = ListQuery { sort, limit: 500, ..ListQuery::default() };
        let mut everybody = Vec::new();
        let stretch = ListQuery { offset: 7, limit: 3, ..query.clone() };
        village.each_person(&stretch, &Unwatched, &mut |person| everybody.push(person)).expect("everybody");
        let rows = village.list(&query).expect("page").rows;
        assert!(everybody.iter().map(|person| &person.row).eq(&rows), "the whole list by {sort:?}");
        for person in &everybody {
            let detail = village.detail(person.row.id);
            assert!(person.values == detail.values && person.released == detail.released);
        }
    }
    let states = vec![State::Draft];
    let mut drafts = 0;
    village
        .each_person(&ListQuery { states, ..ListQuery::default() }, &Unwatched, &mut |person| {
            assert!(person.released.is_none(), "a draft has no version");
            drafts += 1;
        })
        .expect("drafts");
    assert_eq!(drafts, 10);
}

struct Impatient(Mutex<Vec<(u64, u64)>>);

impl Watch for Impatient {
    fn at(&self, done: u64, total: u64) -> bool {
        self.0.lock().expect("one thread").push((done, total));
        false
    }
}

#[test]
fn reading_everybody_stops_when_told_to() {
    let village = village_of_forty();
    let watch = Impatient(Mutex::default());
    let stopped = village.each_person(&ListQuery::default(), &watch, &mut |_| panic!("nobody is read"));
    assert!(matches!(stopped, Err(RegisterError::Stopped)), "{stopped:?}");
    assert_eq!(*watch.0.lock().expect("one thread"), [(0, 40)]);
}
