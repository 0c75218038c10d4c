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

impl Points {
    pub(crate) fn of(birth: Option<i32>, mother: u32, nik: &str, kk: &str) -> Self {
        Self { birth, mother, nik: Number::parse(nik), kk: Number::parse(kk) }
    }

    pub(crate) fn of_line(line: &Line) -> Self {
        Self::of(line.birth.map(days), mother(&line.mother), &line.nik, &line.kk)
    }
}

impl Number {
    /// However it is grouped.
    fn parse(text: &str) -> Option<Self> {
        let mut digits = text.bytes().filter(|b| !matches!(b, b' ' | b'.' | b'-' | b'\''));
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
        let (one, two) = (self.digits(), other.digits());
        let differing: Vec<usize> = (0..16).filter(|place| one[*place] != two[*place]).collect();
        match differing[..] {
            [_] => true,
            [left, right] => right == left + 1 && one[left] == two[right] && one[right] == two[left],
            _ => false,
        }
    }

    /// As the seventh digit of a NIK says.
    fn is_woman(self) -> bool {
        self.digits()[6] >= 4
    }
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
            points: Points::of(birth, mother, text(Field::Nik), text(Field::Kk)),
        }
    }

    /// What speaks for the two being one person under two NIK, the strength of it first; nothing where too little does.
    pub(crate) fn alike(&self, other: &Self) -> Option<(u32, Vec<Ground>)> {
        let (one, two) = (&self.points, &other.points);
        // The same NIK is shown as such.
        if one.nik.is_some() && one.nik == two.nik {
            return None;
        }
        let nearness = self.name.nearness(&other.name);
        let shared = Shared::of(one, two);
        if !shared.suffices(nearness) {
            return None;
        }
        let grounds = [
            (Ground::Name, true, nearness as u32 + 1),
            (Ground::BirthDate, shared.birth, 3),
            (Ground::Mother, shared.mother, 2),
            (Ground::Kk, shared.kk, 2),
            (Ground::NikOneDigit, shared.nik, 3),
        ];
        let held = || grounds.iter().filter(|(_, holds, _)| *holds);
        Some((held().map(|(_, _, weight)| weight).sum(), held().map(|(ground, _, _)| *ground).collect()))
    }
}

/// What two people have in common beside their names.
struct Shared {
    birth: bool,
    /// Both dates are known, and one slip does not make one of the other.
    births_apart: bool,
    birth_unknown: bool,
    mother: bool,
    kk: bool,
    nik: bool,
    /// A man and a woman, as their NIK say.
    sexes_differ: bool,
}

impl Shared {
    fn of(one: &Points, two: &Points) -> Self {
        let both = |a: Option<Number>, b: Option<Number>| a.zip(b);
        let nik = both(one.nik, two.nik).is_some_and(|(a, b)| a.is_beside(b));
        let births = one.birth.zip(two.birth);
        Self {
            birth: births.is_some_and(|(a, b)| a == b),
            births_apart: births.is_some_and(|(a, b)| a != b && !one_slip_apart(a, b)),
            birth_unknown: births.is_none(),
            mother: one.mother != 0 && one.mother == two.mother,
            kk: both(one.kk, two.kk).is_some_and(|(a, b)| a == b),
            nik,
            // The wrong digit may be the one that tells.
            sexes_differ: !nik && both(one.nik, two.nik).is_some_and(|(a, b)| a.is_woman() != b.is_woman()),
        }
    }

    /// Brothers, sisters and twins share a KK, a mother and even the birth date, and have other names. A husband and
    /// his wife may have names one letter apart. A father and his son may share a part of theirs.
    fn suffices(&self, nearness: Nearness) -> bool {
        match nearness {
            Nearness::Other => false,
            Nearness::Same => self.birth || self.kk || self.nik || (self.mother && !self.births_apart),
            Nearness::Near if self.sexes_differ => false,
            Nearness::Near => self.birth || self.nik || ((self.kk || self.mother) && self.birth_unknown),
            Nearness::Part => {
                (self.birth && (self.kk || self.mother || self.nik)) || (self.nik && self.birth_unknown)
            }
        }
    }
}

/// Only the day, the month or the year differs, or day and month are swapped.
fn one_slip_apart(one: i32, two: i32) -> bool {
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
