//! The program dies while a clerk enters people.

use crate::chance::Chance;
use payung_domain::{Delivery, State};
use payung_register::{ListQuery, Register, Tools};
use payung_system::{SystemClock, SystemRandom};
use payung_tests::people;
use payung_tests::programs::program;
use std::collections::BTreeSet;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;

const ROUNDS: u32 = 25;
const SECRET: &str = "padi sawah kuning";

#[test]
fn killed_while_entering_nothing_acknowledged_is_lost() {
    let folder = tempfile::tempdir().expect("folder");
    let data = folder.path().join("village");
    people::cheap_register(&data, "33.05.01.2001", SECRET);
    let mut chance = Chance::new("killed while entering");
    let (mut typed, mut released) = (BTreeSet::new(), BTreeSet::new());
    for round in 0..ROUNDS {
        let mut clerk = Command::new(program("payung-clerk"))
            .arg(&data)
            .args([SECRET, &(1 + round * 300).to_string()])
            .stdout(Stdio::piped())
            .spawn()
            .expect("the clerk starts");
        let mut said = BufReader::new(clerk.stdout.take().expect("stdout")).lines();
        assert_eq!(said.next().and_then(Result::ok).as_deref(), Some("open"), "round {round}");
        std::thread::sleep(chance.wait(20, 900));
        clerk.kill().expect("kill -9");
        clerk.wait().expect("ended");
        // A line cut off by the kill was not an acknowledgement; lines() would still give it, so only whole ones count.
        for line in said.map_while(Result::ok) {
            match line.split_once(' ') {
                Some(("typed", nik)) if nik.len() == 16 => typed.insert(nik.to_owned()),
                Some(("released", nik)) if nik.len() == 16 => released.insert(nik.to_owned()),
                _ => false,
            };
        }
        check(&data, &typed, &released, round);
    }
    println!("{} people typed and {} released before {ROUNDS} kills", typed.len(), released.len());
    assert!(
        released.len() > ROUNDS as usize,
        "the clerk hardly worked: the kills came too early to prove anything"
    );
}

fn check(data: &Path, typed: &BTreeSet<String>, released: &BTreeSet<String>, round: u32) {
    let tools = Tools::new(Arc::new(SystemClock), Arc::new(SystemRandom));
    let slot = Register::people(data).expect("people")[0].id;
    let register = Register::unlock(data, slot, SECRET, tools).expect("the register opens after a kill");
    register.verify_journal().unwrap_or_else(|error| panic!("round {round}: {error}"));
    let (mut found, mut sent) = (BTreeSet::new(), BTreeSet::new());
    let mut offset = 0;
    loop {
        let page = register.list(&ListQuery { offset, limit: 500, ..ListQuery::default() }).expect("list");
        if page.rows.is_empty() {
            break;
        }
        offset += page.rows.len() as u64;
        for row in page.rows.into_iter().filter(|row| !row.nik.is_empty()) {
            if row.state != State::Draft {
                assert_eq!(row.delivery, Delivery::NotSent);
                assert!(sent.insert(row.nik.clone()), "round {round}: somebody is released twice");
            }
            assert!(found.insert(row.nik), "round {round}: somebody is there twice");
        }
    }
    let lost = typed.difference(&found).count() + released.difference(&sent).count();
    assert_eq!(lost, 0, "round {round}: acknowledged and lost");
}
