//! One synchronisation: requests and answers until both sides hold the same.

use crate::error::SyncError;
use crate::first;
use crate::link::{Link, LinkError};
use crate::plan::Page;
use crate::round::{self, Doubt};
use crate::turn::{Learned, Turn};
use crate::village::Village;
use crate::words::{clock_words, compared_words};
use payung_domain::Delivery;
use payung_journal::{Position, RoundRequest};
use payung_register::{Op, PersonId, Register, RegisterError, SyncAttempt, Via};

/// Requests in one synchronisation: 2,000 entries each, so two million entries; beyond it something is wrong.
const REQUESTS_MAX: u32 = 1_000;
/// Requests in a row that bring neither side further before the driver gives up.
const IDLE_REQUESTS_MAX: u32 = 3;
/// Rounds that mend what had drifted apart: a fork and a restored district together take four.
const MENDING_ROUNDS_MAX: u32 = 20;
/// Connections in a row that break without any answer before the line counts as gone.
const BREAKS_IN_A_ROW_MAX: u32 = 3;
/// Breaks without a single entry getting through: by then a page is as small as it gets.
const FRUITLESS_BREAKS_MAX: u32 = 16;

/// How far a synchronisation is. Real figures, for a progress bar.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    pub sent_entries: u64,
    pub total_entries: u64,
    pub received_entries: u64,
}

/// What came of a synchronisation.
#[derive(Clone, Debug, Default)]
pub struct Outcome {
    pub sent_entries: u64,
    pub received_entries: u64,
    /// Everyone whom this synchronisation sent or brought an answer for.
    pub people: Vec<PersonOutcome>,
    /// People whose newest entries came under a receipt.
    pub people_sent: u64,
    /// In words, when the laptop's clock is far from the district's.
    pub clock_words: Option<String>,
    /// Whether both sides hold the same; `None` where they could not compare.
    pub compared: Option<bool>,
    /// What had drifted apart and was mended, in sentences.
    pub healed: Vec<String>,
    /// What the history says of it.
    pub words: String,
}

/// What came of one person, in the words of the list.
#[derive(Clone, PartialEq, Eq)]
pub struct PersonOutcome {
    pub person: PersonId,
    pub name: String,
    pub words: String,
}

impl std::fmt::Debug for PersonOutcome {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "PersonOutcome({:?}, {})", self.person, self.words)
    }
}

/// Sends what the district does not have, takes in what it holds beyond that, and writes down how it went.
pub async fn synchronise(
    village: &impl Village,
    link: &impl Link,
    progress: impl Fn(Progress) + Send + Sync,
) -> Result<Outcome, SyncError> {
    let mut talk = Talk::default();
    let result = talk.until_level(village, link, &progress).await;
    if matches!(result, Err(SyncError::Locked | SyncError::NotEnrolled)) {
        return result.map(|()| Outcome::default());
    }
    let attempt = talk.attempt(result.as_ref().err());
    let words = attempt.words.clone();
    on(village, move |register| register.transact(Op::SyncAttempt(attempt))).await?;
    result?;
    let people = std::mem::take(&mut talk.people);
    let people = on(village, move |register| describe(register, people)).await?;
    Ok(Outcome { people, words, ..talk.outcome })
}

async fn on<T, E>(
    village: &impl Village,
    work: impl FnOnce(&mut Register) -> Result<T, E> + Send + 'static,
) -> Result<T, SyncError>
where
    T: Send + 'static,
    E: Send + 'static,
    SyncError: From<E>,
{
    Ok(village.with(work).await.ok_or(SyncError::Locked)??)
}

/// What was asked last, to read the answer by.
enum Asked {
    Round { request: RoundRequest, asks_first: bool },
    First,
}

/// A synchronisation as far as it is.
#[derive(Default)]
struct Talk {
    outcome: Outcome,
    people: Vec<PersonId>,
    sent_people: Vec<PersonId>,
    compared_entries: u64,
    /// The district knows no rounds.
    old: bool,
    /// First language: what the district said it holds.
    held: Option<Position>,
    doubt: Doubt,
    page: Page,
    /// Entries that were pushed when the line broke, until it is known whether they arrived.
    broke_with_entries: bool,
    idle: u32,
    mending: u32,
    breaks_in_a_row: u32,
    fruitless_breaks: u32,
}

impl Talk {
    async fn until_level(
        &mut self,
        village: &impl Village,
        link: &impl Link,
        progress: &(impl Fn(Progress) + Send + Sync),
    ) -> Result<(), SyncError> {
        let outbox = on(village, |register| register.outbox()).await?;
        if !outbox.enrolled {
            return Err(SyncError::NotEnrolled);
        }
        if outbox.last_error.is_some() {
            self.doubt = Doubt::Arrived;
        }
        progress(Progress { total_entries: outbox.waiting_entries(), ..Progress::default() });
        for _ in 0..REQUESTS_MAX {
            let (turn, asked) = self.prepare(village).await?;
            let Turn { sent_at, request, pushes } = turn;
            let answer = match asked {
                Asked::Round { .. } => link.round(request).await,
                Asked::First => link.exchange(request).await,
            };
            let answer = match answer {
                Ok(answer) => answer,
                Err(LinkError::Unknown) if !self.old => {
                    self.old = true;
                    continue;
                }
                Err(LinkError::Broken) if self.goes_on(pushes) => continue,
                Err(error) => return Err(error.into()),
            };
            let learned = self.take_in(village, asked, answer, pushes).await?;
            self.outcome.clock_words = clock_words(sent_at, learned.at).or(self.outcome.clock_words.take());
            progress(Progress {
                sent_entries: self.outcome.sent_entries,
                total_entries: self.outcome.sent_entries + learned.waiting,
                received_entries: self.outcome.received_entries,
            });
            if learned.waiting == 0 && !learned.more {
                return Ok(());
            }
            if let Some(end) = self.stuck(&learned) {
                return end;
            }
        }
        Err(SyncError::NoProgress)
    }

    async fn prepare(&self, village: &impl Village) -> Result<(Turn, Asked), SyncError> {
        let (held, entries) = (self.held, self.page.entries());
        if self.old {
            let turn = on(village, move |register| first::prepare(register, held, entries)).await?;
            return Ok((turn, Asked::First));
        }
        let doubt = self.doubt.clone();
        let asked = on(village, move |register| round::prepare(register, entries, &doubt)).await?;
        Ok((asked.turn, Asked::Round { request: asked.request, asks_first: asked.asks_first }))
    }

    /// Whether the line that broke is tried once more at once.
    fn goes_on(&mut self, pushes: bool) -> bool {
        self.breaks_in_a_row += 1;
        self.fruitless_breaks += 1;
        self.broke_with_entries |= pushes;
        if pushes {
            self.doubt = Doubt::Arrived;
        }
        !self.old
            && self.breaks_in_a_row < BREAKS_IN_A_ROW_MAX
            && self.fruitless_breaks < FRUITLESS_BREAKS_MAX
    }

    async fn take_in(
        &mut self,
        village: &impl Village,
        asked: Asked,
        answer: Vec<u8>,
        pushes: bool,
    ) -> Result<Learned, SyncError> {
        let learned = match asked {
            Asked::First => {
                let (learned, held) = on(village, move |register| first::take_in(register, &answer)).await?;
                self.held = held;
                learned
            }
            Asked::Round { request, asks_first } => {
                let (learned, reached) =
                    on(village, move |register| round::take_in(register, &request, &answer)).await?;
                let asks_again = asks_first && self.doubt == Doubt::Arrived;
                self.doubt = if asks_again { reached } else { Doubt::None };
                if asks_first && learned.sent == 0 && self.broke_with_entries && self.doubt == Doubt::None {
                    self.page.shrink();
                }
                self.idle = self.idle.saturating_sub(u32::from(asks_first));
                learned
            }
        };
        if self.doubt == Doubt::None {
            self.broke_with_entries = false;
        }
        self.breaks_in_a_row = 0;
        if learned.moved() {
            self.fruitless_breaks = 0;
        }
        if pushes && learned.sent > 0 {
            self.page.grow();
        }
        self.outcome.sent_entries += learned.sent;
        self.outcome.received_entries += learned.received;
        self.outcome.healed.extend(learned.healed.iter().map(payung_register::Healed::words));
        self.outcome.compared = learned.compared.map(|(same, _)| same);
        self.compared_entries = learned.compared.map_or(0, |(_, entries)| entries);
        self.people.extend(&learned.people);
        self.sent_people.extend(&learned.sent_people);
        self.sent_people.sort_unstable();
        self.sent_people.dedup();
        self.outcome.people_sent = self.sent_people.len() as u64;
        Ok(learned)
    }

    /// How it ends where neither side gets any further.
    fn stuck(&mut self, learned: &Learned) -> Option<Result<(), SyncError>> {
        self.mending += u32::from(learned.mends);
        if self.mending > MENDING_ROUNDS_MAX {
            return Some(Err(SyncError::NoProgress));
        }
        if learned.moved() {
            self.idle = 0;
            return None;
        }
        self.idle += 1;
        if self.idle < IDLE_REQUESTS_MAX {
            return None;
        }
        let Some(refusal) = learned.refusals.first() else { return Some(Err(SyncError::NoProgress)) };
        if learned.own_waiting == 0 && !learned.more {
            // What this laptop wrote has arrived; only what it carries for another one is not taken.
            return Some(Ok(()));
        }
        Some(Err(SyncError::Refused { words: refusal.message.clone() }))
    }

    fn attempt(&self, error: Option<&SyncError>) -> SyncAttempt {
        let outcome = &self.outcome;
        let mut words: Vec<String> = outcome.healed.clone();
        match (error, outcome.compared) {
            (Some(error), _) => words.push(error.to_string()),
            (None, Some(same)) => words.push(compared_words(same, self.compared_entries)),
            (None, None) => words.push("Semua sudah sampai di kabupaten.".to_owned()),
        }
        words.extend(outcome.clock_words.clone());
        SyncAttempt {
            entries_sent: outcome.sent_entries,
            entries_received: outcome.received_entries,
            people_sent: outcome.people_sent,
            compared: outcome.compared,
            ..SyncAttempt::new(Via::Internet, error.is_none(), words.join(" "))
        }
    }
}

/// Name and state of each, once, in the order of their names.
fn describe(register: &mut Register, mut people: Vec<PersonId>) -> Result<Vec<PersonOutcome>, RegisterError> {
    people.sort_unstable();
    people.dedup();
    let mut outcomes = Vec::with_capacity(people.len());
    for person in people {
        let row = register.row(person)?;
        let arrived = row.delivery == Delivery::Arrived;
        let words = match row.state.words() {
            state if arrived && state != payung_domain::State::Arrived.words() => {
                format!("sudah sampai di kabupaten · {state}")
            }
            state => state.to_owned(),
        };
        outcomes.push(PersonOutcome { person, name: row.name, words });
    }
    outcomes.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(outcomes)
}
