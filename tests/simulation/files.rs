//! A program's folder as bytes: copied while it is open, as a power loss, a clone or a backup finds it.

use crate::chance::Chance;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// The files that hold anything. Shared memory and locks die with the program.
#[derive(Clone, Default)]
pub struct Disk(BTreeMap<String, Vec<u8>>);

impl Disk {
    pub fn read(dir: &Path) -> Self {
        let mut files = BTreeMap::new();
        for file in std::fs::read_dir(dir).expect("folder").map(|file| file.expect("file")) {
            let name = file.file_name().to_string_lossy().into_owned();
            if name != "lock" && !name.ends_with("-shm") {
                files.insert(name, std::fs::read(file.path()).expect("file"));
            }
        }
        Self(files)
    }

    /// In place of whatever is there.
    pub fn write(&self, dir: &Path) {
        if dir.exists() {
            std::fs::remove_dir_all(dir).expect("folder");
        }
        std::fs::create_dir_all(dir).expect("folder");
        for (name, bytes) in &self.0 {
            std::fs::write(dir.join(name), bytes).expect("file");
        }
    }

    /// What stands on the disk when the power goes while `before` becomes `self`: of the write-ahead log a part, cut at
    /// any byte. What was written earlier was synced.
    pub fn torn(&self, before: &Self, chance: &mut Chance) -> Self {
        let mut disk = self.clone();
        for (name, after) in &mut disk.0 {
            let Some(log) = name.ends_with("-wal").then(|| before.0.get(name)).flatten() else { continue };
            let database = name.trim_end_matches("-wal");
            if before.0.get(database) != self.0.get(database) {
                continue; // the log was already carried over into the database
            }
            let first = common(after, log);
            let cut = first + chance.below(after.len() - first + 1);
            after.truncate(cut);
            after.extend(log.iter().skip(cut));
        }
        disk
    }
}

impl Disk {
    /// Of the database itself.
    pub fn database_bytes(&self) -> u64 {
        let databases = self.0.iter().filter(|(name, _)| name.ends_with(".db"));
        databases.map(|(_, bytes)| bytes.len() as u64).sum()
    }
}

/// How many bytes both begin with.
fn common(new: &[u8], old: &[u8]) -> usize {
    let blocks =
        new.chunks_exact(4_096).zip(old.chunks_exact(4_096)).take_while(|(new, old)| new == old).count();
    let at = blocks * 4_096;
    at + new[at..].iter().zip(&old[at..]).take_while(|(new, old)| new == old).count()
}

/// A folder for one world, in memory where the machine has such a place, removed at the end.
pub struct Ground(tempfile::TempDir);

impl Ground {
    pub fn new() -> Self {
        let memory = Path::new("/dev/shm");
        let folder = if memory.is_dir() { tempfile::tempdir_in(memory) } else { tempfile::tempdir() };
        Self(folder.expect("folder"))
    }

    pub fn join(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }
}
