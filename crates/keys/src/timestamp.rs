//! Time-stamp tokens (RFC 3161, RFC 5816): the district's own, and reading anybody's.

use crate::asn1::{
    Element, Elements, GENERALIZED_TIME, INTEGER, OCTET_STRING, OID, SEQUENCE, SET, dotted, wrap,
};
use crate::authority::{Authority, BACKDATED_MS, YEAR_MS, issue, named, validity};
use crate::cms::CmsError;
use crate::cms::algorithm::DigestAlgorithm;
use crate::cms::read::{SignedData, SignerInfo, TIME_STAMP_TOKEN, read_cms};
use crate::cms::sign::{SHA256, own_certificate, signed_attributes, signed_data};
use crate::end_entity::EndEntity;
use crate::hash::{hex, sha256};
use crate::signing::SigningKey;
use crate::{KeyError, certificate_facts};
use der::asn1::{GeneralizedTime, ObjectIdentifier, OctetString, Uint};
use der::{Any, Encode, Sequence, Tag};
use payung_domain::ports::random_bytes;
use payung_domain::{Randomness, Timestamp};
use std::fmt;
use std::time::Duration;
use x509_cert::ext::pkix::{KeyUsage, KeyUsages};
use x509_cert::spki::AlgorithmIdentifierOwned;
use zeroize::Zeroizing;

/// How long a time stamper's certificate is valid, in years of 365.25 days, if the authority's own lasts as long.
pub const TIMESTAMPER_YEARS: u32 = 10;

const TIME_STAMPING: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.6.1.5.5.7.3.8");
const TST_INFO: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.16.1.4");
/// 2.25 and a UUID (X.667): the district says when a signed statement reached its server, to the second.
const POLICY: [u8; 19] = [
    0x69, 0x82, 0xe0, 0x84, 0x92, 0xf3, 0xfe, 0x9a, 0xaa, 0x87, 0xbf, 0x92, 0xc1, 0x86, 0x9c, 0xb0, 0xda,
    0xdc, 0x49,
];

/// A key that says when something existed, and its certificate by the district.
pub struct Timestamper {
    key: SigningKey,
    certificate_der: Vec<u8>,
    not_before: Timestamp,
    not_after: Timestamp,
}

/// What the district keeps of its time stamper, inside its encrypted store.
pub struct StoredTimestamper {
    /// Plain PKCS#8.
    pub key_der: Zeroizing<Vec<u8>>,
    pub certificate_der: Vec<u8>,
}

impl Authority {
    /// A new key and a certificate that serves for time stamps alone (RFC 3161, 2.3), for [`TIMESTAMPER_YEARS`].
    pub fn issue_timestamper(
        &self,
        now: Timestamp,
        randomness: &dyn Randomness,
    ) -> Result<Timestamper, KeyError> {
        let key = SigningKey::generate(randomness);
        let district = certificate_facts(self.certificate_der())?.common_name;
        let subject: String = format!("Stempel waktu {district}").chars().take(64).collect();
        // RFC 3161, 2.3: time stamps alone, and critically so.
        let profile = EndEntity {
            issuer: Some(self.certificate().tbs_certificate().subject().clone()),
            subject: named(subject.trim_end())?,
            usage: KeyUsage(KeyUsages::DigitalSignature.into()),
            purposes: vec![TIME_STAMPING],
            purposes_critical: true,
            alternatives: Vec::new(),
        };
        let years = Timestamp(now.millis().saturating_add(YEAR_MS * i64::from(TIMESTAMPER_YEARS)));
        let valid =
            validity(Timestamp(now.millis().saturating_sub(BACKDATED_MS)), years.min(self.valid_until()?))?;
        let certificate =
            issue(self.signing_key(), profile, &key.public(), valid, &random_bytes(randomness))?;
        let certificate_der = certificate.to_der().map_err(|_| KeyError::Malformed("X.509"))?;
        Timestamper::new(key, certificate_der)
    }
}

impl Timestamper {
    fn new(key: SigningKey, certificate_der: Vec<u8>) -> Result<Self, KeyError> {
        own_certificate(&key.public(), &certificate_der)?;
        let facts = certificate_facts(&certificate_der)?;
        Ok(Self { key, certificate_der, not_before: facts.not_before, not_after: facts.not_after })
    }

    pub fn from_stored(stored: &StoredTimestamper) -> Result<Self, KeyError> {
        Self::new(SigningKey::from_der(&stored.key_der)?, stored.certificate_der.clone())
    }

    pub fn to_stored(&self) -> Result<StoredTimestamper, KeyError> {
        Ok(StoredTimestamper { key_der: self.key.to_der()?, certificate_der: self.certificate_der.clone() })
    }

    pub fn certificate_der(&self) -> &[u8] {
        &self.certificate_der
    }

    /// Stamps no more after this.
    pub const fn valid_until(&self) -> Timestamp {
        self.not_after
    }

    /// A TimeStampToken (DER) that says: these bytes existed at that time, to the second. The certificate is inside.
    /// `serial` must be new for every token of this time stamper. Deterministic.
    ///
    /// # Errors
    /// [`KeyError::OutOfBounds`] when the time is outside the certificate's validity.
    pub fn stamp(&self, message: &[u8], at: Timestamp, serial: u128) -> Result<Vec<u8>, KeyError> {
        if at < self.not_before || at > self.not_after {
            return Err(KeyError::OutOfBounds("validity"));
        }
        let certificate = own_certificate(&self.key.public(), &self.certificate_der)?;
        let refused = |_| KeyError::Malformed("RFC 3161");
        let info = TstInfo::new(message, at, serial).and_then(|info| info.to_der()).map_err(refused)?;
        let attributes = signed_attributes(TST_INFO, &sha256(&[&info]), &sha256(&[&self.certificate_der]))
            .map_err(refused)?;
        let token =
            signed_data(&self.key, certificate, TST_INFO, Some(&info), attributes).map_err(refused)?;
        Ok(token.der)
    }
}

/// What a time-stamp token says.
#[derive(Clone, PartialEq, Eq)]
pub struct TimestampFacts {
    pub at: Timestamp,
    /// Big-endian, without leading zeros.
    pub serial: Vec<u8>,
    /// The time stamper's certificate, DER; whose it is tells [`crate::check_path`].
    pub signer: Vec<u8>,
    /// Every certificate in the token, the signer's too.
    pub certificates: Vec<Vec<u8>>,
    /// The policy's number, `2.25.`..
    pub policy: String,
}

impl fmt::Debug for TimestampFacts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "TimestampFacts({:?}, {})", self.at, hex(&self.serial))
    }
}

/// Reads a TimeStampToken and verifies that it is over this message and that its own signer, a time stamper by its
/// certificate, signed it.
pub fn read_timestamp(token: &[u8], message: &[u8]) -> Result<TimestampFacts, CmsError> {
    let facts = read_cms(token)?;
    let stamped = facts.timestamp_facts().ok_or(CmsError::NotCms)?;
    facts.verify(&[message])?;
    Ok(stamped)
}

/// The same signature with a time-stamp token over its value as an unsigned attribute (ETSI EN 319 122-1, 5.3: CAdES
/// baseline T). Everything else keeps its bytes and its order.
///
/// # Errors
/// [`KeyError::Malformed`] when the signature cannot be read or has unsigned attributes already, or when the token is
/// not one over this signature.
pub fn cms_with_timestamp(cms: &[u8], token: &[u8]) -> Result<Vec<u8>, KeyError> {
    let unreadable = |_| KeyError::Malformed("CMS");
    let facts = read_cms(cms).map_err(unreadable)?;
    read_timestamp(token, &facts.signature_value).map_err(|_| KeyError::Malformed("RFC 3161"))?;
    let data = SignedData::read(cms).map_err(unreadable)?;
    let signer = Element::only(data.signers.body).map_err(|_| KeyError::Malformed("CMS"))?;
    if SignerInfo::read(signer).map_err(unreadable)?.has_unsigned_attributes {
        return Err(KeyError::Malformed("CMS"));
    }
    // Without padding.
    let token = Elements(token).element(SEQUENCE).map_err(|_| KeyError::Malformed("RFC 3161"))?.raw;
    let attribute = wrap(SEQUENCE, &[&wrap(OID, &[TIME_STAMP_TOKEN]), &wrap(SET, &[token])]);
    let signers = wrap(SET, &[&wrap(SEQUENCE, &[signer.body, &wrap(0xa1, &[&attribute])])]);
    let signed_data = wrap(SEQUENCE, &[data.before_signers, &signers]);
    Ok(wrap(SEQUENCE, &[data.outer_type, &wrap(0xa0, &[&signed_data])]))
}

/// TSTInfo (RFC 3161, 2.4.2) as the district writes it.
#[derive(Sequence)]
struct TstInfo {
    version: u8,
    policy: Any,
    message_imprint: MessageImprint,
    serial_number: Uint,
    gen_time: GeneralizedTime,
}

#[derive(Sequence)]
struct MessageImprint {
    hash_algorithm: AlgorithmIdentifierOwned,
    hashed_message: OctetString,
}

impl TstInfo {
    fn new(message: &[u8], at: Timestamp, serial: u128) -> der::Result<Self> {
        let seconds = u64::try_from(at.millis() / 1000).map_err(|_| Tag::GeneralizedTime.value_error())?;
        Ok(Self {
            version: 1,
            policy: Any::new(Tag::ObjectIdentifier, POLICY.as_slice())?,
            message_imprint: MessageImprint {
                hash_algorithm: AlgorithmIdentifierOwned { oid: SHA256, parameters: None },
                hashed_message: OctetString::new(sha256(&[message]))?,
            },
            serial_number: Uint::new(&serial.to_be_bytes())?,
            gen_time: GeneralizedTime::from_unix_duration(Duration::from_secs(seconds))?,
        })
    }
}

/// TSTInfo as somebody wrote it.
#[derive(Clone)]
pub(crate) struct StampInfo {
    /// All of it: the time stamper signed these bytes.
    pub(crate) content: Vec<u8>,
    pub(crate) imprint_algorithm: DigestAlgorithm,
    pub(crate) imprint: Vec<u8>,
    at: Timestamp,
    serial: Vec<u8>,
    policy: String,
}

impl StampInfo {
    pub(crate) fn read(content: &[u8]) -> Result<Self, CmsError> {
        let mut fields = Element::only(content)?.tagged(SEQUENCE)?.inside();
        fields.element(INTEGER)?;
        let policy = dotted(fields.element(OID)?.body)?;
        let mut imprint = fields.element(SEQUENCE)?.inside();
        Ok(Self {
            content: content.to_vec(),
            imprint_algorithm: DigestAlgorithm::read(imprint.element(SEQUENCE)?)?,
            imprint: imprint.element(OCTET_STRING)?.body.to_vec(),
            serial: fields.element(INTEGER)?.unsigned()?.to_vec(),
            at: fields.element(GENERALIZED_TIME)?.time()?,
            policy,
        })
    }

    pub(crate) fn facts(&self, signer: &[u8], certificates: &[Vec<u8>]) -> TimestampFacts {
        TimestampFacts {
            at: self.at,
            serial: self.serial.clone(),
            signer: signer.to_vec(),
            certificates: certificates.to_vec(),
            policy: self.policy.clone(),
        }
    }
}
