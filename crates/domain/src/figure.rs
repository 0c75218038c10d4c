//! Numbers as an Indonesian reader expects them.

use std::fmt;

/// How many: 1204 is shown as *1.204*.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Figure(pub u64);

impl fmt::Display for Figure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digits = self.0.to_string();
        let (mut first, mut rest) = digits.split_at(digits.len() % 3);
        while let Some((three, after)) = rest.split_at_checked(3) {
            if !first.is_empty() {
                write!(f, "{first}.")?;
            }
            (first, rest) = (three, after);
        }
        f.write_str(first)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_grouped_by_dots() {
        for (number, words) in [
            (0, "0"),
            (7, "7"),
            (12, "12"),
            (999, "999"),
            (1_000, "1.000"),
            (12_000, "12.000"),
            (123_456, "123.456"),
            (1_234_567, "1.234.567"),
        ] {
            assert_eq!(Figure(number).to_string(), words);
        }
    }
}
