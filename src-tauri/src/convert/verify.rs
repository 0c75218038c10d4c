//! What was found in a file, for the screen.

use crate::dto::{
    LaterChangesKey, SignatureKind, SignatureView, StatementRef, TrustKey, VerifiedPerson, VerifiedStatement,
    VerifyOutcome, VerifyView,
};
use payung_keys::Trust;
use payung_seal::{
    EmbeddedPerson, EmbeddedStatement, LaterChanges, Outcome, Report, ScanReport, Sheet, SignatureReport,
};

/// What this register knows of the letter in the file.
#[derive(Clone, Default)]
pub struct Known {
    pub letter: Option<StatementRef>,
    /// The meterai recorded for it.
    pub stamp: Option<String>,
}

pub fn signature(report: &SignatureReport) -> SignatureView {
    let timestamp = report.kind == payung_seal::SignatureKind::DocumentTimestamp;
    SignatureView {
        field: report.field.clone(),
        signer: report.signer.clone(),
        kind: if timestamp { SignatureKind::DocumentTimestamp } else { SignatureKind::Signature },
        kind_words: if timestamp { "cap waktu" } else { "tanda tangan elektronik" }.to_owned(),
        issuer: report.issuer.clone(),
        claimed_at: report.claimed_at.clone(),
        timestamped_at: report.timestamp.as_ref().map(|stamp| stamp.at.millis()),
        intact: report.integrity.is_ok(),
        trust: trust(&report.trust),
        trust_words: trust_words(report),
        head: report.accepted_as_head,
        whole_document: report.covers_whole_document,
        later_changes: match report.later_changes {
            LaterChanges::None => LaterChangesKey::None,
            LaterChanges::OnlySignatures => LaterChangesKey::OnlySignatures,
            LaterChanges::Other => LaterChangesKey::Other,
        },
        words: report.words.clone(),
    }
}

const fn trust(trust: &Trust) -> TrustKey {
    match trust {
        Trust::Trusted { .. } => TrustKey::Trusted,
        Trust::SelfIssued => TrustKey::SelfIssued,
        Trust::UnknownIssuer { .. } => TrustKey::UnknownIssuer,
        Trust::Expired => TrustKey::Expired,
        Trust::NotYetValid => TrustKey::NotYetValid,
        Trust::Broken => TrustKey::Broken,
    }
}

fn trust_words(report: &SignatureReport) -> String {
    match &report.trust {
        Trust::Trusted { path } => format!("sertifikat dikenal: {}", path.join(", diterbitkan oleh ")),
        _ if report.accepted_as_head => "kunci kepala yang sudah dicocokkan kabupaten".to_owned(),
        Trust::SelfIssued => "sertifikat buatan sendiri, belum dicocokkan kabupaten".to_owned(),
        Trust::UnknownIssuer { issuer } => format!("penerbit sertifikat tidak dikenal di sini: {issuer}"),
        Trust::Expired => "sertifikat sudah tidak berlaku pada waktunya".to_owned(),
        Trust::NotYetValid => "sertifikat belum berlaku pada waktunya".to_owned(),
        Trust::Broken => "rangkaian sertifikat tidak cocok".to_owned(),
    }
}

pub fn pdf(file_name: String, report: &Report, known: Known) -> VerifyView {
    let outcome = match report.outcome {
        Outcome::Valid => VerifyOutcome::Valid,
        Outcome::NotValid => VerifyOutcome::NotValid,
        Outcome::NoSignature => VerifyOutcome::NoSignature,
    };
    // The first line sums up the others.
    let mut lines = payung_seal::words(report);
    let outcome_words = if lines.is_empty() { String::new() } else { lines.remove(0) };
    VerifyView {
        file_name,
        outcome,
        outcome_words,
        lines,
        signatures: report.signatures.iter().map(signature).collect(),
        statement: report.statement.as_ref().map(|embedded| statement(embedded, known.letter)),
        stamp_words: Some(stamp_words(!report.stamps.is_empty(), known.stamp.as_deref())),
        pages: report.pages,
    }
}

/// A file that cannot be read at all.
pub fn nothing(file_name: String, why: String) -> VerifyView {
    VerifyView {
        file_name,
        outcome: VerifyOutcome::NotReadable,
        outcome_words: "Berkas ini tidak dapat dibaca.".to_owned(),
        lines: vec![why],
        signatures: Vec::new(),
        statement: None,
        stamp_words: None,
        pages: 0,
    }
}

fn stamp_words(seen: bool, recorded: Option<&str>) -> String {
    match (seen, recorded) {
        (true, Some(serial)) => {
            format!("Ada meterai elektronik dalam berkas; di register ini tercatat nomor seri {serial}.")
        }
        (true, None) => {
            "Ada meterai elektronik dalam berkas; nomor serinya tidak tercatat di register ini.".to_owned()
        }
        (false, Some(serial)) => {
            format!("Di register ini surat itu tercatat bermeterai, nomor seri {serial}.")
        }
        (false, None) => "Meterai tidak terlihat dalam berkas dan tidak tercatat di register ini.".to_owned(),
    }
}

fn statement(embedded: &EmbeddedStatement, known: Option<StatementRef>) -> VerifiedStatement {
    let person = |one: &EmbeddedPerson| VerifiedPerson {
        number: one.number,
        name: one.name.clone(),
        nik: one.nik.clone(),
    };
    VerifiedStatement {
        number: embedded.number.clone(),
        date: embedded.date.map(|date| date.to_string()).unwrap_or_default(),
        village: embedded.village.clone(),
        people: super::count(embedded.people.len() as u64),
        listed: embedded.people.iter().map(person).collect(),
        signer: format!("{}, {}", embedded.signatory, embedded.title),
        code: embedded.code.clone(),
        code_on_pages: Some(embedded.pages_without_code.is_empty()),
        known,
    }
}

/// The first page whose code can be believed, or else the first with a code.
pub fn leading_sheet(report: &ScanReport) -> Option<&Sheet> {
    let mut sheets = report.pages.iter().filter_map(|page| page.sheet.as_ref());
    let genuine = sheets.clone().find(|sheet| sheet.verify().is_ok());
    genuine.or_else(|| sheets.next())
}

pub fn sheets(file_name: String, report: &ScanReport, known: Known) -> VerifyView {
    let leading = leading_sheet(report);
    let (outcome, outcome_words) = match leading {
        Some(_) => (VerifyOutcome::Sheets, "Pindaian atau foto dari surat Payung."),
        None => (
            VerifyOutcome::NotReadable,
            "Tidak ada kode QR Payung yang terbaca. Pindai lebih terang dan lurus.",
        ),
    };
    VerifyView {
        file_name,
        outcome,
        outcome_words: outcome_words.to_owned(),
        lines: payung_seal::scan_words(report),
        signatures: Vec::new(),
        statement: leading.map(|sheet| VerifiedStatement {
            number: sheet.summary.number.clone(),
            date: sheet.summary.date.to_string(),
            village: village_name(&sheet.summary.village.to_string()),
            people: sheet.summary.people,
            listed: Vec::new(),
            signer: sheet.summary.signer.clone(),
            code: payung_statement::short_hash(&sheet.summary.content),
            code_on_pages: None,
            known: known.letter,
        }),
        stamp_words: known
            .stamp
            .map(|serial| format!("Di register ini surat itu tercatat bermeterai, nomor seri {serial}.")),
        pages: super::count(report.pages.len() as u64),
    }
}

fn village_name(code: &str) -> String {
    payung_regions::name_of(code).map_or_else(|| code.to_owned(), |name| format!("{name} ({code})"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_here_says_what_it_cannot_know() {
        let stamps = [(true, Some("A1")), (true, None), (false, Some("A1")), (false, None)];
        for words in stamps.map(|(seen, recorded)| stamp_words(seen, recorded)) {
            assert!(!words.to_lowercase().split(' ').any(|word| word == "sah"), "{words}");
        }
    }

    #[test]
    fn a_picture_without_a_code_belongs_to_nobody() {
        let report = ScanReport {
            pages: vec![payung_seal::ScannedPage {
                file: "foto.jpg".to_owned(),
                page_in_file: 1,
                sheet: None,
            }],
        };
        let view = sheets("foto.jpg".to_owned(), &report, Known::default());
        assert_eq!(view.outcome, VerifyOutcome::NotReadable);
        assert_eq!((view.statement, view.stamp_words), (None, None));
        assert_eq!(view.lines.len(), 1, "{:?}", view.lines);
    }
}
