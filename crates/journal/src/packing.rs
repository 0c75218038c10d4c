//! Packing of whole messages: zstd (RFC 8878) inside a length that is checked before anything is unpacked.

use crate::codec::{DecodeError, Result, put_varint, take_varint};

const STORED: u64 = 0;
const ZSTD: u64 = 1;
/// Up to this many bytes packing takes its time, because every byte crosses a weak line.
const THOROUGH_BYTES_MAX: usize = 1 << 20;
const THOROUGH_LEVEL: i32 = 19;
const QUICK_LEVEL: i32 = 9;
/// Every zstd frame begins with these bytes, so they do not travel.
const MAGIC: [u8; 4] = [0x28, 0xb5, 0x2f, 0xfd];

/// Method (varint), length before packing (varint, only for zstd), the rest. Whichever method is shorter.
pub(crate) fn pack(raw: &[u8]) -> Vec<u8> {
    let level = if raw.len() <= THOROUGH_BYTES_MAX { THOROUGH_LEVEL } else { QUICK_LEVEL };
    let mut packed = Vec::with_capacity(raw.len() / 4 + 16);
    if let Ok(squeezed) = squeeze(raw, level) {
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

/// Never makes more than `most` bytes, whatever the packed bytes claim.
pub(crate) fn unpack(mut packed: &[u8], most: usize, what: &'static str) -> Result<Vec<u8>> {
    let too_large = || DecodeError::TooLarge { what, most };
    match take_varint(&mut packed)? {
        STORED if packed.len() > most => Err(too_large()),
        STORED => Ok(packed.to_vec()),
        ZSTD => {
            let length = take_varint(&mut packed)?;
            let length = usize::try_from(length).ok().filter(|n| *n <= most).ok_or_else(too_large)?;
            let raw = expand(packed, length).map_err(|_| DecodeError::Wrong(what))?;
            if raw.len() == length { Ok(raw) } else { Err(DecodeError::Wrong(what)) }
        }
        method => Err(DecodeError::TooNew(method)),
    }
}

/// One zstd frame without its magic number, content size and checksum: those bytes are known or guarded elsewhere.
fn squeeze(raw: &[u8], level: i32) -> std::io::Result<Vec<u8>> {
    let mut compressor = zstd::bulk::Compressor::new(level)?;
    compressor.include_contentsize(false)?;
    compressor.include_checksum(false)?;
    let mut packed = compressor.compress(raw)?;
    packed.drain(..MAGIC.len());
    Ok(packed)
}

fn expand(packed: &[u8], length: usize) -> std::io::Result<Vec<u8>> {
    let mut decompressor = zstd::bulk::Decompressor::new()?;
    decompressor.decompress(&[&MAGIC, packed].concat(), length)
}
