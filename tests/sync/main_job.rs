//! Enter, release, sync, decide, correct: seen from both ends.

use payung_tests::{District, Village, people};

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
    assert_eq!(after["entries"], after["entries_receipted"], "every shared entry is under a receipt: {after}");
    assert_eq!(after["delivery"]["sudah sampai di kabupaten"], 40, "{after}");
    assert!(after["last_sync"].is_string());

    village.sync();
    assert_eq!(village.status()["entries"], after["entries"], "a second sync adds nothing");
    assert_eq!(district.status()["people"].as_u64().or(district.status()["persons"].as_u64()), Some(40));
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
    let people = people::write_csv(folder.path(), "33.05.01.2001", 7, 1);
    for (village, code) in [(&first, "33.05.01.2001"), (&second, "33.05.02.2001")] {
        village.import_ready(&people);
        village.enrol(&district.enrolment_file(code));
        village.sync();
    }
    assert_eq!(second.status()["people"]["NIK ganda - menunggu petugas"], 1, "{}", second.status());
    first.sync();
    let told = first.sync();
    assert!(told.contains("33.05.02.2001") || first.status()["notices"].as_u64() == Some(1), "{told}");
}
