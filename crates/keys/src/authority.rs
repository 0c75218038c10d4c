//! The district's own certificate authority. Villages trust it because it stands in their enrolment file, never
//! because a public list names it.

use crate::end_entity::EndEntity;
use crate::signing::SigningKey;
use crate::{KeyError, PublicKey};
use der::asn1::{Any, Ia5String, SetOfVec};
use der::pem::LineEnding;
use der::{Decode, DecodePem, Encode, EncodePem, Tag};
use p256::ecdsa::DerSignature;
use payung_domain::ports::random_bytes;
use payung_domain::{Randomness, Timestamp};
use std::net::IpAddr;
use std::time::Duration;
use x509_cert::Certificate;
use x509_cert::attr::AttributeTypeAndValue;
use x509_cert::builder::profile::BuilderProfile;
use x509_cert::builder::{self, Builder, CertificateBuilder};
use x509_cert::certificate::TbsCertificate;
use x509_cert::ext::pkix::name::GeneralName;
use x509_cert::ext::pkix::{BasicConstraints, KeyUsage, KeyUsages, SubjectKeyIdentifier};
use x509_cert::ext::{Extension, ToExtension};
use x509_cert::name::{Name, RdnSequence, RelativeDistinguishedName};
use x509_cert::serial_number::SerialNumber;
use x509_cert::spki::{ObjectIdentifier, SubjectPublicKeyInfo, SubjectPublicKeyInfoRef};
use x509_cert::time::{Time, Validity};
use zeroize::Zeroizing;

/// How long the authority's own certificate is valid, in years of 365.25 days.
pub const AUTHORITY_YEARS: u32 = 20;
/// How long a server's certificate should be valid; the district issues a new one by itself before.
pub const SERVER_YEARS: u32 = 2;
/// The most names and addresses in one server certificate.
pub const HOSTS_MAX: usize = 32;
/// A laptop's clock may be behind: certificates are valid from a day before they were made.
pub(crate) const BACKDATED_MS: i64 = 86_400_000;
pub(crate) const YEAR_MS: i64 = 31_557_600_000;

pub(crate) const COMMON_NAME: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.4.3");
const SERVER_AUTH: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.6.1.5.5.7.3.1");

/// A P-256 key and its self-signed root certificate.
#[derive(Debug)]
pub struct Authority {
    key: SigningKey,
    certificate: Certificate,
    certificate_der: Vec<u8>,
}

/// What the district keeps of its authority, inside its encrypted store.
pub struct StoredAuthority {
    /// Plain PKCS#8.
    pub key_der: Zeroizing<Vec<u8>>,
    pub certificate_der: Vec<u8>,
}

/// A server's certificate and its own key, for rustls.
pub struct ServerIdentity {
    pub certificate_der: Vec<u8>,
    /// Plain PKCS#8.
    pub key_der: Zeroizing<Vec<u8>>,
    pub not_after: Timestamp,
}

impl Authority {
    /// A new key, and a root certificate for [`AUTHORITY_YEARS`] from now. `common_name`: 1 to 64 characters.
    pub fn create(common_name: &str, now: Timestamp, randomness: &dyn Randomness) -> Result<Self, KeyError> {
        let key = SigningKey::generate(randomness);
        let name = named(common_name)?;
        let until = Timestamp(now.millis().saturating_add(YEAR_MS * i64::from(AUTHORITY_YEARS)));
        let from = Timestamp(now.millis().saturating_sub(BACKDATED_MS));
        let certificate =
            issue(&key, Root(name), &key.public(), validity(from, until)?, &random_bytes(randomness))?;
        let certificate_der = certificate.to_der().map_err(|_| KeyError::Malformed("X.509"))?;
        Ok(Self { key, certificate, certificate_der })
    }

    pub fn from_stored(stored: &StoredAuthority) -> Result<Self, KeyError> {
        let key = SigningKey::from_der(&stored.key_der)?;
        let certificate =
            Certificate::from_der(&stored.certificate_der).map_err(|_| KeyError::Malformed("X.509"))?;
        let ours = public_key_info(&key.public())?;
        if certificate.tbs_certificate().subject_public_key_info() != &ours {
            return Err(KeyError::Malformed("X.509"));
        }
        Ok(Self { key, certificate, certificate_der: stored.certificate_der.clone() })
    }

    pub fn to_stored(&self) -> Result<StoredAuthority, KeyError> {
        Ok(StoredAuthority { key_der: self.key.to_der()?, certificate_der: self.certificate_der.clone() })
    }

    pub fn certificate_der(&self) -> &[u8] {
        &self.certificate_der
    }

    pub fn certificate_pem(&self) -> Result<String, KeyError> {
        self.certificate.to_pem(LineEnding::LF).map_err(|_| KeyError::Malformed("X.509"))
    }

    /// Nothing that this authority issues is valid after this.
    pub(crate) fn valid_until(&self) -> Result<Timestamp, KeyError> {
        let until = self.certificate.tbs_certificate().validity().not_after.to_unix_duration().as_millis();
        i64::try_from(until).map(Timestamp).map_err(|_| KeyError::OutOfBounds("validity"))
    }

    pub(crate) fn certificate(&self) -> &Certificate {
        &self.certificate
    }

    /// The district's key: it also signs receipts, regulations and enrolment files.
    pub fn signing_key(&self) -> &SigningKey {
        &self.key
    }

    pub fn public(&self) -> PublicKey {
        self.key.public()
    }

    /// A new key and certificate for a server reached under these host names or IP addresses (without port). rustls
    /// accepts it for clients that trust this authority.
    pub fn issue_server(
        &self,
        hosts: &[String],
        not_before: Timestamp,
        not_after: Timestamp,
        randomness: &dyn Randomness,
    ) -> Result<ServerIdentity, KeyError> {
        if hosts.is_empty() || hosts.len() > HOSTS_MAX {
            return Err(KeyError::OutOfBounds("hosts"));
        }
        let alternatives = hosts.iter().map(|host| alternative_name(host)).collect::<Result<Vec<_>, _>>()?;
        let key = SigningKey::generate(randomness);
        // RFC 9525: the subject only helps people; clients read the alternative names.
        let profile = EndEntity {
            issuer: Some(self.certificate.tbs_certificate().subject().clone()),
            subject: named("Payung")?,
            usage: KeyUsage(KeyUsages::DigitalSignature.into()),
            purposes: vec![SERVER_AUTH],
            purposes_critical: false,
            alternatives,
        };
        let from = Timestamp(not_before.millis().saturating_sub(BACKDATED_MS));
        let certificate =
            issue(&self.key, profile, &key.public(), validity(from, not_after)?, &random_bytes(randomness))?;
        Ok(ServerIdentity {
            certificate_der: certificate.to_der().map_err(|_| KeyError::Malformed("X.509"))?,
            key_der: key.to_der()?,
            not_after,
        })
    }
}

/// The DER of a certificate in PEM, as an enrolment file carries it.
pub fn certificate_der_from_pem(pem: &str) -> Result<Vec<u8>, KeyError> {
    let certificate = Certificate::from_pem(pem.as_bytes()).map_err(|_| KeyError::Malformed("X.509"))?;
    certificate.to_der().map_err(|_| KeyError::Malformed("X.509"))
}

pub(crate) fn issue(
    signer: &SigningKey,
    profile: impl BuilderProfile,
    subject: &PublicKey,
    validity: Validity,
    serial: &[u8; 16],
) -> Result<Certificate, KeyError> {
    let unusable = |_| KeyError::Malformed("X.509");
    // RFC 5280, 4.1.2.2: positive, at most 20 bytes. The leading byte keeps it above zero whatever was drawn.
    let mut serial_bytes = [1; 17];
    serial_bytes[1..].copy_from_slice(serial);
    let serial = SerialNumber::new(&serial_bytes).map_err(|_| KeyError::Malformed("X.509"))?;
    CertificateBuilder::new(profile, serial, validity, public_key_info(subject)?)
        .map_err(unusable)?
        .build::<_, DerSignature>(signer.inner())
        .map_err(unusable)
}

pub(crate) fn public_key_info(
    key: &PublicKey,
) -> Result<SubjectPublicKeyInfo<Any, der::asn1::BitString>, KeyError> {
    let key = p256::ecdsa::VerifyingKey::from_sec1_bytes(&key.to_bytes())
        .map_err(|_| KeyError::Malformed("P-256"))?;
    SubjectPublicKeyInfo::from_key(&key).map_err(|_| KeyError::Malformed("P-256"))
}

pub(crate) fn time(at: Timestamp) -> Result<Time, KeyError> {
    let seconds = u64::try_from(at.millis() / 1000).map_err(|_| KeyError::OutOfBounds("validity"))?;
    let time = der::DateTime::from_unix_duration(Duration::from_secs(seconds))
        .map_err(|_| KeyError::OutOfBounds("validity"))?;
    Ok(Time::from(time))
}

pub(crate) fn validity(from: Timestamp, until: Timestamp) -> Result<Validity, KeyError> {
    if until <= from {
        return Err(KeyError::OutOfBounds("validity"));
    }
    Ok(Validity::new(time(from)?, time(until)?))
}

/// `CN=<text>`, whatever characters the text holds.
pub(crate) fn named(text: &str) -> Result<Name, KeyError> {
    let refused = || KeyError::BadName(text.to_owned());
    // RFC 5280, Appendix A.1: ub-common-name is 64 characters.
    if text.trim().is_empty() || text.chars().count() > 64 || text.chars().any(char::is_control) {
        return Err(refused());
    }
    name_of(&[(COMMON_NAME, Tag::Utf8String, text)]).map_err(|_| refused())
}

/// A name of these attributes, one after the other.
pub(crate) fn name_of(parts: &[(ObjectIdentifier, Tag, &str)]) -> der::Result<Name> {
    let mut sequence = RdnSequence::default();
    for (oid, tag, text) in parts {
        let value = Any::new(*tag, text.as_bytes())?;
        let mut attributes = SetOfVec::new();
        attributes.insert(AttributeTypeAndValue { oid: *oid, value })?;
        sequence.push(RelativeDistinguishedName::from(attributes));
    }
    Name::from_der(&sequence.to_der()?)
}

fn alternative_name(host: &str) -> Result<GeneralName, KeyError> {
    let bare = host.trim().trim_start_matches('[').trim_end_matches(']');
    if let Ok(address) = bare.parse::<IpAddr>() {
        return Ok(GeneralName::from(address));
    }
    let label = |part: &str| {
        (1..=63).contains(&part.len())
            && !part.starts_with('-')
            && !part.ends_with('-')
            && part.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
    };
    let refused = || KeyError::BadName(host.to_owned());
    if bare.len() > 253 || !bare.split('.').all(label) {
        return Err(refused());
    }
    Ok(GeneralName::DnsName(Ia5String::new(&bare.to_ascii_lowercase()).map_err(|_| refused())?))
}

/// RFC 5280: a root that may sign servers and nothing below them.
struct Root(Name);

impl BuilderProfile for Root {
    fn get_issuer(&self, subject: &Name) -> Name {
        subject.clone()
    }

    fn get_subject(&self) -> Name {
        self.0.clone()
    }

    fn build_extensions(
        &self,
        key: SubjectPublicKeyInfoRef<'_>,
        _issuer_key: SubjectPublicKeyInfoRef<'_>,
        tbs: &TbsCertificate,
    ) -> builder::Result<Vec<Extension>> {
        let subject = tbs.subject();
        Ok(vec![
            SubjectKeyIdentifier::try_from(key)?.to_extension(subject, &[])?,
            BasicConstraints { ca: true, path_len_constraint: Some(0) }.to_extension(subject, &[])?,
            KeyUsage(KeyUsages::KeyCertSign | KeyUsages::CRLSign | KeyUsages::DigitalSignature)
                .to_extension(subject, &[])?,
        ])
    }
}
