//! What became of a letter, in words.

use super::status::end_words;
use crate::dto::HistoryLine;
use payung_domain::MeteraiKind;
use payung_register::{Print, StatementHappening as Happening, StatementStep};

const DISTRICT: &str = "Kabupaten";

/// Newest first.
pub fn lines(steps: Vec<StatementStep>) -> Vec<HistoryLine> {
    let (mut originals, mut copies) = (0_u32, 0_u32);
    let mut lines: Vec<HistoryLine> = steps
        .into_iter()
        .map(|step| {
            let printed = match step.what {
                Happening::Printed(Print::WetOriginal) => &mut originals,
                _ => &mut copies,
            };
            *printed += u32::from(matches!(step.what, Happening::Printed(_)));
            let words = words(&step.what, *printed);
            let district = matches!(step.what, Happening::StampRefused { .. } | Happening::Timestamped);
            let actor = if district { DISTRICT.to_owned() } else { step.actor };
            HistoryLine { at: step.at.millis(), actor, words }
        })
        .collect();
    lines.reverse();
    lines
}

fn words(what: &Happening, printed: u32) -> String {
    match what {
        Happening::Drafted => "Draf disimpan".to_owned(),
        Happening::HandedOver => "Dibuat dan diserahkan ke kepala".to_owned(),
        Happening::Struck { name, reason } => format!("{name} dicoret: {reason}"),
        Happening::Signed => "Ditandatangani".to_owned(),
        Happening::Printed(print) => {
            let what = match print {
                Print::WetOriginal => "Asli dicetak",
                Print::Copy => "Salinan dicetak",
            };
            if printed > 1 { format!("{what}, cetakan ke-{printed}") } else { what.to_owned() }
        }
        Happening::Stamped { kind, serial } => format!("{} {} dicatat", kind.label(), serial.as_str()),
        Happening::StampCorrected { kind, serial, reason } => {
            format!("Meterai dibetulkan menjadi {} {}: {reason}", plain(*kind), serial.as_str())
        }
        Happening::StampRefused { serial, words } => {
            format!("Meterai {} ditolak kabupaten: {words}", serial.as_str())
        }
        Happening::Timestamped => "Tanda tangan diterima dan diberi cap waktu".to_owned(),
        Happening::ReplacedBy(newer) if newer.number.is_empty() => {
            "Digantikan oleh surat tanpa nomor".to_owned()
        }
        Happening::ReplacedBy(newer) => format!("Digantikan oleh surat {}", newer.number),
        Happening::TakenOut { name, end } => {
            let why = if end.reason.is_empty() { String::new() } else { format!(": {}", end.reason) };
            format!("{name} dikeluarkan, {} {}{why}", end_words(end.kind), end.on.in_words())
        }
        Happening::Withdrawn { reason } => format!("Ditarik: {reason}"),
        Happening::Revoked { reason } => format!("Dicabut: {reason}"),
    }
}

/// In the middle of a sentence.
fn plain(kind: MeteraiKind) -> String {
    kind.label().to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;
    use payung_domain::{MeteraiSerial, Timestamp};

    #[test]
    fn lines_are_newest_first_and_prints_are_counted_by_kind() {
        let step = |at, what| StatementStep { at: Timestamp(at), actor: "Siti".to_owned(), what };
        let serial = MeteraiSerial::parse("A1B2C3D4E5F6G7H89").unwrap();
        let told = lines(vec![
            step(1, Happening::Signed),
            step(2, Happening::Printed(Print::WetOriginal)),
            step(3, Happening::Printed(Print::Copy)),
            step(4, Happening::Printed(Print::WetOriginal)),
            step(5, Happening::Stamped { kind: MeteraiKind::Paper, serial: serial.clone() }),
            step(6, Happening::StampRefused { serial, words: "sudah dipakai".to_owned() }),
        ]);
        let told: Vec<(i64, &str, &str)> =
            told.iter().map(|line| (line.at, line.actor.as_str(), line.words.as_str())).collect();
        assert_eq!(
            told,
            [
                (6, "Kabupaten", "Meterai A1B2C3D4E5F6G7H89 ditolak kabupaten: sudah dipakai"),
                (5, "Siti", "Meterai tempel A1B2C3D4E5F6G7H89 dicatat"),
                (4, "Siti", "Asli dicetak, cetakan ke-2"),
                (3, "Siti", "Salinan dicetak"),
                (2, "Siti", "Asli dicetak"),
                (1, "Siti", "Ditandatangani"),
            ]
        );
    }
}
