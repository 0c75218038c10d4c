//! Taking entries of a series from somebody else: everything is proved before anything is kept.

use crate::chain::{Checkpoint, Digest, Head};
use crate::entry::Entry;
use crate::event::Event;
use crate::frame::{Carried, Frame};
use crate::message::{Position, Refusal, RefusalCode};
use payung_keys::PublicKey;

/// Frames that hold what the checkpoint says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Accepted {
    /// What was not known yet, in order. Empty for a repeat.
    pub new: Vec<NewEntry>,
    /// Where the series stands now: the checkpoint's place, or what was known if that is further.
    pub position: Position,
    /// Entries beyond the checkpoint: nobody signed for them, they are left out.
    pub uncovered: usize,
}

/// An entry proved to be its device's own, at its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewEntry {
    pub seq: u64,
    pub carried: Carried,
    pub digest: Digest,
    /// The head after this entry.
    pub head: Head,
}

/// Why frames change nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Rejected {
    #[error("entries are missing: expected {expected}, found {found}")]
    Gap { expected: u64, found: u64 },
    /// A signed chain that differs from what is known, at this entry or, where the frames begin later, before it.
    #[error("another entry stands at {at} already")]
    Fork { at: u64 },
    #[error("the checkpoint is not signed by the series' key")]
    BadSignature,
    #[error("not of this series or not under this key")]
    Foreign,
    #[error("entries end at {reached}, the checkpoint covers {promised}")]
    Truncated { reached: u64, promised: u64 },
    #[error("entries do not lead to the signed head at {at}")]
    Altered { at: u64 },
}

impl Rejected {
    pub const fn code(&self) -> RefusalCode {
        match self {
            Self::Gap { .. } => RefusalCode::Gap,
            Self::Fork { .. } => RefusalCode::Fork,
            Self::BadSignature => RefusalCode::BadSignature,
            Self::Foreign => RefusalCode::Foreign,
            Self::Truncated { .. } => RefusalCode::Truncated,
            Self::Altered { .. } => RefusalCode::Altered,
        }
    }

    /// As it stands in an answer.
    pub fn refusal(&self, position: &Position) -> Refusal {
        let seq = match *self {
            Self::Gap { expected, .. } => expected,
            Self::Fork { at } | Self::Altered { at } => at,
            Self::Truncated { reached, .. } => reached,
            Self::BadSignature | Self::Foreign => 0,
        };
        Refusal { series: position.series, code: self.code(), seq, message: self.to_string() }
    }
}

/// Proves frames of one series, in order, against what is known of it and a checkpoint.
///
/// `known` is where the series stands here ([`Position::start`] for a series never seen), `key` the key that speaks for
/// it, `head_at` gives the head after an entry already known. Entries known already may come again: the same ones change
/// nothing, a different one is a fork.
pub fn accept(
    known: &Position,
    key: &PublicKey,
    frames: &[&Frame],
    checkpoint: &Checkpoint,
    head_at: &dyn Fn(u64) -> Option<Head>,
) -> Result<Accepted, Rejected> {
    if checkpoint.series != known.series || frames.iter().any(|frame| frame.series != known.series) {
        return Err(Rejected::Foreign);
    }
    checkpoint.verify(key).map_err(|_| Rejected::BadSignature)?;
    let mut walk = Walk::new(known, head_at);
    for frame in frames {
        walk.frame(frame, checkpoint)?;
    }
    walk.end(checkpoint, key)
}

/// The chain as the frames tell it.
struct Walk<'a> {
    known: &'a Position,
    head_at: &'a dyn Fn(u64) -> Option<Head>,
    /// Where the frames have led so far; `None` before the first.
    at: Option<(u64, Head)>,
    fork: Option<u64>,
    new: Vec<NewEntry>,
    uncovered: usize,
    /// Whether the head at the checkpoint's place was reached, and which it was.
    signed: Option<Head>,
}

impl<'a> Walk<'a> {
    fn new(known: &'a Position, head_at: &'a dyn Fn(u64) -> Option<Head>) -> Self {
        Self { known, head_at, at: None, fork: None, new: Vec::new(), uncovered: 0, signed: None }
    }

    /// The head that is known after an entry, if it is.
    fn known_head(&self, seq: u64) -> Option<Head> {
        match seq {
            0 => Some(Head::start(self.known.series)),
            _ if seq == self.known.seq => Some(self.known.head),
            _ if seq < self.known.seq => (self.head_at)(seq),
            _ => None,
        }
    }

    fn frame(&mut self, frame: &Frame, checkpoint: &Checkpoint) -> Result<(), Rejected> {
        let before = frame.first_seq.checked_sub(1).ok_or(Rejected::Foreign)?;
        let mut head = match self.at {
            Some((seq, head)) if seq == before => head,
            Some((seq, _)) => return Err(Rejected::Gap { expected: seq + 1, found: frame.first_seq }),
            None => {
                let Some(known) = self.known_head(before) else {
                    return Err(Rejected::Gap { expected: self.known.seq + 1, found: frame.first_seq });
                };
                if known != frame.base {
                    if before == 0 {
                        return Err(Rejected::Altered { at: 0 });
                    }
                    // The frame starts from another past than ours.
                    self.fork = Some(before);
                }
                self.reach(before, frame.base, checkpoint);
                frame.base
            }
        };
        if head != frame.base {
            return Err(Rejected::Altered { at: before });
        }
        for (seq, carried) in frame.numbered() {
            if seq > checkpoint.seq {
                self.uncovered += 1;
                continue;
            }
            let digest = carried.digest(seq);
            head = head.next(&digest);
            if self.fork.is_none() && self.known_head(seq).is_some_and(|known| known != head) {
                self.fork = Some(seq);
            }
            if seq > self.known.seq && self.fork.is_none() {
                self.new.push(NewEntry { seq, carried: carried.clone(), digest, head });
            }
            self.reach(seq, head, checkpoint);
        }
        self.at = Some((frame.last_seq(), head));
        Ok(())
    }

    fn reach(&mut self, seq: u64, head: Head, checkpoint: &Checkpoint) {
        if seq == checkpoint.seq {
            self.signed = Some(head);
        }
    }

    fn end(self, checkpoint: &Checkpoint, key: &PublicKey) -> Result<Accepted, Rejected> {
        let signed = match (self.signed, self.at) {
            (Some(head), _) => head,
            // Frames that end before the checkpoint, or none at all: only what is known can speak for it.
            (None, at) => {
                let reached = at.map_or(self.known.seq, |(seq, _)| seq.max(self.known.seq));
                match self.known_head(checkpoint.seq) {
                    None => return Err(Rejected::Truncated { reached, promised: checkpoint.seq }),
                    Some(head) if head != checkpoint.head => {
                        return Err(Rejected::Fork { at: checkpoint.seq });
                    }
                    Some(head) => head,
                }
            }
        };
        if signed != checkpoint.head {
            return Err(Rejected::Altered { at: checkpoint.seq });
        }
        // Only a chain that its owner signed is a fork; anything else is damage.
        if let Some(at) = self.fork {
            return Err(Rejected::Fork { at });
        }
        if self.new.first().is_some_and(|first| first.seq == 1 && !opens(first, key)) {
            return Err(Rejected::Foreign);
        }
        let position = match self.new.last() {
            Some(last) => Position { series: self.known.series, seq: last.seq, head: last.head },
            None => *self.known,
        };
        Ok(Accepted { new: self.new, position, uncovered: self.uncovered })
    }
}

/// The first entry of a series names the key that speaks for it.
fn opens(first: &NewEntry, key: &PublicKey) -> bool {
    let entry = first.carried.body().and_then(|body| Entry::decode(body).ok());
    matches!(entry, Some(Entry { event: Event::SeriesOpened { key: named, .. }, .. }) if named == *key)
}
