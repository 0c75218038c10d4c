//! Reading a regulation file. A mistake is named by file, line and field, with what to write instead.

use crate::regulation::Regulation;

/// Why a regulation file is refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{file}, baris {line}, {field}: {problem}. {remedy}")]
pub struct RegulationFileError {
    pub file: String,
    /// Counted from 1.
    pub line: usize,
    /// Such as `rules[2].words.met.message`.
    pub field: String,
    /// What is wrong, in Bahasa Indonesia.
    pub problem: String,
    /// What to write instead, one or more full sentences.
    pub remedy: String,
}

impl Regulation {
    /// Reads a regulation file. `file_name` is only for the message of an error.
    pub fn parse(file_name: &str, _text: &str) -> Result<Self, RegulationFileError> {
        Err(RegulationFileError {
            file: file_name.to_owned(),
            line: 1,
            field: String::new(),
            problem: String::new(),
            remedy: String::new(),
        })
    }
}
