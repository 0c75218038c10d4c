//! When a statement counts at the district.

use crate::support::heads::{Head, noon};
use crate::support::{AYAH, Laptop, ROWOKELE, Scene, people};
use payung_district::head::{self, Meant, Revocation};
use payung_district::officer::{self, Standing};
use payung_district::report;
use payung_domain::{Answer, CivilDate, Field, VillageCode};
use payung_journal::{EntityId, Event, RevocationReason};
use payung_keys::{Signature, Trust, certificate_facts, check_path, read_timestamp};

const SERIAL: &str = "A1B2C3D4E5F6G7H89";
const OTHER_SERIAL: &str = "Z1B2C3D4E5F6G7H89";

async fn sync(scene: &Scene, laptop: &mut Laptop) {
    let answer = scene.exchange(laptop.bytes()).await;
    assert!(answer.refusals.is_empty(), "{:?}", answer.refusals);
    laptop.learn(&answer, &scene.office().key().public());
}

fn meant(village: &str, head: &Head) -> Meant {
    Meant {
        village: VillageCode::parse(village).unwrap(),
        fingerprint: head.fingerprint().to_lowercase().replace('-', " "),
        officer: "Rina".into(),
    }
}

fn certify(scene: &Scene, village: &str, head: &Head) {
    assert!(!head::certify(&scene.office(), &meant(village, head), None).unwrap().already);
}

fn revoke(scene: &Scene, village: &str, head: &Head, reason: RevocationReason, from: Option<CivilDate>) {
    let order = Revocation { reason, from, note: None };
    head::revoke(&scene.office(), &meant(village, head), &order).unwrap();
}

fn standing(scene: &Scene, person: EntityId) -> Option<Standing> {
    let cases = officer::cases(&scene.office(), None).unwrap();
    cases.into_iter().find(|case| case.person == person).unwrap().statement
}

/// What the last answer says about the person, in one line.
fn told(laptop: &Laptop, version: EntityId) -> String {
    let (answer, reasons) = laptop.answer(version).expect("the version is answered");
    assert_eq!(answer, Answer::Arrived, "nobody is turned down by a statement");
    assert!(reasons.iter().all(|reason| reason.rule.as_deref() == Some("statement")), "{reasons:?}");
    reasons.into_iter().map(|reason| reason.message).collect::<Vec<_>>().join(" | ")
}

fn tokens(laptop: &Laptop) -> Vec<(EntityId, Vec<u8>)> {
    let stamped = laptop.decisions.iter().filter_map(|event| match event {
        Event::StatementTimestamped { statement, token } => Some((*statement, token.clone())),
        _ => None,
    });
    stamped.collect()
}

fn refused(laptop: &Laptop) -> Vec<(EntityId, Option<String>, String)> {
    let refused = laptop.decisions.iter().filter_map(|event| match event {
        Event::StampRefused { statement, other_village, message, .. } => {
            Some((*statement, other_village.map(|code| code.to_string()), message.clone()))
        }
        _ => None,
    });
    refused.collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_statement_counts_once_its_head_is_certified_and_it_bears_its_meterai() {
    let scene = Scene::kebumen().await;
    let mut laptop = scene.laptop(AYAH).await;
    let head = Head::of(&mut laptop);
    let person = laptop.release(people::farmer(AYAH, 1));
    let signed = head.sealed("460/1", &[person]);
    let signature = signed.seal.as_ref().unwrap().signature;
    let statement = laptop.sign(signed);
    sync(&scene, &mut laptop).await;
    assert_eq!(standing(&scene, person), Some(Standing::NotCertified));
    let said = told(&laptop, person);
    assert!(said.contains("belum disahkan") && said.contains(&head.fingerprint()), "{said}");

    let stamped = tokens(&laptop);
    assert_eq!(stamped.len(), 1, "one time stamp");
    assert_eq!(stamped[0].0, statement);
    let facts = read_timestamp(&stamped[0].1, &signature.to_der().unwrap()).unwrap();
    assert_eq!(facts.at.millis() / 1000, scene.office().now().millis() / 1000, "the district's clock");

    certify(&scene, AYAH, &head);
    sync(&scene, &mut laptop).await;
    assert_eq!(standing(&scene, person), Some(Standing::Signed { refused: false }));
    assert_eq!(told(&laptop, person), "", "the people are judged again");
    let certificate = laptop.decisions.iter().find_map(|event| match event {
        Event::HeadCertified { key, certificate, officer } => {
            assert_eq!((*key, officer.as_str()), (head.key.public(), "Rina"));
            Some(certificate.clone())
        }
        _ => None,
    });
    let certificate = certificate.expect("the village gets its certificate");
    let root = scene.office().authority.certificate_der().to_vec();
    assert!(matches!(check_path(&certificate, &[], &[root], scene.office().now()), Trust::Trusted { .. }));
    let facts = certificate_facts(&certificate).unwrap();
    assert_eq!((facts.common_name.as_str(), facts.public_key), ("Kepala Contoh", Some(head.key.public())));

    laptop.stamp(statement, SERIAL);
    sync(&scene, &mut laptop).await;
    assert_eq!(standing(&scene, person), Some(Standing::Stamped));
    assert_eq!((told(&laptop, person).as_str(), refused(&laptop).len()), ("", 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn facts_that_changed_after_signing_are_not_covered() {
    let scene = Scene::kebumen().await;
    let mut laptop = scene.laptop(AYAH).await;
    let head = Head::of(&mut laptop);
    let person = laptop.release(people::farmer(AYAH, 1));
    let statement = laptop.sign(head.sealed("460/1", &[person]));
    laptop.stamp(statement, SERIAL);
    sync(&scene, &mut laptop).await;
    certify(&scene, AYAH, &head);
    let income = laptop.correct(person, person, &[(Field::Income, "800000")]);
    sync(&scene, &mut laptop).await;
    assert_eq!(standing(&scene, person), Some(Standing::Stamped), "the statement says nothing of the income");
    laptop.correct(person, income, &[(Field::Workplace, "Sawah Lor")]);
    sync(&scene, &mut laptop).await;
    assert_eq!(standing(&scene, person), None);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_ended_on_a_date_keeps_what_it_signed_before() {
    let scene = Scene::kebumen().await;
    let mut laptop = scene.laptop(AYAH).await;
    let head = Head::of(&mut laptop);
    let (early, late) = (laptop.release(people::farmer(AYAH, 1)), laptop.release(people::farmer(AYAH, 2)));
    let first = laptop.sign_at(noon(2026, 11, 10), head.sealed("460/1", &[early]));
    let second = laptop.sign_at(noon(2026, 11, 16), head.sealed("460/2", &[late]));
    laptop.stamp(first, SERIAL);
    laptop.stamp(second, OTHER_SERIAL);
    sync(&scene, &mut laptop).await;
    certify(&scene, AYAH, &head);
    assert_eq!(standing(&scene, late), Some(Standing::Stamped));

    revoke(&scene, AYAH, &head, RevocationReason::OfficeEnded, CivilDate::new(2026, 11, 15));
    sync(&scene, &mut laptop).await;
    assert_eq!(standing(&scene, early), Some(Standing::Stamped));
    assert!(matches!(standing(&scene, late), Some(Standing::Revoked(_))));
    assert!(told(&laptop, late).contains("tidak berlaku sejak 15 November 2026"), "{}", told(&laptop, late));
    assert_eq!(told(&laptop, early), "");
    let told = laptop.decisions.iter().any(|event| {
        matches!(event, Event::HeadRevoked { key, reason: RevocationReason::OfficeEnded, officer, note, .. }
            if *key == head.key.public() && officer == "Rina" && note.contains("Masa jabatan"))
    });
    assert!(told, "the village learns it");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stolen_key_proves_nothing_by_the_laptops_clock() {
    let scene = Scene::kebumen().await;
    let mut laptop = scene.laptop(AYAH).await;
    let head = Head::of(&mut laptop);
    let (before, after) = (laptop.release(people::farmer(AYAH, 1)), laptop.release(people::farmer(AYAH, 2)));
    let first = laptop.sign(head.sealed("460/1", &[before]));
    laptop.stamp(first, SERIAL);
    sync(&scene, &mut laptop).await;
    certify(&scene, AYAH, &head);
    scene.clock.advance_days(1);
    revoke(&scene, AYAH, &head, RevocationReason::Compromised, None);
    scene.clock.advance_days(1);
    let backdated = laptop.sign_at(noon(2026, 11, 2), head.sealed("460/2", &[after]));
    laptop.stamp(backdated, OTHER_SERIAL);
    sync(&scene, &mut laptop).await;
    assert_eq!(standing(&scene, before), Some(Standing::Stamped), "it had arrived before");
    assert!(matches!(standing(&scene, after), Some(Standing::Revoked(_))), "backdated");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_certificate_that_ended_covers_nothing_signed_later_until_it_is_renewed() {
    let scene = Scene::kebumen().await;
    let mut laptop = scene.laptop(AYAH).await;
    let head = Head::of(&mut laptop);
    let person = laptop.release(people::farmer(AYAH, 1));
    sync(&scene, &mut laptop).await;
    let until = |year| CivilDate::new(year, 11, 30);
    head::certify(&scene.office(), &meant(AYAH, &head), until(2026)).unwrap();
    scene.clock.advance_days(30);
    laptop.sign_at(noon(2026, 12, 5), head.sealed("460/1", &[person]));
    sync(&scene, &mut laptop).await;
    assert!(matches!(standing(&scene, person), Some(Standing::CertificateEnded(_))));
    assert!(told(&laptop, person).contains("30 November 2026"), "the last day is a whole day");
    assert!(!head::certify(&scene.office(), &meant(AYAH, &head), until(2030)).unwrap().already);
    assert_eq!(standing(&scene, person), Some(Standing::Signed { refused: false }));
}

#[tokio::test(flavor = "multi_thread")]
async fn one_serial_is_on_one_document_in_the_whole_district() {
    let scene = Scene::kebumen().await;
    let (mut first, mut second) = (scene.laptop(AYAH).await, scene.laptop(ROWOKELE).await);
    let (here, there) = (Head::of(&mut first), Head::of(&mut second));
    let person = first.release(people::farmer(AYAH, 1));
    let neighbour = first.release(people::farmer(AYAH, 2));
    let stranger = second.release(people::farmer(ROWOKELE, 3));
    let one = first.sign(here.sealed("460/1", &[person]));
    first.stamp(one, SERIAL);
    sync(&scene, &mut first).await;
    certify(&scene, AYAH, &here);

    let other = second.sign(there.sealed("460/9", &[stranger]));
    second.stamp(other, "a1b2 c3d4 e5f6 g7h8 9");
    sync(&scene, &mut second).await;
    certify(&scene, ROWOKELE, &there);
    sync(&scene, &mut second).await;
    assert_eq!(standing(&scene, stranger), Some(Standing::Signed { refused: true }), "the later one waits");
    let said = refused(&second);
    assert_eq!((said.len(), said[0].0, said[0].1.as_deref()), (1, other, Some(AYAH)));
    assert!(said[0].2.contains(&payung_regions::name_of(AYAH).unwrap()), "{}", said[0].2);
    assert!(!said[0].2.contains("460/1"), "not the other village's letter");
    assert!(told(&second, stranger).contains("dokumen lain"));

    let two = first.sign(here.sealed("460/2", &[neighbour]));
    first.stamp(two, SERIAL);
    first.stamp(one, SERIAL);
    sync(&scene, &mut first).await;
    let said = refused(&first);
    assert_eq!(
        (said.len(), said[0].0, said[0].1.as_deref()),
        (1, two, None),
        "the same one again is no conflict"
    );
    assert!(said[0].2.contains("460/1"), "its own letter is named: {}", said[0].2);
    assert_eq!(standing(&scene, person), Some(Standing::Stamped), "the first keeps it");

    second.stamp(other, OTHER_SERIAL);
    sync(&scene, &mut second).await;
    assert_eq!(standing(&scene, stranger), Some(Standing::Stamped), "another stamp, and all is well");
    assert_eq!(refused(&second).len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mistyped_serial_that_was_corrected_is_free_for_the_paper_it_is_on() {
    let scene = Scene::kebumen().await;
    let (mut first, mut second) = (scene.laptop(AYAH).await, scene.laptop(ROWOKELE).await);
    let (here, there) = (Head::of(&mut first), Head::of(&mut second));
    let person = first.release(people::farmer(AYAH, 1));
    let stranger = second.release(people::farmer(ROWOKELE, 3));
    let one = first.sign(here.sealed("460/1", &[person]));
    first.stamp(one, SERIAL);
    sync(&scene, &mut first).await;
    first.stamp(one, OTHER_SERIAL);
    sync(&scene, &mut first).await;
    let other = second.sign(there.sealed("460/9", &[stranger]));
    second.stamp(other, SERIAL);
    sync(&scene, &mut second).await;
    certify(&scene, AYAH, &here);
    certify(&scene, ROWOKELE, &there);
    assert_eq!((refused(&first).len(), refused(&second).len()), (0, 0));
    assert_eq!(standing(&scene, person), Some(Standing::Stamped));
    assert_eq!(standing(&scene, stranger), Some(Standing::Stamped));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_withdrawn_statement_covers_nobody_and_its_meterai_stays_used() {
    let scene = Scene::kebumen().await;
    let mut laptop = scene.laptop(AYAH).await;
    let head = Head::of(&mut laptop);
    let person = laptop.release(people::farmer(AYAH, 1));
    let old = laptop.sign(head.sealed("460/1", &[person]));
    laptop.stamp(old, SERIAL);
    sync(&scene, &mut laptop).await;
    certify(&scene, AYAH, &head);
    laptop.withdraw(old);
    sync(&scene, &mut laptop).await;
    assert_eq!(standing(&scene, person), Some(Standing::Withdrawn));
    let new = laptop.sign(head.sealed("460/2", &[person]));
    laptop.stamp(new, SERIAL);
    sync(&scene, &mut laptop).await;
    assert_eq!(standing(&scene, person), Some(Standing::Signed { refused: true }));
    laptop.stamp(new, OTHER_SERIAL);
    sync(&scene, &mut laptop).await;
    assert_eq!(standing(&scene, person), Some(Standing::Stamped));
}

#[tokio::test(flavor = "multi_thread")]
async fn another_village_can_neither_stamp_nor_withdraw_a_statement() {
    let scene = Scene::kebumen().await;
    let (mut laptop, mut stranger) = (scene.laptop(AYAH).await, scene.laptop(ROWOKELE).await);
    let head = Head::of(&mut laptop);
    let person = laptop.release(people::farmer(AYAH, 1));
    let statement = laptop.sign(head.sealed("460/1", &[person]));
    // Before the statement came, and after.
    stranger.stamp(statement, OTHER_SERIAL);
    stranger.withdraw(statement);
    sync(&scene, &mut stranger).await;
    sync(&scene, &mut laptop).await;
    certify(&scene, AYAH, &head);
    stranger.stamp(statement, OTHER_SERIAL);
    stranger.withdraw(statement);
    sync(&scene, &mut stranger).await;
    assert_eq!(standing(&scene, person), Some(Standing::Signed { refused: false }));
    laptop.stamp(statement, SERIAL);
    sync(&scene, &mut laptop).await;
    assert_eq!(standing(&scene, person), Some(Standing::Stamped));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_laptop_of_the_village_may_bring_the_stamp_first() {
    let scene = Scene::kebumen().await;
    let (mut first, mut second) = (scene.laptop(AYAH).await, scene.laptop(AYAH).await);
    let person = first.release(people::farmer(AYAH, 1));
    let head = Head::of(&mut second);
    let statement = first.sign(head.sealed("460/1", &[person]));
    second.stamp(statement, SERIAL);
    let mut without_head = second.clone();
    sync(&scene, &mut first).await;
    assert_eq!(standing(&scene, person), Some(Standing::HeadUnknown));
    assert!(told(&first, person).contains("belum dikenal"));
    sync(&scene, &mut without_head).await;
    certify(&scene, AYAH, &head);
    sync(&scene, &mut first).await;
    assert_eq!((standing(&scene, person), told(&first, person).as_str()), (Some(Standing::Stamped), ""));
}

#[tokio::test(flavor = "multi_thread")]
async fn repeats_and_parallel_requests_stamp_the_time_once() {
    let scene = Scene::kebumen().await;
    let mut laptop = scene.laptop(AYAH).await;
    let head = Head::of(&mut laptop);
    let person = laptop.release(people::farmer(AYAH, 1));
    for number in 1..=3 {
        laptop.sign(head.sealed(&format!("460/{number}"), &[person]));
    }
    let bytes = laptop.bytes();
    let answers = futures_join(&scene, &bytes).await;
    for answer in &answers[1..] {
        assert_eq!(answer.receipts, answers[0].receipts, "the same receipt");
    }
    scene.clock.advance_days(1);
    sync(&scene, &mut laptop).await;
    let stamped = tokens(&laptop);
    assert_eq!(stamped.len(), 3, "one token for each statement");
    sync(&scene, &mut laptop).await;
    assert_eq!(tokens(&laptop), stamped, "nothing is said twice");
    let mut serials: Vec<_> = stamped.iter().map(|(_, token)| token.clone()).collect();
    serials.dedup();
    assert_eq!(serials.len(), 3);
}

async fn futures_join(scene: &Scene, bytes: &[u8]) -> Vec<payung_journal::ExchangeAnswer> {
    let mut tasks = tokio::task::JoinSet::new();
    for _ in 0..6 {
        let (client, url, bytes) = (scene.client(), scene.url("/v1/exchange"), bytes.to_vec());
        tasks.spawn(async move {
            let response = client.post(url).body(bytes).send().await.unwrap();
            assert_eq!(response.status(), 200);
            payung_journal::ExchangeAnswer::decode(&response.bytes().await.unwrap()).unwrap()
        });
    }
    tasks.join_all().await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_seal_that_does_not_hold_is_kept_and_receipted_without_effect() {
    let scene = Scene::kebumen().await;
    let mut laptop = scene.laptop(AYAH).await;
    let head = Head::of(&mut laptop);
    let people: Vec<_> = (1..=4).map(|serial| laptop.release(people::farmer(AYAH, serial))).collect();
    let mut serials = ["A", "B", "C", "D"].iter().map(|letter| SERIAL.replace('A', letter));
    let mut sign = |laptop: &mut Laptop, person, spoil: &dyn Fn(&mut payung_journal::Seal)| {
        let mut statement = head.sealed(&format!("460/{person}"), &[person]);
        spoil(statement.seal.as_mut().unwrap());
        let id = laptop.sign(statement);
        laptop.stamp(id, &serials.next().unwrap());
        id
    };
    let good = sign(&mut laptop, people[0], &|_| {});
    sign(&mut laptop, people[1], &|seal| seal.certificate[0] ^= 1);
    sign(&mut laptop, people[2], &|seal| seal.signature = Signature::from_bytes([0; 64]));
    sign(&mut laptop, people[3], &|seal| seal.signature = Signature::from_bytes([255; 64]));
    sync(&scene, &mut laptop).await;
    certify(&scene, AYAH, &head);
    sync(&scene, &mut laptop).await;
    let status = report::status(&scene.office()).unwrap();
    assert_eq!((status.entries, status.entries_receipted), (14, 14), "all of it is kept");
    assert_eq!(standing(&scene, people[0]), Some(Standing::Stamped), "and holds nobody else up");
    for person in &people[1..] {
        assert!(matches!(standing(&scene, *person), Some(Standing::Broken(_))));
        assert!(told(&laptop, *person).contains("di dalam PDF"), "{}", told(&laptop, *person));
    }
    let stamped: Vec<_> = tokens(&laptop).into_iter().map(|(statement, _)| statement).collect();
    assert_eq!(stamped, [good], "no time is stamped over what is no signature");
}

#[tokio::test(flavor = "multi_thread")]
async fn statements_of_the_first_program_count_once_their_head_is_certified() {
    let scene = Scene::kebumen().await;
    let mut laptop = scene.laptop(AYAH).await;
    let head = Head::of(&mut laptop);
    let (person, sealed) = (laptop.release(people::farmer(AYAH, 1)), laptop.release(people::farmer(AYAH, 2)));
    let statement = laptop.sign(head.plain("460/1", &[person]));
    laptop.write(Event::StatementStamped { statement, on: crate::support::laptop::today(), stamp: None });
    let statement = laptop.sign(head.sealed("460/2", &[sealed]));
    laptop.write(Event::StatementStamped { statement, on: crate::support::laptop::today(), stamp: None });
    sync(&scene, &mut laptop).await;
    assert_eq!(standing(&scene, person), Some(Standing::NotCertified));
    certify(&scene, AYAH, &head);
    assert_eq!(standing(&scene, person), Some(Standing::Stamped), "without a serial, as it was then");
    assert_eq!(
        standing(&scene, sealed),
        Some(Standing::Signed { refused: false }),
        "the program of today tells the serial"
    );
    assert_eq!(tokens(&laptop).len(), 1, "only a sealed statement has a signature to stamp");
}
