//! Reads made-up and changed files for as long as it is told, and says what came of it:
//! `cargo run --release -p payung-sheets --example fuzz -- SECONDS FOLDER [FILE...]`. Cases that are worth a look are
//! left in the folder. The files are changed copies of those named and of the ones made here.

mod change;
mod seeds;
mod tell;

use payung_domain::Unwatched;
use payung_sheets::{Applicants, SheetError, read_people_from, read_sheets_from};
use std::collections::BTreeSet;
use std::path::PathBuf;
use std::time::{Duration, Instant};
use tell::Findings;

/// Longer than this, and a file is worth a look.
const SLOW: Duration = Duration::from_secs(4);
const USAGE: &str = "fuzz SECONDS FOLDER [FILE...]";

fn main() {
    let mut arguments = std::env::args().skip(1);
    let seconds: u64 = arguments.next().and_then(|text| text.parse().ok()).expect(USAGE);
    let folder = PathBuf::from(arguments.next().expect(USAGE));
    let mut seeds = seeds::made_here();
    seeds.extend(arguments.map(|name| std::fs::read(&name).expect("a file that can be read")));
    let seed = fastrand::u64(..);
    let mut random = fastrand::Rng::with_seed(seed);
    println!("seed {seed}, {} files to begin with", seeds.len());

    let mut findings = Findings::new(folder);
    // Time at work: a machine that sleeps in between does not count.
    let mut worked = Duration::ZERO;
    let mut told = Duration::ZERO;
    while worked < Duration::from_secs(seconds) {
        let begun = now();
        let (way, bytes) = change::case(&mut random, &seeds);
        one(&mut findings, way, &bytes);
        worked += begun.elapsed().min(SLOW);
        if worked - told > Duration::from_secs(60) {
            told = worked;
            findings.tell(worked);
        }
    }
    findings.tell(worked);
}

fn one(findings: &mut Findings, way: &'static str, bytes: &[u8]) {
    findings.at_hand(bytes);
    let (people, took) = read(bytes);
    findings.count(way, &people);
    let mut wrong = Vec::new();
    // Twice in a row is no accident of the machine.
    if took > SLOW && read(bytes).1 > SLOW {
        wrong.push("slow".to_owned());
    }
    match &people {
        Ok(found) => wrong.extend(amiss(found, bytes)),
        Err(error) if error.to_string().len() < 20 => wrong.push("an error without words".to_owned()),
        Err(_) => {}
    }
    wrong.extend(tell::panics());
    for what in wrong {
        findings.keep(&what, bytes);
    }
}

fn read(bytes: &[u8]) -> (Result<Applicants, SheetError>, Duration) {
    let begun = now();
    let people = read_people_from(bytes, &Unwatched);
    (people, begun.elapsed())
}

/// What must hold for every file that was read.
fn amiss(found: &Applicants, bytes: &[u8]) -> Vec<String> {
    let mut wrong = Vec::new();
    let taken = found.rows.iter().map(|row| (row.sheet, row.row));
    let places: BTreeSet<(u16, u32)> =
        taken.clone().chain(found.skipped.iter().map(|row| (row.sheet, row.row))).collect();
    if places.len() != found.rows.len() + found.skipped.len() {
        wrong.push("a row twice".to_owned());
    }
    if !taken.is_sorted() {
        wrong.push("rows out of order".to_owned());
    }
    if places.iter().any(|(sheet, _)| usize::from(*sheet) >= found.sheets.len().max(1)) {
        wrong.push("a row of no sheet".to_owned());
    }
    for row in &found.rows {
        if row.values.is_empty() && row.errors.is_empty() {
            wrong.push("a person without values".to_owned());
        }
        let reading = row.read();
        if reading.errors.iter().any(|error| error.rule.is_empty()) {
            wrong.push("an error without a rule".to_owned());
        }
        if reading.facts.birth_date.is_some() && row.values.text(payung_domain::Field::BirthDate).is_none() {
            wrong.push("a date from nowhere".to_owned());
        }
    }
    // What lies behind an end marker is not read for people, and may be damaged.
    let sheets = read_sheets_from(bytes, &Unwatched).unwrap_or_default();
    if !sheets.is_empty() && places.len() > sheets.iter().map(|sheet| sheet.rows.len()).sum() {
        wrong.push("more people than rows".to_owned());
    }
    wrong.dedup();
    wrong
}

#[expect(clippy::disallowed_methods, reason = "a program that runs for a given time")]
fn now() -> Instant {
    Instant::now()
}

/// The kind of an error, for the counts.
fn kind(people: &Result<Applicants, SheetError>) -> &'static str {
    match people {
        Ok(found) => found.layout.name(),
        Err(SheetError::Damaged) => "damaged",
        Err(SheetError::NoPeople) => "no people",
        Err(SheetError::Empty) => "empty",
        Err(SheetError::MissingColumns { .. }) => "missing columns",
        Err(SheetError::DoubledColumn { .. }) => "doubled column",
        Err(SheetError::TooMuch { .. }) => "too much",
        Err(SheetError::NotATable(_)) => "not a table",
        Err(SheetError::UnclosedQuote { .. }) => "unclosed quote",
        Err(_) => "other error",
    }
}
