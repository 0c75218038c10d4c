//! The state of a person as a story of events.

use payung_domain::PersonEvent::{
    Answered, Corrected, Ended, Prepared, Receipted, Released, Signed, Stamped, Unlisted,
};
use payung_domain::Readiness::{Attestable, Incomplete, WithNotes};
use payung_domain::{Answer, Delivery, EndKind, PersonEvent, State, StatementNeed, status};

const RELEASED: PersonEvent = Released { version: 1, readiness: Attestable };

fn state(need: StatementNeed, events: &[PersonEvent]) -> (State, Delivery) {
    let status = status(need, events);
    (status.state, status.delivery)
}

#[test]
fn the_way_of_a_person_in_kebumen() {
    let mut events = Vec::new();
    let mut after = |event: Option<PersonEvent>| {
        events.extend(event);
        state(StatementNeed::Required, &events)
    };
    assert_eq!(after(None), (State::Draft, Delivery::Local));
    assert_eq!(after(Some(RELEASED)), (State::ReadyForStatement, Delivery::NotSent));
    assert_eq!(after(Some(Prepared)), (State::AwaitingSignature, Delivery::NotSent));
    assert_eq!(after(Some(Signed)), (State::AwaitingStamp, Delivery::NotSent));
    assert_eq!(after(Some(Receipted { version: 1 })), (State::AwaitingStamp, Delivery::Arrived));
    assert_eq!(after(Some(Stamped)), (State::Arrived, Delivery::Arrived));
    assert_eq!(
        after(Some(Answered { version: 1, answer: Answer::Passed })),
        (State::Passed, Delivery::Arrived)
    );
}

#[test]
fn where_the_statement_is_only_offered_it_blocks_nothing() {
    assert_eq!(state(StatementNeed::Offered, &[RELEASED]), (State::NotSent, Delivery::NotSent));
    assert_eq!(state(StatementNeed::Offered, &[RELEASED, Prepared]), (State::NotSent, Delivery::NotSent));
    let arrived = [RELEASED, Receipted { version: 1 }, Prepared, Signed];
    assert_eq!(state(StatementNeed::Offered, &arrived), (State::Arrived, Delivery::Arrived));
}

#[test]
fn who_cannot_be_attested_travels_with_notes() {
    for readiness in [WithNotes, Incomplete] {
        let events = [Released { version: 1, readiness }, Receipted { version: 1 }];
        assert_eq!(state(StatementNeed::Required, &events), (State::Arrived, Delivery::Arrived));
    }
}

#[test]
fn a_changed_attested_fact_asks_for_a_new_statement() {
    let correct = |attested_changed| Corrected { version: 2, readiness: Attestable, attested_changed };
    let signed = [RELEASED, Prepared, Signed, Stamped, Receipted { version: 1 }];
    let changed = status(StatementNeed::Required, &[&signed[..], &[correct(true)]].concat());
    assert!(changed.needs_new_statement && !changed.covered);
    assert_eq!((changed.state, changed.delivery), (State::ReadyForStatement, Delivery::NotSent));
    let phone_only = status(StatementNeed::Required, &[&signed[..], &[correct(false)]].concat());
    assert!(phone_only.covered && phone_only.stamped && !phone_only.needs_new_statement);
    let again = status(StatementNeed::Required, &[&signed[..], &[correct(true), Prepared, Signed]].concat());
    assert!(
        again.covered && !again.stamped && !again.needs_new_statement,
        "the old stamp is not on the new statement"
    );
}

#[test]
fn an_answer_speaks_only_of_its_version() {
    let needs_fix = Answered { version: 1, answer: Answer::NeedsFix };
    let told = [RELEASED, Receipted { version: 1 }, needs_fix.clone()];
    assert_eq!(state(StatementNeed::Offered, &told).0, State::NeedsFix);
    let fixed =
        [&told[..], &[Corrected { version: 2, readiness: Attestable, attested_changed: false }]].concat();
    assert_eq!(
        state(StatementNeed::Offered, &fixed),
        (State::NotSent, Delivery::NotSent),
        "an edit stays waiting"
    );
    let late = [&fixed[..], &[needs_fix]].concat();
    assert_eq!(
        state(StatementNeed::Offered, &late).0,
        State::NotSent,
        "an old answer says nothing about a new version"
    );
}

#[test]
fn applying_an_event_twice_changes_nothing() {
    let story = [
        RELEASED,
        Prepared,
        Signed,
        Corrected { version: 2, readiness: Attestable, attested_changed: true },
        Receipted { version: 2 },
        Answered { version: 2, answer: Answer::DuplicateNik },
        Ended { version: Some(3), kind: EndKind::Died },
    ];
    for count in 1..=story.len() {
        let once = status(StatementNeed::Required, &story[..count]);
        let mut doubled = story[..count].to_vec();
        doubled.push(story[count - 1].clone());
        assert_eq!(status(StatementNeed::Required, &doubled), once, "{:?} twice", story[count - 1]);
    }
}

#[test]
fn endings_and_strike_outs() {
    let struck = [RELEASED, Prepared, Unlisted];
    assert_eq!(state(StatementNeed::Required, &struck).0, State::ReadyForStatement);
    let died = [RELEASED, Receipted { version: 1 }, Ended { version: Some(2), kind: EndKind::Died }];
    assert_eq!(
        state(StatementNeed::Required, &died),
        (State::Ended, Delivery::NotSent),
        "the ending must travel too"
    );
    let draft = [Ended { version: None, kind: EndKind::Cancelled }];
    assert_eq!(state(StatementNeed::Required, &draft), (State::Cancelled, Delivery::Local));
}

#[test]
fn of_two_ends_the_same_one_counts_in_whatever_order_they_come() {
    let moved = Ended { version: Some(2), kind: EndKind::Moved };
    let mistake = Ended { version: Some(3), kind: EndKind::Cancelled };
    for (first, then) in [(&moved, &mistake), (&mistake, &moved)] {
        let both = [RELEASED, first.clone(), then.clone()];
        assert_eq!(state(StatementNeed::Required, &both).0, State::Ended, "whoever moved was no mistake");
    }
}

#[test]
fn state_keys_are_distinct_and_found_again() {
    for state in State::ALL {
        assert_eq!(State::from_key(state.key()), Some(*state));
    }
}
