//! Many bodies as columns: the same tag of every body side by side, where they pack three times better than one body
//! after the other. Only a layout: the same bytes come back.
//!
//! A *group* is a list of messages: the number of *shapes* (the keys that a message has), each shape as the number of
//! its keys and the steps between them, a column of numbers with the shape of each message, then one column a key, in
//! ascending order of the keys. A column says first how it is written:
//!
//! | how | numbers | byte strings |
//! |---|---|---|
//! | 0 same | the one number | the one string |
//! | 1 plain | one after the other | a column of their lengths, then all bytes |
//! | 2 differences | zigzag steps, from 0 | |
//! | 3 across | | the common length, then all first bytes, all second bytes … |
//! | 4 dictionary | | the number of distinct strings, these, and a column of numbers that point to them, from 0 |
//! | 5 nested | | a group |
//!
//! All bodies together: a column of numbers with the kind of each (tag 3 of an entry), then one group a kind, in
//! ascending order of the kinds. The encoder chooses and the decoder follows, so that an encoder may learn to choose
//! better.

use crate::codec::{
    DecodeError, Result, Value, parse, put_bytes, put_varint, take, take_bytes, take_varint, unzigzag, zigzag,
};
use std::borrow::Cow;
use std::collections::HashMap;

/// The deepest nesting of groups: entry, event, a part of it, and one to spare.
const DEPTH_MAX: usize = 4;

const SAME: u64 = 0;
const PLAIN: u64 = 1;
const DIFFERENCES: u64 = 2;
const ACROSS: u64 = 3;
const DICTIONARY: u64 = 4;
const NESTED: u64 = 5;

/// The bodies as columns; `None` where one of them is no message at all.
pub(crate) fn shred(bodies: &[&[u8]]) -> Option<Vec<u8>> {
    let messages = bodies.iter().map(|body| parse(body).ok()).collect::<Option<Vec<_>>>()?;
    let kinds: Vec<u64> = messages.iter().map(|message| kind_of(message)).collect();
    let mut out = Vec::new();
    put_numbers(&mut out, &kinds);
    for kind in distinct(kinds.iter().copied()) {
        let of_kind = messages.iter().zip(&kinds).filter(|(_, found)| **found == kind);
        put_group(&mut out, &of_kind.map(|(message, _)| message.as_slice()).collect::<Vec<_>>(), 0);
    }
    Some(out)
}

/// The inverse of [`shred`]. Never makes more than about `budget` bytes, whatever the columns claim.
pub(crate) fn restore(mut bytes: &[u8], count: usize, budget: usize) -> Result<Vec<Vec<u8>>> {
    let mut taker = Taker { bytes: &mut bytes, left: budget, budget };
    let kinds = taker.numbers(count)?;
    let mut groups = HashMap::new();
    for kind in distinct(kinds.iter().copied()) {
        let size = kinds.iter().filter(|found| **found == kind).count();
        groups.insert(kind, taker.group(size, 0)?.into_iter());
    }
    if !bytes.is_empty() {
        return Err(DecodeError::NotCanonical);
    }
    kinds.iter().map(|kind| groups.get_mut(kind).and_then(Iterator::next).ok_or(BROKEN)).collect()
}

const BROKEN: DecodeError = DecodeError::Wrong("columns");

type Message<'a> = Vec<(u64, Value<'a>)>;

fn kind_of(message: &[(u64, Value<'_>)]) -> u64 {
    let kind = message.iter().find_map(|field| match field {
        (3, Value::Varint(kind)) => Some(*kind),
        _ => None,
    });
    kind.unwrap_or_default()
}

fn key_of((tag, value): &(u64, Value<'_>)) -> u64 {
    tag << 1 | u64::from(matches!(value, Value::Bytes(_)))
}

fn distinct(numbers: impl Iterator<Item = u64>) -> Vec<u64> {
    let mut numbers: Vec<u64> = numbers.collect();
    numbers.sort_unstable();
    numbers.dedup();
    numbers
}

fn put_group(out: &mut Vec<u8>, messages: &[&[(u64, Value<'_>)]], depth: usize) {
    let mut shapes: Vec<Vec<u64>> = Vec::new();
    let mut index_of: HashMap<Vec<u64>, u64> = HashMap::new();
    let mut numbers: HashMap<u64, Vec<u64>> = HashMap::new();
    let mut strings: HashMap<u64, Vec<&[u8]>> = HashMap::new();
    let mut shape_of = Vec::with_capacity(messages.len());
    for message in messages {
        let shape: Vec<u64> = message.iter().map(key_of).collect();
        shape_of.push(*index_of.entry(shape).or_insert_with_key(|shape| {
            shapes.push(shape.clone());
            shapes.len() as u64 - 1
        }));
        for field in *message {
            match field.1 {
                Value::Varint(number) => numbers.entry(key_of(field)).or_default().push(number),
                Value::Bytes(bytes) => strings.entry(key_of(field)).or_default().push(bytes),
            }
        }
    }
    put_varint(out, shapes.len() as u64);
    for shape in &shapes {
        put_varint(out, shape.len() as u64);
        let mut last = 0;
        for key in shape {
            put_varint(out, key - last);
            last = *key;
        }
    }
    put_numbers(out, &shape_of);
    for key in distinct(shapes.iter().flatten().copied()) {
        match (numbers.get(&key), strings.get(&key)) {
            (Some(column), _) => put_numbers(out, column),
            (None, Some(column)) => put_strings(out, column, depth),
            (None, None) => {}
        }
    }
}

fn put_numbers(out: &mut Vec<u8>, numbers: &[u64]) {
    if numbers.windows(2).all(|pair| pair[0] == pair[1]) {
        put_varint(out, SAME);
        put_varint(out, numbers.first().copied().unwrap_or_default());
        return;
    }
    let (mut plain, mut steps, mut last) = (Vec::new(), Vec::new(), 0u64);
    for number in numbers {
        put_varint(&mut plain, *number);
        put_varint(&mut steps, zigzag(number.wrapping_sub(last) as i64));
        last = *number;
    }
    let (how, written) = if steps.len() < plain.len() { (DIFFERENCES, steps) } else { (PLAIN, plain) };
    put_varint(out, how);
    out.extend_from_slice(&written);
}

fn put_strings(out: &mut Vec<u8>, strings: &[&[u8]], depth: usize) {
    let mut words: Vec<&[u8]> = Vec::new();
    let mut index_of: HashMap<&[u8], u64> = HashMap::new();
    let pointers: Vec<u64> = strings
        .iter()
        .map(|string| {
            *index_of.entry(string).or_insert_with(|| {
                words.push(string);
                words.len() as u64 - 1
            })
        })
        .collect();
    let length = strings.first().map_or(0, |string| string.len());
    if let [word] = words[..] {
        put_varint(out, SAME);
        put_bytes(out, word);
    } else if words.len() * 2 <= strings.len() {
        put_varint(out, DICTIONARY);
        put_varint(out, words.len() as u64);
        words.iter().for_each(|word| put_bytes(out, word));
        put_numbers(out, &pointers);
    } else if let Some(messages) = nested(strings, depth) {
        put_varint(out, NESTED);
        put_group(out, &messages.iter().map(Vec::as_slice).collect::<Vec<_>>(), depth + 1);
    } else if strings.iter().all(|string| string.len() == length) {
        put_varint(out, ACROSS);
        put_varint(out, length as u64);
        (0..length).for_each(|at| out.extend(strings.iter().map(|string| string[at])));
    } else {
        put_varint(out, PLAIN);
        put_numbers(out, &strings.iter().map(|string| string.len() as u64).collect::<Vec<_>>());
        strings.iter().for_each(|string| out.extend_from_slice(string));
    }
}

/// Strings that are all messages. A short text may look like one by chance: it comes back all the same.
fn nested<'a>(strings: &[&'a [u8]], depth: usize) -> Option<Vec<Message<'a>>> {
    if depth + 1 == DEPTH_MAX {
        return None;
    }
    strings.iter().map(|string| parse(string).ok()).collect()
}

/// Reads columns and counts what they grow to.
struct Taker<'b, 'a> {
    bytes: &'b mut &'a [u8],
    left: usize,
    budget: usize,
}

impl<'a> Taker<'_, 'a> {
    fn spend(&mut self, bytes: usize) -> Result<()> {
        let too_large = DecodeError::TooLarge { what: "frame", most: self.budget };
        self.left = self.left.checked_sub(bytes).ok_or(too_large)?;
        Ok(())
    }

    fn number(&mut self) -> Result<u64> {
        take_varint(self.bytes)
    }

    /// A number that cannot be more than the bytes that are left.
    fn length(&mut self) -> Result<usize> {
        let length = usize::try_from(self.number()?).unwrap_or(usize::MAX);
        if length > self.bytes.len() { Err(DecodeError::Truncated) } else { Ok(length) }
    }

    fn numbers(&mut self, count: usize) -> Result<Vec<u64>> {
        self.spend(count.saturating_mul(8))?;
        match self.number()? {
            SAME => Ok(vec![self.number()?; count]),
            PLAIN => (0..count).map(|_| self.number()).collect(),
            DIFFERENCES => {
                let mut last = 0u64;
                (0..count)
                    .map(|_| {
                        last = last.wrapping_add(unzigzag(self.number()?) as u64);
                        Ok(last)
                    })
                    .collect()
            }
            _ => Err(BROKEN),
        }
    }

    fn strings(&mut self, count: usize, depth: usize) -> Result<Vec<Cow<'a, [u8]>>> {
        self.spend(count.saturating_mul(24))?;
        match self.number()? {
            SAME => Ok(vec![Cow::Borrowed(take_bytes(self.bytes)?); count]),
            PLAIN => {
                let lengths = self.numbers(count)?;
                let cut = |length: u64| take(self.bytes, usize::try_from(length).unwrap_or(usize::MAX));
                lengths.into_iter().map(cut).map(|string| string.map(Cow::Borrowed)).collect()
            }
            ACROSS => {
                let length = self.length()?;
                let all = take(self.bytes, length.checked_mul(count).ok_or(DecodeError::Truncated)?)?;
                let string = |row: usize| (0..length).map(|at| all[at * count + row]).collect();
                Ok((0..count).map(|row| Cow::Owned(string(row))).collect())
            }
            DICTIONARY => {
                let size = self.length()?;
                self.spend(size.saturating_mul(24))?;
                let words = (0..size).map(|_| take_bytes(self.bytes)).collect::<Result<Vec<_>>>()?;
                let word =
                    |pointer: u64| usize::try_from(pointer).ok().and_then(|at| words.get(at)).ok_or(BROKEN);
                self.numbers(count)?.into_iter().map(|at| word(at).map(|word| Cow::Borrowed(*word))).collect()
            }
            NESTED if depth + 1 < DEPTH_MAX => {
                Ok(self.group(count, depth + 1)?.into_iter().map(Cow::Owned).collect())
            }
            _ => Err(BROKEN),
        }
    }

    fn group(&mut self, count: usize, depth: usize) -> Result<Vec<Vec<u8>>> {
        let shapes = (0..self.length()?).map(|_| self.shape()).collect::<Result<Vec<_>>>()?;
        let shape_of = self.numbers(count)?;
        let mut uses = vec![0usize; shapes.len()];
        for index in &shape_of {
            *usize::try_from(*index).ok().and_then(|index| uses.get_mut(index)).ok_or(BROKEN)? += 1;
        }
        let mut sizes: HashMap<u64, usize> = HashMap::new();
        for (shape, uses) in shapes.iter().zip(uses) {
            shape.iter().for_each(|key| *sizes.entry(*key).or_default() += uses);
        }
        let mut numbers = HashMap::new();
        let mut strings = HashMap::new();
        for key in distinct(shapes.iter().flatten().copied()) {
            let size = sizes.get(&key).copied().unwrap_or_default();
            if key & 1 == 0 {
                numbers.insert(key, self.numbers(size)?.into_iter());
            } else {
                strings.insert(key, self.strings(size, depth)?.into_iter());
            }
        }
        let mut messages = Vec::with_capacity(count);
        for index in shape_of {
            let mut message = Vec::new();
            for key in &shapes[index as usize] {
                put_varint(&mut message, *key);
                if key & 1 == 0 {
                    let number = numbers.get_mut(key).and_then(Iterator::next).ok_or(BROKEN)?;
                    put_varint(&mut message, number);
                } else {
                    let string = strings.get_mut(key).and_then(Iterator::next).ok_or(BROKEN)?;
                    self.spend(string.len())?;
                    put_bytes(&mut message, &string);
                }
            }
            messages.push(message);
        }
        Ok(messages)
    }

    fn shape(&mut self) -> Result<Vec<u64>> {
        let size = self.length()?;
        self.spend(size.saturating_mul(8))?;
        let mut last = 0u64;
        (0..size)
            .map(|_| {
                let key = last.checked_add(self.number()?).ok_or(BROKEN)?;
                // Tags ascend, so that what comes back is a message again.
                let ascends = key >> 1 > last >> 1;
                last = key;
                if ascends { Ok(key) } else { Err(BROKEN) }
            })
            .collect()
    }
}
