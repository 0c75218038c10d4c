//! Reading ASN.1 (X.690) that others wrote. A signature is over bytes as they came, so this hands out slices and never
//! encodes again; it takes definite lengths of any form and the indefinite lengths (BER) that some signing programs use.

use der::DateTime;
use payung_domain::Timestamp;
use std::borrow::Cow;

/// Elements inside elements inside elements: no real certificate or signature comes near.
const DEPTH_MAX: usize = 24;

pub(crate) const BOOLEAN: u8 = 0x01;
pub(crate) const INTEGER: u8 = 0x02;
pub(crate) const BIT_STRING: u8 = 0x03;
pub(crate) const OCTET_STRING: u8 = 0x04;
pub(crate) const OID: u8 = 0x06;
pub(crate) const UTC_TIME: u8 = 0x17;
pub(crate) const GENERALIZED_TIME: u8 = 0x18;
pub(crate) const SEQUENCE: u8 = 0x30;
pub(crate) const SET: u8 = 0x31;

/// Not the ASN.1 that belongs here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Odd;

/// One element: its tag, what is inside, and all of it.
#[derive(Clone, Copy)]
pub(crate) struct Element<'a> {
    pub(crate) tag: u8,
    pub(crate) body: &'a [u8],
    pub(crate) raw: &'a [u8],
}

impl<'a> Element<'a> {
    /// The only element of these bytes.
    pub(crate) fn only(bytes: &'a [u8]) -> Result<Self, Odd> {
        let mut elements = Elements(bytes);
        let element = elements.next().ok_or(Odd)??;
        if elements.0.is_empty() { Ok(element) } else { Err(Odd) }
    }

    pub(crate) fn tagged(self, tag: u8) -> Result<Self, Odd> {
        if self.tag == tag { Ok(self) } else { Err(Odd) }
    }

    pub(crate) fn inside(self) -> Elements<'a> {
        Elements(self.body)
    }

    /// The octets of an OCTET STRING; BER may cut one into pieces.
    pub(crate) fn octets(self) -> Result<Cow<'a, [u8]>, Odd> {
        match self.tag {
            OCTET_STRING => Ok(Cow::Borrowed(self.body)),
            0x24 => {
                let mut whole = Vec::with_capacity(self.body.len());
                for piece in self.inside() {
                    whole.extend_from_slice(piece?.tagged(OCTET_STRING)?.body);
                }
                Ok(Cow::Owned(whole))
            }
            _ => Err(Odd),
        }
    }

    /// A BIT STRING of whole bytes.
    pub(crate) fn bits(self) -> Result<&'a [u8], Odd> {
        match self.tagged(BIT_STRING)?.body.split_first() {
            Some((0, bytes)) => Ok(bytes),
            _ => Err(Odd),
        }
    }

    /// The first 16 named bits of a BIT STRING; bit 0 is the highest.
    pub(crate) fn named_bits(self) -> Result<u16, Odd> {
        let (_, bytes) = self.tagged(BIT_STRING)?.body.split_first().ok_or(Odd)?;
        let byte = |index: usize| u16::from(bytes.get(index).copied().unwrap_or(0));
        Ok(byte(0) << 8 | byte(1))
    }

    /// The bytes of an INTEGER that is not negative, without leading zeros; zero is one zero byte.
    pub(crate) fn unsigned(self) -> Result<&'a [u8], Odd> {
        let bytes = self.tagged(INTEGER)?.body;
        if bytes.first().is_none_or(|first| *first >= 0x80) {
            return Err(Odd);
        }
        let start = bytes.iter().position(|byte| *byte != 0).unwrap_or(bytes.len() - 1);
        bytes.get(start..).ok_or(Odd)
    }

    pub(crate) fn small(self) -> Result<u64, Odd> {
        let bytes = self.unsigned()?;
        if bytes.len() > 8 {
            return Err(Odd);
        }
        Ok(bytes.iter().fold(0, |value, byte| value << 8 | u64::from(*byte)))
    }

    /// UTCTime or GeneralizedTime in UTC; fractions of a second up to milliseconds count.
    pub(crate) fn time(self) -> Result<Timestamp, Odd> {
        let text = std::str::from_utf8(self.body).map_err(|_| Odd)?.strip_suffix('Z').ok_or(Odd)?;
        let (whole, fraction) = text.split_once(['.', ',']).unwrap_or((text, ""));
        let year_digits = match self.tag {
            UTC_TIME => 2,
            GENERALIZED_TIME => 4,
            _ => return Err(Odd),
        };
        if whole.len() != year_digits + 10
            || !whole.bytes().chain(fraction.bytes()).all(|b| b.is_ascii_digit())
        {
            return Err(Odd);
        }
        let number = |from: usize, len: usize| -> Result<u16, Odd> {
            whole.get(from..from + len).and_then(|digits| digits.parse().ok()).ok_or(Odd)
        };
        let part = |index: usize| -> Result<u8, Odd> {
            u8::try_from(number(year_digits + 2 * index, 2)?).map_err(|_| Odd)
        };
        let year = match (number(0, year_digits)?, year_digits) {
            // RFC 5280, 4.1.2.5.1.
            (year @ 50.., 2) => 1900 + year,
            (year, 2) => 2000 + year,
            (year, _) => year,
        };
        let date = DateTime::new(year, part(0)?, part(1)?, part(2)?, part(3)?, part(4)?).map_err(|_| Odd)?;
        let milliseconds: i64 = format!("{fraction:0<3}").get(..3).and_then(|d| d.parse().ok()).unwrap_or(0);
        let seconds = i64::try_from(date.unix_duration().as_secs()).map_err(|_| Odd)?;
        Ok(Timestamp(seconds.saturating_mul(1000).saturating_add(milliseconds)))
    }
}

/// The elements that stand one after the other in these bytes.
#[derive(Clone, Copy)]
pub(crate) struct Elements<'a>(pub(crate) &'a [u8]);

impl<'a> Elements<'a> {
    /// The next element, which must carry this tag.
    pub(crate) fn element(&mut self, tag: u8) -> Result<Element<'a>, Odd> {
        self.next().ok_or(Odd)??.tagged(tag)
    }

    /// The next element if it carries this tag.
    pub(crate) fn optional(&mut self, tag: u8) -> Result<Option<Element<'a>>, Odd> {
        if self.0.first() == Some(&tag) { self.element(tag).map(Some) } else { Ok(None) }
    }
}

impl<'a> Iterator for Elements<'a> {
    type Item = Result<Element<'a>, Odd>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.0.is_empty() {
            return None;
        }
        let read = read(self.0, DEPTH_MAX);
        self.0 = match &read {
            Ok(element) => &self.0[element.raw.len()..],
            Err(Odd) => &[],
        };
        Some(read)
    }
}

fn read(bytes: &[u8], depth: usize) -> Result<Element<'_>, Odd> {
    let (&tag, rest) = bytes.split_first().ok_or(Odd)?;
    // Tag numbers above 30 stand in no certificate or signature; tag 0 only ends an indefinite length.
    if tag & 0x1f == 0x1f || tag == 0 {
        return Err(Odd);
    }
    let (&first, rest) = rest.split_first().ok_or(Odd)?;
    let (header, length) = match first {
        0x80 => return indefinite(tag, bytes, depth),
        0..0x80 => (2, usize::from(first)),
        _ => {
            let digits = rest.get(..usize::from(first & 0x7f)).ok_or(Odd)?;
            if digits.len() > 4 {
                return Err(Odd);
            }
            (2 + digits.len(), digits.iter().fold(0, |length, digit| length << 8 | usize::from(*digit)))
        }
    };
    let end = header.checked_add(length).ok_or(Odd)?;
    Ok(Element { tag, body: bytes.get(header..end).ok_or(Odd)?, raw: &bytes[..end] })
}

/// X.690, 8.1.3.6: the content ends at two zero bytes where an element would start.
fn indefinite(tag: u8, bytes: &[u8], depth: usize) -> Result<Element<'_>, Odd> {
    if tag & 0x20 == 0 || depth == 0 {
        return Err(Odd);
    }
    let mut at = 2;
    loop {
        let rest = bytes.get(at..).ok_or(Odd)?;
        if rest.starts_with(&[0, 0]) {
            return Ok(Element { tag, body: &bytes[2..at], raw: &bytes[..at + 2] });
        }
        at += read(rest, depth - 1)?.raw.len();
    }
}

/// One element in DER around these parts.
pub(crate) fn wrap(tag: u8, parts: &[&[u8]]) -> Vec<u8> {
    let length: usize = parts.iter().map(|part| part.len()).sum();
    let mut whole = Vec::with_capacity(length + 6);
    whole.push(tag);
    if length < 0x80 {
        whole.push(length as u8);
    } else {
        let digits = length.to_be_bytes();
        let start = digits.iter().position(|digit| *digit != 0).unwrap_or(digits.len());
        whole.push(0x80 | (digits.len() - start) as u8);
        whole.extend_from_slice(&digits[start..]);
    }
    for part in parts {
        whole.extend_from_slice(part);
    }
    whole
}

/// `1.2.840.10045.2.1` of an OBJECT IDENTIFIER's content. Numbers up to 128 bits (UUIDs under 2.25, X.667).
pub(crate) fn dotted(content: &[u8]) -> Result<String, Odd> {
    let mut numbers = Vec::new();
    let mut value: u128 = 0;
    let mut open = false;
    for byte in content {
        if value >> 121 != 0 {
            return Err(Odd);
        }
        value = value << 7 | u128::from(byte & 0x7f);
        open = byte & 0x80 != 0;
        if !open {
            numbers.push(value);
            value = 0;
        }
    }
    let (first, rest) = numbers.split_first().ok_or(Odd)?;
    if open {
        return Err(Odd);
    }
    let root = (*first / 40).min(2);
    let mut text = format!("{root}.{}", first - root * 40);
    for number in rest {
        text.push('.');
        text.push_str(&number.to_string());
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_of_every_form() {
        for (bytes, body) in [
            (&[0x30, 3, 2, 1, 5][..], &[2, 1, 5][..]),
            (&[0x30, 0x81, 3, 2, 1, 5], &[2, 1, 5]),
            (&[0x30, 0x84, 0, 0, 0, 3, 2, 1, 5], &[2, 1, 5]),
            (&[0x30, 0x80, 2, 1, 5, 0, 0], &[2, 1, 5]),
            (&[0x30, 0x80, 0x30, 0x80, 0, 0, 0, 0], &[0x30, 0x80, 0, 0]),
        ] {
            let element = Element::only(bytes).expect("an element");
            assert_eq!((element.body, element.raw), (body, bytes));
        }
        for bytes in
            [&[][..], &[0x30], &[0x30, 4, 2, 1, 5], &[0x30, 0x85, 0, 0, 0, 0, 0], &[4, 0x80, 0, 0], &[0, 0]]
        {
            assert!(Element::only(bytes).is_err(), "{bytes:?}");
        }
        assert!(Element::only(&[0x30, 0x80].repeat(1000)).is_err(), "nesting has a bound");
    }

    #[test]
    fn times_in_both_forms() {
        let time = |tag, text: &str| Element::only(&wrap(tag, &[text.as_bytes()])).and_then(Element::time);
        assert_eq!(time(UTC_TIME, "261121010000Z"), Ok(Timestamp(1_795_222_800_000)));
        assert_eq!(time(GENERALIZED_TIME, "20261121010000Z"), Ok(Timestamp(1_795_222_800_000)));
        assert_eq!(time(GENERALIZED_TIME, "20261121010000.25Z"), Ok(Timestamp(1_795_222_800_250)));
        for odd in ["261121010000", "26112101000Z", "261321010000Z", "2611210100+0Z", "", "Z", "261121é0000Z"]
        {
            assert_eq!(time(UTC_TIME, odd), Err(Odd), "{odd:?}");
        }
    }

    #[test]
    fn object_identifiers_as_text() {
        assert_eq!(dotted(&[0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01]).as_deref(), Ok("1.2.840.10045.2.1"));
        assert_eq!(dotted(&[0x55, 0x04, 0x03]).as_deref(), Ok("2.5.4.3"));
        assert_eq!(dotted(&[0x69, 0x01]).as_deref(), Ok("2.25.1"));
        assert_eq!(dotted(&[]), Err(Odd));
        assert_eq!(dotted(&[0x2a, 0x86]), Err(Odd));
        assert_eq!(dotted(&[0xff; 40]), Err(Odd));
    }
}
