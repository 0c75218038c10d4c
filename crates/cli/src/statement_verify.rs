//! `payung statement verify`: what a PDF, a scan or a photo shows, for whoever holds it. Needs no register and no
//! network. Ends with code 0 when at least one signature is there and all are intact, 1 when not, 2 when the file
//! cannot be read.

use crate::failure::Failure;
use clap::{Args, ValueEnum};
use payung_domain::{Clock, Timestamp};
use payung_keys::{Trust, certificate_der_from_pem, certificate_facts, hex};
use payung_seal::{
    Knowledge, LaterChanges, Outcome, PDF_BYTES_MAX, Report, Scan, ScanReport, SealError, SignatureKind,
    SignatureReport, read_scans, scan_words, verify_pdf, words,
};
use payung_system::SystemClock;
use serde_json::{Value, json};
use std::fs::File;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Code of a file that was read and is not, or not validly, signed.
const NOT_VALID: u8 = 1;
/// Longest certificate file, bytes.
const CERTIFICATE_FILE_MAX: u64 = 64 * 1024;

#[derive(Args)]
pub struct StatementVerifyArgs {
    /// Sertifikat otoritas yang dipercaya, misalnya dari kabupaten (PEM atau DER); boleh beberapa kali
    #[arg(long, value_name = "BERKAS")]
    authority: Vec<PathBuf>,
    /// Sertifikat kepala dari kabupaten (PEM atau DER); boleh beberapa kali
    #[arg(long, value_name = "BERKAS")]
    head_certificate: Vec<PathBuf>,
    /// text untuk dibaca orang, json untuk program
    #[arg(long, value_enum, value_name = "BENTUK", default_value_t = Format::Text)]
    format: Format,
    /// PDF, atau pindaian dan foto lembar surat (PDF, JPEG, PNG)
    #[arg(value_name = "BERKAS")]
    file: PathBuf,
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    Text,
    Json,
}

/// What was found in the file: signatures, and the codes on its sheets where there are none.
struct Found {
    report: Option<Report>,
    sheets: Option<ScanReport>,
}

pub fn run(arguments: &StatementVerifyArgs) -> Result<ExitCode, Failure> {
    let known = Knowledge {
        roots: certificates(&arguments.authority)?,
        head_certificates: certificates(&arguments.head_certificate)?,
        revoked: Vec::new(),
        now: SystemClock.now(),
    };
    let bytes = contents(&arguments.file)?;
    let name = arguments.file.file_name().map(|name| name.to_string_lossy()).unwrap_or_default();
    let found = look(&bytes, &name, &known).map_err(|error| Failure::words(error.to_string()))?;
    let output = match arguments.format {
        Format::Text => found.text(),
        Format::Json => found.json().to_string(),
    };
    writeln!(io::stdout(), "{output}")
        .map_err(|_| Failure::words("Hasil tidak dapat ditulis. Periksa tempat penyimpanan, lalu ulangi."))?;
    let valid = found.report.as_ref().is_some_and(|report| report.outcome == Outcome::Valid);
    Ok(if valid { ExitCode::SUCCESS } else { ExitCode::from(NOT_VALID) })
}

fn look(bytes: &[u8], name: &str, known: &Knowledge) -> Result<Found, SealError> {
    let scans = || read_scans(&[Scan { name, bytes }]);
    match verify_pdf(bytes, known) {
        // A scan is a PDF without signatures.
        Ok(report) if report.outcome == Outcome::NoSignature => {
            Ok(Found { report: Some(report), sheets: scans().ok() })
        }
        Ok(report) => Ok(Found { report: Some(report), sheets: None }),
        Err(SealError::NotPdf) => match scans() {
            Ok(sheets) => Ok(Found { report: None, sheets: Some(sheets) }),
            // Neither PDF nor picture.
            Err(SealError::Image { .. }) if !is_picture(bytes) => Err(SealError::NotPdf),
            Err(error) => Err(error),
        },
        Err(error) => Err(error),
    }
}

fn is_picture(bytes: &[u8]) -> bool {
    matches!(bytes, [0xff, 0xd8, 0xff, ..] | [0x89, b'P', b'N', b'G', ..])
}

impl Found {
    fn text(&self) -> String {
        let mut lines = Vec::new();
        if let Some(report) = &self.report {
            lines.extend(words(report));
            if let Some(statement) = &report.statement {
                lines.push("Orang dalam data surat:".to_owned());
                lines.extend(statement.people.iter().map(|person| {
                    format!("  {:>3}. {} ({})", person.number, printable(&person.name), person.nik)
                }));
            }
        }
        if let Some(sheets) = &self.sheets {
            lines.extend(scan_words(sheets));
        }
        lines.iter().map(|line| printable(line)).collect::<Vec<_>>().join("\n")
    }

    fn json(&self) -> Value {
        let report = self.report.as_ref();
        let lines: Vec<String> =
            report.map(words).into_iter().chain(self.sheets.as_ref().map(scan_words)).flatten().collect();
        json!({
            "outcome": match report.map(|report| report.outcome) {
                Some(Outcome::Valid) => "valid",
                Some(Outcome::NotValid) => "not_valid",
                Some(Outcome::NoSignature) | None => "no_signature",
            },
            "pages": report.map(|report| report.pages),
            "revisions": report.map(|report| report.revisions),
            "signatures": report.map(|report| report.signatures.iter().map(signature).collect::<Vec<_>>()),
            "statement": report.and_then(|report| report.statement.as_ref()).map(|statement| json!({
                "content": hex(&statement.content),
                "code": statement.code,
                "number": statement.number,
                "date": statement.date.map(|date| date.to_string()),
                "village": statement.village,
                "regency": statement.regency,
                "people": statement.people.iter().map(|person| json!({
                    "number": person.number, "name": person.name, "nik": person.nik,
                })).collect::<Vec<_>>(),
                "pages_without_code": statement.pages_without_code,
            })),
            "stamps": report.map(|report| report.stamps.iter().map(|stamp| json!({
                "page": stamp.page, "serial": stamp.serial,
            })).collect::<Vec<_>>()),
            "sheets": self.sheets.as_ref().map(|sheets| sheets.pages.iter().map(|page| {
                let sheet = page.sheet.as_ref();
                json!({
                    "page_in_file": page.page_in_file,
                    "content": sheet.map(|sheet| hex(&sheet.summary.content)),
                    "number": sheet.map(|sheet| &sheet.summary.number),
                    "page": sheet.map(|sheet| sheet.page),
                    "key": sheet.map(|sheet| sheet.summary.key.to_hex()),
                    "genuine": sheet.map(|sheet| sheet.verify().is_ok()),
                })
            }).collect::<Vec<_>>()),
            "lines": lines,
        })
    }
}

fn signature(one: &SignatureReport) -> Value {
    json!({
        "field": one.field,
        "kind": match one.kind {
            SignatureKind::Signature => "signature",
            SignatureKind::DocumentTimestamp => "document_timestamp",
        },
        "signer": one.signer,
        "issuer": one.issuer,
        "certificate_serial": one.certificate_serial,
        "key": one.key.map(|key| key.to_hex()),
        "claimed_at": one.claimed_at,
        "intact": one.integrity.is_ok(),
        "broken": one.integrity.as_ref().err().map(ToString::to_string),
        "covers_whole_document": one.covers_whole_document,
        "later_changes": match one.later_changes {
            LaterChanges::None => "none",
            LaterChanges::OnlySignatures => "only_signatures",
            LaterChanges::Other => "other",
        },
        "trust": trust(&one.trust),
        "accepted_as_head": one.accepted_as_head,
        "timestamp": one.timestamp.as_ref().map(|stamp| iso_time(stamp.at)),
        "timestamp_trust": one.timestamp_trust.as_ref().map(trust),
        "visible_on": one.visible_on,
    })
}

fn trust(trust: &Trust) -> &'static str {
    match trust {
        Trust::Trusted { .. } => "trusted",
        Trust::SelfIssued => "self_issued",
        Trust::UnknownIssuer { .. } => "unknown_issuer",
        Trust::Expired => "expired",
        Trust::NotYetValid => "not_yet_valid",
        Trust::Broken => "broken",
    }
}

/// ISO 8601 in UTC, to the second.
fn iso_time(at: Timestamp) -> String {
    chrono::DateTime::from_timestamp_millis(at.millis())
        .map(|instant| instant.format("%Y-%m-%dT%H:%M:%SZ").to_string())
        .unwrap_or_default()
}

/// Names in a file may hold what steers a terminal.
fn printable(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).collect()
}

/// The file's bytes; one that is too large is not read.
fn contents(path: &Path) -> Result<Vec<u8>, Failure> {
    let unreadable = || {
        Failure::words(format!("Berkas {} tidak dapat dibaca. Periksa nama dan tempatnya.", path.display()))
    };
    let file = File::open(path).map_err(|_| unreadable())?;
    let size = file.metadata().map_err(|_| unreadable())?;
    if size.is_dir() {
        return Err(unreadable());
    }
    if size.len() > PDF_BYTES_MAX as u64 {
        let error = SealError::TooLarge { found: size.len(), most: PDF_BYTES_MAX as u64 };
        return Err(Failure::words(error.to_string()));
    }
    let mut bytes = Vec::new();
    file.take(PDF_BYTES_MAX as u64 + 1).read_to_end(&mut bytes).map_err(|_| unreadable())?;
    Ok(bytes)
}

fn certificates(paths: &[PathBuf]) -> Result<Vec<Vec<u8>>, Failure> {
    paths
        .iter()
        .map(|path| {
            let no_certificate =
                || Failure::words(format!("Berkas {} bukan sertifikat yang dapat dibaca.", path.display()));
            let size = std::fs::metadata(path).map_err(|_| no_certificate())?.len();
            if size > CERTIFICATE_FILE_MAX {
                return Err(no_certificate());
            }
            let bytes = std::fs::read(path).map_err(|_| no_certificate())?;
            let der = match std::str::from_utf8(&bytes) {
                Ok(pem) if pem.contains("-----BEGIN") => {
                    certificate_der_from_pem(pem).map_err(|_| no_certificate())?
                }
                _ => bytes,
            };
            certificate_facts(&der).map_err(|_| no_certificate())?;
            Ok(der)
        })
        .collect()
}
