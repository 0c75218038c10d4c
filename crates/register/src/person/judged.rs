//! What the lists keep of judging: the verdict through time, what is missing, what cannot be read. Written whenever the
//! values are, and for everybody anew when this program or the regulation would say it otherwise.

use crate::door::Door;
use crate::error::RegisterError;
use crate::ids::PersonId;
use crate::op::Done;
use crate::person::rows::{self, Record};
use crate::register::Register;
use crate::settings;
use crate::sql;
use payung_domain::{CivilDate, Field, FieldValues, Readiness};
use payung_regulation::Regulation;

/// A verdict now, and what time alone makes of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Turns {
    first: Readiness,
    /// Days since 1970, ascending.
    later: Box<[(i32, Readiness)]>,
}

impl Turns {
    pub(crate) fn constant(readiness: Readiness) -> Self {
        Self { first: readiness, later: Box::default() }
    }

    /// `day`: since 1970.
    pub(crate) fn on(&self, day: i32) -> Readiness {
        self.later.iter().rev().find(|(from, _)| *from <= day).map_or(self.first, |(_, becomes)| *becomes)
    }

    fn text(&self) -> String {
        let later = self.later.iter().map(|(day, becomes)| format!("{day}{}", letter(*becomes)));
        std::iter::once(letter(self.first).to_string()).chain(later).collect()
    }

    /// Nothing: not judged yet.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let mut letters = text.chars();
        let Some(first) = letters.next() else {
            return Some(Self::constant(Readiness::Incomplete));
        };
        let mut rest = letters.as_str();
        let mut later = Vec::new();
        while !rest.is_empty() {
            let end = rest.find(|c: char| c.is_ascii_alphabetic())?;
            later.push((rest[..end].parse().ok()?, of_letter(rest[end..].chars().next()?)?));
            rest = &rest[end + 1..];
        }
        Some(Self { first: of_letter(first)?, later: later.into() })
    }
}

const fn letter(readiness: Readiness) -> char {
    match readiness {
        Readiness::Attestable => 'a',
        Readiness::WithNotes => 'w',
        Readiness::Incomplete => 'i',
    }
}

fn of_letter(letter: char) -> Option<Readiness> {
    match letter {
        'a' => Some(Readiness::Attestable),
        'w' => Some(Readiness::WithNotes),
        'i' => Some(Readiness::Incomplete),
        _ => None,
    }
}

/// The bit of a field among those that are missing.
pub(crate) const fn field_bit(field: Field) -> u64 {
    1 << field.tag()
}

/// The columns of the lists that come of judging.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Judged {
    pub(crate) judged: String,
    pub(crate) missing: u64,
    pub(crate) unreadable: bool,
}

impl Judged {
    /// `readiness`: of the newest version, whose verdict stands as it was said.
    pub(crate) fn of(regulation: &Regulation, shown: &FieldValues, readiness: Option<Readiness>) -> Self {
        let reading = payung_domain::read(shown);
        let turns = match readiness {
            Some(readiness) => Turns::constant(readiness),
            None => {
                let outlook = payung_regulation::outlook(regulation, &reading);
                let day = |date: CivilDate| i32::try_from(date.days_since_epoch()).unwrap_or(i32::MAX);
                let later = outlook.turns.iter().map(|(date, becomes)| (day(*date), *becomes));
                Turns { first: outlook.first, later: later.collect() }
            }
        };
        let missing = payung_regulation::missing(regulation, &reading);
        Self {
            judged: turns.text(),
            missing: missing.iter().fold(0, |bits, field| bits | field_bit(*field)),
            unreadable: !reading.errors.is_empty(),
        }
    }

    pub(crate) fn of_record(regulation: &Regulation, record: &Record) -> Self {
        Self::of(regulation, &record.shown(), record.readiness)
    }
}

/// Counts up whenever this program judges, folds names or compares people otherwise than the one before.
const WRITTEN_AS: u32 = 2;
const SETTING: &str = "lists";

fn mark(regulation_row: i64) -> String {
    format!("{WRITTEN_AS} {regulation_row}")
}

/// On opening: what an older program wrote, or wrote not at all, is written anew.
pub(crate) fn catch_up(register: &mut Register) -> Result<(), RegisterError> {
    let known = settings::rows::get(&register.db, SETTING)?;
    if known.as_deref() != Some(&mark(register.regulation.row)) {
        Door::through(register, |door| {
            all_again(door)?;
            Ok(Done::default())
        })?;
    }
    Ok(())
}

/// Everybody, by the regulation that judges from this commit on.
pub(crate) fn all_again(door: &mut Door<'_>) -> Result<(), RegisterError> {
    for person in rows::all_ids(door.db)? {
        again(door, person)?;
    }
    settings::rows::put(door.db, SETTING, &mark(door.judging().row))
}

fn again(door: &mut Door<'_>, person: PersonId) -> Result<(), RegisterError> {
    let record = rows::load(door.db, person)?;
    let shown = record.shown();
    let text = |field: Field| shown.text(field).unwrap_or_default();
    let judged = Judged::of_record(&door.judging().regulation, &record);
    sql::run(
        door.db,
        include_str!("put_judged.sql"),
        (
            person.0,
            text(Field::Occupation),
            text(Field::MotherName),
            rows::desil_quarter(&shown),
            judged.judged,
            sql::column(judged.missing)?,
            judged.unreadable,
        ),
    )?;
    door.compare_again(person);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn turns_are_written_and_read_back() {
        for text in ["a", "i", "w-3000a23741w", "w6940i", "i12w13a"] {
            assert_eq!(Turns::parse(text).expect(text).text(), text);
        }
        for text in ["x", "a12", "a12x", "a-w", "aw"] {
            assert_eq!(Turns::parse(text), None, "{text}");
        }
        let turns = Turns::parse("w100a200w").expect("turns");
        let said = [99, 100, 199, 200].map(|day| turns.on(day));
        use Readiness::{Attestable, WithNotes};
        assert_eq!(said, [WithNotes, Attestable, Attestable, WithNotes]);
    }
}
