//! Why a command ends with code 2: one clear line for the person at the terminal.

use payung_register::{RegisterError, WhyNot};
use payung_sync::SyncError;
use std::fmt;

/// One line in Bahasa Indonesia.
#[derive(Debug)]
pub struct Failure(String);

impl Failure {
    pub fn words(words: impl Into<String>) -> Self {
        Self(words.into())
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<RegisterError> for Failure {
    fn from(error: RegisterError) -> Self {
        match &error {
            RegisterError::NotReleasable { errors } => {
                let fields: Vec<String> = errors.iter().map(|error| error.message()).collect();
                Self(format!("{error} {}", fields.join("; ")))
            }
            RegisterError::NotAttestable { people } | RegisterError::AttestedFactsChanged { people } => {
                let why: Vec<String> = people
                    .iter()
                    .map(|refused| format!("{}: {}", refused.name, WhyNot::words(&refused.why)))
                    .collect();
                Self(format!("{error} {}", why.join("; ")))
            }
            _ => Self(error.to_string()),
        }
    }
}

impl From<SyncError> for Failure {
    fn from(error: SyncError) -> Self {
        Self(error.to_string())
    }
}
