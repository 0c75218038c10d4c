//! A folder of the first program is opened by the program of today.

use crate::support::heads::Head;
use crate::support::laptop::today;
use crate::support::{AYAH, Scene, people};
use payung_district::officer::{self, Standing};
use payung_domain::Answer;
use payung_journal::{EntityId, Event};
use rusqlite::Connection;
use std::collections::BTreeMap;
use std::path::Path;

const FIRST: &str = include_str!("../../../migrations/district-sqlite/0001_initial.sql");
/// What later migrations add, and what they do not need.
const BACK: &str = "DROP TABLE twin; DROP TABLE waiting; DROP TABLE rival; DROP INDEX series_by_village;
    ALTER TABLE device DROP COLUMN have; ALTER TABLE device DROP COLUMN revoked_by;
    ALTER TABLE device DROP COLUMN revoked_note; ALTER TABLE series DROP COLUMN continues_series;
    ALTER TABLE series DROP COLUMN continues_seq; ALTER TABLE series DROP COLUMN reentered;
    DROP TABLE head_certificate; DROP TABLE head_revocation; DROP TABLE statement; DROP TABLE stamp;
    DROP TABLE withdrawal; DROP TABLE attachment_piece; DROP TABLE attachment_named;
    DROP TABLE attachment_removed; DROP TABLE attachment; DROP TABLE bundle; DROP TABLE bundle_written;
    DELETE FROM setting WHERE name IN ('statements.indexed', 'attachments.indexed');
    UPDATE attested SET stamped = 1; PRAGMA user_version = 1;";

fn open(data: &Path) -> Connection {
    let key = std::fs::read(data.join("district.key")).unwrap();
    let connection = Connection::open(data.join("district.db")).unwrap();
    connection.execute_batch(&format!("PRAGMA key = \"x'{}'\";", payung_keys::hex(&key))).unwrap();
    connection
}

fn schema(connection: &Connection) -> BTreeMap<String, String> {
    let mut statement = connection
        .prepare("SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY name")
        .unwrap();
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
    rows.map(Result::unwrap).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn statements_of_the_first_program_go_on_and_wait_for_their_head_to_be_certified() {
    let mut scene = Scene::kebumen().await;
    let mut laptop = scene.laptop(AYAH).await;
    let head = Head::of(&mut laptop);
    let people: Vec<EntityId> = (1..=3).map(|serial| laptop.release(people::farmer(AYAH, serial))).collect();
    let good = laptop.sign(head.plain("460/1", &people[..1]));
    let mut altered = head.plain("460/2", &people[1..2]);
    altered.document[0] ^= 1;
    let bad = laptop.sign(altered);
    for statement in [good, bad] {
        laptop.write(Event::StatementStamped { statement, on: today(), stamp: None });
    }
    scene.exchange(laptop.bytes()).await;
    scene.stop().await;

    let connection = open(&scene.data());
    connection.execute_batch(BACK).unwrap();
    let fresh = Connection::open_in_memory().unwrap();
    fresh.execute_batch(FIRST).unwrap();
    assert_eq!(schema(&connection), schema(&fresh), "the folder is as the first program left it");
    drop(connection);

    let office = scene.office();
    let standing = |person: usize| {
        let cases = officer::cases(&office, None).unwrap();
        cases.into_iter().find(|case| case.person == people[person]).unwrap().statement
    };
    assert_eq!(standing(0), Some(Standing::NotCertified));
    assert!(matches!(standing(1), Some(Standing::Broken(_))));
    assert_eq!(standing(2), None);
    let meant = payung_district::head::Meant {
        village: laptop.village,
        fingerprint: head.fingerprint(),
        officer: "Rina".into(),
    };
    payung_district::head::certify(&office, &meant, None).unwrap();
    assert_eq!(standing(0), Some(Standing::Stamped));

    scene.start().await;
    let person = laptop.release(people::farmer(AYAH, 4));
    let statement = laptop.sign(head.sealed("460/4", &[person]));
    laptop.stamp(statement, "A1B2C3D4E5F6G7H89");
    let answer = scene.exchange(laptop.bytes()).await;
    laptop.learn(&answer, &scene.office().key().public());
    assert_eq!(laptop.answer(person).unwrap(), (Answer::Arrived, vec![]), "and new ones come as ever");
    assert!(laptop.decisions.iter().any(|event| matches!(event, Event::StatementTimestamped { .. })));
}
