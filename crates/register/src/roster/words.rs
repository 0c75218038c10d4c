//! What is typed into the search, and texts made ready for it.

use super::spelling;
use super::texts::SEPARATOR;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// A word looked for.
#[derive(Debug, PartialEq)]
pub(crate) struct Word {
    /// Any of these, with a blank in front where it must begin a word.
    pub(super) texts: Vec<String>,
    pub(super) place: Place,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Place {
    /// At the beginning of a word.
    Beginning,
    /// Digits, wherever in a number.
    Inside,
    /// The 3 of "dusun 3": every NIK of Central Java begins with one.
    NotInNumbers,
}

/// Digits beside words are a house or a hamlet until they are this many.
const NUMBER_DIGITS_MIN: usize = 4;

impl Word {
    /// The words of a search; all must occur.
    pub(crate) fn all(search: &str) -> Vec<Self> {
        let mut folded = String::new();
        fold_into(search, &mut folded);
        let words: Vec<&str> = folded.split(' ').filter(|word| !word.is_empty()).collect();
        let is_number = |word: &str| word.bytes().all(|b| b.is_ascii_digit());
        let numbers_only = words.iter().all(|word| is_number(word));
        let place = |word: &str| match is_number(word) {
            false => Place::Beginning,
            true if numbers_only || word.len() >= NUMBER_DIGITS_MIN => Place::Inside,
            true => Place::NotInNumbers,
        };
        let texts = |word: &str, place| match place {
            Place::Inside => vec![word.to_owned()],
            Place::NotInNumbers => vec![format!(" {word}")],
            Place::Beginning => spelling::beginnings(word).into_iter().map(|way| format!(" {way}")).collect(),
        };
        words
            .iter()
            .map(|word| (*word, place(word)))
            .map(|(word, place)| Self { texts: texts(word, place), place })
            .collect()
    }
}

/// Everything that a person is found by: name, hamlet, their other spellings, NIK and KK, folded.
pub(crate) fn searchable(name: &str, hamlet: &str, nik: &str, kk: &str) -> String {
    let mut text = String::with_capacity(96);
    for part in [name, hamlet] {
        text.push(char::from(SEPARATOR));
        fold_into(part, &mut text);
    }
    let others: Vec<String> = text
        .split([' ', char::from(SEPARATOR)])
        .filter(|word| !word.is_empty())
        .flat_map(spelling::other_spellings)
        .collect();
    text.push(char::from(SEPARATOR));
    for word in others {
        text.push(' ');
        text.push_str(&word);
    }
    for number in [nik, kk] {
        text.push(char::from(SEPARATOR));
        fold_into(number, &mut text);
    }
    text
}

/// Lower case without accents, a blank before each word and nothing between them; digits grouped by blanks, dots or
/// dashes stand together.
pub(crate) fn fold_into(text: &str, out: &mut String) {
    let digits_only = text.chars().all(|c| c.is_ascii_digit() || matches!(c, ' ' | '.' | '-'));
    let mut gap = true;
    for c in text.chars() {
        if c.is_alphanumeric() {
            if gap {
                out.push(' ');
            }
            gap = false;
            if c.is_ascii() {
                out.push(c.to_ascii_lowercase());
            } else {
                out.extend(c.to_lowercase().nfd().filter(|c| !is_combining_mark(*c)));
            }
        } else if !matches!(c, '\'' | '`' | '\u{2018}' | '\u{2019}' | '\u{2bc}') && !is_combining_mark(c) {
            // Ma'ruf is found as maruf; every other sign parts words.
            gap |= !digits_only;
        }
    }
}
