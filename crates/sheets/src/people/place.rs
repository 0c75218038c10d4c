//! Where a family lives, out of one line of text: `DUSUN KERANDANGAN, RT:001, RW:001, Kodepos:83355,-`.

/// The parts of an address. What is not written, or is a dash, is empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Place {
    /// What remains without the parts that are named.
    pub address: String,
    pub rt: String,
    pub rw: String,
    pub hamlet: String,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Hamlet,
    RtRw,
    Rt,
    Rw,
    /// Needed by nobody here: post code, telephone.
    Other,
}

/// Longer words first, so that `RT/RW` is not read as `RT`.
const WORDS: [(&str, Part); 11] = [
    ("NAMA DUSUN", Part::Hamlet),
    ("DUSUN", Part::Hamlet),
    ("DSN", Part::Hamlet),
    ("NO.RT/RW", Part::RtRw),
    ("RT/RW", Part::RtRw),
    ("RT", Part::Rt),
    ("RW", Part::Rw),
    ("KODE POS", Part::Other),
    ("KODEPOS", Part::Other),
    ("TELEPON", Part::Other),
    ("TELP", Part::Other),
];

pub(super) fn read(line: &str) -> Place {
    let upper = line.to_ascii_uppercase();
    let mut place = Place::default();
    let mut rest: Vec<String> = Vec::new();
    let mut at = 0;
    let mut free_from = 0;
    while at < line.len() {
        let Some((part, value_at)) = word_at(&upper, at) else {
            at += upper[at..].chars().next().map_or(1, char::len_utf8);
            continue;
        };
        let end = value_end(&upper, value_at);
        let value = bare(&line[value_at..end]);
        if place.put(part, &value) {
            rest.push(line[free_from..at].to_owned());
            free_from = end;
        }
        at = end.max(at + 1);
        while !upper.is_char_boundary(at) {
            at += 1;
        }
    }
    rest.push(line[free_from.min(line.len())..].to_owned());
    let parts: Vec<String> = rest
        .iter()
        .flat_map(|part| part.split([',', ';']))
        .map(bare)
        .filter(|part| !part.is_empty())
        .collect();
    place.address = parts.join(", ");
    place
}

/// Whether a line names a part of an address.
pub(super) fn is_named_in(line: &str) -> bool {
    let found = read(line);
    !(found.rt.is_empty() && found.rw.is_empty() && found.hamlet.is_empty())
        || line.to_ascii_uppercase().contains("RT/RW")
}

impl Place {
    /// Whether the value can be one: `RT` in the name of a street has no number after it.
    fn put(&mut self, part: Part, value: &str) -> bool {
        const NUMBER_MAX: usize = 5;
        let is_number = |text: &str| {
            text.is_empty() || (text.len() <= NUMBER_MAX && text.bytes().any(|byte| byte.is_ascii_digit()))
        };
        match part {
            Part::Hamlet => value.clone_into(&mut self.hamlet),
            Part::Other => {}
            Part::Rt | Part::RtRw if value.contains('/') => {
                let (rt, rw) = rt_and_rw(value);
                if !is_number(&rt) || !is_number(&rw) {
                    return false;
                }
                (self.rt, self.rw) = (rt, rw);
            }
            _ if !is_number(value) => return false,
            Part::Rt | Part::RtRw => value.clone_into(&mut self.rt),
            Part::Rw => value.clone_into(&mut self.rw),
        }
        true
    }
}

/// `001/002`, also with the words before the numbers; a dash is nothing.
pub(super) fn rt_and_rw(text: &str) -> (String, String) {
    let upper = text.to_ascii_uppercase();
    let without = upper.replace("RT", " ").replace("RW", " ");
    let mut parts = without.split(['/', '\\', ' ', '-', '.', ':', ',']).filter(|part| !part.is_empty());
    let first_missing = text.trim_start().starts_with(['-', '/']);
    let first = if first_missing { "" } else { parts.next().unwrap_or_default() };
    (first.to_owned(), parts.collect::<Vec<_>>().join(" "))
}

/// The word that begins here, and where its value begins.
fn word_at(upper: &str, at: usize) -> Option<(Part, usize)> {
    if upper[..at].chars().next_back().is_some_and(char::is_alphanumeric) {
        return None;
    }
    let rest = &upper[at..];
    let (word, part) = WORDS.iter().find(|(word, _)| {
        rest.strip_prefix(word).is_some_and(|after| !after.starts_with(char::is_alphabetic))
    })?;
    let after = &rest[word.len()..];
    let value = after.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '.' | ':'));
    Some((*part, upper.len() - value.len()))
}

/// A value ends at a comma or where the next word begins.
fn value_end(upper: &str, from: usize) -> usize {
    upper[from..]
        .char_indices()
        .map(|(offset, c)| (from + offset, c))
        .find(|(at, c)| matches!(c, ',' | ';') || word_at(upper, *at).is_some())
        .map_or(upper.len(), |(at, _)| at)
}

fn bare(text: &str) -> String {
    text.trim_matches(|c: char| c.is_whitespace() || matches!(c, '-' | ',' | ':' | '/')).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_every_book() {
        for (line, address, rt, rw, hamlet) in [
            (" DUSUN KERANDANGAN, RT:001, RW:001, Kodepos:83355,-", "", "001", "001", "KERANDANGAN"),
            ("SENGGIGI RESIDENT, RT:001, Kodepos:83355,-", "SENGGIGI RESIDENT", "001", "", ""),
            ("DSN. TAMBAK YOSO,Kodepos :92974,Telp :,-", "", "", "", "TAMBAK YOSO"),
            ("MERTAK PAOK, Nama Dusun : MERTAK, RT/RW : -/-", "MERTAK PAOK", "", "", "MERTAK"),
            ("DESA LUBUK BESAR RT/RW : 002/000 DUSUN : -", "DESA LUBUK BESAR", "002", "000", ""),
            ("RT 004 RW - Dusun Mangsit", "", "004", "", "Mangsit"),
            ("Jl. Purworejo 5 RT.01/RW.02", "Jl. Purworejo 5", "01", "02", ""),
            ("JL RT MULYO 3", "JL RT MULYO 3", "", "", ""),
            ("RT 1/2, Blok É", "Blok É", "1", "2", ""),
            ("", "", "", "", ""),
        ] {
            let place = read(line);
            let expected = Place {
                address: address.to_owned(),
                rt: rt.to_owned(),
                rw: rw.to_owned(),
                hamlet: hamlet.to_owned(),
            };
            assert_eq!(place, expected, "{line}");
        }
    }

    #[test]
    fn two_numbers_in_one_cell() {
        for (text, rt, rw) in [
            ("001/002", "001", "002"),
            ("RT 01 / RW 02", "01", "02"),
            ("001", "001", ""),
            ("-/-", "", ""),
            ("-/003", "", "003"),
            ("", "", ""),
        ] {
            assert_eq!(rt_and_rw(text), (rt.to_owned(), rw.to_owned()), "{text}");
        }
    }
}
