//! Looking at one file: what its signatures say, or which letter its sheets belong to.

use crate::convert::verify::{self, Known};
use crate::dto::{StatementRef, VerifyView};
use crate::error::Answered;
use crate::evidence;
use crate::given;
use payung_register::Register;
use payung_seal::{Knowledge, PDF_BYTES_MAX, Report, Scan, ScanReport, read_scans, verify_pdf};
use std::path::Path;

/// What was found, before the register is asked whether it knows the letter.
pub struct Found {
    file_name: String,
    what: What,
}

enum What {
    Pdf(Box<Report>),
    Sheets(ScanReport),
    /// Why it cannot be read.
    Nothing(String),
}

/// # Errors
/// The file is not there any more or too large. What is there and cannot be read is an answer, no error.
pub fn look(path: &Path, known: &Knowledge) -> Answered<Found> {
    let bytes = given::read(path, PDF_BYTES_MAX as u64)?;
    let file_name = given::name(path);
    let what = match evidence::media(path, &bytes) {
        Ok("application/pdf") => look_at_pdf(&file_name, &bytes, known),
        Ok(_) => look_at_picture(&file_name, &bytes),
        Err(neither) => What::Nothing(neither.message),
    };
    Ok(Found { file_name, what })
}

/// One without signatures may be a scan: then its codes are read.
fn look_at_pdf(name: &str, bytes: &[u8], known: &Knowledge) -> What {
    let report = match verify_pdf(bytes, known) {
        Ok(report) => report,
        Err(error) => return What::Nothing(error.to_string()),
    };
    if report.signatures.is_empty() && report.statement.is_none() {
        match read_scans(&[Scan { name, bytes }]) {
            Ok(scans) if verify::leading_sheet(&scans).is_some() => return What::Sheets(scans),
            _ => {}
        }
    }
    What::Pdf(Box::new(report))
}

fn look_at_picture(name: &str, bytes: &[u8]) -> What {
    read_scans(&[Scan { name, bytes }]).map_or_else(|error| What::Nothing(error.to_string()), What::Sheets)
}

impl Found {
    pub fn view(self, register: &Register) -> Answered<VerifyView> {
        Ok(match self.what {
            What::Pdf(report) => {
                let named = report.statement.as_ref().map(|found| (found.content, found.number.as_str()));
                verify::pdf(self.file_name, &report, known(register, named)?)
            }
            What::Nothing(why) => verify::nothing(self.file_name, why),
            What::Sheets(report) => {
                let genuine = verify::leading_sheet(&report).filter(|sheet| sheet.verify().is_ok());
                let named = genuine.map(|sheet| (sheet.summary.content, sheet.summary.number.as_str()));
                verify::sheets(self.file_name, &report, known(register, named)?)
            }
        })
    }
}

/// The letter of this register with that content, if any. Looked for by its number first: whole letters are read only
/// where that fits.
fn known(register: &Register, named: Option<([u8; 32], &str)>) -> Answered<Known> {
    let Some((content, number)) = named else { return Ok(Known::default()) };
    for row in register.statements()? {
        if row.signed_on.is_none() || !bears(&row.number, number) {
            continue;
        }
        if register.statement(row.id)?.content == Some(content) {
            let words = row.words().to_owned();
            let letter = StatementRef { id: row.id.0, number: row.number, words };
            let stamp = row.serial.map(|serial| serial.as_str().to_owned());
            return Ok(Known { letter: Some(letter), stamp });
        }
    }
    Ok(Known::default())
}

/// A code on a page cuts long numbers, with an ellipsis.
fn bears(number: &str, said: &str) -> bool {
    match said.strip_suffix('…') {
        Some(beginning) => number.starts_with(beginning),
        None => number == said,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cut_number_still_finds_its_letter() {
        assert!(bears("140/012/SP", "140/012/SP") && bears("140/012/SP/33.05.01.2001", "140/012/…"));
        assert!(!bears("140/012/SP", "140/012") && !bears("141/1", "140/…"));
    }
}
