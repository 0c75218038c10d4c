//! Everybody's searchable text in one stretch of memory, so that a search goes through it once, in order.

use super::words::{Place, Word};
use memchr::memmem::Finder;

/// Before name, hamlet, NIK and KK; never in a folded word.
pub(super) const SEPARATOR: u8 = 0x1f;
/// Over texts that no longer hold; matches nothing.
const GONE: u8 = 0;
/// Dead bytes that are tolerated before everything is written anew.
const DEAD_BYTES_MIN: usize = 1 << 20;

#[derive(Default)]
pub(super) struct Texts {
    bytes: Vec<u8>,
    /// Where texts begin and whose they are, ascending.
    starts: Vec<Start>,
    dead: usize,
}

#[derive(Clone, Copy)]
struct Start {
    at: u32,
    slot: u32,
}

/// Where the text of one person stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Span {
    from: u32,
    to: u32,
    /// Where the numbers begin.
    numbers: u32,
}

/// One bit a slot.
pub(super) struct Marked(Vec<u64>);

impl Marked {
    fn none(slots: usize) -> Self {
        Self(vec![0; slots.div_ceil(64)])
    }

    fn set(&mut self, slot: u32) {
        self.0[slot as usize / 64] |= 1 << (slot % 64);
    }

    pub(super) fn has(&self, slot: u32) -> bool {
        self.0[slot as usize / 64] >> (slot % 64) & 1 == 1
    }
}

impl Texts {
    /// Takes a text of name, hamlet, NIK and KK: a separator before each part, a blank before each word.
    pub(super) fn add(&mut self, slot: u32, text: &[u8]) -> Span {
        let from = self.bytes.len() as u32;
        self.bytes.extend_from_slice(text);
        self.starts.push(Start { at: from, slot });
        let numbers = memchr::memchr_iter(SEPARATOR, text).nth(2).unwrap_or(text.len());
        Span { from, to: self.bytes.len() as u32, numbers: from + numbers as u32 }
    }

    pub(super) fn remove(&mut self, span: Span) {
        self.bytes[span.from as usize..span.to as usize].fill(GONE);
        self.dead += (span.to - span.from) as usize;
    }

    pub(super) fn of(&self, span: Span) -> &[u8] {
        &self.bytes[span.from as usize..span.to as usize]
    }

    /// Whether more than half is dead and everything should be written anew.
    pub(super) fn worn(&self) -> bool {
        self.dead > DEAD_BYTES_MIN && self.dead > self.bytes.len() / 2
    }

    /// Everyone in whose text every word occurs; `span_of` gives the text of a slot.
    pub(super) fn search(
        &self,
        words: &[Word],
        slots: usize,
        span_of: impl Fn(u32) -> Span,
    ) -> Option<Marked> {
        let (first, others) = words.split_first()?;
        let others: Vec<(&Word, Finder)> =
            others.iter().map(|word| (word, Finder::new(word.text.as_bytes()))).collect();
        let finder = Finder::new(first.text.as_bytes());
        let mut marked = Marked::none(slots);
        let mut start = 0;
        let mut from = 0;
        while let Some(at) = finder.find(&self.bytes[from..]).map(|at| at + from) {
            // Occurrences come in ascending order: going forward is cheaper than looking up.
            while self.starts.get(start + 1).is_some_and(|next| next.at as usize <= at) {
                start += 1;
            }
            let slot = self.starts[start].slot;
            let span = span_of(slot);
            if !Self::counts(first, at, span) {
                from = at + first.text.len();
                continue;
            }
            if others.iter().all(|(word, finder)| self.occurs(word, finder, span)) {
                marked.set(slot);
            }
            from = span.to as usize;
        }
        Some(marked)
    }

    fn occurs(&self, word: &Word, finder: &Finder, span: Span) -> bool {
        let mut from = span.from as usize;
        let to = span.to as usize;
        while let Some(at) = finder.find(&self.bytes[from..to]).map(|at| at + from) {
            if Self::counts(word, at, span) {
                return true;
            }
            from = at + word.text.len();
        }
        false
    }

    /// Whether an occurrence stands where the word asks for it; the blank before a word is part of what was found.
    fn counts(word: &Word, at: usize, span: Span) -> bool {
        word.place != Place::NotInNumbers || at < span.numbers as usize
    }
}
