//! A signed statement, as it stands in the journal. The PDF travels beside it; this binds to its bytes.

use crate::codec::{DecodeError, Fields, Result, Writer, message};
use crate::event::RegulationRef;
use crate::event_codec::{read_date, read_key, read_regulation, write_date, write_regulation};
use crate::ids::EntityId;
use payung_domain::CivilDate;
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
    /// SHA-256 of the bytes of the PDF.
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
