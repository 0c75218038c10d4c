//! Tests that need the inside of the register. What a program can see is tested in `tests/register`.

use rusqlite::Connection;
use std::path::{Path, PathBuf};

#[test]
fn every_sql_file_is_prepared_against_a_freshly_migrated_database() {
    let mut db = Connection::open_in_memory().expect("database in memory");
    crate::schema::migrate(&mut db).expect("migrations run");
    let mut files = Vec::new();
    sql_files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut files);
    for file in &files {
        let text = std::fs::read_to_string(file).expect("statement");
        if let Err(error) = db.prepare(&text) {
            panic!("{}: {error}", file.display());
        }
    }
    assert!(files.len() > 40, "found only {} statements", files.len());
}

#[test]
fn the_roster_is_read_from_its_index_alone() {
    let mut db = Connection::open_in_memory().expect("database in memory");
    crate::schema::migrate(&mut db).expect("migrations run");
    let plan: String = db
        .query_row(&format!("EXPLAIN QUERY PLAN {}", include_str!("../person/lines.sql")), [], |row| {
            row.get(3)
        })
        .expect("plan");
    assert!(
        plan.contains("COVERING INDEX person_roster"),
        "opening would read every person's values: {plan}"
    );
}

fn sql_files(dir: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(dir).expect("folder").map(|entry| entry.expect("entry").path()) {
        if entry.is_dir() {
            sql_files(&entry, found);
        } else if entry.extension().is_some_and(|ending| ending == "sql") {
            found.push(entry);
        }
    }
}
