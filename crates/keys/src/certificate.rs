//! Reading anybody's X.509 certificate (RFC 5280).

use crate::asn1::{self, BOOLEAN, Element, Elements, INTEGER, OCTET_STRING, OID, Odd, SEQUENCE, SET};
use crate::cms::algorithm::{Algorithm, SubjectKey};
use crate::hash::{hex, sha256};
use crate::{KeyError, PublicKey};
use payung_domain::Timestamp;
use std::fmt;

/// The largest certificate that is read, bytes.
pub const CERTIFICATE_BYTES_MAX: usize = 64 << 10;

/// What a certificate says, for people and for comparing. Says nothing about whether to trust it.
#[derive(Clone, PartialEq, Eq)]
pub struct CertificateFacts {
    /// The subject's common name; empty if there is none.
    pub common_name: String,
    /// `Kepala Desa`: the subject's title.
    pub title: Option<String>,
    pub organisation: Option<String>,
    /// The whole subject as text: `CN=.., T=.., O=..`.
    pub subject: String,
    /// The whole issuer as text.
    pub issuer: String,
    /// Big-endian, without leading zeros.
    pub serial: Vec<u8>,
    pub not_before: Timestamp,
    pub not_after: Timestamp,
    /// Absent for any other kind of key than P-256.
    pub public_key: Option<PublicKey>,
    /// SHA-256 of the certificate.
    pub sha256: [u8; 32],
    /// Subject and issuer are the same and its own key signed it.
    pub self_issued: bool,
}

impl CertificateFacts {
    /// Lower-case hexadecimal.
    pub fn serial_hex(&self) -> String {
        hex(&self.serial)
    }
}

impl fmt::Debug for CertificateFacts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "CertificateFacts({})", self.serial_hex())
    }
}

/// Reads a certificate in DER.
///
/// # Errors
/// [`KeyError::Malformed`] for anything but one certificate of at most [`CERTIFICATE_BYTES_MAX`].
pub fn certificate_facts(der: &[u8]) -> Result<CertificateFacts, KeyError> {
    let certificate = Certificate::read(der).map_err(|Odd| KeyError::Malformed("X.509"))?;
    let subject = |name| attributes(certificate.subject).ok().and_then(|list| first(&list, name));
    Ok(CertificateFacts {
        common_name: subject(COMMON_NAME).unwrap_or_default(),
        title: subject(TITLE),
        organisation: subject(ORGANISATION),
        subject: name_text(certificate.subject),
        issuer: name_text(certificate.issuer),
        serial: certificate.serial.to_vec(),
        not_before: certificate.not_before,
        not_after: certificate.not_after,
        public_key: certificate.key.p256(),
        sha256: sha256(&[der]),
        self_issued: certificate.self_issued(),
    })
}

/// A certificate as slices of its bytes.
pub(crate) struct Certificate<'a> {
    pub(crate) raw: &'a [u8],
    signed: &'a [u8],
    pub(crate) serial: &'a [u8],
    /// Names are compared by their bytes, as issuing programs copy them.
    pub(crate) issuer: &'a [u8],
    pub(crate) subject: &'a [u8],
    pub(crate) not_before: Timestamp,
    pub(crate) not_after: Timestamp,
    pub(crate) key: SubjectKey<'a>,
    pub(crate) extensions: Extensions<'a>,
    algorithm: Algorithm,
    signature: &'a [u8],
}

/// Bits of KeyUsage; bit 0 is the highest.
const DIGITAL_SIGNATURE: u16 = 0x8000;
const NON_REPUDIATION: u16 = 0x4000;
const KEY_CERT_SIGN: u16 = 0x0400;

/// The extensions that this program understands.
#[derive(Default)]
pub(crate) struct Extensions<'a> {
    pub(crate) ca: bool,
    pub(crate) path_len: Option<u64>,
    pub(crate) key_usage: Option<u16>,
    /// Contents of the OBJECT IDENTIFIERs.
    pub(crate) purposes: Option<Vec<&'a [u8]>>,
    pub(crate) purposes_critical: bool,
    pub(crate) subject_key_id: Option<&'a [u8]>,
    authority_key_id: Option<&'a [u8]>,
    /// There is a critical extension that this program does not understand: not to be relied on (RFC 5280, 4.2).
    pub(crate) unknown_critical: bool,
}

impl<'a> Certificate<'a> {
    pub(crate) fn read(der: &'a [u8]) -> Result<Self, Odd> {
        if der.len() > CERTIFICATE_BYTES_MAX {
            return Err(Odd);
        }
        let mut outer = Element::only(der)?.tagged(SEQUENCE)?.inside();
        let signed = outer.element(SEQUENCE)?;
        let algorithm = outer.element(SEQUENCE)?;
        let signature = outer.element(asn1::BIT_STRING)?.bits()?;
        let mut fields = signed.inside();
        fields.optional(0xa0)?;
        let serial = serial(fields.element(INTEGER)?);
        // RFC 5280, 4.1.1.2: named twice, and only the first is signed.
        if fields.element(SEQUENCE)?.raw != algorithm.raw || !outer.0.is_empty() {
            return Err(Odd);
        }
        let issuer = fields.element(SEQUENCE)?.raw;
        let mut validity = fields.element(SEQUENCE)?.inside();
        let subject = fields.element(SEQUENCE)?.raw;
        let key = SubjectKey::read(fields.element(SEQUENCE)?)?;
        let mut extensions = Extensions::default();
        for field in fields {
            let field = field?;
            if field.tag == 0xa3 {
                extensions = Extensions::read(field)?;
            }
        }
        Ok(Self {
            raw: der,
            signed: signed.raw,
            serial,
            issuer,
            subject,
            not_before: validity.next().ok_or(Odd)??.time()?,
            not_after: validity.next().ok_or(Odd)??.time()?,
            key,
            extensions,
            algorithm: Algorithm::read(algorithm, None),
            signature,
        })
    }

    /// Whether this certificate names that one as its issuer. Authorities may bear one name; their keys' identifiers
    /// tell them apart (RFC 5280, 4.2.1.1).
    pub(crate) fn names_as_issuer(&self, issuer: &Certificate<'_>) -> bool {
        let same_key = match (self.extensions.authority_key_id, issuer.extensions.subject_key_id) {
            (Some(named), Some(own)) => named == own,
            _ => true,
        };
        self.issuer == issuer.subject && same_key
    }

    /// Whether that certificate's key signed this one.
    pub(crate) fn signed_by(&self, issuer: &Certificate<'_>) -> bool {
        issuer.key.verify(&self.algorithm, self.signed, self.signature).is_ok()
    }

    /// RFC 5280, 4.2.1.3, 4.2.1.9: an authority that may have so many authorities below it.
    pub(crate) fn may_issue(&self, authorities_below: usize) -> bool {
        let extensions = &self.extensions;
        extensions.ca
            && !extensions.unknown_critical
            && extensions.key_usage.is_none_or(|usage| usage & KEY_CERT_SIGN != 0)
            && extensions.path_len.is_none_or(|most| authorities_below as u64 <= most)
    }

    /// Not a certificate that says it is for something else, such as for a server.
    pub(crate) fn may_sign_documents(&self) -> bool {
        let extensions = &self.extensions;
        let other_purpose = |id: &&[u8]| matches!(id, [0x2b, 6, 1, 5, 5, 7, 3, 1 | 3 | 9]);
        !extensions.unknown_critical
            && extensions.key_usage.is_none_or(|usage| usage & (DIGITAL_SIGNATURE | NON_REPUDIATION) != 0)
            && extensions.purposes.as_ref().is_none_or(|purposes| !purposes.iter().all(other_purpose))
    }

    /// RFC 3161, 2.3: for time stamps and nothing else.
    pub(crate) fn is_time_stamper(&self) -> bool {
        let purposes = self.extensions.purposes.as_deref().unwrap_or_default();
        self.extensions.purposes_critical && purposes == [[0x2b, 6, 1, 5, 5, 7, 3, 8]]
    }

    pub(crate) fn self_issued(&self) -> bool {
        self.subject == self.issuer && self.signed_by(self)
    }
}

/// The bytes of a serial number. Negative ones exist in the field; they are kept as they are.
pub(crate) fn serial(number: Element<'_>) -> &[u8] {
    number.unsigned().unwrap_or(number.body)
}

impl<'a> Extensions<'a> {
    fn read(field: Element<'a>) -> Result<Self, Odd> {
        let mut found = Self::default();
        for extension in field.inside().element(SEQUENCE)?.inside() {
            let mut parts = extension?.tagged(SEQUENCE)?.inside();
            let id = parts.element(OID)?.body;
            let critical = parts.optional(BOOLEAN)?.is_some_and(|flag| flag.body != [0]);
            let value = Element::only(parts.element(OCTET_STRING)?.body)?;
            match id {
                [0x55, 0x1d, 0x13] => {
                    let mut fields = value.tagged(SEQUENCE)?.inside();
                    found.ca = fields.optional(BOOLEAN)?.is_some_and(|flag| flag.body != [0]);
                    found.path_len = fields.optional(INTEGER)?.map(Element::small).transpose()?;
                }
                [0x55, 0x1d, 0x0f] => found.key_usage = Some(value.named_bits()?),
                [0x55, 0x1d, 0x25] => {
                    let purposes =
                        value.tagged(SEQUENCE)?.inside().map(|purpose| Ok(purpose?.tagged(OID)?.body));
                    found.purposes = Some(purposes.collect::<Result<_, Odd>>()?);
                    found.purposes_critical = critical;
                }
                [0x55, 0x1d, 0x0e] => found.subject_key_id = Some(value.tagged(OCTET_STRING)?.body),
                [0x55, 0x1d, 0x23] => {
                    found.authority_key_id =
                        value.tagged(SEQUENCE)?.inside().optional(0x80)?.map(|id| id.body);
                }
                // Subject and issuer alternative names, certificate policies: they narrow nothing.
                [0x55, 0x1d, 0x11 | 0x12 | 0x20] => {}
                _ => found.unknown_critical |= critical,
            }
        }
        Ok(found)
    }
}

const COMMON_NAME: &[u8] = &[0x55, 4, 3];
const TITLE: &[u8] = &[0x55, 4, 12];
const ORGANISATION: &[u8] = &[0x55, 4, 10];

fn attributes(name: &[u8]) -> Result<Vec<(&[u8], String)>, Odd> {
    let mut list = Vec::new();
    for set in Element::only(name)?.inside() {
        for attribute in set?.tagged(SET)?.inside() {
            let mut parts: Elements<'_> = attribute?.tagged(SEQUENCE)?.inside();
            let id = parts.element(OID)?.body;
            list.push((id, text(parts.next().ok_or(Odd)??)));
        }
    }
    Ok(list)
}

fn first(list: &[(&[u8], String)], name: &[u8]) -> Option<String> {
    list.iter().find(|(id, _)| *id == name).map(|(_, text)| text.clone())
}

/// A name for people to read, in the order in which it stands in the certificate.
pub(crate) fn name_text(name: &[u8]) -> String {
    let label = |id: &[u8]| match id {
        [0x55, 4, 3] => "CN".to_owned(),
        [0x55, 4, 4] => "SN".to_owned(),
        [0x55, 4, 5] => "serialNumber".to_owned(),
        [0x55, 4, 6] => "C".to_owned(),
        [0x55, 4, 7] => "L".to_owned(),
        [0x55, 4, 8] => "ST".to_owned(),
        [0x55, 4, 10] => "O".to_owned(),
        [0x55, 4, 11] => "OU".to_owned(),
        [0x55, 4, 12] => "T".to_owned(),
        [0x55, 4, 42] => "GN".to_owned(),
        [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 9, 1] => "E".to_owned(),
        _ => asn1::dotted(id).unwrap_or_default(),
    };
    let list = attributes(name).unwrap_or_default();
    let parts: Vec<String> = list.iter().map(|(id, text)| format!("{}={text}", label(id))).collect();
    parts.join(", ")
}

/// A directory string as text; control characters, which could disturb a terminal, become spaces.
fn text(value: Element<'_>) -> String {
    let text = match value.tag {
        // BMPString and UniversalString.
        0x1e => {
            let units = value.body.as_chunks::<2>().0.iter().map(|unit| u16::from_be_bytes(*unit));
            char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
        }
        0x1c => {
            let points = value.body.as_chunks::<4>().0.iter().map(|point| u32::from_be_bytes(*point));
            points.map(|point| char::from_u32(point).unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
        }
        // TeletexString: in practice Latin-1.
        0x14 => value.body.iter().map(|byte| char::from(*byte)).collect(),
        _ => String::from_utf8_lossy(value.body).into_owned(),
    };
    text.chars().map(|c| if c.is_control() || is_direction(c) { ' ' } else { c }).collect()
}

/// Characters that turn the direction of what follows, so that a name could look like another.
const fn is_direction(c: char) -> bool {
    matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}
