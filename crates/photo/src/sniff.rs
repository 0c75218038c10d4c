//! What a file is by its first bytes, and whether a picture goes on to its end.

use crate::PhotoError;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Jpeg { progressive: bool },
    Png,
}

/// # Errors
/// Everything that is not a whole JPEG or PNG, by name.
pub(crate) fn kind(bytes: &[u8]) -> Result<Kind, PhotoError> {
    let starts = |with: &[u8]| bytes.starts_with(with);
    if starts(&[0xff, 0xd8, 0xff]) {
        return jpeg(bytes);
    }
    if starts(b"\x89PNG\r\n\x1a\n") {
        return png(bytes);
    }
    Err(match bytes {
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => PhotoError::WebP,
        [_, _, _, _, b'f', b't', b'y', b'p', brand @ ..] => of_brand(brand.get(..4).unwrap_or_default()),
        _ if bytes[..bytes.len().min(1_024)].windows(5).any(|window| window == b"%PDF-") => PhotoError::Pdf,
        _ if starts(b"GIF8") => PhotoError::OtherPicture("GIF"),
        _ if starts(b"II*\0") || starts(b"MM\0*") => PhotoError::OtherPicture("TIFF"),
        _ if starts(b"BM") => PhotoError::OtherPicture("BMP"),
        // JPEG XL, bare and in its box.
        _ if starts(&[0xff, 0x0a]) || starts(b"\0\0\0\x0cJXL ") => PhotoError::OtherPicture("JPEG XL"),
        _ if starts(&[0x1a, 0x45, 0xdf, 0xa3]) => PhotoError::Video,
        _ => PhotoError::NotAPicture,
    })
}

/// Of an ISO base media file.
fn of_brand(brand: &[u8]) -> PhotoError {
    match brand {
        b"heic" | b"heix" | b"hevc" | b"hevx" | b"heim" | b"heis" | b"mif1" | b"msf1" => PhotoError::Heic,
        b"avif" | b"avis" => PhotoError::OtherPicture("AVIF"),
        _ => PhotoError::Video,
    }
}

/// Walks from chunk to chunk: a decoder that has all pixels does not miss the end.
fn png(bytes: &[u8]) -> Result<Kind, PhotoError> {
    let mut rest = bytes.get(8..).unwrap_or_default();
    loop {
        let ([a, b, c, d, name @ ..], chunk) = rest.split_first_chunk::<8>().ok_or(PhotoError::Broken)?;
        let length = u32::from_be_bytes([*a, *b, *c, *d]) as usize;
        // Four bytes of checksum follow, which the decoder looks at.
        let after = length.checked_add(4).and_then(|end| chunk.get(end..)).ok_or(PhotoError::Broken)?;
        if name == b"IEND" {
            return Ok(Kind::Png);
        }
        rest = after;
    }
}

const START_OF_SCAN: u8 = 0xda;
const END_OF_IMAGE: u8 = 0xd9;

/// Walks from marker to marker to the end of the picture: decoders fill what is missing with grey and say nothing.
/// What cameras append after the end does not count.
fn jpeg(bytes: &[u8]) -> Result<Kind, PhotoError> {
    let byte = |at: usize| bytes.get(at).copied().ok_or(PhotoError::Broken);
    let (mut at, mut progressive) = (2, false);
    loop {
        if byte(at)? != 0xff {
            return Err(PhotoError::Broken);
        }
        let marker = byte(at + 1)?;
        match marker {
            // Any number of fill bytes may stand before a marker.
            0xff => at += 1,
            END_OF_IMAGE => return Ok(Kind::Jpeg { progressive }),
            0x01 | 0xd0..=0xd7 => at += 2,
            _ => {
                progressive |= marker == 0xc2;
                let length = usize::from(byte(at + 2)?) << 8 | usize::from(byte(at + 3)?);
                if length < 2 {
                    return Err(PhotoError::Broken);
                }
                at += 2 + length;
                if marker == START_OF_SCAN {
                    at = scan_end(bytes, at).ok_or(PhotoError::Broken)?;
                }
            }
        }
    }
}

/// Where the next marker stands that is neither a stuffed byte nor a restart.
fn scan_end(bytes: &[u8], mut at: usize) -> Option<usize> {
    loop {
        at += bytes.get(at..)?.iter().position(|byte| *byte == 0xff)?;
        match *bytes.get(at + 1)? {
            0x00 | 0xd0..=0xd7 => at += 2,
            0xff => at += 1,
            _ => return Some(at),
        }
    }
}
