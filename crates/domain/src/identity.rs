//! The two identity numbers of Indonesian civil registration. Neither has a check digit: a number is "of the right
//! format", never "valid". Both print masked in `Debug`, so that no log shows one by accident.

use crate::date::CivilDate;
use crate::facts::Sex;
use crate::region::RegencyCode;
use std::fmt;

/// *Nomor Induk Kependudukan*: 16 digits = region of first registration (6), day (women: + 40), month, year of birth
/// in two digits, serial (4). It follows neither a move nor a corrected birth date.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Nik([u8; 16]);

/// *Nomor Kartu Keluarga*: 16 digits. It changes with a move, a death or a divorce.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct KkNumber([u8; 16]);

/// Why a text is no NIK or KK number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IdentityError {
    /// Other than 16 ASCII digits; the number of digits found.
    NotSixteenDigits(usize),
    /// A spreadsheet turned the number into `3.30512E+15` and destroyed its last digits.
    Scientific,
    AllSameDigit,
    /// Day part outside 01-31 and 41-71.
    Day,
    /// Month part outside 01-12.
    Month,
    /// Serial part 0000.
    Serial,
}

impl Nik {
    /// Reads 16 digits; blanks, dots and dashes used for grouping are skipped.
    pub fn parse(text: &str) -> Result<Self, IdentityError> {
        let digits = sixteen_digits(text)?;
        let number = |at: usize| (digits[at] - b'0') * 10 + (digits[at + 1] - b'0');
        if !matches!(number(6), 1..=31 | 41..=71) {
            return Err(IdentityError::Day);
        }
        if !matches!(number(8), 1..=12) {
            return Err(IdentityError::Month);
        }
        if &digits[12..] == b"0000" {
            return Err(IdentityError::Serial);
        }
        Ok(Self(digits))
    }

    pub fn as_str(&self) -> &str {
        ascii(&self.0)
    }

    /// The regency of first registration: information only, never evidence about residence.
    pub fn regency(&self) -> Option<RegencyCode> {
        RegencyCode::parse(&self.as_str()[..4]).ok()
    }

    pub fn sex(&self) -> Sex {
        if self.0[6] >= b'4' { Sex::Female } else { Sex::Male }
    }

    /// The birth date the number speaks of, in the century that makes the person at most 99 on `today`.
    pub fn birth_date(&self, today: CivilDate) -> Option<CivilDate> {
        let (day, month, short_year) = self.birth_parts();
        let century = today.year() - today.year() % 100;
        [century, century - 100]
            .into_iter()
            .filter_map(|base| CivilDate::new(base + short_year as i32, month, day))
            .find(|date| *date <= today)
    }

    /// Whether day, month and the two year digits agree with a birth date.
    pub fn agrees_with_birth_date(&self, birth: CivilDate) -> bool {
        let (day, month, short_year) = self.birth_parts();
        day == birth.day() && month == birth.month() && short_year == birth.year().rem_euclid(100) as u32
    }

    /// `330512******0001`, as public lists show it.
    pub fn masked(&self) -> String {
        format!("{}******{}", &self.as_str()[..6], &self.as_str()[12..])
    }

    /// `330512 410860 0001`, grouped for reading.
    pub fn grouped(&self) -> String {
        let text = self.as_str();
        format!("{} {} {}", &text[..6], &text[6..12], &text[12..])
    }

    fn birth_parts(&self) -> (u32, u32, u32) {
        let number = |at: usize| u32::from(self.0[at] - b'0') * 10 + u32::from(self.0[at + 1] - b'0');
        (number(6) % 40, number(8), number(10))
    }
}

impl KkNumber {
    pub fn parse(text: &str) -> Result<Self, IdentityError> {
        sixteen_digits(text).map(Self)
    }

    pub fn as_str(&self) -> &str {
        ascii(&self.0)
    }
}

impl fmt::Debug for Nik {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Nik({})", self.masked())
    }
}

impl fmt::Debug for KkNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "KkNumber({}******)", &self.as_str()[..6])
    }
}

fn sixteen_digits(text: &str) -> Result<[u8; 16], IdentityError> {
    let upper = text.trim().to_ascii_uppercase();
    if upper.contains("E+") && upper.starts_with(|c: char| c.is_ascii_digit()) {
        return Err(IdentityError::Scientific);
    }
    let kept: Vec<u8> = upper.bytes().filter(|b| !matches!(b, b' ' | b'.' | b'-' | b'\'')).collect();
    let all_digits = kept.iter().all(u8::is_ascii_digit);
    let digits: [u8; 16] = match <[u8; 16]>::try_from(kept.as_slice()) {
        Ok(digits) if all_digits => digits,
        _ => {
            let found = kept.iter().filter(|b| b.is_ascii_digit()).count();
            return Err(IdentityError::NotSixteenDigits(found));
        }
    };
    if digits.iter().all(|b| *b == digits[0]) {
        return Err(IdentityError::AllSameDigit);
    }
    Ok(digits)
}

fn ascii(digits: &[u8; 16]) -> &str {
    std::str::from_utf8(digits).unwrap_or_default()
}
