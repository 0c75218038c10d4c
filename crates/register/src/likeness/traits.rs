//! By what two people are compared, and when they may be one.

use super::names::{Name, Nearness};
use crate::roster::{Line, fold_into, spell};
use payung_domain::{CivilDate, Field, FieldValues};
use std::hash::{DefaultHasher, Hash, Hasher};

/// What speaks for two entries being one person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Ground {
    /// The same name, one slip apart, or a part of it.
    Name,
    BirthDate,
    Mother,
    Kk,
    /// One digit of the NIK is another, or two beside each other are swapped.
    NikOneDigit,
}

/// A person as far as they are compared.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Traits {
    /// 0 for values that belong to nobody yet.
    pub(crate) id: i64,
    pub(crate) name: Name,
    pub(crate) points: Points,
}

/// What people are looked up by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Points {
    /// Days since 1970.
    pub(crate) birth: Option<i32>,
    /// A digest of the mother's name; 0 where none is known.
    pub(crate) mother: u32,
    pub(crate) nik: Option<Number>,
    pub(crate) kk: Option<Number>,
}

/// Sixteen digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Number(pub(crate) u64);

/// One of them, as people are looked up by it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Key {
    Birth(i32),
    Mother(u32),
    Kk(Number),
    Nik(Number),
}

impl Points {
    pub(crate) fn of(birth: Option<i32>, mother: u32, nik: &[u8], kk: &[u8]) -> Self {
        Self { birth, mother, nik: Number::parse(nik), kk: Number::parse(kk) }
    }

    pub(crate) fn of_line(line: &Line) -> Self {
        Self::of(line.birth.map(days), mother(&line.mother), line.nik.as_bytes(), line.kk.as_bytes())
    }

    pub(crate) fn keys(&self) -> impl Iterator<Item = Key> + use<> {
        let mother = (self.mother != 0).then_some(Key::Mother(self.mother));
        let birth = self.birth.map(Key::Birth);
        [birth, mother, self.kk.map(Key::Kk), self.nik.map(Key::Nik)].into_iter().flatten()
    }

    pub(crate) fn has(&self, key: Key) -> bool {
        match key {
            Key::Birth(days) => self.birth == Some(days),
            Key::Mother(digest) => self.mother == digest,
            Key::Kk(number) => self.kk == Some(number),
            Key::Nik(number) => self.nik == Some(number),
        }
    }
}

impl Number {
    /// However it is grouped.
    pub(super) fn parse(text: &[u8]) -> Option<Self> {
        let mut digits = text.iter().copied().filter(|b| !matches!(b, b' ' | b'.' | b'-' | b'\''));
        let mut number = 0;
        for _ in 0..16 {
            let digit = digits.next().filter(u8::is_ascii_digit)?;
            number = number * 10 + u64::from(digit - b'0');
        }
        digits.next().is_none().then_some(Self(number))
    }

    fn digits(self) -> [u8; 16] {
        let mut rest = self.0;
        let mut digits = [0; 16];
        for digit in digits.iter_mut().rev() {
            *digit = (rest % 10) as u8;
            rest /= 10;
        }
        digits
    }

    /// Every number that is one wrong digit or one swap away.
    pub(crate) fn neighbours(self) -> impl Iterator<Item = Self> {
        let digits = self.digits();
        let unit = |place: usize| 10u64.pow(15 - place as u32);
        let wrong = (0..16).flat_map(move |place| {
            let without = self.0 - u64::from(digits[place]) * unit(place);
            (0..10u8)
                .filter(move |digit| *digit != digits[place])
                .map(move |digit| Self(without + u64::from(digit) * unit(place)))
        });
        let swapped = (0..15).filter(move |place| digits[*place] != digits[place + 1]).map(move |place| {
            let (left, right) = (u64::from(digits[place]), u64::from(digits[place + 1]));
            let (high, low) = (unit(place), unit(place + 1));
            Self(self.0 - left * high - right * low + right * high + left * low)
        });
        wrong.chain(swapped)
    }

    fn is_beside(self, other: Self) -> bool {
        let apart = self.0.abs_diff(other.0);
        // One digit is up to 9 units apart, two swapped ones up to 81: of most, a few divisions tell.
        if apart == 0 || apart / 10u64.pow(trailing_zeros(apart)) > 81 {
            return false;
        }
        let (one, two) = (self.digits(), other.digits());
        let mut differing = (0..16).filter(|place| one[*place] != two[*place]);
        match (differing.next(), differing.next(), differing.next()) {
            (Some(_), None, _) => true,
            (Some(left), Some(right), None) => {
                right == left + 1 && one[left] == two[right] && one[right] == two[left]
            }
            _ => false,
        }
    }

    /// As the seventh digit of a NIK says.
    pub(super) fn is_woman(self) -> bool {
        self.0 / 10u64.pow(9) % 10 >= 4
    }
}

/// Of a number that is not 0.
fn trailing_zeros(number: u64) -> u32 {
    let mut rest = number;
    let mut zeros = 0;
    while rest.is_multiple_of(10) {
        rest /= 10;
        zeros += 1;
    }
    zeros
}

impl Traits {
    pub(crate) fn of_line(line: &Line) -> Self {
        Self { id: line.id, name: name_of(&line.name), points: Points::of_line(line) }
    }

    pub(crate) fn of_values(id: i64, values: &FieldValues) -> Self {
        let text = |field: Field| values.text(field).unwrap_or_default();
        let birth = values.text(Field::BirthDate).and_then(CivilDate::parse).map(days);
        let mother = mother(text(Field::MotherName));
        Self {
            id,
            name: name_of(text(Field::Name)),
            points: Points::of(birth, mother, text(Field::Nik).as_bytes(), text(Field::Kk).as_bytes()),
        }
    }
}

/// Two who may be one person.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Likeness {
    shared: Shared,
    nearness: Nearness,
}

impl Likeness {
    /// How strong it is, and what speaks for it.
    pub(crate) fn weigh(&self) -> (u32, Vec<Ground>) {
        let Self { shared, nearness } = self;
        let grounds = [
            (Ground::Name, true, *nearness as u32 + 1),
            (Ground::BirthDate, shared.birth, 3),
            (Ground::Mother, shared.mother, 2),
            (Ground::Kk, shared.kk, 2),
            (Ground::NikOneDigit, shared.nik, 3),
        ];
        let held = || grounds.iter().filter(|(_, holds, _)| *holds);
        (held().map(|(_, _, weight)| weight).sum(), held().map(|(ground, _, _)| *ground).collect())
    }
}

/// What two people have in common beside their names, told by a few numbers alone.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Shared {
    pub(crate) birth: bool,
    pub(crate) mother: bool,
    pub(crate) kk: bool,
    nik: bool,
    /// Where both are known.
    births: Option<(i32, i32)>,
    /// A man and a woman, as their NIK say.
    sexes_differ: bool,
}

impl Shared {
    /// Nothing where no name would make the two alike.
    pub(crate) fn of(one: &Points, two: &Points) -> Option<Self> {
        let niks = one.nik.zip(two.nik);
        // The same NIK is shown as such.
        if niks.is_some_and(|(a, b)| a == b) {
            return None;
        }
        let nik = niks.is_some_and(|(a, b)| a.is_beside(b));
        let births = one.birth.zip(two.birth);
        let shared = Self {
            birth: births.is_some_and(|(a, b)| a == b),
            mother: one.mother != 0 && one.mother == two.mother,
            kk: one.kk.is_some() && one.kk == two.kk,
            nik,
            births,
            // The wrong digit may be the one that tells.
            sexes_differ: !nik && niks.is_some_and(|(a, b)| a.is_woman() != b.is_woman()),
        };
        // Whatever suffices with a less near name suffices with the same one.
        shared.suffices(Nearness::Same).then_some(shared)
    }

    pub(crate) fn with_name(self, nearness: Nearness) -> Option<Likeness> {
        self.suffices(nearness).then_some(Likeness { shared: self, nearness })
    }

    /// Both dates are known, and one slip does not make one of the other.
    fn births_apart(&self) -> bool {
        self.births.is_some_and(|(a, b)| a != b && !one_slip_apart(a, b))
    }

    /// Brothers, sisters and twins share a KK, a mother and even the birth date, and have other names. A husband and
    /// his wife may have names one letter apart. A father and his son may share a part of theirs.
    fn suffices(&self, nearness: Nearness) -> bool {
        match nearness {
            Nearness::Other => false,
            Nearness::Same => self.birth || self.kk || self.nik || (self.mother && !self.births_apart()),
            Nearness::Near if self.sexes_differ => false,
            Nearness::Near => self.birth || self.nik || ((self.kk || self.mother) && self.births.is_none()),
            Nearness::Part => {
                (self.birth && (self.kk || self.mother || self.nik)) || (self.nik && self.births.is_none())
            }
        }
    }
}

/// Only the day, the month or the year differs, or day and month are swapped.
pub(super) fn one_slip_apart(one: i32, two: i32) -> bool {
    let date = |days: i32| {
        let since_first = i64::from(days) - CivilDate::FIRST.days_since_epoch();
        let date = CivilDate::FIRST.plus_days(u32::try_from(since_first).unwrap_or(0));
        (date.year(), date.month(), date.day())
    };
    let ((year, month, day), (other_year, other_month, other_day)) = (date(one), date(two));
    let differing = [year != other_year, month != other_month, day != other_day];
    let swapped = year == other_year && (month, day) == (other_day, other_month);
    swapped || differing.into_iter().filter(|differs| *differs).count() <= 1
}

fn name_of(typed: &str) -> Name {
    let mut folded = String::new();
    fold_into(typed, &mut folded);
    Name::of(&folded)
}

/// The same for every spelling of a mother's name; 0 for none.
pub(crate) fn mother(typed: &str) -> u32 {
    let mut folded = String::new();
    fold_into(typed, &mut folded);
    let mut hasher = DefaultHasher::new();
    let mut any = false;
    for word in folded.split(' ').filter(|word| !word.is_empty()) {
        spell(word).hash(&mut hasher);
        any = true;
    }
    if any { (hasher.finish() as u32).max(1) } else { 0 }
}

fn days(date: CivilDate) -> i32 {
    i32::try_from(date.days_since_epoch()).unwrap_or(i32::MAX)
}
