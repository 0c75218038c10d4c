//! The district's list of certificates that no longer hold (RFC 5280, 5).

use crate::KeyError;
use crate::authority::{Authority, public_key_info, time};
use crate::cms::sign::ECDSA_WITH_SHA256;
use crate::hash::sha256;
use der::Encode;
use der::asn1::BitString;
use der::referenced::OwnedToRef;
use payung_domain::Timestamp;
use std::collections::BTreeMap;
use x509_cert::certificate::Version;
use x509_cert::crl::{CertificateList, RevokedCert, TbsCertList};
use x509_cert::ext::ToExtension;
use x509_cert::ext::pkix::{self, AuthorityKeyIdentifier, CrlNumber};
use x509_cert::serial_number::SerialNumber;
use x509_cert::spki::AlgorithmIdentifierOwned;

/// The most certificates in one list.
pub const REVOKED_MAX: usize = 10_000;

/// A certificate that no longer holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RevokedCertificate {
    /// As in [`crate::CertificateFacts::serial`].
    pub serial: Vec<u8>,
    pub at: Timestamp,
    pub reason: CrlReason,
}

/// Why a certificate no longer holds (RFC 5280, 5.3.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CrlReason {
    /// Somebody else may have the key.
    KeyCompromise,
    /// The office ended.
    CessationOfOperation,
    /// Another certificate stands in its place.
    Superseded,
}

impl Authority {
    /// A certificate revocation list (DER), ordered by serial number; of two entries with one serial the earlier counts.
    ///
    /// # Errors
    /// [`KeyError::OutOfBounds`] for more than [`REVOKED_MAX`] entries or a `next` that is not after `now`.
    pub fn crl(
        &self,
        revoked: &[RevokedCertificate],
        number: u64,
        now: Timestamp,
        next: Timestamp,
    ) -> Result<Vec<u8>, KeyError> {
        if revoked.len() > REVOKED_MAX {
            return Err(KeyError::OutOfBounds("CRL"));
        }
        if next <= now {
            return Err(KeyError::OutOfBounds("validity"));
        }
        let mut by_serial: BTreeMap<(usize, &[u8]), &RevokedCertificate> = BTreeMap::new();
        for entry in revoked {
            let zeros = entry.serial.iter().take_while(|byte| **byte == 0).count();
            let serial = &entry.serial[zeros..];
            // RFC 5280, 4.1.2.2: no certificate has the number zero.
            if serial.is_empty() {
                return Err(KeyError::Malformed("X.509"));
            }
            let place = by_serial.entry((serial.len(), serial)).or_insert(entry);
            if entry.at < place.at {
                *place = entry;
            }
        }
        let entries = by_serial.into_values().map(revoked_entry).collect::<Result<Vec<_>, _>>()?;
        let unusable = |_| KeyError::Malformed("X.509");
        let issuer = self.certificate().tbs_certificate().subject();
        let own_key = public_key_info(&self.public())?;
        let key_id = AuthorityKeyIdentifier::try_from(own_key.owned_to_ref()).map_err(unusable)?;
        let algorithm = AlgorithmIdentifierOwned { oid: ECDSA_WITH_SHA256, parameters: None };
        let list = TbsCertList {
            version: Version::V2,
            signature: algorithm.clone(),
            issuer: issuer.clone(),
            this_update: time(now)?,
            next_update: Some(time(next)?),
            // RFC 5280, 5.1.2.6: absent when nothing is revoked.
            revoked_certificates: Some(entries).filter(|entries| !entries.is_empty()),
            crl_extensions: Some(vec![
                key_id.to_extension(issuer, &[]).map_err(unusable)?,
                CrlNumber::try_from(number).and_then(|n| n.to_extension(issuer, &[])).map_err(unusable)?,
            ]),
        };
        let signature = self.signing_key().sign_hash(&sha256(&[&list.to_der().map_err(unusable)?]));
        let signature = BitString::from_bytes(&signature.to_der().unwrap_or_default()).map_err(unusable)?;
        CertificateList { tbs_cert_list: list, signature_algorithm: algorithm, signature }
            .to_der()
            .map_err(unusable)
    }
}

fn revoked_entry(entry: &RevokedCertificate) -> Result<RevokedCert, KeyError> {
    let unusable = |_| KeyError::Malformed("X.509");
    let reason = match entry.reason {
        CrlReason::KeyCompromise => pkix::CrlReason::KeyCompromise,
        CrlReason::CessationOfOperation => pkix::CrlReason::CessationOfOperation,
        CrlReason::Superseded => pkix::CrlReason::Superseded,
    };
    Ok(RevokedCert {
        serial_number: SerialNumber::new(&entry.serial).map_err(unusable)?,
        revocation_date: time(entry.at)?,
        crl_entry_extensions: Some(vec![reason.to_extension(&Default::default(), &[]).map_err(unusable)?]),
    })
}
