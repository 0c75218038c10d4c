//! Everybody's searchable text in one stretch of memory, so that a search goes through it once, in order.

use super::words::{Place, Word};
use memchr::memmem::Finder;

/// Before name, hamlet, other spellings, NIK and KK; never in a folded word.
pub(super) const SEPARATOR: u8 = 0x1f;
/// The separator before the numbers, from 0.
const NUMBERS_AT: usize = 3;
/// Texts looked at, at most, to tell which word is rare.
const TEXTS_TRIED: usize = 256;
/// Over texts that no longer hold; matches nothing.
const GONE: u8 = 0;
/// Dead bytes that are tolerated before everything is written anew.
const DEAD_BYTES_MIN: usize = 1 << 20;

#[derive(Default)]
pub(crate) struct Texts {
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
pub(crate) struct Span {
    from: u32,
    to: u32,
    /// Where the numbers begin.
    numbers: u32,
}

/// A word made ready to be looked for many times.
struct Sought<'w> {
    finders: Vec<Finder<'w>>,
    place: Place,
}

impl<'w> Sought<'w> {
    fn new(word: &'w Word) -> Self {
        let finders = word.texts.iter().map(|text| Finder::new(text.as_bytes())).collect();
        Self { finders, place: word.place }
    }
}

/// One bit a slot.
pub(crate) struct Marked(Vec<u64>);

impl Marked {
    pub(super) fn none(slots: usize) -> Self {
        Self(vec![0; slots.div_ceil(64)])
    }

    /// Every slot there is.
    pub(super) fn all(slots: usize) -> Self {
        Self((0..slots.div_ceil(64)).map(|word| u64::MAX >> (64 - (slots - word * 64).min(64))).collect())
    }

    /// Ascending.
    pub(super) fn iter(&self) -> impl Iterator<Item = u32> {
        self.0.iter().enumerate().flat_map(|(word, bits)| {
            let mut rest = *bits;
            std::iter::from_fn(move || {
                let slot = (rest != 0).then(|| word as u32 * 64 + rest.trailing_zeros())?;
                rest &= rest - 1;
                Some(slot)
            })
        })
    }

    pub(super) fn set(&mut self, slot: u32) {
        self.0[slot as usize / 64] |= 1 << (slot % 64);
    }

    pub(crate) fn has(&self, slot: u32) -> bool {
        self.0[slot as usize / 64] >> (slot % 64) & 1 == 1
    }
}

impl Texts {
    /// Takes what [`super::words::searchable`] makes: a separator before each part, a blank before each word.
    pub(crate) fn add(&mut self, slot: u32, text: &[u8]) -> Span {
        let from = self.bytes.len() as u32;
        self.bytes.extend_from_slice(text);
        self.starts.push(Start { at: from, slot });
        let numbers = memchr::memchr_iter(SEPARATOR, text).nth(NUMBERS_AT).unwrap_or(text.len());
        Span { from, to: self.bytes.len() as u32, numbers: from + numbers as u32 }
    }

    pub(crate) fn remove(&mut self, span: Span) {
        self.bytes[span.from as usize..span.to as usize].fill(GONE);
        self.dead += (span.to - span.from) as usize;
    }

    pub(crate) fn of(&self, span: Span) -> &[u8] {
        &self.bytes[span.from as usize..span.to as usize]
    }

    /// Whether more than half is dead and everything should be written anew.
    pub(crate) fn worn(&self) -> bool {
        self.dead > DEAD_BYTES_MIN && self.dead > self.bytes.len() / 2
    }

    /// Everyone in whose text every word occurs; `span_of` gives the text of a slot.
    pub(crate) fn search(
        &self,
        words: &[Word],
        slots: usize,
        span_of: impl Fn(u32) -> Span,
    ) -> Option<Marked> {
        let (first, others) = self.rarest_first(words, &span_of)?;
        let mut marked = Marked::none(slots);
        for text in &first.texts {
            let finder = Finder::new(text.as_bytes());
            let mut start = 0;
            let mut from = 0;
            while let Some(at) = finder.find(&self.bytes[from..]).map(|at| at + from) {
                // Occurrences come in ascending order: going forward is cheaper than looking up.
                while self.starts.get(start + 1).is_some_and(|next| next.at as usize <= at) {
                    start += 1;
                }
                let slot = self.starts[start].slot;
                let span = span_of(slot);
                // Behind one that is in the numbers there are only numbers.
                if Self::counts(first.place, at, span) && others.iter().all(|word| self.occurs(word, span)) {
                    marked.set(slot);
                }
                from = span.to as usize;
            }
        }
        Some(marked)
    }

    /// The word that the fewest have, as far as a few texts tell, and the others: only where the first one stands are the
    /// others looked for. Half a village lives in some *dusun*, few of them in number 3.
    fn rarest_first<'w>(
        &self,
        words: &'w [Word],
        span_of: &impl Fn(u32) -> Span,
    ) -> Option<(&'w Word, Vec<Sought<'w>>)> {
        let mut sought: Vec<Sought> = words.iter().map(Sought::new).collect();
        let every = self.starts.len() / TEXTS_TRIED + 1;
        let tried: Vec<Span> = self.starts.iter().step_by(every).map(|start| span_of(start.slot)).collect();
        let have = |word: &Sought| tried.iter().filter(|span| self.occurs(word, **span)).count();
        let rarest = match words {
            [_] => 0,
            _ => (0..words.len()).min_by_key(|at| have(&sought[*at]))?,
        };
        sought.remove(rarest);
        Some((words.get(rarest)?, sought))
    }

    fn occurs(&self, word: &Sought, span: Span) -> bool {
        let to = if word.place == Place::NotInNumbers { span.numbers } else { span.to };
        let text = &self.bytes[span.from as usize..to as usize];
        word.finders.iter().any(|finder| finder.find(text).is_some())
    }

    /// Whether an occurrence stands where the word asks for it; the blank before a word is part of what was found.
    fn counts(place: Place, at: usize, span: Span) -> bool {
        place != Place::NotInNumbers || at < span.numbers as usize
    }
}
