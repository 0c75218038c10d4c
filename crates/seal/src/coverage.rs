//! What a signature covers. A byte range is believed only where it says exactly "everything but the place of this
//! signature": ranges that say something else are how signed files are forged.

use crate::fields::SignatureField;
use lopdf::xref::XrefEntry;
use lopdf::{Document, Object};
use payung_keys::from_hex;
use std::ops::Range;

/// The byte range of one signature, found to be what it says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Coverage {
    /// With `<` and `>`: what is left out.
    pub gap: Range<usize>,
    /// Where the covered part ends.
    pub end: usize,
    /// What stands in the gap.
    pub contents: Vec<u8>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Uncovered {
    /// The byte range is not exactly around this signature.
    Range,
    /// Something else than the signature stands in its place.
    Gap,
}

impl Coverage {
    pub fn of(bytes: &[u8], document: &Document, field: &SignatureField<'_>) -> Result<Self, Uncovered> {
        let numbers: Vec<usize> = field
            .dictionary
            .get(b"ByteRange")
            .ok()
            .and_then(|range| document.dereference(range).ok())
            .and_then(|(_, range)| range.as_array().ok())
            .map(|range| {
                range.iter().filter_map(|n| n.as_i64().ok().and_then(|n| usize::try_from(n).ok())).collect()
            })
            .unwrap_or_default();
        let [0, before, resume, after] = numbers[..] else { return Err(Uncovered::Range) };
        let end = resume.checked_add(after).filter(|end| *end <= bytes.len()).ok_or(Uncovered::Range)?;
        if before + 2 > resume {
            return Err(Uncovered::Range);
        }
        let gap = before..resume;
        let digits = match &bytes[gap.clone()] {
            [b'<', digits @ .., b'>'] => digits,
            _ => return Err(Uncovered::Range),
        };
        if !stands_in(bytes, document, field, before) {
            return Err(Uncovered::Range);
        }
        let contents = canonical(digits).ok_or(Uncovered::Gap)?;
        let said =
            field.dictionary.get(b"Contents").and_then(Object::as_str).map_err(|_| Uncovered::Range)?;
        if said != contents {
            return Err(Uncovered::Range);
        }
        if has_tail(&contents) {
            return Err(Uncovered::Gap);
        }
        Ok(Self { gap, end, contents })
    }

    /// The covered parts.
    pub fn parts<'a>(&self, bytes: &'a [u8]) -> [&'a [u8]; 2] {
        [&bytes[..self.gap.start], &bytes[self.gap.end..self.end]]
    }
}

/// Whether the gap is the value of `/Contents` inside the object that holds this very signature.
fn stands_in(bytes: &[u8], document: &Document, field: &SignatureField<'_>, gap: usize) -> bool {
    // Offsets count from the header, which may stand behind a little other text.
    let header = crate::file::find(&bytes[..bytes.len().min(1_024)], b"%PDF-").unwrap_or(0);
    let Some(XrefEntry::Normal { offset, .. }) = document.reference_table.entries.get(&field.holder.0) else {
        return false;
    };
    let start = header + *offset as usize;
    let Some(own) = bytes.get(start..gap) else { return false };
    own.trim_ascii_end().ends_with(b"/Contents") && crate::file::find(own, b"endobj").is_none()
}

/// Hexadecimal digits in one case, two to a byte, nothing between: written in one way only.
fn canonical(digits: &[u8]) -> Option<Vec<u8>> {
    let upper = digits.iter().any(u8::is_ascii_uppercase);
    let lower = digits.iter().any(u8::is_ascii_lowercase);
    if upper && lower {
        return None;
    }
    from_hex(std::str::from_utf8(digits).ok()?)
}

/// Whether anything but zeros follows the outermost ASN.1 element.
fn has_tail(contents: &[u8]) -> bool {
    let length = match contents {
        [_, short @ 0..=0x7f, ..] => 2 + usize::from(*short),
        // Of indefinite length: where it ends is for the reader of the signature to say.
        [_, 0x80, ..] => return false,
        [_, long, rest @ ..] => {
            let count = usize::from(*long & 0x7f);
            match rest.get(..count) {
                Some(octets) if count <= 4 => {
                    2 + count + octets.iter().fold(0, |length, octet| length << 8 | usize::from(*octet))
                }
                _ => return true,
            }
        }
        _ => return true,
    };
    contents.get(length..).is_none_or(|tail| tail.iter().any(|byte| *byte != 0))
}
