//! A folder for the files of one test, and the programs that judge them.

use std::path::PathBuf;
use std::process::{Command, Output};
use tempfile::TempDir;

pub struct Desk(TempDir);

impl Desk {
    pub fn new() -> Self {
        Self(tempfile::tempdir().expect("a temporary folder"))
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// Lays a file on the desk; its path as text.
    pub fn put(&self, name: &str, bytes: &[u8]) -> String {
        let path = self.path(name);
        std::fs::write(&path, bytes).expect("a file on the desk");
        path.display().to_string()
    }

    pub fn get(&self, name: &str) -> Vec<u8> {
        std::fs::read(self.path(name)).expect("a file that a program wrote")
    }

    /// Runs a program in this folder; whether it was content, and what it said on both channels.
    pub fn run(&self, program: &str, words: &[&str]) -> (bool, String) {
        let output = self.output(program, words);
        let said = [output.stdout, output.stderr].concat();
        (output.status.success(), String::from_utf8_lossy(&said).into_owned())
    }

    /// Runs a program that must be content.
    pub fn done(&self, program: &str, words: &[&str]) -> String {
        let (content, said) = self.run(program, words);
        assert!(content, "{program} {words:?}:\n{said}");
        said
    }

    fn output(&self, program: &str, words: &[&str]) -> Output {
        Command::new(program)
            .args(words)
            .current_dir(self.0.path())
            .env("HOME", self.0.path())
            .output()
            .unwrap_or_else(|_| panic!("the program {program} is missing: run tools/setup.sh"))
    }

    /// An NSS database for `pdfsig`, trusting the given root.
    pub fn nss(&self, root_pem: Option<&str>) -> String {
        std::fs::create_dir_all(self.path("nss")).expect("a folder");
        let database = format!("sql:{}", self.path("nss").display());
        self.done("certutil", &["-N", "-d", &database, "--empty-password"]);
        if let Some(pem) = root_pem {
            let root = self.put("root.pem", pem.as_bytes());
            self.done("certutil", &["-A", "-d", &database, "-n", "kabupaten", "-t", "CT,C,C", "-i", &root]);
        }
        database
    }
}
