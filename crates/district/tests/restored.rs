//! A district that was put back from a copy: what it forgot comes back from its villages, whoever wrote it.

use crate::support::member::Member;
use crate::support::{AYAH, Scene, people};
use payung_district::officer::{self, Order, Outcome, Whom};
use payung_district::{backup, report};
use payung_domain::{Answer, Field, Timestamp};
use payung_journal::{Carried, Continues, EntityId, Entry, Event, RoundAnswer};
use std::path::Path;

fn pass(scene: &Scene, person: EntityId) {
    let order =
        Order { whom: Whom::Person(person), outcome: Outcome::Passed, reason: None, officer: "Rina".into() };
    officer::decide(&scene.office(), &order).unwrap();
}

fn state(scene: &Scene, person: EntityId) -> officer::CaseState {
    officer::cases(&scene.office(), None)
        .unwrap()
        .into_iter()
        .find(|case| case.person == person)
        .unwrap()
        .state
}

/// The folder as it is now, with nobody writing.
async fn copied(scene: &mut Scene, to: &Path) {
    scene.stop().await;
    std::fs::create_dir_all(to).unwrap();
    for file in std::fs::read_dir(scene.data()).unwrap() {
        let file = file.unwrap();
        std::fs::copy(file.path(), to.join(file.file_name())).unwrap();
    }
    scene.start().await;
}

async fn put_back(scene: &mut Scene, from: &Path) {
    scene.stop().await;
    std::fs::remove_dir_all(scene.data()).unwrap();
    std::fs::rename(from, scene.data()).unwrap();
    scene.start().await;
}

/// Whether a new series of decisions begins that holds nothing again.
fn goes_on(event: &Event) -> bool {
    matches!(event, Event::SeriesOpened { continues: Some(continues), .. } if continues.reentered == 0)
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_copied_back_district_forgot_comes_back_from_any_laptop() {
    let mut scene = Scene::kebumen().await;
    let (mut first, mut second) = (Member::of(&scene, AYAH).await, Member::of(&scene, AYAH).await);
    let early = first.release(people::farmer(AYAH, 1));
    first.sync(&scene).await;
    second.sync(&scene).await;
    let copy = scene.folder.path().join("copy");
    copied(&mut scene, &copy).await;

    let late = first.release(people::farmer(AYAH, 2));
    let corrected = first.correct(early, early, vec![], (Field::Workplace, "Sawah Lor"));
    first.sync(&scene).await;
    pass(&scene, late);
    second.sync(&scene).await;
    let before = second.decisions();

    put_back(&mut scene, &copy).await;
    // The laptop that wrote it burnt: the other one carries everything.
    let answer = second.round(&scene).await;
    assert!(answer.stands.is_some(), "the district does not stand where it is thought to");
    let answer = second.round(&scene).await;
    assert!(answer.refusals.is_empty(), "{:?}", answer.refusals);
    second.sync(&scene).await;
    let after = second.decisions();
    let (new, told): (Vec<Event>, Vec<Event>) = after.into_iter().partition(goes_on);
    assert_eq!(told, before, "nothing was answered twice");
    assert_eq!(new.len(), 1, "every device learns from a new series that the district was put back");
    let told = second.decisions().into_iter().filter(|event| matches!(event, Event::Answered { .. })).count();
    assert_eq!(told, 4, "three versions and one officer");
    assert_eq!(state(&scene, late).words(), "lolos verifikasi", "an officer's word comes back too");
    assert_eq!(second.answers(corrected).len(), 1);
    first.sync(&scene).await;
    assert_eq!(first.total(), second.total());
}

#[tokio::test(flavor = "multi_thread")]
async fn an_officers_word_about_a_correction_comes_back_together_with_the_person() {
    let mut scene = Scene::kebumen().await;
    let mut laptop = Member::of(&scene, AYAH).await;
    laptop.sync(&scene).await;
    let copy = scene.folder.path().join("copy");
    copied(&mut scene, &copy).await;
    let person = laptop.release(people::farmer(AYAH, 1));
    laptop.correct(person, person, vec![], (Field::Workplace, "Sawah Lor"));
    laptop.sync(&scene).await;
    pass(&scene, person);
    laptop.sync(&scene).await;
    let before = laptop.decisions();

    // Decisions, the person and the correction reach the district in one request.
    put_back(&mut scene, &copy).await;
    laptop.sync(&scene).await;
    assert_eq!(state(&scene, person).words(), "lolos verifikasi");
    let after = laptop.decisions().into_iter().filter(|event| !goes_on(event)).collect::<Vec<_>>();
    assert_eq!(after, before, "nothing was answered again");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_districts_own_decisions_brought_to_it_get_the_same_receipt_each_time() {
    let scene = Scene::kebumen().await;
    let mut laptop = Member::of(&scene, AYAH).await;
    laptop.release(people::farmer(AYAH, 1));
    laptop.sync(&scene).await;
    let decisions = *laptop.chains.keys().find(|id| **id != laptop.own).unwrap();
    let mut request = laptop.request();
    request.push.push(laptop.frame(decisions, 1));
    request.checkpoints.push(laptop.checkpoint(decisions));
    let mut dates = Vec::new();
    for _ in 0..2 {
        let response = laptop.send(&scene, laptop.signed(&request)).await;
        let answer = RoundAnswer::decode(&response.bytes().await.unwrap(), &request, &laptop).unwrap();
        let receipt = answer.receipts.into_iter().find(|receipt| receipt.series == decisions).unwrap();
        dates.push(receipt.at);
        tokio::time::sleep(std::time::Duration::from_millis(5)).await;
    }
    assert_eq!(dates[0], dates[1], "a receipt is dated when the district first had what it names");
}

#[tokio::test(flavor = "multi_thread")]
async fn decisions_of_two_pasts_stand_side_by_side_and_none_is_lost() {
    let mut scene = Scene::kebumen().await;
    let (mut first, mut second) = (Member::of(&scene, AYAH).await, Member::of(&scene, AYAH).await);
    let person = first.release(people::farmer(AYAH, 1));
    first.sync(&scene).await;
    second.sync(&scene).await;
    let copy = scene.folder.path().join("copy");
    copied(&mut scene, &copy).await;
    pass(&scene, person);
    let other = first.release(people::farmer(AYAH, 2));
    first.sync(&scene).await;

    put_back(&mut scene, &copy).await;
    let third = second.release(people::farmer(AYAH, 3));
    second.sync(&scene).await;
    assert_eq!(state(&scene, person).words(), "sudah sampai di kabupaten");
    first.sync(&scene).await;
    second.sync(&scene).await;
    first.sync(&scene).await;
    assert_eq!(first.total(), second.total());
    assert_eq!(state(&scene, person).words(), "lolos verifikasi");
    for (version, answers) in [(person, 2), (other, 1), (third, 1)] {
        assert_eq!(first.answers(version).len(), answers, "each answer is there once");
    }
    let status = report::status(&scene.office()).unwrap();
    assert_eq!((status.people_total, status.entries, status.entries_receipted), (3, 5, 5));
}

#[tokio::test(flavor = "multi_thread")]
async fn invented_decisions_under_an_old_word_of_the_district_are_no_branch_of_its() {
    let scene = Scene::kebumen().await;
    let mut laptop = Member::of(&scene, AYAH).await;
    let person = laptop.release(people::farmer(AYAH, 1));
    laptop.release(people::farmer(AYAH, 2));
    laptop.sync(&scene).await;
    let before = report::status(&scene.office()).unwrap();
    let decisions = *laptop.chains.keys().find(|id| **id != laptop.own).unwrap();
    let genuine = laptop.checkpoint(decisions);
    let invented = Event::Answered {
        person,
        version: person,
        answer: Answer::Passed,
        reasons: vec![],
        officer: Some("Rina".into()),
        regulation: crate::support::laptop::regulation(),
    };
    let body = Entry::new(Timestamp(1_900_000_000_000), "Rina", invented).encode_checked().unwrap();
    // Of all lengths up to the signed place, which the district knows.
    for entries in 1..=2_usize {
        let mut frame = laptop.frame(decisions, 2);
        frame.entries.truncate(entries);
        for entry in &mut frame.entries {
            let Carried::Body { body: kept, .. } = entry else { panic!() };
            kept.clone_from(&body);
        }
        let mut request = laptop.request();
        let place = request.have.iter_mut().find(|place| place.series == decisions).unwrap();
        (place.seq, place.head) = (1, frame.base);
        request.push = vec![frame];
        request.checkpoints = vec![genuine.clone()];
        let bytes = laptop.send(&scene, laptop.signed(&request)).await.bytes().await.unwrap();
        let answer = RoundAnswer::decode(&bytes, &request, &laptop).unwrap();
        assert_eq!(answer.refusals.len(), 1, "{entries} entries");
    }
    let after = report::status(&scene.office()).unwrap();
    assert_eq!((before.decisions, before.people), (after.decisions, after.people));
    assert_eq!(state(&scene, person).words(), "sudah sampai di kabupaten");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_put_back_goes_on_in_new_series_of_decisions() {
    let mut scene = Scene::kebumen().await;
    let mut laptop = Member::of(&scene, AYAH).await;
    let person = laptop.release(people::farmer(AYAH, 1));
    laptop.sync(&scene).await;
    let file = scene.folder.path().join("kabupaten.cadangan");
    let facts = backup::backup(&scene.office(), &file).unwrap();
    assert_eq!((facts.people, facts.entries), (1, 2));
    assert!(backup::backup(&scene.office(), &file).is_err(), "nothing is overwritten");
    let late = laptop.release(people::farmer(AYAH, 2));
    laptop.sync(&scene).await;
    pass(&scene, late);
    laptop.sync(&scene).await;

    scene.stop().await;
    let mut damaged = std::fs::read(&file).unwrap();
    damaged[5_000] ^= 1;
    let bad = scene.folder.path().join("rusak");
    std::fs::write(&bad, &damaged).unwrap();
    std::fs::write(scene.folder.path().join("terpotong"), &damaged[..damaged.len() / 2]).unwrap();
    for file in [bad, scene.folder.path().join("terpotong"), scene.data().join("district.key")] {
        let into = scene.folder.path().join("baru");
        assert!(backup::restore(&file, &into, scene.tools()).is_err());
        assert!(!into.join("district.db").exists(), "half a district is none");
    }
    assert!(backup::restore(&file, &scene.data(), scene.tools()).is_err(), "a district is not overwritten");
    std::fs::remove_dir_all(scene.data()).unwrap();
    let facts = backup::restore(&file, &scene.data(), scene.tools()).unwrap();
    assert_eq!((facts.villages, facts.entries), (1, 2));
    scene.start().await;

    let new = laptop.release(people::farmer(AYAH, 3));
    laptop.sync(&scene).await;
    assert_eq!(state(&scene, late).words(), "lolos verifikasi");
    for version in [person, new] {
        assert_eq!(laptop.answers(version).len(), 1);
    }
    assert_eq!(laptop.decisions().iter().filter(|event| goes_on(event)).count(), 1);
    assert_eq!(report::status(&scene.office()).unwrap().people_total, 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_entry_that_names_one_not_yet_here_waits_for_it() {
    let mut scene = Scene::kebumen().await;
    let (mut first, mut second) = (Member::of(&scene, AYAH).await, Member::of(&scene, AYAH).await);
    first.sync(&scene).await;
    second.sync(&scene).await;
    let copy = scene.folder.path().join("copy");
    copied(&mut scene, &copy).await;
    let person = first.release(people::farmer(AYAH, 1));
    first.sync(&scene).await;
    second.sync(&scene).await;
    let version = second.correct(person, person, vec![], (Field::Workplace, "Sawah Lor"));
    let newest = second.correct(person, version, vec![], (Field::Income, "900000"));
    second.sync(&scene).await;

    put_back(&mut scene, &copy).await;
    // Only its own series comes first; what it names is on the other laptop.
    let mut alone = second.clone();
    alone.chains.retain(|id, _| *id == second.own);
    alone.chains.get_mut(&second.own).unwrap().held = 1;
    let answer = alone.send(&scene, alone.signed(&alone.request())).await;
    assert_eq!(answer.status(), 200);
    let status = report::status(&scene.office()).unwrap();
    assert_eq!((status.people_total, status.entries_waiting), (0, 2), "kept, without an effect yet");
    first.sync(&scene).await;
    let status = report::status(&scene.office()).unwrap();
    assert_eq!((status.people_total, status.entries_waiting), (1, 0));
    second.sync(&scene).await;
    assert_eq!(second.answers(newest).last().unwrap().0, Answer::Arrived);
    let case = officer::cases(&scene.office(), None).unwrap().remove(0);
    assert_eq!((case.person, case.version), (person, newest));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cloned_disk_enters_its_branch_again_and_the_district_reads_what_it_names() {
    let scene = Scene::kebumen().await;
    let mut laptop = Member::of(&scene, AYAH).await;
    let shared = laptop.release(people::farmer(AYAH, 1));
    laptop.sync(&scene).await;
    let mut clone = laptop.clone();
    laptop.release(people::farmer(AYAH, 2));
    laptop.sync(&scene).await;

    let (own, common) = (clone.own, clone.chains[&clone.own].length());
    let lost = clone.release(people::farmer(AYAH, 3));
    let renamed = clone.correct(lost, lost, vec![], (Field::Workplace, "Kebun"));
    clone.correct(shared, shared, vec![], (Field::Workplace, "Sawah Lor"));
    let answer = clone.round(&scene).await;
    assert_eq!(answer.refusals[0].code, payung_journal::RefusalCode::Fork);
    // It was cut back to the district's branch in that round; its own entries come again.
    let mut again = laptop.clone();
    again.chains.get_mut(&own).unwrap().cut(common);
    let head = payung_journal::Known::head_at(&again, own, common).unwrap();
    let mut healed = clone.clone();
    healed.open(Some(Continues { series: own, seq: common, head, signature: None, reentered: 3 }));
    let person = EntityId::new(healed.own, 2);
    let same = healed.release(people::farmer(AYAH, 3));
    assert_eq!(same, person);
    let version = healed.correct(lost, lost, vec![], (Field::Workplace, "Kebun"));
    let other = healed.correct(shared, shared, vec![], (Field::Workplace, "Sawah Lor"));
    let later = healed.correct(person, version, vec![], (Field::Income, "900000"));
    healed.sync(&scene).await;
    assert_eq!(renamed.seq, version.seq + common - 1);
    assert_eq!(healed.answers(later).last().unwrap().0, Answer::Arrived);
    assert_eq!(healed.answers(other).last().unwrap().0, Answer::Arrived);
    let status = report::status(&scene.office()).unwrap();
    assert_eq!((status.people_total, status.entries_waiting), (3, 0));
}
