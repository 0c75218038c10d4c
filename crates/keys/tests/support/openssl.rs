//! The openssl program, as an independent opinion.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

/// A folder that goes away at the end.
pub struct Desk(PathBuf);

impl Desk {
    pub fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("payung-keys-{name}-{}", std::process::id()));
        fs::create_dir_all(&path).expect("a temporary folder");
        Self(path)
    }

    pub fn put(&self, name: &str, bytes: &[u8]) {
        fs::write(self.0.join(name), bytes).expect("a file on the desk");
    }

    pub fn get(&self, name: &str) -> Vec<u8> {
        fs::read(self.0.join(name)).expect("a file that openssl wrote")
    }

    /// Runs `openssl` with these words; what it said on both channels, and whether it was content.
    pub fn try_openssl(&self, words: &str) -> (bool, String) {
        let output = Command::new("openssl")
            .args(words.split_whitespace())
            .current_dir(&self.0)
            .output()
            .expect("the openssl program");
        let said = [output.stdout, output.stderr].concat();
        (output.status.success(), String::from_utf8_lossy(&said).into_owned())
    }

    pub fn openssl(&self, words: &str) -> String {
        let (content, said) = self.try_openssl(words);
        assert!(content, "openssl {words}: {said}");
        said
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        fs::remove_dir_all(&self.0).ok();
    }
}
