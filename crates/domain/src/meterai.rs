//! The duty on a document (*bea meterai*, UU 10/2020): how it was paid, and the number on the stamp.

use crate::date::CivilDate;
use std::fmt;

/// Longest serial taken, in characters: twice the longest shape in use.
pub const SERIAL_CHARS_MAX: usize = 44;

/// How the duty of a document was paid.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MeteraiKind {
    /// *Meterai tempel*: the paper stamp, cancelled by ink across stamp and paper.
    Paper,
    /// *Meterai elektronik*: stamped online on the PDF, after the signature.
    Electronic,
    /// *Pemeteraian kemudian*: paid afterwards, with the official's confirmation.
    Afterwards,
    /// *Teraan digital*: printed by a machine with a permit.
    DigitalImprint,
}

impl MeteraiKind {
    pub const ALL: &'static [Self] = &[Self::Paper, Self::Electronic, Self::Afterwards, Self::DigitalImprint];

    /// A stable key for storage and for the window.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Paper => "tempel",
            Self::Electronic => "elektronik",
            Self::Afterwards => "pemeteraian_kemudian",
            Self::DigitalImprint => "teraan_digital",
        }
    }

    pub const fn label(self) -> &'static str {
        match self {
            Self::Paper => "Meterai tempel",
            Self::Electronic => "Meterai elektronik",
            Self::Afterwards => "Pemeteraian kemudian",
            Self::DigitalImprint => "Teraan meterai digital",
        }
    }

    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.key() == key)
    }

    /// How many letters and digits the serial usually has; `None` where no shape is known.
    pub const fn usual_length(self) -> Option<usize> {
        match self {
            Self::Paper => Some(17),
            Self::Electronic => Some(22),
            Self::Afterwards | Self::DigitalImprint => None,
        }
    }
}

/// The number on a stamp: capital letters and digits, blanks and punctuation left out, so that two ways of typing one
/// stamp are one number. Shapes are practice, not law: an unusual one warns, only a repeated one blocks.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct MeteraiSerial(String);

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SerialError {
    #[error("Nomor seri meterai belum diisi. Salin dari meterainya.")]
    Empty,
    #[error("Nomor seri meterai hanya memuat huruf dan angka. Salin sekali lagi dari meterainya.")]
    NotASerial,
    #[error("Nomor seri meterai terlalu panjang: {found} tanda, paling banyak {most}.", most = SERIAL_CHARS_MAX)]
    TooLong { found: usize },
}

impl MeteraiSerial {
    pub fn parse(text: &str) -> Result<Self, SerialError> {
        let kept: String = text
            .chars()
            .filter(|c| !c.is_whitespace() && !matches!(c, '-' | '.' | '/' | '_'))
            .map(|c| c.to_ascii_uppercase())
            .collect();
        match kept.len() {
            0 => Err(SerialError::Empty),
            _ if !kept.bytes().all(|b| b.is_ascii_alphanumeric()) => Err(SerialError::NotASerial),
            found if found > SERIAL_CHARS_MAX => Err(SerialError::TooLong { found }),
            _ => Ok(Self(kept)),
        }
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether it looks as stamps of that kind do: 17 letters and digits on paper, 22 digits on an e-meterai.
    pub fn is_usual_for(&self, kind: MeteraiKind) -> bool {
        let length = kind.usual_length().is_none_or(|length| self.0.len() == length);
        length && (kind != MeteraiKind::Electronic || self.0.bytes().all(|b| b.is_ascii_digit()))
    }
}

impl fmt::Display for MeteraiSerial {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The duty on one document, in rupiah (UU 10/2020 Pasal 5, from 1 January 2021). `None` for an earlier date, where two
/// rates stood beside each other.
pub fn duty_rupiah(on: CivilDate) -> Option<u32> {
    (on.year() >= 2021).then_some(10_000)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_stamp_typed_in_two_ways_is_one_number() {
        let typed = MeteraiSerial::parse("a1b2 c3d4-e5f6 g7h8 9").unwrap();
        assert_eq!(typed.as_str(), "A1B2C3D4E5F6G7H89");
        assert!(typed.is_usual_for(MeteraiKind::Paper));
        assert!(!typed.is_usual_for(MeteraiKind::Electronic), "an e-meterai has 22 digits");
        assert!(typed.is_usual_for(MeteraiKind::Afterwards), "no shape is known, so none is unusual");
    }

    #[test]
    fn what_is_no_serial_is_refused_with_its_remedy() {
        assert_eq!(MeteraiSerial::parse(" - "), Err(SerialError::Empty));
        assert_eq!(MeteraiSerial::parse("ABC#1"), Err(SerialError::NotASerial));
        assert_eq!(MeteraiSerial::parse(&"9".repeat(45)), Err(SerialError::TooLong { found: 45 }));
    }

    #[test]
    fn the_duty_is_dated() {
        assert_eq!(duty_rupiah(CivilDate::new(2026, 11, 21).unwrap()), Some(10_000));
        assert_eq!(duty_rupiah(CivilDate::new(2020, 12, 31).unwrap()), None);
    }
}
