//! Packing of whole messages: zstd (RFC 8878) inside a length that is checked before anything is unpacked.

use crate::codec::{DecodeError, Result, put_varint, take_varint};

const STORED: u64 = 0;
const ZSTD: u64 = 1;
/// As `ZSTD`, pointing back to bytes that both sides have.
const ZSTD_AGAINST: u64 = 2;
const THOROUGH_LEVEL: i32 = 19;
const QUICK_LEVEL: i32 = 12;
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
    const fn level(self, bytes: usize) -> i32 {
        let most = match self {
            Self::UpToMegabyte => 1 << 20,
            Self::UpTo64Kilobytes => 64 << 10,
        };
        if bytes <= most { THOROUGH_LEVEL } else { QUICK_LEVEL }
    }
}

/// Bytes that both sides have help a short message; a long one finds its own likeness, and is packed once.
const AGAINST_BYTES_MAX: usize = 64 << 10;

/// Method (varint), length before packing (varint, only for zstd), the rest. Whichever method is shorter.
pub(crate) fn pack(raw: &[u8], thorough: Thorough) -> Vec<u8> {
    let level = thorough.level(raw.len());
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
    let alone = pack(raw, thorough);
    if shared.is_empty() || raw.len() > AGAINST_BYTES_MAX {
        return alone;
    }
    let mut packed = Vec::new();
    put_varint(&mut packed, ZSTD_AGAINST);
    put_varint(&mut packed, raw.len() as u64);
    match squeeze(raw, THOROUGH_LEVEL, shared) {
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
