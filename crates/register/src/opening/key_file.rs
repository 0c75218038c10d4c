//! `register.keys.json`: who may open the register, each with the database key wrapped by a secret of their own.
//!
//! Names and roles stand in the clear, so that the unlock screen can show them. Each wrapped key is bound to the
//! register, the number and the role: a row copied elsewhere, or an operator renamed a head, no longer opens.

use super::waiting::Failures;
use crate::error::RegisterError;
use crate::files;
use crate::setup::{HEAD_DIGITS_MIN, NewPerson, PersonSlot, Role, SECRET_CHARS_MIN, Tools};
use payung_keys::{DatabaseKey, KeyError, RecoveryCode, WrappedKey, from_hex, hex};
use serde::{Deserialize, Serialize};
use std::path::Path;

/// Followed by the number of the format.
const FORMAT: &str = "payung-register-keys/";
const FORMAT_NUMBER: u32 = 1;
/// A key file is a few kilobytes; a larger one is something else. Bytes.
const BYTES_MAX: u64 = 1_000_000;
/// Longest name of a person who may open, in characters.
const NAME_CHARS_MAX: usize = 120;

#[derive(Serialize, Deserialize)]
pub(crate) struct KeyFile {
    format: String,
    /// The register's random id, hex.
    register: String,
    people: Vec<Slot>,
    recovery: WrappedKey,
}

#[derive(Serialize, Deserialize)]
pub(crate) struct Slot {
    id: u32,
    name: String,
    role: String,
    title: String,
    pub(crate) failures: Failures,
    wrapped: WrappedKey,
}

impl KeyFile {
    /// Wraps a key for every person and for a new recovery code.
    pub(crate) fn create(
        register: [u8; 16],
        key: &DatabaseKey,
        people: &[NewPerson],
        head_title: &str,
        tools: &Tools,
    ) -> Result<(Self, RecoveryCode), RegisterError> {
        let code = RecoveryCode::generate(&*tools.randomness);
        let recovery = wrap(key, code.secret(), &recovery_context(register), tools)?;
        let mut file = Self {
            format: format!("{FORMAT}{FORMAT_NUMBER}"),
            register: hex(&register),
            people: Vec::new(),
            recovery,
        };
        for person in people {
            file.add(key, person, head_title, tools)?;
        }
        Ok((file, code))
    }

    pub(crate) fn read(dir: &Path) -> Result<Self, RegisterError> {
        let path = files::key_file_path(dir);
        match std::fs::metadata(&path) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                return Err(RegisterError::NoRegister);
            }
            Err(error) => return Err(error.into()),
            Ok(metadata) if metadata.len() > BYTES_MAX => return Err(RegisterError::NotARegister),
            Ok(_) => {}
        }
        Self::parse(&std::fs::read(path)?)
    }

    pub(crate) fn parse(json: &[u8]) -> Result<Self, RegisterError> {
        let file: serde_json::Value =
            serde_json::from_slice(json).map_err(|_| RegisterError::NotARegister)?;
        let format = file["format"].as_str().and_then(|format| format.strip_prefix(FORMAT)?.parse().ok());
        match format {
            Some(FORMAT_NUMBER) => serde_json::from_value(file).map_err(|_| RegisterError::NotARegister),
            Some(found) if found > FORMAT_NUMBER => {
                Err(RegisterError::NewerSchema { found, known: FORMAT_NUMBER })
            }
            _ => Err(RegisterError::NotARegister),
        }
    }

    pub(crate) fn write(&self, dir: &Path) -> Result<(), RegisterError> {
        let text =
            serde_json::to_vec_pretty(self).map_err(|error| RegisterError::Damaged(error.to_string()))?;
        files::replace(&files::key_file_path(dir), &text)
    }

    pub(crate) fn register(&self) -> Result<[u8; 16], RegisterError> {
        from_hex(&self.register).and_then(|id| id.try_into().ok()).ok_or(RegisterError::NotARegister)
    }

    pub(crate) fn people(&self) -> Result<Vec<PersonSlot>, RegisterError> {
        self.people.iter().map(Slot::view).collect()
    }

    pub(crate) fn slot(&self, id: u32) -> Result<&Slot, RegisterError> {
        self.people.iter().find(|slot| slot.id == id).ok_or(RegisterError::NoSuchSlot)
    }

    pub(crate) fn slot_mut(&mut self, id: u32) -> Result<&mut Slot, RegisterError> {
        self.people.iter_mut().find(|slot| slot.id == id).ok_or(RegisterError::NoSuchSlot)
    }

    /// A new person; returns their number.
    pub(crate) fn add(
        &mut self,
        key: &DatabaseKey,
        person: &NewPerson,
        head_title: &str,
        tools: &Tools,
    ) -> Result<u32, RegisterError> {
        check_secret(person.role, &person.secret)?;
        let name = person.name.trim();
        if name.is_empty() {
            return Err(RegisterError::TextMissing("Nama"));
        }
        if name.chars().count() > NAME_CHARS_MAX {
            return Err(RegisterError::TextTooLong { what: "Nama", chars_max: NAME_CHARS_MAX });
        }
        let id = self.people.iter().map(|slot| slot.id).max().unwrap_or(0) + 1;
        let wrapped = wrap(key, &person.secret, &context(self.register()?, id, person.role), tools)?;
        let title = match person.role {
            Role::Operator => "Operator".to_owned(),
            Role::Head => head_title.to_owned(),
        };
        let role = person.role.key().to_owned();
        self.people.push(Slot {
            id,
            name: name.to_owned(),
            role,
            title,
            failures: Failures::default(),
            wrapped,
        });
        Ok(id)
    }

    pub(crate) fn set_head_title(&mut self, title: &str) {
        for slot in self.people.iter_mut().filter(|slot| slot.role == Role::Head.key()) {
            slot.title = title.to_owned();
        }
    }

    /// Gives a person a new secret; the old one no longer opens.
    pub(crate) fn rewrap(
        &mut self,
        key: &DatabaseKey,
        id: u32,
        secret: &str,
        tools: &Tools,
    ) -> Result<(), RegisterError> {
        let role = self.slot(id)?.view()?.role;
        check_secret(role, secret)?;
        let wrapped = wrap(key, secret, &context(self.register()?, id, role), tools)?;
        let slot = self.slot_mut(id)?;
        slot.wrapped = wrapped;
        slot.failures = Failures::default();
        Ok(())
    }

    /// `WrongSecret` of the keys room where the secret does not open.
    pub(crate) fn unwrap(&self, id: u32, secret: &str) -> Result<DatabaseKey, RegisterError> {
        let slot = self.slot(id)?;
        Ok(slot.wrapped.unwrap(secret, &context(self.register()?, id, slot.view()?.role))?)
    }

    pub(crate) fn unwrap_recovery(&self, code: &str) -> Result<DatabaseKey, RegisterError> {
        let code = match RecoveryCode::parse(code) {
            Err(KeyError::RecoveryTypo) => return Err(RegisterError::RecoveryTypo),
            other => other?,
        };
        match self.recovery.unwrap(code.secret(), &recovery_context(self.register()?)) {
            Err(KeyError::WrongSecret) => Err(RegisterError::WrongRecoveryCode),
            other => Ok(other?),
        }
    }
}

impl Slot {
    pub(crate) fn view(&self) -> Result<PersonSlot, RegisterError> {
        let role = Role::from_key(&self.role).ok_or(RegisterError::NotARegister)?;
        Ok(PersonSlot { id: self.id, name: self.name.clone(), role, title: self.title.clone() })
    }
}

fn wrap(key: &DatabaseKey, secret: &str, context: &str, tools: &Tools) -> Result<WrappedKey, RegisterError> {
    Ok(WrappedKey::wrap_with_cost(key, secret, context, tools.cost, &*tools.randomness)?)
}

fn context(register: [u8; 16], id: u32, role: Role) -> String {
    format!("payung register {} person {id} {}", hex(&register), role.key())
}

fn recovery_context(register: [u8; 16]) -> String {
    format!("payung register {} recovery", hex(&register))
}

/// # Errors
/// `SecretTooShort`, with what is asked for.
pub(crate) fn check_secret(role: Role, secret: &str) -> Result<(), RegisterError> {
    let chars = secret.chars().count();
    let digits_only = role == Role::Head && secret.chars().all(|c| c.is_ascii_digit());
    let chars_min = if digits_only { HEAD_DIGITS_MIN } else { SECRET_CHARS_MIN };
    if chars < chars_min {
        return Err(RegisterError::SecretTooShort { chars_min, digits_only });
    }
    Ok(())
}
