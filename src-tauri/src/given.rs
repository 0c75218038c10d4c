//! Files that the clerk herself put before the program, by a dialog or by dropping them on the window. No command reads
//! any other: the window alone can name no file.

use crate::dto::CommandError;
use crate::error::Answered;
use std::collections::VecDeque;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

/// As many as one sitting needs; the oldest are forgotten first.
const REMEMBERED_MAX: usize = 1_000;

#[derive(Default)]
pub struct GivenFiles(Mutex<VecDeque<PathBuf>>);

impl GivenFiles {
    pub fn remember(&self, paths: impl IntoIterator<Item = PathBuf>) {
        let mut held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        for path in paths {
            held.retain(|known| *known != path);
            held.push_back(path);
        }
        let surplus = held.len().saturating_sub(REMEMBERED_MAX);
        held.drain(..surplus);
    }

    pub fn forget(&self) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }

    /// # Errors
    /// Nobody gave that file in this sitting.
    pub fn known(&self, path: &str) -> Answered<PathBuf> {
        let held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        held.iter().find(|known| known.as_path() == Path::new(path)).cloned().ok_or_else(|| {
            CommandError::problem(
                "Berkas ini belum dipilih. Pilih berkasnya, atau jatuhkan ke jendela Payung.",
            )
        })
    }
}

/// A file's name without its folders.
pub fn name(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

/// The bytes of a file that is not larger than `bytes_max`, refused before they are taken in.
pub fn read(path: &Path, bytes_max: u64) -> Answered<Vec<u8>> {
    let refused = |error: std::io::Error| {
        CommandError::problem(format!(
            "Berkas {} tidak dapat dibaca ({error}). Periksa apakah masih ada di tempatnya.",
            name(path)
        ))
    };
    let file = std::fs::File::open(path).map_err(refused)?;
    let size = file.metadata().map_err(refused)?;
    if !size.is_file() {
        return Err(CommandError::problem(format!("{} bukan berkas.", name(path))));
    }
    let mut bytes = Vec::new();
    // The file may grow while it is read: the limit holds for what is read, not for what was announced.
    file.take(bytes_max + 1).read_to_end(&mut bytes).map_err(refused)?;
    if bytes.len() as u64 > bytes_max {
        return Err(CommandError::problem(format!(
            "Berkas {} terlalu besar ({} MB); paling besar {} MB.",
            name(path),
            size.len().max(bytes_max + 1).div_ceil(1 << 20),
            bytes_max >> 20
        )));
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_the_clerk_gave_is_read() {
        let given = GivenFiles::default();
        given.remember([PathBuf::from("/media/pindai 1.jpg")]);
        assert!(given.known("/media/pindai 1.jpg").is_ok());
        assert!(given.known("/etc/passwd").unwrap_err().message.contains("belum dipilih"));
        assert!(given.known("/media/../media/pindai 1.jpg").is_err(), "the very path, no way round");
        given.forget();
        assert!(given.known("/media/pindai 1.jpg").is_err(), "a closed register forgets");
    }

    #[test]
    fn the_oldest_are_forgotten_first() {
        let given = GivenFiles::default();
        given.remember((0..=REMEMBERED_MAX).map(|n| PathBuf::from(format!("/{n}"))));
        assert!(given.known("/0").is_err());
        assert!(given.known("/1").is_ok() && given.known(&format!("/{REMEMBERED_MAX}")).is_ok());
    }

    #[test]
    fn a_file_above_the_limit_is_refused_with_both_sizes() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("besar.pdf");
        std::fs::write(&path, vec![0; (1 << 20) + 1]).unwrap();
        let words = read(&path, 1 << 20).unwrap_err().message;
        assert!(words.contains("besar.pdf") && words.contains("2 MB") && words.contains("1 MB"), "{words}");
        assert_eq!(read(&path, 2 << 20).unwrap().len(), (1 << 20) + 1);
        assert!(read(folder.path(), 1).is_err(), "a folder is no file");
        assert!(read(&folder.path().join("tidak ada"), 1).is_err());
    }
}
