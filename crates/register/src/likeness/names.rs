//! Whether two names may be one person's, however they were written.

use crate::roster::{is_muhammad, spell};
use strsim::osa_distance;

/// A name made ready to be compared: without titles and initials, each part in its one way of writing.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Name {
    /// In order, so that the order in which they were typed does not matter.
    parts: Vec<String>,
    /// As typed, without anything between the parts.
    joined: String,
    /// Which letters and digits stand in it, one bit each; rare ones share a bit.
    letters: u64,
}

/// How near two names are; later is nearer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Nearness {
    /// Two names.
    Other,
    /// One of them says less: *Sukarno* and *Sukarno Hadi*.
    Part,
    /// One slip of the hand apart: *Suparno* and *Suparmo*.
    Near,
    /// The same parts, in any order and spelling, joined or not.
    Same,
}

/// Before and after names, never names.
const TITLES: &[&str] = &[
    "h",
    "hj",
    "haji",
    "hajah",
    "hajjah",
    "kh",
    "kyai",
    "drs",
    "dra",
    "dr",
    "drg",
    "ir",
    "prof",
    "st",
    "sh",
    "se",
    "sp",
    "spd",
    "spdi",
    "skom",
    "ssos",
    "sag",
    "mpd",
    "msi",
    "amd",
    "alm",
    "almh",
    "almarhum",
    "almarhumah",
    "bin",
    "binti",
];

/// So frequent that they alone say nothing.
const FREQUENT: &[&str] = &[
    "muhamad", "siti", "sri", "ahmad", "abdul", "nur", "ni", "made", "waian", "nioman", "ketut", "gede",
    "putu", "kadek", "komang",
];

/// From so many letters on one wrong letter is a slip; below, it is another name: *Rina*, *Rini*.
const ONE_SLIP_LETTERS: usize = 6;
const TWO_SLIPS_LETTERS: usize = 10;
const SLIPS_MAX: usize = 2;

impl Name {
    /// `folded`: lower case, words parted by blanks.
    pub(crate) fn of(folded: &str) -> Self {
        let words = || folded.split(' ').filter(|word| !word.is_empty());
        let mut parts: Vec<String> = words().filter(|word| !TITLES.contains(word)).filter_map(part).collect();
        if parts.is_empty() {
            parts = words().map(spell).collect();
        }
        let joined = parts.concat();
        parts.sort_unstable();
        let letters = joined.chars().fold(0, |bits, letter| bits | bit(letter));
        Self { parts, joined, letters }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.parts.is_empty()
    }

    pub(crate) fn nearness(&self, other: &Self) -> Nearness {
        if self.is_far(other) { Nearness::Other } else { self.compared(other) }
    }

    pub(super) fn compared(&self, other: &Self) -> Nearness {
        if self.is_empty() || other.is_empty() {
            return Nearness::Other;
        }
        if self.parts == other.parts || self.joined == other.joined {
            return Nearness::Same;
        }
        // A number in a name is never a slip.
        if self.numbers().ne(other.numbers()) {
            return Nearness::Other;
        }
        if self.is_near(other) {
            return Nearness::Near;
        }
        if self.is_part_of(other) || other.is_part_of(self) { Nearness::Part } else { Nearness::Other }
    }

    /// Without a look at a single letter, of most who share nothing but a birth date: two slips change four letters at
    /// most, and what is a part of a name has no letter beside it.
    fn is_far(&self, other: &Self) -> bool {
        let differing = self.letters ^ other.letters;
        let is_part = differing & self.letters == 0 || differing & other.letters == 0;
        !is_part && differing.count_ones() > 2 * SLIPS_MAX as u32
    }

    fn numbers(&self) -> impl Iterator<Item = &String> {
        self.parts.iter().filter(|part| part.bytes().any(|b| b.is_ascii_digit()))
    }

    /// Part for part the same but for one slip, or for a slip beside a blank too much.
    fn is_near(&self, other: &Self) -> bool {
        if self.parts.len() != other.parts.len() {
            return slip(&self.joined, &other.joined);
        }
        let lacks = |name: &Self, of: &Self| -> Vec<String> {
            let mut rest = of.parts.clone();
            let mut lacking = Vec::new();
            for part in &name.parts {
                match rest.iter().position(|known| known == part) {
                    Some(place) => drop(rest.remove(place)),
                    None => lacking.push(part.clone()),
                }
            }
            lacking
        };
        match (lacks(self, other).as_slice(), lacks(other, self).as_slice()) {
            ([one], [another]) => slip(one, another),
            _ => false,
        }
    }

    /// Everything in it stands in the other one, and it says something.
    fn is_part_of(&self, other: &Self) -> bool {
        let mut rest = other.parts.iter();
        let all = self.parts.iter().all(|part| rest.any(|known| known == part));
        all && self.parts.iter().any(|part| part.len() >= 4 && !FREQUENT.contains(&part.as_str()))
    }
}

fn bit(letter: char) -> u64 {
    match letter {
        'a'..='z' => 1 << (letter as u32 - 'a' as u32),
        _ => 1 << (26 + letter as u32 % 38),
    }
}

/// One part in its one way of writing; nothing for an initial.
fn part(word: &str) -> Option<String> {
    let spelled = spell(word);
    if is_muhammad(&spelled) {
        return Some("muhamad".to_owned());
    }
    let initial = spelled.chars().nth(1).is_none() && !spelled.bytes().all(|b| b.is_ascii_digit());
    (!initial).then_some(spelled)
}

/// Few wrong, missing or swapped letters in a long part, and not the first: nobody mistakes that one.
fn slip(one: &str, another: &str) -> bool {
    let letters = one.chars().count().min(another.chars().count());
    let most = match letters {
        ..ONE_SLIP_LETTERS => return false,
        ONE_SLIP_LETTERS..TWO_SLIPS_LETTERS => 1,
        _ => SLIPS_MAX,
    };
    one.chars().next() == another.chars().next() && osa_distance(one, another) <= most
}
