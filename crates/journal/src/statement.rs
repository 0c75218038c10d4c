//! A signed statement, as it stands in the journal. The PDF travels beside it; this binds to its bytes.

use crate::codec::{DecodeError, Fields, Result, Writer, message};
use crate::event::RegulationRef;
use crate::event_codec::{
    meterai_kind_number, read_date, read_key, read_meterai_kind, read_regulation, read_serial, write_date,
    write_regulation,
};
use crate::ids::EntityId;
use payung_domain::{CivilDate, MeteraiKind, MeteraiSerial};
use payung_keys::{BadSignature, PublicKey, Purpose, Signature, SigningKey};
use std::fmt;

#[derive(Clone, PartialEq, Eq)]
pub struct SignedStatement {
    /// The letter's number in the village's own numbering.
    pub number: String,
    /// One letter over many people, or one person's own.
    pub collective: bool,
    pub signed_on: CivilDate,
    /// Each person and the version whose facts are attested.
    pub people: Vec<(EntityId, EntityId)>,
    /// People whom the head struck out before signing, and why.
    pub struck: Vec<(EntityId, String)>,
    /// SHA-256 of the bytes that the head was shown: with a [`Seal`] everything outside the place of the signature (its
    /// `ByteRange`), which stays the same when the signature and later its time stamp are put there; without one the
    /// whole file.
    pub document: [u8; 32],
    pub signer: String,
    /// `Kepala Desa`, `Perbekel` or `Lurah`.
    pub title: String,
    pub key: PublicKey,
    pub regulation: RegulationRef,
    /// The office's name as it stands in the letter.
    pub office: String,
    /// By `key`, over [`SignedStatement::signed_bytes`].
    pub signature: Signature,
    /// The signature inside the PDF; absent only in statements of the first program.
    pub seal: Option<Seal>,
    /// Statements in whose place this one stands, for the people it lists.
    pub replaces: Vec<EntityId>,
}

/// The signature inside the PDF (ETSI EN 319 142-1, baseline B), as far as the district needs it to verify without the
/// file and to stamp the time over it. The chain vouches for these; the head's own signature stands inside.
#[derive(Clone, PartialEq, Eq)]
pub struct Seal {
    /// The CMS signature value.
    pub signature: Signature,
    /// SHA-256 of the signer's certificate.
    pub certificate: [u8; 32],
    /// SHA-256 of the embedded `statement.json`: the code printed on every page.
    pub content: [u8; 32],
}

/// The meterai of a statement and where the proof lies.
#[derive(Clone, PartialEq, Eq)]
pub struct Stamp {
    pub kind: MeteraiKind,
    pub serial: MeteraiSerial,
    /// Where the stamped original is kept, in the clerk's words.
    pub original_at: String,
    /// The scans or the final PDF, as they came back.
    pub evidence: Vec<Evidence>,
}

/// A file that stands beside a statement, named by its bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evidence {
    pub digest: [u8; 32],
    pub bytes: u64,
    /// `application/pdf`, `image/jpeg`, `image/png`.
    pub media: String,
}

/// Most files beside one stamp.
pub const EVIDENCE_MAX: usize = 64;

impl fmt::Debug for Seal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Seal({:?})", self.signature)
    }
}

impl fmt::Debug for Stamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Stamp({:?}, {} files)", self.kind, self.evidence.len())
    }
}

impl Stamp {
    pub(crate) fn write(&self, w: &mut Writer) {
        w.uint(1, meterai_kind_number(self.kind));
        w.text(2, self.serial.as_str());
        w.text(3, &self.original_at);
        w.list(
            4,
            self.evidence.iter().map(|evidence| {
                message(|w| {
                    w.bytes(1, &evidence.digest);
                    w.uint(2, evidence.bytes);
                    w.text(3, &evidence.media);
                })
            }),
        );
    }

    pub(crate) fn read(mut f: Fields<'_>) -> Result<Self> {
        let stamp = Self {
            kind: read_meterai_kind(f.uint(1, "meterai kind")?)?,
            serial: read_serial(&f.text(2, "serial")?)?,
            original_at: f.text(3, "original_at")?,
            evidence: {
                let seen = f.unknowns();
                let items = f.list(4, "evidence")?;
                if items.len() > EVIDENCE_MAX {
                    return Err(DecodeError::TooLarge { what: "evidence", most: EVIDENCE_MAX });
                }
                let read = |bytes| {
                    let mut f = Fields::read(bytes, seen)?;
                    let evidence = Evidence {
                        digest: f.array(1, "digest")?,
                        bytes: f.uint(2, "bytes")?,
                        media: f.text(3, "media")?,
                    };
                    f.finish();
                    Ok(evidence)
                };
                items.into_iter().map(read).collect::<Result<_>>()?
            },
        };
        f.finish();
        Ok(stamp)
    }
}

impl SignedStatement {
    /// Signs; the key and signature given in `self` are replaced.
    pub fn signed(mut self, key: &SigningKey) -> Self {
        self.key = key.public();
        self.signature = key.sign(Purpose::Statement, &self.signed_bytes());
        self
    }

    /// Whether `key` made the signature. Whose key it is, [`crate::Event::HeadKeyIntroduced`] says.
    pub fn verify(&self) -> std::result::Result<(), BadSignature> {
        self.key.verify(Purpose::Statement, &self.signed_bytes(), &self.signature)
    }

    /// The statement's own encoding without the signature: tags 1 to 11, for ever.
    pub fn signed_bytes(&self) -> Vec<u8> {
        message(|w| self.write_attested(w))
    }

    pub(crate) fn write(&self, w: &mut Writer) {
        self.write_attested(w);
        w.bytes(12, &self.signature.to_bytes());
        if let Some(seal) = &self.seal {
            w.message(13, |w| {
                w.bytes(1, &seal.signature.to_bytes());
                w.bytes(2, &seal.certificate);
                w.bytes(3, &seal.content);
            });
        }
        if !self.replaces.is_empty() {
            w.list(14, self.replaces.iter().map(|statement| statement.to_bytes().to_vec()));
        }
    }

    fn write_attested(&self, w: &mut Writer) {
        w.text(1, &self.number);
        w.uint(2, u64::from(self.collective));
        write_date(w, 3, self.signed_on);
        w.list(
            4,
            self.people.iter().map(|(person, version)| [person.to_bytes(), version.to_bytes()].concat()),
        );
        w.list(
            5,
            self.struck.iter().map(|(person, reason)| [&person.to_bytes(), reason.as_bytes()].concat()),
        );
        w.bytes(6, &self.document);
        w.text(7, &self.signer);
        w.text(8, &self.title);
        w.bytes(9, &self.key.to_bytes());
        write_regulation(w, 10, &self.regulation);
        w.text(11, &self.office);
    }

    pub(crate) fn read(f: &mut Fields<'_>) -> Result<Self> {
        Ok(Self {
            number: f.text(1, "number")?,
            collective: f.bool(2, "collective")?,
            signed_on: read_date(f, 3, "signed_on")?,
            people: f.list(4, "people")?.into_iter().map(read_pair).collect::<Result<_>>()?,
            struck: f.list(5, "struck")?.into_iter().map(read_struck).collect::<Result<_>>()?,
            document: f.array(6, "document")?,
            signer: f.text(7, "signer")?,
            title: f.text(8, "title")?,
            key: read_key(f, 9)?,
            regulation: read_regulation(f, 10)?,
            office: f.text(11, "office")?,
            signature: Signature::from_bytes(f.array(12, "signature")?),
            seal: f.message_option(13, "seal")?.map(read_seal).transpose()?,
            replaces: f.list(14, "replaces")?.into_iter().map(EntityId::from_bytes).collect::<Result<_>>()?,
        })
    }
}

impl fmt::Debug for SignedStatement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SignedStatement({} people)", self.people.len())
    }
}

fn read_pair(mut bytes: &[u8]) -> Result<(EntityId, EntityId)> {
    let pair = (EntityId::take(&mut bytes)?, EntityId::take(&mut bytes)?);
    if bytes.is_empty() { Ok(pair) } else { Err(DecodeError::NotCanonical) }
}

fn read_struck(mut bytes: &[u8]) -> Result<(EntityId, String)> {
    let person = EntityId::take(&mut bytes)?;
    Ok((person, crate::codec::read_text(bytes, "reason")?))
}

fn read_seal(mut f: Fields<'_>) -> Result<Seal> {
    let seal = Seal {
        signature: Signature::from_bytes(f.array(1, "signature")?),
        certificate: f.array(2, "certificate")?,
        content: f.array(3, "content")?,
    };
    f.finish();
    Ok(seal)
}
