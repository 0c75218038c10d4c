//! A released person changes only through a new version.

use crate::harness::{Village, applicant};
use payung_domain::{Field, Readiness, State};
use payung_journal::{Entry, Event};
use payung_register::{Happening, Mark, Op, RegisterError};

#[test]
fn a_change_waits_beside_the_version_until_siap() {
    let mut village = Village::kebumen();
    let id = village.candidate(1);
    village.save(id, Field::Phone, "08123");
    village.save(id, Field::Workplace, "kebun");
    village.close();
    village.unlock();
    let detail = village.detail(id);
    assert_eq!(detail.values.get(Field::Workplace), Some("kebun"), "the form shows what was typed");
    assert_eq!(detail.released.as_ref().and_then(|values| values.get(Field::Workplace)), Some("sawah"));
    assert_eq!(detail.edited, [Field::Workplace, Field::Phone]);
    assert_eq!(village.counts().edit_pending, 1);
    village.release(id).expect("a new version");
    let detail = village.detail(id);
    assert!(detail.edited.is_empty());
    assert_eq!(detail.version.map(|version| version.seq), Some(3));
    assert_eq!(detail.entity.map(|entity| entity.seq), Some(2), "a person keeps their name");
    assert!(
        matches!(&detail.history[0].what, Happening::Corrected { version: 2, fields } if fields.len() == 2)
    );
}

#[test]
fn only_what_changed_travels() {
    let mut village = Village::kebumen();
    let id = village.candidate(1);
    village.save(id, Field::Hamlet, "");
    village.save(id, Field::Phone, "08123");
    village.release(id).expect("a new version");
    let shared = village.shared_series().expect("series");
    let frame = village.frame_after(shared.series, 2, 10).expect("read").expect("entries");
    let entry = Entry::decode(frame.entries[0].body().expect("body")).expect("entry");
    match entry.event {
        Event::PersonCorrected { person, base, changed, .. } => {
            assert_eq!(changed, [(Field::Hamlet, None), (Field::Phone, Some("08123".to_owned()))]);
            assert_eq!((person.seq, base.seq), (2, 2));
        }
        other => panic!("expected a correction, got {other:?}"),
    }
}

#[test]
fn a_change_typed_back_or_discarded_is_gone() {
    let mut village = Village::kebumen();
    let id = village.candidate(1);
    village.save(id, Field::Workplace, "kebun");
    village.save(id, Field::Workplace, "sawah");
    assert_eq!(village.counts().edit_pending, 0, "typed back is no change");
    village.save(id, Field::Workplace, "kebun");
    village.transact(Op::DiscardEdit { person: id }).expect("discarded");
    assert_eq!(village.detail(id).values.get(Field::Workplace), Some("sawah"));
    assert!(matches!(village.transact(Op::DiscardEdit { person: id }), Err(RegisterError::NothingToRelease)));
    assert!(matches!(village.release(id), Err(RegisterError::NothingToRelease)));
    assert_eq!(village.shared_series().expect("series").seq, 2, "nothing of it travels");
}

#[test]
fn who_was_too_young_is_judged_again_without_a_change() {
    let mut village = Village::kebumen();
    let mut values = applicant(&village.village().code, 1);
    // Eighteen on 25 November 2026.
    values.set(Field::BirthDate, "25-11-2008");
    values.set(Field::Nik, "3305012511080001");
    let id = village.draft(values);
    let acknowledge = payung_register::Acknowledge { notes: true, same_nik: None, alike: None };
    village.transact(Op::Release { person: id, acknowledge }).expect("with notes");
    assert_eq!(village.detail(id).readiness, Some(Readiness::WithNotes));
    village.clock.forward_days(4);
    village.release(id).expect("old enough now");
    assert_eq!(village.detail(id).readiness, Some(Readiness::Attestable));
    assert_eq!(village.state(id), State::ReadyForStatement);
}

#[test]
fn a_pending_change_is_found_by_its_mark_and_by_its_new_words() {
    let mut village = Village::kebumen();
    let id = village.candidate(1);
    village.candidate(2);
    village.save(id, Field::Name, "Ngatiyem Uji");
    let query = payung_register::ListQuery {
        search: "ngat".to_owned(),
        marks: vec![Mark::EditPending],
        limit: 10,
        ..payung_register::ListQuery::default()
    };
    let page = village.list(&query).expect("page");
    assert_eq!(page.rows.iter().map(|row| row.id).collect::<Vec<_>>(), [id]);
    assert!(page.rows[0].edit_pending);
}
