//! Pages handed to the system's viewer. They lie in a private folder inside the data folder and go when the register is
//! locked, when the program ends, and, after a crash, when it starts again.

use payung_domain::{Randomness, ports::random_bytes};
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

const FOLDER: &str = "dibuka";

pub struct ViewedFiles {
    folder: PathBuf,
}

impl ViewedFiles {
    pub fn new(data: &Path) -> Self {
        Self { folder: data.join(FOLDER) }
    }

    /// A file under its own name in a folder of its own, so that two prints of one letter do not disturb each other.
    pub fn put(&self, name: &str, bytes: &[u8], randomness: &dyn Randomness) -> io::Result<PathBuf> {
        let own: String = random_bytes::<8>(randomness).iter().map(|byte| format!("{byte:02x}")).collect();
        let folder = self.folder.join(own);
        crate::instance::create_private(&folder)?;
        let path = folder.join(name);
        let mut options = fs::File::options();
        options.create_new(true).write(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        options.open(&path)?.write_all(bytes)?;
        Ok(path)
    }

    /// A viewer on Windows may still hold a file; it goes the next time.
    pub fn clear(&self) {
        match fs::remove_dir_all(&self.folder) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                eprintln!("opened pages could not be removed: {error}");
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use payung_system::SystemRandom;

    #[test]
    fn pages_are_private_and_go() {
        let data = tempfile::tempdir().unwrap();
        let viewed = ViewedFiles::new(data.path());
        let one = viewed.put("Surat 1.pdf", b"%PDF", &SystemRandom).unwrap();
        let other = viewed.put("Surat 1.pdf", b"%PDF-", &SystemRandom).unwrap();
        assert_ne!(one, other);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
            assert_eq!((mode(&one), mode(one.parent().unwrap())), (0o600, 0o700));
        }
        viewed.clear();
        assert!(!one.exists() && !other.exists());
        viewed.clear();
    }
}
