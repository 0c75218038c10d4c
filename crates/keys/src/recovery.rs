//! The recovery code: printed once, kept in the office's safe, opens the register when every secret is forgotten. It
//! never opens the head's signing key.

use crate::KeyError;
use crate::hash::sha256;
use payung_domain::Randomness;
use payung_domain::ports::random_bytes;
use std::fmt;
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

/// 32 letters of Crockford's base 32 in 8 groups of 4: 28 carry 140 random bits, the last 4 are a check of 20 bits,
/// so that a slip of the pen is told apart from a wrong code (but for one in a million).
#[derive(Clone, PartialEq, Eq, Zeroize, ZeroizeOnDrop)]
pub struct RecoveryCode([u8; LETTERS]);

const LETTERS: usize = 32;
const RANDOM_LETTERS: usize = 28;
/// Without I, L, O and U.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

impl RecoveryCode {
    pub fn generate(randomness: &dyn Randomness) -> Self {
        let drawn = Zeroizing::new(random_bytes::<RANDOM_LETTERS>(randomness));
        let mut letters = [0; LETTERS];
        for (letter, byte) in letters.iter_mut().zip(drawn.iter()) {
            *letter = ALPHABET[usize::from(byte & 31)];
        }
        let check = check_letters(&letters[..RANDOM_LETTERS]);
        letters[RANDOM_LETTERS..].copy_from_slice(&check);
        Self(letters)
    }

    /// `ABCD-EFGH-…` as printed, eight groups.
    pub fn groups(&self) -> String {
        let (groups, _) = self.0.as_chunks::<4>();
        groups.iter().map(|group| String::from_utf8_lossy(group).into_owned()).collect::<Vec<_>>().join("-")
    }

    /// The letters without dashes: the secret that wraps the database key.
    pub fn secret(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }

    /// Reads a code as typed: capitals or not, blanks, dashes and dots anywhere, O for 0, I and L for 1.
    ///
    /// # Errors
    /// [`KeyError::RecoveryTypo`] where letters are missing, foreign, or disagree with the check.
    pub fn parse(text: &str) -> Result<Self, KeyError> {
        let mut letters = [0; LETTERS];
        let mut count = 0;
        for typed in text.chars().filter(|c| !c.is_whitespace() && !matches!(c, '-' | '.' | '–' | '—' | '_'))
        {
            let letter = match typed.to_ascii_uppercase() {
                'O' => '0',
                'I' | 'L' => '1',
                other => other,
            };
            let letter = u8::try_from(letter).map_err(|_| KeyError::RecoveryTypo)?;
            if count == LETTERS || !ALPHABET.contains(&letter) {
                return Err(KeyError::RecoveryTypo);
            }
            letters[count] = letter;
            count += 1;
        }
        if count != LETTERS || check_letters(&letters[..RANDOM_LETTERS]) != letters[RANDOM_LETTERS..] {
            return Err(KeyError::RecoveryTypo);
        }
        Ok(Self(letters))
    }
}

impl fmt::Debug for RecoveryCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RecoveryCode(..)")
    }
}

fn check_letters(letters: &[u8]) -> [u8; LETTERS - RANDOM_LETTERS] {
    let digest = sha256(&[b"payung recovery 1", letters]);
    std::array::from_fn(|index| ALPHABET[usize::from(digest[index] & 31)])
}
