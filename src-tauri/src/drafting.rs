//! Letters in the making: who is in them, and their numbers.

use crate::convert::people::village_today;
use crate::dto::{CommandError, NewStatement, PreparedStatements};
use crate::error::Answered;
use crate::numbering::Agenda;
use payung_register::{
    Done, Notice, Op, PersonId, Register, RegisterError, Settings, StatementId, StatementStatus,
};

/// One letter for all, or one for each with numbers that count up; they go to the head at once.
pub fn prepare(register: &mut Register, letter: &NewStatement) -> Answered<PreparedStatements> {
    each(register, letter, |people, collective, number| Op::PrepareStatement { people, collective, number })
}

/// As [`prepare`], kept back: the head does not see them yet.
pub fn draft(register: &mut Register, letter: &NewStatement) -> Answered<PreparedStatements> {
    each(register, letter, |people, collective, number| Op::DraftStatement { people, collective, number })
}

/// A single letter that cannot be made stops none of the others; what became of it is told by its number.
fn each(
    register: &mut Register,
    letter: &NewStatement,
    op: impl Fn(Vec<PersonId>, bool, String) -> Op<'static>,
) -> Answered<PreparedStatements> {
    let groups = groups(letter);
    let numbers = numbers(register, &letter.number, groups.len())?;
    let mut prepared = PreparedStatements { ids: Vec::new(), notices: Vec::new() };
    let mut first_failure = None;
    for (people, number) in groups.into_iter().zip(numbers) {
        match register.transact(op(people, letter.collective, number.clone())) {
            Ok(done) => {
                prepared.ids.extend(done.statement.map(|statement| statement.0));
                prepared.notices.extend(notices(&done, &number));
            }
            Err(error) => {
                let error = CommandError::from(error);
                prepared.notices.push(format!("Surat nomor {number} tidak dibuat: {}", error.message));
                first_failure = first_failure.or(Some(error));
            }
        }
    }
    match first_failure {
        Some(error) if prepared.ids.is_empty() => Err(error),
        None if prepared.ids.is_empty() => Err(RegisterError::NobodyListed.into()),
        _ => Ok(prepared),
    }
}

/// Changes a draft. It stays one letter: people for several are several drafts.
pub fn edit(register: &mut Register, id: StatementId, letter: &NewStatement) -> Answered<()> {
    let people = Some(letter.people.iter().copied().map(PersonId).collect());
    register.transact(Op::EditDraft { statement: id, people, number: Some(letter.number.clone()) })?;
    Ok(())
}

fn groups(letter: &NewStatement) -> Vec<Vec<PersonId>> {
    let people: Vec<PersonId> = letter.people.iter().copied().map(PersonId).collect();
    if letter.collective { vec![people] } else { people.into_iter().map(|person| vec![person]).collect() }
}

fn numbers(register: &Register, first: &str, count: usize) -> Answered<Vec<String>> {
    let (settings, village) = (register.settings()?, register.village().code.to_string());
    let agenda = agenda(register, &settings, &village);
    Ok((0..).take(count).map(|by| agenda.counted_up(first, by)).collect())
}

fn notices(done: &Done, number: &str) -> Vec<String> {
    done.notices
        .iter()
        .map(|notice| match notice {
            Notice::NumberRepeated { .. } => number_repeated(number),
        })
        .collect()
}

/// Says when another letter bears the number; `except`: the letter that is meant to bear it.
pub fn number_used(
    register: &Register,
    number: &str,
    except: Option<StatementId>,
) -> Answered<Option<String>> {
    let number = number.trim();
    let taken = !number.is_empty()
        && register.statements()?.iter().any(|known| {
            known.number == number && Some(known.id) != except && known.status != StatementStatus::Withdrawn
        });
    Ok(taken.then(|| number_repeated(number)))
}

fn number_repeated(number: &str) -> String {
    format!("Nomor {number} sudah dipakai surat lain. Periksa buku agenda.")
}

/// By the village's agenda; the newest letter of the year says how far it is.
pub fn next_number(register: &Register) -> Answered<String> {
    let (settings, village) = (register.settings()?, register.village().code.to_string());
    let agenda = agenda(register, &settings, &village);
    let offset = register.regulation().utc_offset;
    let mut letters = register.statements()?;
    let this_year = |at: payung_domain::Timestamp| at.civil_date(offset).year() == agenda.today.year();
    let used = letters.iter().filter(|letter| this_year(letter.prepared_at)).count();
    if agenda.starts_anew_each_year() {
        letters.retain(|letter| this_year(letter.prepared_at));
    }
    let newest = letters.iter().map(|letter| letter.number.as_str()).find(|number| !number.trim().is_empty());
    Ok(agenda.suggest(newest, u32::try_from(used).unwrap_or(u32::MAX)))
}

fn agenda<'a>(register: &Register, settings: &'a Settings, village: &'a str) -> Agenda<'a> {
    Agenda {
        pattern: &settings.number_pattern,
        code: &settings.number_code,
        village,
        today: village_today(register),
    }
}
