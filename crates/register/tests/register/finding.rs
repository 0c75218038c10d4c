//! Finding people: names in every spelling, filters, views, and what each of them would show.

use crate::harness::{Village, applicant};
use payung_domain::{EndKind, Field, FieldValues, Quarter, Readiness, State};
use payung_register::{Facets, ListQuery, Mark, Op, PersonId, View};
use proptest::prelude::*;
use std::collections::BTreeSet;

fn named(village: &mut Village, names: &[&str]) -> Vec<PersonId> {
    names
        .iter()
        .map(|name| village.draft([(Field::Name, (*name).to_owned())].into_iter().collect()))
        .collect()
}

fn all(village: &Village, query: &ListQuery) -> BTreeSet<PersonId> {
    let query = ListQuery { limit: 500, ..query.clone() };
    village.list(&query).expect("page").rows.into_iter().map(|row| row.id).collect()
}

fn names_found(village: &Village, search: &str) -> Vec<String> {
    let query = ListQuery { search: search.to_owned(), limit: 500, ..ListQuery::default() };
    village.list(&query).expect("page").rows.into_iter().map(|row| row.name).collect()
}

#[test]
fn a_name_is_found_however_it_is_written() {
    let mut village = Village::kebumen();
    let names = [
        "Muhammad Yusuf",
        "Moch. Soleh",
        "M. Ridwan",
        "Sukarno",
        "Soekarno Hadi",
        "Joko Widodo",
        "Djoko Susilo",
        "Cahyo Nugroho",
        "Tjahjo Kumolo",
        "Nyoman Sjamsul",
        "Budi Rachman",
        "Boedy Rahman",
        "Hariyanto",
        "Siti Nur'aini",
        "André Priyanto",
        "Annisa",
    ];
    named(&mut village, &names);
    for (typed, found) in [
        ("moch", vec!["M. Ridwan", "Moch. Soleh", "Muhammad Yusuf"]),
        ("moham", vec!["M. Ridwan", "Moch. Soleh", "Muhammad Yusuf"]),
        ("mochamad", vec!["M. Ridwan", "Moch. Soleh", "Muhammad Yusuf"]),
        ("muh", vec!["M. Ridwan", "Moch. Soleh", "Muhammad Yusuf"]),
        ("mohd yus", vec!["Muhammad Yusuf"]),
        ("m. rid", vec!["M. Ridwan"]),
        ("so", vec!["Djoko Susilo", "Moch. Soleh", "Soekarno Hadi", "Sukarno"]),
        ("soe", vec!["Djoko Susilo", "Soekarno Hadi", "Sukarno"]),
        ("soek", vec!["Soekarno Hadi", "Sukarno"]),
        ("suk", vec!["Soekarno Hadi", "Sukarno"]),
        ("hadi soekar", vec!["Soekarno Hadi"]),
        ("djo", vec!["Djoko Susilo", "Joko Widodo"]),
        ("jok", vec!["Djoko Susilo", "Joko Widodo"]),
        ("tjah", vec!["Cahyo Nugroho", "Tjahjo Kumolo"]),
        ("cahio", vec!["Cahyo Nugroho", "Tjahjo Kumolo"]),
        ("sjam", vec!["Nyoman Sjamsul"]),
        ("syamsul njo", vec!["Nyoman Sjamsul"]),
        ("rahman", vec!["Boedy Rahman", "Budi Rachman"]),
        ("boedi", vec!["Boedy Rahman", "Budi Rachman"]),
        ("BUDY", vec!["Boedy Rahman", "Budi Rachman"]),
        ("haryanto", vec!["Hariyanto"]),
        ("nuraini", vec!["Siti Nur'aini"]),
        ("nur", vec!["Siti Nur'aini"]),
        ("andre", vec!["André Priyanto"]),
        ("ANDRÉ", vec!["André Priyanto"]),
        ("anisa", vec!["Annisa"]),
        ("aini", vec![]),
        ("karno", vec![]),
    ] {
        assert_eq!(names_found(&village, typed), found, "typing {typed:?}");
    }
}

#[test]
fn a_list_stands_by_the_name_as_it_is_written() {
    let mut village = Village::kebumen();
    named(&mut village, &["Sukarno", "Sopyan", "Soekarno", "Siti", "Djoko", "Eko", "Joko"]);
    assert_eq!(names_found(&village, ""), ["Djoko", "Eko", "Joko", "Siti", "Soekarno", "Sopyan", "Sukarno"]);
}

/// Parts of names that people really have.
const PARTS: &[&str] = &[
    "Muhammad",
    "Mochamad",
    "Moh",
    "M",
    "Sukarno",
    "Soekarno",
    "Joko",
    "Djoko",
    "Cahyo",
    "Tjahjo",
    "Syamsul",
    "Nyoman",
    "Budi",
    "Rudy",
    "Rachman",
    "Rahman",
    "Ahmad",
    "Achmad",
    "Haryanto",
    "Hariyanto",
    "Siti",
    "Nurhayati",
    "Kartini",
    "Sutjipto",
    "Sucipto",
    "Widjaja",
    "Wijaya",
    "Annisa",
    "Panji",
    "Andjar",
    "Wagiyem",
    "Painem",
    "Tri",
    "Dwi",
    "Sri",
];

/// One of the ways in which a clerk may write a part.
fn respelled(part: &str, ways: [bool; 6]) -> String {
    let [oe, dj, tj, double, y, shout] = ways;
    let part = part.to_lowercase();
    if matches!(part.as_str(), "muhammad" | "mochamad" | "moh" | "m") {
        let forms = ["muhammad", "mochammad", "moh", "mohamad", "muh", "mochamad"];
        return forms[ways.iter().filter(|way| **way).count() % forms.len()].to_owned();
    }
    // There a j alone is a y already.
    let is_old = part.contains("dj") || part.contains("tj");
    let mut typed = String::new();
    for (place, c) in part.char_indices() {
        match c {
            'u' if oe => typed.push_str("oe"),
            'j' if dj && !is_old && !typed.ends_with(['d', 't', 's', 'n']) => typed.push_str("dj"),
            'c' if tj && !part[place..].starts_with("ch") => typed.push_str("tj"),
            'i' if y && place > 0 => typed.push('y'),
            'r' | 'n' if double && place > 0 => typed.extend([c, c]),
            c => typed.push(c),
        }
    }
    if shout { typed.to_uppercase() } else { typed }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nobody_is_missed_whose_name_begins_as_typed(
        people in proptest::collection::vec(proptest::collection::vec(0..PARTS.len(), 1..4), 12..40),
        typings in proptest::collection::vec((any::<usize>(), any::<[bool; 6]>(), 2usize..12, any::<bool>()), 30),
    ) {
        let mut village = Village::kebumen();
        let name = |parts: &Vec<usize>| parts.iter().map(|part| PARTS[*part]).collect::<Vec<_>>().join(" ");
        let names: Vec<String> = people.iter().map(name).collect();
        named(&mut village, &names.iter().map(String::as_str).collect::<Vec<_>>());
        for (whom, ways, letters, backwards) in typings {
            let parts = &people[whom % people.len()];
            let mut typed: Vec<String> = parts
                .iter()
                .map(|part| respelled(PARTS[*part], ways).chars().take(letters).collect())
                .collect();
            if backwards {
                typed.reverse();
            }
            let typed = typed.join(" ");
            let found = names_found(&village, &typed);
            let wanted = name(parts);
            prop_assert!(found.contains(&wanted), "{typed:?} misses {wanted:?}");
        }
    }
}

/// Drafts and candidates, one of them ended, each in something different.
fn mixed() -> Village {
    let mut village = Village::kebumen();
    let code = village.village().code;
    for serial in 1..=24 {
        let mut values = applicant(&code, serial);
        values.set(Field::BirthDate, format!("{}-05-{}", 10 + serial % 9, 1950 + serial * 2));
        match serial % 6 {
            0 => values.set(Field::Occupation, "tukang becak"),
            1 => values.set(Field::Occupation, "Peternak Lele"),
            2 => values.set(Field::Occupation, ""),
            3 => values.set(Field::WageParticipant, ""),
            4 => values.set(Field::StillWorking, "tidak"),
            _ => values.set(Field::Hamlet, " dusun  1 "),
        }
        if serial % 7 == 0 {
            values.set(Field::Desil, "sebelas");
        }
        let id = village.draft(values);
        if serial % 2 == 0 {
            let acknowledge = payung_register::Acknowledge { notes: true, ..Default::default() };
            let _ = village.transact(Op::Release { person: id, acknowledge });
        }
    }
    let on = village.today();
    let end = |person| Op::End { person, kind: EndKind::Moved, on, reason: "uji".to_owned() };
    village.transact(end(PersonId(5))).expect("ended");
    village.transact(end(PersonId(6))).expect("ended");
    village
}

#[test]
fn every_facet_is_as_long_as_the_list_behind_it() {
    let mut village = mixed();
    for _ in 0..2 {
        let not_ended: Vec<State> = State::ALL
            .iter()
            .copied()
            .filter(|state| !matches!(state, State::Ended | State::Cancelled))
            .collect();
        let total = |query: ListQuery| {
            let query = ListQuery { states: not_ended.clone(), ..query };
            village.list(&query).expect("page").total
        };
        let Facets { views, occupations, hamlets, missing, readiness } = village.facets();
        for (view, count) in views {
            assert_eq!(total(ListQuery { view: Some(view), ..ListQuery::default() }), count, "{view:?}");
            let alone = ListQuery { view: Some(view), ..ListQuery::default() };
            assert_eq!(
                village.list(&alone).expect("page").total,
                count,
                "{view:?} shows nobody who has ended"
            );
        }
        for (occupation, count) in &occupations {
            let query = ListQuery { occupations: vec![occupation.clone()], ..ListQuery::default() };
            assert_eq!(total(query), *count, "{occupation:?}");
        }
        for (hamlet, count) in &hamlets {
            let query = ListQuery { hamlets: vec![hamlet.to_uppercase()], ..ListQuery::default() };
            assert_eq!(total(query), *count, "{hamlet:?}");
        }
        for (field, count) in &missing {
            let query = ListQuery { missing: Some(*field), ..ListQuery::default() };
            assert_eq!(total(query), *count, "{field:?}");
        }
        for (verdict, count) in &readiness {
            let query = ListQuery { readiness: vec![*verdict], ..ListQuery::default() };
            assert_eq!(total(query), *count, "{verdict:?}");
        }
        for counted in [&occupations, &hamlets] {
            assert_eq!(counted.iter().map(|(_, count)| count).sum::<u64>(), 22, "everybody not ended, once");
        }
        assert_eq!(readiness.iter().map(|(_, count)| count).sum::<u64>(), 22);
        let words: Vec<&str> = occupations.iter().map(|(word, _)| word.as_str()).collect();
        assert_eq!(words, ["", "petani", "Peternak Lele", "tukang becak"]);
        assert_eq!(hamlets.len(), 5, "dusun 1 is one hamlet however it is written: {hamlets:?}");
        // The same from the file as from what was kept on the way.
        village.close();
        village.unlock();
    }
}

#[test]
fn filters_go_together() {
    let village = mixed();
    let query = ListQuery {
        search: "uji".to_owned(),
        states: vec![State::Draft],
        occupations: vec!["petani".to_owned(), String::new()],
        ages: Some((40, 60)),
        ..ListQuery::default()
    };
    let found = all(&village, &query);
    let today = village.today();
    let by_hand = all(&village, &ListQuery::default()).into_iter().filter(|id| {
        let detail = village.detail(*id);
        let age = detail.values.text(Field::BirthDate).and_then(payung_domain::CivilDate::parse);
        let age = age.and_then(|birth| birth.completed_years(today));
        detail.status.state == State::Draft
            && matches!(detail.values.text(Field::Occupation), None | Some("petani"))
            && age.is_some_and(|age| (40..=60).contains(&age))
    });
    assert_eq!(found, by_hand.collect::<BTreeSet<_>>());
    assert!(!found.is_empty());
}

#[test]
fn a_draft_becomes_too_old_by_time_alone() {
    let mut village = Village::kebumen();
    let mut values = applicant(&village.village().code, 1);
    // 65 until the day before; the regulation takes people up to 65 completed years.
    values.set(Field::BirthDate, "23-11-1960");
    let id = village.draft(values);
    let verdict = |village: &Village| {
        let row = village.row(id).expect("row");
        let by_form = village.check(Some(id), &village.detail(id).values).expect("check");
        assert_eq!(row.readiness, by_form.judgement.readiness, "the list says what the form says");
        for readiness in [Readiness::Attestable, Readiness::WithNotes, Readiness::Incomplete] {
            let query = ListQuery { readiness: vec![readiness], ..ListQuery::default() };
            assert_eq!(all(village, &query).contains(&id), readiness == row.readiness);
        }
        row.readiness
    };
    assert_eq!(verdict(&village), Readiness::Attestable);
    village.clock.forward_days(1);
    assert_eq!(verdict(&village), Readiness::Attestable, "the day before the birthday");
    village.clock.forward_days(1);
    assert_eq!(verdict(&village), Readiness::WithNotes, "66 today, and nobody wrote a thing");
    village.close();
    village.unlock();
    assert_eq!(verdict(&village), Readiness::WithNotes);
    let counted = village.facets().readiness;
    assert_eq!(counted, [(Readiness::WithNotes, 1)]);
}

#[test]
fn a_version_keeps_the_verdict_of_its_day() {
    let mut village = Village::kebumen();
    let mut values = applicant(&village.village().code, 1);
    values.set(Field::BirthDate, "23-11-1960");
    let id = village.draft(values);
    village.release(id).expect("siap");
    village.clock.forward_days(400);
    assert_eq!(village.row(id).expect("row").readiness, Readiness::Attestable);
    assert_eq!(
        all(&village, &ListQuery { view: Some(View::ReadyForStatement), ..ListQuery::default() }),
        [id].into()
    );
}

#[test]
fn the_views_say_what_waits() {
    let mut village = Village::kebumen();
    let code = village.village().code;
    let view =
        |village: &Village, view| all(village, &ListQuery { view: Some(view), ..ListQuery::default() });
    let ready = village.candidate(1);
    let mut almost = applicant(&code, 2);
    almost.set(Field::BirthDate, "20-05-1962");
    let almost = village.draft(almost);
    let mut later = applicant(&code, 3);
    later.set(Field::BirthDate, "21-05-1962");
    let later = village.draft(later);
    let mut lacking = applicant(&code, 4);
    lacking.set(Field::OtherCover, "");
    let lacking = village.draft(lacking);
    let mut wrong = applicant(&code, 5);
    wrong.set(Field::Desil, "banyak");
    let wrong = village.draft(wrong);
    assert_eq!(view(&village, View::ReadyForStatement), [ready].into());
    assert_eq!(view(&village, View::Turning65), [almost].into());
    assert_eq!(view(&village, View::MissingFacts), [lacking].into());
    assert_eq!(view(&village, View::NeedsFix), [wrong].into());
    assert_eq!(village.row(lacking).expect("row").missing, 1);
    village.clock.forward_days(1);
    assert_eq!(view(&village, View::Turning65), [almost, later].into());
    village.save(lacking, Field::OtherCover, "tidak_ada");
    village.save(wrong, Field::Desil, "2");
    assert_eq!(view(&village, View::MissingFacts), [].into());
    assert_eq!(view(&village, View::NeedsFix), [].into());
    village.save(wrong, Field::BirthDate, "31-02-1980");
    assert_eq!(view(&village, View::MissingFacts), [wrong].into(), "what cannot be read is missing, too");
    let counted = village.facets();
    assert_eq!(counted.missing, [(Field::BirthDate, 1)]);
    assert_eq!(village.counts().maybe_same, 0);
    assert!(all(&village, &ListQuery { marks: vec![Mark::MaybeSame], ..ListQuery::default() }).is_empty());
}

#[test]
fn a_desil_grows_stale_after_a_quarter() {
    let mut village = Village::kebumen();
    let code = village.village().code;
    for (serial, period) in
        [(1, "2026-Q3"), (2, "2026-Q2"), (3, "2025-Q4"), (4, ""), (5, "entah"), (6, "2026-Q4")]
    {
        let mut values = applicant(&code, serial);
        values.set(Field::DesilPeriod, period);
        village.draft(values);
    }
    let stale = village.stale_desil(5).expect("stale");
    let quarters: Vec<(PersonId, Quarter)> =
        stale.people.iter().map(|(row, quarter)| (row.id, *quarter)).collect();
    let quarter = |year, number| Quarter { year, number };
    assert_eq!(quarters, [(PersonId(3), quarter(2025, 4)), (PersonId(2), quarter(2026, 2))]);
    assert_eq!(stale.total, 2);
    let by_form = |id: i64| {
        let detail = village.detail(PersonId(id));
        detail.check.judgement.warning("stale_desil").is_some()
    };
    assert_eq!((1..=6).filter(|id| by_form(*id)).collect::<Vec<i64>>(), [2, 3]);
    village.clock.forward_days(60);
    let stale = village.stale_desil(1).expect("stale");
    assert_eq!((stale.total, stale.people.len()), (3, 1), "in the next quarter one more");
}

#[test]
fn what_was_typed_last_is_offered_next() {
    let mut village = Village::kebumen();
    assert!(village.last_used(None).expect("last").address.is_empty());
    let values = |pairs: &[(Field, &str)]| -> FieldValues {
        pairs.iter().map(|(field, value)| (*field, (*value).to_owned())).collect()
    };
    let first =
        village.draft(values(&[(Field::Rt, "02"), (Field::Hamlet, "Krajan"), (Field::Occupation, "petani")]));
    let second = village.draft(values(&[(Field::Rt, "05"), (Field::Hamlet, "Sawahan")]));
    let third = village.draft(FieldValues::default());
    let last = village.last_used(Some(third)).expect("last");
    assert_eq!(last.address.text(Field::Rt), Some("05"));
    assert_eq!(last.address.text(Field::Hamlet), Some("Sawahan"));
    assert_eq!(last.work.text(Field::Occupation), Some("petani"), "of the newest who has one");
    assert_eq!(village.last_used(Some(second)).expect("last").address.text(Field::Rt), Some("02"));
    // Typed on once more: the newest is whom the clerk had before him last.
    village.save(first, Field::Address, "Jl. Sawah 3");
    assert_eq!(village.last_used(None).expect("last").address.text(Field::Address), Some("Jl. Sawah 3"));
    village.close();
    village.unlock();
    assert_eq!(village.last_used(None).expect("last").address.text(Field::Hamlet), Some("Krajan"));
}
