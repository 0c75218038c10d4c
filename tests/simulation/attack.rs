//! Frames that are not what they claim: whatever a stranger or a broken program sends, nothing changes and it is named.

use crate::holdings::Overheard;
use crate::laptop::Laptop;
use crate::mutations::Mutation;
use crate::office::Path;
use crate::oracle::Violation;
use crate::world::World;
use payung_journal::{Carried, Checkpoint, ExchangeAnswer, ExchangeRequest, Frame, RoundRequest};
use payung_register::Register;

#[derive(Clone, Copy, Debug)]
enum Lie {
    /// Entries of another village, true ones, under one's own name.
    Foreign,
    AlteredBody,
    Truncated,
    /// A checkpoint for other entries.
    WrongCheckpoint,
}

pub fn attack(world: &mut World, at: usize) -> Result<(), Violation> {
    let lie = world.chance.weighted(&[
        (1, Lie::Foreign),
        (1, Lie::AlteredBody),
        (1, Lie::Truncated),
        (1, Lie::WrongCheckpoint),
    ]);
    let Some((frame, checkpoint)) = tell(world, at, lie) else { return Ok(()) };
    let mut speaker = at;
    if world.mutation == Some(Mutation::TrustsAnyone) {
        // As if the district took the owner of the frames for the speaker.
        let owner =
            |laptop: &Laptop| laptop.register().shared_series().expect("series").series == frame.series;
        speaker = world.laptops.iter().position(owner).unwrap_or(at);
    }
    let path = if world.chance.one_in(2) { Path::First } else { Path::Second };
    let signed = sign(world.laptops[speaker].register(), path, frame, checkpoint);
    let before = world.office.fingerprint();
    let answer = world.office.answer(path, &signed);
    world.tally.count(match lie {
        Lie::Foreign => "foreign frames",
        Lie::AlteredBody => "altered frames",
        Lie::Truncated => "truncated frames",
        Lie::WrongCheckpoint => "frames under a wrong checkpoint",
    });
    world.note(at, format!("lies: {lie:?}"));
    if before != world.office.fingerprint() {
        return Err(Violation::new(5, format!("a lie changed the district: {lie:?}")));
    }
    let refused = match (path, &answer) {
        (_, Err(_)) => true,
        (Path::First, Ok(answer)) => {
            ExchangeAnswer::decode(answer).is_ok_and(|answer| !answer.refusals.is_empty())
        }
        (Path::Second | Path::Attachments, Ok(answer)) => Overheard::read(&world.office, &signed, answer)
            .is_some_and(|heard| !heard.answer.refusals.is_empty()),
    };
    if refused { Ok(()) } else { Err(Violation::new(5, format!("a lie was not named: {lie:?} on {path:?}"))) }
}

fn sign(register: &Register, path: Path, frame: Frame, checkpoint: Checkpoint) -> Vec<u8> {
    let (device, sent_at) = (register.device(), register.now());
    let (push, checkpoints) = (vec![frame], vec![checkpoint]);
    match path {
        Path::First => {
            let request = ExchangeRequest { push, checkpoints, ..ExchangeRequest::new(device, sent_at) };
            register.sign_request(&request).expect("signed").to_bytes()
        }
        Path::Second | Path::Attachments => {
            let request = RoundRequest { device, sent_at, have: Vec::new(), push, checkpoints };
            register.sign_round(&request).expect("signed").to_bytes()
        }
    }
}

fn tell(world: &mut World, at: usize, lie: Lie) -> Option<(Frame, Checkpoint)> {
    let liar = &world.laptops[at];
    let victim = match lie {
        Lie::Foreign => world.laptops.iter().find(|other| other.village != liar.village)?,
        _ => liar,
    };
    let series = victim.register().shared_series().expect("series");
    let mut frame = victim.register().frame_after(series.series, 0, 2_000).expect("frame")?;
    let mut checkpoint = victim.register().checkpoint().expect("checkpoint");
    match lie {
        Lie::Foreign => {}
        Lie::AlteredBody => {
            let at = world.chance.below(frame.entries.len());
            let Carried::Body { body, .. } = &mut frame.entries[at] else { return None };
            let byte = world.chance.below(body.len());
            body[byte] ^= 1 << world.chance.below(8);
        }
        Lie::Truncated => {
            // Cutting what the district knows already says nothing new: only a place it does not know can be missed.
            let known =
                world.office.series(victim.village).iter().find(|row| row.id == series.series)?.length;
            if known >= series.seq {
                return None;
            }
            frame.entries.pop()?;
        }
        Lie::WrongCheckpoint => {
            let seq = checkpoint.seq.checked_sub(1).filter(|seq| *seq > 0)?;
            checkpoint.head = liar.register().head_at(series.series, seq).expect("head")?;
        }
    }
    Some((frame, checkpoint))
}
