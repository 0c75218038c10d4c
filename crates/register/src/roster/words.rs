//! What is typed into the search, and texts made ready for it.

/// A word looked for.
#[derive(Debug, PartialEq)]
pub(super) struct Word {
    /// With a blank in front where it must begin a word.
    pub(super) text: String,
    pub(super) place: Place,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Place {
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
    pub(super) fn all(search: &str) -> Vec<Self> {
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
        let text =
            |word: &str, place| if place == Place::Inside { word.to_owned() } else { format!(" {word}") };
        words
            .iter()
            .map(|word| (*word, place(word)))
            .map(|(word, place)| Self { text: text(word, place), place })
            .collect()
    }
}

/// Lower case, a blank before each word and nothing between them; digits grouped by blanks, dots or dashes stand
/// together.
pub(super) fn fold_into(text: &str, out: &mut String) {
    let digits_only = text.chars().all(|c| c.is_ascii_digit() || matches!(c, ' ' | '.' | '-'));
    let mut gap = true;
    for c in text.chars() {
        if c.is_alphanumeric() {
            if gap {
                out.push(' ');
            }
            gap = false;
            if c.is_ascii() { out.push(c.to_ascii_lowercase()) } else { out.extend(c.to_lowercase()) }
        } else if c != '\'' && c != '\u{2019}' {
            // Ma'ruf is found as maruf; every other sign parts words.
            gap |= !digits_only;
        }
    }
}
