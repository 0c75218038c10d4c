//! What goes to the district and what comes back.

use crate::district::District;
use crate::harness::Village;
use payung_domain::{Answer, Delivery, Field, State, Timestamp, VillageCode};
use payung_journal::{Event, Frame, Head, Position, Receipt, RegulationFile, accept};
use payung_keys::SigningKey;
use payung_register::{Inbound, Op, PersonId, Register, RegisterError, SyncAttempt, Via};
use payung_system::SystemRandom;

fn enrolled() -> (Village, District) {
    let mut village = Village::kebumen();
    let district = District::of(&village);
    district.enrol(&mut village, Vec::new());
    (village, district)
}

fn learn(village: &mut Village, inbound: &Inbound) -> u64 {
    village.transact(Op::Learned(inbound.clone())).expect("learnt").learned_entries
}

/// Answers come to what the district holds.
fn receipt_all(village: &mut Village, district: &District) {
    let receipt = district.receipt(village);
    learn(village, &receipt);
}

fn place(village: &Village, id: PersonId) -> (payung_journal::EntityId, payung_journal::EntityId) {
    let detail = village.detail(id);
    (detail.entity.expect("entity"), detail.version.expect("version"))
}

#[test]
fn what_is_sent_can_be_proved_by_a_stranger() {
    let (mut village, _) = enrolled();
    for serial in 1..=130 {
        village.candidate(serial);
    }
    let shared = village.shared_series().expect("series");
    let mut frames: Vec<Frame> = Vec::new();
    let mut seq = 0;
    while let Some(frame) = village.frame_after(shared.series, seq, 50).expect("frame") {
        seq = frame.last_seq();
        frames.push(Frame::decode(&frame.encode()).expect("a frame survives its journey"));
    }
    assert_eq!(frames.len(), 3);
    let checkpoint = village.checkpoint().expect("checkpoint");
    let frames: Vec<&Frame> = frames.iter().collect();
    let start = Position::start(shared.series);
    let accepted = accept(&start, &shared.public_key, &frames, &checkpoint, &|_| None).expect("accepted");
    assert_eq!(accepted.new.len(), 131);
    let local = village.series().expect("series")[1].series;
    assert!(village.frame_after(local, 0, 10).expect("frame").is_none(), "the local series never travels");
}

#[test]
fn only_a_receipt_of_the_district_makes_it_arrived() {
    let (mut village, district) = enrolled();
    let id = village.candidate(1);
    assert_eq!(village.outbox().expect("outbox").waiting_people, 1);
    let forged = {
        let shared = village.shared_series().expect("series");
        let thief = SigningKey::generate(&SystemRandom);
        Receipt::sign(&thief, shared.series, shared.seq, shared.head, Timestamp(1))
    };
    let inbound = Inbound { receipts: vec![forged], ..Inbound::default() };
    assert!(matches!(village.transact(Op::Learned(inbound)), Err(RegisterError::Untrusted(_))));
    assert_eq!(village.detail(id).status.delivery, Delivery::NotSent);
    let inbound = district.receipt(&village);
    learn(&mut village, &inbound);
    assert_eq!(village.detail(id).status.delivery, Delivery::Arrived);
    let outbox = village.outbox().expect("outbox");
    assert_eq!((outbox.waiting_people, outbox.waiting_entries(), outbox.oldest_waiting_at), (0, 0, None));
    assert_eq!(
        village.state(id),
        State::ReadyForStatement,
        "it has arrived and still waits for its statement"
    );
    learn(&mut village, &inbound);
    village.save(id, Field::Phone, "0812");
    village.release(id).expect("a correction");
    assert_eq!(
        village.detail(id).status.delivery,
        Delivery::NotSent,
        "a receipt says nothing about a newer version"
    );
    assert_eq!(village.outbox().expect("outbox").waiting_entries(), 1);
}

/// Not when it was written: a village may be without a line for days.
#[test]
fn when_it_arrived_is_what_the_receipt_says() {
    let (mut village, district) = enrolled();
    let (id, other) = (village.candidate(1), village.candidate(2));
    let letter = village.signed(&[id]);
    let arrived = |village: &Village| {
        let at = village.statement(letter).expect("statement").arrived_at;
        [village.detail(id).arrived_at, village.detail(other).arrived_at, at]
            .map(|at| at.map(Timestamp::millis))
    };
    assert_eq!(arrived(&village), [None; 3], "nothing arrived yet");
    let first = district.receipt_at(&village, Timestamp(500));
    learn(&mut village, &first);
    assert_eq!(arrived(&village), [Some(500); 3]);
    village.save(other, Field::Phone, "0812");
    village.release(other).expect("a correction");
    assert_eq!(arrived(&village), [Some(500), None, Some(500)], "the correction waits");
    let second = district.receipt_at(&village, Timestamp(900));
    learn(&mut village, &second);
    assert_eq!(arrived(&village), [Some(500), Some(900), Some(500)], "the first receipt over each counts");
    village.stamp(letter, "ABCDEFGHIJKLMN01").expect("stamped");
    assert_eq!(arrived(&village)[2], None, "the stamp waits");
    let third = district.receipt_at(&village, Timestamp(1_200));
    learn(&mut village, &third);
    assert_eq!(arrived(&village), [Some(1_200), Some(900), Some(1_200)]);
}

#[test]
fn answers_reach_the_person_once_and_speak_of_one_version() {
    let (mut village, mut district) = enrolled();
    let id = village.candidate(1);
    let (entity, version) = place(&village, id);
    district.answer(entity, version, Answer::NeedsFix, "periksa umur");
    receipt_all(&mut village, &district);
    let inbound = district.decisions_after(0);
    assert_eq!(learn(&mut village, &inbound), 2);
    assert_eq!(village.state(id), State::NeedsFix);
    let answers = village.detail(id).answers;
    assert_eq!(answers.len(), 1);
    assert_eq!(answers[0].reasons[0].message, "periksa umur");
    assert!(answers[0].about_newest);
    assert_eq!(learn(&mut village, &inbound), 0, "the same frames again are nothing new");
    assert_eq!(village.detail(id).answers.len(), 1);

    village.save(id, Field::Workplace, "kebun");
    village.release(id).expect("mended");
    assert_eq!(
        village.state(id),
        State::ReadyForStatement,
        "an answer about the old version is no longer it"
    );
    assert!(!village.detail(id).answers[0].about_newest);
    let (entity, version) = place(&village, id);
    district.answer(entity, version, Answer::Passed, "");
    receipt_all(&mut village, &district);
    let inbound = district.decisions_after(2);
    assert_eq!(learn(&mut village, &inbound), 1);
    assert_eq!(village.state(id), State::Passed);
    let decisions = village.decisions_series().expect("series").expect("decisions");
    assert_eq!(decisions.seq, 3);
}

#[test]
fn both_holders_of_a_nik_are_told() {
    let (mut village, mut district) = enrolled();
    let (first, second) = (village.candidate(1), village.candidate(2));
    let other_village = VillageCode::parse("33.05.02.2003").expect("village");
    let (person, version) = place(&village, first);
    district.say(Event::NikHeldElsewhere { person, version, other_village });
    let (person, version) = place(&village, second);
    district.answer(person, version, Answer::DuplicateNik, "dipakai di desa lain");
    receipt_all(&mut village, &district);
    let inbound = district.decisions_after(0);
    learn(&mut village, &inbound);
    assert_eq!(village.detail(first).nik_elsewhere, Some(other_village));
    assert_eq!(village.counts().nik_elsewhere, 1);
    assert_eq!(village.state(second), State::DuplicateNik);
    let (person, version) = place(&village, first);
    district.answer(person, version, Answer::Passed, "");
    receipt_all(&mut village, &district);
    let inbound = district.decisions_after(3);
    learn(&mut village, &inbound);
    assert_eq!(village.detail(first).nik_elsewhere, None, "an officer has decided");
}

#[test]
fn a_warning_about_a_number_that_was_mended_meanwhile_is_history() {
    let (mut village, mut district) = enrolled();
    let id = village.candidate(1);
    let (person, version) = place(&village, id);
    village.save(id, Field::Nik, "3305011005800077");
    village.release(id).expect("another number");
    let other_village = VillageCode::parse("33.05.02.2003").expect("village");
    district.say(Event::NikHeldElsewhere { person, version, other_village });
    receipt_all(&mut village, &district);
    let inbound = district.decisions_after(0);
    learn(&mut village, &inbound);
    assert_eq!(village.detail(id).nik_elsewhere, None);
    assert_eq!(village.detail(id).history.len(), 3, "and yet it is remembered");
}

#[test]
fn a_regulation_that_stops_asking_for_a_statement_changes_every_state() {
    let mut village = Village::kebumen();
    let id = village.candidate(1);
    assert_eq!(village.state(id), State::ReadyForStatement);
    let district = District::of(&village);
    let (_, klungkung) = payung_regulation::SOURCES[1];
    let foreign = RegulationFile::sign("klungkung-draft", klungkung, &district.key);
    let offered = klungkung.replace("51.05", "33.05").replace("klungkung-draft", "kebumen-uji");
    let offered = RegulationFile::sign("kebumen-uji", offered, &district.key);
    district.enrol(&mut village, vec![offered, foreign]);
    assert_eq!(village.regulation().id, "kebumen-uji", "another regency's file is left alone");
    assert_eq!(village.state(id), State::NotSent);
    assert_eq!(village.counts().of(State::NotSent), 1, "lists say so too");
}

#[test]
fn forged_altered_and_truncated_decisions_change_nothing() {
    let (mut village, mut district) = enrolled();
    let id = village.candidate(1);
    let (person, version) = place(&village, id);
    district.answer(person, version, Answer::Passed, "");
    let good = district.decisions_after(0);
    let mut altered = good.clone();
    altered.frames[0].entries.swap(0, 1);
    let mut truncated = good.clone();
    truncated.frames[0].entries.pop();
    let mut forged = District::of(&village);
    forged.series = district.series;
    let thief = SigningKey::generate(&SystemRandom);
    let mut unsigned = good.clone();
    let checkpoint = unsigned.checkpoints[0].clone();
    unsigned.checkpoints[0] =
        payung_journal::Checkpoint::sign(&thief, checkpoint.series, checkpoint.seq, checkpoint.head);
    let stranger = District::of(&village).decisions_after(0);
    for (name, bad) in
        [("altered", altered), ("truncated", truncated), ("unsigned", unsigned), ("foreign", stranger)]
    {
        match village.transact(Op::Learned(bad)) {
            Err(RegisterError::Untrusted(_)) => {}
            other => panic!("{name} decisions were not refused: {other:?}"),
        }
    }
    assert_eq!(village.state(id), State::ReadyForStatement);
    assert_eq!(learn(&mut village, &good), 2, "the true ones still go in");
}

#[test]
fn without_a_checkpoint_nothing_is_believed() {
    let (mut village, district) = enrolled();
    let mut inbound = district.decisions_after(0);
    inbound.checkpoints.clear();
    assert_eq!(learn(&mut village, &inbound), 0);
}

#[test]
fn a_district_that_holds_another_past_is_a_fork_and_said_so() {
    let (mut village, _) = enrolled();
    village.candidate(1);
    let shared = village.shared_series().expect("series");
    for (seq, head) in [(2, Head([9; 32])), (99, shared.head)] {
        let held = vec![Position { series: shared.series, seq, head }];
        match village.transact(Op::Learned(Inbound { held, ..Inbound::default() })) {
            Err(RegisterError::Forked { series, seq: at }) => assert_eq!((series, at), (shared.series, seq)),
            other => panic!("expected a fork, got {other:?}"),
        }
    }
    let held = vec![Position {
        series: shared.series,
        seq: 1,
        head: village.head_at(shared.series, 1).expect("head").expect("known"),
    }];
    learn(&mut village, &Inbound { held, ..Inbound::default() });
}

#[test]
fn enrolment_is_verified_and_brings_the_districts_regulation() {
    let mut village = Village::kebumen();
    let district = District::of(&village);
    assert!(matches!(village.transact(Op::Learned(Inbound::default())), Err(RegisterError::NotEnrolled)));
    let mut other = district.enrolment(Vec::new());
    other.village = VillageCode::parse("33.05.02.2003").expect("village");
    let other = other.signed(&district.key);
    assert!(matches!(village.enrol_request(&other), Err(RegisterError::OtherVillage(_))));
    let mut changed = district.enrolment(Vec::new());
    changed.url = "https://pencuri.example".to_owned();
    assert!(matches!(village.enrol_request(&changed), Err(RegisterError::EnrolmentFile(_))));
    let (device, series) =
        village.enrol_request(&district.enrolment(Vec::new())).expect("request").verify().expect("signed");
    assert_eq!((device, series), (village.device(), village.shared_series().expect("series").series));

    let (name, text) = payung_regulation::SOURCES[0];
    let text = text.replace("Perbup", "Peraturan Bupati");
    assert!(payung_regulation::Regulation::parse(name, &text).is_ok(), "still a regulation");
    let before = village.regulation().digest();
    let file = RegulationFile::sign("kebumen-56-2024", text, &district.key);
    district.enrol(&mut village, vec![file]);
    assert_ne!(village.regulation().digest(), before, "the district's file judges from now on");
    let judged_by = village.regulation().digest();
    village.close();
    village.unlock();
    assert_eq!(village.regulation().digest(), judged_by, "and after a restart");
    assert_eq!(village.enrolment().expect("enrolment").expect("enrolled").url, "https://127.0.0.1:8443");
}

#[test]
fn attempts_are_remembered_in_plain_words() {
    let (mut village, _) = enrolled();
    let attempt = |succeeded, words: &str| {
        Op::SyncAttempt(SyncAttempt {
            entries_sent: 1,
            entries_received: 2,
            ..SyncAttempt::new(Via::Internet, succeeded, words)
        })
    };
    village.transact(attempt(true, "1 orang sampai")).expect("kept");
    assert_eq!(village.outbox().expect("outbox").last_error, None);
    let synced = village.outbox().expect("outbox").last_sync;
    village.transact(attempt(false, "Tanpa internet")).expect("kept");
    let outbox = village.outbox().expect("outbox");
    assert_eq!(outbox.last_error.as_deref(), Some("Tanpa internet"));
    assert_eq!(outbox.last_sync, synced, "a failure does not hide the last success");
    let attempts = village.sync_attempts(10).expect("attempts");
    assert_eq!(attempts.iter().map(|past| past.attempt.succeeded).collect::<Vec<_>>(), [false, true]);
}

#[test]
fn a_restored_copy_sees_that_the_district_knows_more() {
    let (mut village, district) = enrolled();
    village.candidate(1);
    village.close();
    let copy = std::fs::read(village.dir().join("register.db")).expect("a copy");
    village.unlock();
    village.candidate(2);
    let ahead = district.receipt(&village);
    village.close();
    std::fs::write(village.dir().join("register.db"), copy).expect("restored");
    let register = Register::unlock(
        village.dir(),
        crate::harness::OPERATOR,
        crate::harness::PASSPHRASE,
        village.tools(),
    )
    .expect("opens");
    village.put(register);
    assert!(matches!(village.transact(Op::Learned(ahead)), Err(RegisterError::Forked { .. })));
}
