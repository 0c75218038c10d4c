//! Civil dates, ages and zones.

use payung_domain::{CivilDate, Quarter, Timestamp, UtcOffset};

fn date(text: &str) -> CivilDate {
    CivilDate::parse(text).unwrap_or_else(|| panic!("{text} is a date"))
}

#[test]
fn dates_are_read_as_clerks_write_them() {
    for text in
        ["1975-08-17", "17-08-1975", "17/08/1975", "17/8/1975", "17.8.1975", "17081975", " 1975-8-17 "]
    {
        assert_eq!(date(text), date("1975-08-17"), "{text}");
    }
    for text in [
        "",
        "1975",
        "31-02-1975",
        "17-08-75",
        "00-01-1975",
        "8/17/1975",
        "1975-08-17T00:00",
        "2023-02-29",
        "17--1975",
        "+7-08-1975",
    ] {
        assert_eq!(CivilDate::parse(text), None, "{text} is no date");
    }
    assert_eq!(date("2026-11-21").in_words(), "21 November 2026");
}

#[test]
fn a_year_is_completed_on_the_birthday() {
    let birth = date("1961-05-20");
    for (on, years) in
        [("2026-05-19", 64), ("2026-05-20", 65), ("2027-05-19", 65), ("2027-05-20", 66), ("1961-05-20", 0)]
    {
        assert_eq!(birth.completed_years(date(on)), Some(years), "{on}");
    }
    assert_eq!(birth.completed_years(date("1961-05-19")), None, "not born yet");
}

#[test]
fn born_on_29_february_has_the_birthday_on_1_march_in_common_years() {
    let birth = date("2008-02-29");
    assert_eq!(birth.completed_years(date("2026-02-28")), Some(17));
    assert_eq!(birth.completed_years(date("2026-03-01")), Some(18));
    assert_eq!(birth.birthday(16), Some(date("2024-02-29")), "a leap year keeps the day");
    assert_eq!(birth.birthday(18), Some(date("2026-03-01")));
}

#[test]
fn the_civil_date_is_that_of_the_place() {
    // 2026-11-21 16:30 UTC is still the 21st in Kebumen (23.30 WIB) and already the 22nd in Klungkung (00.30 WITA).
    let instant = Timestamp(1_795_278_600_000);
    assert_eq!(instant.civil_date(UtcOffset { hours: 7 }), date("2026-11-21"));
    assert_eq!(instant.civil_date(UtcOffset { hours: 8 }), date("2026-11-22"));
    assert_eq!(instant.clock_time(UtcOffset { hours: 7 }), "23.30");
    assert_eq!(instant.clock_time(UtcOffset { hours: 8 }), "00.30");
}

#[test]
fn no_instant_panics() {
    for millis in [i64::MIN, -1, 0, i64::MAX] {
        Timestamp(millis).civil_date(UtcOffset { hours: 8 });
        Timestamp(millis).clock_time(UtcOffset { hours: 8 });
    }
}

#[test]
fn quarters_are_read_and_ordered() {
    let fourth = Quarter::parse("2026-Q4").expect("a quarter");
    assert_eq!(fourth, date("2026-11-21").quarter());
    assert!(
        fourth.previous() < fourth
            && Quarter::parse("2026-q1").expect("q1").previous().to_string() == "2025-Q4"
    );
    for text in ["2026-Q5", "2026", "26-Q1", "Q1-2026"] {
        assert_eq!(Quarter::parse(text), None, "{text}");
    }
}
