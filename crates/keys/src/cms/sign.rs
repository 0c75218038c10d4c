//! Our own signatures (RFC 5652, RFC 5035, ETSI EN 319 142-1).

use crate::asn1::{self, OCTET_STRING, SEQUENCE};
use crate::hash::sha256;
use crate::signing::{Signature, SigningKey};
use crate::{KeyError, PublicKey};
use cms::cert::{CertificateChoices, IssuerAndSerialNumber};
use cms::content_info::{CmsVersion, ContentInfo};
use cms::signed_data::{
    CertificateSet, EncapsulatedContentInfo, SignedData, SignerIdentifier, SignerInfo, SignerInfos,
};
use der::asn1::{ObjectIdentifier, OctetString, SetOfVec};
use der::{Any, Decode, Encode, Tag};
use x509_cert::Certificate;
use x509_cert::attr::{Attribute, Attributes};
use x509_cert::spki::AlgorithmIdentifierOwned;

const ID_DATA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.7.1");
const ID_SIGNED_DATA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.7.2");
const CONTENT_TYPE: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.3");
const MESSAGE_DIGEST: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.4");
const SIGNING_CERTIFICATE_V2: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.16.2.47");
pub(crate) const SHA256: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.16.840.1.101.3.4.2.1");
pub(crate) const ECDSA_WITH_SHA256: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.4.3.2");

/// A signature over a document that stands beside it.
pub struct CmsSignature {
    /// ContentInfo with SignedData (RFC 5652).
    pub der: Vec<u8>,
    /// The signature value alone, over [`cms_attributes`].
    pub signature: Signature,
}

/// Signs the SHA-256 of a document, without the document inside. Signed are exactly content-type, message-digest and
/// signing-certificate-v2; a PDF says the time in its own signature dictionary. Deterministic (RFC 6979).
///
/// # Errors
/// [`KeyError::Malformed`] when the certificate is not one for this key.
pub fn cms_sign(
    key: &SigningKey,
    certificate_der: &[u8],
    digest: &[u8; 32],
) -> Result<CmsSignature, KeyError> {
    let certificate = own_certificate(&key.public(), certificate_der)?;
    let attributes = signed_attributes(ID_DATA, digest, &sha256(&[certificate_der]))
        .map_err(|_| KeyError::Malformed("CMS"))?;
    signed_data(key, certificate, ID_DATA, None, attributes).map_err(|_| KeyError::Malformed("CMS"))
}

/// The DER `SET OF` signed attributes that [`cms_sign`] signs (RFC 5652, 5.4): whoever knows the digest of the document
/// and of the certificate verifies the signature with [`PublicKey::verify_hash`] over their SHA-256, without the file.
pub fn cms_attributes(digest: &[u8; 32], certificate_sha256: &[u8; 32]) -> Result<Vec<u8>, KeyError> {
    let attributes = signed_attributes(ID_DATA, digest, certificate_sha256);
    attributes.and_then(|attributes| attributes.to_der()).map_err(|_| KeyError::Malformed("CMS"))
}

/// The certificate, when it is one for that key.
pub(crate) fn own_certificate(key: &PublicKey, der: &[u8]) -> Result<Certificate, KeyError> {
    let refused = || KeyError::Malformed("X.509");
    let certificate = Certificate::from_der(der).map_err(|_| refused())?;
    let same_key = crate::certificate_facts(der)?.public_key.as_ref() == Some(key);
    // Its digest is signed: it must go out as it came in.
    if !same_key || certificate.to_der().map_err(|_| refused())? != der {
        return Err(refused());
    }
    Ok(certificate)
}

pub(crate) fn signed_attributes(
    content_type: ObjectIdentifier,
    digest: &[u8; 32],
    certificate_sha256: &[u8; 32],
) -> der::Result<Attributes> {
    // RFC 5035, 3: ESSCertIDv2 with SHA-256, its default, and without the optional issuer.
    let certificate_id = asn1::wrap(SEQUENCE, &[&asn1::wrap(OCTET_STRING, &[certificate_sha256])]);
    let signing_certificate = asn1::wrap(SEQUENCE, &[&certificate_id]);
    let mut attributes = Attributes::new();
    for (oid, value) in [
        (CONTENT_TYPE, Any::encode_from(&content_type)?),
        (MESSAGE_DIGEST, Any::new(Tag::OctetString, digest.as_slice())?),
        (SIGNING_CERTIFICATE_V2, Any::new(Tag::Sequence, signing_certificate)?),
    ] {
        attributes.insert(Attribute { oid, values: SetOfVec::try_from(vec![value])? })?;
    }
    Ok(attributes)
}

/// SignedData with one signer, who signs these attributes.
pub(crate) fn signed_data(
    key: &SigningKey,
    certificate: Certificate,
    content_type: ObjectIdentifier,
    content: Option<&[u8]>,
    attributes: Attributes,
) -> der::Result<CmsSignature> {
    let signature = key.sign_hash(&sha256(&[&attributes.to_der()?]));
    let signature_der = signature.to_der().unwrap_or_default();
    let algorithm = |oid| AlgorithmIdentifierOwned { oid, parameters: None };
    let signer = SignerInfo {
        version: CmsVersion::V1,
        sid: SignerIdentifier::IssuerAndSerialNumber(IssuerAndSerialNumber {
            issuer: certificate.tbs_certificate().issuer().clone(),
            serial_number: certificate.tbs_certificate().serial_number().clone(),
        }),
        digest_alg: algorithm(SHA256),
        signed_attrs: Some(attributes),
        signature_algorithm: algorithm(ECDSA_WITH_SHA256),
        signature: OctetString::new(signature_der)?,
        unsigned_attrs: None,
    };
    let content = match content {
        Some(content) => Some(Any::encode_from(&OctetString::new(content)?)?),
        None => None,
    };
    let data = SignedData {
        // RFC 5652, 5.1: 3 for any other content than plain data.
        version: if content_type == ID_DATA { CmsVersion::V1 } else { CmsVersion::V3 },
        digest_algorithms: SetOfVec::try_from(vec![algorithm(SHA256)])?,
        encap_content_info: EncapsulatedContentInfo { econtent_type: content_type, econtent: content },
        certificates: Some(CertificateSet::try_from(vec![CertificateChoices::Certificate(certificate)])?),
        crls: None,
        signer_infos: SignerInfos::try_from(vec![signer])?,
    };
    let der = ContentInfo { content_type: ID_SIGNED_DATA, content: Any::encode_from(&data)? }.to_der()?;
    Ok(CmsSignature { der, signature })
}
