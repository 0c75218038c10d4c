//! *Beranda*.

use super::count;
use super::people::{counts, village_today};
use crate::dto::{
    Counter, CounterKey, Dashboard, ListFilter, StaleDesil, StaleDesilPerson, StateKey, TurningPerson,
};
use crate::error::Answered;
use payung_domain::{CivilDate, Quarter, State};
use payung_register::{Counts, ListQuery, PersonRow, Register, Sort};

/// BPJS takes no new participant from this birthday on (public practice, no article).
const LAST_BIRTHDAY: u32 = 65;
const DAYS_AHEAD: u32 = 90;
/// Most people shown; more than that is a list of its own.
const TURNING_MAX: usize = 50;
const PAGE: u64 = 500;
/// People shown whose desil is old; the list has the others.
const STALE_MAX: u64 = 5;

pub fn dashboard(register: &Register) -> Answered<Dashboard> {
    let found = register.counts();
    let population = register.population_counts()?;
    Ok(Dashboard {
        counters: counters(&found),
        bar: counts(&found).into_iter().filter(|state| state.count > 0).collect(),
        total: count(found.total),
        turning: turning(register, village_today(register))?,
        population: count(population.all),
        population_eligible: count(population.eligible),
        stale_desil: stale_desil(register)?,
        last_sync_at: register.outbox()?.last_sync.map(payung_domain::Timestamp::millis),
    })
}

fn counters(found: &Counts) -> Vec<Counter> {
    let by_state = |key, words: &str, state: State| Counter {
        key,
        words: words.to_owned(),
        count: count(found.of(state)),
        states: vec![StateKey::from(state)],
        unsent: false,
        filter: None,
    };
    vec![
        by_state(CounterKey::Complete, "Lengkapi data", State::Draft),
        Counter {
            key: CounterKey::ReadyForStatement,
            words: "Siap dibuatkan pernyataan".to_owned(),
            count: count(found.can_be_listed),
            states: Vec::new(),
            unsent: false,
            filter: Some(ListFilter::CanBeListed),
        },
        by_state(CounterKey::AwaitingSignature, "Menunggu tanda tangan", State::AwaitingSignature),
        by_state(CounterKey::AwaitingStamp, "Menunggu meterai", State::AwaitingStamp),
        Counter {
            key: CounterKey::NotSent,
            words: "Belum terkirim".to_owned(),
            count: count(found.not_sent),
            states: Vec::new(),
            unsent: true,
            filter: None,
        },
        by_state(CounterKey::NeedsFix, "Perlu diperbaiki", State::NeedsFix),
    ]
}

/// Oldest first, so that everyone in question stands together in the register's own order.
fn turning(register: &Register, today: CivilDate) -> Answered<Vec<TurningPerson>> {
    let mut found = Vec::new();
    for page in 0.. {
        let query =
            ListQuery { sort: Sort::BirthDate, offset: page * PAGE, limit: PAGE, ..ListQuery::default() };
        let rows = register.list(&query)?.rows;
        let last = rows.last().and_then(|row| row.birth_date).and_then(|birth| days_until(birth, today));
        found.extend(rows.iter().filter_map(|row| turns(row, today)));
        let beyond = last.is_none_or(|days| days > i64::from(DAYS_AHEAD));
        if (rows.len() as u64) < PAGE || beyond || found.len() >= TURNING_MAX {
            break;
        }
    }
    found.truncate(TURNING_MAX);
    Ok(found)
}

fn turns(row: &PersonRow, today: CivilDate) -> Option<TurningPerson> {
    if matches!(row.state, State::Ended | State::Cancelled) {
        return None;
    }
    let birth = row.birth_date?;
    let days = u32::try_from(days_until(birth, today)?).ok().filter(|days| *days <= DAYS_AHEAD)?;
    let on = birth.birthday(LAST_BIRTHDAY)?.to_string();
    Some(TurningPerson { id: row.id.0, name: row.name.clone(), on, days })
}

/// Days until the last birthday, negative when it is past.
fn days_until(birth: CivilDate, today: CivilDate) -> Option<i64> {
    Some(birth.birthday(LAST_BIRTHDAY)?.days_since_epoch() - today.days_since_epoch())
}

fn stale_desil(register: &Register) -> Answered<StaleDesil> {
    let found = register.stale_desil(STALE_MAX)?;
    let person = |(row, period): &(PersonRow, Quarter)| StaleDesilPerson {
        id: row.id.0,
        name: row.name.clone(),
        period: period.to_string(),
    };
    Ok(StaleDesil { count: count(found.total), people: found.people.iter().map(person).collect() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn six_counters_open_six_lists() {
        let found = Counts {
            total: 7,
            by_state: vec![(State::Draft, 4), (State::NeedsFix, 1)],
            can_be_listed: 2,
            not_sent: 3,
            ..Counts::default()
        };
        let numbers: Vec<u32> = counters(&found).iter().map(|counter| counter.count).collect();
        assert_eq!(numbers, [4, 2, 0, 0, 3, 1]);
    }

    #[test]
    fn days_until_the_65th_birthday() {
        let date = |year, month, day| CivilDate::new(year, month, day).unwrap();
        let today = date(2026, 11, 21);
        assert_eq!(days_until(date(1961, 11, 22), today), Some(1));
        assert_eq!(days_until(date(1961, 11, 21), today), Some(0));
        assert_eq!(days_until(date(1961, 11, 20), today), Some(-1));
        assert_eq!(days_until(date(1964, 2, 29), date(2029, 2, 28)), Some(1), "29 February: on 1 March");
    }
}
