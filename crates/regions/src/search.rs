//! Finding a region while its name is being typed.

use crate::list::{Entry, List, Named, fold_into, list};
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
    let entries = list.under(level, parent);
    let query = Query::new(query);
    let mut hits = collect(list, entries, |named| query.rank(named));
    if hits.is_empty() {
        hits = collect(list, entries, |named| query.rank_with_places_above(list, named));
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

fn collect<'a>(list: &List, entries: &'a [Entry], rank: impl Fn(Named<'_>) -> Option<u8>) -> Vec<Hit<'a>> {
    entries.iter().filter_map(|entry| rank(list.named(entry)).map(|rank| Hit { rank, entry })).collect()
}

struct Query {
    /// Folded, words parted by one blank.
    words: String,
    /// The same without blanks.
    compact: String,
    /// Digits only, when the query is (the beginning of) a code.
    digits: Option<String>,
}

/// What people write before a name.
const KINDS: &[&str] =
    &["kabupaten", "kab", "kota", "kecamatan", "kec", "desa", "ds", "kelurahan", "kel", "provinsi", "prov"];

impl Query {
    fn new(typed: &str) -> Self {
        let mut words = String::new();
        fold_into(typed, &mut words);
        let is_code = !words.is_empty() && words.bytes().all(|b| b.is_ascii_digit() || b == b' ');
        let compact = words.replace(' ', "");
        Self { digits: is_code.then(|| compact.clone()), words, compact }
    }

    fn rank(&self, named: Named<'_>) -> Option<u8> {
        if self.words.is_empty() {
            return Some(0);
        }
        if let Some(digits) = &self.digits {
            let mut code = named.code.bytes().filter(|b| *b != b'.');
            return digits.bytes().all(|digit| code.next() == Some(digit)).then_some(0);
        }
        match begins_compact(named.folded, &self.compact) {
            Some(true) => Some(0),
            Some(false) => Some(1),
            None if self.words.split(' ').all(|word| begins_a_word(named.folded, word)) => Some(2),
            // The end of a longer word, as in "anyar" for Karanganyar.
            None if self.compact.len() >= 3 && named.folded.contains(&self.words) => Some(3),
            None => None,
        }
    }

    fn rank_with_places_above(&self, list: &List, named: Named<'_>) -> Option<u8> {
        let mut own = false;
        let mut foreign = false;
        for word in self.words.split(' ') {
            if begins_a_word(named.folded, word) {
                own = true;
            } else if KINDS.contains(&word) {
                continue;
            } else if above(named.code)
                .filter_map(|code| list.find(code))
                .any(|place| begins_a_word(place.folded, word))
            {
                foreign = true;
            } else {
                return None;
            }
        }
        own.then_some(if foreign { 1 } else { 0 })
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

fn begins_a_word(folded: &str, prefix: &str) -> bool {
    folded.split(' ').any(|word| word.starts_with(prefix))
}

/// The dotted codes above a code: kecamatan, kabupaten, province.
fn above(code: &str) -> impl Iterator<Item = &str> {
    code.char_indices().filter(|(_, c)| *c == '.').map(|(at, _)| &code[..at])
}
