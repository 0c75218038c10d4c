//! A driver of rounds, as small as one can be.

use payung_journal::RoundAnswer;
use payung_register::{Inbound, Op};
use payung_sync::{Link, Outcome, SyncError, Village};

const ROUNDS_MAX: usize = 40;
const ENTRIES_PER_ROUND: u64 = 2_000;

pub async fn synchronise(village: &impl Village, link: &impl Link) -> Result<Outcome, SyncError> {
    let mut outcome = Outcome::default();
    for _ in 0..ROUNDS_MAX {
        let asked = village.with(|register| {
            let request = register.round_request(ENTRIES_PER_ROUND)?;
            let bytes = register.sign_round(&request)?.to_bytes();
            Ok::<_, SyncError>((request, bytes))
        });
        let (request, bytes) = asked.await.ok_or(SyncError::Locked)??;
        let answer = link.round(bytes).await?;
        let learnt = village.with(move |register| {
            let answer =
                RoundAnswer::decode(&answer, &request, &*register).map_err(|_| SyncError::Unreadable)?;
            let more = answer.more || answer.stands.is_some();
            let inbound = Inbound {
                receipts: answer.receipts,
                frames: answer.frames,
                checkpoints: answer.checkpoints,
                held: Vec::new(),
                stands: answer.stands,
                total: answer.total,
                refusals: answer.refusals,
            };
            let done = register.transact(Op::Learned(inbound))?;
            let waits = register.village_series()?.iter().any(|series| series.held_seq < series.seq);
            Ok::<_, SyncError>((done.learned_entries, more || waits))
        });
        let (received, more) = learnt.await.ok_or(SyncError::Locked)??;
        outcome.received_entries += received;
        if !more {
            return Ok(outcome);
        }
    }
    Err(SyncError::NoProgress)
}
