//! The bytes of a file: `PAYUNGB1`; the head's length (2 bytes, big-endian) and the head; the encapsulated key (65
//! bytes); records; the sender's signature (64 bytes) over the SHA-256 of everything before it.
//!
//! A record is 4 bytes, big-endian: the highest bit set on the last one, below it the length; then so many sealed bytes.
//! Those 4 bytes are sealed beside it. What the key is bound to is `payung bundle 1`, a zero byte and the head.

use super::part::{PART_BYTES_MAX, Part};
use super::words::BundleError;
use super::{BUNDLE_BYTES_MAX, BUNDLE_RECORD_BYTES_MAX, BundleHead};
use payung_domain::Randomness;
use payung_keys::{
    ENCAPSULATED_BYTES, Hashing, KeyError, Opener, Purpose, SEALED_EXTRA_BYTES, Sealer, Signature, SigningKey,
};
use std::io::{self, Read, Seek, SeekFrom, Write};

const MAGIC: &[u8; 8] = b"PAYUNGB1";
const HEAD_BYTES_MAX: usize = 1_024;
const LAST: u32 = 1 << 31;
const RECORD_HEADER: u64 = 4;
const SIGNATURE_BYTES: u64 = Signature::LEN as u64;

/// How large a file will be that carries so many bytes of parts under that head.
pub fn bundle_size(head: &BundleHead, parts: u64) -> u64 {
    let records = parts.div_ceil(BUNDLE_RECORD_BYTES_MAX as u64).max(1);
    let fixed = MAGIC.len() + 2 + head.encode().len() + ENCAPSULATED_BYTES;
    fixed as u64 + parts + records * (RECORD_HEADER + SEALED_EXTRA_BYTES as u64) + SIGNATURE_BYTES
}

/// Writes a file. Needs one record's worth of memory.
pub struct BundleWriter<W: Write> {
    out: Hashed<W>,
    sealer: Sealer,
    waiting: Vec<u8>,
}

/// Writes, hashes and counts.
struct Hashed<W> {
    inner: W,
    hashing: Hashing,
    written: u64,
}

impl<W: Write> Hashed<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.inner.write_all(bytes)?;
        self.hashing.add(bytes);
        self.written += bytes.len() as u64;
        Ok(())
    }
}

impl<W: Write> BundleWriter<W> {
    /// Nothing is sealed before the head is written.
    pub fn begin(out: W, head: &BundleHead, randomness: &dyn Randomness) -> Result<Self, BundleError> {
        let head_bytes = head.encode();
        let length = u16::try_from(head_bytes.len()).map_err(|_| BundleError::Damaged)?;
        let (encapsulated, sealer) =
            Sealer::new(&head.receiver, &info(&head_bytes), randomness).map_err(|_| BundleError::Damaged)?;
        let mut out = Hashed { inner: out, hashing: Hashing::default(), written: 0 };
        out.write(MAGIC)?;
        out.write(&length.to_be_bytes())?;
        out.write(&head_bytes)?;
        out.write(&encapsulated)?;
        Ok(Self { out, sealer, waiting: Vec::with_capacity(BUNDLE_RECORD_BYTES_MAX) })
    }

    pub fn add(&mut self, part: &Part) -> Result<(), BundleError> {
        let encoded = part.encode();
        let mut bytes = encoded.as_slice();
        if self.written() + self.waiting.len() as u64 + bytes.len() as u64 > BUNDLE_BYTES_MAX {
            return Err(BundleError::TooLarge);
        }
        while !bytes.is_empty() {
            // A full record waits until it is known not to be the last.
            if self.waiting.len() == BUNDLE_RECORD_BYTES_MAX {
                self.record(0)?;
            }
            let room = BUNDLE_RECORD_BYTES_MAX - self.waiting.len();
            let (now, later) = bytes.split_at(room.min(bytes.len()));
            self.waiting.extend_from_slice(now);
            bytes = later;
        }
        Ok(())
    }

    /// Bytes written so far.
    pub fn written(&self) -> u64 {
        self.out.written
    }

    /// Signs and gives back what was written to, and what names the file: the SHA-256 that was signed.
    pub fn finish(mut self, key: &SigningKey) -> Result<(W, [u8; 32]), BundleError> {
        self.record(LAST)?;
        let digest = self.out.hashing.clone().digest();
        self.out.write(&key.sign(Purpose::Bundle, &digest).to_bytes())?;
        self.out.inner.flush()?;
        Ok((self.out.inner, digest))
    }

    fn record(&mut self, last: u32) -> Result<(), BundleError> {
        let header = ((self.waiting.len() + SEALED_EXTRA_BYTES) as u32 | last).to_be_bytes();
        let sealed = self.sealer.seal(&header, &self.waiting).map_err(|_: KeyError| BundleError::TooLarge)?;
        self.out.write(&header)?;
        self.out.write(&sealed)?;
        self.waiting.clear();
        Ok(())
    }
}

/// A file read once to its end: whole, and signed by the key that its head names. Whether that key may speak, and
/// whether the file is meant for here, is for the caller to ask.
pub struct BundleReader<R> {
    input: R,
    head: BundleHead,
    head_bytes: Vec<u8>,
    encapsulated: [u8; ENCAPSULATED_BYTES],
    records_at: u64,
    digest: [u8; 32],
    size: u64,
}

impl<R: Read + Seek> BundleReader<R> {
    pub fn check(mut input: R) -> Result<Self, BundleError> {
        let size = input.seek(SeekFrom::End(0))?;
        input.seek(SeekFrom::Start(0))?;
        begins_like_one(&mut input)?;
        if size > BUNDLE_BYTES_MAX + SIGNATURE_BYTES {
            return Err(BundleError::TooLarge);
        }
        let mut hashing = Hashing::default();
        hashing.add(MAGIC);
        let length: [u8; 2] = take(&mut input)?;
        hashing.add(&length);
        let length = usize::from(u16::from_be_bytes(length));
        if length > HEAD_BYTES_MAX {
            return Err(BundleError::Damaged);
        }
        let mut head_bytes = vec![0; length];
        read_all(&mut input, &mut head_bytes)?;
        hashing.add(&head_bytes);
        let encapsulated: [u8; ENCAPSULATED_BYTES] = take(&mut input)?;
        hashing.add(&encapsulated);
        let records_at = input.stream_position()?;
        let mut sealed = Vec::new();
        loop {
            let header = record(&mut input, &mut sealed)?;
            hashing.add(&header.to_be_bytes());
            hashing.add(&sealed);
            if header & LAST != 0 {
                break;
            }
        }
        let digest = hashing.digest();
        let signature = Signature::from_bytes(take(&mut input)?);
        if input.stream_position()? != size {
            return Err(BundleError::Damaged);
        }
        let head = BundleHead::decode(&head_bytes).map_err(|_| BundleError::Damaged)?;
        head.sender.verify(Purpose::Bundle, &digest, &signature).map_err(|_| BundleError::Damaged)?;
        Ok(Self { input, head, head_bytes, encapsulated, records_at, digest, size })
    }

    pub const fn head(&self) -> &BundleHead {
        &self.head
    }

    /// Names the file: the SHA-256 that was signed.
    pub const fn digest(&self) -> &[u8; 32] {
        &self.digest
    }

    /// Bytes of the whole file.
    pub const fn size(&self) -> u64 {
        self.size
    }

    /// The second reading. Whatever a stick gives now, it opens only if it was sealed by whom the first reading proved.
    pub fn open(mut self, key: &SigningKey) -> Result<Parts<R>, BundleError> {
        let opener = Opener::new(key, &self.encapsulated, &info(&self.head_bytes))
            .map_err(|_| BundleError::Damaged)?;
        self.input.seek(SeekFrom::Start(self.records_at))?;
        let plain =
            Plain { input: self.input, opener, sealed: Vec::new(), open: Vec::new(), at: 0, last: false };
        Ok(Parts { plain })
    }
}

/// The parts of a file in order.
pub struct Parts<R> {
    plain: Plain<R>,
}

impl<R: Read> Parts<R> {
    /// `None` after the last.
    pub fn next_part(&mut self) -> Result<Option<Part>, BundleError> {
        if self.plain.at_end()? {
            return Ok(None);
        }
        let [kind] = self.plain.take::<1>()?;
        let length = self.plain.length()?;
        let mut content = vec![0; length];
        self.plain.fill(&mut content)?;
        Part::decode(kind, &content).map(Some)
    }
}

/// The opened bytes, a record at a time.
struct Plain<R> {
    input: R,
    opener: Opener,
    sealed: Vec<u8>,
    open: Vec<u8>,
    at: usize,
    last: bool,
}

impl<R: Read> Plain<R> {
    fn at_end(&mut self) -> Result<bool, BundleError> {
        while self.at == self.open.len() {
            if self.last {
                return Ok(true);
            }
            let header = record(&mut self.input, &mut self.sealed)?;
            self.last = header & LAST != 0;
            self.open =
                self.opener.open(&header.to_be_bytes(), &self.sealed).map_err(|_| BundleError::Damaged)?;
            self.at = 0;
        }
        Ok(false)
    }

    fn fill(&mut self, mut into: &mut [u8]) -> Result<(), BundleError> {
        while !into.is_empty() {
            if self.at_end()? {
                return Err(BundleError::Damaged);
            }
            let now = into.len().min(self.open.len() - self.at);
            let (head, rest) = into.split_at_mut(now);
            head.copy_from_slice(&self.open[self.at..self.at + now]);
            self.at += now;
            into = rest;
        }
        Ok(())
    }

    fn take<const N: usize>(&mut self) -> Result<[u8; N], BundleError> {
        let mut bytes = [0; N];
        self.fill(&mut bytes)?;
        Ok(bytes)
    }

    fn length(&mut self) -> Result<usize, BundleError> {
        let mut varint = Vec::new();
        loop {
            let [byte] = self.take::<1>()?;
            varint.push(byte);
            if byte & 0x80 == 0 {
                break;
            }
            if varint.len() > 5 {
                return Err(BundleError::Damaged);
            }
        }
        let length = crate::codec::take_varint(&mut varint.as_slice()).map_err(|_| BundleError::Damaged)?;
        usize::try_from(length).ok().filter(|length| *length <= PART_BYTES_MAX).ok_or(BundleError::Damaged)
    }
}

fn info(head: &[u8]) -> Vec<u8> {
    [b"payung bundle 1\0", head].concat()
}

/// The first 8 bytes tell a foreign file from a damaged one.
fn begins_like_one(input: &mut impl Read) -> Result<(), BundleError> {
    let mut start = Vec::new();
    input.take(MAGIC.len() as u64).read_to_end(&mut start)?;
    if start == MAGIC {
        return Ok(());
    }
    if MAGIC.starts_with(&start) {
        return Err(BundleError::Truncated);
    }
    match start.as_slice() {
        [name @ .., version] if *name == MAGIC[..7] && version.is_ascii_digit() => Err(BundleError::Newer),
        _ => Err(BundleError::NotABundle),
    }
}

/// One record into `sealed`; its header.
fn record(input: &mut impl Read, sealed: &mut Vec<u8>) -> Result<u32, BundleError> {
    let header = u32::from_be_bytes(take(input)?);
    let length = (header & !LAST) as usize;
    if !(SEALED_EXTRA_BYTES..=BUNDLE_RECORD_BYTES_MAX + SEALED_EXTRA_BYTES).contains(&length) {
        return Err(BundleError::Damaged);
    }
    sealed.resize(length, 0);
    read_all(input, sealed)?;
    Ok(header)
}

fn take<const N: usize>(input: &mut impl Read) -> Result<[u8; N], BundleError> {
    let mut bytes = [0; N];
    read_all(input, &mut bytes)?;
    Ok(bytes)
}

fn read_all(input: &mut impl Read, bytes: &mut [u8]) -> Result<(), BundleError> {
    input.read_exact(bytes).map_err(|error| match error.kind() {
        io::ErrorKind::UnexpectedEof => BundleError::Truncated,
        _ => BundleError::Io(error),
    })
}
