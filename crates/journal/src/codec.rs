//! The tagged encoding that entries, frames and messages share. The crate's page is its specification.

use std::cell::Cell;

/// The longest text inside an entry or message, in bytes of UTF-8.
pub const TEXT_BYTES_MAX: usize = 16_384;
/// The most items in a list inside an entry or message.
pub const LIST_ITEMS_MAX: usize = 65_536;

/// Why bytes are not what they should be. Never names a value: the bytes may hold personal data.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DecodeError {
    #[error("the bytes end too early")]
    Truncated,
    #[error("not the one canonical encoding")]
    NotCanonical,
    #[error("{what} is larger than {most}")]
    TooLarge { what: &'static str, most: usize },
    #[error("{0} is missing")]
    Missing(&'static str),
    #[error("{0} cannot be read")]
    Wrong(&'static str),
    /// A newer program wrote this: a number that stands for a word unknown here.
    #[error("{0} has a value unknown to this version")]
    Unknown(&'static str),
    #[error("version {0} is newer than this program")]
    TooNew(u64),
}

pub(crate) type Result<T> = std::result::Result<T, DecodeError>;

/// Writes one tagged message. Tags must be written in ascending order.
#[derive(Default)]
pub(crate) struct Writer {
    out: Vec<u8>,
    last: u64,
}

const VARINT: u64 = 0;
const BYTES: u64 = 1;

impl Writer {
    pub fn new() -> Self {
        Self::default()
    }

    pub fn uint(&mut self, tag: u64, value: u64) {
        self.key(tag, VARINT);
        put_varint(&mut self.out, value);
    }

    pub fn int(&mut self, tag: u64, value: i64) {
        self.uint(tag, zigzag(value));
    }

    pub fn bytes(&mut self, tag: u64, value: &[u8]) {
        self.key(tag, BYTES);
        put_bytes(&mut self.out, value);
    }

    pub fn text(&mut self, tag: u64, value: &str) {
        self.bytes(tag, value.as_bytes());
    }

    pub fn text_option(&mut self, tag: u64, value: Option<&str>) {
        if let Some(value) = value {
            self.text(tag, value);
        }
    }

    pub fn message(&mut self, tag: u64, write: impl FnOnce(&mut Writer)) {
        let mut inner = Writer::new();
        write(&mut inner);
        self.bytes(tag, &inner.finish());
    }

    /// A list of byte strings; an empty list is left out.
    pub fn list(&mut self, tag: u64, items: impl IntoIterator<Item = Vec<u8>>) {
        let mut all = Vec::new();
        for item in items {
            put_bytes(&mut all, &item);
        }
        if !all.is_empty() {
            self.bytes(tag, &all);
        }
    }

    /// Bytes that already are a message.
    pub fn raw(&mut self, bytes: &[u8]) {
        self.out.extend_from_slice(bytes);
    }

    pub fn finish(self) -> Vec<u8> {
        self.out
    }

    fn key(&mut self, tag: u64, wire: u64) {
        debug_assert!(tag > self.last, "tag {tag} after {}", self.last);
        self.last = tag;
        put_varint(&mut self.out, tag << 1 | wire);
    }
}

/// A message under construction in one expression.
pub(crate) fn message(write: impl FnOnce(&mut Writer)) -> Vec<u8> {
    let mut writer = Writer::new();
    write(&mut writer);
    writer.finish()
}

#[derive(Clone, Copy, Debug)]
pub(crate) enum Value<'a> {
    Varint(u64),
    Bytes(&'a [u8]),
}

/// The fields of one message, taken one by one. What is left over was written by a newer program.
pub(crate) struct Fields<'a> {
    fields: Vec<Option<(u64, Value<'a>)>>,
    seen: &'a Unknowns,
}

/// Remembers whether anything was skipped that this program does not know.
#[derive(Default)]
pub(crate) struct Unknowns(Cell<bool>);

impl Unknowns {
    pub fn mark(&self) {
        self.0.set(true);
    }

    pub fn any(&self) -> bool {
        self.0.get()
    }
}

/// Every field of a message, in the order in which they stand.
pub(crate) fn parse(mut bytes: &[u8]) -> Result<Vec<(u64, Value<'_>)>> {
    let mut fields = Vec::new();
    let mut last = 0;
    while !bytes.is_empty() {
        let key = take_varint(&mut bytes)?;
        let tag = key >> 1;
        if tag <= last {
            return Err(DecodeError::NotCanonical);
        }
        last = tag;
        let value = if key & 1 == VARINT {
            Value::Varint(take_varint(&mut bytes)?)
        } else {
            Value::Bytes(take_bytes(&mut bytes)?)
        };
        fields.push((tag, value));
    }
    Ok(fields)
}

impl<'a> Fields<'a> {
    pub fn read(bytes: &'a [u8], seen: &'a Unknowns) -> Result<Self> {
        let fields = parse(bytes)?.into_iter().map(Some).collect();
        Ok(Self { fields, seen })
    }

    pub fn unknowns(&self) -> &'a Unknowns {
        self.seen
    }

    pub fn has(&self, tag: u64) -> bool {
        self.fields.iter().flatten().any(|(found, _)| *found == tag)
    }

    fn take(&mut self, tag: u64) -> Option<Value<'a>> {
        let slot = self.fields.iter_mut().find(|slot| matches!(slot, Some((found, _)) if *found == tag))?;
        slot.take().map(|(_, value)| value)
    }

    pub fn uint_option(&mut self, tag: u64, what: &'static str) -> Result<Option<u64>> {
        match self.take(tag) {
            None => Ok(None),
            Some(Value::Varint(value)) => Ok(Some(value)),
            Some(Value::Bytes(_)) => Err(DecodeError::Wrong(what)),
        }
    }

    pub fn uint(&mut self, tag: u64, what: &'static str) -> Result<u64> {
        self.uint_option(tag, what)?.ok_or(DecodeError::Missing(what))
    }

    pub fn int(&mut self, tag: u64, what: &'static str) -> Result<i64> {
        self.uint(tag, what).map(unzigzag)
    }

    pub fn bool(&mut self, tag: u64, what: &'static str) -> Result<bool> {
        match self.uint(tag, what)? {
            0 => Ok(false),
            1 => Ok(true),
            _ => Err(DecodeError::Wrong(what)),
        }
    }

    pub fn bytes_option(&mut self, tag: u64, what: &'static str) -> Result<Option<&'a [u8]>> {
        match self.take(tag) {
            None => Ok(None),
            Some(Value::Bytes(value)) => Ok(Some(value)),
            Some(Value::Varint(_)) => Err(DecodeError::Wrong(what)),
        }
    }

    pub fn bytes(&mut self, tag: u64, what: &'static str) -> Result<&'a [u8]> {
        self.bytes_option(tag, what)?.ok_or(DecodeError::Missing(what))
    }

    pub fn array<const N: usize>(&mut self, tag: u64, what: &'static str) -> Result<[u8; N]> {
        self.bytes(tag, what)?.try_into().map_err(|_| DecodeError::Wrong(what))
    }

    pub fn text(&mut self, tag: u64, what: &'static str) -> Result<String> {
        read_text(self.bytes(tag, what)?, what)
    }

    pub fn text_option(&mut self, tag: u64, what: &'static str) -> Result<Option<String>> {
        self.bytes_option(tag, what)?.map(|bytes| read_text(bytes, what)).transpose()
    }

    /// A nested message.
    pub fn message(&mut self, tag: u64, what: &'static str) -> Result<Fields<'a>> {
        Fields::read(self.bytes(tag, what)?, self.seen)
    }

    pub fn message_option(&mut self, tag: u64, what: &'static str) -> Result<Option<Fields<'a>>> {
        self.bytes_option(tag, what)?.map(|bytes| Fields::read(bytes, self.seen)).transpose()
    }

    /// The items of a list; an absent list is empty.
    pub fn list(&mut self, tag: u64, what: &'static str) -> Result<Vec<&'a [u8]>> {
        let Some(mut bytes) = self.bytes_option(tag, what)? else {
            return Ok(Vec::new());
        };
        let mut items = Vec::new();
        while !bytes.is_empty() {
            if items.len() == LIST_ITEMS_MAX {
                return Err(DecodeError::TooLarge { what, most: LIST_ITEMS_MAX });
            }
            items.push(take_bytes(&mut bytes)?);
        }
        if items.is_empty() { Err(DecodeError::NotCanonical) } else { Ok(items) }
    }

    /// Every remaining field, for messages whose tags are themselves data.
    pub fn rest(&mut self) -> Vec<(u64, Value<'a>)> {
        self.fields.iter_mut().filter_map(Option::take).collect()
    }

    /// Ends the reading: what is left was written by a newer program.
    pub fn finish(&self) {
        if self.fields.iter().any(Option::is_some) {
            self.seen.mark();
        }
    }
}

pub(crate) fn read_text(bytes: &[u8], what: &'static str) -> Result<String> {
    if bytes.len() > TEXT_BYTES_MAX {
        return Err(DecodeError::TooLarge { what, most: TEXT_BYTES_MAX });
    }
    std::str::from_utf8(bytes).map(str::to_owned).map_err(|_| DecodeError::Wrong(what))
}

pub(crate) fn put_varint(out: &mut Vec<u8>, mut value: u64) {
    while value >= 0x80 {
        out.push(value as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}

pub(crate) fn put_bytes(out: &mut Vec<u8>, bytes: &[u8]) {
    put_varint(out, bytes.len() as u64);
    out.extend_from_slice(bytes);
}

pub(crate) fn take_varint(bytes: &mut &[u8]) -> Result<u64> {
    let mut value = 0u64;
    for index in 0..10 {
        let (byte, rest) = bytes.split_first().ok_or(DecodeError::Truncated)?;
        *bytes = rest;
        let part = u64::from(byte & 0x7f);
        if index == 9 && part > 1 {
            return Err(DecodeError::NotCanonical);
        }
        value |= part << (7 * index);
        if byte & 0x80 == 0 {
            // A last byte of zero could have been left out.
            return if *byte == 0 && index > 0 { Err(DecodeError::NotCanonical) } else { Ok(value) };
        }
    }
    Err(DecodeError::NotCanonical)
}

pub(crate) fn take_bytes<'a>(bytes: &mut &'a [u8]) -> Result<&'a [u8]> {
    let length = usize::try_from(take_varint(bytes)?).map_err(|_| DecodeError::Truncated)?;
    take(bytes, length)
}

pub(crate) fn take<'a>(bytes: &mut &'a [u8], length: usize) -> Result<&'a [u8]> {
    let (head, rest) = bytes.split_at_checked(length).ok_or(DecodeError::Truncated)?;
    *bytes = rest;
    Ok(head)
}

pub(crate) fn take_array<const N: usize>(bytes: &mut &[u8]) -> Result<[u8; N]> {
    take(bytes, N)?.try_into().map_err(|_| DecodeError::Truncated)
}

/// 0, -1, 1, -2, 2 … as 0, 1, 2, 3, 4 …
pub(crate) const fn zigzag(value: i64) -> u64 {
    ((value << 1) ^ (value >> 63)) as u64
}

pub(crate) const fn unzigzag(value: u64) -> i64 {
    (value >> 1) as i64 ^ -((value & 1) as i64)
}
