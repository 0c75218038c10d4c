//! Sticks in every mix with the line: what is on them arrives once, whatever comes twice, late, old, foreign or broken.

use crate::carried::*;
use payung_district::District;
use payung_district::bundle::{self, Imported, Known};
use payung_district::enrolment::{self, Revocation};
use payung_journal::AttachmentKind;
use payung_register::StickFile;
use payung_sync::{ImportedBundle, SharedRegister, export_bundle, import_bundle};
use payung_tests::people;
use payung_tests::programs::succeed;
use std::path::{Path, PathBuf};

fn export(laptop: &SharedRegister, at: &Path) -> PathBuf {
    on(laptop, |register| export_bundle(register, at)).expect("a file for the district").path
}

fn take(district: &District, file: &Path) -> Imported {
    bundle::import(district, &quiet(), file, None).expect("taken in")
}

fn bring_back(laptop: &SharedRegister, file: &Path) -> ImportedBundle {
    on(laptop, |register| import_bundle(register, file)).expect("an answer")
}

fn why_not(laptop: &SharedRegister, file: &Path) -> String {
    on(laptop, |register| import_bundle(register, file)).expect_err("not this file").to_string()
}

fn not_taken(district: &District, file: &Path) -> String {
    bundle::import(district, &quiet(), file, None).expect_err("not this file").to_string()
}

#[test]
fn a_village_without_any_line_is_served_by_a_stick() {
    let folder = tempfile::tempdir().unwrap();
    let (district, laptop) = (district(folder.path(), "d"), laptop(folder.path(), "a", VILLAGE));
    enrol(&laptop, &district);
    let stick = stick(folder.path());
    let everyone = release(&laptop, 1, 25);
    for (at, person) in everyone.iter().take(3).enumerate() {
        attach(&laptop, *person, AttachmentKind::Ktp, photo(at as u32, 140_000));
    }
    let facts = on(&laptop, |register| export_bundle(register, &stick)).unwrap();
    assert!(facts.path.starts_with(&stick) && facts.attachments == 3, "{facts:?}");
    assert!(facts.words.contains("baru dianggap sampai setelah jawabannya"), "{}", facts.words);
    assert!(waiting(&laptop).0 >= 25, "written is not delivered");
    let bytes = std::fs::read(&facts.path).unwrap();
    assert!(!bytes.windows(11).any(|window| window == b"Jalan Sawah"), "nobody reads a lost stick");

    let imported = take(&district, &facts.path);
    assert_eq!((imported.known, imported.attachments_new), (Known::New, 3));
    assert_eq!(at_the_district(&district, folder.path()), expected(1, 25));
    let words = imported.words(district.utc_offset());
    assert!(words.contains("Kiriman no. 1") && words.contains("Jawaban no. 1"), "{words}");

    let answer = bring_back(&laptop, &imported.written.path);
    assert_eq!(waiting(&laptop), (0, 0), "{}", answer.words);
    assert_eq!(answer.compared, Some(true), "both sides hold the same");
    assert_eq!((answer.known, answer.attachments_sent), (StickFile::New, 3));
    verified(&laptop);

    let again = on(&laptop, |register| export_bundle(register, &stick)).unwrap();
    assert_eq!((again.number, again.entries, again.attachments), (2, 0, 0), "nothing is sent twice");
}

/// A copy of the district's disk takes its place; the next answer says which photo it lacks. An answer written before
/// the photo came says nothing against it.
#[test]
fn a_photo_that_the_district_lost_goes_with_the_next_stick() {
    let folder = tempfile::tempdir().unwrap();
    let laptop = laptop(folder.path(), "a", VILLAGE);
    let (sticks, early) = (stick(folder.path()), folder.path().join("early.payungusb"));
    {
        let district = district(folder.path(), "d");
        enrol(&laptop, &district);
        let person = release(&laptop, 1, 1)[0];
        attach(&laptop, person, AttachmentKind::Ktp, photo(1, 60_000));
        sync(&laptop, &district);
        bundle::export(&district, &quiet(), village(), None, &early).expect("an answer without the photo");
    }
    copy_disk(folder.path(), "d", "copy");
    let file = export(&laptop, &sticks);
    let answer = take(&start_again(folder.path(), "d"), &file).written.path;
    assert_eq!(bring_back(&laptop, &answer).attachments_sent, 1);
    let heard = bring_back(&laptop, &early);
    assert_eq!((heard.healed.len(), waiting(&laptop)), (0, (0, 0)), "{}", heard.words);

    let district = start_again(folder.path(), "copy");
    let file = export(&laptop, &sticks);
    let heard = bring_back(&laptop, &take(&district, &file).written.path);
    assert!(heard.words.contains("1 foto atau dokumen tidak ada lagi di kabupaten"), "{}", heard.words);
    assert_eq!(waiting(&laptop), (0, 1));
    let facts = on(&laptop, |register| export_bundle(register, &sticks)).unwrap();
    assert_eq!(facts.attachments, 1, "{facts:?}");
    assert_eq!(bring_back(&laptop, &take(&district, &facts.path).written.path).attachments_sent, 1);
    assert_eq!(waiting(&laptop), (0, 0));
}

#[test]
fn every_file_says_what_it_is_when_it_is_not_the_right_one() {
    let folder = tempfile::tempdir().unwrap();
    let (one, two) = (district(folder.path(), "d"), district(folder.path(), "other district"));
    let laptop_one = laptop(folder.path(), "a", VILLAGE);
    let second = laptop(folder.path(), "b", VILLAGE);
    let neighbour = laptop(folder.path(), "c", NEIGHBOUR);
    for village in [&laptop_one, &second, &neighbour] {
        enrol(village, &one);
    }
    let stick = stick(folder.path());
    release(&laptop_one, 1, 3);
    let first = export(&laptop_one, &stick);
    let taken = take(&one, &first);
    let first_answer = taken.written.path.clone();

    // Doubled.
    let again = take(&one, &first);
    assert!(matches!(again.known, Known::Taken(_)) && again.entries_new == 0);
    assert!(again.words(one.utc_offset()).contains("sudah pernah dimasukkan"));
    bring_back(&laptop_one, &again.written.path);
    let doubled = bring_back(&laptop_one, &again.written.path);
    assert!(doubled.words.contains("sudah pernah dimasukkan"), "{}", doubled.words);
    // Old.
    let older = bring_back(&laptop_one, &first_answer);
    assert_eq!(older.known, StickFile::Older(2));
    assert!(
        older.words.contains("lebih lama") && older.words.contains("Tidak ada yang baru"),
        "{}",
        older.words
    );
    release(&laptop_one, 100, 1);
    let late = export(&laptop_one, &stick);
    release(&laptop_one, 101, 1);
    let newest = export(&laptop_one, &stick);
    take(&one, &newest);
    let late = take(&one, &late);
    assert!(late.words(one.utc_offset()).contains("lebih lama"), "{}", late.words(one.utc_offset()));
    // The wrong way round.
    let wrong = why_not(&laptop_one, &first);
    assert!(wrong.contains("kiriman ke kabupaten") && wrong.contains("bukan jawaban"), "{wrong}");
    let wrong = not_taken(&one, &first_answer);
    assert!(wrong.contains("bukan kiriman desa"), "{wrong}");
    // Foreign.
    let foreign = why_not(&neighbour, &first_answer);
    assert!(foreign.contains("33.05.01.2001") && foreign.contains("bukan untuk desa ini"), "{foreign}");
    let other_laptop = why_not(&second, &first_answer);
    assert!(other_laptop.contains("laptop lain di desa ini"), "{other_laptop}");
    let foreign = not_taken(&two, &first);
    assert!(foreign.contains("bukan untuk kabupaten ini"), "{foreign}");
    // Broken.
    let bytes = std::fs::read(&first).unwrap();
    let broken = stick.join("rusak.payungusb");
    std::fs::write(&broken, &bytes[..bytes.len() - 40]).unwrap();
    assert!(not_taken(&one, &broken).contains("terpotong"));
    let mut altered = bytes.clone();
    altered[400] ^= 1;
    std::fs::write(&broken, &altered).unwrap();
    assert!(not_taken(&one, &broken).contains("rusak"));
    std::fs::write(&broken, b"bukan apa-apa").unwrap();
    assert!(not_taken(&one, &broken).contains("bukan berkas kiriman"));
    std::fs::write(&broken, [b"PAYUNGB2", &bytes[8..]].concat()).unwrap();
    assert!(not_taken(&one, &broken).contains("lebih baru"));

    let before = at_the_district(&one, folder.path());
    assert_eq!(before.values().sum::<u32>(), 5, "what was refused changed nothing");
    assert!(at_the_district(&two, folder.path()).is_empty());
    for village in [&laptop_one, &second, &neighbour] {
        verified(village);
    }
}

/// A laptop that the district does not know, and one that was revoked, bring files that nobody takes.
#[test]
fn strangers_and_revoked_laptops_are_turned_away() {
    let folder = tempfile::tempdir().unwrap();
    let (one, two) = (district(folder.path(), "d"), district(folder.path(), "e"));
    let stranger = laptop(folder.path(), "a", VILLAGE);
    let refused = on(&stranger, |register| export_bundle(register, folder.path()));
    assert!(refused.unwrap_err().to_string().contains("belum terdaftar"), "not enrolled anywhere");
    enrol(&stranger, &two);
    let file = export(&stranger, &stick(folder.path()));
    assert!(not_taken(&one, &file).contains("bukan untuk kabupaten ini"));
    let device = on(&stranger, |register| register.device());
    enrolment::revoke(&two, &Revocation { device, officer: "Petugas", note: Some("Dicuri") }).unwrap();
    assert!(not_taken(&two, &file).contains("sudah dicabut"));
    assert!(at_the_district(&two, folder.path()).is_empty());
}

/// Every mix of sticks and the line, the answer lost, the file brought twice and late: at the end both hold the same.
#[test]
fn sticks_and_the_line_converge_in_every_mix() {
    for seed in 0..12 {
        let folder = tempfile::tempdir().unwrap();
        let (district, laptop) = (district(folder.path(), "d"), laptop(folder.path(), "a", VILLAGE));
        enrol(&laptop, &district);
        let stick = stick(folder.path());
        let mut random = fastrand::Rng::with_seed(seed);
        let (mut sent, mut answers): (Vec<PathBuf>, Vec<PathBuf>) = (Vec::new(), Vec::new());
        let (mut people, mut photos) = (0, 0);
        for _ in 0..14 {
            match random.u32(0..7) {
                0 | 1 => {
                    let new = release(&laptop, people + 1, 2);
                    people += 2;
                    attach(&laptop, new[0], AttachmentKind::Kk, photo(people, random.usize(1_000..120_000)));
                    photos += 1;
                }
                2 => sent.push(export(&laptop, &stick)),
                // Any file that was ever written: new, old, or again.
                3 if !sent.is_empty() => {
                    answers.push(take(&district, &sent[random.usize(0..sent.len())]).written.path);
                }
                4 if !answers.is_empty() => {
                    bring_back(&laptop, &answers[random.usize(0..answers.len())]);
                }
                5 => sync(&laptop, &district),
                6 => {
                    let every = random.u64(2..5);
                    let _ = carry(&laptop, &Wire::losing_every(&district, every));
                }
                _ => {}
            }
        }
        if random.bool() {
            sync(&laptop, &district);
            carry(&laptop, &Wire::to(&district)).expect("carried");
        } else {
            for _ in 0..2 {
                let file = export(&laptop, &stick);
                bring_back(&laptop, &take(&district, &file).written.path);
            }
        }
        assert_eq!(waiting(&laptop), (0, 0), "seed {seed}: everything is under a receipt");
        assert_eq!(at_the_district(&district, folder.path()), expected(1, people), "seed {seed}: each once");
        let kept = on(&laptop, |register| register.attachment_counts().unwrap());
        assert_eq!((kept.kept, kept.refused), (photos, 0), "seed {seed}");
        let file = export(&laptop, &stick);
        let last = bring_back(&laptop, &take(&district, &file).written.path);
        assert_eq!(last.compared, Some(true), "seed {seed}: {}", last.words);
        verified(&laptop);
    }
}

/// What one laptop brought by stick, another one of the village gets by stick.
#[test]
fn a_second_laptop_gets_everything_by_stick() {
    let folder = tempfile::tempdir().unwrap();
    let district = district(folder.path(), "d");
    let (first, second) = (laptop(folder.path(), "a", VILLAGE), laptop(folder.path(), "b", VILLAGE));
    enrol(&first, &district);
    enrol(&second, &district);
    let stick = stick(folder.path());
    let person = release(&first, 1, 5)[0];
    attach(&first, person, AttachmentKind::Ktp, photo(7, 90_000));
    take(&district, &export(&first, &stick));
    // The second laptop does not know yet which photos it lacks: the entries come first, the photos with the next file.
    let mut received = 0;
    for _ in 0..2 {
        let answer = bring_back(&second, &take(&district, &export(&second, &stick)).written.path);
        received += answer.attachments_received;
    }
    assert_eq!(received, 1, "the photo came too");
    let counts = on(&second, |register| register.counts().total);
    assert_eq!(counts, 5);
    verified(&second);
    let device = on(&second, |register| register.device());
    let written =
        bundle::export(&district, &quiet(), village(), Some(device), &stick).expect("an answer unasked");
    let nothing = bring_back(&second, &written.path);
    assert!(nothing.words.contains("Tidak ada yang baru"), "{}", nothing.words);
    assert_eq!(nothing.compared, Some(true));
    let which = bundle::export(&district, &quiet(), village(), None, &stick).expect_err("two laptops");
    assert!(which.to_string().contains("--device"), "{which}");
}

/// The programs themselves: one file there, one back, and the server went on all the while.
#[test]
fn both_programs_carry_a_stick() {
    let folder = tempfile::tempdir().unwrap();
    let district = payung_tests::District::start(folder.path(), "33.05");
    let village = payung_tests::Village::new(folder.path(), VILLAGE);
    village.enrol(&district.enrolment_file(VILLAGE));
    village.import_ready(&people::write_csv(folder.path(), VILLAGE, 1, 12));
    let stick = stick(folder.path());
    let said = succeed(village.command(&["bundle", "export"]).arg(&stick));
    let file = said.lines().last().expect("the file's name").to_owned();
    assert!(said.contains("Kiriman no. 1") && file.ends_with(".payungusb"), "{said}");
    assert_eq!(village.status()["delivery"]["belum terkirim"], 12, "{}", village.status());

    let answer = stick.join("jawaban.payungusb");
    let said = district.succeed(&["bundle", "import", &file, "--answer", &answer.to_string_lossy()]);
    assert!(said.contains("Catatan baru: 1"), "{said}");
    assert_eq!(district.status()["people_total"], 12);
    let said = succeed(village.command(&["bundle", "import"]).arg(&answer));
    assert!(said.contains("Jawaban no. 1 dimasukkan"), "{said}");
    assert_eq!(village.status()["delivery"]["sudah sampai di kabupaten"], 12, "{}", village.status());

    let said = district.succeed(&["bundle", "import", &file]);
    assert!(said.contains("sudah pernah dimasukkan") && said.contains("Tidak ada yang baru"), "{said}");
    let asked =
        district.succeed(&["bundle", "export", "--village", VILLAGE, "--out", &stick.to_string_lossy()]);
    assert!(asked.contains("Jawaban no. 3"), "{asked}");
    village.sync();
    assert_eq!(district.status()["people_total"], 12, "the line finds nothing new");
    village.verify_journal();
}
