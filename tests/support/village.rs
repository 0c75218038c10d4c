//! A village's data folder, worked on by the real `payung` program.

use crate::programs::{program, run, succeed};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// The operator's passphrase in every test village.
pub const PASSPHRASE: &str = "padi sawah kuning";
/// The head's own secret in every test village.
pub const HEAD_SECRET: &str = "kelapa gading 77";

pub struct Village {
    data: PathBuf,
    passphrase_file: PathBuf,
}

impl Village {
    /// Sets up a village with one operator, "Siti Aminah", and a head, "Harjo Sumarto".
    pub fn new(folder: &Path, code: &str) -> Self {
        let data = folder.join(format!("village-{code}"));
        let passphrase_file = folder.join("passphrase.txt");
        std::fs::write(&passphrase_file, format!("{PASSPHRASE}\n")).expect("passphrase file");
        let head_secret_file = folder.join("head-secret.txt");
        std::fs::write(&head_secret_file, format!("{HEAD_SECRET}\n")).expect("head's secret file");
        let village = Self { data, passphrase_file };
        succeed(
            Command::new(program("payung"))
                .args([
                    "village",
                    "new",
                    "--code",
                    code,
                    "--operator",
                    "Siti Aminah",
                    "--head",
                    "Harjo Sumarto",
                    "--data",
                ])
                .arg(&village.data)
                .arg("--passphrase-file")
                .arg(&village.passphrase_file)
                .arg("--head-secret-file")
                .arg(&head_secret_file),
        );
        village
    }

    /// `payung COMMAND --data … --passphrase-file …`, ready for more arguments.
    pub fn command(&self, words: &[&str]) -> Command {
        let mut command = Command::new(program("payung"));
        command.args(words).arg("--data").arg(&self.data).arg("--passphrase-file").arg(&self.passphrase_file);
        command
    }

    pub fn import(&self, file: &Path) -> String {
        succeed(self.command(&["import"]).arg(file))
    }

    pub fn import_ready(&self, file: &Path) -> String {
        succeed(self.command(&["import"]).arg("--ready").arg(file))
    }

    pub fn enrol(&self, file: &Path) -> String {
        succeed(self.command(&["enrol"]).arg(file))
    }

    pub fn sync(&self) -> String {
        succeed(&mut self.command(&["sync"]))
    }

    /// A sync that may fail: the caller looks at what came of it.
    pub fn try_sync(&self) -> Output {
        run(&mut self.command(&["sync"]))
    }

    pub fn status(&self) -> serde_json::Value {
        let text = succeed(&mut self.command(&["status", "--format", "json"]));
        serde_json::from_str(&text).expect("status is JSON")
    }

    pub fn verify_journal(&self) -> String {
        succeed(&mut self.command(&["journal", "verify"]))
    }

    pub fn data(&self) -> &Path {
        &self.data
    }
}
