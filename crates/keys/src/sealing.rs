//! Sealing for one receiver: HPKE (RFC 9180), DHKEM(P-256, HKDF-SHA256), HKDF-SHA256, ChaCha20Poly1305, base mode.
//!
//! The receiver's key is the P-256 key with which it also signs. Everything sealed after one beginning is one series of
//! records: each opens at its own place alone.

use crate::KeyError;
use crate::signing::{PublicKey, SigningKey};
use hpke::aead::ChaCha20Poly1305;
use hpke::kdf::HkdfSha256;
use hpke::kem::DhP256HkdfSha256;
use hpke::rand_core::{TryCryptoRng, TryRng};
use hpke::{
    Deserializable, Kem, OpModeR, OpModeS, Serializable, aead, setup_receiver, setup_sender_with_rng,
};
use p256::elliptic_curve::sec1::ToSec1Point;
use payung_domain::Randomness;
use std::convert::Infallible;
use std::fmt;

type Curve = DhP256HkdfSha256;

/// What the sender gives the receiver so that it can open: a point of the curve, uncompressed (SEC1).
pub const ENCAPSULATED_BYTES: usize = 65;
/// How much longer a record is than what was sealed in it.
pub const SEALED_EXTRA_BYTES: usize = 16;

/// Seals record after record for one receiver.
pub struct Sealer(aead::AeadCtxS<ChaCha20Poly1305, HkdfSha256, Curve>);

/// Opens them, in the same order.
pub struct Opener(aead::AeadCtxR<ChaCha20Poly1305, HkdfSha256, Curve>);

/// Not for this key, not at this place, or altered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the sealed bytes cannot be opened")]
pub struct NotOpened;

impl Sealer {
    /// `info` must be the same at both ends: what it says cannot be changed on the way.
    pub fn new(
        receiver: &PublicKey,
        info: &[u8],
        randomness: &dyn Randomness,
    ) -> Result<([u8; ENCAPSULATED_BYTES], Self), KeyError> {
        let refused = |_| KeyError::Malformed("HPKE");
        let point = p256::PublicKey::from_sec1_bytes(&receiver.to_bytes())
            .map_err(|_| KeyError::Malformed("P-256"))?;
        let point = point.as_affine().to_sec1_point(false);
        let receiver = <Curve as Kem>::PublicKey::from_bytes(point.as_bytes()).map_err(refused)?;
        let (encapsulated, context) = setup_sender_with_rng::<ChaCha20Poly1305, HkdfSha256, Curve>(
            &OpModeS::Base,
            &receiver,
            info,
            &mut Drawn(randomness),
        )
        .map_err(refused)?;
        let mut bytes = [0; ENCAPSULATED_BYTES];
        encapsulated.write_exact(&mut bytes);
        Ok((bytes, Self(context)))
    }

    /// The next record. `beside` is not in it, but must be the same where it is opened.
    pub fn seal(&mut self, beside: &[u8], plain: &[u8]) -> Result<Vec<u8>, KeyError> {
        // Refused only after 2^64 records.
        self.0.seal(plain, beside).map_err(|_| KeyError::OutOfBounds("HPKE"))
    }
}

impl Opener {
    pub fn new(receiver: &SigningKey, encapsulated: &[u8], info: &[u8]) -> Result<Self, NotOpened> {
        let scalar = zeroize::Zeroizing::new(receiver.inner().to_bytes());
        let key = <Curve as Kem>::PrivateKey::from_bytes(scalar.as_slice()).map_err(|_| NotOpened)?;
        let encapsulated = <Curve as Kem>::EncappedKey::from_bytes(encapsulated).map_err(|_| NotOpened)?;
        setup_receiver(&OpModeR::Base, &key, &encapsulated, info).map(Self).map_err(|_| NotOpened)
    }

    /// The next record; one that does not open leaves the place where it was.
    pub fn open(&mut self, beside: &[u8], sealed: &[u8]) -> Result<Vec<u8>, NotOpened> {
        self.0.open(sealed, beside).map_err(|_| NotOpened)
    }
}

impl fmt::Debug for Sealer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Sealer(..)")
    }
}

impl fmt::Debug for Opener {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Opener(..)")
    }
}

/// The house's randomness as this library wants it.
struct Drawn<'a>(&'a dyn Randomness);

impl TryRng for Drawn<'_> {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        Ok(u32::from_le_bytes(payung_domain::ports::random_bytes(self.0)))
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        Ok(u64::from_le_bytes(payung_domain::ports::random_bytes(self.0)))
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Infallible> {
        self.0.fill(bytes);
        Ok(())
    }
}

impl TryCryptoRng for Drawn<'_> {}
