//! Certificates of heads of village (RFC 5280): made on the laptop for his own key, later issued by the district.

use crate::authority::{Authority, BACKDATED_MS, COMMON_NAME, YEAR_MS, issue, name_of, validity};
use crate::end_entity::EndEntity;
use crate::hash::sha256;
use crate::signing::SigningKey;
use crate::{KeyError, PublicKey};
use der::{Encode, Tag};
use payung_domain::ports::random_bytes;
use payung_domain::{Randomness, Timestamp};
use std::borrow::Cow;
use x509_cert::ext::pkix::{KeyUsage, KeyUsages};
use x509_cert::name::Name;
use x509_cert::spki::ObjectIdentifier;

/// How long a head's own certificate is valid, in years of 365.25 days: a term of office (Law 3/2024, article 39).
pub const HEAD_YEARS: u32 = 8;

const TITLE: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.4.12");
const ORGANISATION: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.4.10");
const LOCALITY: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.4.7");
const COUNTRY: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.4.6");

/// RFC 9336. Readers that follow Mozilla's rules know only the e-mail purpose for signatures, so both are named.
const DOCUMENT_SIGNING: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.6.1.5.5.7.3.36");
const EMAIL_PROTECTION: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.6.1.5.5.7.3.4");

/// Names that stand in a head's certificate. Any may be long or empty: what is longer than X.509 allows (64 characters
/// each) is cut, what is empty is left out.
#[derive(Clone, Copy)]
pub struct HeadName<'a> {
    pub name: &'a str,
    /// `Kepala Desa`, `Perbekel` or `Lurah`.
    pub title: &'a str,
    /// `Desa Karangsari`.
    pub village: &'a str,
    /// `Kabupaten Kebumen`.
    pub regency: &'a str,
}

/// A certificate that the head's key signs for itself: what a laptop can do before the district knows him. Not a
/// certificate authority. Valid from a day before `at` for [`HEAD_YEARS`]. Deterministic: the same key, names and time
/// give the same bytes.
pub fn self_issued(key: &SigningKey, who: &HeadName<'_>, at: Timestamp) -> Result<Vec<u8>, KeyError> {
    let until = Timestamp(at.millis().saturating_add(YEAR_MS * i64::from(HEAD_YEARS)));
    let from = Timestamp(at.millis().saturating_sub(BACKDATED_MS));
    let subject = who.to_name(&key.public())?;
    let subject_der = subject.to_der().map_err(|_| KeyError::Malformed("X.509"))?;
    // RFC 5280, 4.1.2.2: no issuer gives a serial number twice; every certificate of this kind has its own.
    let digest = sha256(&[
        b"payung head certificate 1",
        &key.public().to_bytes(),
        &at.millis().to_be_bytes(),
        &subject_der,
    ]);
    let mut serial = [0; 16];
    serial.copy_from_slice(&digest[..16]);
    let profile = head(subject, None);
    let certificate = issue(key, profile, &key.public(), validity(from, until)?, &serial)?;
    certificate.to_der().map_err(|_| KeyError::Malformed("X.509"))
}

impl Authority {
    /// A head's certificate by the district, for a key whose fingerprint an officer compared with the head himself.
    /// Valid from a day before `from`, because a laptop's clock may be behind.
    ///
    /// # Errors
    /// [`KeyError::OutOfBounds`] when `until` is before `from`, or after the authority's own certificate ends.
    pub fn certify_head(
        &self,
        key: &PublicKey,
        who: &HeadName<'_>,
        from: Timestamp,
        until: Timestamp,
        randomness: &dyn Randomness,
    ) -> Result<Vec<u8>, KeyError> {
        if until <= from || until > self.valid_until()? {
            return Err(KeyError::OutOfBounds("validity"));
        }
        let from = Timestamp(from.millis().saturating_sub(BACKDATED_MS));
        let issuer = self.certificate().tbs_certificate().subject().clone();
        let profile = head(who.to_name(key)?, Some(issuer));
        let serial = random_bytes(randomness);
        let certificate = issue(self.signing_key(), profile, key, validity(from, until)?, &serial)?;
        certificate.to_der().map_err(|_| KeyError::Malformed("X.509"))
    }
}

impl HeadName<'_> {
    fn to_name(self, key: &PublicKey) -> Result<Name, KeyError> {
        let common_name = match bounded(self.name) {
            name if name.is_empty() => Cow::Owned(key.fingerprint()),
            name => name,
        };
        let (title, village, regency) = (bounded(self.title), bounded(self.village), bounded(self.regency));
        let parts = [
            (COUNTRY, Tag::PrintableString, "ID"),
            (LOCALITY, Tag::Utf8String, regency.as_ref()),
            (ORGANISATION, Tag::Utf8String, village.as_ref()),
            (TITLE, Tag::Utf8String, title.as_ref()),
            (COMMON_NAME, Tag::Utf8String, common_name.as_ref()),
        ];
        let given: Vec<_> = parts.into_iter().filter(|(_, _, text)| !text.is_empty()).collect();
        name_of(&given).map_err(|_| KeyError::BadName(common_name.into_owned()))
    }
}

/// RFC 5280, Appendix A.1: ub-common-name, ub-organization-name and ub-title are 64 characters.
fn bounded(text: &str) -> Cow<'_, str> {
    let text = text.trim();
    if text.chars().count() <= 64 && !text.chars().any(char::is_control) {
        return Cow::Borrowed(text);
    }
    let kept: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).take(64).collect();
    Cow::Owned(kept.trim_end().to_owned())
}

/// A person who signs documents; without an issuer, by his own word.
fn head(subject: Name, issuer: Option<Name>) -> EndEntity {
    EndEntity {
        issuer,
        subject,
        usage: KeyUsage(KeyUsages::DigitalSignature | KeyUsages::NonRepudiation),
        purposes: vec![DOCUMENT_SIGNING, EMAIL_PROTECTION],
        purposes_critical: false,
        alternatives: Vec::new(),
    }
}
