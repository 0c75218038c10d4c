//! Names that need no registry: drawn at random once, or derived from a place in a series.

use crate::codec::{DecodeError, Result, put_varint, take_array, take_varint};
use payung_domain::Randomness;
use payung_domain::ports::random_bytes;
use payung_keys::{from_hex, hex};
use std::fmt;
use std::str::FromStr;

macro_rules! random_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(pub [u8; 16]);

        impl $name {
            pub fn generate(randomness: &dyn Randomness) -> Self {
                Self(random_bytes(randomness))
            }

            pub const fn to_bytes(self) -> [u8; 16] {
                self.0
            }
        }

        impl fmt::Display for $name {
            /// 32 hexadecimal digits.
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&hex(&self.0))
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}({}..)", stringify!($name), hex(&self.0[..4]))
            }
        }

        impl FromStr for $name {
            type Err = DecodeError;

            fn from_str(text: &str) -> Result<Self> {
                from_hex(text)
                    .and_then(|bytes| bytes.try_into().ok())
                    .map(Self)
                    .ok_or(DecodeError::Wrong(stringify!($name)))
            }
        }
    };
}

random_id!(
    /// An append-only series of entries, written by one device (or by the district) alone.
    SeriesId
);
random_id!(
    /// An installation of the village's program. A restored backup is the same device with a new series.
    DeviceId
);

/// A person, a version of a person or a statement: the entry that brought it into being.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct EntityId {
    pub series: SeriesId,
    /// Counted from 1.
    pub seq: u64,
}

impl EntityId {
    pub const fn new(series: SeriesId, seq: u64) -> Self {
        Self { series, seq }
    }

    /// The series' 16 bytes, then the sequence number as a varint.
    pub fn to_bytes(self) -> Vec<u8> {
        let mut bytes = self.series.0.to_vec();
        put_varint(&mut bytes, self.seq);
        bytes
    }

    pub fn from_bytes(mut bytes: &[u8]) -> Result<Self> {
        let id = Self::take(&mut bytes)?;
        if bytes.is_empty() { Ok(id) } else { Err(DecodeError::NotCanonical) }
    }

    pub(crate) fn take(bytes: &mut &[u8]) -> Result<Self> {
        let series = SeriesId(take_array(bytes)?);
        let seq = take_varint(bytes)?;
        if seq == 0 { Err(DecodeError::Wrong("seq")) } else { Ok(Self { series, seq }) }
    }
}

impl fmt::Display for EntityId {
    /// `<32 hexadecimal digits>-<seq>`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.series, self.seq)
    }
}

impl FromStr for EntityId {
    type Err = DecodeError;

    fn from_str(text: &str) -> Result<Self> {
        let wrong = || DecodeError::Wrong("EntityId");
        let (series, seq) = text.split_once('-').ok_or_else(wrong)?;
        let seq: u64 = seq.parse().map_err(|_| wrong())?;
        if seq == 0 { Err(wrong()) } else { Ok(Self { series: series.parse()?, seq }) }
    }
}
