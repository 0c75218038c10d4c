//! The meterai for the screen.

use crate::dto::{
    CommandError, MeteraiKindKey, NewStamp, SerialCheck, StampCheck, StampRoute, StampView, StatementFile,
    StatementRef,
};
use crate::error::Answered;
use payung_domain::{CivilDate, MeteraiKind, MeteraiSerial};
use payung_register::{FileRow, NewFile, Register, StampRefusal, StatementId};

pub fn serial_check(
    register: &Register,
    text: &str,
    kind: MeteraiKindKey,
    statement: Option<StatementId>,
) -> Answered<SerialCheck> {
    let serial = MeteraiSerial::parse(text)?;
    let holder = register.stamp_by_serial(&serial)?.filter(|id| Some(*id) != statement);
    let used_by = holder
        .map(|id| -> Answered<StatementRef> {
            let row = register.statement(id)?.row;
            Ok(StatementRef { id: id.0, words: row.words().to_owned(), number: row.number })
        })
        .transpose()?;
    let unusual = unusual(&serial, kind.into());
    Ok(SerialCheck { normalised: serial.as_str().to_owned(), unusual, used_by })
}

pub fn view(stamp: &payung_register::StampView) -> StampView {
    StampView {
        kind: stamp.kind.into(),
        kind_words: stamp.kind.label().to_lowercase(),
        serial: stamp.serial.as_str().to_owned(),
        unusual: unusual(&stamp.serial, stamp.kind),
        on: stamp.on.to_string(),
        original_at: stamp.original_at.clone(),
        note: stamp.note.clone(),
        correction: stamp.correction.clone(),
    }
}

/// The district's own words, and what to do.
pub fn refused(refusal: &StampRefusal) -> String {
    let other = refusal.other_village.map(|code| format!(" (tercatat di desa {code})")).unwrap_or_default();
    format!(
        "Kabupaten menolak meterai ini{other}: {}. Periksa meterainya, lalu catat yang benar.",
        refusal.words
    )
}

pub fn file(row: FileRow) -> StatementFile {
    StatementFile {
        bytes: u32::try_from(row.bytes).unwrap_or(u32::MAX),
        digest: payung_keys::hex(&row.digest),
        name: row.name,
        media: row.media,
        original: row.original,
    }
}

/// What the clerk typed with what was found in the files.
///
/// # Errors
/// Files that are not this letter, or pages that nobody could read and nobody looked at.
pub fn new_stamp(
    typed: NewStamp,
    check: &StampCheck,
    files: Vec<NewFile>,
) -> Answered<payung_register::NewStamp> {
    if !check.can_record {
        return Err(CommandError::problem(check.words.join(" ")));
    }
    if check.needs_eyes && !typed.seen_with_own_eyes {
        return Err(CommandError::invalid(
            "seenWithOwnEyes",
            "Periksa sendiri dahulu halaman yang tidak terbaca, lalu nyatakan bahwa semuanya ada.",
        ));
    }
    let final_pdf = check.route == StampRoute::FinalPdf;
    refuse_paper_on_pdf(&typed, final_pdf)?;
    let seen = check.needs_eyes.then(|| format!("Diperiksa dengan mata sendiri. {}", check.words.join(" ")));
    let note: Vec<String> =
        [Some(typed.note.trim().to_owned()), seen].into_iter().flatten().filter(|n| !n.is_empty()).collect();
    stamp(NewStamp { note: note.join("\n"), ..typed }, files, final_pdf.then_some(0))
}

/// What the clerk typed beside the files that the letter has already. `final_pdf`: one of them is the original.
///
/// # Errors
/// A paper stamp on a final PDF, or a date that nobody can read.
pub fn same_files(typed: NewStamp, final_pdf: bool) -> Answered<payung_register::NewStamp> {
    refuse_paper_on_pdf(&typed, final_pdf)?;
    stamp(typed, Vec::new(), None)
}

fn refuse_paper_on_pdf(typed: &NewStamp, final_pdf: bool) -> Answered<()> {
    if final_pdf && typed.kind == MeteraiKindKey::Tempel {
        return Err(CommandError::invalid(
            "kind",
            "Meterai tempel ada pada kertas, sedangkan berkas ini PDF akhir. Pindai suratnya, atau pilih meterai \
             elektronik.",
        ));
    }
    Ok(())
}

fn stamp(
    typed: NewStamp,
    files: Vec<NewFile>,
    original: Option<usize>,
) -> Answered<payung_register::NewStamp> {
    let on = CivilDate::parse(&typed.on)
        .ok_or_else(|| CommandError::invalid("on", "Tanggal meterai tidak dapat dibaca."))?;
    Ok(payung_register::NewStamp {
        kind: typed.kind.into(),
        serial: typed.serial,
        on,
        original_at: typed.original_at,
        original,
        files,
        note: typed.note.trim().to_owned(),
    })
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
    use crate::dto::StampVerdict;

    #[test]
    fn the_window_and_the_domain_use_the_same_keys() {
        for kind in MeteraiKind::ALL {
            let key = serde_json::to_value(MeteraiKindKey::from(*kind)).unwrap();
            assert_eq!(key, kind.key());
            assert_eq!(MeteraiKind::from(MeteraiKindKey::from(*kind)), *kind);
        }
    }

    fn typed(seen: bool) -> NewStamp {
        NewStamp {
            kind: MeteraiKindKey::Tempel,
            serial: "A1B2C3D4E5F6G7H89".to_owned(),
            on: "2026-11-21".to_owned(),
            original_at: "lemari arsip".to_owned(),
            paths: Vec::new(),
            note: "dua lembar".to_owned(),
            seen_with_own_eyes: seen,
        }
    }

    fn found(can_record: bool, needs_eyes: bool, route: StampRoute) -> StampCheck {
        StampCheck {
            route,
            pages: Vec::new(),
            verdict: StampVerdict::Unread,
            words: vec!["Halaman 2 tidak terbaca.".to_owned()],
            signatures: Vec::new(),
            serial_seen: None,
            can_record,
            needs_eyes,
        }
    }

    #[test]
    fn what_nobody_could_read_is_kept_only_with_the_clerks_word() {
        let unread = found(true, true, StampRoute::Scans);
        assert_eq!(new_stamp(typed(false), &unread, vec![]).unwrap_err().fields[0].field, "seenWithOwnEyes");
        let kept = new_stamp(typed(true), &unread, vec![]).unwrap();
        assert!(kept.note.starts_with("dua lembar\n") && kept.note.contains("mata sendiri"), "{}", kept.note);
        assert_eq!(kept.original, None, "a scan is no original");
        let file = found(true, false, StampRoute::FinalPdf);
        assert_eq!(new_stamp(typed(true), &file, vec![]).unwrap_err().fields[0].field, "kind");
        let electronic = NewStamp { kind: MeteraiKindKey::Elektronik, ..typed(true) };
        let read = new_stamp(electronic, &file, vec![]).unwrap();
        assert_eq!((read.note.as_str(), read.original), ("dua lembar", Some(0)));
    }

    #[test]
    fn files_of_another_letter_are_not_kept() {
        let refused = new_stamp(typed(true), &found(false, true, StampRoute::Scans), vec![]);
        assert_eq!(refused.unwrap_err().message, "Halaman 2 tidak terbaca.");
    }

    #[test]
    fn an_unusual_serial_is_told_with_its_length() {
        let serial = MeteraiSerial::parse("ABC 123").unwrap();
        assert!(unusual(&serial, MeteraiKind::Paper).unwrap().contains("17 huruf dan angka; yang diketik 6"));
        assert!(unusual(&serial, MeteraiKind::Electronic).unwrap().contains("22 angka"));
        assert_eq!(unusual(&serial, MeteraiKind::Afterwards), None);
    }
}
