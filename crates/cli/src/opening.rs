//! Opening a village's data folder from a terminal: who, with which passphrase.

use crate::failure::Failure;
use clap::Args;
use payung_register::{Register, Role, Tools};
use payung_system::{SystemClock, SystemRandom};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use zeroize::Zeroizing;

/// Longest passphrase file, bytes.
const PASSPHRASE_FILE_MAX: u64 = 4096;

#[derive(Args)]
pub struct Folder {
    /// Folder data desa
    #[arg(long, value_name = "DIR")]
    pub data: PathBuf,
    /// Berkas berisi kata sandi; tanpa ini kata sandi diminta di terminal
    #[arg(long, value_name = "FILE")]
    pub passphrase_file: Option<PathBuf>,
    /// Nama operator; bawaan: operator pertama
    #[arg(long = "as", value_name = "NAMA")]
    pub operator: Option<String>,
}

impl Folder {
    /// Unlocks the register as an operator.
    pub fn open(&self) -> Result<Register, Failure> {
        let people = Register::people(&self.data)?;
        let operator = people
            .iter()
            .filter(|person| person.role == Role::Operator)
            .find(|person| self.operator.as_ref().is_none_or(|name| *name == person.name))
            .ok_or_else(|| Failure::words("Operator dengan nama itu tidak ada dalam register ini."))?;
        let passphrase =
            passphrase(self.passphrase_file.as_deref(), &format!("Kata sandi {}", operator.name))?;
        Ok(Register::unlock(&self.data, operator.id, &passphrase, tools())?)
    }
}

/// The real clock and the real randomness.
pub fn tools() -> Tools {
    Tools::new(Arc::new(SystemClock), Arc::new(SystemRandom))
}

/// The first line of a file, or what is typed unseen at the terminal.
pub fn passphrase(file: Option<&Path>, prompt: &str) -> Result<Zeroizing<String>, Failure> {
    let Some(path) = file else {
        return rpassword::prompt_password(format!("{prompt}: ")).map(Zeroizing::new).map_err(|_| {
            Failure::words("Tidak ada terminal untuk mengetik kata sandi; pakai --passphrase-file.")
        });
    };
    let unreadable = || Failure::words(format!("Berkas kata sandi {} tidak dapat dibaca.", path.display()));
    let size = std::fs::metadata(path).map_err(|_| unreadable())?.len();
    if size > PASSPHRASE_FILE_MAX {
        return Err(Failure::words(format!("Berkas kata sandi {} terlalu besar.", path.display())));
    }
    let text = Zeroizing::new(std::fs::read_to_string(path).map_err(|_| unreadable())?);
    Ok(Zeroizing::new(text.lines().next().unwrap_or_default().to_owned()))
}
