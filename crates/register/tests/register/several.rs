//! Several laptops of one village: each works alone, and in the end all say the same.

use crate::harness::{OPERATOR, PASSPHRASE, Village, applicant};
use crate::relay::{Relay, seen, settle};
use payung_domain::{Answer, CivilDate, Delivery, EndKind, Field, State, StatementNeed, Timestamp};
use payung_journal::{EntityId, Event, RegulationRef, RoundRequest};
use payung_register::{
    Acknowledge, Healed, Inbound, ListQuery, Mark, Op, Origin, PersonId, Register, RegisterError,
    StatementStatus,
};

/// The row of a person known by the entry of *siap*.
pub fn row(laptop: &Village, entity: EntityId) -> PersonId {
    let page = laptop.list(&ListQuery { limit: 500, ..ListQuery::default() }).expect("list");
    let ids = page.rows.into_iter().map(|row| row.id);
    ids.into_iter().find(|id| laptop.detail(*id).entity == Some(entity)).expect("known here")
}

pub fn entity(laptop: &Village, id: PersonId) -> EntityId {
    laptop.detail(id).entity.expect("siap")
}

fn correct(laptop: &mut Village, id: PersonId, field: Field, value: &str) {
    laptop.save(id, field, value);
    laptop.release(id).expect("a correction");
}

fn end(laptop: &mut Village, id: PersonId) {
    let on = CivilDate::parse("2026-11-20").expect("date");
    laptop
        .transact(Op::End { person: id, kind: EndKind::Moved, on, reason: "pindah".to_owned() })
        .expect("ended");
}

fn answer(relay: &mut Relay, person: EntityId, version: EntityId, answer: Answer) {
    let regulation = RegulationRef { id: "kebumen-56-2024".to_owned(), digest: [1; 32] };
    relay.say(Event::Answered { person, version, answer, reasons: Vec::new(), officer: None, regulation });
}

#[test]
fn two_laptops_see_all_that_either_wrote() {
    let (mut relay, mut laptops) = Relay::with(2);
    let [a, b] = laptops.as_mut_slice() else { panic!("two") };
    let from_a = a.candidate(1);
    b.candidate(2);
    b.draft(applicant(&b.village().code, 3));
    assert_eq!(a.detail(from_a).status.delivery, Delivery::NotSent);
    settle(&mut relay, &mut [a, b]);
    assert_eq!(a.detail(from_a).status.delivery, Delivery::Arrived);
    assert_eq!((a.counts().total, b.counts().total), (2, 3), "a draft stays where it is typed");
    let person = entity(a, from_a);
    let at_b = row(b, person);
    assert_eq!(b.detail(at_b).status.delivery, Delivery::Arrived, "what came under a receipt has arrived");

    correct(b, at_b, Field::Address, "Jalan Melati 3");
    assert_eq!(b.detail(at_b).status.delivery, Delivery::NotSent);
    settle(&mut relay, &mut [a, b]);
    assert_eq!(a.detail(from_a).released.expect("released").text(Field::Address), Some("Jalan Melati 3"));
    let version = a.detail(from_a).version.expect("version");
    answer(&mut relay, person, version, Answer::NeedsFix);
    settle(&mut relay, &mut [a, b]);
    assert_eq!(b.state(at_b), State::NeedsFix);
    end(a, from_a);
    settle(&mut relay, &mut [a, b]);
    assert_eq!(b.state(at_b), State::Ended);
    let devices = a.devices().expect("devices");
    assert_eq!(devices.len(), 2);
    assert!(devices[0].this && !devices[1].this && devices[1].words.starts_with("laptop lain (…"));
    let origins: Vec<Origin> = a.village_series().expect("series").iter().map(|it| it.origin).collect();
    assert_eq!(origins, [Origin::Own, Origin::District, Origin::OtherDevice]);
}

#[test]
fn two_versions_stand_side_by_side_until_somebody_chooses() {
    let (mut relay, mut laptops) = Relay::with(2);
    let [a, b] = laptops.as_mut_slice() else { panic!("two") };
    let id = a.candidate(1);
    settle(&mut relay, &mut [a, b]);
    let person = entity(a, id);
    let at_b = row(b, person);
    correct(a, id, Field::Address, "Jalan Melati 3");
    correct(b, at_b, Field::Address, "Jalan Mawar 5");
    correct(b, at_b, Field::Rt, "002");
    settle(&mut relay, &mut [a, b]);
    for (laptop, id) in [(&mut *a, id), (&mut *b, at_b)] {
        let detail = laptop.detail(id);
        assert!(detail.two_versions);
        assert_eq!(detail.released.expect("base").text(Field::Address), None, "the version both rest on");
        assert!(!detail.can_be_listed);
        assert_eq!(laptop.counts().two_versions, 1);
        let marked = ListQuery { marks: vec![Mark::TwoVersions], limit: 9, ..ListQuery::default() };
        assert_eq!(laptop.list(&marked).expect("list").total, 1);
        let edit = Op::SaveField { person: id, field: Field::Rw, value: "001".to_owned() };
        let on = CivilDate::parse("2026-11-20").expect("date");
        let end = Op::End { person: id, kind: EndKind::Died, on, reason: "sakit".to_owned() };
        let release = Op::Release { person: id, acknowledge: Acknowledge::default() };
        for op in [edit, end, release] {
            assert!(matches!(laptop.transact(op), Err(RegisterError::TwoVersions { .. })));
        }
        let drafted = laptop
            .transact(Op::DraftStatement { people: vec![id], collective: false, number: String::new() })
            .expect("a draft names anybody");
        let refused = laptop.transact(Op::HandOver { statement: drafted.statement.expect("statement") });
        let Err(RegisterError::TwoVersions { names }) = refused else { panic!("handed over: {refused:?}") };
        assert_eq!(names.0.len(), 1);
    }
    let both = a.two_versions(id).expect("read").expect("two");
    assert_eq!(both.heads.len(), 2);
    assert_eq!(both.differing, [Field::Address, Field::Rt]);
    assert_eq!(both.heads.iter().filter(|head| head.device_words == "laptop ini").count(), 1);
    let heads: Vec<EntityId> = both.heads.iter().map(|head| head.entry).collect();
    let mut values = both.heads[0].values.clone();
    values.set(Field::Address, "Jalan Mawar 5");
    values.set(Field::Rt, "002");
    let choose = |heads: Vec<EntityId>| Op::ChooseVersion {
        person: id,
        heads,
        values: values.clone(),
        acknowledge: Acknowledge::default(),
    };
    assert!(matches!(a.transact(choose(vec![heads[0]])), Err(RegisterError::VersionsChanged)));
    a.transact(choose(heads.clone())).expect("chosen");
    assert!(matches!(a.transact(choose(heads)), Err(RegisterError::VersionsChanged)), "once");
    settle(&mut relay, &mut [a, b]);
    for (laptop, id) in [(&*a, id), (&*b, at_b)] {
        let detail = laptop.detail(id);
        assert!(!detail.two_versions);
        let released = detail.released.expect("released");
        assert_eq!(
            (released.text(Field::Address), released.text(Field::Rt)),
            (Some("Jalan Mawar 5"), Some("002"))
        );
        assert_eq!(laptop.two_versions(id).expect("read"), None);
    }
}

#[test]
fn a_change_being_typed_meets_another_laptops_version() {
    let (mut relay, mut laptops) = Relay::with(2);
    let [a, b] = laptops.as_mut_slice() else { panic!("two") };
    let (same, other) = (a.candidate(1), a.candidate(2));
    settle(&mut relay, &mut [a, b]);
    a.save(same, Field::Address, "Jalan Melati 3");
    a.save(other, Field::Address, "Jalan Melati 3");
    let (same_b, other_b) = (row(b, entity(a, same)), row(b, entity(a, other)));
    correct(b, same_b, Field::Address, "Jalan Mawar 5");
    correct(b, other_b, Field::Rt, "002");
    settle(&mut relay, &mut [a, b]);
    let typed = a.detail(other);
    assert_eq!(typed.edited, [Field::Address], "another field: the change goes over to the newest version");
    a.release(other).expect("released");
    a.release(same).expect("released");
    assert!(!a.detail(other).two_versions);
    assert!(a.detail(same).two_versions, "the same field: both are kept and shown");
    settle(&mut relay, &mut [a, b]);
    let released = b.detail(other_b).released.expect("released");
    assert_eq!(
        (released.text(Field::Address), released.text(Field::Rt)),
        (Some("Jalan Melati 3"), Some("002"))
    );
    assert!(b.detail(same_b).two_versions);
}

#[test]
fn whatever_comes_first_a_new_laptop_ends_with_the_same() {
    let (mut relay, mut laptops) = Relay::with(2);
    let [a, b] = laptops.as_mut_slice() else { panic!("two") };
    for serial in 1..=6 {
        let id = a.candidate(serial);
        settle(&mut relay, &mut [a, b]);
        let at_b = row(b, entity(a, id));
        b.clock.forward(-3_600_000);
        correct(b, at_b, Field::Address, "Jalan Mawar 5");
        relay.level(b);
        let version = b.detail(at_b).version.expect("version");
        answer(
            &mut relay,
            entity(a, id),
            version,
            if serial % 2 == 0 { Answer::NeedsFix } else { Answer::Passed },
        );
        settle(&mut relay, &mut [a, b]);
        if serial == 3 {
            end(a, id);
        }
    }
    settle(&mut relay, &mut [a, b]);
    for (page, backwards) in [(1, false), (1, true), (3, true), (u64::MAX, true)] {
        (relay.page, relay.backwards) = (page, backwards);
        let mut joined = relay.join();
        settle(&mut relay, &mut [a, b, &mut joined]);
    }
}

/// The folder as it stands, opened a second time: the same keys, the same series.
pub fn cloned(of: &mut Village) -> Village {
    of.close();
    let dir = tempfile::TempDir::new().expect("folder");
    for name in ["register.db", "register.keys.json"] {
        std::fs::copy(of.dir().join(name), dir.path().join(name)).expect("copied");
    }
    of.unlock();
    Village::found(dir)
}

fn put_back(of: &mut Village, copy: &[u8]) {
    of.close();
    for rest in ["register.db-wal", "register.db-shm"] {
        drop(std::fs::remove_file(of.dir().join(rest)));
    }
    std::fs::write(of.dir().join("register.db"), copy).expect("put back");
    let opened = Register::unlock(of.dir(), OPERATOR, PASSPHRASE, of.tools()).expect("opens");
    of.put(opened);
}

fn copy(of: &mut Village) -> Vec<u8> {
    of.close();
    let copy = std::fs::read(of.dir().join("register.db")).expect("a copy");
    of.unlock();
    copy
}

fn names(laptop: &Village) -> Vec<String> {
    let page = laptop.list(&ListQuery { limit: 500, ..ListQuery::default() }).expect("list");
    page.rows.into_iter().map(|row| row.name).collect()
}

#[test]
fn a_cloned_disk_loses_neither_branch() {
    let (mut relay, mut laptops) = Relay::with(2);
    let (mut a, mut b) = (laptops.remove(0), laptops.remove(0));
    let shared = a.candidate(1);
    relay.level(&mut a);
    a.candidate(2);
    let mut clone = cloned(&mut a);
    for (laptop, serial, address) in [(&mut a, 10, "Jalan Melati 3"), (&mut clone, 20, "Jalan Mawar 5")] {
        let mine = laptop.candidate(serial);
        correct(laptop, mine, Field::Address, address);
        correct(laptop, shared, Field::Rw, "003");
    }
    let unsent = clone.shared_series().expect("series");
    assert_eq!(relay.level(&mut a), []);
    // The district has judged what the first one said in the very place where the second one said something else.
    let judged = a.shared_series().expect("series");
    let place = EntityId::new(judged.series, judged.seq - 2);
    answer(&mut relay, place, place, Answer::Passed);
    relay.level(&mut b);
    assert_eq!(relay.level(&mut clone), [Healed::OwnSeries { reentered: 3 }]);
    let healed = clone.shared_series().expect("series");
    assert_ne!(healed.series, unsent.series);
    assert_eq!(healed.seq, 4, "an opening entry, and the three that only stood here");
    settle(&mut relay, &mut [&mut a, &mut clone, &mut b]);
    let all = names(&a);
    assert_eq!(all.len(), 4, "everybody once: {all:?}");
    assert!(a.detail(shared).two_versions, "both changed the same person");
    clone.candidate(30);
    a.candidate(31);
    settle(&mut relay, &mut [&mut a, &mut clone, &mut b]);
    assert_eq!(relay.level(&mut clone), [], "healed once and for all");
}

#[test]
fn an_old_copy_put_back_gets_everything_again() {
    let (mut relay, mut laptops) = Relay::with(2);
    let (mut a, mut b) = (laptops.remove(0), laptops.remove(0));
    a.candidate(1);
    relay.level(&mut a);
    let old = copy(&mut a);
    for serial in 2..=4 {
        a.candidate(serial);
    }
    relay.level(&mut a);
    put_back(&mut a, &old);
    assert_eq!(names(&a).len(), 1);
    assert_eq!(relay.level(&mut a), [Healed::OwnSeries { reentered: 0 }]);
    assert_eq!(names(&a).len(), 4);
    settle(&mut relay, &mut [&mut a, &mut b]);

    let old = copy(&mut a);
    a.candidate(5);
    relay.level(&mut a);
    put_back(&mut a, &old);
    a.candidate(6);
    assert_eq!(relay.level(&mut a), [Healed::OwnSeries { reentered: 1 }]);
    settle(&mut relay, &mut [&mut a, &mut b]);
    assert_eq!(names(&b).len(), 6);
}

#[test]
fn after_a_restore_a_new_series_goes_on_and_the_old_one_still_travels() {
    let (mut relay, mut laptops) = Relay::with(2);
    let (mut a, mut b) = (laptops.remove(0), laptops.remove(0));
    a.candidate(1);
    relay.level(&mut a);
    a.candidate(2);
    let before = a.shared_series().expect("series");
    a.transact(Op::OpenNewSeries).expect("opened");
    let after = a.shared_series().expect("series");
    assert_ne!(before.series, after.series);
    assert_eq!(a.checkpoint_of(before.series, before.seq).expect("read").expect("kept").head, before.head);
    a.candidate(3);
    assert_eq!(a.outbox().expect("outbox").waiting_entries(), 3, "an opening and two people");
    settle(&mut relay, &mut [&mut a, &mut b]);
    assert_eq!(names(&b).len(), 3);
    let devices = b.devices().expect("devices");
    assert_eq!(devices.len(), 2, "two series, one laptop");
    assert_eq!(devices[1].series.len(), 2);
}

#[test]
fn a_restored_district_gets_back_what_it_lost_from_whoever_has_it() {
    let (mut relay, mut laptops) = Relay::with(2);
    let (mut a, mut b) = (laptops.remove(0), laptops.remove(0));
    let id = a.candidate(1);
    settle(&mut relay, &mut [&mut a, &mut b]);
    let mut old = relay.clone();
    a.candidate(2);
    b.candidate(3);
    let version = a.detail(id).version.expect("version");
    answer(&mut relay, entity(&a, id), version, Answer::Passed);
    settle(&mut relay, &mut [&mut a, &mut b]);
    assert_eq!(a.state(id), State::Passed);
    // The first laptop never comes back: the second one carries what it wrote, and the decision.
    let healed = old.level(&mut b);
    assert!(matches!(healed[0], Healed::DistrictRestored { resending: 3 }), "{healed:?}");
    let lost = b.village_series().expect("series");
    assert!(lost.iter().all(|it| it.held_seq == it.seq));
    assert_eq!(old.total(), relay.total(), "not an entry is missing");
    settle(&mut old, &mut [&mut a, &mut b]);
    assert_eq!(a.state(id), State::Passed);
}

#[test]
fn what_a_restored_district_no_longer_holds_reads_not_sent_until_it_does() {
    let (mut relay, mut laptops) = Relay::with(1);
    let a = &mut laptops[0];
    relay.level(a);
    let mut old = relay.clone();
    let id = a.candidate(1);
    relay.level(a);
    assert_eq!(a.detail(id).status.delivery, Delivery::Arrived);
    let done = old.round(a, 50);
    assert_eq!(done.healed, [Healed::DistrictRestored { resending: 1 }]);
    assert_eq!(a.detail(id).status.delivery, Delivery::NotSent, "honestly");
    old.level(a);
    assert_eq!(a.detail(id).status.delivery, Delivery::Arrived);
}

#[test]
fn decisions_that_went_another_way_are_taken_back_and_come_again() {
    let (mut relay, mut laptops) = Relay::with(2);
    let (mut a, mut b) = (laptops.remove(0), laptops.remove(0));
    let (one, two) = (a.candidate(1), a.candidate(2));
    settle(&mut relay, &mut [&mut a, &mut b]);
    let mut old = relay.clone();
    let (person, version) = (entity(&a, one), a.detail(one).version.expect("version"));
    answer(&mut relay, person, version, Answer::NotEligible);
    settle(&mut relay, &mut [&mut a, &mut b]);
    // Restored without that answer, and said something else in its place.
    let (other, its) = (entity(&a, two), a.detail(two).version.expect("version"));
    answer(&mut old, other, its, Answer::Passed);
    let healed = old.level(&mut a);
    assert!(healed.contains(&Healed::Decisions { dropped: 1 }), "{healed:?}");
    assert_eq!((a.state(one), a.state(two)), (State::ReadyForStatement, State::Passed));
    old.new_decisions(a.village().code);
    answer(&mut old, person, version, Answer::NotEligible);
    settle(&mut old, &mut [&mut a, &mut b]);
    assert_eq!((b.state(row(&b, person)), b.state(row(&b, other))), (State::NotEligible, State::Passed));
}

#[test]
fn an_old_answer_on_a_stick_takes_no_decision_back() {
    let (mut relay, mut laptops) = Relay::with(1);
    let a = &mut laptops[0];
    let (one, two) = (a.candidate(1), a.candidate(2));
    settle(&mut relay, &mut [a]);
    let mut old = relay.clone();
    let (person, version) = (entity(a, one), a.detail(one).version.expect("version"));
    let request = a.round_request(50).expect("a request");
    answer(&mut relay, person, version, Answer::NotEligible);
    settle(&mut relay, &mut [a]);
    // Restored without that answer, the district said something else in its place: that comes on a stick.
    let (other, its) = (entity(a, two), a.detail(two).version.expect("version"));
    answer(&mut old, other, its, Answer::Passed);
    let on_a_stick = Inbound { offered: Vec::new(), ..old.answer(&request) };
    let learnt = a.transact(Op::Learned(on_a_stick.clone())).expect("learnt");
    assert_eq!(learnt.healed, [Healed::DistrictRestored { resending: 1 }]);
    assert_eq!((a.state(one), a.state(two)), (State::NotEligible, State::ReadyForStatement), "nothing lost");
    assert_eq!(a.transact(Op::Learned(on_a_stick)).expect("again").healed, []);
    assert_eq!(a.state(one), State::NotEligible);
    // It gets its own decision back, and says it in another series: now the stick is right.
    old.new_decisions(a.village().code);
    answer(&mut old, person, version, Answer::NotEligible);
    let request = a.round_request(50).expect("a request");
    let on_a_stick = Inbound { offered: Vec::new(), ..old.answer(&request) };
    let learnt = a.transact(Op::Learned(on_a_stick)).expect("learnt");
    assert_eq!(learnt.healed, [Healed::Decisions { dropped: 1 }]);
    settle(&mut old, &mut [a]);
    assert_eq!((a.state(one), a.state(two)), (State::NotEligible, State::Passed));
}

#[test]
fn decisions_are_not_let_go_before_they_were_given_back() {
    let (mut relay, mut laptops) = Relay::with(1);
    let a = &mut laptops[0];
    let (one, two) = (a.candidate(1), a.candidate(2));
    settle(&mut relay, &mut [a]);
    let mut old = relay.clone();
    let (person, version) = (entity(a, one), a.detail(one).version.expect("version"));
    answer(&mut relay, person, version, Answer::NotEligible);
    settle(&mut relay, &mut [a]);
    let (other, its) = (entity(a, two), a.detail(two).version.expect("version"));
    answer(&mut old, other, its, Answer::Passed);
    let not_level = old.answer(&a.round_request(50).expect("a request"));
    a.transact(Op::Learned(not_level)).expect("learnt");
    // The line breaks; the laptop asks first what has arrived, and sends nothing.
    let request = a.round_request(50).expect("a request");
    assert!(!request.push.is_empty(), "the answer that the district lost");
    let asked = RoundRequest { push: Vec::new(), ..request.clone() };
    let learnt = a.transact(Op::Learned(old.answer(&asked))).expect("learnt");
    assert_eq!((learnt.healed, a.state(one)), (Vec::new(), State::NotEligible), "nothing lost");
    let again = a.round_request(50).expect("a request");
    assert_eq!(again.push, request.push, "it goes out again");
    let learnt = a.transact(Op::Learned(old.answer(&again))).expect("learnt");
    assert_eq!(learnt.healed, [Healed::Decisions { dropped: 1 }]);
}

#[test]
fn an_officers_answer_stands_before_a_later_one_of_the_program() {
    let (mut relay, mut laptops) = Relay::with(1);
    let a = &mut laptops[0];
    let id = a.candidate(1);
    settle(&mut relay, &mut [a]);
    let (person, version) = (entity(a, id), a.detail(id).version.expect("version"));
    let regulation = RegulationRef { id: "kebumen-56-2024".to_owned(), digest: [1; 32] };
    let (reasons, officer) = (Vec::new(), Some("Sari".to_owned()));
    let answered = Answer::Passed;
    relay.say(Event::Answered { person, version, answer: answered, reasons, officer, regulation });
    answer(&mut relay, person, version, Answer::NeedsFix);
    settle(&mut relay, &mut [a]);
    assert_eq!(a.state(id), State::Passed);
    let newest: Vec<bool> = a.detail(id).answers.iter().map(|answer| answer.about_newest).collect();
    assert_eq!(newest, [false, true], "both are shown, one counts");
    correct(a, id, Field::Rt, "002");
    settle(&mut relay, &mut [a]);
    let version = a.detail(id).version.expect("version");
    answer(&mut relay, person, version, Answer::NeedsFix);
    settle(&mut relay, &mut [a]);
    assert_eq!(a.state(id), State::NeedsFix, "about the next version nobody decided");
}

#[test]
fn people_known_by_replaced_entries_alone_become_drafts() {
    let (mut relay, mut laptops) = Relay::with(2);
    let (mut a, mut b) = (laptops.remove(0), laptops.remove(0));
    a.candidate(1);
    settle(&mut relay, &mut [&mut a, &mut b]);
    let (mut old, before) = (relay.clone(), copy(&mut a));
    let lost = a.candidate(2);
    let lost = a.detail(lost).values.text(Field::Name).expect("name").to_owned();
    settle(&mut relay, &mut [&mut a, &mut b]);
    let known = b.list(&ListQuery { limit: 9, search: lost.clone(), ..ListQuery::default() }).expect("list");
    correct(&mut b, known.rows[0].id, Field::Rt, "004");
    // District and first laptop are both restored, and go on differently.
    put_back(&mut a, &before);
    a.candidate(3);
    old.level(&mut a);
    let healed = old.level(&mut b);
    assert!(healed.contains(&Healed::OtherDevice { dropped: 1 }), "{healed:?}");
    let page = b.list(&ListQuery { search: lost, limit: 9, ..ListQuery::default() }).expect("list");
    assert_eq!(page.rows.len(), 1);
    assert_eq!(page.rows[0].state, State::Draft, "nobody is forgotten");
    b.verify_journal().expect("proved");
}

#[test]
fn a_statement_of_another_laptop_counts_without_its_pages() {
    let (mut relay, mut laptops) = Relay::with(2);
    let (mut a, mut b) = (laptops.remove(0), laptops.remove(0));
    let (one, two) = (a.candidate(1), a.candidate(2));
    settle(&mut relay, &mut [&mut a, &mut b]);
    let head = a.head();
    let statement = a.prepare(&[one, two]);
    a.freeze(&head, statement);
    a.sign(&head, statement).expect("signed");
    settle(&mut relay, &mut [&mut a, &mut b]);
    let at_b = b.statements().expect("statements");
    assert_eq!(at_b.len(), 1);
    assert_eq!(
        (at_b[0].status, at_b[0].people, at_b[0].delivery),
        (StatementStatus::Signed, 2, Delivery::Arrived)
    );
    assert_eq!(b.statement_document(at_b[0].id).expect("read"), None, "its pages are elsewhere");
    let person = row(&b, entity(&a, one));
    assert_eq!(b.state(person), State::AwaitingStamp);
    assert_eq!(b.statement(at_b[0].id).expect("statement").people.len(), 2);
    a.stamp(statement, "A1B2C3D4E5F6G7H89").expect("stamped");
    settle(&mut relay, &mut [&mut a, &mut b]);
    assert_eq!(b.statements().expect("statements")[0].status, StatementStatus::Complete);
    assert!(b.detail(person).status.stamped);
    // A fact changed on the other laptop before it knew of the signature.
    let need = b.regulation().statement.need;
    assert_eq!(need, StatementNeed::Required);
    correct(&mut b, person, Field::Workplace, "pasar");
    settle(&mut relay, &mut [&mut a, &mut b]);
    assert!(a.detail(one).status.needs_new_statement);
}

#[test]
fn a_signature_does_not_speak_for_a_change_it_did_not_know() {
    let (mut relay, mut laptops) = Relay::with(2);
    let (mut a, mut b) = (laptops.remove(0), laptops.remove(0));
    let one = a.candidate(1);
    settle(&mut relay, &mut [&mut a, &mut b]);
    let person = entity(&a, one);
    let at_b = row(&b, person);
    correct(&mut b, at_b, Field::Workplace, "pasar");
    a.clock.forward(3_600_000);
    let head = a.head();
    let statement = a.prepare(&[one]);
    a.freeze(&head, statement);
    a.sign(&head, statement).expect("signed");
    settle(&mut relay, &mut [&mut a, &mut b]);
    for (laptop, id) in [(&a, one), (&b, at_b)] {
        let status = laptop.detail(id).status;
        assert!(!status.covered && status.needs_new_statement, "{status:?}");
    }
}

#[test]
fn forged_entries_of_another_laptop_change_nothing() {
    let (mut relay, mut laptops) = Relay::with(2);
    let (mut a, mut b) = (laptops.remove(0), laptops.remove(0));
    a.candidate(1);
    relay.level(&mut a);
    let request = b.round_request(50).expect("request");
    let good = relay.answer(&request);
    let mut without_receipt = good.clone();
    without_receipt.receipts.clear();
    let mut altered = good.clone();
    altered.frames.iter_mut().for_each(|frame| frame.entries.reverse());
    let mut truncated = good.clone();
    truncated.frames.iter_mut().for_each(|frame| drop(frame.entries.pop()));
    let mut foreign = Relay::with(1).0.answer(&request);
    foreign.receipts.clone_from(&good.receipts);
    for (name, bad) in
        [("receipt", without_receipt), ("altered", altered), ("truncated", truncated), ("foreign", foreign)]
    {
        let before = b.total().expect("total");
        let refused = b.transact(Op::Learned(bad));
        assert!(matches!(refused, Err(RegisterError::Untrusted(_))), "{name}: {refused:?}");
        assert_eq!(b.total().expect("total"), before);
    }
    assert_eq!(b.transact(Op::Learned(good.clone())).expect("learnt").learned_entries, 3);
    assert_eq!(b.transact(Op::Learned(good)).expect("again").learned_entries, 0);
    assert_eq!(seen(&a), seen(&b));
}

#[test]
fn a_revoked_laptop_is_told() {
    let (mut relay, mut laptops) = Relay::with(1);
    let a = &mut laptops[0];
    let device = a.device();
    let event = Event::DeviceRevoked { device, officer: "Sari".to_owned(), note: "hilang dicuri".to_owned() };
    relay.say_at(event, Timestamp(9));
    relay.level(a);
    let revoked = a.revoked_devices().expect("devices");
    assert_eq!((revoked.len(), revoked[0].this, revoked[0].note.as_str()), (1, true, "hilang dicuri"));
}
