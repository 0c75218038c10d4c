//! One suite for every store: what any database behind [`Store`] must do.

use crate::support::{AYAH, Laptop, Scene, all_bytes, people};
use payung_district::DistrictError;
use payung_district::store::sqlite::SqliteStore;
use payung_district::store::{
    self, AttestedRow, CertificateRow, Content, Continued, DeviceRow, EntryRow, HeadRow, PersonRow,
    RevocationRow, SeriesRow, StampRow, StatementRow, Store, VillageRow,
};
use payung_domain::{Answer, EndKind, Timestamp, VillageCode};
use payung_journal::{Digest, EntityId, Head, Receipt, RevocationReason, Salt, Seed, SeriesId, SeriesKind};
use payung_keys::{DatabaseKey, SigningKey};
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
    heads_and_statements_come_back(store);
    an_error_leaves_nothing(store, beside);
    nothing_is_added_twice(store);
    numbers_are_in_order(store);
    many_write_at_once_and_one_mistake_is_taken_back_alone(store, beside);
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
        continues: Some(Continued { at: EntityId { series: SeriesId([3; 16]), seq: 0 }, reentered: 4 }),
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
        have: vec![(laptop.series, 3), (decisions, u64::MAX)],
        revoked_by: Some("Rina".into()),
        revoked_note: Some("Dicuri".into()),
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
        assert_eq!(reads.receipt_covering(laptop.series, 1)?, Some(receipt.clone()));
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

fn heads_and_statements_come_back(store: &dyn Store) {
    let at = Timestamp(1_790_000_000_000);
    let (key, other) =
        (SigningKey::generate(&SystemRandom).public(), SigningKey::generate(&SystemRandom).public());
    let id = |seq| EntityId::new(SeriesId([9; 16]), seq);
    let head = HeadRow { village: village(), key, introduced: id(1) };
    let certificate = |serial: u8| CertificateRow {
        serial: vec![1, serial],
        village: village(),
        key,
        certificate: vec![serial; 3],
        not_before: at,
        not_after: Timestamp(at.millis() + i64::from(serial)),
        officer: "Rina".into(),
        issued_at: at,
    };
    let revocation = |reason| RevocationRow {
        village: village(),
        key,
        from: at,
        reason,
        officer: "Rina".into(),
        note: "Laptop dicuri".into(),
        recorded_at: at,
    };
    let statement = |seq, content| StatementRow {
        id: id(seq),
        village: village(),
        key,
        signed_at: at,
        received_at: at,
        document: [seq as u8; 32],
        content,
        problem: content.is_none().then(|| "tidak cocok".to_owned()),
        token: content.map(|_| EntityId::new(SeriesId([1; 16]), 7)),
    };
    let (sealed, plain) = (statement(2, Some([8; 32])), statement(3, None));
    let stamp =
        |statement, refused| StampRow { statement, village: village(), serial: Some([4; 32]), refused };
    let attested = AttestedRow { statement: id(2), version: id(12) };
    store::change(store, |writes| {
        writes.add_head_key(&head)?;
        writes.add_head_key(&HeadRow { introduced: id(5), ..head.clone() })?;
        writes.add_certificate(&certificate(1))?;
        writes.add_certificate(&certificate(2))?;
        writes.put_revocation(&revocation(RevocationReason::OfficeEnded))?;
        writes.put_revocation(&revocation(RevocationReason::Compromised))?;
        writes.add_statement(&sealed)?;
        writes.add_statement(&plain)?;
        writes.add_statement(&StatementRow { problem: Some("kedua".into()), ..sealed.clone() })?;
        writes.add_attested(id(11), &attested)?;
        writes.put_stamp(&stamp(id(2), true))?;
        writes.put_stamp(&stamp(id(2), false))?;
        writes.put_stamp(&stamp(id(3), true))?;
        writes.add_withdrawal(id(3), village())?;
        writes.add_withdrawal(id(3), village())
    })
    .unwrap();
    store::view(store, |reads| {
        assert_eq!(reads.head_key(village(), &key)?, Some(head.clone()), "the first introduction stays");
        assert_eq!(reads.head_key(village(), &other)?, None);
        assert_eq!(
            (reads.head_keys(None)?, reads.head_keys(Some(village()))?),
            (vec![head.clone()], vec![head])
        );
        assert_eq!(reads.head_certificates(village(), &key)?, [certificate(1), certificate(2)]);
        assert_eq!(reads.certificates()?.len(), 2);
        assert_eq!(reads.head_certificates(village(), &other)?, []);
        let newest = revocation(RevocationReason::Compromised);
        assert_eq!(reads.head_revocation(village(), &key)?, Some(newest.clone()));
        assert_eq!(reads.revocations()?, [newest]);
        assert_eq!(reads.statement(id(2))?, Some(sealed.clone()), "the first row stays");
        assert_eq!(reads.statements_with_content(&[8; 32])?, [sealed]);
        assert_eq!(reads.statements_over(&[3; 32])?, [plain]);
        assert_eq!(reads.attestations(id(11))?, [attested]);
        assert_eq!((reads.attested_by(id(2))?, reads.attested_by(id(3))?), (vec![id(11)], vec![]));
        assert_eq!(reads.attested_under(village(), &key)?, [id(11)]);
        assert_eq!(reads.statements_listing()?, [id(2)]);
        assert_eq!(reads.stamp(id(2), village())?, Some(stamp(id(2), false)), "the newest stamp counts");
        assert_eq!(reads.stamps_with(&[4; 32])?, [stamp(id(2), false)], "a refused one holds no serial");
        assert!(reads.withdrawn(id(3), village())? && !reads.withdrawn(id(2), village())?);
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
        have: Vec::new(),
        revoked_by: None,
        revoked_note: None,
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

fn many_write_at_once_and_one_mistake_is_taken_back_alone(store: &dyn Store, beside: &dyn Store) {
    const WRITERS: usize = 24;
    std::thread::scope(|scope| {
        for writer in 0..WRITERS {
            scope.spawn(move || {
                for round in 0..10_usize {
                    let name = format!("piece {writer} {round}");
                    let wrong = (writer + round).is_multiple_of(5);
                    let written = store::change(store, |writes| {
                        writes.put_setting(&name, b"here")?;
                        match wrong {
                            true => Err(DistrictError::Asked("no".into())),
                            false => Ok(()),
                        }
                    });
                    assert_eq!(written.is_err(), wrong);
                    let seen = store::view(beside, |reads| reads.setting(&name)).unwrap();
                    assert_eq!(seen.is_none(), wrong, "on disk once it is said, or not at all");
                }
            });
        }
    });
    let panics = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        store::change(store, |writes| -> Result<(), DistrictError> {
            writes.put_setting("half", b"never")?;
            panic!("in the middle")
        })
    }));
    assert!(panics.is_err());
    assert_eq!(store::view(store, |reads| reads.setting("half")).unwrap().as_deref(), Some(&b"done"[..]));
    store::change(store, |writes| writes.put_setting("half", b"goes on")).unwrap();
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
