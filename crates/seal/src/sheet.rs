//! The line that each page of a statement carries as a QR code: to which statement the sheet belongs, and who says so.
//!
//! `PAYUNG1:<41-letter text>/<page>`. The text is the summary and the signature over it, two bytes in three letters of
//! an alphabet that QR codes pack densely (ISO/IEC 18004 alphanumeric mode) and that leaves out what separates. The
//! page number is appended by the printer and is not signed: a sheet says where it belongs, never that it was signed.

use crate::SealError;
use payung_domain::{CivilDate, VillageCode};
use payung_keys::{BadSignature, PublicKey, Purpose, Signature, hex};
use std::fmt;

/// Longest text without the page number, so that the code stays coarse enough for a scanner.
pub const SHEET_TEXT_MAX: usize = 340;
/// Highest page number read.
const PAGE_MAX: u32 = 9_999;

const NAME: &str = "PAYUNG";
const PREFIX: &str = "PAYUNG1:";
const ALPHABET: &[u8; 41] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ$*+-.";

/// Bytes of everything but the two texts: content, village, date, people, key, signature, two lengths.
const FIXED: usize = 32 + 5 + 4 + 4 + 33 + Signature::LEN + 2;
/// Bytes for number and signer together.
const TEXTS: usize = (SHEET_TEXT_MAX - PREFIX.len()) / 3 * 2 - FIXED;
const NUMBER: usize = 40;

/// What a sheet says of its statement. Long texts are cut, with an ellipsis, to what a code can hold.
#[derive(Clone, PartialEq, Eq)]
pub struct Summary {
    /// SHA-256 of the embedded `statement.json`: the code printed on every page.
    pub content: [u8; 32],
    pub village: VillageCode,
    pub date: CivilDate,
    pub people: u32,
    pub number: String,
    pub signer: String,
    pub key: PublicKey,
}

impl fmt::Debug for Summary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Summary({}, {} people)", hex(&self.content[..8]), self.people)
    }
}

impl Summary {
    /// The bytes that the head's key signs with [`Purpose::Summary`].
    pub fn to_sign(&self) -> Vec<u8> {
        let number = cut(&self.number, NUMBER);
        let signer = cut(&self.signer, TEXTS - number.len());
        let village: u64 = self.village.digits().parse().unwrap_or_default();
        let mut bytes = Vec::with_capacity(FIXED + TEXTS);
        bytes.extend_from_slice(&self.content);
        bytes.extend_from_slice(&village.to_be_bytes()[3..]);
        bytes.extend_from_slice(&days(self.date).to_be_bytes());
        bytes.extend_from_slice(&self.people.to_be_bytes());
        bytes.extend_from_slice(&self.key.to_bytes());
        for text in [number, signer] {
            // Both fit a byte: TEXTS is far below 256.
            bytes.push(text.len() as u8);
            bytes.extend_from_slice(text.as_bytes());
        }
        bytes
    }

    /// The text of the QR code, at most [`SHEET_TEXT_MAX`] letters; the printer appends `/` and the page.
    pub fn text(&self, signature: &Signature) -> String {
        let mut bytes = self.to_sign();
        bytes.extend_from_slice(&signature.to_bytes());
        format!("{PREFIX}{}", encode(&bytes))
    }

    fn read(bytes: &[u8]) -> Option<Self> {
        let mut rest = bytes;
        let content = take::<32>(&mut rest)?;
        let [a, b, c, d, e] = take::<5>(&mut rest)?;
        let village = u64::from_be_bytes([0, 0, 0, a, b, c, d, e]);
        let date = date(i32::from_be_bytes(take(&mut rest)?))?;
        let people = u32::from_be_bytes(take(&mut rest)?);
        let key = PublicKey::from_bytes(&take(&mut rest)?).ok()?;
        let number = take_text(&mut rest)?;
        let signer = take_text(&mut rest)?;
        let village = VillageCode::parse(&format!("{village:010}")).ok()?;
        rest.is_empty().then_some(Self { content, village, date, people, number, signer, key })
    }
}

/// One sheet's code as it was read. Not yet known to be genuine: see [`Sheet::verify`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sheet {
    pub summary: Summary,
    pub signature: Signature,
    /// From 1.
    pub page: u32,
}

impl Sheet {
    /// `None`: the text is not from Payung, some other code that happened to be on the paper.
    pub fn parse(text: &str) -> Option<Result<Self, SealError>> {
        let text = text.trim();
        if let Some(rest) = text.strip_prefix(PREFIX) {
            return Some(Self::read(rest).ok_or(SealError::SheetDamaged));
        }
        let (version, _) = text.strip_prefix(NAME)?.split_once(':')?;
        let known_shape = !version.is_empty() && version.bytes().all(|b| b.is_ascii_digit());
        known_shape.then_some(Err(SealError::SheetNewer))
    }

    /// Whether the key named in the summary signed it. Whose key it is, the district's record says.
    pub fn verify(&self) -> Result<(), BadSignature> {
        self.summary.key.verify(Purpose::Summary, &self.summary.to_sign(), &self.signature)
    }

    fn read(rest: &str) -> Option<Self> {
        let (code, page) = rest.rsplit_once('/')?;
        let canonical_page = !page.starts_with('0') && page.bytes().all(|b| b.is_ascii_digit());
        let page: u32 = page.parse().ok().filter(|page| canonical_page && (1..=PAGE_MAX).contains(page))?;
        let bytes = decode(code)?;
        let (summary, signature) = bytes.split_last_chunk::<{ Signature::LEN }>()?;
        let sheet =
            Self { summary: Summary::read(summary)?, signature: Signature::from_bytes(*signature), page };
        // One statement, one spelling.
        (sheet.summary.to_sign() == *summary).then_some(sheet)
    }
}

fn encode(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len().div_ceil(2) * 3);
    for pair in bytes.chunks(2) {
        let (mut value, letters) = match pair {
            [high, low] => (usize::from(*high) << 8 | usize::from(*low), 3),
            rest => (rest.iter().fold(0, |_, byte| usize::from(*byte)), 2),
        };
        for _ in 0..letters {
            text.push(char::from(ALPHABET[value % 41]));
            value /= 41;
        }
    }
    text
}

fn decode(text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len() / 3 * 2 + 1);
    for letters in text.as_bytes().chunks(3) {
        let mut value = 0;
        for letter in letters.iter().rev() {
            value = value * 41 + ALPHABET.iter().position(|known| known == letter)?;
        }
        match letters.len() {
            3 => bytes.extend_from_slice(&u16::try_from(value).ok()?.to_be_bytes()),
            2 => bytes.push(u8::try_from(value).ok()?),
            _ => return None,
        }
    }
    Some(bytes)
}

/// At most `most` bytes; what is cut ends in an ellipsis, and cutting again changes nothing.
fn cut(text: &str, most: usize) -> String {
    if text.len() <= most {
        return text.to_owned();
    }
    let end = text.floor_char_boundary(most.saturating_sub('…'.len_utf8()));
    format!("{}…", &text[..end])
}

fn take<const N: usize>(rest: &mut &[u8]) -> Option<[u8; N]> {
    let (head, tail) = rest.split_first_chunk::<N>()?;
    *rest = tail;
    Some(*head)
}

fn take_text(rest: &mut &[u8]) -> Option<String> {
    let [length] = take(rest)?;
    let (text, tail) = rest.split_at_checked(usize::from(length))?;
    *rest = tail;
    String::from_utf8(text.to_vec()).ok()
}

/// Days since 1970-01-01; the years 1 to 9999 fit.
fn days(date: CivilDate) -> i32 {
    i32::try_from(date.days_since_epoch()).unwrap_or_default()
}

fn date(days: i32) -> Option<CivilDate> {
    let epoch = payung_domain::UtcOffset { hours: 0 };
    let date = payung_domain::Timestamp(i64::from(days) * 86_400_000).civil_date(epoch);
    (date.days_since_epoch() == i64::from(days)).then_some(date)
}
