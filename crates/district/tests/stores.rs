//! One suite for every store: what any database behind [`Store`] must do.

use crate::support::{AYAH, Laptop, Scene, all_bytes, people};
use payung_district::DistrictError;
use payung_district::store::sqlite::SqliteStore;
use payung_district::store::{self, Content, DeviceRow, EntryRow, PersonRow, SeriesRow, Store, VillageRow};
use payung_domain::{Answer, EndKind, Timestamp, VillageCode};
use payung_journal::{Digest, EntityId, Head, Receipt, Salt, Seed, SeriesId, SeriesKind};
use payung_keys::DatabaseKey;
use payung_system::SystemRandom;

#[test]
fn sqlite_keeps_the_promises_of_a_store() {
    let folder = tempfile::tempdir().unwrap();
    let key = DatabaseKey::generate(&SystemRandom);
    let path = folder.path().join("store.db");
    promises(&SqliteStore::create(&path, &key).unwrap(), &SqliteStore::open(&path, &key).unwrap());
    assert!(
        matches!(SqliteStore::create(&path, &key), Err(DistrictError::File { .. })),
        "nothing is overwritten"
    );
}

/// `beside`: the same data as another program opens it.
fn promises(store: &dyn Store, beside: &dyn Store) {
    rows_come_back_as_they_went_in(store);
    an_error_leaves_nothing(store, beside);
    nothing_is_added_twice(store);
    numbers_are_in_order(store);
}

fn village() -> VillageCode {
    VillageCode::parse(AYAH).unwrap()
}

fn series(laptop: &Laptop, length: u64) -> SeriesRow {
    SeriesRow {
        id: laptop.series,
        kind: SeriesKind::Shared,
        village: village(),
        device: Some(laptop.device),
        key: laptop.key.public(),
        length,
        head: Head([5; 32]),
    }
}

fn rows_come_back_as_they_went_in(store: &dyn Store) {
    let laptop = Laptop::new(AYAH);
    let at = Timestamp(1_790_000_000_000);
    let decisions = SeriesId([1; 16]);
    let place = VillageRow { code: village(), name: "Contoh".into(), decisions, last_exchange: Some(at) };
    let device = DeviceRow {
        id: laptop.device,
        village: village(),
        key: laptop.key.public(),
        enrolled_at: at,
        revoked_at: None,
        last_exchange: Some(at),
    };
    let body = |salt| EntryRow { content: Content::Body { body: vec![0, 255], salt }, head: Head([2; 32]) };
    let erased = EntryRow { content: Content::Erased(Digest([3; 32])), head: Head([4; 32]) };
    let id = |seq| EntityId::new(laptop.series, seq);
    let person = PersonRow {
        id: id(2),
        village: village(),
        version: id(3),
        rival: Some(id(4)),
        nik: Some([6; 32]),
        claim: Some(1),
        ended: Some(EndKind::Withdrew),
        answer: Some(Answer::DuplicateNik),
        answered: Some(EntityId::new(decisions, 9)),
        by_officer: true,
        arrived_at: at,
    };
    let receipt = Receipt::sign(&laptop.key, laptop.series, 2, Head([5; 32]), at);
    store::change(store, |writes| {
        writes.put_setting("word", b"one")?;
        writes.put_setting("word", b"two")?;
        writes.put_village(&place)?;
        writes.put_device(&device)?;
        writes.put_series(&series(&laptop, 3))?;
        writes.add_entry(id(1), &body(None))?;
        writes.add_entry(id(2), &body(Some(Salt([7; 16]))))?;
        writes.add_entry(id(3), &erased)?;
        writes.add_seed(laptop.series, 0, &Seed([8; 16]))?;
        writes.add_receipt(&receipt)?;
        writes.put_person(&person)
    })
    .unwrap();
    store::view(store, |reads| {
        assert_eq!(reads.setting("word")?.as_deref(), Some(&b"two"[..]));
        assert_eq!(reads.setting("other")?, None);
        assert_eq!(reads.village(village())?, Some(place));
        assert_eq!(reads.device(laptop.device)?, Some(device));
        assert_eq!(reads.series(laptop.series)?, Some(series(&laptop, 3)));
        assert_eq!(reads.series_of_village(village())?, [series(&laptop, 3)]);
        assert!(reads.entries(laptop.series, 1, 10)? == [body(None), body(Some(Salt([7; 16]))), erased]);
        assert_eq!(reads.entries(laptop.series, 2, 1)?.len(), 1);
        assert!(
            reads.seed(laptop.series, 0)? == Some(Seed([8; 16])) && reads.seed(laptop.series, 1)?.is_none()
        );
        assert_eq!(reads.receipt_covering(laptop.series, 1)?, Some(receipt));
        assert_eq!(reads.receipt_covering(laptop.series, 3)?, None);
        assert_eq!(reads.receipt_latest(laptop.series)?, Some(receipt));
        assert_eq!(reads.person(id(2))?, Some(person.clone()));
        assert_eq!(reads.people_with_nik(&[6; 32])?, [person]);
        let totals = reads.totals()?;
        assert_eq!((totals.entries, totals.entries_receipted, totals.receipts), (3, 2, 1));
        Ok(())
    })
    .unwrap();
}

fn an_error_leaves_nothing(store: &dyn Store, beside: &dyn Store) {
    let failed = store::change(store, |writes| {
        writes.put_setting("half", b"done")?;
        Err::<(), _>(DistrictError::Asked("no".into()))
    });
    assert!(failed.is_err());
    let half = |store| store::view(store, |reads| reads.setting("half")).unwrap();
    assert!(half(store).is_none() && half(beside).is_none());
    store::change(beside, |writes| writes.put_setting("half", b"done")).unwrap();
    assert!(half(store).is_some(), "what another program commits is seen at once");
}

fn nothing_is_added_twice(store: &dyn Store) {
    let laptop = Laptop::new(AYAH);
    let entry = EntryRow { content: Content::Body { body: vec![1], salt: None }, head: Head([2; 32]) };
    let device = DeviceRow {
        id: laptop.device,
        village: village(),
        key: laptop.key.public(),
        enrolled_at: Timestamp(1),
        revoked_at: None,
        last_exchange: None,
    };
    let twice = store::change(store, |writes| {
        writes.put_device(&device)?;
        writes.put_series(&series(&laptop, 1))?;
        writes.add_entry(EntityId::new(laptop.series, 1), &entry)?;
        writes.add_entry(EntityId::new(laptop.series, 1), &entry)
    });
    assert!(twice.is_err(), "an entry has one place");
}

fn numbers_are_in_order(store: &dyn Store) {
    let next = store::change(store, |writes| writes.next_claim()).unwrap();
    assert_eq!(next, 2, "one past the highest");
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_in_the_folder_reads_without_its_key() {
    let mut scene = Scene::kebumen().await;
    let mut laptop = scene.laptop(AYAH).await;
    laptop.release(people::farmer(AYAH, 1));
    scene.exchange(laptop.bytes()).await;
    let found = |what: &[u8]| all_bytes(&scene.data()).windows(what.len()).any(|bytes| bytes == what);
    assert!(!found(b"Slamet") && !found(b"3305011506850001") && !found(b"CREATE TABLE"));
    #[cfg(unix)]
    {
        let key = std::fs::metadata(scene.data().join("district.key")).unwrap();
        assert_eq!(std::os::unix::fs::PermissionsExt::mode(&key.permissions()) & 0o777, 0o600);
    }
    scene.stop().await;
}
