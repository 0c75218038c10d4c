//! Listing, striking out, freezing, signing; and what happens to a signature afterwards.

use crate::harness::{HEAD, HEAD_SECRET, OPERATOR, PASSPHRASE, Village};
use crate::letters::content;
use payung_domain::{CivilDate, EndKind, Field, State};
use payung_keys::{Trust, check_path, read_cms, sha256};
use payung_register::{Acknowledge, Notice, Op, PersonId, Register, RegisterError, StatementStatus, WhyNot};

#[test]
fn the_head_signs_exactly_the_bytes_that_were_shown() {
    let mut village = Village::kebumen();
    let people: Vec<PersonId> = (1..=3).map(|serial| village.candidate(serial)).collect();
    let statement = village.prepare(&people);
    assert!(people.iter().all(|id| village.state(*id) == State::AwaitingSignature));
    let head = village.head();
    assert!(matches!(village.sign(&head, statement), Err(RegisterError::NotFrozen)));
    let sheets = village.sheets(&head, statement);
    let frozen = sheets.room.clone();
    village.transact(sheets.op(&head, statement)).expect("frozen");
    assert_eq!(village.statement(statement).expect("statement").digest, Some(frozen.digest));
    let op = Op::Sign { head: &head, secret: HEAD_SECRET, statement, shown: sha256(&[b"another page"]) };
    assert!(matches!(village.transact(op), Err(RegisterError::NotWhatWasShown)));
    village.sign(&head, statement).expect("signed");

    let detail = village.statement(statement).expect("statement");
    assert_eq!(detail.row.status, StatementStatus::Signed);
    let signed = detail.signed.expect("a signature");
    assert_eq!((signed.signer.as_str(), signed.title.as_str()), ("Harjo Sumarto", "Kepala Desa"));
    let entry = village.signed_entry();
    entry.verify().expect("anyone can verify it");
    assert_eq!((entry.document, entry.key, entry.people.len()), (frozen.digest, signed.key, 3));
    // Outside the place of the signature not a byte is another; inside stands the signature over exactly that.
    let document = village.statement_document(statement).expect("read").expect("the document");
    let (before, after) = (frozen.gap.start, frozen.gap.end);
    assert_eq!((&document[..before], &document[after..]), (&frozen.bytes[..before], &frozen.bytes[after..]));
    let digits = std::str::from_utf8(&document[frozen.gap.clone()]).expect("digits");
    let cms = read_cms(&payung_keys::from_hex(digits).expect("hexadecimal")).expect("a signature");
    cms.verify(&[&document[..before - 1], &document[after + 1..]]).expect("the signature holds");
    assert_eq!((cms.signing_certificate, cms.signing_time), (Some(true), None));
    assert!(matches!(check_path(&cms.signer, &[], &[], village.now()), Trust::SelfIssued));
    let seal = entry.seal.expect("the district can verify it without the file");
    let attributes = payung_keys::cms_attributes(&entry.document, &seal.certificate).expect("attributes");
    entry.key.verify_hash(&sha256(&[&attributes]), &seal.signature).expect("it does");
    assert_eq!((seal.certificate, seal.content), (sha256(&[&cms.signer]), content()));
    assert_eq!(entry.office, "Contoh");
    for id in people {
        let status = village.detail(id).status;
        assert_eq!((status.state, status.covered), (State::AwaitingStamp, true));
    }
    assert!(matches!(village.sign(&head, statement), Err(RegisterError::StatementClosed { .. })));
}

#[test]
fn the_operators_secret_never_signs() {
    let mut village = Village::kebumen();
    let id = village.candidate(1);
    let statement = village.prepare(&[id]);
    let head = village.head();
    village.freeze(&head, statement);
    // Even with the head's room left open, each signature asks for his secret.
    let before = village.shared_series().expect("series").seq;
    for _ in 0..2 {
        let refused = village.sign_with(&head, PASSPHRASE, statement);
        assert!(matches!(refused, Err(RegisterError::WrongSecret { .. })));
    }
    assert_eq!(village.shared_series().expect("series").seq, before, "nothing was written on the way");
    village.sign(&head, statement).expect("his own does");
    // The room of another register is not this one.
    let mut other = Village::kebumen();
    let id = other.candidate(1);
    let statement = other.prepare(&[id]);
    let sheets = other.sheets(&head, statement);
    assert!(matches!(other.transact(sheets.op(&head, statement)), Err(RegisterError::NotTheHead)));
    assert!(matches!(other.sign(&head, statement), Err(RegisterError::NotTheHead)));
}

#[test]
fn only_people_who_can_be_attested_are_listed_and_the_others_are_named() {
    let mut village = Village::kebumen();
    let ready = village.candidate(1);
    let changed = village.candidate(2);
    village.save(changed, Field::Phone, "0812");
    let values = crate::harness::applicant(&village.village().code, 3);
    let draft = village.draft(values);
    let mut values = crate::harness::applicant(&village.village().code, 4);
    values.set(Field::StillWorking, "tidak");
    let noted = village.draft(values);
    let acknowledge = Acknowledge { notes: true, same_nik: None, alike: None };
    village.transact(Op::Release { person: noted, acknowledge }).expect("with notes");
    let listed = village.candidate(5);
    let first = village.prepare(&[listed]);
    let covered = village.candidate(6);
    village.signed(&[covered]);
    let op = Op::PrepareStatement {
        people: vec![ready, changed, draft, noted, listed, covered],
        collective: true,
        number: String::new(),
    };
    let refused = match village.transact(op) {
        Err(RegisterError::NotAttestable { people }) => people,
        other => panic!("expected names, got {other:?}"),
    };
    let why: Vec<(PersonId, WhyNot)> =
        refused.into_iter().map(|refused| (refused.person, refused.why)).collect();
    assert_eq!(
        why,
        [
            (changed, WhyNot::NotReleased),
            (draft, WhyNot::NotReleased),
            (noted, WhyNot::RulesOpen(payung_domain::Readiness::WithNotes)),
            (listed, WhyNot::AlreadyListed(first)),
            (covered, WhyNot::AlreadyCovered),
        ]
    );
    assert_eq!(village.state(ready), State::ReadyForStatement, "one bad name lists nobody");
}

#[test]
fn striking_out_thaws_the_document_and_frees_the_person() {
    let mut village = Village::kebumen();
    let people = [village.candidate(1), village.candidate(2)];
    let statement = village.prepare(&people);
    let head = village.head();
    village.freeze(&head, statement);
    let reason = "belum pernah bekerja di sini".to_owned();
    village
        .transact(Op::StrikeOut { head: &head, statement, person: people[0], reason })
        .expect("struck out");
    assert!(!village.statement(statement).expect("statement").row.frozen, "the list is another one now");
    assert!(matches!(village.sign(&head, statement), Err(RegisterError::NotFrozen)));
    assert_eq!(village.state(people[0]), State::ReadyForStatement);
    village.freeze(&head, statement);
    village.sign(&head, statement).expect("signed for the rest");
    let entry = village.signed_entry();
    assert_eq!((entry.people.len(), entry.struck.len()), (1, 1));
    assert_eq!(entry.struck[0].1, "belum pernah bekerja di sini");
    assert_eq!(
        village.trail(50).expect("trail").iter().filter(|line| line.actor == "Harjo Sumarto").count(),
        1
    );
}

#[test]
fn a_fact_changed_between_listing_and_signing_stops_the_signature() {
    let mut village = Village::kebumen();
    let people = [village.candidate(1), village.candidate(2), village.candidate(3)];
    let statement = village.prepare(&people);
    village.save(people[1], Field::Occupation, "nelayan");
    village.release(people[1]).expect("a new version");
    let on = CivilDate::new(2026, 11, 20).expect("date");
    let reason = "meninggal dunia".to_owned();
    village.transact(Op::End { person: people[2], kind: EndKind::Died, on, reason }).expect("ended");
    assert_eq!(village.statement(statement).expect("statement").people[1].changed, [Field::Occupation]);
    let head = village.head();
    village.freeze(&head, statement);
    match village.sign(&head, statement) {
        Err(RegisterError::AttestedFactsChanged { people: refused }) => {
            assert_eq!(refused.len(), 2);
            assert_eq!(
                (refused[0].person, &refused[0].why),
                (people[1], &WhyNot::Changed(vec![Field::Occupation]))
            );
            assert_eq!((refused[1].person, &refused[1].why), (people[2], &WhyNot::Ended));
        }
        other => panic!("expected a refusal, got {other:?}"),
    }
    assert_eq!(village.statement(statement).expect("statement").row.status, StatementStatus::Waiting);
}

#[test]
fn a_change_after_signing_voids_nothing_silently() {
    let mut village = Village::kebumen();
    let people = [village.candidate(1), village.candidate(2), village.candidate(3)];
    let statement = village.signed(&people);
    village.save(people[0], Field::Phone, "0812");
    village.release(people[0]).expect("a fact that is not attested");
    assert!(village.detail(people[0]).status.covered);
    village.save(people[1], Field::Workplace, "pasar");
    assert!(village.detail(people[1]).status.covered, "typed is not yet said");
    village.release(people[1]).expect("an attested fact");
    let status = village.detail(people[1]).status;
    assert_eq!(
        (status.state, status.needs_new_statement, status.covered),
        (State::ReadyForStatement, true, false)
    );
    assert_eq!(village.counts().needs_new_statement, 1);
    assert!(village.detail(people[2]).status.covered, "the others stay covered");
    assert_eq!(village.statement(statement).expect("statement").row.status, StatementStatus::Signed);
    village.signed(&[people[1]]);
    assert!(village.detail(people[1]).status.covered, "a statement of their own covers them again");
}

#[test]
fn a_withdrawn_statement_frees_its_people_and_its_number() {
    let mut village = Village::kebumen();
    let id = village.candidate(1);
    let first = village.prepare(&[id]);
    village
        .transact(Op::WithdrawStatement { statement: first, reason: "salah nomor".to_owned() })
        .expect("withdrawn");
    assert_eq!(village.state(id), State::ReadyForStatement);
    let op =
        |id| Op::PrepareStatement { people: vec![id], collective: false, number: "470/1/2026".to_owned() };
    let second = village.transact(op(id)).expect("listed");
    assert!(second.notices.is_empty(), "a withdrawn number may be used again");
    let other = village.candidate(2);
    let third = village.transact(op(other)).expect("listed");
    let others = vec![second.statement.expect("statement")];
    assert_eq!(third.notices, [Notice::NumberRepeated { others }], "a repeated number warns, no more");
    let many = Op::PrepareStatement { people: vec![id, other], collective: false, number: String::new() };
    assert!(matches!(village.transact(many), Err(RegisterError::TooManyPeople { people_max: 1 })));
}

#[test]
fn a_second_signature_uses_the_same_key_and_a_lost_secret_a_new_one() {
    let mut village = Village::kebumen();
    let people = [village.candidate(1), village.candidate(2), village.candidate(3), village.candidate(4)];
    village.signed(&people[..1]);
    let first = village.signed_entry().key;
    village.signed(&people[1..2]);
    assert_eq!(village.signed_entry().key, first);
    village.change_secret(HEAD, HEAD_SECRET, "kelapa hijau 88").expect("changed");
    village.change_secret(HEAD, "kelapa hijau 88", HEAD_SECRET).expect("and back");
    village.signed(&people[2..3]);
    assert_eq!(village.signed_entry().key, first, "a changed secret keeps the key");
    village.close();
    let recovered = Register::unlock_with_recovery(
        village.dir(),
        &village.recovery,
        HEAD,
        "kelapa baru 99",
        village.tools(),
    )
    .expect("the code opens the register");
    drop(recovered);
    let mut register = Register::unlock(village.dir(), OPERATOR, PASSPHRASE, village.tools()).expect("opens");
    let head = register.enter_head_room(HEAD, "kelapa baru 99").expect("the new secret opens the room");
    let op = Op::PrepareStatement { people: vec![people[3]], collective: false, number: "2".to_owned() };
    let statement = register.transact(op).expect("listed").statement.expect("statement");
    village.put(register);
    village.freeze(&head, statement);
    village.sign_with(&head, "kelapa baru 99", statement).expect("signed");
    assert_ne!(village.signed_entry().key, first, "the code on paper never opens the head's key");
}

#[test]
fn where_a_statement_is_only_offered_it_blocks_nothing() {
    let mut village = Village::klungkung();
    let id = village.candidate(1);
    assert_eq!(village.state(id), State::NotSent, "ready to be sent without any statement");
    assert!(village.detail(id).can_be_listed, "and yet a letter may be made");
    village.signed(&[id]);
    let status = village.detail(id).status;
    assert_eq!((status.state, status.covered), (State::NotSent, true));
    assert!(!village.detail(id).can_be_listed);
}
