//! What the district answers about people.

use crate::support::laptop::{regulation, today};
use crate::support::{AYAH, Laptop, ROWOKELE, Scene, people};
use payung_district::report;
use payung_domain::{Answer, EndKind, Field};
use payung_journal::{EntityId, Event, Reason, SignedStatement};
use payung_keys::{Signature, SigningKey};
use payung_system::SystemRandom;

async fn sync(scene: &Scene, laptop: &mut Laptop) {
    let answer = scene.exchange(laptop.bytes()).await;
    assert!(answer.refusals.is_empty(), "{:?}", answer.refusals);
    laptop.learn(&answer, &scene.office().key().public());
}

fn answer(laptop: &Laptop, version: EntityId) -> (Answer, Vec<Reason>) {
    laptop.answer(version).expect("the version is answered")
}

fn told_elsewhere(laptop: &Laptop) -> Vec<String> {
    let villages = laptop.decisions.iter().filter_map(|event| match event {
        Event::NikHeldElsewhere { other_village, .. } => Some(other_village.to_string()),
        _ => None,
    });
    villages.collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn missing_and_unreadable_facts_come_back_and_unmet_rules_go_on_as_notes() {
    let scene = Scene::kebumen().await;
    let mut laptop = scene.laptop(AYAH).await;
    let good = laptop.release(people::farmer(AYAH, 1));
    let missing = laptop.release(people::with(people::farmer(AYAH, 2), Field::OtherCover, ""));
    let unreadable = laptop.release(people::with(people::farmer(AYAH, 3), Field::BirthDate, "31-02-1985"));
    let no_nik = laptop.release(people::with(people::farmer(AYAH, 4), Field::Nik, ""));
    let too_old = laptop.release(people::with(people::farmer(AYAH, 5), Field::BirthDate, "1950-06-15"));
    sync(&scene, &mut laptop).await;

    assert_eq!(answer(&laptop, good), (Answer::Arrived, vec![]));

    let (said, reasons) = answer(&laptop, missing);
    assert_eq!(
        (said, reasons.len()),
        (Answer::NeedsFix, 1),
        "one reason for one missing fact: {}",
        words(&reasons)
    );
    assert_eq!(
        (reasons[0].field, reasons[0].rule.as_deref()),
        (Some(Field::OtherCover), Some("other_cover"))
    );

    let (said, reasons) = answer(&laptop, unreadable);
    assert_eq!((said, reasons.len(), reasons[0].field), (Answer::NeedsFix, 1, Some(Field::BirthDate)));
    assert!(reasons[0].message.contains("bukan tanggal"), "{}", words(&reasons));

    let (said, reasons) = answer(&laptop, no_nik);
    assert_eq!((said, reasons[0].field), (Answer::NeedsFix, Some(Field::Nik)));

    let (said, reasons) = answer(&laptop, too_old);
    assert_eq!(said, Answer::Arrived, "an unmet rule waits for an officer");
    assert_eq!(reasons[0].rule.as_deref(), Some("age"));
    assert!(reasons[0].message.contains("Pasal 10"), "and cites the article: {}", words(&reasons));

    let fixed = laptop.correct(missing, missing, &[(Field::OtherCover, "tidak_ada")]);
    sync(&scene, &mut laptop).await;
    assert_eq!(answer(&laptop, fixed).0, Answer::Arrived);
    let status = report::status(&scene.office()).unwrap();
    assert_eq!((status.people["sudah sampai di kabupaten"], status.people["perlu diperbaiki"]), (3, 2));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_second_holder_waits_both_are_told_and_a_corrected_nik_lets_go() {
    let scene = Scene::kebumen().await;
    let (mut first, mut second) = (scene.laptop(AYAH).await, scene.laptop(ROWOKELE).await);
    let here = first.release(people::farmer(AYAH, 1));
    sync(&scene, &mut first).await;
    let there = second.release(people::farmer(ROWOKELE, 1));
    sync(&scene, &mut second).await;

    let (said, reasons) = answer(&second, there);
    assert_eq!(said, Answer::DuplicateNik);
    assert!(reasons[0].message.contains(AYAH), "names the other village: {}", words(&reasons));
    sync(&scene, &mut first).await;
    assert_eq!(told_elsewhere(&first), [ROWOKELE]);
    assert_eq!(answer(&first, here).0, Answer::Arrived, "the first holder is not held");

    sync(&scene, &mut second).await;
    sync(&scene, &mut first).await;
    assert_eq!((told_elsewhere(&first).len(), second.decisions.len()), (1, 2), "nothing is said twice");

    first.correct(here, here, &[(Field::Nik, "3305011506850777")]);
    sync(&scene, &mut first).await;
    sync(&scene, &mut second).await;
    assert_eq!(answer(&second, there).0, Answer::Arrived, "the NIK was let go");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_end_of_the_first_holder_lets_go_and_a_third_moves_up_in_order() {
    let scene = Scene::kebumen().await;
    let (mut first, mut second) = (scene.laptop(AYAH).await, scene.laptop(ROWOKELE).await);
    let one = first.release(people::farmer(AYAH, 1));
    let two = first.release(people::farmer(AYAH, 1));
    sync(&scene, &mut first).await;
    assert!(words(&answer(&first, two).1).contains("desa Anda"), "also within one village");
    let three = second.release(people::farmer(ROWOKELE, 1));
    sync(&scene, &mut second).await;
    first.end(one, one, EndKind::Died);
    sync(&scene, &mut first).await;
    sync(&scene, &mut second).await;
    assert_eq!(answer(&first, two).0, Answer::Arrived);
    assert_eq!(answer(&second, three).0, Answer::DuplicateNik);
    first.end(two, two, EndKind::Cancelled);
    sync(&scene, &mut first).await;
    sync(&scene, &mut second).await;
    assert_eq!(answer(&second, three).0, Answer::Arrived);
    let status = report::status(&scene.office()).unwrap();
    assert_eq!((status.people["berakhir"], status.people["dibatalkan"]), (1, 1));
}

#[tokio::test(flavor = "multi_thread")]
async fn two_versions_over_the_same_one_are_named_until_one_is_kept() {
    let scene = Scene::kebumen().await;
    let mut laptop = scene.laptop(AYAH).await;
    let person = laptop.release(people::farmer(AYAH, 1));
    let left = laptop.correct(person, person, &[(Field::Workplace, "Sawah Lor")]);
    let right = laptop.correct(person, person, &[(Field::Workplace, "Sawah Kidul")]);
    sync(&scene, &mut laptop).await;
    let (said, reasons) = answer(&laptop, right);
    assert_eq!(said, Answer::NeedsFix);
    assert!(reasons[0].message.contains("dua isian"));
    assert!(laptop.answer(left).is_none());
    let kept = laptop.choose(person, right, vec![left], &[(Field::Workplace, "Sawah Lor")]);
    sync(&scene, &mut laptop).await;
    assert_eq!(answer(&laptop, kept).0, Answer::Arrived);
}

#[tokio::test(flavor = "multi_thread")]
async fn statements_are_kept_and_a_wrong_signature_is_said() {
    let scene = Scene::kebumen().await;
    let mut laptop = scene.laptop(AYAH).await;
    let head = SigningKey::generate(&SystemRandom);
    let (name, title) = ("Kepala Contoh".to_owned(), "Kepala Desa".to_owned());
    laptop.write(Event::HeadKeyIntroduced { name, title, key: head.public() });
    let good = laptop.release(people::farmer(AYAH, 1));
    let bad = laptop.release(people::farmer(AYAH, 2));
    let unknown = laptop.release(people::farmer(AYAH, 3));
    let stamped = laptop.write(Event::StatementSigned { statement: statement(good).signed(&head) });
    laptop.write(Event::StatementStamped { statement: stamped, on: today(), stamp: None });
    let mut altered = statement(bad).signed(&head);
    altered.document[0] ^= 1;
    laptop.write(Event::StatementSigned { statement: altered });
    let stranger = SigningKey::generate(&SystemRandom);
    laptop.write(Event::StatementSigned { statement: statement(unknown).signed(&stranger) });
    sync(&scene, &mut laptop).await;
    let (said, reasons) = answer(&laptop, good);
    assert_eq!(said, Answer::Arrived);
    assert!(words(&reasons).contains("belum disahkan"), "the officer has not seen the head yet");
    assert!(words(&answer(&laptop, bad).1).contains("tidak cocok dengan isinya"));
    assert!(words(&answer(&laptop, unknown).1).contains("belum dikenal"));
    assert_eq!(report::status(&scene.office()).unwrap().entries, 9, "all of it is kept");
}

fn statement(person: EntityId) -> SignedStatement {
    SignedStatement {
        number: "460/12/2001/XI/2026".into(),
        collective: false,
        signed_on: today(),
        people: vec![(person, person)],
        struck: vec![],
        document: [3; 32],
        signer: "Kepala Contoh".into(),
        title: "Kepala Desa".into(),
        key: SigningKey::generate(&SystemRandom).public(),
        regulation: regulation(),
        office: "Pemerintah Desa Contoh".into(),
        signature: Signature::from_bytes([0; 64]),
        seal: None,
        replaces: Vec::new(),
    }
}

fn words(reasons: &[Reason]) -> String {
    reasons.iter().map(|reason| reason.message.as_str()).collect::<Vec<_>>().join(" | ")
}
