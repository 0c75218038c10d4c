//! Rounds: several devices of a village over one district.

use crate::support::member::Member;
use crate::support::{AYAH, ROWOKELE, Scene, people};
use payung_district::enrolment::{self, Revocation};
use payung_district::{device, report};
use payung_domain::{Answer, Field};
use payung_journal::{Event, Proof, RefusalCode};

#[tokio::test(flavor = "multi_thread")]
async fn what_one_laptop_wrote_the_other_gets_under_receipt() {
    let scene = Scene::kebumen().await;
    let (mut first, mut second) = (Member::of(&scene, AYAH).await, Member::of(&scene, AYAH).await);
    let people: Vec<_> = (1..=30).map(|serial| first.release(people::farmer(AYAH, serial))).collect();
    let answer = first.round(&scene).await;
    assert!(answer.stands.is_none() && answer.refusals.is_empty());
    let receipt = &answer.receipts[0];
    assert_eq!((answer.receipts.len(), receipt.series, receipt.seq), (1, first.own, 31));
    assert!(
        matches!(&receipt.proof, Proof::Together(together) if together.claims.len() == 2),
        "one signature under the receipt and the decisions"
    );
    assert_eq!(answer.total, Some(first.total()));
    assert_eq!(first.answers(people[0])[0].0, Answer::Arrived);

    second.release(people::farmer(AYAH, 31));
    second.sync(&scene).await;
    assert_eq!(second.chains[&first.own].bodies, first.chains[&first.own].bodies, "byte for byte");
    first.sync(&scene).await;
    assert_eq!(first.total(), second.total());
    let silent = first.round(&scene).await;
    assert!(silent.total.is_none() && silent.frames.is_empty() && silent.receipts.is_empty());
    let status = report::status(&scene.office()).unwrap();
    assert_eq!((status.people_total, status.entries, status.entries_receipted), (31, 33, 33));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_round_whose_answer_was_lost_gets_the_same_receipt_again() {
    let scene = Scene::kebumen().await;
    let mut laptop = Member::of(&scene, AYAH).await;
    laptop.release(people::farmer(AYAH, 1));
    let bytes = laptop.signed(&laptop.request());
    for _ in 0..2 {
        assert_eq!(laptop.send(&scene, bytes.clone()).await.status(), 200);
    }
    scene.clock.advance_days(1);
    let again = laptop.round(&scene).await;
    let enrolled = again.at.millis() - again.receipts[0].at.millis();
    assert_eq!(enrolled, 86_400_000, "dated when it came first");
    let status = report::status(&scene.office()).unwrap();
    assert_eq!((status.entries, status.people_total, status.receipts), (2, 1, 1));
}

#[tokio::test(flavor = "multi_thread")]
async fn two_versions_need_a_person_and_the_one_that_replaces_both_is_judged() {
    let scene = Scene::kebumen().await;
    let (mut first, mut second) = (Member::of(&scene, AYAH).await, Member::of(&scene, AYAH).await);
    let person = first.release(people::farmer(AYAH, 1));
    first.sync(&scene).await;
    second.sync(&scene).await;
    let north = first.correct(person, person, vec![], (Field::Workplace, "Sawah Lor"));
    let south = second.correct(person, person, vec![], (Field::Workplace, "Sawah Kidul"));
    first.sync(&scene).await;
    second.sync(&scene).await;
    let (answer, reasons) = second.answers(south).pop().unwrap();
    assert_eq!(answer, Answer::NeedsFix);
    assert!(reasons[0].message.contains("Ada dua isian"));
    let third = second.correct(person, south, vec![], (Field::Income, "800000"));
    second.sync(&scene).await;
    assert_eq!(second.answers(third).pop().unwrap().0, Answer::NeedsFix, "one of both goes on: still two");
    let chosen = second.correct(person, third, vec![north], (Field::Workplace, "Sawah Lor"));
    second.sync(&scene).await;
    assert_eq!(second.answers(chosen).pop().unwrap(), (Answer::Arrived, vec![]));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_village_reads_and_writes_its_own_series_only() {
    let scene = Scene::kebumen().await;
    let (mut ours, mut theirs) = (Member::of(&scene, AYAH).await, Member::of(&scene, ROWOKELE).await);
    ours.release(people::farmer(AYAH, 1));
    ours.sync(&scene).await;
    theirs.sync(&scene).await;
    assert!(!theirs.chains.contains_key(&ours.own));
    let mut request = theirs.request();
    request.push = vec![ours.frame(ours.own, 1)];
    request.checkpoints = vec![ours.checkpoint(ours.own)];
    let response = theirs.send(&scene, theirs.signed(&request)).await;
    let bytes = response.bytes().await.unwrap();
    let answer = payung_journal::RoundAnswer::decode(&bytes, &request, &theirs).unwrap();
    assert_eq!(answer.refusals[0].code, RefusalCode::Foreign);
    request.push.clear();
    request.checkpoints.clear();
    request.have.push(payung_journal::Position {
        series: ours.own,
        seq: 2,
        head: payung_journal::Known::head_at(&ours, ours.own, 2).unwrap(),
    });
    let response = theirs.send(&scene, theirs.signed(&request)).await;
    let bytes = response.bytes().await.unwrap();
    let answer = payung_journal::RoundAnswer::decode(&bytes, &request, &theirs).unwrap();
    let stands = answer.stands.expect("a place of another village is no common place");
    assert!(stands.iter().all(|place| place.series != ours.own), "and is not shown");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_second_language_carries_no_header_that_nobody_reads() {
    let scene = Scene::kebumen().await;
    let mut laptop = Member::of(&scene, AYAH).await;
    laptop.sync(&scene).await;
    let response = laptop.send(&scene, laptop.signed(&laptop.request())).await;
    let names: Vec<&str> = response.headers().keys().map(|name| name.as_str()).collect();
    assert_eq!(names, ["content-length"]);
    let length = response.bytes().await.unwrap().len();
    assert!(length < 16, "an answer without news is {length} bytes");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_revoked_laptop_is_listed_with_what_it_held_and_says_no_more() {
    let scene = Scene::kebumen().await;
    let (mut lost, mut other) = (Member::of(&scene, AYAH).await, Member::of(&scene, AYAH).await);
    for serial in 1..=3 {
        other.release(people::farmer(AYAH, serial));
    }
    other.sync(&scene).await;
    let person = lost.release(people::farmer(AYAH, 4));
    lost.sync(&scene).await;
    other.sync(&scene).await;
    let office = scene.office();
    let order = Revocation { device: lost.device, officer: "Rina", note: Some("Dicuri di pasar") };
    enrolment::revoke(&office, &order).unwrap();
    enrolment::revoke(&office, &order).unwrap();
    let listed = device::devices(&office, None).unwrap();
    let row = listed.iter().find(|row| row.id == lost.device.to_string()).unwrap();
    assert_eq!((row.people_seen, row.entries, row.revoked_by.as_deref()), (4, 2, Some("Rina")));

    let unsent = lost.release(people::farmer(AYAH, 5));
    let refused = lost.send(&scene, lost.signed(&lost.request())).await;
    assert_eq!(
        (refused.status().as_u16(), &refused.headers()["payung-code"]),
        (403, &"revoked".parse().unwrap())
    );
    // Nor does anybody else bring it.
    let mut carrying = other.clone();
    carrying.chains.insert(lost.own, lost.chains[&lost.own].clone());
    let mut request = other.request();
    request.push = vec![lost.frame(lost.own, 3)];
    request.checkpoints = vec![lost.checkpoint(lost.own)];
    let bytes = other.send(&scene, other.signed(&request)).await.bytes().await.unwrap();
    let answer = payung_journal::RoundAnswer::decode(&bytes, &request, &other).unwrap();
    assert_eq!(answer.refusals[0].code, RefusalCode::Foreign);
    other.sync(&scene).await;
    let told = other.decisions().into_iter().filter(
        |event| matches!(event, Event::DeviceRevoked { device, note, .. } if *device == lost.device && note == "Dicuri di pasar"),
    );
    assert_eq!(told.count(), 1, "the village is told once");
    assert_eq!(other.answers(person).len(), 1, "what it sent before stays");
    assert!(other.answers(unsent).is_empty());
}
