//! What was found, counted, and the cases kept.

use crate::kind;
use payung_sheets::{Applicants, SheetError};
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Mutex;
use std::time::Duration;

/// Panics since the last look, by place: also those that the reader caught.
static PANICS: Mutex<Vec<String>> = Mutex::new(Vec::new());
/// Cases kept of one finding.
const KEPT_EACH: u64 = 3;

pub struct Findings {
    folder: PathBuf,
    cases: BTreeMap<&'static str, u64>,
    outcomes: BTreeMap<&'static str, u64>,
    people: u64,
    skipped: u64,
    found: BTreeMap<String, u64>,
}

impl Findings {
    pub fn new(folder: PathBuf) -> Self {
        std::fs::create_dir_all(&folder).expect("a folder for what is found");
        std::panic::set_hook(Box::new(|panic| {
            let place = panic.location().map_or_else(String::new, |at| {
                let file = at.file().rsplit_once("/src/").map_or(at.file(), |(before, _)| before);
                let room = file.rsplit('/').next().unwrap_or(file);
                format!("panic in {room}: {}:{}", at.file().rsplit('/').next().unwrap_or_default(), at.line())
            });
            if let Ok(mut panics) = PANICS.lock() {
                panics.push(place);
            }
        }));
        Self {
            folder,
            cases: BTreeMap::new(),
            outcomes: BTreeMap::new(),
            people: 0,
            skipped: 0,
            found: BTreeMap::new(),
        }
    }

    pub fn count(&mut self, way: &'static str, people: &Result<Applicants, SheetError>) {
        *self.cases.entry(way).or_default() += 1;
        *self.outcomes.entry(kind(people)).or_default() += 1;
        if let Ok(found) = people {
            self.people += found.rows.len() as u64;
            self.skipped += found.skipped.len() as u64;
        }
    }

    /// Left there when the program is ended by what it reads.
    pub fn at_hand(&self, bytes: &[u8]) {
        std::fs::write(self.folder.join("at-hand.case"), bytes).expect("a case can be kept");
    }

    pub fn keep(&mut self, what: &str, bytes: &[u8]) {
        let count = self.found.entry(what.to_owned()).or_default();
        *count += 1;
        if *count <= KEPT_EACH {
            let name: String = what.chars().map(|c| if c.is_alphanumeric() { c } else { '_' }).collect();
            let path = self.folder.join(format!("{name}-{count}.case"));
            std::fs::write(&path, bytes).expect("a case can be kept");
            println!("found {what}: {}", path.display());
        }
    }

    pub fn tell(&self, time: Duration) {
        let cases: u64 = self.cases.values().sum();
        println!("{} s, {cases} cases, {} people, {} skipped", time.as_secs(), self.people, self.skipped);
        println!("  ways {:?}", self.cases);
        println!("  outcomes {:?}", self.outcomes);
        println!("  found {:?}", self.found);
    }
}

pub fn panics() -> Vec<String> {
    PANICS.lock().map(|mut panics| std::mem::take(&mut *panics)).unwrap_or_default()
}
