//! One request of the first language, to a district that was not updated yet: own entries and decisions only.

use crate::error::SyncError;
use crate::plan::{Step, next_step};
use crate::turn::{Learned, Turn, sent_people};
use payung_journal::{ExchangeAnswer, ExchangeRequest, Position, Pull};
use payung_register::{Inbound, Op, Register, RegisterError};

pub(crate) fn prepare(
    register: &mut Register,
    held: Option<Position>,
    entries_max: u64,
) -> Result<Turn, SyncError> {
    let shared = register.shared_series()?;
    let own = Position { series: shared.series, seq: shared.seq, head: shared.head };
    let head_at_held = match held {
        Some(held) => register.head_at(own.series, held.seq)?,
        None => None,
    };
    let after = match next_step(own, held, shared.held_seq, head_at_held) {
        Step::SendAfter(after) => after,
        Step::Forked { seq } => return Err(RegisterError::Forked { series: own.series, seq }.into()),
    };
    let decisions = register.decisions_series()?;
    let push = register.frame_after(own.series, after, entries_max)?;
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
        have: vec![own],
    };
    let signed = register.sign_request(&request)?;
    Ok(Turn { sent_at, request: signed.to_bytes(), pushes: sent_up_to > after })
}

pub(crate) fn take_in(
    register: &mut Register,
    answer: &[u8],
) -> Result<(Learned, Option<Position>), SyncError> {
    let answer = ExchangeAnswer::decode(answer).map_err(|_| SyncError::Unreadable)?;
    let before = register.shared_series()?;
    let held = answer.held.iter().find(|position| position.series == before.series).copied();
    let inbound = Inbound {
        receipts: answer.receipts,
        frames: answer.frames,
        checkpoints: answer.checkpoints,
        held: answer.held,
        ..Inbound::default()
    };
    let done = register.transact(Op::Learned(inbound))?;
    let after = register.shared_series()?;
    let sent_people = sent_people(register, std::slice::from_ref(&before))?;
    let waiting = after.seq.saturating_sub(after.held_seq);
    let learned = Learned {
        at: answer.at,
        sent: after.held_seq.saturating_sub(before.held_seq),
        received: done.learned_entries,
        people: done.people.into_iter().chain(sent_people.iter().copied()).collect(),
        sent_people,
        waiting,
        own_waiting: waiting,
        more: answer.more,
        healed: Vec::new(),
        mends: false,
        compared: None,
        refusals: answer.refusals,
    };
    Ok((learned, held))
}
