//! The head's key: made in his room, certified and revoked by the district, never opened by anybody else.

use crate::district::District;
use crate::harness::{HEAD, HEAD_SECRET, OPERATOR, PASSPHRASE, Village};
use payung_domain::Timestamp;
use payung_journal::{EntityId, Event, RevocationReason};
use payung_keys::{Purpose, SigningKey, certificate_facts, read_cms, sha256};
use payung_register::{HeadSession, Op, PersonId, Register, RegisterError, StatementId};
use payung_seal::Summary;
use payung_system::SystemRandom;

const DAY: i64 = 86_400_000;

fn enrolled() -> (Village, District) {
    let mut village = Village::kebumen();
    let district = District::of(&village);
    district.enrol(&mut village, Vec::new());
    (village, district)
}

fn certified(head: &HeadSession, certificate: Vec<u8>) -> Event {
    Event::HeadCertified { key: head.key(), certificate, officer: "Petugas Contoh".to_owned() }
}

fn revoked(head: &HeadSession, from: Timestamp, reason: RevocationReason) -> Event {
    let (officer, note) = ("Petugas Contoh".to_owned(), "Hubungi kabupaten.".to_owned());
    Event::HeadRevoked { key: head.key(), from, reason, officer, note }
}

fn introduced(village: &Village) -> usize {
    let events = village.shared_events();
    events.iter().filter(|event| matches!(event, Event::HeadKeyIntroduced { .. })).count()
}

fn entry(village: &Village, id: StatementId) -> EntityId {
    village.statement(id).expect("statement").signed.expect("signed").entry
}

#[test]
fn the_key_is_made_when_the_room_is_first_entered() {
    let mut village = Village::kebumen();
    assert_eq!(introduced(&village), 0);
    let head = village.head();
    assert_eq!(introduced(&village), 1);
    let certificate = village.certificate_for(&head).expect("a certificate");
    let facts = certificate_facts(&certificate).expect("facts");
    assert_eq!((facts.common_name.as_str(), facts.self_issued), ("Harjo Sumarto", true));
    assert_eq!(facts.public_key, Some(head.key()));
    assert_eq!(village.head_fingerprint(&head), head.key().fingerprint());
    let state = village.head_state(&head).expect("state");
    assert_eq!((state.certified, state.revoked), (None, None));
    drop(head);
    village.close();
    village.unlock();
    village.clock.forward_days(30);
    let again = village.head();
    assert_eq!(introduced(&village), 1, "one key for all his signatures");
    assert_eq!(village.certificate_for(&again).expect("kept"), certificate, "and one certificate");
    assert!(!format!("{again:?}").contains("Secret"), "a session shows no key");
}

#[test]
fn the_line_on_every_page_is_signed_with_the_key_of_the_room() {
    let mut village = Village::kebumen();
    let head = village.head();
    let summary = Summary {
        content: sha256(&[b"statement.json"]),
        village: village.village().code,
        date: village.today(),
        people: 3,
        number: "470/1/2026".to_owned(),
        signer: head.name().to_owned(),
        key: head.key(),
    };
    let signature = village.sign_summary(&head, &summary);
    head.key().verify(Purpose::Summary, &summary.to_sign(), &signature).expect("anybody can check it");
    assert!(
        head.key().verify(Purpose::Statement, &summary.to_sign(), &signature).is_err(),
        "it signs no statement"
    );
}

#[test]
fn a_certified_key_signs_with_its_certificate_from_then_on() {
    let (mut village, mut district) = enrolled();
    let people: Vec<PersonId> = (1..=2).map(|serial| village.candidate(serial)).collect();
    let first = village.signed(&people[..1]);
    let before = village.statement_document(first).expect("read");
    assert!(!village.statement(first).expect("statement").certified);
    let head = village.head();
    // For another key, or no certificate at all: kept as an entry, believed by nobody.
    let stranger = SigningKey::generate(&SystemRandom).public();
    let foreign = district.certificate(&stranger, village.now());
    district.say(certified(&head, foreign));
    district.say(certified(&head, vec![0x30, 0x00]));
    district.tell(&mut village);
    assert_eq!(village.head_state(&head).expect("state").certified, None);

    let certificate = district.certificate(&head.key(), village.now());
    district.say(certified(&head, certificate.clone()));
    district.tell(&mut village);
    let state = village.head_state(&head).expect("state");
    assert!(state.certified.is_some_and(|until| until.millis() > village.now().millis() + 4 * 365 * DAY));
    assert_eq!(village.certificate_for(&head).expect("newest"), certificate);
    assert!(
        village.statement(first).expect("statement").certified,
        "earlier ones of that key are accepted now"
    );
    assert_eq!(village.statement_document(first).expect("read"), before, "and stay as they are");
    let second = village.signed(&people[1..]);
    let signed = village.signed_entry();
    assert_eq!(signed.seal.expect("sealed").certificate, sha256(&[&certificate]));
    assert!(village.statement(second).expect("statement").certified);
    let knowledge = village.knowledge().expect("what it knows");
    assert_eq!((knowledge.roots.len(), knowledge.head_certificates.len()), (1, 1));
    assert_eq!(knowledge.roots[0], district.authority.certificate_der());

    village.clock.forward_days(6 * 365);
    let facts = certificate_facts(&village.certificate_for(&head).expect("a certificate")).expect("facts");
    assert!(facts.self_issued, "an expired certificate is not signed with");
}

#[test]
fn a_compromised_key_signs_no_more_and_a_new_one_is_made() {
    let (mut village, mut district) = enrolled();
    let people: Vec<PersonId> = (1..=2).map(|serial| village.candidate(serial)).collect();
    let first = village.signed(&people[..1]);
    let head = village.head();
    let certificate = district.certificate(&head.key(), village.now());
    district.say(certified(&head, certificate));
    let second = village.prepare(&people[1..]);
    village.freeze(&head, second);
    district.say(revoked(&head, village.now(), RevocationReason::Compromised));
    district.tell(&mut village);
    let refused = village.sign(&head, second).expect_err("the key is revoked");
    assert!(matches!(refused, RegisterError::HeadRevoked { .. }), "{refused}");
    assert!(refused.to_string().contains("Hubungi kabupaten."), "{refused}");
    assert!(village.statement(first).expect("statement").certified, "it signed before the key was revoked");
    let state = village.head_state(&head).expect("state").revoked.expect("revoked");
    assert_eq!((state.reason, state.officer.as_str()), (RevocationReason::Compromised, "Petugas Contoh"));
    assert_eq!(village.knowledge().expect("what it knows").revoked.len(), 1);

    let anew = village.head();
    assert_ne!(anew.key(), head.key(), "a new key is made at the next entry");
    assert_eq!(village.head_state(&anew).expect("state").revoked, None);
    assert!(
        matches!(village.sign(&head, second), Err(RegisterError::HeadKeyChanged)),
        "the old session is over"
    );
    village.freeze(&anew, second);
    village.sign(&anew, second).expect("signed with the new key");
    assert!(
        !village.statement(second).expect("statement").certified,
        "nobody has compared its fingerprint yet"
    );
    assert_eq!(village.head().key(), anew.key());
}

#[test]
fn a_head_whose_office_ended_signs_no_more() {
    let (mut village, mut district) = enrolled();
    let id = village.candidate(1);
    let head = village.head();
    let statement = village.prepare(&[id]);
    let ends = Timestamp(village.now().millis() + 2 * DAY);
    district.say(revoked(&head, ends, RevocationReason::OfficeEnded));
    district.tell(&mut village);
    assert_eq!(village.head_state(&head).expect("state").revoked, None, "his office has two more days");
    village.freeze(&head, statement);
    village.clock.forward_days(3);
    let sheets = village.sheets(&head, statement);
    assert!(matches!(
        village.transact(sheets.op(&head, statement)),
        Err(RegisterError::HeadRevoked { reason: RevocationReason::OfficeEnded, .. })
    ));
    let again = village.head();
    assert_eq!((again.key(), introduced(&village)), (head.key(), 1), "no new key is made for him");
    let state = village.head_state(&again).expect("state").revoked.expect("his room says so");
    assert_eq!(state.reason, RevocationReason::OfficeEnded);
    // Nor by way of the recovery code.
    village.close();
    let code = village.recovery.clone();
    let recovered =
        Register::unlock_with_recovery(village.dir(), &code, HEAD, "kelapa baru 99", village.tools());
    drop(recovered.expect("the code opens the register"));
    village.unlock();
    let anew = village.enter_head_room(HEAD, "kelapa baru 99").expect("the room opens");
    assert_ne!(anew.key(), head.key());
    let sheets = village.sheets(&anew, statement);
    assert!(matches!(village.transact(sheets.op(&anew, statement)), Err(RegisterError::HeadRevoked { .. })));
    assert!(village.head_state(&anew).expect("state").revoked.is_some());
}

#[test]
fn the_recovery_code_never_opens_the_heads_key() {
    let mut village = Village::kebumen();
    let first = village.head().key();
    village.close();
    let code = village.recovery.clone();
    let recovered =
        Register::unlock_with_recovery(village.dir(), &code, HEAD, "kelapa baru 99", village.tools());
    drop(recovered.expect("the code opens the register"));
    let mut register = Register::unlock(village.dir(), OPERATOR, PASSPHRASE, village.tools()).expect("opens");
    assert!(
        matches!(register.enter_head_room(HEAD, HEAD_SECRET), Err(RegisterError::WrongSecret { .. })),
        "the lost secret opens the room no more"
    );
    let head = register.enter_head_room(HEAD, "kelapa baru 99").expect("the new one does");
    assert_ne!(head.key(), first, "and finds no way to the old key");
    village.put(register);
    assert_eq!(introduced(&village), 2);
}

#[test]
fn a_time_stamp_stands_beside_the_signature_and_goes_into_the_export() {
    let (mut village, mut district) = enrolled();
    let people: Vec<PersonId> = (1..=2).map(|serial| village.candidate(serial)).collect();
    let first = village.signed(&people[..1]);
    let second = village.signed(&people[1..]);
    let seal = |id| village.statement(id).expect("statement").signed.expect("signed").seal.expect("sealed");
    let (of_first, of_second) = (seal(first), seal(second));
    let stamper = district.authority.issue_timestamper(village.now(), &SystemRandom).expect("a time stamper");
    let received = Timestamp(village.now().millis() / 1_000 * 1_000 + 60_000);
    let token = |signature: &payung_keys::Signature| {
        stamper.stamp(&signature.to_der().expect("in range"), received, 1).expect("a token")
    };
    let said = |statement, token| Event::StatementTimestamped { statement, token };
    // Over another signature, damaged, or no token at all.
    let false_token = token(&of_second);
    let mut broken = token(&of_first);
    let last = broken.len() - 1;
    broken[last] ^= 1;
    for token in [false_token, broken, vec![0x30, 0x00], Vec::new()] {
        district.say(said(entry(&village, first), token));
    }
    district.tell(&mut village);
    assert_eq!(
        village.statement(first).expect("statement").timestamped_at,
        None,
        "a false token is not kept"
    );
    let document = village.statement_document(first).expect("read").expect("document");
    assert_eq!(village.statement_export(first).expect("export"), document);

    district.say(said(entry(&village, first), token(&of_first)));
    district.tell(&mut village);
    assert_eq!(village.statement(first).expect("statement").timestamped_at, Some(received));
    assert_eq!(
        village.statement_document(first).expect("read").as_ref(),
        Some(&document),
        "what is stored never changes"
    );
    let export = village.statement_export(first).expect("export");
    assert_eq!(export.len(), document.len());
    let start = export.iter().zip(&document).position(|(one, other)| one != other).expect("it differs");
    let open = document[..start].iter().rposition(|byte| *byte == b'<').expect("inside the place") + 1;
    let end = open + document[open..].iter().position(|byte| *byte == b'>').expect("its end");
    let digits = std::str::from_utf8(&export[open..end]).expect("digits");
    let cms = read_cms(&payung_keys::from_hex(digits).expect("hexadecimal")).expect("a signature");
    cms.verify(&[&export[..open - 1], &export[end + 1..]]).expect("the signature still holds");
    assert!(cms.timestamp.is_some(), "with the district's time beside it");
    assert_eq!(
        (&export[..open], &export[end..]),
        (&document[..open], &document[end..]),
        "nothing else changed"
    );
    let unsigned = village.candidate(3);
    let waiting = village.prepare(&[unsigned]);
    assert!(matches!(village.statement_export(waiting), Err(RegisterError::NotSigned)));
    assert!(matches!(village.statement_export(StatementId(99)), Err(RegisterError::NoSuchStatement)));
}

#[test]
fn no_key_is_made_under_a_wrong_clock() {
    let (mut village, district) = enrolled();
    village.candidate(1);
    let inbound = district.receipt_at(&village, village.now());
    village.transact(Op::Learned(inbound)).expect("learnt");
    village.clock.forward_days(-40);
    assert!(matches!(village.enter_head_room(HEAD, HEAD_SECRET), Err(RegisterError::ClockBehind { .. })));
    village.clock.forward_days(40);
    village.enter_head_room(HEAD, HEAD_SECRET).expect("with the clock right");
}
