//! Packing of whole messages: zstd (RFC 8878) inside a length that is checked before anything is unpacked.

use crate::codec::{DecodeError, Result, put_varint, take_varint};

const STORED: u64 = 0;
const ZSTD: u64 = 1;
/// As `ZSTD`, pointing back to bytes that both sides have.
const ZSTD_AGAINST: u64 = 2;
const THOROUGH_LEVEL: i32 = 19;
const QUICK_LEVEL: i32 = 12;
/// Two looks that cost next to nothing, to tell whether a thorough one is worth its time.
const GLANCE_LEVEL: i32 = 3;
const LOOK_LEVEL: i32 = 9;
/// Below this nothing takes long.
const SHORT_BYTES: usize = 1 << 10;
/// Every zstd frame begins with these bytes, so they do not travel.
const MAGIC: [u8; 4] = [0x28, 0xb5, 0x2f, 0xfd];

/// How long a message may be to be packed with all the time it takes, because every byte crosses a weak line. A longer one
/// is packed quickly: an eighth more bytes in a quarter of the time.
#[derive(Clone, Copy)]
pub(crate) enum Thorough {
    /// A laptop packs for itself alone.
    UpToMegabyte,
    /// A district packs for hundreds.
    UpTo64Kilobytes,
}

impl Thorough {
    fn level(self, raw: &[u8]) -> i32 {
        let most = match self {
            Self::UpToMegabyte => 1 << 20,
            Self::UpTo64Kilobytes => 64 << 10,
        };
        match self {
            _ if raw.len() > most => QUICK_LEVEL,
            Self::UpTo64Kilobytes if raw.len() > SHORT_BYTES && says_little(raw) => LOOK_LEVEL,
            _ => THOROUGH_LEVEL,
        }
    }
}

/// Where a closer look finds less than a fiftieth more than a glance, as in answers that all say the same, the closest one
/// finds a hundredth more at best, for twenty times the work. In what people wrote it finds a sixth.
fn says_little(raw: &[u8]) -> bool {
    let (Ok(glance), Ok(look)) = (squeeze(raw, GLANCE_LEVEL, &[]), squeeze(raw, LOOK_LEVEL, &[])) else {
        return false;
    };
    look.len() * 50 > glance.len() * 49
}

/// Bytes that both sides have help a short message; a long one finds its own likeness, and is packed once.
const AGAINST_BYTES_MAX: usize = 64 << 10;

/// Method (varint), length before packing (varint, only for zstd), the rest. Whichever method is shorter.
pub(crate) fn pack(raw: &[u8], thorough: Thorough) -> Vec<u8> {
    pack_at(raw, thorough.level(raw))
}

fn pack_at(raw: &[u8], level: i32) -> Vec<u8> {
    let mut packed = Vec::with_capacity(raw.len() / 4 + 16);
    if let Ok(squeezed) = squeeze(raw, level, &[]) {
        put_varint(&mut packed, ZSTD);
        put_varint(&mut packed, raw.len() as u64);
        packed.extend_from_slice(&squeezed);
        if packed.len() <= raw.len() {
            return packed;
        }
        packed.clear();
    }
    put_varint(&mut packed, STORED);
    packed.extend_from_slice(raw);
    packed
}

/// As [`pack`], with bytes that the reader has too to point back to.
pub(crate) fn pack_against(raw: &[u8], shared: &[u8], thorough: Thorough) -> Vec<u8> {
    let level = thorough.level(raw);
    let alone = pack_at(raw, level);
    if shared.is_empty() || raw.len() > AGAINST_BYTES_MAX {
        return alone;
    }
    let mut packed = Vec::new();
    put_varint(&mut packed, ZSTD_AGAINST);
    put_varint(&mut packed, raw.len() as u64);
    match squeeze(raw, level, shared) {
        Ok(squeezed) if packed.len() + squeezed.len() < alone.len() => {
            packed.extend_from_slice(&squeezed);
            packed
        }
        _ => alone,
    }
}

/// Never makes more than `most` bytes, whatever the packed bytes claim.
pub(crate) fn unpack(packed: &[u8], most: usize, what: &'static str) -> Result<Vec<u8>> {
    unpack_against(packed, &[], most, what)
}

/// As [`unpack`]; `shared` is what the writer pointed back to.
pub(crate) fn unpack_against(
    mut packed: &[u8],
    shared: &[u8],
    most: usize,
    what: &'static str,
) -> Result<Vec<u8>> {
    let too_large = || DecodeError::TooLarge { what, most };
    match take_varint(&mut packed)? {
        STORED if packed.len() > most => Err(too_large()),
        STORED => Ok(packed.to_vec()),
        method @ (ZSTD | ZSTD_AGAINST) => {
            let length = take_varint(&mut packed)?;
            let length = usize::try_from(length).ok().filter(|n| *n <= most).ok_or_else(too_large)?;
            let shared = if method == ZSTD_AGAINST { shared } else { &[] };
            let raw = expand(packed, length, shared).map_err(|_| DecodeError::Wrong(what))?;
            if raw.len() == length { Ok(raw) } else { Err(DecodeError::Wrong(what)) }
        }
        method => Err(DecodeError::TooNew(method)),
    }
}

/// One zstd frame without its magic number, content size and checksum: those bytes are known or guarded elsewhere.
fn squeeze(raw: &[u8], level: i32, shared: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut compressor = match shared {
        [] => zstd::bulk::Compressor::new(level)?,
        shared => zstd::bulk::Compressor::with_dictionary(level, shared)?,
    };
    compressor.include_contentsize(false)?;
    compressor.include_checksum(false)?;
    let mut packed = compressor.compress(raw)?;
    packed.drain(..MAGIC.len());
    Ok(packed)
}

fn expand(packed: &[u8], length: usize, shared: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut decompressor = match shared {
        [] => zstd::bulk::Decompressor::new()?,
        shared => zstd::bulk::Decompressor::with_dictionary(shared)?,
    };
    decompressor.decompress(&[&MAGIC, packed].concat(), length)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Numbers that follow from each other, as far apart as a die would throw them.
    fn thrown(count: usize) -> impl Iterator<Item = usize> {
        (0..count).scan(1_u64, |state, _| {
            *state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            Some((*state >> 40) as usize)
        })
    }

    /// As columns: every answer the same, about one person after the other, each with the two bytes of a mark.
    fn answers() -> Vec<u8> {
        let marks = thrown(1_000).flat_map(|mark| [mark as u8, (mark >> 8) as u8]);
        let same = [vec![1; 8_000], b"Kabupaten Kebumen".to_vec(), vec![2; 20_000]].concat();
        same.into_iter().chain(marks).collect()
    }

    fn people() -> Vec<u8> {
        const WORDS: [&str; 12] = [
            "Suparmi",
            "Kasno",
            "Wagiman",
            "Ngatinem",
            "Dusun Krajan",
            "Dusun Sawah",
            "RT 2",
            "Jalan Melati",
            "petani",
            "nelayan",
            "buruh tani",
            "Slamet",
        ];
        thrown(6_000).flat_map(|at| WORDS[at % WORDS.len()].bytes().chain([(at >> 8) as u8])).collect()
    }

    #[test]
    fn a_district_takes_its_time_only_where_that_saves_bytes() {
        let district = Thorough::UpTo64Kilobytes;
        assert_eq!(district.level(&answers()), LOOK_LEVEL);
        assert_eq!(district.level(&people()), THOROUGH_LEVEL);
        assert_eq!(district.level(&answers()[..SHORT_BYTES]), THOROUGH_LEVEL, "a short one costs nothing");
        assert_eq!(district.level(&vec![7; 100_000]), QUICK_LEVEL);
        assert_eq!(Thorough::UpToMegabyte.level(&answers()), THOROUGH_LEVEL, "a laptop has the time");
        let (quick, thorough) = (pack(&answers(), district), pack(&answers(), Thorough::UpToMegabyte));
        assert!(
            quick.len() * 100 <= thorough.len() * 102,
            "{} against {} bytes",
            quick.len(),
            thorough.len()
        );
    }

    #[test]
    fn whatever_was_packed_comes_back() {
        let shared = people();
        for raw in [Vec::new(), vec![1], answers(), people()] {
            for thorough in [Thorough::UpTo64Kilobytes, Thorough::UpToMegabyte] {
                assert_eq!(unpack(&pack(&raw, thorough), raw.len(), "raw"), Ok(raw.clone()));
                let against = pack_against(&raw, &shared, thorough);
                assert_eq!(unpack_against(&against, &shared, raw.len(), "raw"), Ok(raw.clone()));
            }
        }
    }
}
