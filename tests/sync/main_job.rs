//! Enter, release, sync, decide, correct: seen from both ends.

use payung_domain::Field;
use payung_tests::{District, Village, people};
use serde_json::Value;

fn scene(regency: &str, village: &str) -> (tempfile::TempDir, District, Village) {
    let folder = tempfile::tempdir().expect("temporary folder");
    let district = District::start(folder.path(), regency);
    let village = Village::new(folder.path(), village);
    (folder, district, village)
}

#[test]
fn everything_entered_offline_reaches_the_district_once() {
    let (folder, district, village) = scene("33.05", "33.05.01.2001");
    village.import_ready(&people::write_csv(folder.path(), "33.05.01.2001", 1, 40));
    let before = village.status();
    assert_eq!(before["delivery"]["belum terkirim"], 40, "entered without any district: {before}");
    assert!(before["last_sync"].is_null());

    village.enrol(&district.enrolment_file("33.05.01.2001"));
    village.sync();
    let after = village.status();
    assert_eq!(
        after["entries"], after["entries_receipted"],
        "every shared entry is under a receipt: {after}"
    );
    assert_eq!(after["delivery"]["sudah sampai di kabupaten"], 40, "{after}");
    assert!(after["last_sync"].is_string());

    village.sync();
    assert_eq!(village.status()["entries"], after["entries"], "a second sync adds nothing");
    assert_eq!(district.status()["people_total"], 40, "{}", district.status());
    village.verify_journal();
}

#[test]
fn without_a_network_the_village_goes_on_and_says_so_calmly() {
    let (folder, mut district, village) = scene("33.05", "33.05.01.2001");
    village.enrol(&district.enrolment_file("33.05.01.2001"));
    district.kill();
    village.import_ready(&people::write_csv(folder.path(), "33.05.01.2001", 1, 3));
    let said = village.try_sync();
    let words = String::from_utf8_lossy(&said.stderr).into_owned() + &String::from_utf8_lossy(&said.stdout);
    assert!(words.contains("Tanpa internet") || words.contains("tanpa internet"), "{words}");
    assert_eq!(village.status()["delivery"]["belum terkirim"], 3);
    district.restart();
    village.sync();
    assert_eq!(village.status()["delivery"]["sudah sampai di kabupaten"], 3);
}

#[test]
fn the_second_holder_of_a_nik_waits_for_an_officer_and_both_villages_are_told() {
    let (folder, district, first) = scene("33.05", "33.05.01.2001");
    let second = Village::new(folder.path(), "33.05.02.2001");
    let here = people::one("33.05.01.2001", 7);
    let mut there = here.clone();
    there.set(Field::Village, "33.05.02.2001");
    for (village, code, person) in
        [(&first, "33.05.01.2001", here.clone()), (&second, "33.05.02.2001", there)]
    {
        village.import_ready(&people::write(&folder.path().join(format!("{code}.csv")), &[person]));
        village.enrol(&district.enrolment_file(code));
        village.sync();
    }
    assert_eq!(second.status()["people"]["NIK ganda - menunggu petugas"], 1, "{}", second.status());
    first.sync();
    assert_eq!(first.status()["nik_elsewhere"], 1, "the first holder is told too: {}", first.status());
    assert_eq!(first.status()["people"]["NIK ganda - menunggu petugas"], Value::Null, "and is not held");

    let nik = here.get(Field::Nik).expect("nik");
    let refused = [
        "--village",
        "33.05.01.2001",
        "--outcome",
        "tidak-memenuhi-syarat",
        "--reason",
        "Pindah ke desa lain",
    ];
    district.decide(&[&["--nik", nik, "--officer", "Petugas Dinas"], &refused[..]].concat());
    for village in [&first, &second] {
        village.sync();
    }
    assert_eq!(first.status()["people"]["tidak memenuhi syarat"], 1, "{}", first.status());
    assert_eq!(second.status()["people"]["NIK ganda - menunggu petugas"], Value::Null, "{}", second.status());
}

#[test]
fn an_officer_decides_and_the_village_learns_it() {
    let (folder, district, village) = scene("51.05", "51.05.01.2010");
    village.import_ready(&people::write_csv(folder.path(), "51.05.01.2010", 1, 2));
    village.enrol(&district.enrolment_file("51.05.01.2010"));
    village.sync();
    assert_eq!(village.status()["people"]["sudah sampai di kabupaten"], 2, "{}", village.status());
    let nik = people::one("51.05.01.2010", 1).get(Field::Nik).expect("nik").to_owned();
    district.decide(&["--nik", &nik, "--outcome", "lolos", "--officer", "Petugas Dinas"]);
    let told = village.sync();
    assert!(told.contains("lolos verifikasi"), "{told}");
    assert_eq!(village.status()["people"]["lolos verifikasi"], 1);
}

#[test]
fn a_missing_fact_comes_back_as_perlu_diperbaiki() {
    let (folder, district, village) = scene("33.05", "33.05.01.2001");
    let mut person = people::one("33.05.01.2001", 3);
    person.set(Field::OtherCover, "");
    village.import_ready(&people::write(&folder.path().join("incomplete.csv"), &[person]));
    village.enrol(&district.enrolment_file("33.05.01.2001"));
    village.sync();
    assert_eq!(village.status()["people"]["perlu diperbaiki"], 1, "{}", village.status());
}

#[test]
fn an_enrolment_file_works_once_and_only_for_its_village() {
    let (folder, district, first) = scene("33.05", "33.05.01.2001");
    let file = district.enrolment_file("33.05.01.2001");
    first.enrol(&file);
    first.enrol(&file); // the answer may have been lost: the same device may ask again
    let other_laptop = folder.path().join("other");
    std::fs::create_dir(&other_laptop).expect("folder");
    let second = Village::new(&other_laptop, "33.05.01.2001");
    let used = second.command(&["enrol"]).arg(&file).output().expect("payung");
    assert!(!used.status.success() && String::from_utf8_lossy(&used.stderr).contains("sudah"), "{used:?}");
    let neighbour = Village::new(&other_laptop, "33.05.01.2002");
    let foreign = neighbour.command(&["enrol"]).arg(&file).output().expect("payung");
    let words = String::from_utf8_lossy(&foreign.stderr).into_owned();
    assert!(!foreign.status.success() && words.contains("33.05.01.2001"), "names the village: {words}");
}
