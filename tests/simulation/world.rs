//! A world from one seed: villages, their laptops, the district, and what happens to them.

use crate::chance::{Chance, DAY_MS, HOUR_MS, MINUTE_MS, Wall};
use crate::copies::{self, Copy};
use crate::files::Ground;
use crate::laptop::Laptop;
use crate::ledger::Ledger;
use crate::link::{Letter, Line, Weather};
use crate::mutations::Mutation;
use crate::office::Office;
use crate::oracle::{self, Violation};
use crate::sticks::{self, Stick};
use crate::{clerk, disasters, photos};
use payung_domain::VillageCode;
use payung_register::Register;
use payung_sync::SyncError;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

const VILLAGES: [&str; 2] = ["33.05.01.2001", "33.05.02.2001"];
/// How often a disk is copied, put back, cloned or lost, or a laptop joins, beside the other steps.
const COPIES: usize = 8;
/// Rounds of everybody sending to everybody in which a world must come to rest once nothing disturbs it.
const QUIET_ROUNDS_MAX: usize = 12;

pub struct World {
    pub chance: Chance,
    pub wall: Arc<Wall>,
    pub ground: Ground,
    pub office: Office,
    pub laptops: Vec<Laptop>,
    pub ledger: Ledger,
    /// Requests that are still under way, to arrive late or twice.
    pub letters: Vec<Letter>,
    /// Files that somebody carries about.
    pub sticks: Vec<Stick>,
    /// Copies of disks, to be put back one day.
    pub copies: Vec<Copy>,
    files: usize,
    pub tally: Tally,
    /// The villages' programs know the first language only.
    pub first_language: bool,
    /// What happened, for the person who reads a failure.
    pub diary: Vec<String>,
    pub mutation: Option<Mutation>,
}

/// How often what was done.
#[derive(Clone, Default)]
pub struct Tally(BTreeMap<&'static str, u64>);

impl Tally {
    pub fn count(&mut self, what: &'static str) {
        *self.0.entry(what).or_default() += 1;
    }

    pub fn add(&mut self, other: &Self) {
        for (what, times) in &other.0 {
            *self.0.entry(what).or_default() += times;
        }
    }
}

impl std::fmt::Display for Tally {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.iter().try_for_each(|(what, times)| writeln!(f, "  {times:>9}  {what}"))
    }
}

/// What one seed came to.
pub struct Run {
    pub result: Result<(), Violation>,
    pub tally: Tally,
    pub diary: Vec<String>,
}

/// Lives through one seed.
pub fn run(seed: u64, mutation: Option<Mutation>) -> Run {
    let mut world = World::new(seed, mutation);
    let result = world.live();
    Run { result, tally: world.tally, diary: world.diary }
}

impl World {
    fn new(seed: u64, mutation: Option<Mutation>) -> Self {
        let mut chance = Chance::new(seed);
        let (wall, ground) = (Wall::new(), Ground::new());
        let first_language = chance.one_in(6);
        let office = Office::new(&ground, &wall, &mut chance);
        Self {
            chance,
            wall,
            ground,
            office,
            laptops: Vec::new(),
            ledger: Ledger::default(),
            letters: Vec::new(),
            files: 0,
            sticks: Vec::new(),
            copies: Vec::new(),
            tally: Tally::default(),
            first_language,
            diary: Vec::new(),
            mutation,
        }
    }

    fn live(&mut self) -> Result<(), Violation> {
        let villages = if self.chance.one_in(2) { 2 } else { 1 };
        for (village, letter) in VILLAGES.iter().zip('A'..).take(villages) {
            let code = VillageCode::parse(village).expect("village");
            let laptops = if self.first_language { 1 } else { 1 + self.chance.below(3) };
            for number in 1..=laptops {
                disasters::set_up(self, &format!("{letter}{number}"), code)?;
            }
        }
        let steps = 20 + self.chance.below(40);
        for _ in 0..steps {
            self.step()?;
        }
        self.come_to_rest()?;
        if self.mutation == Some(Mutation::LostPhoto) {
            photos::lose(self);
        }
        oracle::at_rest(self)
    }

    fn step(&mut self) -> Result<(), Violation> {
        self.wall.forward(self.chance.between(0, 3 * HOUR_MS));
        let Some(at) = self.someone() else { return Ok(()) };
        let what = self.chance.weighted(&[
            (45, Step::Clerk),
            (27, Step::Sync),
            (6, Step::Letter),
            (6, Step::Officer),
            (4, Step::Attack),
            (8, Step::Disaster),
            (if self.first_language { 0 } else { 8 }, Step::Stick),
            (if self.first_language { 0 } else { COPIES }, Step::Copies),
        ]);
        match what {
            Step::Clerk => clerk::work(self, at)?,
            Step::Sync => {
                let weather = if self.chance.one_in(3) { Weather::Fair } else { Weather::Rough };
                let _ = Line::talk(self, at, weather)?;
            }
            Step::Letter => Line::deliver_a_letter(self)?,
            Step::Officer => disasters::officer(self),
            Step::Attack => crate::attack::attack(self, at)?,
            Step::Disaster => disasters::strike(self, at)?,
            Step::Stick => sticks::walk(self, at)?,
            Step::Copies => copies::shuffle(self, at)?,
        }
        Ok(())
    }

    /// A laptop at which somebody works.
    pub fn someone(&mut self) -> Option<usize> {
        let at_work: Vec<usize> =
            self.laptops.iter().enumerate().filter(|(_, laptop)| !laptop.gone).map(|(at, _)| at).collect();
        self.chance.pick(&at_work).copied()
    }

    /// A place for a file that nothing stands at yet.
    pub fn new_file(&mut self, name: &str) -> PathBuf {
        self.files += 1;
        self.ground.join(&format!("{name}-{}.payungusb", self.files))
    }

    pub fn note(&mut self, at: usize, what: impl std::fmt::Display) {
        let line = format!("{}: {what}", self.laptops[at].name);
        self.diary.push(line);
    }

    /// Nothing disturbs any more: late letters arrive, then everybody sends until nothing moves.
    fn come_to_rest(&mut self) -> Result<(), Violation> {
        self.diary.push("quiet".to_owned());
        for at in 0..self.laptops.len() {
            if self.laptops[at].is_full() {
                self.laptops[at].fill_up(None)?;
            }
        }
        while !self.sticks.is_empty() {
            sticks::bring(self)?;
        }
        while !self.letters.is_empty() {
            Line::deliver_a_letter(self)?;
        }
        let mut failed = String::new();
        for round in 0..QUIET_ROUNDS_MAX {
            // In the second one at the latest, whatever its clock was, every laptop asks which photos the district lacks.
            self.wall.forward(8 * DAY_MS);
            let before = self.fingerprint();
            failed.clear();
            for at in 0..self.laptops.len() {
                self.wall.forward(MINUTE_MS);
                if self.laptops[at].gone {
                    continue;
                }
                match Line::talk(self, at, Weather::Fair)? {
                    // A district that was put back from before this laptop was let in: it needs a new file.
                    Err(SyncError::Refused { words }) if words.contains("UnknownDevice") => {
                        self.tally.count("laptops let in again");
                        failed =
                            Line::enrol(self, at)?.err().map_or("let in again".to_owned(), |e| e.to_string());
                    }
                    Err(error) => failed = format!("{} cannot send: {error}", self.laptops[at].name),
                    Ok(_) => {}
                }
            }
            if round > 0 && failed.is_empty() && before == self.fingerprint() {
                return Ok(());
            }
        }
        Err(Violation::new(2, format!("no rest after {QUIET_ROUNDS_MAX} rounds without faults. {failed}")))
    }

    /// Both sides, as far as an exchange can change them.
    fn fingerprint(&self) -> String {
        let at_work = self.laptops.iter().filter(|laptop| !laptop.gone);
        let state = |register: &Register| {
            (register.series().expect("series"), register.attachment_counts().expect("counts"))
        };
        let registers: Vec<_> = at_work.map(|laptop| state(laptop.register())).collect();
        format!("{} {registers:?}", self.office.fingerprint())
    }
}

#[derive(Clone, Copy)]
enum Step {
    Clerk,
    Sync,
    Letter,
    Officer,
    Attack,
    Disaster,
    Stick,
    Copies,
}
