//! A backup is everything in one file; whatever is wrong with a file is said by name, and harms nothing.

use crate::attachments::photo;
use crate::harness::{HEAD, HEAD_SECRET, OPERATOR, Village};
use payung_journal::{AttachmentKind, TrailKind};
use payung_register::{About, BackupError, BackupFacts, FileState, Op, PersonId, Register, RegisterError};
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

struct Kept {
    village: Village,
    stick: TempDir,
    file: PathBuf,
    facts: BackupFacts,
}

/// A village with a signed statement and a photo, and a backup of it on a stick.
fn kept() -> Kept {
    let mut village = Village::kebumen();
    let person = village.candidate(1);
    village.attach(About::Person(person), AttachmentKind::Ktp, photo("ktp")).expect("attached");
    village.signed(&[person]);
    village.candidate(2);
    let stick = TempDir::new().expect("folder");
    let file = stick.path().join("Cadangan.payung-cadangan");
    let facts = village.backup(&file).expect("a backup");
    Kept { village, stick, file, facts }
}

#[track_caller]
fn refused(file: &Path) -> BackupError {
    let dir = TempDir::new().expect("folder");
    let error = match Register::restore(file, dir.path()) {
        Err(RegisterError::Backup(error)) => error,
        other => panic!("not refused as a backup: {other:?}"),
    };
    assert!(!Register::exists(dir.path()), "nothing half-done is left");
    assert!(!dir.path().join("register.restoring").exists(), "nothing of it is left");
    error
}

#[test]
fn a_backup_is_a_register_again_under_the_same_secrets() {
    let Kept { mut village, stick: _stick, file, facts } = kept();
    assert_eq!(facts.bytes, fs::metadata(&file).expect("a file").len());
    let bytes = fs::read(&file).expect("read");
    assert_eq!(bytes[bytes.len() - 32..], facts.digest, "its digest stands at its end");
    for secret in ["SITI", "3305012408", "register.db"] {
        assert!(!bytes.windows(secret.len()).any(|window| window == secret.as_bytes()), "{secret}");
    }
    let looked = Register::read_backup(&file).expect("whole");
    assert_eq!((looked.village.as_str(), looked.made_at), (village.village().name.as_str(), facts.made_at));
    assert_eq!(looked.people.len(), village.slots().expect("slots").len());
    // Written after the backup: not in it.
    village.candidate(3);

    let dir = TempDir::new().expect("folder");
    assert_eq!(Register::restore(&file, dir.path()).expect("restored"), looked);
    let wrong = Register::unlock(dir.path(), OPERATOR, "salah sekali", village.tools());
    assert!(matches!(wrong, Err(RegisterError::WrongSecret { .. })));
    let mut again = Village::found(dir);
    assert_eq!(again.counts().total, 2);
    assert_eq!(again.device(), village.device(), "the same register");
    assert_eq!(again.states_of(PersonId(1)), [FileState::Waiting]);
    let verified = again.verify_journal().expect("it proves itself");
    assert_eq!((verified.statements, verified.files), (1, 2));
    let trail: Vec<TrailKind> = again.trail(50).expect("trail").iter().map(|line| line.what).collect();
    assert!(trail.contains(&TrailKind::Restored), "it knows where it comes from: {trail:?}");
    again.enter_head_room(HEAD, HEAD_SECRET).expect("the head's secret opens his room");
    again.close();
    again.unlock();
    let restored = again.trail(100).expect("trail");
    let times = restored.iter().filter(|line| line.what == TrailKind::Restored).count();
    assert_eq!(times, 1, "only the first unlock is the first");
    let code = village.recovery.clone();
    again.close();
    let opened =
        Register::unlock_with_recovery(again.dir(), &code, OPERATOR, "sandi yang baru sekali", again.tools());
    assert_eq!(opened.expect("the code on paper opens it").counts().total, 2);
}

impl Village {
    fn states_of(&self, person: PersonId) -> Vec<FileState> {
        let rows = self.attachments(About::Person(person)).expect("read");
        rows.into_iter().map(|row| row.state).collect()
    }
}

#[test]
fn a_backup_changes_nothing_and_leaves_nothing_behind() {
    let Kept { village, stick, file, facts } = kept();
    let names = |dir: &Path| {
        let mut names: Vec<String> = fs::read_dir(dir)
            .expect("folder")
            .map(|entry| entry.expect("entry").file_name().into_string().expect("a name"))
            .collect();
        names.sort();
        names
    };
    assert_eq!(names(stick.path()), ["Cadangan.payung-cadangan"], "no half file beside it");
    assert!(!names(village.dir()).iter().any(|name| name.starts_with("backup")), "no copy in the folder");
    // A second one takes the place of the first, whole.
    let second = village.backup(&file).expect("a backup");
    assert_ne!(second.digest, facts.digest, "the copy is encrypted with its own salt");
    assert_eq!(second.entries, facts.entries);
    assert_eq!(names(stick.path()), ["Cadangan.payung-cadangan"]);
    Register::read_backup(&file).expect("whole");
}

#[test]
fn damage_at_any_place_is_found() {
    let Kept { village: _village, stick, file, .. } = kept();
    let whole = fs::read(&file).expect("read");
    let head_end = 12 + u32::from_be_bytes(whole[8..12].try_into().expect("four")) as usize;
    let keys_end = head_end + 3_000;
    // Every byte of what comes first, and places all over the rest, the last ones included.
    let mut places: Vec<usize> = (0..head_end + 200).collect();
    places.extend((head_end..keys_end).step_by(97));
    places.extend((keys_end..whole.len()).step_by(whole.len() / 60));
    places.extend(whole.len() - 33..whole.len());
    let damaged = stick.path().join("rusak");
    for place in places {
        let mut bytes = whole.clone();
        bytes[place] ^= 0x04;
        fs::write(&damaged, &bytes).expect("written");
        let error = match Register::read_backup(&damaged) {
            Err(RegisterError::Backup(error)) => error,
            other => panic!("byte {place}: {other:?}"),
        };
        let named = match place {
            0..8 => matches!(error, BackupError::NotABackup | BackupError::Newer),
            // A damaged head may speak of another length.
            8.. if place < head_end => {
                matches!(error, BackupError::Damaged | BackupError::CutOff | BackupError::Truncated { .. })
            }
            _ => error == BackupError::Damaged,
        };
        assert!(named, "byte {place}: {error}");
    }
    assert_eq!(refused(&damaged), BackupError::Damaged);
}

#[test]
fn a_file_cut_off_anywhere_says_so() {
    let Kept { village: _village, stick, file, .. } = kept();
    let whole = fs::read(&file).expect("read");
    let cut = stick.path().join("terpotong");
    for end in [12, 13, 100, 700, 4_000, whole.len() / 2, whole.len() - 32, whole.len() - 1] {
        fs::write(&cut, &whole[..end]).expect("written");
        let error = refused(&cut);
        assert!(matches!(error, BackupError::CutOff | BackupError::Truncated { .. }), "{end}: {error}");
        assert!(error.to_string().contains("terpotong"), "{error}");
    }
    for end in [0, 5, 11] {
        fs::write(&cut, &whole[..end]).expect("written");
        assert_eq!(refused(&cut), BackupError::NotABackup, "too little to say anything");
    }
    let longer = [whole.as_slice(), b"x"].concat();
    fs::write(&cut, longer).expect("written");
    assert_eq!(refused(&cut), BackupError::Damaged);
}

#[test]
fn foreign_newer_and_missing_files_are_called_so() {
    let Kept { village, stick, file, .. } = kept();
    let other = stick.path().join("lain");
    fs::write(&other, b"%PDF-1.7 a letter that is certainly no backup").expect("written");
    assert_eq!(refused(&other), BackupError::NotABackup);
    let register = village.dir().join("register.db");
    assert_eq!(refused(&register), BackupError::NotABackup, "a bare database is none");
    let mut newer = fs::read(&file).expect("read");
    newer[7] = b'2';
    fs::write(&other, &newer).expect("written");
    assert_eq!(refused(&other), BackupError::Newer);
    assert!(matches!(refused(&stick.path().join("tidak ada")), BackupError::NotFound(_)));
}

#[test]
fn a_folder_with_a_register_is_never_written_over() {
    let Kept { mut village, stick: _stick, file, .. } = kept();
    village.close();
    let before = fs::read(village.dir().join("register.db")).expect("read");
    assert!(matches!(Register::restore(&file, village.dir()), Err(RegisterError::AlreadyExists)));
    assert_eq!(fs::read(village.dir().join("register.db")).expect("read"), before);
    village.unlock();
    assert!(matches!(Register::restore(&file, village.dir()), Err(RegisterError::Busy)));
}

#[test]
fn a_restore_that_was_cut_off_can_be_done_again() {
    let Kept { village: _village, stick: _stick, file, .. } = kept();
    let dir = TempDir::new().expect("folder");
    Register::restore(&file, dir.path()).expect("restored");
    // The power went before the last file was written.
    fs::remove_file(dir.path().join("register.keys.json")).expect("removed");
    assert!(!Register::exists(dir.path()));
    Register::restore(&file, dir.path()).expect("restored");
    assert_eq!(Village::found(dir).counts().total, 2);
}

#[cfg(target_os = "linux")]
#[test]
fn a_place_that_takes_no_file_is_called_by_its_trouble() {
    let Kept { mut village, stick, .. } = kept();
    let gone = stick.path().join("dicabut").join("c.payung-cadangan");
    let error = |result: Result<BackupFacts, RegisterError>| match result {
        Err(RegisterError::Backup(error)) => error,
        other => panic!("not refused as a backup: {other:?}"),
    };
    assert_eq!(error(village.backup(&gone)), BackupError::NoFolder);
    assert_eq!(error(village.backup(Path::new("/"))), BackupError::NoFolder);
    // What is written beside the wanted file goes to a place that is always full.
    let wanted = stick.path().join("penuh.payung-cadangan");
    std::os::unix::fs::symlink("/dev/full", stick.path().join("penuh.payung-cadangan.sedang-ditulis"))
        .expect("a link");
    let refused = error(village.backup(&wanted));
    assert!(matches!(refused, BackupError::Full { needed_mb: 1.. }), "{refused}");
    assert_eq!(fs::read_dir(stick.path()).expect("folder").count(), 1, "only the earlier backup is left");
    // None of it hurt the register.
    village
        .transact(Op::Trail { what: TrailKind::BackedUp, person: None, note: String::new() })
        .expect("goes on");
}
