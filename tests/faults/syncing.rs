//! The village's program or the district's server dies while they talk.

use crate::chance::Chance;
use payung_tests::{District, Village, people};
use std::process::Stdio;

const ROUNDS: u32 = 25;
const PEOPLE_PER_ROUND: u32 = 20;

#[test]
fn killed_while_syncing_nothing_is_lost_and_nothing_doubled() {
    let folder = tempfile::tempdir().expect("folder");
    let mut district = District::start(folder.path(), "33.05");
    let village = Village::new(folder.path(), "33.05.01.2001");
    village.enrol(&district.enrolment_file("33.05.01.2001"));
    let mut chance = Chance::new("killed while syncing");
    let mut hits = 0;
    for round in 0..ROUNDS {
        let file =
            people::write_csv(folder.path(), "33.05.01.2001", 1 + round * PEOPLE_PER_ROUND, PEOPLE_PER_ROUND);
        village.import_ready(&file);
        let mut sync =
            village.command(&["sync"]).stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("sync");
        if chance.coin() {
            // The exchange itself takes some ten milliseconds, after unlocking.
            std::thread::sleep(chance.wait(250, 700));
            hits += u32::from(sync.try_wait().expect("state of the program").is_none());
            sync.kill().expect("kill -9 of the program");
            sync.wait().expect("ended");
        } else {
            std::thread::sleep(chance.wait(250, 700));
            hits += u32::from(sync.try_wait().expect("state of the program").is_none());
            district.kill();
            sync.wait().expect("the program ends by itself when the server dies");
            district.restart();
        }
        village.verify_journal();
    }
    println!("{hits} of {ROUNDS} kills met a program at work");
    village.sync();
    let (here, there) = (village.status(), district.status());
    let people = u64::from(ROUNDS * PEOPLE_PER_ROUND);
    assert_eq!(here["delivery"]["sudah sampai di kabupaten"], people, "{here}");
    assert_eq!(here["entries"], here["entries_receipted"], "{here}");
    assert_eq!(there["entries"], here["entries"], "the district holds each entry once: {there}");
    assert_eq!(there["people_total"], people, "nobody is there twice: {there}");
}
