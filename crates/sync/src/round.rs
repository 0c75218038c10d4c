//! One round of the second language: everything of the village that the district is not known to hold goes out, from
//! whichever device, and everything that it holds beyond that comes back.

use crate::error::SyncError;
use crate::turn::{Learned, Turn, held_now, sent_people, waiting};
use payung_journal::{RefusalCode, RoundAnswer, RoundRequest, SeriesId, SeriesKind, Total};
use payung_register::{Inbound, Op, Register, SeriesState};

/// A request that is smaller is simply sent again when its answer was lost: asking first would cost as much.
const ASK_FIRST_BYTES: usize = 500;

/// What is thought of the last push.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) enum Doubt {
    #[default]
    None,
    /// The line broke: it may have arrived.
    Arrived,
    /// The district holds so much of a series, and has not given its receipt for that.
    HoldsUpTo(SeriesId, u64),
}

/// What was asked, to read the answer by.
pub(crate) struct Asked {
    pub turn: Turn,
    pub request: RoundRequest,
    /// Only whether the entries have arrived is asked; they are not in the request.
    pub asks_first: bool,
}

/// While it is doubtful whether entries have arrived, the device names where they end instead of sending them again: the
/// district that holds them answers with its receipt.
pub(crate) fn prepare(register: &mut Register, entries_max: u64, doubt: &Doubt) -> Result<Asked, SyncError> {
    let request = register.round_request(entries_max)?;
    let bytes = register.sign_round(&request)?.to_bytes();
    let asks_first = *doubt != Doubt::None && !request.push.is_empty() && bytes.len() > ASK_FIRST_BYTES;
    if !asks_first {
        let turn = Turn { sent_at: request.sent_at, request: bytes, pushes: !request.push.is_empty() };
        return Ok(Asked { turn, request, asks_first });
    }
    let mut request = RoundRequest { push: Vec::new(), ..request };
    if let Doubt::HoldsUpTo(series, seq) = *doubt {
        request.checkpoints = register.checkpoint_of(series, seq)?.into_iter().collect();
    }
    let bytes = register.sign_round(&request)?.to_bytes();
    let turn = Turn { sent_at: request.sent_at, request: bytes, pushes: false };
    Ok(Asked { turn, request, asks_first })
}

/// Takes in what came back; also what is now thought of the last push.
pub(crate) fn take_in(
    register: &mut Register,
    request: &RoundRequest,
    answer: &[u8],
) -> Result<(Learned, Doubt), SyncError> {
    let answer = RoundAnswer::decode(answer, request, register).map_err(|_| SyncError::Unreadable)?;
    let before = register.village_series()?;
    let level = answer.stands.is_none();
    let theirs = answer.total.or(level.then(|| Total::of(&request.have)));
    let doubt = reached(&answer, request, &before);
    let inbound = Inbound {
        receipts: answer.receipts,
        frames: answer.frames,
        checkpoints: answer.checkpoints,
        stands: answer.stands,
        total: answer.total,
        refusals: answer.refusals.clone(),
        offered: request.push.iter().map(|frame| (frame.series, frame.last_seq())).collect(),
        ..Inbound::default()
    };
    let done = register.transact(Op::Learned(inbound))?;
    let mut sent = 0;
    for series in before.iter().filter(|series| series.held_seq < series.seq) {
        sent += held_now(register, series)?.saturating_sub(series.held_seq);
    }
    let sent_people = sent_people(register, &before)?;
    let (waiting, own_waiting) = waiting(register)?;
    let compared = match theirs {
        Some(theirs) if level && waiting == 0 && !answer.more => {
            let here = register.total()?;
            Some((here == theirs, here.entries))
        }
        _ => None,
    };
    let learned = Learned {
        at: answer.at,
        sent,
        received: done.learned_entries,
        people: done.people.into_iter().chain(sent_people.iter().copied()).collect(),
        sent_people,
        waiting,
        own_waiting,
        more: answer.more || !level,
        mends: !level || !done.healed.is_empty(),
        healed: done.healed,
        compared,
        refusals: answer.refusals,
    };
    Ok((learned, doubt))
}

/// Of a push that was asked about and arrived in part, the district says how far it reached.
fn reached(answer: &RoundAnswer, request: &RoundRequest, before: &[SeriesState]) -> Doubt {
    if !request.push.is_empty() {
        return Doubt::None;
    }
    let partly = answer.refusals.iter().find(|refusal| {
        let known = before.iter().find(|series| series.series == refusal.series);
        refusal.code == RefusalCode::Truncated
            && known.is_some_and(|known| {
                known.kind == SeriesKind::Shared && refusal.seq > known.held_seq && refusal.seq < known.seq
            })
    });
    partly.map_or(Doubt::None, |refusal| Doubt::HoldsUpTo(refusal.series, refusal.seq))
}
