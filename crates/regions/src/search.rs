//! Finding a region while its name is being typed.

use crate::list::{Entry, List, fold_into, list};
use crate::{Level, Region, short_name};

/// Regions of a level whose name or code fits the query, best first, at most `limit`.
///
/// `parent` is a dotted code (`33.05`) under which to look. Capitals, blanks, dashes and apostrophes make no difference.
/// A name equal to the query comes first, then names that begin with it, then names in which every typed word begins a
/// word, then names that hold it elsewhere; equals in alphabetical order, then by code. When nothing fits, a typed word
/// may also be the name of the kecamatan, kabupaten or province (`karangsari kebumen`), or the word for the kind of region. An
/// empty query gives all.
pub fn search(level: Level, parent: Option<&str>, query: &str, limit: usize) -> Vec<Region> {
    let list = list();
    let query = Query::new(query);
    let mut hits = Vec::new();
    let mut partly = Vec::new();
    for entry in list.under(level, parent) {
        match query.fit(list, entry) {
            Fit::Whole(rank) => hits.push(Hit { rank, entry }),
            Fit::Part if hits.is_empty() => partly.push(entry),
            Fit::Part | Fit::None => {}
        }
    }
    if hits.is_empty() {
        let rank = |entry| query.rank_with_places_above(list, entry).map(|rank| Hit { rank, entry });
        hits = partly.into_iter().filter_map(rank).collect();
    }
    let limit = limit.min(hits.len());
    if limit == 0 {
        return Vec::new();
    }
    hits.select_nth_unstable_by_key(limit - 1, |hit| hit.order());
    hits.truncate(limit);
    hits.sort_unstable_by_key(Hit::order);
    hits.iter()
        .map(|hit| {
            let named = list.named(hit.entry);
            Region { code: named.code.to_owned(), name: short_name(named.name).to_owned() }
        })
        .collect()
}

struct Hit<'a> {
    rank: u8,
    entry: &'a Entry,
}

impl Hit<'_> {
    fn order(&self) -> (u8, u32) {
        (self.rank, self.entry.alphabetical)
    }
}

enum Fit {
    /// With its rank, 0 the best.
    Whole(u8),
    /// Some of the typed words are the name's.
    Part,
    None,
}

struct Query {
    /// Folded, parted by one blank.
    text: String,
    words: Vec<String>,
    /// Without blanks.
    compact: String,
    is_code: bool,
}

/// What people write before a name.
const KINDS: &[&str] =
    &["kabupaten", "kab", "kota", "kecamatan", "kec", "desa", "ds", "kelurahan", "kel", "provinsi", "prov"];

impl Query {
    fn new(typed: &str) -> Self {
        let mut text = String::new();
        fold_into(typed, &mut text);
        Self {
            words: text.split(' ').map(str::to_owned).collect(),
            compact: text.replace(' ', ""),
            is_code: !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit() || b == b' '),
            text,
        }
    }

    fn fit(&self, list: &List, entry: &Entry) -> Fit {
        if self.text.is_empty() {
            return Fit::Whole(0);
        }
        if self.is_code {
            let mut code = list.code(entry).bytes().filter(|b| *b != b'.');
            let begins = self.compact.bytes().all(|digit| code.next() == Some(digit));
            return if begins { Fit::Whole(0) } else { Fit::None };
        }
        let folded = list.folded(entry);
        if let Some(whole) = begins_compact(folded, &self.compact) {
            return Fit::Whole(if whole { 0 } else { 1 });
        }
        let found = self.words.iter().filter(|word| begins_a_word(folded, word)).count();
        if found == self.words.len() {
            Fit::Whole(2)
        } else if self.compact.len() >= 3 && holds(folded, &self.text) {
            // The end of a longer word, as in "anyar" for Karanganyar.
            Fit::Whole(3)
        } else if found > 0 {
            Fit::Part
        } else {
            Fit::None
        }
    }

    /// For a name that some of the words fit: the others must be those of the places above or words for the kind.
    fn rank_with_places_above(&self, list: &List, entry: &Entry) -> Option<u8> {
        let folded = list.folded(entry);
        let mut foreign = false;
        for word in &self.words {
            if begins_a_word(folded, word) || KINDS.contains(&word.as_str()) {
                continue;
            }
            let mut places = above(list.code(entry)).filter_map(|code| list.find(code));
            if !places.any(|place| begins_a_word(place.folded, word)) {
                return None;
            }
            foreign = true;
        }
        Some(u8::from(foreign))
    }
}

/// Whether the name, blanks left out, begins with the query: `Some(true)` when it is the whole name.
fn begins_compact(folded: &str, compact: &str) -> Option<bool> {
    let mut name = folded.bytes().filter(|b| *b != b' ');
    for byte in compact.bytes() {
        if name.next() != Some(byte) {
            return None;
        }
    }
    Some(name.next().is_none())
}

// The two below compare the first byte themselves: over 83,762 names that is what keeps a key press under 5 ms.

fn begins_a_word(folded: &str, prefix: &str) -> bool {
    let (name, prefix) = (folded.as_bytes(), prefix.as_bytes());
    let Some(first) = prefix.first() else { return true };
    let mut before = b' ';
    for (at, byte) in name.iter().enumerate() {
        if before == b' ' && byte == first && name[at..].starts_with(prefix) {
            return true;
        }
        before = *byte;
    }
    false
}

fn holds(folded: &str, part: &str) -> bool {
    let (name, part) = (folded.as_bytes(), part.as_bytes());
    let Some(first) = part.first() else { return true };
    name.iter().enumerate().any(|(at, byte)| byte == first && name[at..].starts_with(part))
}

/// The dotted codes above a code: kecamatan, kabupaten, province.
fn above(code: &str) -> impl Iterator<Item = &str> {
    code.char_indices().filter(|(_, c)| *c == '.').map(|(at, _)| &code[..at])
}
