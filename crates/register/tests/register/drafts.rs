//! What is typed is kept as typed, from the first key on.

use crate::harness::{Village, applicant};
use payung_domain::{CivilDate, EndKind, Field, FieldValues, State};
use payung_journal::TrailKind;
use payung_register::{Acknowledge, Op, RegisterError};

#[test]
fn a_draft_is_kept_as_typed_even_with_half_a_nik() {
    let mut village = Village::kebumen();
    let id = village.draft(FieldValues::default());
    village.save(id, Field::Nik, "3305 01");
    village.save(id, Field::Name, "  Bu Siti ");
    village.save(id, Field::BirthDate, "31-02-1980");
    village.close();
    village.unlock();
    let detail = village.detail(id);
    assert_eq!(detail.values.get(Field::Nik), Some("3305 01"));
    assert_eq!(detail.values.get(Field::Name), Some("  Bu Siti "), "blanks too");
    assert_eq!(detail.values.get(Field::BirthDate), Some("31-02-1980"), "also what is no date");
    assert_eq!(detail.status.state, State::Draft);
    assert!(detail.entity.is_none(), "a draft has no name beyond this register");
    assert_eq!(village.shared_series().expect("series").seq, 1, "a draft does not travel");
}

#[test]
fn the_trail_names_fields_and_never_values() {
    let mut village = Village::kebumen();
    let id = village.draft(FieldValues::default());
    village.save(id, Field::MotherName, "Nama Rahasia");
    let trail = village.trail(1).expect("trail");
    assert_eq!(trail[0].what, TrailKind::DraftChanged);
    assert_eq!(trail[0].fields, [Field::MotherName]);
    assert_eq!(trail[0].subject, u64::try_from(id.0).ok());
    assert_eq!(trail[0].actor, "Siti Aminah");
    assert_eq!(trail[0].note, "");
    let before = village.series().expect("series")[1].seq;
    village.save(id, Field::MotherName, "Nama Rahasia");
    assert_eq!(village.series().expect("series")[1].seq, before, "nothing changed, nothing to remember");
}

#[test]
fn siap_refuses_with_every_field_that_must_be_mended() {
    let mut village = Village::kebumen();
    let values = [(Field::Nik, "123".to_owned()), (Field::Desil, "11".to_owned())].into_iter().collect();
    let id = village.draft(values);
    let errors = match village.release(id) {
        Err(RegisterError::NotReleasable { errors }) => errors,
        other => panic!("expected a list of errors, got {other:?}"),
    };
    let fields: Vec<Field> = errors.iter().map(|error| error.field).collect();
    assert_eq!(fields, [Field::Name, Field::BirthDate, Field::Nik, Field::Desil]);
    assert_eq!(village.state(id), State::Draft);
}

#[test]
fn an_unmet_rule_asks_for_a_word_before_it_travels() {
    let mut village = Village::kebumen();
    let mut values = applicant(&village.village().code, 1);
    values.set(Field::StillWorking, "tidak");
    let id = village.draft(values);
    assert!(matches!(village.release(id), Err(RegisterError::NotesNotAcknowledged { .. })));
    let acknowledge = Acknowledge { notes: true, same_nik: None, alike: None };
    village.transact(Op::Release { person: id, acknowledge }).expect("an usulan dengan catatan");
    assert_eq!(village.state(id), State::NotSent, "it is sent, but never attested");
    assert!(!village.detail(id).can_be_listed);
}

#[test]
fn siap_keeps_the_civil_date_of_the_place() {
    let mut village = Village::klungkung();
    // 23.30 UTC is already the next day in WITA.
    village.clock.forward(22 * 3_600_000 + 30 * 60_000);
    let id = village.candidate(1);
    assert_eq!(village.detail(id).registered_on, CivilDate::new(2026, 11, 22));
    let released = village.detail(id).released.expect("released");
    assert_eq!(
        released.get(Field::Village),
        Some("51.05.01.2001"),
        "the village's own code where none was typed"
    );
}

#[test]
fn a_second_holder_of_a_nik_needs_a_reason() {
    let mut village = Village::kebumen();
    let first = village.candidate(1);
    let values = applicant(&village.village().code, 1);
    let second = village.draft(values);
    assert_eq!(
        village.same_nik("3305 0110 0580 0001", Some(second)).expect("same").len(),
        1,
        "however it is grouped"
    );
    match village.release(second) {
        Err(RegisterError::SameNik { others }) => assert_eq!(others, [first]),
        other => panic!("expected the other holder, got {other:?}"),
    }
    let acknowledge =
        Acknowledge { notes: false, same_nik: Some("dua KTP, sudah dilaporkan".to_owned()), alike: None };
    village.transact(Op::Release { person: second, acknowledge }).expect("with a reason it goes on");
    assert_eq!(village.detail(second).same_nik_reason.as_deref(), Some("dua KTP, sudah dilaporkan"));
    // The first holder is not held up by what was decided about the second.
    village.save(first, Field::Phone, "0812");
    village.release(first).expect("a correction of the first holder");
    assert_eq!(village.detail(first).same_nik.len(), 1);
}

#[test]
fn every_state_can_end_and_nobody_is_deleted() {
    let mut village = Village::kebumen();
    let on = CivilDate::new(2026, 11, 20).expect("date");
    let values = applicant(&village.village().code, 1);
    let draft = village.draft(values);
    let candidate = village.candidate(2);
    let end = |person, kind, reason: &str| Op::End { person, kind, on, reason: reason.to_owned() };
    assert!(matches!(
        village.transact(end(draft, EndKind::Died, " ")),
        Err(RegisterError::TextMissing("Alasan"))
    ));
    village.transact(end(draft, EndKind::Cancelled, "tercatat dua kali")).expect("a draft can be cancelled");
    assert_eq!(village.state(draft), State::Cancelled);
    assert_eq!(village.shared_series().expect("series").seq, 2, "the end of a draft does not travel");
    village.transact(end(candidate, EndKind::Moved, "pindah ke Cilacap")).expect("a candidate can move away");
    assert_eq!(village.state(candidate), State::Ended);
    assert_eq!(village.shared_series().expect("series").seq, 3, "that of a candidate does");
    assert!(matches!(village.transact(end(candidate, EndKind::Died, "x")), Err(RegisterError::PersonEnded)));
    let field = Op::SaveField { person: candidate, field: Field::Phone, value: "1".to_owned() };
    assert!(matches!(village.transact(field), Err(RegisterError::PersonEnded)));
    let ended = village.detail(candidate).ended.expect("an end");
    assert_eq!((ended.kind, ended.on, ended.reason.as_str()), (EndKind::Moved, on, "pindah ke Cilacap"));
    assert_eq!(village.counts().total, 2);
}

#[test]
fn a_value_beyond_reason_is_refused_by_name() {
    let mut village = Village::kebumen();
    let id = village.draft(FieldValues::default());
    let value = "x".repeat(2_001);
    let refused = village.transact(Op::SaveField { person: id, field: Field::Note, value });
    assert!(matches!(refused, Err(RegisterError::ValueTooLong { field: Field::Note, chars_max: 2_000 })));
}
