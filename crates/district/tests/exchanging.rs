//! What a laptop pushes is stored once, in order, byte for byte, or not at all.

use crate::support::{AYAH, Laptop, ROWOKELE, Scene, people};
use payung_district::report::{self, Status};
use payung_district::store;
use payung_domain::Field;
use payung_journal::{
    Carried, Checkpoint, Continues, EntityId, Event, ExchangeRequest, MESSAGE_BYTES_MAX, Position,
    RefusalCode, Salt, SaltSource, SeriesId, SeriesKind, SignedRequest,
};
use payung_keys::SigningKey;
use payung_system::SystemRandom;

fn status(scene: &Scene) -> Status {
    report::status(&scene.office()).unwrap()
}

/// Asserts that the district holds exactly what the laptop wrote, and that its own chain agrees.
fn holds(scene: &Scene, laptop: &Laptop) {
    let district = scene.office();
    let heads = laptop.heads();
    store::view(&*district.store, |reads| {
        let series = reads.series(laptop.series)?.expect("the series is there");
        assert_eq!((series.length, series.head), (laptop.length(), heads[laptop.bodies.len()]));
        for (index, row) in reads.entries(laptop.series, 1, u64::MAX)?.iter().enumerate() {
            let store::Content::Body { body, .. } = &row.content else { panic!("erased") };
            assert_eq!(body, &laptop.bodies[index], "entry {} byte for byte", index + 1);
            assert_eq!(row.head, heads[index + 1]);
        }
        Ok(())
    })
    .unwrap();
}

async fn refused(scene: &Scene, laptop: &Laptop, request: &ExchangeRequest) -> RefusalCode {
    let before = status(scene);
    let answer = scene.exchange(laptop.signed(request)).await;
    assert_eq!(answer.refusals.len(), 1, "{:?}", answer.refusals);
    let after = status(scene);
    assert_eq!(
        (before.entries, before.receipts, before.decisions, before.people_total),
        (after.entries, after.receipts, after.decisions, after.people_total),
        "a refusal changes nothing"
    );
    let code = answer.refusals[0].code;
    let word = format!("refused device={} series=", laptop.device);
    assert!(scene.logged(&word) && scene.logged(&format!("code={}", format!("{code:?}").to_lowercase())));
    code
}

#[tokio::test(flavor = "multi_thread")]
async fn everything_pushed_is_held_byte_for_byte_under_one_receipt() {
    let scene = Scene::kebumen().await;
    let mut laptop = scene.laptop(AYAH).await;
    for serial in 1..=150 {
        laptop.release(people::farmer(AYAH, serial));
    }
    let answer = scene.exchange(laptop.bytes()).await;
    assert!(answer.refusals.is_empty());
    let receipt = answer.receipts[0].clone();
    receipt.verify(&scene.office().key().public()).unwrap();
    assert_eq!((receipt.series, receipt.seq, receipt.head), (laptop.series, 151, laptop.heads()[151]));
    assert_eq!(answer.held, [Position { series: laptop.series, seq: 151, head: laptop.heads()[151] }]);
    holds(&scene, &laptop);

    let again = scene.exchange(laptop.bytes()).await;
    assert_eq!(again.receipts, answer.receipts, "the repeat gets the same receipt");
    let status = status(&scene);
    assert_eq!((status.entries, status.entries_receipted, status.receipts), (151, 151, 1));
    assert_eq!(status.people["sudah sampai di kabupaten"], 150);
}

#[tokio::test(flavor = "multi_thread")]
async fn later_entries_follow_and_an_older_repeat_gets_its_old_receipt() {
    let scene = Scene::kebumen().await;
    let mut laptop = scene.laptop(AYAH).await;
    laptop.release(people::farmer(AYAH, 1));
    let old = laptop.bytes();
    let first = scene.exchange(old.clone()).await;
    for serial in 2..=80 {
        laptop.release(people::farmer(AYAH, serial));
    }
    let second = scene.exchange(laptop.signed(&laptop.request_from(3))).await;
    assert_eq!(second.receipts[0].seq, 81);
    holds(&scene, &laptop);
    let replayed = scene.exchange(old).await;
    assert_eq!(replayed.receipts, first.receipts);
    assert_eq!(replayed.held[0].seq, 81, "and says what it really holds");
    assert!(replayed.refusals.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_device_that_remembers_less_gets_a_receipt_that_it_can_check() {
    let scene = Scene::kebumen().await;
    let mut laptop = scene.laptop(AYAH).await;
    laptop.release(people::farmer(AYAH, 1));
    let old = laptop.clone();
    laptop.release(people::farmer(AYAH, 2));
    let whole = scene.exchange(laptop.bytes()).await;
    scene.clock.advance_days(1);
    let receipt = scene.exchange(old.bytes()).await.receipts.remove(0);
    receipt.verify(&scene.office().key().public()).unwrap();
    assert_eq!((receipt.seq, receipt.head, receipt.at), (2, old.heads()[2], whole.receipts[0].at));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_push_in_parallel_is_stored_once_under_one_receipt() {
    let scene = Scene::kebumen().await;
    let mut laptop = scene.laptop(AYAH).await;
    for serial in 1..=50 {
        laptop.release(people::farmer(AYAH, serial));
    }
    let client = scene.client();
    let sends = (0..16).map(|_| {
        let sent = client.post(scene.url("/v1/exchange")).body(laptop.bytes()).send();
        tokio::spawn(async move { sent.await.unwrap().bytes().await.unwrap() })
    });
    let mut receipts = Vec::new();
    for send in sends.collect::<Vec<_>>() {
        receipts.push(payung_journal::ExchangeAnswer::decode(&send.await.unwrap()).unwrap().receipts);
    }
    assert!(receipts.iter().all(|other| *other == receipts[0] && other.len() == 1));
    holds(&scene, &laptop);
    assert_eq!((status(&scene).receipts, status(&scene).people_total), (1, 50));
}

#[tokio::test(flavor = "multi_thread")]
async fn gap_fork_forgery_and_foreign_series_change_nothing_and_are_named() {
    let scene = Scene::kebumen().await;
    let mut laptop = scene.laptop(AYAH).await;
    laptop.release(people::farmer(AYAH, 1));
    scene.exchange(laptop.bytes()).await;
    let held = laptop.clone();
    for serial in 2..=4 {
        laptop.release(people::farmer(AYAH, serial));
    }

    assert_eq!(refused(&scene, &laptop, &laptop.request_from(4)).await, RefusalCode::Gap);

    let mut fork = held.clone();
    fork.bodies.pop();
    fork.release(people::farmer(AYAH, 9));
    fork.release(people::farmer(AYAH, 10));
    assert_eq!(refused(&scene, &fork, &fork.request()).await, RefusalCode::Fork);
    let mut believes = ExchangeRequest::new(fork.device, payung_domain::Timestamp(0));
    believes.have = vec![Position { series: fork.series, seq: 2, head: fork.heads()[2] }];
    assert_eq!(
        refused(&scene, &fork, &believes).await,
        RefusalCode::Fork,
        "a cloned disk is recognised by its head"
    );

    let mut forged = laptop.request();
    let stranger = SigningKey::generate(&SystemRandom);
    forged.checkpoints = vec![Checkpoint::sign(&stranger, laptop.series, 5, laptop.heads()[5])];
    assert_eq!(refused(&scene, &laptop, &forged).await, RefusalCode::BadSignature);
    forged.checkpoints.clear();
    assert_eq!(refused(&scene, &laptop, &forged).await, RefusalCode::BadSignature);

    let mut altered = laptop.request();
    if let Carried::Body { body, .. } = &mut altered.push[0].entries[3] {
        *body.last_mut().unwrap() ^= 1;
    }
    assert_eq!(refused(&scene, &laptop, &altered).await, RefusalCode::Altered);

    let mut short = laptop.request();
    short.push = vec![laptop.frame(1, 4)];
    assert_eq!(refused(&scene, &laptop, &short).await, RefusalCode::Truncated);

    let thief = scene.laptop(ROWOKELE).await;
    let mut stolen = laptop.request();
    stolen.device = thief.device;
    stolen.checkpoints = vec![Checkpoint::sign(&thief.key, laptop.series, 5, laptop.heads()[5])];
    assert_eq!(refused(&scene, &thief, &stolen).await, RefusalCode::Foreign);

    let good = scene.exchange(laptop.signed(&laptop.request_from(3))).await;
    assert!(good.refusals.is_empty(), "after all of that the honest push still goes through");
    holds(&scene, &laptop);
    assert!(
        !scene.log_text().contains("Slamet") && !scene.log_text().contains("330501150685"),
        "no personal data"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_series_must_be_shared_and_of_the_devices_own_village() {
    let scene = Scene::kebumen().await;
    let laptop = scene.laptop(AYAH).await;
    for (kind, village) in
        [(SeriesKind::Local, AYAH), (SeriesKind::Decisions, AYAH), (SeriesKind::Shared, ROWOKELE)]
    {
        let mut other = laptop.clone();
        other.series = SeriesId::generate(&SystemRandom);
        other.bodies.clear();
        let village = payung_domain::VillageCode::parse(village).unwrap();
        other.write(Event::SeriesOpened { kind, village, key: laptop.key.public(), continues: None });
        assert_eq!(
            refused(&scene, &other, &other.request()).await,
            RefusalCode::Foreign,
            "{kind:?} {village}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn one_bad_series_stops_no_other() {
    let scene = Scene::kebumen().await;
    let mut good = scene.laptop(AYAH).await;
    good.release(people::farmer(AYAH, 1));
    let mut bad = good.clone();
    bad.series = SeriesId::generate(&SystemRandom);
    let mut request = good.request();
    request.push.push(bad.frame(2, 2));
    request.checkpoints.push(bad.checkpoint(2));
    let answer = scene.exchange(good.signed(&request)).await;
    assert_eq!((answer.refusals.len(), answer.refusals[0].series), (1, bad.series));
    assert_eq!((answer.receipts.len(), answer.receipts[0].seq), (1, 2));
    holds(&scene, &good);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_understood_is_kept_and_receipted() {
    let scene = Scene::kebumen().await;
    let mut laptop = scene.laptop(AYAH).await;
    laptop.write(Event::Unknown { kind: 900, body: b"of a newer program".to_vec() });
    laptop.bodies.push(b"\xff\xff no entry at all".to_vec());
    let ghost = EntityId::new(laptop.series, 2);
    let orphan = laptop.correct(ghost, ghost, &[(Field::Name, "Tak Ada")]);
    let person = laptop.release(people::farmer(AYAH, 1));
    let mut request = laptop.request();
    // A village that erased a neighbour gives the salt of an entry by itself.
    let Carried::Body { salt: seeded, .. } = laptop.carried(2) else { panic!() };
    let own: Salt = seeded.salt(2);
    if let Carried::Body { salt, .. } = &mut request.push[0].entries[1] {
        *salt = SaltSource::Own(own);
    }
    let answer = scene.exchange(laptop.signed(&request)).await;
    assert_eq!(answer.receipts[0].seq, 5);
    holds(&scene, &laptop);
    laptop.learn(&answer, &scene.office().key().public());
    let (said, reasons) = laptop.answer(orphan).expect("the entry without effect is named");
    assert_eq!(said, payung_domain::Answer::NeedsFix);
    assert!(reasons[0].message.contains("tidak ada di kabupaten"));
    assert_eq!(laptop.answer(person).unwrap().0, payung_domain::Answer::Arrived, "and stops nobody else");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_restored_register_goes_on_in_a_series_that_the_old_key_vouches_for() {
    let scene = Scene::kebumen().await;
    let mut old = scene.laptop(AYAH).await;
    let person = old.release(people::farmer(AYAH, 1));
    scene.exchange(old.bytes()).await;

    let mut new = Laptop::new(AYAH);
    new.device = old.device;
    new.bodies.clear();
    let (series, key) = (new.series, new.key.public());
    let continues = Continues::sign(&old.key, old.series, 2, old.heads()[2], series, &key);
    new.write(Event::SeriesOpened {
        kind: SeriesKind::Shared,
        village: new.village,
        key,
        continues: Some(continues),
    });
    let version = new.correct(person, person, &[(Field::Workplace, "Sawah Lor")]);
    let answer = scene.exchange(old.signed(&new.request())).await;
    assert!(answer.refusals.is_empty(), "{:?}", answer.refusals);
    holds(&scene, &new);
    old.learn(&answer, &scene.office().key().public());
    assert!(old.answer(version).is_some(), "a person goes on across series");

    let mut usurper = Laptop::new(AYAH);
    usurper.device = old.device;
    usurper.release(people::farmer(AYAH, 3));
    let request = usurper.request();
    assert_eq!(
        refused(&scene, &Laptop { key: old.key.clone(), ..usurper.clone() }, &request).await,
        RefusalCode::BadSignature
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_cut_or_altered_anywhere_is_turned_away() {
    let scene = Scene::kebumen().await;
    let mut laptop = scene.laptop(AYAH).await;
    laptop.release(people::farmer(AYAH, 1));
    let whole = laptop.bytes();
    let client = scene.client();
    for cut in (0..whole.len()).step_by(7) {
        let sent = client.post(scene.url("/v1/exchange")).body(whole[..cut].to_vec()).send().await.unwrap();
        assert!(matches!(sent.status().as_u16(), 400 | 401), "cut at {cut}: {}", sent.status());
    }
    for at in (0..whole.len()).step_by(11) {
        let mut altered = whole.clone();
        altered[at] ^= 0x10;
        let sent = client.post(scene.url("/v1/exchange")).body(altered).send().await.unwrap();
        assert!(matches!(sent.status().as_u16(), 400 | 401), "altered at {at}: {}", sent.status());
    }
    assert_eq!(status(&scene).entries, 0);
    assert!(scene.logged("turned_away code=bad_signature") && scene.logged("turned_away code=malformed"));

    let stranger = Laptop::new(AYAH);
    assert_eq!(scene.send(stranger.bytes()).await.headers()["payung-code"], "unknown_device");
    let mut newer = laptop.request().encode();
    newer[0] = 9;
    let signature = laptop.key.sign(payung_keys::Purpose::Request, &newer);
    let newer = SignedRequest { body: newer, signature }.to_bytes();
    assert_eq!(scene.send(newer).await.headers()["payung-code"], "too_new");
    let huge =
        scene.client().post(scene.url("/v1/exchange")).body(vec![0; MESSAGE_BYTES_MAX + 1]).send().await;
    assert!(huge.is_err() || huge.unwrap().status() == 413, "too large is refused before it is read");

    assert_eq!(scene.exchange(whole).await.receipts[0].seq, 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn decisions_come_in_pages_that_each_prove_themselves() {
    let scene = Scene::kebumen().await;
    let mut laptop = scene.laptop(AYAH).await;
    for serial in 1..=2_500 {
        let person = laptop.release(people::farmer(AYAH, serial));
        assert_eq!(person.seq, u64::from(serial) + 1);
    }
    let mut answer = scene.exchange(laptop.bytes()).await;
    let district = scene.office().key().public();
    let mut pages = 1;
    laptop.learn(&answer, &district);
    while answer.more {
        let mut request = ExchangeRequest::new(laptop.device, payung_domain::Timestamp(0));
        request.pull = vec![laptop.pull()];
        answer = scene.exchange(laptop.signed(&request)).await;
        laptop.learn(&answer, &district);
        pages += 1;
    }
    assert!(pages > 1);
    assert_eq!(laptop.decisions.len(), 2_501, "the opening entry and one answer each");
    let mut idle = ExchangeRequest::new(laptop.device, payung_domain::Timestamp(0));
    idle.pull = vec![laptop.pull()];
    let answer = scene.exchange(laptop.signed(&idle)).await;
    assert!(answer.frames.is_empty() && !answer.more);

    let other = scene.laptop(ROWOKELE).await;
    idle.device = other.device;
    let answer = scene.exchange(other.signed(&idle)).await;
    assert_eq!(answer.refusals[0].code, RefusalCode::Foreign, "a village reads its own decisions only");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_restart_keeps_everything() {
    let mut scene = Scene::kebumen().await;
    let mut laptop = scene.laptop(AYAH).await;
    laptop.release(people::farmer(AYAH, 1));
    let first = scene.exchange(laptop.bytes()).await;
    scene.stop().await;
    scene.start().await;
    let again = scene.exchange(laptop.bytes()).await;
    assert_eq!((again.receipts, again.held), (first.receipts, first.held));
    holds(&scene, &laptop);
}
