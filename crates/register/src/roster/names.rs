//! Words that many people share, such as their hamlet: each kept once, a slot holds its number.

use super::words::fold_into;
use payung_domain::Occupation;
use std::collections::BTreeMap;

#[derive(Default)]
pub(super) struct Names {
    numbers: BTreeMap<String, u32>,
    /// By number, as `shown` is.
    keys: Vec<String>,
    /// As first seen.
    shown: Vec<String>,
}

impl Names {
    /// `key` tells names apart.
    pub(super) fn number(&mut self, key: String, shown: &str) -> u32 {
        if let Some(known) = self.numbers.get(&key) {
            return *known;
        }
        let number = self.shown.len() as u32;
        self.keys.push(key.clone());
        self.numbers.insert(key, number);
        self.shown.push(shown.trim().to_owned());
        number
    }

    /// By which a name is told apart.
    pub(super) fn key(&self, number: u32) -> &str {
        self.keys[number as usize].as_str()
    }

    /// One bit a name: those given here.
    pub(super) fn among(&self, keys: impl Iterator<Item = String>) -> Vec<bool> {
        let mut among = vec![false; self.shown.len()];
        for number in keys.filter_map(|key| self.numbers.get(&key)) {
            among[*number as usize] = true;
        }
        among
    }

    /// The alphabetical place of each by its number.
    pub(super) fn ranks(&self) -> Vec<u32> {
        let mut ranks = vec![0; self.shown.len()];
        for (rank, number) in self.numbers.values().enumerate() {
            ranks[*number as usize] = rank as u32;
        }
        ranks
    }

    /// Those that are counted at least once, in their order.
    pub(super) fn counted(&self, counts: &[u64]) -> Vec<(String, u64)> {
        self.numbers
            .values()
            .map(|number| (self.shown[*number as usize].clone(), counts[*number as usize]))
            .filter(|(_, count)| *count > 0)
            .collect()
    }

    pub(super) fn len(&self) -> usize {
        self.shown.len()
    }
}

pub(super) fn hamlet_key(hamlet: &str) -> String {
    let mut key = String::new();
    fold_into(hamlet, &mut key);
    key
}

/// One of the template's occupations by its name, anything else as it was written.
pub(super) fn occupation_key(occupation: &str) -> String {
    match Occupation::parse(occupation) {
        Some(known) => known.name().to_owned(),
        None => occupation.trim().to_lowercase(),
    }
}
