//! The command line: one data folder a program.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

pub const HELP: &str = "payung-desktop [--data FOLDER] [BERKAS...]\n\n\
    Membuka register desa di FOLDER. Tanpa --data dipakai isi PAYUNG_DATA, atau folder data Anda.\n\
    BERKAS (PDF, JPEG atau PNG) diserahkan ke jendela, seperti dijatuhkan ke sana.";

#[derive(Debug, PartialEq, Eq)]
pub struct Arguments {
    pub data: PathBuf,
    /// Put before the window as if dropped on it; whole paths.
    pub files: Vec<PathBuf>,
    pub help: bool,
}

impl Arguments {
    /// `--data FOLDER` first, then `PAYUNG_DATA`, then the platform's folder for programs' data.
    pub fn read(words: impl Iterator<Item = OsString>) -> Result<Self, String> {
        Self::from(words, std::env::var_os("PAYUNG_DATA"), platform_folder())
    }

    fn from(
        words: impl Iterator<Item = OsString>,
        environment: Option<OsString>,
        platform: Option<PathBuf>,
    ) -> Result<Self, String> {
        let mut data = None;
        let mut files = Vec::new();
        let mut help = false;
        let mut words = words;
        while let Some(word) = words.next() {
            match word.to_str() {
                Some("--data") => {
                    data = Some(words.next().ok_or_else(|| format!("--data tanpa folder.\n\n{HELP}"))?);
                }
                Some("--help" | "-h") => help = true,
                // A path as a file manager gives it: what stands on the command line stands on the disk.
                _ if Path::new(&word).is_file() => {
                    files.push(std::path::absolute(&word).unwrap_or(word.into()))
                }
                // What a browser driver or the desktop adds is none of ours.
                _ => {}
            }
        }
        let folder = data.or(environment.filter(|folder| !folder.is_empty())).map(PathBuf::from);
        let data = folder.or(platform).ok_or_else(|| format!("Folder data tidak diketahui.\n\n{HELP}"))?;
        Ok(Self { data, files, help })
    }
}

fn platform_folder() -> Option<PathBuf> {
    let named = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    let base = if cfg!(windows) {
        named("APPDATA")
    } else if cfg!(target_os = "macos") {
        named("HOME").map(|home| home.join("Library/Application Support"))
    } else {
        named("XDG_DATA_HOME").or_else(|| named("HOME").map(|home| home.join(".local/share")))
    };
    base.map(|base| base.join("payung"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(words: &[&str], environment: Option<&str>) -> Result<Arguments, String> {
        Arguments::from(
            words.iter().map(OsString::from),
            environment.map(OsString::from),
            Some(PathBuf::from("/home/ani/payung")),
        )
    }

    #[test]
    fn the_folder_comes_from_the_argument_then_the_environment_then_the_platform() {
        let folder = |words: &[&str], environment| read(words, environment).map(|found| found.data);
        assert_eq!(folder(&["--data", "/a"], Some("/b")), Ok(PathBuf::from("/a")));
        assert_eq!(folder(&[], Some("/b")), Ok(PathBuf::from("/b")));
        assert_eq!(folder(&[], Some("")), Ok(PathBuf::from("/home/ani/payung")), "empty counts as absent");
        assert_eq!(folder(&["--automation"], None), Ok(PathBuf::from("/home/ani/payung")));
    }

    #[test]
    fn files_are_taken_with_their_whole_path() {
        let folder = tempfile::tempdir().unwrap();
        let letter = folder.path().join("surat.pdf");
        std::fs::write(&letter, b"%PDF").unwrap();
        let found = read(&["--data", "/a", letter.to_str().unwrap(), "--automation", "/tidak/ada.pdf"], None);
        assert_eq!(found.unwrap().files, [letter], "and what is no file is none of ours");
    }

    #[test]
    fn an_argument_without_its_folder_is_told() {
        let words = read(&["--data"], None).unwrap_err();
        assert!(words.starts_with("--data tanpa folder"), "{words}");
    }
}
