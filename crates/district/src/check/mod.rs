//! What the district's own record says about a sheet of paper or a file that somebody shows: which statement it belongs
//! to, who signed it, whether that counts, and whether it bears its meterai. Reads the record, changes nothing.

mod record;

pub use record::{Record, over, with_content};

use crate::error::DistrictError;
use crate::home::District;
use crate::store;
use payung_keys::sha256;
use payung_seal::{
    Knowledge, Outcome, PDF_BYTES_MAX, Report, Scan, ScanReport, SealError, Sheet, read_scans, scan_words,
    verify_pdf, words,
};
use std::fs::File;
use std::io::Read;
use std::path::Path;

/// What came of it. `holds`: what was shown is genuine, and the statement is on record and counts as signed.
pub struct Checked {
    pub holds: bool,
    /// For people, in order.
    pub lines: Vec<String>,
    pub records: Vec<Record>,
}

/// Checks the text of one QR code.
pub fn check_qr(district: &District, text: &str) -> Result<Checked, DistrictError> {
    let sheet = Sheet::parse(text).ok_or_else(|| {
        DistrictError::Asked(
            "Teks itu bukan kode QR dari surat pernyataan Payung. Teksnya diawali PAYUNG1: - salin seluruhnya, \
             dalam tanda kutip."
                .into(),
        )
    })?;
    let sheet = sheet.map_err(unreadable)?;
    let summary = &sheet.summary;
    let number = match summary.number.trim() {
        "" => "tanpa nomor".to_owned(),
        number => format!("nomor {number}"),
    };
    let mut lines = vec![format!(
        "Lembar {} dari surat pernyataan {number}, {}, tanggal {}, {} orang, penanda tangan {}.",
        sheet.page,
        summary.village,
        summary.date.in_words(),
        summary.people,
        summary.signer
    )];
    let checked = of_sheets(district, &[&sheet])?;
    lines.extend(checked.lines);
    Ok(Checked { lines, ..checked })
}

/// Checks a file: a PDF with or without signatures, a photo, a scan.
pub fn check_file(district: &District, path: &Path) -> Result<Checked, DistrictError> {
    let bytes = contents(path)?;
    // Statements of the first program stand in the record by their whole file.
    let whole = over(district, &sha256(&[&bytes]))?;
    if !whole.is_empty() {
        let lines = whole.iter().flat_map(|record| record.lines(district)).collect();
        return Ok(Checked { holds: whole.iter().any(Record::counts), lines, records: whole });
    }
    let name = path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    let scans = || read_scans(&[Scan { name: &name, bytes: &bytes }]);
    match verify_pdf(&bytes, &knowledge(district)?) {
        Ok(report) if report.outcome == Outcome::NoSignature => {
            let sheets = scans().unwrap_or(ScanReport { pages: Vec::new() });
            let checked = of_scan(district, &sheets)?;
            Ok(Checked { lines: [words(&report), checked.lines].concat(), ..checked })
        }
        Ok(report) => of_signed(district, &report),
        Err(SealError::NotPdf) => match scans() {
            Ok(sheets) => of_scan(district, &sheets),
            Err(SealError::Image { .. }) if !is_picture(&bytes) => Err(unreadable(SealError::NotPdf)),
            Err(error) => Err(unreadable(error)),
        },
        Err(error) => Err(unreadable(error)),
    }
}

/// What the district knows about signers.
pub fn knowledge(district: &District) -> Result<Knowledge, DistrictError> {
    store::view(&*district.store, |reads| {
        let revoked = reads.revocations()?.into_iter().map(|revoked| (revoked.key, revoked.from));
        let certificates = reads.certificates()?.into_iter().map(|row| row.certificate);
        Ok(Knowledge {
            roots: vec![district.authority.certificate_der().to_vec()],
            head_certificates: certificates.collect(),
            revoked: revoked.collect(),
            now: district.now(),
        })
    })
}

fn of_signed(district: &District, report: &Report) -> Result<Checked, DistrictError> {
    let mut lines = words(report);
    let mut records = match &report.statement {
        Some(statement) => with_content(district, &statement.content)?,
        None => Vec::new(),
    };
    let known = !records.is_empty();
    // Whoever embeds the data of a real statement in a letter of their own signs that with another key.
    records.retain(|record| {
        let by_head = |key| key == Some(record.key);
        report.signatures.iter().any(|signature| by_head(signature.key) && signature.integrity.is_ok())
    });
    told(district, &mut lines, known, &records);
    let holds = report.outcome == Outcome::Valid && records.iter().any(Record::counts);
    Ok(Checked { holds, lines, records })
}

fn of_scan(district: &District, report: &ScanReport) -> Result<Checked, DistrictError> {
    let sheets: Vec<&Sheet> = report.pages.iter().filter_map(|page| page.sheet.as_ref()).collect();
    let mut lines = scan_words(report);
    if sheets.is_empty() {
        lines.push("Tanpa kode QR berkas ini tidak dapat dicari dalam catatan kabupaten.".to_owned());
        return Ok(Checked { holds: false, lines, records: Vec::new() });
    }
    let checked = of_sheets(district, &sheets)?;
    lines.extend(checked.lines);
    Ok(Checked { lines, ..checked })
}

/// A sheet says to which statement it belongs, never that it was signed: that says the record.
fn of_sheets(district: &District, sheets: &[&Sheet]) -> Result<Checked, DistrictError> {
    let mut lines = Vec::new();
    let mut contents: Vec<[u8; 32]> = Vec::new();
    let mut records = Vec::new();
    let genuine = sheets.iter().all(|sheet| sheet.verify().is_ok());
    if !genuine {
        lines.push(
            "Ada kode QR yang tidak asli: tanda tangan di dalamnya tidak cocok dengan isinya. Jangan percaya lembar \
             itu."
                .to_owned(),
        );
    }
    for summary in sheets.iter().filter(|sheet| sheet.verify().is_ok()).map(|sheet| &sheet.summary) {
        if contents.contains(&summary.content) {
            continue;
        }
        contents.push(summary.content);
        let mut found = with_content(district, &summary.content)?;
        let known = !found.is_empty();
        // Whoever copies a code's content into a letter of their own signs it with another key.
        found.retain(|record| {
            record.key == summary.key
                && record.village == summary.village
                && record.statement.people.len() as u64 == u64::from(summary.people)
        });
        told(district, &mut lines, known, &found);
        records.append(&mut found);
    }
    if contents.len() > 1 {
        lines.push(format!("Lembar-lembar ini berasal dari {} surat yang berbeda.", contents.len()));
    }
    let holds = genuine && contents.len() == 1 && records.iter().any(Record::counts);
    if holds {
        lines.push(
            "Kode QR tidak melindungi tulisan di sekitarnya: cocokkan nama dan tanggal pada lembar dengan surat \
             aslinya."
                .to_owned(),
        );
    }
    Ok(Checked { holds, lines, records })
}

/// `known`: the record holds a statement with that content, be it under another key.
fn told(district: &District, lines: &mut Vec<String>, known: bool, records: &[Record]) {
    let missing = match known {
        true => {
            "Catatan kabupaten: surat dengan isi ini ada, tetapi ditandatangani dengan kunci lain. Jangan percaya yang \
             diperlihatkan; mintalah surat aslinya dari desa."
        }
        false => {
            "Catatan kabupaten: surat ini tidak ada. Mungkin desa belum menyinkronkan; mungkin juga surat ini tidak \
             pernah ditandatangani."
        }
    };
    if records.is_empty() {
        lines.push(missing.to_owned());
    }
    records.iter().for_each(|record| lines.extend(record.lines(district)));
}

fn unreadable(error: SealError) -> DistrictError {
    DistrictError::Asked(error.to_string())
}

fn is_picture(bytes: &[u8]) -> bool {
    matches!(bytes, [0xff, 0xd8, 0xff, ..] | [0x89, b'P', b'N', b'G', ..])
}

/// The file's bytes; one that is too large is not read.
fn contents(path: &Path) -> Result<Vec<u8>, DistrictError> {
    let refused = |_| {
        DistrictError::Asked(format!(
            "Berkas {} tidak dapat dibaca. Periksa nama dan izinnya.",
            path.display()
        ))
    };
    let file = File::open(path).map_err(refused)?;
    let size = file.metadata().map_err(refused)?.len();
    if size > PDF_BYTES_MAX as u64 {
        return Err(unreadable(SealError::TooLarge { found: size, most: PDF_BYTES_MAX as u64 }));
    }
    let mut bytes = Vec::new();
    file.take(PDF_BYTES_MAX as u64 + 1).read_to_end(&mut bytes).map_err(refused)?;
    Ok(bytes)
}
