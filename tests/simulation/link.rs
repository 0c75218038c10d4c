//! The line between a laptop and the district, and everything that can happen on it.

use crate::chance::Chance;
use crate::files::Disk;
use crate::holdings::Overheard;
use crate::laptop::Laptop;
use crate::mutations::Mutation;
use crate::office::{Office, Path};
use crate::oracle::{self, Violation};
use crate::world::{Tally, World};
use payung_district::exchange::TurnedAway;
use payung_journal::ExchangeAnswer;
use payung_register::Register;
use payung_sync::{Carried, EnrolError, Link, LinkError, Outcome, SyncError, Village};
use std::path::PathBuf;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Old requests kept to come again.
const LETTERS_MAX: usize = 12;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weather {
    /// Everything arrives.
    Fair,
    Rough,
}

/// A request that arrives later, or once more.
pub struct Letter {
    path: Path,
    bytes: Vec<u8>,
    /// The district took it in already, in its so-manieth life.
    taken_in: Option<u64>,
}

/// What becomes of one message and its answer.
#[derive(Clone, Copy)]
enum Fate {
    Arrives,
    RequestLost,
    RequestCut,
    RequestAltered,
    Delayed,
    Twice,
    AnswerLost,
    AnswerCut,
    AnswerAltered,
    DistrictDies,
    Busy,
}

pub struct Line;

impl Line {
    /// A laptop tries to send. The inner result is what its clerk reads.
    pub fn talk(
        world: &mut World,
        at: usize,
        weather: Weather,
    ) -> Result<Result<Outcome, SyncError>, Violation> {
        world.tally.count("syncs");
        let result = through(world, at, weather, async |village, link| {
            let outcome = payung_sync::synchronise(village, link, |_| {}).await?;
            // Photos follow the data; that they wait does not undo what has arrived.
            let carried = match link.first_language() {
                true => None,
                false => Some(payung_sync::carry_attachments(village, link, |_| {}).await),
            };
            Ok((outcome, carried))
        })?;
        let (result, photos) = match result {
            Ok((outcome, carried)) => (Ok(outcome), carried.unwrap_or_else(|| Ok(Carried::default()))),
            Err(error) => (Err(error), Ok(Carried::default())),
        };
        let words = match &result {
            Ok(outcome) => format!("sends {} and gets {}", outcome.sent_entries, outcome.received_entries),
            Err(error) => format!("cannot send: {error}"),
        };
        world.note(at, words);
        if result.is_ok() {
            world.tally.count("syncs that went through");
            oracle::believes_level(world, at, weather == Weather::Fair)?;
        }
        oracle::honest(world, at)?;
        match photos {
            Ok(Carried { sent: 0, received: 0, .. }) => {}
            Ok(Carried { sent, received, waiting, .. }) => {
                world.note(at, format!("sends {sent} photos and gets {received}, {waiting} wait"));
            }
            Err(error) => {
                world.note(at, format!("photos wait: {error}"));
                return Ok(Err(error));
            }
        }
        Ok(result)
    }

    /// A laptop is let in by the district.
    pub fn enrol(world: &mut World, at: usize) -> Result<Result<(), EnrolError>, Violation> {
        let file = world.office.enrolment_file(world.laptops[at].village);
        through(world, at, Weather::Fair, async |village, link| payung_sync::enrol(village, link, file).await)
    }

    /// An old request arrives, for the first time or once more.
    pub fn deliver_a_letter(world: &mut World) -> Result<(), Violation> {
        if world.letters.is_empty() {
            return Ok(());
        }
        let letter = world.letters.remove(world.chance.below(world.letters.len()));
        let before = world.office.fingerprint();
        let known = letter.taken_in == Some(world.office.lives);
        let answer = world.office.answer(letter.path, &letter.bytes);
        world.diary.push(format!("an old request arrives: {}", said(&answer)));
        world.tally.count(if known { "requests replayed" } else { "requests delivered late" });
        if known && before != world.office.fingerprint() {
            return Err(Violation::new(3, "a request that came again changed something".to_owned()));
        }
        Ok(())
    }
}

fn said(answer: &Result<Vec<u8>, TurnedAway>) -> String {
    match answer {
        Ok(_) => "answered".to_owned(),
        Err(turned_away) => format!("{turned_away:?}"),
    }
}

/// Runs one conversation of a laptop; a laptop that died in it is started again.
fn through<T>(
    world: &mut World,
    at: usize,
    weather: Weather,
    conversation: impl AsyncFnOnce(&Inside<'_>, &Wire<'_>) -> T,
) -> Result<T, Violation> {
    let World { office, chance, letters, tally, laptops, mutation, diary, first_language, .. } = world;
    let laptop: &mut Laptop = &mut laptops[at];
    let dies = weather == Weather::Rough && chance.one_in(6);
    let dies_at = if dies { Some((chance.below(8), chance.below(3))) } else { None };
    let own_chance = Mutex::new(Chance::new(chance.below(usize::MAX) as u64));
    let dir = laptop.dir.clone();
    let state = State { register: laptop.register_mut(), looks: 0, dies_at, left: None };
    let inside = Inside { state: Mutex::new(state), chance: own_chance, dir };
    let (mutation, first_language) = (*mutation, *first_language);
    let news =
        News { office, chance, letters, tally, diary, weather, first_language, mutation, violation: None };
    let wire = Wire(Mutex::new(news));
    let runtime = tokio::runtime::Builder::new_current_thread().build().expect("runtime");
    let result = runtime.block_on(conversation(&inside, &wire));
    let violation = lock(&wire.0).violation.take();
    let left = lock(&inside.state).left.take();
    if let Some(disk) = left {
        world.tally.count("laptop dies while sending");
        world.note(at, "dies while sending");
        world.laptops[at].start_again_from(&disk)?;
    }
    oracle::remembers(world, at)?;
    violation.map_or(Ok(result), Err)
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

// -- The village's end ------------------------------------------------------------------------------------------------

/// The register as the driver holds it. At some look into it the power goes.
pub struct Inside<'w> {
    state: Mutex<State<'w>>,
    chance: Mutex<Chance>,
    dir: PathBuf,
}

struct State<'w> {
    register: &'w mut Register,
    looks: usize,
    /// At which look, and whether before (0), within (1) or after (2) what is done there.
    dies_at: Option<(usize, usize)>,
    /// What is on the disk once the laptop died.
    left: Option<Disk>,
}

impl Village for Inside<'_> {
    async fn with<T, F>(&self, work: F) -> Option<T>
    where
        T: Send + 'static,
        F: FnOnce(&mut Register) -> T + Send + 'static,
    {
        let mut state = lock(&self.state);
        if state.left.is_some() {
            return None;
        }
        let dies = state.dies_at.filter(|(look, _)| *look == state.looks).map(|(_, when)| when);
        state.looks += 1;
        let Some(when) = dies else { return Some(work(state.register)) };
        let before = Disk::read(&self.dir);
        if when == 0 {
            state.left = Some(before);
            return None;
        }
        let _ = work(state.register);
        let after = Disk::read(&self.dir);
        state.left = Some(if when == 1 { after.torn(&before, &mut lock(&self.chance)) } else { after });
        None
    }
}

// -- The line and the district's end ----------------------------------------------------------------------------------

pub struct Wire<'w>(Mutex<News<'w>>);

struct News<'w> {
    office: &'w mut Office,
    chance: &'w mut Chance,
    letters: &'w mut Vec<Letter>,
    tally: &'w mut Tally,
    diary: &'w mut Vec<String>,
    weather: Weather,
    first_language: bool,
    mutation: Option<Mutation>,
    violation: Option<Violation>,
}

impl Wire<'_> {
    fn first_language(&self) -> bool {
        lock(&self.0).first_language
    }
}

impl Link for Wire<'_> {
    async fn round(&self, request: Vec<u8>) -> Result<Vec<u8>, LinkError> {
        if self.first_language() {
            return Err(LinkError::Unknown);
        }
        lock(&self.0).carry(Path::Second, request)
    }

    async fn attachment(&self, call: Vec<u8>) -> Result<Vec<u8>, LinkError> {
        lock(&self.0).carry(Path::Attachments, call)
    }

    async fn exchange(&self, request: Vec<u8>) -> Result<Vec<u8>, LinkError> {
        lock(&self.0).carry(Path::First, request)
    }

    async fn enrol(&self, request: String) -> Result<String, LinkError> {
        let answer = lock(&self.0).office.enrol(&request);
        answer.ok_or(LinkError::Refused { words: "not enrolled".to_owned() })
    }
}

impl News<'_> {
    fn carry(&mut self, path: Path, mut request: Vec<u8>) -> Result<Vec<u8>, LinkError> {
        let fate = self.fate();
        match fate {
            Fate::Arrives => self.deliver(path, &request),
            Fate::RequestLost => self.lost("requests lost"),
            Fate::RequestCut => {
                request.truncate(self.chance.below(request.len()));
                self.damaged("requests cut", path, &request)
            }
            Fate::RequestAltered => {
                let at = self.chance.below(request.len());
                request[at] ^= 1 << self.chance.below(8);
                self.damaged("requests altered", path, &request)
            }
            Fate::Delayed => {
                self.keep(Letter { path, bytes: request, taken_in: None });
                self.lost("requests delayed")
            }
            Fate::Twice => self.twice(path, &request),
            Fate::AnswerLost => {
                let _ = self.deliver(path, &request);
                self.lost("answers lost")
            }
            Fate::AnswerCut => {
                let mut answer = self.deliver(path, &request)?;
                self.tally.count("answers cut");
                answer.truncate(self.chance.below(answer.len()));
                Ok(answer)
            }
            Fate::AnswerAltered => {
                let mut answer = self.deliver(path, &request)?;
                self.tally.count("answers altered");
                let at = self.chance.below(answer.len());
                answer[at] ^= 1 << self.chance.below(8);
                Ok(answer)
            }
            Fate::DistrictDies => self.district_dies(path, &request),
            Fate::Busy => {
                self.tally.count("district busy");
                Err(LinkError::Busy { retry_after: None })
            }
        }
    }

    fn fate(&mut self) -> Fate {
        if self.weather == Weather::Fair {
            return Fate::Arrives;
        }
        self.chance.weighted(&[
            (20, Fate::Arrives),
            (2, Fate::RequestLost),
            (2, Fate::RequestCut),
            (2, Fate::RequestAltered),
            (3, Fate::Delayed),
            (4, Fate::Twice),
            (4, Fate::AnswerLost),
            (2, Fate::AnswerCut),
            (2, Fate::AnswerAltered),
            (3, Fate::DistrictDies),
            (1, Fate::Busy),
        ])
    }

    fn deliver(&mut self, path: Path, request: &[u8]) -> Result<Vec<u8>, LinkError> {
        self.tally.count("requests answered");
        let office = &mut *self.office;
        let answer = match self.mutation {
            Some(mutation) => mutation.answer(office, path, request, self.chance),
            None => office.answer(path, request),
        };
        if let Ok(answer) = &answer
            && self.chance.one_in(3)
        {
            let taken_in = self.took_all(path, request, answer).then_some(self.office.lives);
            self.keep(Letter { path, bytes: request.to_vec(), taken_in });
        }
        answer.map_err(|turned_away| {
            if let TurnedAway::Failed(error) = &turned_away {
                self.violation = Some(Violation::new(4, format!("the district failed: {error}")));
            }
            LinkError::Refused { words: format!("{turned_away:?}") }
        })
    }

    fn keep(&mut self, letter: Letter) {
        if self.letters.len() < LETTERS_MAX {
            self.letters.push(letter);
        }
    }

    fn lost<T>(&mut self, what: &'static str) -> Result<T, LinkError> {
        self.tally.count(what);
        Err(if self.chance.one_in(2) { LinkError::Offline } else { LinkError::Broken })
    }

    /// A damaged request changes nothing, whatever is left of it.
    fn damaged(&mut self, what: &'static str, path: Path, request: &[u8]) -> Result<Vec<u8>, LinkError> {
        let before = self.office.fingerprint();
        let answer = match self.mutation {
            Some(Mutation::TakesDamaged) => Ok(Vec::new()),
            _ => self.office.answer(path, request),
        };
        if answer.is_ok() || before != self.office.fingerprint() {
            self.violation = Some(Violation::new(5, format!("{what}, and the district took it")));
        }
        self.lost(what)
    }

    /// The same request twice in a row: the second time changes nothing and gets the same receipts.
    fn twice(&mut self, path: Path, request: &[u8]) -> Result<Vec<u8>, LinkError> {
        self.tally.count("requests doubled");
        let first = self.deliver(path, request)?;
        let between = self.office.fingerprint();
        let second = self.deliver(path, request)?;
        if between != self.office.fingerprint() {
            self.violation = Some(Violation::new(3, "a doubled request changed something".to_owned()));
        }
        let receipts = [self.receipts(path, request, &first), self.receipts(path, request, &second)];
        if receipts[0] != receipts[1] {
            let why = format!("a doubled request got another receipt: {receipts:?}");
            self.violation = Some(Violation::new(3, why));
        }
        Ok(if self.chance.one_in(2) { first } else { second })
    }

    /// Before, within or after its commit; the answer never leaves.
    fn district_dies(&mut self, path: Path, request: &[u8]) -> Result<Vec<u8>, LinkError> {
        let before = self.office.disk();
        let when = self.chance.below(3);
        let disk = if when == 0 {
            before
        } else {
            let _ = self.deliver(path, request);
            let after = self.office.disk();
            if when == 1 { after.torn(&before, self.chance) } else { after }
        };
        self.diary.push("the district's server dies".to_owned());
        if when == 1 {
            // Whether it was taken in is not known: what was kept of it may be new to the district.
            self.office.lives += 1;
        }
        if let Err(violation) = self.office.start_again_from(&disk) {
            self.violation = Some(violation);
        }
        self.lost("district dies while answering")
    }

    /// Whether everything that the request brought was taken in: then it can bring nothing new.
    fn took_all(&self, path: Path, request: &[u8], answer: &[u8]) -> bool {
        match path {
            Path::First => ExchangeAnswer::decode(answer).is_ok_and(|answer| answer.refusals.is_empty()),
            Path::Second => Overheard::read(self.office, request, answer)
                .is_some_and(|heard| heard.answer.refusals.is_empty()),
            Path::Attachments => false,
        }
    }

    /// What the district put its name to.
    fn receipts(&self, path: Path, request: &[u8], answer: &[u8]) -> Option<Vec<String>> {
        let receipts = match path {
            Path::First => ExchangeAnswer::decode(answer).ok()?.receipts,
            Path::Second => Overheard::read(self.office, request, answer)?.answer.receipts,
            Path::Attachments => Vec::new(),
        };
        Some(receipts.iter().map(|r| format!("{:?} {} {:?} {:?}", r.series, r.seq, r.head, r.at)).collect())
    }
}
