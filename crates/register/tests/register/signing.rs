//! When the register refuses to sign, and that nothing is left half done.

use crate::district::District;
use crate::harness::{HEAD, HEAD_SECRET, Village};
use crate::letters::Sheets;
use payung_domain::{CivilDate, Field, Timestamp};
use payung_keys::SigningKey;
use payung_register::{HeadSession, Op, PersonId, RegisterError, StatementId};
use payung_system::SystemRandom;

const HOUR: i64 = 3_600_000;
const DAY: i64 = 24 * HOUR;

fn waiting(village: &mut Village) -> (PersonId, StatementId, HeadSession) {
    let id = village.candidate(1);
    let statement = village.prepare(&[id]);
    let head = village.head();
    (id, statement, head)
}

#[test]
fn the_date_on_the_pages_is_todays() {
    let mut village = Village::kebumen();
    let (_, statement, head) = waiting(&mut village);
    let sheets = village.sheets(&head, statement);
    let tomorrow = CivilDate::new(2026, 11, 22).expect("date");
    let early = Sheets { on: tomorrow, ..sheets };
    assert!(matches!(
        village.transact(early.op(&head, statement)),
        Err(RegisterError::DateMovedOn { on, .. }) if on == tomorrow
    ));
    village.freeze(&head, statement);
    village.clock.forward(16 * HOUR);
    let refused = village.sign(&head, statement).expect_err("midnight has passed");
    assert!(matches!(refused, RegisterError::DateMovedOn { .. }), "{refused}");
    assert!(refused.to_string().contains("21 November 2026"), "{refused}");
    village.freeze(&head, statement);
    village.sign(&head, statement).expect("with today's date it can be signed");
    assert_eq!(village.signed_entry().signed_on, tomorrow);
}

#[test]
fn a_clock_that_cannot_be_right_signs_nothing() {
    let mut village = Village::kebumen();
    let district = District::of(&village);
    district.enrol(&mut village, Vec::new());
    let (_, statement, head) = waiting(&mut village);
    let before = village.shared_series().expect("series").seq;
    // Before the last entry that travels.
    village.clock.forward(-2 * DAY);
    let sheets = village.sheets(&head, statement);
    let refused = village.transact(sheets.op(&head, statement)).expect_err("two days back");
    assert!(matches!(refused, RegisterError::ClockBehind { .. }), "{refused}");
    village.clock.forward(2 * DAY);
    // Before the district's receipt, although after every entry.
    let inbound = district.receipt_at(&village, Timestamp(village.now().millis() + 3 * HOUR));
    village.transact(Op::Learned(inbound)).expect("learnt");
    let sheets = village.sheets(&head, statement);
    assert!(matches!(village.transact(sheets.op(&head, statement)), Err(RegisterError::ClockBehind { .. })));
    village.clock.forward(4 * HOUR);
    village.freeze(&head, statement);
    // Set back after freezing, within the same day.
    village.clock.forward(-3 * HOUR);
    assert!(matches!(village.sign(&head, statement), Err(RegisterError::ClockBehind { .. })));
    // Years ahead of everything known.
    village.clock.forward(401 * DAY);
    let sheets = village.sheets(&head, statement);
    let refused = village.transact(sheets.op(&head, statement)).expect_err("401 days ahead");
    assert!(matches!(refused, RegisterError::ClockFarAhead { days_max: 400, .. }), "{refused}");
    village.clock.forward(3 * HOUR - 401 * DAY);
    assert_eq!(village.shared_series().expect("series").seq, before, "nothing was half done");
    village.sign(&head, statement).expect("with the clock right again");
}

#[test]
fn pages_that_cannot_be_signed_are_not_kept() {
    let mut village = Village::kebumen();
    let (_, statement, head) = waiting(&mut village);
    let whole = |village: &Village| village.sheets(&head, statement);
    let blank = Sheets { strokes: Vec::new(), ..whole(&village) };
    assert!(matches!(village.transact(blank.op(&head, statement)), Err(RegisterError::EmptyDrawing)));
    let mut altered = whole(&village);
    altered.room.bytes[20] ^= 1;
    assert!(matches!(village.transact(altered.op(&head, statement)), Err(RegisterError::RoomDamaged)));
    let mut beyond = whole(&village);
    beyond.room.gap.end = beyond.room.bytes.len() + 1;
    assert!(matches!(village.transact(beyond.op(&head, statement)), Err(RegisterError::RoomDamaged)));
    let mut filled = whole(&village);
    let gap = filled.room.gap.clone();
    payung_seal::fill(&mut filled.room.bytes, gap, &[0x30, 1]).expect("fits");
    assert!(matches!(village.transact(filled.op(&head, statement)), Err(RegisterError::RoomDamaged)));
    let mut large = whole(&village);
    large.strokes = vec![7; payung_register::DOCUMENT_BYTES_MAX + 1];
    assert!(matches!(
        village.transact(large.op(&head, statement)),
        Err(RegisterError::DocumentTooLarge { .. })
    ));
    let stranger = SigningKey::generate(&SystemRandom);
    let who = payung_keys::HeadName { name: "A", title: "B", village: "C", regency: "D" };
    let certificate = payung_keys::self_issued(&stranger, &who, village.now()).expect("a certificate");
    let foreign = Sheets { certificate, ..whole(&village) };
    assert!(matches!(village.transact(foreign.op(&head, statement)), Err(RegisterError::HeadKeyChanged)));
    let garbled = Sheets { certificate: vec![0x30, 0x00], ..whole(&village) };
    assert!(matches!(village.transact(garbled.op(&head, statement)), Err(RegisterError::Key(_))));
    assert!(!village.statement(statement).expect("statement").row.frozen, "none of them was kept");
}

#[test]
fn what_was_frozen_does_not_outlive_the_room() {
    let mut village = Village::kebumen();
    let (_, statement, head) = waiting(&mut village);
    let frozen = |village: &Village| {
        let detail = village.statement(statement).expect("statement");
        let kept = village.statement_document(statement).expect("read").is_some();
        assert_eq!((detail.row.frozen, detail.strokes.is_some()), (kept, kept), "both or neither");
        kept
    };
    village.freeze(&head, statement);
    assert!(frozen(&village));
    village.transact(Op::Thaw { head: &head, statement }).expect("thawed");
    assert!(!frozen(&village));
    assert!(matches!(village.sign(&head, statement), Err(RegisterError::NotFrozen)));
    village.freeze(&head, statement);
    village.transact(Op::CloseHeadRoom).expect("closed");
    assert!(!frozen(&village), "the head left");
    village.freeze(&head, statement);
    village.close();
    village.unlock();
    assert!(!frozen(&village), "the program ended in the middle");
    let head = village.head();
    village.freeze(&head, statement);
    village.sign(&head, statement).expect("signed");
    village.transact(Op::CloseHeadRoom).expect("closed");
    assert!(village.statement_document(statement).expect("read").is_some(), "what is signed stays");
    assert!(matches!(
        village.transact(Op::Thaw { head: &head, statement }),
        Err(RegisterError::StatementClosed { .. })
    ));
}

#[test]
fn a_statement_that_replaces_another_than_its_pages_say_is_shown_anew() {
    let mut village = Village::kebumen();
    let id = village.candidate(1);
    let first = village.signed(&[id]);
    village.save(id, Field::Workplace, "kebun");
    village.release(id).expect("a new version");
    let second = village.prepare(&[id]);
    let head = village.head();
    village.freeze(&head, second);
    let reason = "salah".to_owned();
    village.transact(Op::RevokeStatement { head: &head, statement: first, reason }).expect("revoked");
    assert!(matches!(village.sign(&head, second), Err(RegisterError::NotWhatWasShown)));
    village.freeze(&head, second);
    village.sign(&head, second).expect("its pages name nothing any more");
    assert!(village.signed_entry().replaces.is_empty());
}

#[test]
fn a_room_whose_secret_changed_is_entered_again_with_the_same_key() {
    let mut village = Village::kebumen();
    let (_, statement, head) = waiting(&mut village);
    village.freeze(&head, statement);
    village.change_secret(HEAD, HEAD_SECRET, "kelapa hijau 88").expect("changed");
    assert!(matches!(village.sign(&head, statement), Err(RegisterError::WrongSecret { .. })));
    village.sign_with(&head, "kelapa hijau 88", statement).expect("the key is the same");
    assert_eq!(village.signed_entry().key, head.key());
}
