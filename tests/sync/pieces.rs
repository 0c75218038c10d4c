//! Photos and documents over lines that lose things: each arrives, no byte is sent twice for nothing, data never waits
//! for them.

use crate::carried::*;
use payung_domain::Field;
use payung_journal::AttachmentKind;
use payung_register::{About, FileState};
use payung_sync::Carried;
use payung_tests::people;
use payung_tests::programs::succeed;
use std::sync::Arc;
use std::sync::atomic::Ordering;

#[test]
fn photos_wait_for_their_entries_and_never_hold_data_up() {
    let folder = tempfile::tempdir().unwrap();
    let (district, laptop) = (district(folder.path(), "d"), laptop(folder.path(), "a", VILLAGE));
    enrol(&laptop, &district);
    let person = release(&laptop, 1, 1)[0];
    attach(&laptop, person, AttachmentKind::Ktp, photo(1, 140_000));
    let wire = Wire::to(&district);
    let early = carry(&laptop, &wire).expect("nothing can be sent yet");
    assert_eq!((early.sent, wire.calls.load(Ordering::Relaxed)), (0, 0), "its entry is not there: {early:?}");
    sync(&laptop, &district);
    assert_eq!(waiting(&laptop), (0, 1), "the data is delivered, the photo waits");
    let carried = carry(&laptop, &wire).expect("carried");
    assert_eq!((carried.sent, carried.waiting, carried.refused), (1, 0, 0));
    let up = wire.bytes_up.load(Ordering::Relaxed);
    assert!((140_000..142_000).contains(&up), "the photo and little beside it: {up}");
    let state = on(&laptop, |register| register.attachments(About::Person(person)).unwrap()[0].state.clone());
    assert!(matches!(state, FileState::Kept(_)), "{state:?}");
    let again = carry(&laptop, &wire).expect("nothing left");
    assert_eq!((again.sent, wire.bytes_up.load(Ordering::Relaxed)), (0, up), "never twice");
}

#[test]
fn every_photo_arrives_however_many_answers_are_lost() {
    for every in 2..7 {
        let folder = tempfile::tempdir().unwrap();
        let (district, laptop) = (district(folder.path(), "d"), laptop(folder.path(), "a", VILLAGE));
        enrol(&laptop, &district);
        let people = release(&laptop, 1, 6);
        for (at, person) in people.iter().enumerate() {
            attach(&laptop, *person, AttachmentKind::Kk, photo(at as u32, 20_000 * (at + 1)));
        }
        sync(&laptop, &district);
        let wire = Wire::losing_every(&district, every);
        let mut sessions = 0;
        while waiting(&laptop).1 > 0 {
            let _ = carry(&laptop, &wire);
            sessions += 1;
            assert!(sessions < 60, "every {every}th lost: it goes on");
        }
        let up = wire.bytes_up.load(Ordering::Relaxed);
        println!("every {every}th message or answer lost: {sessions} sessions, {up} bytes for 420000");
        assert!(up < 420_000 + 420_000 * 2 / (every - 1), "every {every}th lost: {up} bytes");

        let second = laptop_of(folder.path(), &district);
        let wire = Wire::losing_every(&district, every);
        for _ in 0..60 {
            let _ = carry(&second, &wire);
        }
        let counts = on(&second, |register| register.attachment_counts().unwrap());
        assert_eq!((counts.missing, counts.kept), (0, 6), "the other laptop has them all");
        verified(&second);
    }
}

fn laptop_of(folder: &std::path::Path, district: &payung_district::District) -> payung_sync::SharedRegister {
    let second = laptop(folder, "b", VILLAGE);
    enrol(&second, district);
    rounds(&second, district);
    second
}

/// A large document: the second laptop's session ends in the middle, the next one goes on from there.
#[test]
fn what_came_down_is_not_asked_for_again() {
    let folder = tempfile::tempdir().unwrap();
    let (district, first) = (district(folder.path(), "d"), laptop(folder.path(), "a", VILLAGE));
    enrol(&first, &district);
    let person = release(&first, 1, 1)[0];
    attach(&first, person, AttachmentKind::Other, photo(9, 3_000_000));
    sync(&first, &district);
    carry(&first, &Wire::to(&district)).expect("sent");
    let second = laptop_of(folder.path(), &district);
    let bad = Wire::losing_every(&district, 3);
    let _ = carry(&second, &bad);
    let half = on(&second, |register| register.attachments_to_fetch().unwrap());
    let have = half.first().map_or(3_000_000, |file| file.have);
    assert!(have > 0, "what came is kept");
    let good = Wire::to(&district);
    carry(&second, &good).expect("fetched");
    let bytes = on(&second, |register| {
        let digest = payung_keys::sha256(&[&photo(9, 3_000_000)]);
        register.attachment_bytes(&digest).unwrap()
    });
    assert_eq!(bytes.expect("it is here"), photo(9, 3_000_000));
}

/// Somebody puts a copy of the district's disk in its place. It lacks a photo and its own receipt for it, and nothing else
/// that would tell.
#[test]
fn photos_that_the_district_lost_silently_are_found_and_sent_again() {
    let folder = tempfile::tempdir().unwrap();
    let clock = Arc::new(Later::default());
    let laptop = laptop_with(folder.path(), "a", VILLAGE, clock.clone());
    let lost = {
        let district = district(folder.path(), "d");
        enrol(&laptop, &district);
        let people = release(&laptop, 1, 2);
        attach(&laptop, people[0], AttachmentKind::Ktp, photo(1, 90_000));
        sync(&laptop, &district);
        carry(&laptop, &Wire::to(&district)).expect("the first photo");
        attach(&laptop, people[1], AttachmentKind::Ktp, photo(2, 90_000));
        sync(&laptop, &district);
        people[1]
    };
    copy_disk(folder.path(), "d", "copy");
    carry(&laptop, &Wire::to(&start_again(folder.path(), "d"))).expect("the second photo");
    assert_eq!(waiting(&laptop), (0, 0));

    let district = start_again(folder.path(), "copy");
    sync(&laptop, &district);
    let wire = Wire::to(&district);
    assert_eq!(carry(&laptop, &wire).expect("nothing to do"), Carried::default());
    assert_eq!(wire.calls.load(Ordering::Relaxed), 0, "it is not asked every time");

    clock.days(8);
    let offline = Wire::losing_every(&district, 1);
    assert_eq!(carry(&laptop, &offline).expect("the question holds nothing up"), Carried::default());
    let carried = carry(&laptop, &wire).expect("found");
    assert_eq!(
        (carried.lost, carried.sent, carried.waiting),
        (1, 1, 0),
        "the other photo was not sent again"
    );
    let words = carried.words().expect("something to tell");
    assert!(
        words.starts_with("1 foto atau dokumen tidak ada lagi di kabupaten; dikirim sekali lagi."),
        "{words}"
    );
    let state = on(&laptop, |register| register.attachments(About::Person(lost)).unwrap()[0].state.clone());
    assert!(matches!(state, FileState::Kept(_)), "{state:?}");
    let calls = wire.calls.load(Ordering::Relaxed);
    assert_eq!(carry(&laptop, &wire).expect("nothing to do"), Carried::default());
    assert_eq!(wire.calls.load(Ordering::Relaxed), calls, "asked once a week");
}

/// The programs over real TLS: the photo follows the data, and the second laptop gets it.
#[test]
fn the_programs_send_a_photo_after_the_data() {
    let folder = tempfile::tempdir().unwrap();
    let district = payung_tests::District::start(folder.path(), "33.05");
    let village = payung_tests::Village::new(folder.path(), VILLAGE);
    village.enrol(&district.enrolment_file(VILLAGE));
    village.import_ready(&people::write_csv(folder.path(), VILLAGE, 1, 2));
    let card = folder.path().join("ktp.png");
    image::RgbImage::from_fn(1_600, 1_000, |x, y| {
        let ink = y % 60 < 18 && (x / 14).is_multiple_of(2);
        image::Rgb(if ink { [20, 30, 60] } else { [170, 200, 235] })
    })
    .save(&card)
    .unwrap();
    let nik = people::one(VILLAGE, 1).get(Field::Nik).expect("nik").to_owned();
    succeed(village.command(&["photo", "add", "--nik", &nik, "--kind", "ktp"]).arg(&card));
    assert_eq!(village.status()["attachments_receipted"], 0, "{}", village.status());
    let said = village.sync();
    assert!(said.contains("1 foto atau dokumen sudah sampai di kabupaten"), "{said}");
    assert_eq!(village.status()["attachments_receipted"], 1, "{}", village.status());
    let again = village.sync();
    assert!(!again.contains("foto atau dokumen"), "nothing again: {again}");
    village.verify_journal();

    let other = folder.path().join("other laptop");
    std::fs::create_dir(&other).unwrap();
    let second = payung_tests::Village::new(&other, VILLAGE);
    second.enrol(&district.enrolment_file(VILLAGE));
    let said = second.sync();
    assert!(said.contains("1 foto atau dokumen diterima dari kabupaten"), "{said}");
    second.verify_journal();
}
