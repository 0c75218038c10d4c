//! How many shared texts a workbook promises. The reader of XLSX takes memory for all of them before it has seen one,
//! and a promise of a billion would bring the program down, which nothing can catch.

use std::io::{self, Write};

/// Shared texts in one workbook: more than the cells that are kept could use.
pub(crate) const MAX_SHARED_TEXTS: u64 = 10_000_000;

const NAME: &[u8] = b"uniqueCount";
/// Bytes looked at behind the name: `="4294967295"`, and some blanks.
const BEHIND: usize = 48;

/// Reads the part of the shared texts on its way to nowhere, and finds the largest promise in it.
#[derive(Default)]
pub(crate) struct Promise {
    most: u64,
    /// What was not looked at yet.
    rest: Vec<u8>,
}

impl Promise {
    /// Whether the part promises more than is allowed, or in a way that cannot be read. Anywhere in it: which of several
    /// the reader would believe is not for us to know.
    pub fn promises_too_much(mut self) -> bool {
        self.look(true);
        self.most > MAX_SHARED_TEXTS
    }

    fn look(&mut self, at_end: bool) {
        let wanted = NAME.len() + BEHIND;
        let mut looked = 0;
        while let Some(found) = memchr::memmem::find(&self.rest[looked..], NAME) {
            let at = looked + found;
            if self.rest.len() < at + wanted && !at_end {
                looked = at;
                break;
            }
            let end = (at + wanted).min(self.rest.len());
            self.most = self.most.max(number(&self.rest[at + NAME.len()..end]));
            looked = at + NAME.len();
        }
        let keep_from = looked.max(self.rest.len().saturating_sub(wanted)).min(self.rest.len());
        self.rest.drain(..keep_from);
    }
}

/// The number in `="12"`; the largest there is where no number stands.
fn number(behind: &[u8]) -> u64 {
    let text = String::from_utf8_lossy(behind);
    let value = text.trim_start().strip_prefix('=').map(str::trim_start).and_then(|value| {
        let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
        value[1..].split_once(quote).map(|(value, _)| value.trim())
    });
    match value {
        Some("") => 0,
        value => value.and_then(|value| value.parse().ok()).unwrap_or(u64::MAX),
    }
}

impl Write for Promise {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        // UTF-16, where the name would be written otherwise. No program writes a part so, and in UTF-8 there is no zero.
        if memchr::memchr(0, bytes).is_some() {
            self.most = u64::MAX;
        }
        self.rest.extend_from_slice(bytes);
        self.look(false);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn promises_too_much(text: &str, piece: usize) -> bool {
        let mut promise = Promise::default();
        for piece in text.as_bytes().chunks(piece) {
            promise.write_all(piece).unwrap();
        }
        promise.promises_too_much()
    }

    #[test]
    fn promises_are_found_wherever_the_pieces_break() {
        let filler = "x".repeat(200);
        for piece in 1..90 {
            for (attribute, expected) in [
                ("uniqueCount=\"12\"", false),
                ("uniqueCount = '10000000'", false),
                ("uniqueCount=\"10000001\"", true),
                ("uniqueCount=\"33278887245\"", true),
                ("uniqueCount=\"99999999999999999999999999\"", true),
                ("uniqueCount=\"12\" count=\"99999999999\"", false),
                ("<!-- uniqueCount=\"1\" --> uniqueCount=\"33278887245\"", true),
                ("uniqueCount=                                                          \"1\"", true),
                ("c=\"\0\"", true),
                ("", false),
            ] {
                let text = format!("{filler}<sst {attribute}>{filler}");
                assert_eq!(promises_too_much(&text, piece), expected, "{attribute} in pieces of {piece}");
                assert_eq!(
                    promises_too_much(&format!("<sst {attribute}"), piece),
                    expected,
                    "{attribute} at the end"
                );
            }
        }
    }
}
