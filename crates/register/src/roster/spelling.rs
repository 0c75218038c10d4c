//! One name, many spellings. Old and new spelling (*Soekarno*, *Djoko*, *Tjahjo*), doubled letters, *y* for *i*, *ch* and
//! *kh* for *h*, and the many ways to write Muhammad become one way of writing that nobody reads: it is only compared.

/// The two ways to which every spelling of Muhammad comes.
const MUHAMMAD: [&str; 2] = ["muhamad", "mohamad"];

/// The one way of writing of a folded word. A word with a digit is a number of something and stays as it is.
pub(crate) fn spell(word: &str) -> String {
    if word.bytes().any(|b| b.is_ascii_digit()) {
        return word.to_owned();
    }
    let mut speller = Speller { spelled: String::with_capacity(word.len()), is_old: false };
    word.chars().for_each(|c| speller.push(c));
    speller.spelled
}

struct Speller {
    spelled: String,
    /// *Dj* and *tj* are of the old spelling, in which a *j* alone is a *y*: Tjahjo, Widjaja.
    is_old: bool,
}

impl Speller {
    /// One more letter, where the letters before it may change with it.
    fn push(&mut self, c: char) {
        let inside = self.spelled.len() > 1;
        match (self.spelled.chars().next_back(), c) {
            (Some('o'), 'e') => self.replace('u'),
            (Some('d'), 'j') => {
                self.is_old = true;
                self.spelled.pop();
                let c = if self.spelled.ends_with('n') { 'i' } else { 'j' };
                self.add(c);
            }
            (Some('t'), 'j') => {
                self.is_old = true;
                self.replace('c');
            }
            (Some('s' | 'n'), 'j') => self.add('i'),
            (Some(_), 'j') if self.is_old => self.add('i'),
            // At the beginning *ch* and *kh* are sounds of their own: Chandra, Khotimah.
            (Some('c' | 'k'), 'h') if inside => self.replace('h'),
            (Some(_), 'y') => self.add('i'),
            _ => self.add(c),
        }
    }

    fn replace(&mut self, c: char) {
        self.spelled.pop();
        self.add(c);
    }

    /// Double letters are one.
    fn add(&mut self, c: char) {
        if !self.spelled.ends_with(c) {
            self.spelled.push(c);
        }
    }
}

/// Whether a word in its one way of writing stands for Muhammad.
pub(crate) fn is_muhammad(spelled: &str) -> bool {
    matches!(
        spelled,
        "m" | "moh"
            | "muh"
            | "mohd"
            | "muhd"
            | "mhd"
            | "mohamad"
            | "muhamad"
            | "mohamat"
            | "muhamat"
            | "mohamed"
            | "muhamed"
    )
}

/// What a word is found by beside itself.
pub(super) fn other_spellings(word: &str) -> impl Iterator<Item = String> {
    let spelled = spell(word);
    let of_muhammad = if is_muhammad(&spelled) { MUHAMMAD.as_slice() } else { &[] };
    let of_muhammad: Vec<String> =
        of_muhammad.iter().filter(|way| **way != word).map(|way| (*way).to_owned()).collect();
    let itself = (spelled != word && !of_muhammad.contains(&spelled)).then_some(spelled);
    itself.into_iter().chain(of_muhammad)
}

/// What the beginning of a word is looked for as: one of these begins every word, in one of its spellings, that begins
/// so however it is written. The last letter may be half of two that are written as one: *so* of *soekarno*.
pub(super) fn beginnings(typed: &str) -> Vec<String> {
    let spelled = spell(typed);
    let completed = match typed.chars().next_back() {
        // One letter alone is what it is: half the village begins with it as it stands.
        Some(_) if typed.chars().nth(1).is_none() => None,
        Some('o') => Some('e'),
        Some('d' | 't') => Some('j'),
        Some('c' | 'k') => Some('h'),
        _ => None,
    };
    let completed = completed.map(|next| spell(&format!("{typed}{next}")));
    let of_muhammad = is_muhammad(&spelled).then(|| MUHAMMAD[0].to_owned());
    let mut ways: Vec<String> = Vec::new();
    for way in [Some(spelled), Some(typed.to_owned()), completed, of_muhammad].into_iter().flatten() {
        // What begins with another way is found by that one.
        if !ways.iter().any(|known| way.starts_with(known.as_str())) {
            ways.push(way);
        }
    }
    ways
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_name_are_written_one_way() {
        for same in [
            &["sukarno", "soekarno", "sukarnno"][..],
            &["joko", "djoko"],
            &["cahyo", "tjahjo", "tjahyo", "cahio"],
            &["wijaya", "widjaja", "widjaya"],
            &["sujono", "soejono", "soedjono"],
            &["syamsul", "sjamsul", "siamsul"],
            &["nyoman", "njoman"],
            &["anjar", "andjar"],
            &["budi", "budy", "boedi"],
            &["haryanto", "hariyanto", "harianto"],
            &["rahman", "rachman", "rakhman", "rahmman"],
            &["muhammad", "muhamad", "mochamad", "mochammad", "mukhamad"],
            &["ahmad", "achmad", "akhmad"],
        ] {
            let ways: Vec<String> = same.iter().map(|word| spell(word)).collect();
            let one = ways.iter().filter(|way| *way == &ways[0] || is_muhammad(way));
            assert_eq!(one.count(), same.len(), "{same:?} became {ways:?}");
        }
    }

    #[test]
    fn other_names_stay_other_names() {
        for (a, b) in [
            ("rina", "rini"),
            ("sutini", "sutino"),
            ("chandra", "handra"),
            ("yani", "iani"),
            ("dewi", "jewi"),
            ("2008", "208"),
        ] {
            assert_ne!(spell(a), spell(b), "{a} and {b}");
        }
    }
}
