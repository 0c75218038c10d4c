//! An entry: when, who, what.

use crate::codec::{DecodeError, Fields, Result, Unknowns, message};
use crate::event::Event;
use crate::event_codec;
use crate::naming::Mark;
use payung_domain::Timestamp;
use std::fmt;

/// The largest body of one entry, in bytes.
pub const ENTRY_BYTES_MAX: usize = 1 << 20;
/// The longest name of an actor, in bytes: 120 characters of up to 4 bytes.
pub const ACTOR_BYTES_MAX: usize = 480;

/// One line of a series. Its body is the canonical encoding; two programs that say the same write the same bytes.
#[derive(Clone, PartialEq, Eq)]
pub struct Entry {
    /// The device's clock: proves nothing.
    pub at: Timestamp,
    /// The display name of the person who acted, at most 120 characters.
    pub actor: String,
    pub event: Event,
    /// One for each entry that the event names, in the order of [`Event::names`]; or none at all.
    pub marks: Vec<Mark>,
    kept: Option<Box<Kept>>,
}

/// The body as it came, where it holds more than this program understands.
#[derive(Clone, PartialEq, Eq)]
struct Kept {
    body: Vec<u8>,
    understood: Vec<u8>,
}

impl Entry {
    pub fn new(at: Timestamp, actor: impl Into<String>, event: Event) -> Self {
        Self { at, actor: actor.into(), event, marks: Vec::new(), kept: None }
    }

    /// The body. An entry that came from [`Entry::decode`] gives back exactly those bytes.
    pub fn encode(&self) -> Vec<u8> {
        let understood = self.encode_understood();
        match &self.kept {
            Some(kept) if kept.understood == understood => kept.body.clone(),
            _ => understood,
        }
    }

    /// The body, once it is sure that every reader will take it: no text, list or body beyond its limit.
    pub fn encode_checked(&self) -> Result<Vec<u8>> {
        let body = self.encode();
        Self::decode(&body)?;
        Ok(body)
    }

    /// Takes exactly what [`Entry::encode`] of this or a newer program gives.
    pub fn decode(body: &[u8]) -> Result<Self> {
        if body.len() > ENTRY_BYTES_MAX {
            return Err(DecodeError::TooLarge { what: "entry", most: ENTRY_BYTES_MAX });
        }
        let seen = Unknowns::default();
        let mut entry = Self::read(Fields::read(body, &seen)?)?;
        let understood = entry.encode_understood();
        if understood != body {
            if !seen.any() {
                return Err(DecodeError::NotCanonical);
            }
            entry.kept = Some(Box::new(Kept { body: body.to_vec(), understood }));
        }
        Ok(entry)
    }

    /// Whether a newer program said more in this entry than this one understands.
    pub fn says_more(&self) -> bool {
        self.kept.is_some() || matches!(self.event, Event::Unknown { .. })
    }

    fn encode_understood(&self) -> Vec<u8> {
        message(|w| {
            w.int(1, self.at.millis());
            w.text(2, &self.actor);
            w.uint(3, self.event.kind());
            w.bytes(4, &event_codec::write(&self.event));
            if !self.marks.is_empty() {
                w.bytes(5, &self.marks.iter().flat_map(|mark| mark.0).collect::<Vec<u8>>());
            }
        })
    }

    fn read(mut f: Fields<'_>) -> Result<Self> {
        let at = Timestamp(f.int(1, "at")?);
        let actor = f.text(2, "actor")?;
        if actor.len() > ACTOR_BYTES_MAX {
            return Err(DecodeError::TooLarge { what: "actor", most: ACTOR_BYTES_MAX });
        }
        let kind = f.uint(3, "kind")?;
        let event = event_codec::read(kind, f.bytes(4, "event")?, f.unknowns())?;
        let marks = f.bytes_option(5, "marks")?.map(read_marks).transpose()?.unwrap_or_default();
        f.finish();
        Ok(Self { marks, ..Self::new(at, actor, event) })
    }
}

fn read_marks(bytes: &[u8]) -> Result<Vec<Mark>> {
    match bytes.as_chunks() {
        (marks @ [_, ..], []) => Ok(marks.iter().map(|mark| Mark(*mark)).collect()),
        _ => Err(DecodeError::Wrong("marks")),
    }
}

impl fmt::Debug for Entry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Entry({} {:?})", self.at.millis(), self.event)
    }
}
