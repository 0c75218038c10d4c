//! One synchronisation: requests and answers until both sides hold the same.

use crate::error::SyncError;
use crate::link::Link;
use crate::plan::{ENTRIES_PER_REQUEST, Step, next_step};
use crate::village::Village;
use payung_domain::{Delivery, Timestamp};
use payung_journal::{ExchangeAnswer, ExchangeRequest, Position, Pull};
use payung_register::{Inbound, Op, PersonId, Register, RegisterError, SyncAttempt, Via};

/// Requests in one synchronisation: 2,000 entries each, so two million entries; beyond it something is wrong.
const REQUESTS_MAX: u32 = 1_000;
/// Requests in a row that bring neither side further before the driver gives up.
const IDLE_REQUESTS_MAX: u32 = 3;
/// A clock further from the district's than this is told to the clerk, milliseconds.
const SKEW_TOLD_MS: i64 = 10 * 60 * 1000;

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
    /// In words, when the laptop's clock is far from the district's.
    pub clock_words: Option<String>,
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

/// Sends what the district does not have, takes in what it decided, and writes down how it went.
pub async fn synchronise(
    village: &impl Village,
    link: &impl Link,
    progress: impl Fn(Progress) + Send + Sync,
) -> Result<Outcome, SyncError> {
    let result = exchange_until_level(village, link, &progress).await;
    let attempt = match &result {
        Ok(outcome) => SyncAttempt {
            via: Via::Internet,
            succeeded: true,
            entries_sent: outcome.sent_entries,
            entries_received: outcome.received_entries,
            people_sent: 0,
            attachments_sent: 0,
            attachments_received: 0,
            compared: None,
            words: outcome
                .clock_words
                .clone()
                .unwrap_or_else(|| "Semua sudah sampai di kabupaten.".to_owned()),
        },
        Err(SyncError::Locked | SyncError::NotEnrolled) => return result,
        Err(error) => SyncAttempt::new(Via::Internet, false, error.to_string()),
    };
    village
        .with(move |register| register.transact(Op::SyncAttempt(attempt)))
        .await
        .ok_or(SyncError::Locked)??;
    result
}

async fn exchange_until_level(
    village: &impl Village,
    link: &impl Link,
    progress: &(impl Fn(Progress) + Send + Sync),
) -> Result<Outcome, SyncError> {
    let mut outcome = Outcome::default();
    let mut touched: Vec<PersonId> = Vec::new();
    let mut held: Option<Position> = None;
    let mut idle_requests = 0;
    let start = village.with(|register| own_place(register)).await.ok_or(SyncError::Locked)??;
    for _ in 0..REQUESTS_MAX {
        let turn = village.with(move |register| prepare(register, held)).await.ok_or(SyncError::Locked)??;
        progress(Progress {
            sent_entries: turn.after.saturating_sub(start.receipted),
            total_entries: turn.own.seq.saturating_sub(start.receipted),
            received_entries: outcome.received_entries,
        });
        let answer = link.exchange(turn.request).await?;
        let answer = ExchangeAnswer::decode(&answer).map_err(|_| SyncError::Unreadable)?;
        let clock_words = clock_words(turn.sent_at, answer.at);
        let more = answer.more;
        let refusals: Vec<String> = answer.refusals.iter().map(|refusal| refusal.message.clone()).collect();
        let learned = village
            .with(move |register| take_in(register, answer, turn.after))
            .await
            .ok_or(SyncError::Locked)??;

        outcome.sent_entries += learned.receipted.saturating_sub(turn.after);
        outcome.received_entries += learned.entries;
        outcome.clock_words = clock_words.or(outcome.clock_words);
        touched.extend(learned.people);
        held = learned.held;

        let level = learned.receipted >= learned.own_seq && !more;
        if level {
            progress(Progress {
                sent_entries: learned.own_seq.saturating_sub(start.receipted),
                total_entries: learned.own_seq.saturating_sub(start.receipted),
                received_entries: outcome.received_entries,
            });
            outcome.people = village
                .with(move |register| describe(register, touched))
                .await
                .ok_or(SyncError::Locked)??;
            return Ok(outcome);
        }
        if learned.receipted <= turn.after && learned.entries == 0 {
            idle_requests += 1;
            if idle_requests >= IDLE_REQUESTS_MAX {
                return Err(match refusals.into_iter().next() {
                    Some(words) => SyncError::Refused { words },
                    None => SyncError::NoProgress,
                });
            }
        } else {
            idle_requests = 0;
        }
    }
    Err(SyncError::NoProgress)
}

struct Own {
    place: Position,
    receipted: u64,
}

/// A request ready to be sent, and what it carries.
struct Turn {
    own: Position,
    /// Entries after this one are in the request.
    after: u64,
    sent_at: Timestamp,
    request: Vec<u8>,
}

struct Learned {
    own_seq: u64,
    receipted: u64,
    entries: u64,
    people: Vec<PersonId>,
    held: Option<Position>,
}

fn own_place(register: &Register) -> Result<Own, RegisterError> {
    let shared = register.shared_series()?;
    let place = Position { series: shared.series, seq: shared.seq, head: shared.head };
    Ok(Own { place, receipted: shared.held_seq })
}

fn prepare(register: &mut Register, held: Option<Position>) -> Result<Turn, SyncError> {
    if register.enrolment()?.is_none() {
        return Err(SyncError::NotEnrolled);
    }
    let own = own_place(register)?;
    let head_at_held = match held {
        Some(held) => register.head_at(own.place.series, held.seq)?,
        None => None,
    };
    let after = match next_step(own.place, held, own.receipted, head_at_held) {
        Step::SendAfter(after) => after,
        Step::Forked { seq } => return Err(RegisterError::Forked { series: own.place.series, seq }.into()),
    };
    let decisions = register.decisions_series()?;
    let push = register.frame_after(own.place.series, after, ENTRIES_PER_REQUEST)?;
    let sent_up_to = push.as_ref().map_or(after, |frame| after + frame.entries.len() as u64);
    let checkpoint = register.checkpoint_at(sent_up_to)?;
    let sent_at = register.now();
    let request = ExchangeRequest {
        device: register.device(),
        sent_at,
        push: push.into_iter().collect(),
        checkpoints: vec![checkpoint],
        pull: vec![Pull {
            series: decisions.as_ref().map(|series| series.series),
            after: decisions.as_ref().map_or(0, |series| series.seq),
        }],
        have: vec![own.place],
    };
    let signed = register.sign_request(&request)?;
    Ok(Turn { own: own.place, after, sent_at, request: signed.to_bytes() })
}

fn take_in(register: &mut Register, answer: ExchangeAnswer, after: u64) -> Result<Learned, SyncError> {
    let series = register.shared_series()?.series;
    let held = answer.held.iter().find(|position| position.series == series).copied();
    let inbound = Inbound {
        receipts: answer.receipts,
        frames: answer.frames,
        checkpoints: answer.checkpoints,
        held: answer.held,
        refusals: answer.refusals,
        ..Inbound::default()
    };
    let done = register.transact(Op::Learned(inbound))?;
    let shared = register.shared_series()?;
    let mut people = done.people;
    if shared.held_seq > after {
        people.extend(register.people_of_entries(series, after, shared.held_seq)?);
    }
    Ok(Learned {
        own_seq: shared.seq,
        receipted: shared.held_seq,
        entries: done.learned_entries,
        people,
        held,
    })
}

/// Name and state of each, once, in the order of their names.
fn describe(register: &mut Register, mut people: Vec<PersonId>) -> Result<Vec<PersonOutcome>, SyncError> {
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

/// Plain words when the two clocks are more than ten minutes apart.
fn clock_words(here: Timestamp, there: Timestamp) -> Option<String> {
    let ahead = here.millis().saturating_sub(there.millis());
    if ahead.abs() <= SKEW_TOLD_MS {
        return None;
    }
    let minutes = ahead.abs() / 60_000;
    let amount = match minutes {
        0..=119 => format!("{minutes} menit"),
        120..=2_879 => format!("{} jam", minutes / 60),
        _ => format!("{} hari", minutes / 1_440),
    };
    let direction = if ahead > 0 { "terlalu cepat" } else { "terlambat" };
    Some(format!(
        "Jam laptop ini {direction} {amount} dari jam kabupaten. Betulkan tanggal dan jam laptop agar urutan isian benar."
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_that_is_far_off_is_told_in_words() {
        let told = |here, there| clock_words(Timestamp(here), Timestamp(there)).unwrap_or_default();
        assert_eq!(told(600_000, 0), "", "ten minutes are let pass");
        assert!(told(1_200_000, 0).contains("terlalu cepat 20 menit"));
        assert!(told(0, 3 * 3_600_000).contains("terlambat 3 jam"));
        assert!(told(0, 400 * 86_400_000).contains("terlambat 400 hari"));
    }
}
