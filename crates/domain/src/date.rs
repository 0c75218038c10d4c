//! Civil dates of the place, never derived from a bare UTC instant, and the instants that entries carry.

use chrono::{DateTime, Datelike, Days, NaiveDate};
use std::fmt;

/// An instant in milliseconds since 1970-01-01 UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Timestamp(pub i64);

/// The regency's time zone: Kebumen +7 (WIB), Klungkung +8 (WITA). Indonesia has no summer time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UtcOffset {
    pub hours: i8,
}

impl Timestamp {
    pub const fn millis(self) -> i64 {
        self.0
    }

    /// The civil date at this instant in a place with that offset.
    pub fn civil_date(self, offset: UtcOffset) -> CivilDate {
        let local = self
            .0
            .saturating_add(i64::from(offset.hours) * 3_600_000)
            .clamp(-62_135_596_800_000, 253_402_300_799_000);
        let date =
            DateTime::from_timestamp_millis(local).map(|instant| instant.date_naive()).unwrap_or_default();
        CivilDate(date)
    }

    /// `10.42` as clerks write a time of day.
    pub fn clock_time(self, offset: UtcOffset) -> String {
        let minutes = self.0.div_euclid(60_000).saturating_add(i64::from(offset.hours) * 60);
        let of_day = minutes.rem_euclid(1_440);
        format!("{:02}.{:02}", of_day / 60, of_day % 60)
    }
}

/// A day of the Gregorian calendar in the years 1 to 9999, without time or zone.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CivilDate(NaiveDate);

impl CivilDate {
    /// 1 January of the year 1.
    pub const FIRST: Self = match NaiveDate::from_ymd_opt(1, 1, 1) {
        Some(date) => Self(date),
        None => Self(NaiveDate::MIN),
    };

    pub fn new(year: i32, month: u32, day: u32) -> Option<Self> {
        if !(1..=9999).contains(&year) {
            return None;
        }
        NaiveDate::from_ymd_opt(year, month, day).map(Self)
    }

    /// Reads `YYYY-MM-DD`, `DD-MM-YYYY`, `DD/MM/YYYY` (also with one-digit day or month, and dots) or `DDMMYYYY`.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        if text.len() == 8 && text.bytes().all(|b| b.is_ascii_digit()) {
            let number = |range: std::ops::Range<usize>| text[range].parse::<u32>().ok();
            return Self::new(number(4..8)? as i32, number(2..4)?, number(0..2)?);
        }
        let separator = text.chars().find(|c| matches!(c, '-' | '/' | '.'))?;
        let parts: Vec<&str> = text.split(separator).collect();
        let [first, second, third] = parts[..] else {
            return None;
        };
        let digits = |part: &str, most: usize| -> Option<u32> {
            (!part.is_empty() && part.len() <= most && part.bytes().all(|b| b.is_ascii_digit()))
                .then(|| part.parse().ok())
                .flatten()
        };
        if first.len() == 4 {
            Self::new(digits(first, 4)? as i32, digits(second, 2)?, digits(third, 2)?)
        } else if third.len() == 4 {
            Self::new(digits(third, 4)? as i32, digits(second, 2)?, digits(first, 2)?)
        } else {
            None
        }
    }

    pub fn year(self) -> i32 {
        self.0.year()
    }

    pub fn month(self) -> u32 {
        self.0.month()
    }

    pub fn day(self) -> u32 {
        self.0.day()
    }

    /// Days since 1970-01-01, negative before.
    pub fn days_since_epoch(self) -> i64 {
        i64::from(self.0.to_epoch_days())
    }

    pub fn plus_days(self, days: u32) -> Self {
        self.0.checked_add_days(Days::new(u64::from(days))).map_or(self, Self)
    }

    /// The `years`-th birthday of someone born on this day. Someone born on 29 February has it on 1 March in common
    /// years (a convention of ours; no rule was found).
    pub fn birthday(self, years: u32) -> Option<Self> {
        let year = self.year().checked_add(i32::try_from(years).ok()?)?;
        Self::new(year, self.month(), self.day()).or_else(|| Self::new(year, 3, 1))
    }

    /// Completed years from this birth date to `on`; `None` before birth.
    pub fn completed_years(self, on: Self) -> Option<u32> {
        if on < self {
            return None;
        }
        let years = u32::try_from(on.year() - self.year()).ok()?;
        match self.birthday(years) {
            Some(birthday) if on < birthday => Some(years.saturating_sub(1)),
            _ => Some(years),
        }
    }

    /// The quarter that contains this day.
    pub fn quarter(self) -> Quarter {
        Quarter { year: self.year(), number: ((self.month() - 1) / 3 + 1) as u8 }
    }

    /// `21 November 2026`.
    pub fn in_words(self) -> String {
        format!("{} {} {}", self.day(), MONTHS[self.month() as usize - 1], self.year())
    }
}

/// Month names as written in Indonesian letters.
pub const MONTHS: [&str; 12] = [
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
];

impl fmt::Display for CivilDate {
    /// ISO 8601, `YYYY-MM-DD`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year(), self.month(), self.day())
    }
}

impl fmt::Debug for CivilDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// A quarter of a year, `2026-Q4`: the period of a DTSEN desil.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Quarter {
    pub year: i32,
    /// 1 to 4.
    pub number: u8,
}

impl Quarter {
    pub fn parse(text: &str) -> Option<Self> {
        let (year, quarter) = text.trim().split_once('-')?;
        let number = quarter.strip_prefix(['Q', 'q'])?.parse().ok()?;
        let year = (year.len() == 4).then(|| year.parse().ok()).flatten()?;
        (1..=4).contains(&number).then_some(Self { year, number })
    }

    /// The quarter before this one.
    pub fn previous(self) -> Self {
        if self.number == 1 {
            Self { year: self.year - 1, number: 4 }
        } else {
            Self { year: self.year, number: self.number - 1 }
        }
    }
}

impl fmt::Display for Quarter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-Q{}", self.year, self.number)
    }
}
