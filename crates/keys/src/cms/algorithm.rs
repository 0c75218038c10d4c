//! Which algorithms the signatures of others may use, verified with ring: RSA (RFC 8017) and ECDSA (FIPS 186-5).

use crate::asn1::{BIT_STRING, Element, INTEGER, OID, Odd, SEQUENCE, dotted};
use crate::{CmsError, PublicKey};
use p256::ecdsa::signature::hazmat::PrehashVerifier;
use ring::signature::{self, UnparsedPublicKey, VerificationAlgorithm};
use sha2::{Digest, Sha256, Sha384, Sha512};

/// The smallest RSA key that still counts, bits. Larger than 8,192 is refused as well.
pub const RSA_BITS_MIN: usize = 2048;

/// The digest over the signed content.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DigestAlgorithm {
    Sha256,
    Sha384,
    Sha512,
    /// One that proves nothing any more (SHA-1) or that this program does not know: its name or number.
    Other(String),
}

impl DigestAlgorithm {
    /// `None` for [`DigestAlgorithm::Other`].
    pub fn digest(&self, parts: &[&[u8]]) -> Option<Vec<u8>> {
        fn over<D: Digest>(parts: &[&[u8]]) -> Vec<u8> {
            let mut digest = D::new();
            for part in parts {
                digest.update(part);
            }
            digest.finalize().to_vec()
        }
        match self {
            Self::Sha256 => Some(over::<Sha256>(parts)),
            Self::Sha384 => Some(over::<Sha384>(parts)),
            Self::Sha512 => Some(over::<Sha512>(parts)),
            Self::Other(_) => None,
        }
    }

    /// `SHA-256`.
    pub fn name(&self) -> String {
        match self {
            Self::Sha256 => "SHA-256".to_owned(),
            Self::Sha384 => "SHA-384".to_owned(),
            Self::Sha512 => "SHA-512".to_owned(),
            Self::Other(name) => name.clone(),
        }
    }

    /// From an AlgorithmIdentifier.
    pub(crate) fn read(identifier: Element<'_>) -> Result<Self, Odd> {
        let id = identifier.tagged(SEQUENCE)?.inside().element(OID)?.body;
        Ok(match id {
            [0x60, 0x86, 0x48, 0x01, 0x65, 3, 4, 2, 1] => Self::Sha256,
            [0x60, 0x86, 0x48, 0x01, 0x65, 3, 4, 2, 2] => Self::Sha384,
            [0x60, 0x86, 0x48, 0x01, 0x65, 3, 4, 2, 3] => Self::Sha512,
            [0x2b, 0x0e, 3, 2, 0x1a] => Self::Other("SHA-1".to_owned()),
            [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 2, 5] => Self::Other("MD5".to_owned()),
            _ => Self::Other(dotted(id)?),
        })
    }
}

/// How something was signed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Algorithm {
    RsaPkcs1(DigestAlgorithm),
    RsaPss(DigestAlgorithm),
    Ecdsa(DigestAlgorithm),
    Unsupported(String),
}

impl Algorithm {
    /// From an AlgorithmIdentifier. CMS may name only the kind of key beside its own digest algorithm.
    pub(crate) fn read(identifier: Element<'_>, digest: Option<&DigestAlgorithm>) -> Self {
        Self::named(identifier, digest).unwrap_or_else(|Odd| Self::Unsupported("?".to_owned()))
    }

    fn named(identifier: Element<'_>, digest: Option<&DigestAlgorithm>) -> Result<Self, Odd> {
        let mut parts = identifier.tagged(SEQUENCE)?.inside();
        let id = parts.element(OID)?.body;
        let with = |digest: Option<&DigestAlgorithm>, build: fn(DigestAlgorithm) -> Self| match digest {
            Some(DigestAlgorithm::Other(name)) => Self::Unsupported(name.clone()),
            Some(digest) => build(digest.clone()),
            None => Self::Unsupported(dotted(id).unwrap_or_default()),
        };
        Ok(match id {
            // PKCS#1 (RFC 8017, Appendix C).
            [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 1] => with(digest, Self::RsaPkcs1),
            [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 4] => Self::Unsupported("RSA, MD5".to_owned()),
            [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 5] => Self::Unsupported("RSA, SHA-1".to_owned()),
            [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 10] => pss(parts.next().ok_or(Odd)??)?,
            [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 11] => Self::RsaPkcs1(DigestAlgorithm::Sha256),
            [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 12] => Self::RsaPkcs1(DigestAlgorithm::Sha384),
            [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 13] => Self::RsaPkcs1(DigestAlgorithm::Sha512),
            // ANSI X9.62 (RFC 5758).
            EC_PUBLIC_KEY => with(digest, Self::Ecdsa),
            [0x2a, 0x86, 0x48, 0xce, 0x3d, 4, 1] => Self::Unsupported("ECDSA, SHA-1".to_owned()),
            [0x2a, 0x86, 0x48, 0xce, 0x3d, 4, 3, 2] => Self::Ecdsa(DigestAlgorithm::Sha256),
            [0x2a, 0x86, 0x48, 0xce, 0x3d, 4, 3, 3] => Self::Ecdsa(DigestAlgorithm::Sha384),
            [0x2a, 0x86, 0x48, 0xce, 0x3d, 4, 3, 4] => Self::Ecdsa(DigestAlgorithm::Sha512),
            _ => Self::Unsupported(dotted(id)?),
        })
    }
}

/// RSASSA-PSS-params (RFC 4055, 3.1): taken when one digest serves for everything and the salt has its length.
fn pss(parameters: Element<'_>) -> Result<Algorithm, Odd> {
    let mut fields = parameters.tagged(SEQUENCE)?.inside();
    let unsupported = || Algorithm::Unsupported("RSA-PSS".to_owned());
    let (Some(digest), Some(mask), Some(salt)) =
        (fields.optional(0xa0)?, fields.optional(0xa1)?, fields.optional(0xa2)?)
    else {
        return Ok(unsupported());
    };
    let digest = DigestAlgorithm::read(Element::only(digest.body)?)?;
    let mut mask = Element::only(mask.body)?.tagged(SEQUENCE)?.inside();
    let mgf1 = mask.element(OID)?.body == [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 8];
    let mask_digest = DigestAlgorithm::read(mask.element(SEQUENCE)?)?;
    let salt = Element::only(salt.body)?.tagged(INTEGER)?.small()?;
    let length = match digest {
        DigestAlgorithm::Sha256 => 32,
        DigestAlgorithm::Sha384 => 48,
        DigestAlgorithm::Sha512 => 64,
        DigestAlgorithm::Other(_) => return Ok(unsupported()),
    };
    Ok(if mgf1 && mask_digest == digest && salt == length {
        Algorithm::RsaPss(digest)
    } else {
        unsupported()
    })
}

const EC_PUBLIC_KEY: &[u8] = &[0x2a, 0x86, 0x48, 0xce, 0x3d, 2, 1];

/// The key in a certificate, as a slice of it.
pub(crate) enum SubjectKey<'a> {
    /// An uncompressed or compressed point.
    P256(&'a [u8]),
    P384(&'a [u8]),
    /// RSAPublicKey, and the bits of its modulus.
    Rsa(&'a [u8], usize),
    /// Its name or number.
    Other(String),
}

impl<'a> SubjectKey<'a> {
    /// From a SubjectPublicKeyInfo.
    pub(crate) fn read(info: Element<'a>) -> Result<Self, Odd> {
        let mut parts = info.tagged(SEQUENCE)?.inside();
        let mut algorithm = parts.element(SEQUENCE)?.inside();
        let key = parts.element(BIT_STRING)?.bits()?;
        let id = algorithm.element(OID)?.body;
        Ok(match id {
            // rsaEncryption, and id-RSASSA-PSS for keys that sign nothing else.
            [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 1 | 10] => {
                let modulus = Element::only(key)?.tagged(SEQUENCE)?.inside().element(INTEGER)?.unsigned()?;
                let unused = modulus.first().map_or(0, |first| first.leading_zeros() as usize);
                Self::Rsa(key, modulus.len() * 8 - unused)
            }
            EC_PUBLIC_KEY => match algorithm.element(OID)?.body {
                [0x2a, 0x86, 0x48, 0xce, 0x3d, 3, 1, 7] => Self::P256(key),
                [0x2b, 0x81, 0x04, 0x00, 0x22] => Self::P384(key),
                curve => Self::Other(dotted(curve)?),
            },
            _ => Self::Other(dotted(id)?),
        })
    }

    pub(crate) fn p256(&self) -> Option<PublicKey> {
        match self {
            Self::P256(point) => PublicKey::from_point(point),
            _ => None,
        }
    }

    pub(crate) fn verify(&self, algorithm: &Algorithm, message: &[u8], value: &[u8]) -> Result<(), CmsError> {
        use DigestAlgorithm::{Sha256, Sha384, Sha512};
        let (ring_algorithm, key): (&'static dyn VerificationAlgorithm, &[u8]) = match (self, algorithm) {
            (_, Algorithm::Unsupported(name)) | (Self::Other(name), _) => {
                return Err(CmsError::Unsupported(name.clone()));
            }
            (Self::Rsa(_, bits), _) if *bits < RSA_BITS_MIN => {
                return Err(CmsError::Unsupported(format!("RSA {bits} bit")));
            }
            (Self::Rsa(key, _), Algorithm::RsaPkcs1(Sha256)) => (&signature::RSA_PKCS1_2048_8192_SHA256, key),
            (Self::Rsa(key, _), Algorithm::RsaPkcs1(Sha384)) => (&signature::RSA_PKCS1_2048_8192_SHA384, key),
            (Self::Rsa(key, _), Algorithm::RsaPkcs1(Sha512)) => (&signature::RSA_PKCS1_2048_8192_SHA512, key),
            (Self::Rsa(key, _), Algorithm::RsaPss(Sha256)) => (&signature::RSA_PSS_2048_8192_SHA256, key),
            (Self::Rsa(key, _), Algorithm::RsaPss(Sha384)) => (&signature::RSA_PSS_2048_8192_SHA384, key),
            (Self::Rsa(key, _), Algorithm::RsaPss(Sha512)) => (&signature::RSA_PSS_2048_8192_SHA512, key),
            (Self::P256(key), Algorithm::Ecdsa(Sha256)) => (&signature::ECDSA_P256_SHA256_ASN1, key),
            (Self::P256(key), Algorithm::Ecdsa(Sha384)) => (&signature::ECDSA_P256_SHA384_ASN1, key),
            (Self::P384(key), Algorithm::Ecdsa(Sha256)) => (&signature::ECDSA_P384_SHA256_ASN1, key),
            (Self::P384(key), Algorithm::Ecdsa(Sha384)) => (&signature::ECDSA_P384_SHA384_ASN1, key),
            // ring has no pair of P-256 and SHA-512.
            (Self::P256(key), Algorithm::Ecdsa(digest @ Sha512)) => {
                return p256_prehashed(key, &digest.digest(&[message]).unwrap_or_default(), value);
            }
            (Self::P384(_), Algorithm::Ecdsa(_)) => {
                return Err(CmsError::Unsupported("ECDSA, SHA-512".to_owned()));
            }
            // An algorithm of another kind of key.
            _ => return Err(CmsError::BadSignature),
        };
        UnparsedPublicKey::new(ring_algorithm, key).verify(message, value).map_err(|_| CmsError::BadSignature)
    }
}

fn p256_prehashed(point: &[u8], digest: &[u8], value: &[u8]) -> Result<(), CmsError> {
    let key = p256::ecdsa::VerifyingKey::from_sec1_bytes(point).map_err(|_| CmsError::BadSignature)?;
    let signature = p256::ecdsa::Signature::from_der(value).map_err(|_| CmsError::BadSignature)?;
    key.verify_prehash(digest, &signature).map_err(|_| CmsError::BadSignature)
}
