//! The meterai for the screen.

use crate::dto::{MeteraiKindKey, SerialCheck};
use crate::error::Answered;
use payung_domain::{MeteraiKind, MeteraiSerial};
use payung_register::{Register, StatementId};

pub fn serial_check(
    register: &Register,
    text: &str,
    kind: MeteraiKindKey,
    statement: Option<StatementId>,
) -> Answered<SerialCheck> {
    let _ = (register, statement);
    let serial = MeteraiSerial::parse(text)?;
    let unusual = unusual(&serial, kind.into());
    Ok(SerialCheck { normalised: serial.as_str().to_owned(), unusual, used_by: None })
}

/// A serial of another shape than stamps of that kind have. It warns; only a repeated one is refused.
pub fn unusual(serial: &MeteraiSerial, kind: MeteraiKind) -> Option<String> {
    if serial.is_usual_for(kind) {
        return None;
    }
    let length = serial.as_str().len();
    Some(match kind {
        MeteraiKind::Electronic => format!(
            "Nomor seri meterai elektronik biasanya 22 angka; yang diketik {length} tanda. Periksa sekali lagi."
        ),
        _ => format!(
            "Nomor seri {} biasanya 17 huruf dan angka; yang diketik {length} tanda. Periksa sekali lagi.",
            kind.label().to_lowercase()
        ),
    })
}

impl From<MeteraiKindKey> for MeteraiKind {
    fn from(key: MeteraiKindKey) -> Self {
        match key {
            MeteraiKindKey::Tempel => Self::Paper,
            MeteraiKindKey::Elektronik => Self::Electronic,
            MeteraiKindKey::PemeteraianKemudian => Self::Afterwards,
            MeteraiKindKey::TeraanDigital => Self::DigitalImprint,
        }
    }
}

impl From<MeteraiKind> for MeteraiKindKey {
    fn from(kind: MeteraiKind) -> Self {
        match kind {
            MeteraiKind::Paper => Self::Tempel,
            MeteraiKind::Electronic => Self::Elektronik,
            MeteraiKind::Afterwards => Self::PemeteraianKemudian,
            MeteraiKind::DigitalImprint => Self::TeraanDigital,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_window_and_the_domain_use_the_same_keys() {
        for kind in MeteraiKind::ALL {
            let key = serde_json::to_value(MeteraiKindKey::from(*kind)).unwrap();
            assert_eq!(key, kind.key());
            assert_eq!(MeteraiKind::from(MeteraiKindKey::from(*kind)), *kind);
        }
    }

    #[test]
    fn an_unusual_serial_is_told_with_its_length() {
        let serial = MeteraiSerial::parse("ABC 123").unwrap();
        assert!(unusual(&serial, MeteraiKind::Paper).unwrap().contains("17 huruf dan angka; yang diketik 6"));
        assert!(unusual(&serial, MeteraiKind::Electronic).unwrap().contains("22 angka"));
        assert_eq!(unusual(&serial, MeteraiKind::Afterwards), None);
    }
}
