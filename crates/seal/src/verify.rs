//! Every signature in a PDF: who, what it covers, whether it holds, and what came after it.

use crate::SealError;
use crate::changes::{LaterChanges, later_changes};
use crate::coverage::{Coverage, Uncovered};
use crate::embedded::{EmbeddedStatement, embedded_statement};
use crate::fields::{SignatureField, signature_fields, text};
use crate::file::Pdf;
use crate::knowledge::Knowledge;
use crate::stamp::{StampSeen, stamps_seen};
use crate::words;
use payung_domain::Timestamp;
use payung_keys::{
    CertificateFacts, CmsError, CmsFacts, PublicKey, TimestampFacts, Trust, certificate_facts, check_path,
    read_cms, read_timestamp,
};
use std::fmt;

/// Signatures in one file.
pub const SIGNATURES_MAX: usize = 64;

/// What was found in a PDF.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// In the order in which they were made.
    pub signatures: Vec<SignatureReport>,
    pub statement: Option<EmbeddedStatement>,
    /// How often the file was written to, from 1.
    pub revisions: usize,
    pub outcome: Outcome,
    pub pages: u32,
    /// Traces of an e-meterai. What was seen, no more: only its issuer can tell a genuine one.
    pub stamps: Vec<StampSeen>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// At least one signature, every one intact, and nothing changed after the first but by later signatures. Whether
    /// the signer is known is said separately.
    Valid,
    NotValid,
    NoSignature,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SignatureKind {
    Signature,
    DocumentTimestamp,
}

#[derive(Clone, PartialEq, Eq)]
pub struct SignatureReport {
    pub field: String,
    pub kind: SignatureKind,
    /// The name in the signer's certificate; where there is none, that in the file.
    pub signer: String,
    /// The whole subject of the certificate, `CN=.., O=..`; empty if it cannot be read.
    pub subject: String,
    /// The whole issuer; empty if it cannot be read.
    pub issuer: String,
    /// Lower-case hexadecimal; empty if it cannot be read.
    pub certificate_serial: String,
    /// A P-256 key, such as heads have.
    pub key: Option<PublicKey>,
    /// The time that the signer's device claims, in words.
    pub claimed_at: Option<String>,
    pub reason: Option<String>,
    pub location: Option<String>,
    pub trust: Trust,
    /// The district certified this key, be it after the signature was made, and has not taken that back before.
    pub accepted_as_head: bool,
    /// The district no longer stands for this key since then.
    pub revoked: Option<Timestamp>,
    pub covers_whole_document: bool,
    pub later_changes: LaterChanges,
    pub integrity: Result<(), Broken>,
    /// A time stamp by a third party over this signature; for a document time stamp its own.
    pub timestamp: Option<TimestampFacts>,
    pub timestamp_trust: Option<Trust>,
    /// The page on which the signature shows a picture.
    pub visible_on: Option<u32>,
    pub words: Vec<String>,
}

impl fmt::Debug for SignatureReport {
    /// Names stay out of logs.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SignatureReport")
            .field("kind", &self.kind)
            .field("trust", &self.trust)
            .field("accepted_as_head", &self.accepted_as_head)
            .field("covers_whole_document", &self.covers_whole_document)
            .field("later_changes", &self.later_changes)
            .field("integrity", &self.integrity)
            .finish_non_exhaustive()
    }
}

/// Why a signature does not hold.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Broken {
    #[error("bagian yang diliput tanda tangan ini tidak tepat, jadi isinya tidak terlindungi")]
    Range,
    #[error("tempat tanda tangan dalam berkas ini diubah")]
    Gap,
    #[error("isi dokumen berubah sejak ditandatangani")]
    Changed,
    #[error("tanda tangan tidak cocok dengan sertifikat penanda tangan")]
    Signature,
    #[error("tanda tangan tidak dapat dibaca")]
    Unreadable,
    #[error("cap waktu pada tanda tangan ini tidak cocok")]
    Timestamp,
    #[error("cara tanda tangan ini tidak dapat diperiksa oleh Payung ({0})")]
    Unsupported(String),
}

/// Reads every signature.
///
/// # Errors
/// The file cannot be read at all; then nothing is known of it.
pub fn verify_pdf(bytes: &[u8], known: &Knowledge) -> Result<Report, SealError> {
    let pdf = Pdf::open(bytes)?;
    let fields = signature_fields(&pdf.document);
    if fields.len() > SIGNATURES_MAX {
        return Err(SealError::TooManySignatures { found: fields.len(), most: SIGNATURES_MAX });
    }
    let mut signatures: Vec<(usize, SignatureReport)> =
        fields.iter().map(|field| signature(bytes, &pdf, field, known)).collect();
    signatures.sort_by_key(|(end, _)| *end);
    let signatures: Vec<SignatureReport> = signatures.into_iter().map(|(_, report)| report).collect();
    let stamps = stamps_seen(&pdf.document, &signatures);
    Ok(Report {
        outcome: outcome(&signatures),
        signatures,
        statement: embedded_statement(&pdf),
        revisions: pdf.document.revision_count(),
        pages: u32::try_from(pdf.document.page_iter().count()).unwrap_or(u32::MAX),
        stamps,
    })
}

fn outcome(signatures: &[SignatureReport]) -> Outcome {
    let intact = |one: &SignatureReport| one.integrity.is_ok() && one.later_changes != LaterChanges::Other;
    if !signatures.iter().all(intact) {
        Outcome::NotValid
    } else if signatures.iter().any(|one| one.kind == SignatureKind::Signature) {
        Outcome::Valid
    } else {
        Outcome::NoSignature
    }
}

/// The report on one signature, and where its part of the file ends.
fn signature(
    bytes: &[u8],
    pdf: &Pdf,
    field: &SignatureField<'_>,
    known: &Knowledge,
) -> (usize, SignatureReport) {
    let document = &pdf.document;
    let covered = Coverage::of(bytes, document, field).map_err(Broken::from);
    let kind = match field.dictionary.get(b"SubFilter").and_then(lopdf::Object::as_name) {
        Ok(b"ETSI.RFC3161") => SignatureKind::DocumentTimestamp,
        _ => SignatureKind::Signature,
    };
    let read = covered.as_ref().map_err(Broken::clone).and_then(|coverage| {
        let cms = read_cms(&coverage.contents).map_err(Broken::from)?;
        Ok((coverage, cms))
    });
    let integrity = read.as_ref().map_err(Broken::clone).and_then(|(coverage, cms)| {
        cms.verify(&coverage.parts(bytes))?;
        if cms.is_timestamp != (kind == SignatureKind::DocumentTimestamp) {
            return Err(Broken::Unsupported("cap waktu".to_owned()));
        }
        if let Some(token) = &cms.timestamp {
            read_timestamp(token, &cms.signature_value).map_err(|_| Broken::Timestamp)?;
        }
        Ok(())
    });
    let cms = read.as_ref().ok().map(|(_, cms)| cms);
    let certificate = cms.and_then(|cms| certificate_facts(&cms.signer).ok());
    let timestamp = cms.and_then(|cms| match &cms.timestamp {
        Some(token) => read_timestamp(token, &cms.signature_value).ok(),
        None => cms.timestamp_facts(),
    });
    let timestamp_trust = timestamp
        .as_ref()
        .map(|stamp| check_path(&stamp.signer, &stamp.certificates, &known.roots, known.now));
    // Only a time stamp of somebody trusted dates a signature; else certificates are judged as of now.
    let proven_at = timestamp
        .as_ref()
        .filter(|_| matches!(timestamp_trust, Some(Trust::Trusted { .. })))
        .map(|stamp| stamp.at);
    let at = proven_at.unwrap_or(known.now);
    let trust = cms.map_or(Trust::Broken, |cms| check_path(&cms.signer, &cms.certificates, &known.roots, at));
    let key = certificate.as_ref().and_then(|facts| facts.public_key);
    let revoked = key
        .and_then(|key| known.revoked.iter().find(|(revoked, _)| *revoked == key))
        .map(|(_, since)| *since);
    let in_time = revoked.is_none_or(|since| proven_at.is_some_and(|at| at < since));
    let end = covered.as_ref().map_or(0, |coverage| coverage.end);
    let mut report = SignatureReport {
        field: field.name.clone(),
        kind,
        signer: signer(pdf, field, certificate.as_ref()),
        subject: certificate.as_ref().map(|facts| facts.subject.clone()).unwrap_or_default(),
        issuer: certificate.as_ref().map(|facts| facts.issuer.clone()).unwrap_or_default(),
        certificate_serial: certificate.as_ref().map(CertificateFacts::serial_hex).unwrap_or_default(),
        key,
        claimed_at: claimed_at(pdf, field, cms),
        reason: text(document, field.dictionary, b"Reason"),
        location: text(document, field.dictionary, b"Location"),
        trust,
        accepted_as_head: in_time && key.is_some_and(|key| certified(&key, known)),
        revoked,
        covers_whole_document: end == bytes.len(),
        later_changes: match &covered {
            Ok(coverage) => later_changes(bytes, coverage.end, document),
            Err(_) => LaterChanges::Other,
        },
        integrity,
        timestamp,
        timestamp_trust,
        visible_on: field.visible_on,
        words: Vec::new(),
    };
    report.words = words::of_signature(&report);
    (end, report)
}

fn signer(pdf: &Pdf, field: &SignatureField<'_>, certificate: Option<&CertificateFacts>) -> String {
    let named = |facts: &CertificateFacts| match (&facts.common_name, &facts.title) {
        (name, _) if name.is_empty() => facts.subject.clone(),
        (name, Some(title)) => format!("{name}, {title}"),
        (name, None) => name.clone(),
    };
    certificate
        .map(named)
        .filter(|name| !name.is_empty())
        .or_else(|| text(&pdf.document, field.dictionary, b"Name"))
        .unwrap_or_else(|| "penanda tangan tidak diketahui".to_owned())
}

fn claimed_at(pdf: &Pdf, field: &SignatureField<'_>, cms: Option<&CmsFacts>) -> Option<String> {
    let said = text(&pdf.document, field.dictionary, b"M");
    said.as_deref()
        .and_then(words::pdf_date)
        .or_else(|| cms.and_then(|cms| cms.signing_time).map(words::instant))
}

/// Whether the district gave a certificate for this key that leads to one of the roots. Who knows no root vouches for
/// the certificates he gives.
fn certified(key: &PublicKey, known: &Knowledge) -> bool {
    known.head_certificates.iter().any(|der| {
        let Ok(facts) = certificate_facts(der) else { return false };
        let at = known.now.clamp(facts.not_before.min(facts.not_after), facts.not_after);
        let led = || matches!(check_path(der, &[], &known.roots, at), Trust::Trusted { .. });
        facts.public_key == Some(*key) && (known.roots.is_empty() || led())
    })
}

impl From<Uncovered> for Broken {
    fn from(uncovered: Uncovered) -> Self {
        match uncovered {
            Uncovered::Range => Self::Range,
            Uncovered::Gap => Self::Gap,
        }
    }
}

impl From<CmsError> for Broken {
    fn from(error: CmsError) -> Self {
        match error {
            CmsError::NotCms | CmsError::NoSigner => Self::Unreadable,
            CmsError::Unsupported(how) => Self::Unsupported(how),
            CmsError::DigestDiffers => Self::Changed,
            CmsError::BadSignature => Self::Signature,
        }
    }
}
