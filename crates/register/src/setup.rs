//! What a village says about itself when its register is made, and the people who may open it.

use payung_domain::{Clock, Randomness, VillageCode};
use payung_keys::{PublicKey, SigningKey};
use std::fmt;
use std::sync::Arc;
use zeroize::Zeroizing;

/// Time and chance, handed in by the program.
#[derive(Clone)]
pub struct Tools {
    pub clock: Arc<dyn Clock>,
    pub randomness: Arc<dyn Randomness>,
    /// What guessing a passphrase costs. Programs take the default; tests take a cheap one.
    pub cost: payung_keys::KdfCost,
    /// The largest register file, in bytes; `None` leaves it to the disk.
    pub bytes_max: Option<u64>,
}

impl Tools {
    /// With the full cost of guessing, as every program wants it.
    pub fn new(clock: Arc<dyn Clock>, randomness: Arc<dyn Randomness>) -> Self {
        Self { clock, randomness, cost: payung_keys::KdfCost::STANDARD, bytes_max: None }
    }
}

/// Everything a new register is made from.
#[derive(Clone, Debug)]
pub struct Setup {
    pub village: VillageCode,
    pub village_name: String,
    pub district_name: String,
    pub regency_name: String,
    /// *Kepala Desa*, *Perbekel*, *Lurah*: the title the head's room bears.
    pub head_title: String,
    /// File name and text; empty takes the built-in regulation of the regency.
    pub regulations: Vec<(String, String)>,
    /// At least one operator.
    pub people: Vec<NewPerson>,
    /// The window locks itself after so many minutes without a key or a click.
    pub idle_lock_minutes: u32,
}

/// Minutes until the window locks itself, unless the village says otherwise.
pub const IDLE_LOCK_MINUTES_DEFAULT: u32 = 10;

/// Someone who may open the register with a secret of their own.
#[derive(Clone)]
pub struct NewPerson {
    pub name: String,
    pub role: Role,
    /// At least [`SECRET_CHARS_MIN`] characters; a head's secret of digits only, [`HEAD_DIGITS_MIN`].
    pub secret: Zeroizing<String>,
}

impl fmt::Debug for NewPerson {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "NewPerson({:?})", self.role)
    }
}

/// Shortest secret, in characters.
pub const SECRET_CHARS_MIN: usize = 8;
/// Shortest secret of digits only: it wraps the register's key too, so it must stand guessing on a stolen file.
pub const HEAD_DIGITS_MIN: usize = 10;

/// What a person may do. An operator enters and sends; only the head signs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    Operator,
    Head,
}

impl Role {
    pub const fn key(self) -> &'static str {
        match self {
            Self::Operator => "operator",
            Self::Head => "head",
        }
    }

    pub(crate) fn from_key(key: &str) -> Option<Self> {
        [Self::Operator, Self::Head].into_iter().find(|role| role.key() == key)
    }
}

/// A name on the unlock screen, readable without any secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonSlot {
    /// Stands for this person in `unlock` and `enter_head_room`; never used again for another.
    pub id: u32,
    pub name: String,
    pub role: Role,
    /// The head's title; *Operator* for operators.
    pub title: String,
}

/// The one who opened the register, or its head room.
pub type Actor = PersonSlot;

/// Proof that the head opened his room with his own secret. Nothing else makes one, and signing asks for it. Dropped when
/// he leaves: the key in it is then erased from memory.
#[derive(Debug)]
pub struct HeadSession {
    pub(crate) slot: PersonSlot,
    /// Of the register that opened it; another register refuses it.
    pub(crate) register: [u8; 16],
    /// Signs the summaries on the pages; for a statement the secret is asked again.
    pub(crate) key: SigningKey,
    /// The self-issued certificate of the key, DER.
    pub(crate) certificate: Vec<u8>,
}

impl HeadSession {
    pub fn name(&self) -> &str {
        &self.slot.name
    }

    pub fn title(&self) -> &str {
        &self.slot.title
    }

    pub fn person_id(&self) -> u32 {
        self.slot.id
    }

    pub fn key(&self) -> PublicKey {
        self.key.public()
    }
}
