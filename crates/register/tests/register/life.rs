//! From draft to replaced: where a statement stands, and what is said of its people.

use crate::district::District;
use crate::harness::{HEAD_SECRET, Village};
use crate::letters::{NUMBER, SERIAL};
use payung_domain::{CivilDate, Delivery, EndKind, Field, MeteraiSerial, State};
use payung_journal::{Event, TrailKind};
use payung_register::{
    Notice, Op, PersonId, Print, RegisterError, STATEMENT_PEOPLE_MAX, StatementId, StatementStatus, WhyNot,
};

impl Village {
    fn drafted(&mut self, people: &[PersonId]) -> Result<StatementId, RegisterError> {
        let number = NUMBER.to_owned();
        let op = Op::DraftStatement { people: people.to_vec(), collective: true, number };
        Ok(self.transact(op)?.statement.expect("a statement"))
    }

    fn status_of(&self, id: StatementId) -> StatementStatus {
        self.statement(id).expect("statement").row.status
    }

    fn change_workplace(&mut self, person: PersonId, workplace: &str) {
        self.save(person, Field::Workplace, workplace);
        self.release(person).expect("a new version");
    }

    fn died(&mut self, person: PersonId) {
        let on = CivilDate::new(2026, 11, 20).expect("date");
        let reason = "meninggal dunia".to_owned();
        self.transact(Op::End { person, kind: EndKind::Died, on, reason }).expect("ended");
    }
}

#[test]
fn a_draft_lists_nobody_until_it_is_handed_over() {
    let mut village = Village::kebumen();
    let people: Vec<PersonId> = (1..=3).map(|serial| village.candidate(serial)).collect();
    let draft = village.drafted(&people[..2]).expect("a draft");
    let detail = village.statement(draft).expect("statement");
    assert_eq!(
        (detail.row.status, detail.row.people, detail.row.delivery),
        (StatementStatus::Draft, 2, Delivery::Local)
    );
    assert!(people.iter().all(|id| village.state(*id) == State::ReadyForStatement), "nobody is listed yet");
    assert_eq!(detail.people[0].attested.text(Field::Workplace), Some("sawah"));

    // The same person may stand in two drafts; the first hand-over takes them.
    let other = village.drafted(&people[1..2]).expect("another draft");
    let people_now = Some(vec![people[2], people[1], people[2]]);
    let number = Some(" 470/9/2026 ".to_owned());
    village.transact(Op::EditDraft { statement: draft, people: people_now, number }).expect("changed");
    let detail = village.statement(draft).expect("statement");
    assert_eq!(detail.row.number, "470/9/2026");
    assert_eq!(detail.people.iter().map(|one| one.person).collect::<Vec<_>>(), [people[2], people[1]]);
    village.transact(Op::HandOver { statement: draft }).expect("handed over");
    assert_eq!(village.status_of(draft), StatementStatus::Waiting);
    assert_eq!(village.state(people[2]), State::AwaitingSignature);
    assert_eq!(village.state(people[0]), State::ReadyForStatement, "taken out of the draft again");
    let detail = village.statement(other).expect("statement");
    assert_eq!(detail.people[0].why_not, Some(WhyNot::AlreadyListed(draft)), "said before anybody tries");
    match village.transact(Op::HandOver { statement: other }) {
        Err(RegisterError::NotAttestable { people: refused }) => {
            assert_eq!((refused[0].person, &refused[0].why), (people[1], &WhyNot::AlreadyListed(draft)));
        }
        answer => panic!("expected a name, got {answer:?}"),
    }
    assert_eq!(village.status_of(other), StatementStatus::Draft, "nothing is half done");
    // What was handed over is no draft any more.
    let edit = Op::EditDraft { statement: draft, people: None, number: Some("1".to_owned()) };
    assert!(matches!(
        village.transact(edit),
        Err(RegisterError::StatementClosed { status: StatementStatus::Waiting })
    ));
    assert!(matches!(
        village.transact(Op::HandOver { statement: draft }),
        Err(RegisterError::StatementClosed { .. })
    ));
    village
        .transact(Op::WithdrawStatement { statement: other, reason: "tidak jadi".to_owned() })
        .expect("a draft is thrown away");
    assert_eq!(village.statement(other).expect("statement").row.words(), "ditarik");
}

#[test]
fn a_draft_names_somebody_and_not_too_many() {
    let mut village = Village::kebumen();
    assert!(matches!(village.drafted(&[]), Err(RegisterError::NobodyListed)));
    assert!(matches!(village.drafted(&[PersonId(99)]), Err(RegisterError::NoSuchPerson)));
    let many: Vec<PersonId> = (1..=STATEMENT_PEOPLE_MAX as i64 + 1).map(PersonId).collect();
    assert!(matches!(village.drafted(&many), Err(RegisterError::TooManyPeople { people_max: 500 })));
    let id = village.candidate(1);
    let draft = village.drafted(&[id]).expect("a draft");
    let edit = Op::EditDraft { statement: draft, people: Some(Vec::new()), number: None };
    assert!(matches!(village.transact(edit), Err(RegisterError::NobodyListed)));
    assert!(village.statements().expect("statements").len() == 1, "what was refused left nothing");
    let again = Op::DraftStatement { people: vec![id], collective: false, number: NUMBER.to_owned() };
    let done = village.transact(again).expect("a draft");
    assert_eq!(done.notices, [Notice::NumberRepeated { others: vec![draft] }], "a repeat is said");
}

#[test]
fn state_and_delivery_are_two_words_beside_each_other() {
    let mut village = Village::kebumen();
    let district = District::of(&village);
    district.enrol(&mut village, Vec::new());
    let people = [village.candidate(1), village.candidate(2)];
    let statement = village.signed(&people);
    let row = village.statement(statement).expect("statement").row;
    assert_eq!((row.status, row.delivery), (StatementStatus::Signed, Delivery::NotSent));
    assert_eq!(row.words(), "ditandatangani, menunggu meterai");
    assert_eq!((row.serial, row.duty_rupiah), (None, Some(10_000)), "what the stamp will cost");
    let inbound = district.receipt(&village);
    village.transact(Op::Learned(inbound)).expect("learnt");
    let row = village.statement(statement).expect("statement").row;
    assert_eq!((row.status, row.delivery), (StatementStatus::Signed, Delivery::Arrived));
    village.stamp(statement, SERIAL).expect("stamped");
    let row = village.statement(statement).expect("statement").row;
    assert_eq!(
        (row.status, row.delivery),
        (StatementStatus::Complete, Delivery::NotSent),
        "the stamp is news"
    );
    assert_eq!(row.serial.map(|serial| serial.to_string()).as_deref(), Some(SERIAL));
    let inbound = district.receipt(&village);
    village.transact(Op::Learned(inbound)).expect("learnt");
    assert_eq!(village.statement(statement).expect("statement").row.delivery, Delivery::Arrived);
}

#[test]
fn where_no_stamp_is_asked_signed_is_complete() {
    let mut village = Village::klungkung();
    let id = village.candidate(1);
    let statement = village.signed(&[id]);
    let row = village.statement(statement).expect("statement").row;
    assert_eq!((row.status, row.duty_rupiah), (StatementStatus::Complete, None));
}

#[test]
fn a_changed_fact_asks_for_a_new_statement_that_names_the_old_one() {
    let mut village = Village::kebumen();
    let people = [village.candidate(1), village.candidate(2), village.candidate(3)];
    let first = village.signed(&people);
    village.change_workplace(people[0], "kebun");
    let second = village.prepare(&people[..1]);
    let named = village.statement(second).expect("statement").replaces;
    assert_eq!(
        named.iter().map(|known| (known.id, known.number.as_str())).collect::<Vec<_>>(),
        [(first, NUMBER)]
    );
    let head = village.head();
    village.freeze(&head, second);
    village.sign(&head, second).expect("signed");
    let entry = village.signed_entry();
    let first_entry = village.statement(first).expect("statement").signed.expect("signed").entry;
    assert_eq!(entry.replaces, [first_entry]);
    entry.verify().expect("it verifies");
    let detail = village.statement(first).expect("statement");
    assert_eq!(detail.row.status, StatementStatus::Signed, "two others are still covered by it");
    assert_eq!(detail.replaced_by.iter().map(|known| known.id).collect::<Vec<_>>(), [second]);
    assert_eq!(detail.people[0].replaced_by, Some(second));
    assert_eq!(detail.people[1].replaced_by, None);

    // One dies, the last one changes: nobody is left in the first.
    village.died(people[1]);
    let detail = village.statement(first).expect("statement");
    let end = detail.people[1].taken_out.clone().expect("a dated note");
    assert_eq!((end.on.to_string().as_str(), end.reason.as_str()), ("2026-11-20", "meninggal dunia"));
    assert!(
        detail.people[2].taken_out.is_none() && village.detail(people[2]).status.covered,
        "the rest stay covered"
    );
    village.change_workplace(people[2], "pasar");
    assert_eq!(village.status_of(first), StatementStatus::Signed, "no newer one speaks for them yet");
    village.signed(&people[2..]);
    assert_eq!(village.status_of(first), StatementStatus::Replaced);
    assert_eq!(village.statement(first).expect("statement").row.words(), "digantikan");
    assert_eq!(
        village.statement(first).expect("statement").row.duty_rupiah,
        None,
        "nobody stamps it any more"
    );
}

#[test]
fn a_statement_whose_people_all_died_is_not_replaced() {
    let mut village = Village::kebumen();
    let id = village.candidate(1);
    let statement = village.signed(&[id]);
    village.stamp(statement, SERIAL).expect("stamped");
    village.died(id);
    assert_eq!(village.status_of(statement), StatementStatus::Complete);
}

#[test]
fn the_head_takes_a_signed_statement_back() {
    let mut village = Village::kebumen();
    let people = [village.candidate(1), village.candidate(2)];
    let first = village.signed(&people);
    village.stamp(first, SERIAL).expect("stamped");
    village.change_workplace(people[1], "kebun");
    let second = village.signed(&people[1..]);
    let head = village.head();
    let op = |reason: &str| Op::RevokeStatement { head: &head, statement: first, reason: reason.to_owned() };
    assert!(matches!(village.transact(op(" ")), Err(RegisterError::TextMissing("Alasan"))));
    village.transact(op("nama salah")).expect("revoked");
    let detail = village.statement(first).expect("statement");
    assert_eq!((detail.row.status, detail.row.words()), (StatementStatus::Withdrawn, "dicabut"));
    assert_eq!(detail.withdrawn_reason.as_deref(), Some("nama salah"));
    assert!(village.statement_document(first).expect("read").is_some(), "its bytes stay on record");
    assert_eq!(detail.stamp.expect("its stamp, too").serial.as_str(), SERIAL);
    assert_eq!(village.state(people[0]), State::ReadyForStatement, "needs a new one");
    assert!(village.detail(people[1]).status.covered, "the newer statement stands");
    assert!(matches!(village.transact(op("sekali lagi")), Err(RegisterError::StatementClosed { .. })));
    match village.shared_events().pop().expect("an entry") {
        Event::StatementWithdrawn { reason, .. } => assert_eq!(reason, "nama salah"),
        other => panic!("expected the revocation, got {other:?}"),
    }
    let third = village.prepare(&people[..1]);
    let detail = village.statement(third).expect("statement");
    assert!(detail.replaces.is_empty(), "a revoked statement is not replaced");
    // Withdrawing is for what nobody signed.
    let op = Op::WithdrawStatement { statement: second, reason: "salah".to_owned() };
    assert!(matches!(village.transact(op), Err(RegisterError::StatementClosed { .. })));
}

#[test]
fn prints_are_counted_and_remembered() {
    let mut village = Village::kebumen();
    let id = village.candidate(1);
    let statement = village.prepare(&[id]);
    let print = |what| Op::NotePrint { statement, what };
    assert!(matches!(
        village.transact(print(Print::WetOriginal)),
        Err(RegisterError::StatementClosed { status: StatementStatus::Waiting })
    ));
    let head = village.head();
    village.freeze(&head, statement);
    village.sign(&head, statement).expect("signed");
    assert_eq!(village.transact(print(Print::WetOriginal)).expect("noted").printed_before, 0);
    assert_eq!(village.transact(print(Print::WetOriginal)).expect("noted").printed_before, 1);
    assert_eq!(village.transact(print(Print::Copy)).expect("noted").printed_before, 0);
    let detail = village.statement(statement).expect("statement");
    assert_eq!((detail.originals_printed, detail.copies_printed), (2, 1));
    let printed = village.trail(3).expect("trail");
    assert!(printed.iter().all(|line| line.what == TrailKind::Printed));
    let page = village.statement_page(statement).expect("read").expect("what was set");
    assert!(page.contains(NUMBER), "further prints are set from it: {page}");
}

#[test]
fn the_auditors_book_lists_what_was_signed_and_what_it_cost() {
    let mut village = Village::kebumen();
    let people = [village.candidate(1), village.candidate(2), village.candidate(3)];
    let today = village.today();
    let first = village.signed(&people[..2]);
    village.stamp(first, SERIAL).expect("stamped");
    village.change_workplace(people[0], "kebun");
    let second = village.signed(&people[..1]);
    village.prepare(&people[2..]);
    let book = village.statement_book(today, today).expect("book");
    assert_eq!(book.iter().map(|row| row.id).collect::<Vec<_>>(), [first, second], "only what is signed");
    let stamp = book[0].stamp.as_ref().expect("a stamp");
    assert_eq!((stamp.serial.as_str(), stamp.duty_rupiah), (SERIAL, 10_000));
    assert_eq!(stamp.original_at, "Map pernyataan 2026, lemari arsip");
    assert_eq!((book[0].people, book[0].signer.as_str()), (2, "Harjo Sumarto"));
    assert_eq!(
        (book[1].replaces.as_slice(), book[1].stamp.is_none()),
        ([NUMBER.to_owned()].as_slice(), true)
    );
    let later = CivilDate::new(2027, 1, 1).expect("date");
    assert!(village.statement_book(later, later).expect("book").is_empty());
    let serial = MeteraiSerial::parse(SERIAL).expect("serial");
    assert_eq!(village.stamp_by_serial(&serial).expect("read"), Some(first));
}

#[test]
fn many_statements_are_signed_in_one_sitting() {
    let mut village = Village::kebumen();
    let people: Vec<PersonId> = (1..=6).map(|serial| village.candidate(serial)).collect();
    let letters: Vec<StatementId> = people.iter().map(|id| village.prepare(&[*id])).collect();
    let head = village.head();
    for letter in &letters {
        village.freeze(&head, *letter);
    }
    for letter in &letters {
        let shown = village.statement(*letter).expect("statement").digest.expect("frozen");
        let op = Op::Sign { head: &head, secret: HEAD_SECRET, statement: *letter, shown };
        village.transact(op).expect("signed");
        assert_eq!(village.kept_digest(*letter), shown, "what was shown is what was signed");
    }
    let keys: std::collections::BTreeSet<_> = village
        .shared_events()
        .into_iter()
        .filter_map(|event| match event {
            Event::StatementSigned { statement } => Some(statement.key),
            _ => None,
        })
        .collect();
    assert_eq!(keys.len(), 1, "one key, made when the room was first entered");
    assert!(people.iter().all(|id| village.state(*id) == State::AwaitingStamp));
}
