//! The file that carries a round on a stick where there is no line: readable for its receiver alone, signed by its
//! sender, and checked to its last byte before anything of it is believed.

mod file;
mod part;
mod stick;
mod words;

pub use file::{BundleReader, BundleWriter, Parts, bundle_size};
pub use part::Part;
pub use stick::{BUNDLE_SUFFIX, infected, read_from_stick, write_to_stick};
pub use words::{BundleError, INFECTED_WORDS, StickTrouble};

use crate::codec::{DecodeError, Fields, Result, Unknowns, message};
use crate::ids::DeviceId;
use payung_domain::{Timestamp, VillageCode};
use payung_keys::PublicKey;

/// The largest file, in bytes.
pub const BUNDLE_BYTES_MAX: u64 = 1 << 30;
/// What is sealed at a time, in bytes: what a reader needs in memory.
pub const BUNDLE_RECORD_BYTES_MAX: usize = 64 << 10;
/// The longest name of a village, in bytes.
const NAME_BYTES_MAX: usize = 240;

/// Which way a file goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    ToDistrict,
    ToVillage,
}

/// What everybody may read of a file: whose it is and for whom. Nothing about people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BundleHead {
    pub direction: Direction,
    pub village: VillageCode,
    pub village_name: String,
    /// The village's device at one end.
    pub device: DeviceId,
    /// Counted by the sender from 1, for people who speak about a file.
    pub number: u64,
    pub made_at: Timestamp,
    pub sender: PublicKey,
    /// Whose key opens it.
    pub receiver: PublicKey,
    /// The number of the file that this one answers.
    pub answers: Option<u64>,
}

impl Direction {
    const fn number(self) -> u64 {
        match self {
            Self::ToDistrict => 1,
            Self::ToVillage => 2,
        }
    }
}

impl BundleHead {
    /// A name for the file that tells people what it is.
    pub fn file_name(&self) -> String {
        let what = match self.direction {
            Direction::ToDistrict => "kiriman",
            Direction::ToVillage => "jawaban",
        };
        let device = self.device.to_string();
        format!("{what}-{}-{}-{:04}.payungusb", self.village, &device[..4], self.number)
    }

    fn encode(&self) -> Vec<u8> {
        message(|w| {
            w.uint(1, self.direction.number());
            w.text(2, self.village.digits());
            w.text(3, &self.village_name);
            w.bytes(4, &self.device.0);
            w.uint(5, self.number);
            w.int(6, self.made_at.millis());
            w.bytes(7, &self.sender.to_bytes());
            w.bytes(8, &self.receiver.to_bytes());
            if let Some(answers) = self.answers {
                w.uint(9, answers);
            }
        })
    }

    fn decode(bytes: &[u8]) -> Result<Self> {
        let seen = Unknowns::default();
        let mut f = Fields::read(bytes, &seen)?;
        let direction = match f.uint(1, "direction")? {
            1 => Direction::ToDistrict,
            2 => Direction::ToVillage,
            _ => return Err(DecodeError::Unknown("direction")),
        };
        let village = f.text(2, "village")?;
        let village_name = f.text(3, "village's name")?;
        if village_name.len() > NAME_BYTES_MAX {
            return Err(DecodeError::TooLarge { what: "village's name", most: NAME_BYTES_MAX });
        }
        let mut key =
            |tag, what| PublicKey::from_bytes(&f.array(tag, what)?).map_err(|_| DecodeError::Wrong(what));
        let (sender, receiver) = (key(7, "sender")?, key(8, "receiver")?);
        Ok(Self {
            direction,
            village: VillageCode::parse(&village).map_err(|_| DecodeError::Wrong("village"))?,
            village_name,
            device: DeviceId(f.array(4, "device")?),
            number: f.uint(5, "number")?,
            made_at: Timestamp(f.int(6, "made at")?),
            sender,
            receiver,
            answers: f.uint_option(9, "answers")?,
        })
    }
}
