//! From each room's error to the one shape the window shows: what happened, is my data safe, what now.

use crate::dto::{CommandError, ErrorCode, FieldProblem};
use payung_domain::FieldError;
use payung_keys::KeyError;
use payung_register::{Refused, RegisterError};
use std::time::Duration;

/// What every command gives.
pub type Answered<T> = Result<T, CommandError>;

impl CommandError {
    pub fn new(code: ErrorCode, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), fields: Vec::new(), wait_seconds: None }
    }

    pub fn problem(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::Problem, message)
    }

    /// A value of a form that cannot be taken.
    pub fn invalid(field: &str, message: impl Into<String>) -> Self {
        let message = message.into();
        let fields = vec![FieldProblem { field: field.to_owned(), message: message.clone() }];
        Self { fields, ..Self::new(ErrorCode::Invalid, message) }
    }

    pub fn locked() -> Self {
        Self::new(
            ErrorCode::Locked,
            "Payung terkunci. Buka dengan kata sandi Anda; yang sudah diketik tersimpan.",
        )
    }

    pub fn head_room_closed() -> Self {
        Self::new(ErrorCode::HeadRoomClosed, "Ruang kepala sudah ditutup. Masuk lagi dengan rahasia kepala.")
    }

    /// A thread of the program broke off: a fault of ours, told without details.
    pub fn broken() -> Self {
        Self::problem(
            "Terjadi kesalahan pada program. Yang sudah tersimpan aman. Tutup Payung, lalu buka lagi.",
        )
    }

    fn waiting(message: String, wait: Duration) -> Self {
        let seconds = u32::try_from(wait.as_millis().div_ceil(1_000)).unwrap_or(u32::MAX);
        let mut error = Self::new(ErrorCode::WrongSecret, message);
        error.wait_seconds = (seconds > 0).then_some(seconds);
        error
    }
}

impl From<RegisterError> for CommandError {
    fn from(error: RegisterError) -> Self {
        use RegisterError as E;
        let words = error.to_string();
        match error {
            E::WrongSecret { wait } | E::MustWait { wait } => Self::waiting(words, wait),
            E::WrongRecoveryCode => Self::new(ErrorCode::WrongSecret, words),
            E::RecoveryTypo | E::Key(KeyError::RecoveryTypo) => Self::new(ErrorCode::RecoveryTypo, words),
            E::SecretTooShort { .. } | E::SecretShared => Self::invalid("secret", words),
            E::ValueTooLong { field, .. } => Self::invalid(field.name(), words),
            E::TwoVersions { names } => Self::problem(join_names(&words, &names.0)),
            E::VersionsChanged => Self::new(ErrorCode::Stale, words),
            E::NotReleasable { errors } => {
                Self { fields: problems(&errors), ..Self::new(ErrorCode::Invalid, words) }
            }
            E::NotesNotAcknowledged { .. } => Self::new(ErrorCode::NeedsAcknowledgement, words),
            E::SameNik { .. } => Self::new(ErrorCode::SameNik, words),
            E::Alike { .. } => Self::new(ErrorCode::Alike, words),
            E::Stopped => Self::stopped(),
            E::NotAttestable { people } => Self::problem(named(&words, &people)),
            E::AttestedFactsChanged { people } => Self::new(ErrorCode::Stale, named(&words, &people)),
            E::NotWhatWasShown | E::NotFrozen | E::StatementClosed { .. } | E::DateMovedOn { .. } => {
                Self::new(ErrorCode::Stale, words)
            }
            E::Serial(_) | E::SerialUsed { .. } => Self::invalid("serial", words),
            E::StampDate { .. } => Self::invalid("on", words),
            E::NoFiles | E::TooManyFiles { .. } | E::FileTooLarge { .. } | E::FileKind { .. } => {
                Self::invalid("paths", words)
            }
            E::NoSuchPerson | E::NoSuchStatement => Self::new(ErrorCode::NotFound, words),
            E::TextMissing(_) | E::TextTooLong { .. } | E::NobodyListed => {
                Self::new(ErrorCode::Invalid, words)
            }
            E::Busy => Self::problem(format!("{words} Tutup jendela itu dahulu.")),
            E::Io(_) | E::Database(_) => Self::problem(format!(
                "{words}. Perubahan terakhir belum tersimpan; periksa ruang penyimpanan, lalu ulangi."
            )),
            _ => Self::problem(words),
        }
    }
}

/// The names of those concerned. For the screen of this village only.
fn join_names(words: &str, names: &[String]) -> String {
    if names.is_empty() { words.to_owned() } else { format!("{words} ({})", names.join("; ")) }
}

/// The names of those concerned, each with the reason. For the screen of this village only.
fn named(words: &str, people: &[Refused]) -> String {
    let lines: Vec<String> =
        people.iter().map(|refused| format!("{} ({})", refused.name, refused.why.words())).collect();
    format!("{words} {}", lines.join("; "))
}

pub fn problems(errors: &[FieldError]) -> Vec<FieldProblem> {
    errors
        .iter()
        .map(|error| FieldProblem { field: error.field.name().to_owned(), message: sentence(&error.rule) })
        .collect()
}

/// A rule as a sentence: first letter large, full stop.
pub fn sentence(words: &str) -> String {
    let mut letters = words.chars();
    let Some(first) = letters.next() else { return String::new() };
    let mut text: String = first.to_uppercase().chain(letters).collect();
    if !text.ends_with(['.', '!', '?']) {
        text.push('.');
    }
    text
}

macro_rules! in_own_words {
    ($($error:ty),+ $(,)?) => { $(
        impl From<$error> for CommandError {
            /// The room tells the clerk itself what happened and what to do.
            fn from(error: $error) -> Self {
                Self::problem(error.to_string())
            }
        }
    )+ };
}

impl From<payung_sheets::SheetError> for CommandError {
    fn from(error: payung_sheets::SheetError) -> Self {
        match error {
            payung_sheets::SheetError::Stopped => Self::stopped(),
            other => Self::problem(other.to_string()),
        }
    }
}

in_own_words!(
    payung_photo::PhotoError,
    payung_register::AttachmentError,
    payung_register::BackupError,
    payung_seal::SealError,
    payung_statement::EmblemError,
    payung_statement::StatementError,
    payung_journal::EnrolmentFileError,
    payung_sync::SyncError,
);

impl From<payung_domain::SerialError> for CommandError {
    fn from(error: payung_domain::SerialError) -> Self {
        Self::invalid("serial", error.to_string())
    }
}

impl From<payung_sync::EnrolError> for CommandError {
    fn from(error: payung_sync::EnrolError) -> Self {
        match error {
            payung_sync::EnrolError::Exchange(payung_sync::SyncError::Register(inner)) => inner.into(),
            payung_sync::EnrolError::Exchange(payung_sync::SyncError::Locked) => Self::locked(),
            other => Self::problem(other.to_string()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use payung_domain::Field;

    #[test]
    fn a_wrong_secret_says_how_long_to_wait() {
        let error = CommandError::from(RegisterError::WrongSecret { wait: Duration::from_millis(1_200) });
        assert_eq!((error.code, error.wait_seconds), (ErrorCode::WrongSecret, Some(2)));
        let first = CommandError::from(RegisterError::WrongSecret { wait: Duration::ZERO });
        assert_eq!(first.wait_seconds, None, "the first slip costs nothing");
    }

    #[test]
    fn what_must_be_mended_is_told_field_by_field() {
        let errors =
            vec![FieldError { field: Field::Nik, value: String::new(), rule: "harus 16 angka".to_owned() }];
        let error = CommandError::from(RegisterError::NotReleasable { errors });
        assert_eq!(error.code, ErrorCode::Invalid);
        assert_eq!(
            error.fields,
            [FieldProblem { field: "nik".to_owned(), message: "Harus 16 angka.".to_owned() }]
        );
    }

    #[test]
    fn the_window_can_tell_asking_from_failing() {
        let code = |error: RegisterError| CommandError::from(error).code;
        assert_eq!(code(RegisterError::SameNik { others: vec![] }), ErrorCode::SameNik);
        assert_eq!(code(RegisterError::NotWhatWasShown), ErrorCode::Stale);
        assert_eq!(code(RegisterError::NoSuchPerson), ErrorCode::NotFound);
        assert_eq!(code(RegisterError::NothingToRelease), ErrorCode::Problem);
        let serial = CommandError::from(RegisterError::Serial(payung_domain::SerialError::Empty));
        assert_eq!((serial.code, serial.fields[0].field.as_str()), (ErrorCode::Invalid, "serial"));
    }
}
