//! Anybody's signature (RFC 5652), read from its own bytes and verified over them.

use super::algorithm::{Algorithm, DigestAlgorithm, SubjectKey};
use super::{CMS_BYTES_MAX, CMS_CERTIFICATES_MAX, CmsError};
use crate::asn1::{Element, Elements, INTEGER, OCTET_STRING, OID, Odd, SEQUENCE, SET, wrap};
use crate::certificate::{Certificate, serial};
use crate::hash::same_bytes;
use crate::timestamp::{StampInfo, TimestampFacts, read_timestamp};
use payung_domain::Timestamp;
use std::fmt;

const DATA: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 7, 1];
const SIGNED_DATA: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 7, 2];
const CONTENT_TYPE: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 9, 3];
const MESSAGE_DIGEST: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 9, 4];
const SIGNING_TIME: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 9, 5];
const TST_INFO: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 9, 16, 1, 4];
const SIGNING_CERTIFICATE_V2: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 9, 16, 2, 47];
pub(crate) const TIME_STAMP_TOKEN: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 9, 16, 2, 14];

/// What a CMS signature says of itself. Nothing here is verified before [`CmsFacts::verify`] said so.
#[derive(Clone)]
pub struct CmsFacts {
    /// The signer's certificate, DER.
    pub signer: Vec<u8>,
    /// Every certificate inside, the signer's too, DER, in their order. At most [`CMS_CERTIFICATES_MAX`].
    pub certificates: Vec<Vec<u8>>,
    /// The digest over the content.
    pub digest_algorithm: DigestAlgorithm,
    /// What the digest of the content must be; empty when the signature is directly over the content.
    pub message_digest: Vec<u8>,
    /// When the signer says he signed.
    pub signing_time: Option<Timestamp>,
    /// Whether the signed attributes name the signer's certificate (RFC 5035); `None` when they name none, or with a
    /// digest that this program does not know.
    pub signing_certificate: Option<bool>,
    pub signature_value: Vec<u8>,
    /// The time-stamp token over the signature value (RFC 3161) that stands beside it, for [`crate::read_timestamp`].
    pub timestamp: Option<Vec<u8>>,
    /// This is itself a time-stamp token over the content, as in a document time stamp (ETSI EN 319 142-1, 5.4.3).
    pub is_timestamp: bool,
    algorithm: Algorithm,
    signed: Signed,
    stamp: Option<StampInfo>,
}

/// What the signature is over.
#[derive(Clone)]
enum Signed {
    Content,
    /// The attributes as the `SET OF` that RFC 5652, 5.4 has signed; the digest in them, where the content is inside.
    Attributes {
        set: Vec<u8>,
        inner_digest: Option<(DigestAlgorithm, Vec<u8>)>,
        content_type_agrees: bool,
    },
}

/// Reads the SignedData with one signer that a PDF's `/Contents` holds. Zeros after it are the padding of a PDF and do
/// not count.
///
/// # Errors
/// [`CmsError::NotCms`], [`CmsError::NoSigner`], [`CmsError::Unsupported`] for several signers in one structure.
pub fn read_cms(der: &[u8]) -> Result<CmsFacts, CmsError> {
    let data = SignedData::read(der)?;
    let mut signers = data.signers.inside();
    let signer = SignerInfo::read(signers.next().ok_or(CmsError::NoSigner)??)?;
    if !signers.0.is_empty() {
        return Err(CmsError::Unsupported("lebih dari satu penanda tangan".to_owned()));
    }
    // Nothing in these fields is signed: what RFC 5652, 5.1 lets only one way be written must be written that way.
    let version = if signer.version == 3 || data.content_type != DATA { 3 } else { 1 };
    let newer = data.other_certificates && matches!(data.version, 4 | 5);
    if (data.version != version && !newer) || !data.digests.contains(&signer.digest_algorithm) {
        return Err(CmsError::NotCms);
    }
    let attributes = signer.attributes.map(|set| Attributes::read(set.inside())).transpose()?;
    let matching: Vec<&[u8]> = data.certificates.iter().copied().filter(|der| signer.is_by(der)).collect();
    let named = attributes.as_ref().and_then(|own| own.signing_certificate.as_ref());
    let names = |certificate: &[u8]| -> Option<bool> {
        let (algorithm, digest) = named?;
        Some(same_bytes(&algorithm.digest(&[certificate])?, digest))
    };
    let right = matching.iter().find(|der| names(der) == Some(true));
    let certificate = right.or(matching.first()).ok_or(CmsError::NoSigner)?;
    let stamp = match &data.content {
        Some(content) if data.content_type == TST_INFO => Some(StampInfo::read(&content.octets()?)?),
        _ => None,
    };
    let is_timestamp = stamp.is_some();
    let (digest_algorithm, message_digest, inner) = match (&stamp, &attributes) {
        // What must be like the content stands in the stamp; the attributes have the digest of the stamp.
        (Some(stamp), Some(own)) => (
            stamp.imprint_algorithm.clone(),
            stamp.imprint.clone(),
            Some((signer.digest_algorithm.clone(), own.message_digest.clone())),
        ),
        (None, Some(own)) => (signer.digest_algorithm.clone(), own.message_digest.clone(), None),
        (None, None) => (signer.digest_algorithm.clone(), Vec::new(), None),
        // RFC 5652, 5.3: attributes are required unless the content is plain data.
        (Some(_), None) => return Err(CmsError::NotCms),
    };
    Ok(CmsFacts {
        signer: certificate.to_vec(),
        certificates: data.certificates.iter().map(|der| der.to_vec()).collect(),
        digest_algorithm,
        message_digest,
        signing_time: attributes.as_ref().and_then(|own| own.signing_time),
        signing_certificate: names(certificate),
        signature_value: signer.signature.to_vec(),
        timestamp: signer.token.map(<[u8]>::to_vec),
        is_timestamp,
        algorithm: signer.algorithm,
        signed: match (signer.attributes, &attributes) {
            (Some(set), Some(own)) => Signed::Attributes {
                set: wrap(SET, &[set.body]),
                inner_digest: inner,
                content_type_agrees: own.content_type == data.content_type,
            },
            _ => Signed::Content,
        },
        stamp,
    })
}

impl CmsFacts {
    /// The digest of this content with [`CmsFacts::digest_algorithm`]; `None` if that is not supported.
    pub fn digest(&self, parts: &[&[u8]]) -> Option<Vec<u8>> {
        self.digest_algorithm.digest(parts)
    }

    /// The content (its parts, one after the other) is what was signed, and the key in [`CmsFacts::signer`] signed it.
    /// Whose key that is tells [`crate::check_path`].
    ///
    /// # Errors
    /// [`CmsError::DigestDiffers`], [`CmsError::BadSignature`], [`CmsError::Unsupported`].
    pub fn verify(&self, content: &[&[u8]]) -> Result<(), CmsError> {
        let certificate = Certificate::read(&self.signer)?;
        // RFC 3161, 2.3: a time stamper's key signs nothing else, and no other key signs time stamps.
        if self.is_timestamp != certificate.is_time_stamper() {
            return Err(CmsError::Unsupported("kegunaan sertifikat".to_owned()));
        }
        match &self.signed {
            Signed::Content => self.signed_by(&certificate.key, &content.concat()),
            Signed::Attributes { set, inner_digest, content_type_agrees } => {
                let supported = |algorithm: &DigestAlgorithm, parts: &[&[u8]]| {
                    algorithm.digest(parts).ok_or_else(|| CmsError::Unsupported(algorithm.name()))
                };
                if !same_bytes(&supported(&self.digest_algorithm, content)?, &self.message_digest) {
                    return Err(CmsError::DigestDiffers);
                }
                if let (Some((algorithm, digest)), Some(stamp)) = (inner_digest, &self.stamp)
                    && !same_bytes(&supported(algorithm, &[&stamp.content])?, digest)
                {
                    return Err(CmsError::BadSignature);
                }
                // RFC 5652, 11.1; RFC 5035, 5: a signature moved to another certificate does not count.
                if !content_type_agrees || self.signing_certificate == Some(false) {
                    return Err(CmsError::BadSignature);
                }
                match self.signed_by(&certificate.key, set) {
                    // Some programs sign the attributes in their DER order and write them in another.
                    Err(CmsError::BadSignature) => self.signed_by(&certificate.key, &sorted(set)?),
                    other => other,
                }
            }
        }
    }

    /// When and by whom the content was time-stamped, if this is a document time stamp.
    pub fn timestamp_facts(&self) -> Option<TimestampFacts> {
        self.stamp.as_ref().map(|stamp| stamp.facts(&self.signer, &self.certificates))
    }

    fn signed_by(&self, key: &SubjectKey<'_>, message: &[u8]) -> Result<(), CmsError> {
        key.verify(&self.algorithm, message, &self.signature_value)
    }
}

impl fmt::Debug for CmsFacts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "CmsFacts({:?}, {} certificates)", self.digest_algorithm, self.certificates.len())
    }
}

impl From<Odd> for CmsError {
    fn from(Odd: Odd) -> Self {
        Self::NotCms
    }
}

fn sorted(set: &[u8]) -> Result<Vec<u8>, Odd> {
    let inside = Element::only(set)?.inside();
    let mut attributes = inside.map(|attribute| attribute.map(|a| a.raw)).collect::<Result<Vec<_>, _>>()?;
    attributes.sort_unstable();
    Ok(wrap(SET, &attributes))
}

/// SignedData as slices.
pub(crate) struct SignedData<'a> {
    version: u64,
    digests: Vec<DigestAlgorithm>,
    /// There are kinds of certificates that nobody signs with.
    other_certificates: bool,
    content_type: &'a [u8],
    content: Option<Element<'a>>,
    certificates: Vec<&'a [u8]>,
    /// SignerInfos.
    pub(crate) signers: Element<'a>,
    /// The type of the outermost ContentInfo.
    pub(crate) outer_type: &'a [u8],
    /// Everything before the SignerInfos.
    pub(crate) before_signers: &'a [u8],
}

impl<'a> SignedData<'a> {
    pub(crate) fn read(der: &'a [u8]) -> Result<Self, CmsError> {
        let mut file = Elements(der);
        let outer = file.element(SEQUENCE)?;
        if outer.raw.len() > CMS_BYTES_MAX || file.0.iter().any(|byte| *byte != 0) {
            return Err(CmsError::NotCms);
        }
        let mut info = outer.inside();
        let outer_type = info.element(OID)?;
        if outer_type.body != SIGNED_DATA {
            return Err(CmsError::NotCms);
        }
        let data = Element::only(info.element(0xa0)?.body)?.tagged(SEQUENCE)?;
        if !info.0.is_empty() {
            return Err(CmsError::NotCms);
        }
        let mut fields = data.inside();
        let version = fields.element(INTEGER)?.small()?;
        let digests: Vec<_> = fields.element(SET)?.inside().map(plain_digest).collect::<Result<_, _>>()?;
        let mut encapsulated = fields.element(SEQUENCE)?.inside();
        let content_type = encapsulated.element(OID)?.body;
        let content = match encapsulated.optional(0xa0)? {
            Some(explicit) => Some(Element::only(explicit.body)?),
            None => None,
        };
        let mut certificates = Vec::new();
        let mut other_certificates = false;
        if let Some(set) = fields.optional(0xa0)? {
            for certificate in set.inside() {
                let certificate = certificate?;
                match certificate.tag {
                    SEQUENCE => certificates.push(certificate.raw),
                    _ => other_certificates = true,
                }
                if certificates.len() > CMS_CERTIFICATES_MAX {
                    return Err(CmsError::Unsupported("terlalu banyak sertifikat".to_owned()));
                }
            }
        }
        fields.optional(0xa1)?;
        let before_signers = &data.body[..data.body.len() - fields.0.len()];
        let signers = fields.element(SET)?;
        if !fields.0.is_empty() {
            return Err(CmsError::NotCms);
        }
        let outer_type = outer_type.raw;
        Ok(Self {
            version,
            digests,
            other_certificates,
            content_type,
            content,
            certificates,
            signers,
            outer_type,
            before_signers,
        })
    }
}

/// A digest algorithm, without parameters or with the empty ones that some programs write.
fn plain_digest(identifier: Result<Element<'_>, Odd>) -> Result<DigestAlgorithm, Odd> {
    let identifier = identifier?;
    let mut fields = identifier.tagged(SEQUENCE)?.inside();
    fields.element(OID)?;
    match fields.0 {
        [] | [0x05, 0x00] => DigestAlgorithm::read(identifier),
        _ => Err(Odd),
    }
}

/// SignerInfo as slices.
pub(crate) struct SignerInfo<'a> {
    version: u64,
    id: SignerId<'a>,
    digest_algorithm: DigestAlgorithm,
    attributes: Option<Element<'a>>,
    algorithm: Algorithm,
    signature: std::borrow::Cow<'a, [u8]>,
    token: Option<&'a [u8]>,
    pub(crate) has_unsigned_attributes: bool,
}

enum SignerId<'a> {
    IssuerAndSerial { issuer: &'a [u8], serial: &'a [u8] },
    KeyId(&'a [u8]),
}

impl<'a> SignerInfo<'a> {
    pub(crate) fn read(info: Element<'a>) -> Result<Self, CmsError> {
        let mut fields = info.tagged(SEQUENCE)?.inside();
        let version = fields.element(INTEGER)?.small()?;
        let id = match fields.optional(0x80)? {
            Some(key) => SignerId::KeyId(key.body),
            None => {
                let mut parts = fields.element(SEQUENCE)?.inside();
                let issuer = parts.element(SEQUENCE)?.raw;
                SignerId::IssuerAndSerial { issuer, serial: serial(parts.element(INTEGER)?) }
            }
        };
        // RFC 5652, 5.3.
        if version != if matches!(id, SignerId::KeyId(_)) { 3 } else { 1 } {
            return Err(CmsError::NotCms);
        }
        let digest_algorithm = plain_digest(fields.element(SEQUENCE))?;
        let attributes = fields.optional(0xa0)?;
        let algorithm = Algorithm::read(fields.element(SEQUENCE)?, Some(&digest_algorithm));
        let signature = fields.next().ok_or(Odd)??.octets()?;
        let unsigned = fields.optional(0xa1)?;
        let mut token = None;
        for attribute in unsigned.into_iter().flat_map(Element::inside) {
            let mut parts = attribute?.tagged(SEQUENCE)?.inside();
            let id = parts.element(OID)?.body;
            let value = parts.element(SET)?.inside().next().transpose()?;
            if id == TIME_STAMP_TOKEN && token.is_none() {
                token = Some(value.ok_or(Odd)?.tagged(SEQUENCE)?.raw);
            } else if value.is_some_and(|value| read_timestamp(value.raw, &signature).is_ok()) {
                // Nobody signed the attribute's name: it was changed to hide the time stamp.
                return Err(CmsError::NotCms);
            }
            if !parts.0.is_empty() {
                return Err(CmsError::NotCms);
            }
        }
        if !fields.0.is_empty() {
            return Err(CmsError::NotCms);
        }
        let has_unsigned_attributes = unsigned.is_some();
        Ok(Self {
            version,
            id,
            digest_algorithm,
            attributes,
            algorithm,
            signature,
            token,
            has_unsigned_attributes,
        })
    }

    fn is_by(&self, certificate: &[u8]) -> bool {
        Certificate::read(certificate).is_ok_and(|certificate| match self.id {
            SignerId::IssuerAndSerial { issuer, serial } => {
                certificate.issuer == issuer && certificate.serial == serial
            }
            SignerId::KeyId(id) => certificate.extensions.subject_key_id == Some(id),
        })
    }
}

/// The signed attributes that say something to us.
struct Attributes<'a> {
    content_type: &'a [u8],
    message_digest: Vec<u8>,
    signing_time: Option<Timestamp>,
    /// The digest of the signer's certificate.
    signing_certificate: Option<(DigestAlgorithm, &'a [u8])>,
}

impl<'a> Attributes<'a> {
    fn read(attributes: Elements<'a>) -> Result<Self, CmsError> {
        let (mut content_type, mut message_digest, mut signing_time, mut signing_certificate) =
            (None, None, None, None);
        for attribute in attributes {
            let mut parts = attribute?.tagged(SEQUENCE)?.inside();
            let id = parts.element(OID)?.body;
            let values = parts.element(SET)?;
            // RFC 5652, 11: each of these stands there once and has one value.
            let known = match id {
                CONTENT_TYPE => content_type.replace(Element::only(values.body)?.tagged(OID)?.body).is_some(),
                MESSAGE_DIGEST => {
                    message_digest.replace(Element::only(values.body)?.octets()?.into_owned()).is_some()
                }
                SIGNING_TIME => signing_time.replace(Element::only(values.body)?.time()?).is_some(),
                SIGNING_CERTIFICATE_V2 => {
                    signing_certificate.replace(certificate_id(Element::only(values.body)?)?).is_some()
                }
                _ => false,
            };
            if known {
                return Err(CmsError::NotCms);
            }
        }
        let (Some(content_type), Some(message_digest)) = (content_type, message_digest) else {
            return Err(CmsError::NotCms);
        };
        Ok(Self { content_type, message_digest, signing_time, signing_certificate })
    }
}

/// RFC 5035, 3: the first ESSCertIDv2 is the signer's.
fn certificate_id(value: Element<'_>) -> Result<(DigestAlgorithm, &[u8]), Odd> {
    let mut list = value.tagged(SEQUENCE)?.inside().element(SEQUENCE)?.inside();
    let mut id = list.element(SEQUENCE)?.inside();
    let algorithm = match id.optional(SEQUENCE)? {
        Some(algorithm) => DigestAlgorithm::read(algorithm)?,
        None => DigestAlgorithm::Sha256,
    };
    Ok((algorithm, id.element(OCTET_STRING)?.body))
}
