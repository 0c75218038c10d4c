//! Sticks as they are: full, locked, pulled out, slow to be found, hidden by a virus. Nothing half-written stays, and the
//! words say what to do.

use crate::carried::*;
use payung_district::bundle;
use payung_journal::AttachmentKind;
use payung_sync::{SharedRegister, export_bundle, import_bundle};
use std::path::{Path, PathBuf};
use std::process::Command;

/// A small file system of its own; `None` where this machine lets nobody mount one.
struct SmallStick(PathBuf);

impl SmallStick {
    fn mounted(at: &Path, size: &str) -> Option<Self> {
        std::fs::create_dir_all(at).unwrap();
        let done = Command::new("mount").args(["-t", "tmpfs", "-o", size, "tmpfs"]).arg(at).output().ok()?;
        done.status.success().then(|| Self(at.to_owned()))
    }

    fn remount(&self, how: &str) {
        let done = Command::new("mount").args(["-o", how]).arg(&self.0).status().unwrap();
        assert!(done.success(), "remounted");
    }
}

impl Drop for SmallStick {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("-l").arg(&self.0).status();
    }
}

fn scene(folder: &Path) -> (payung_district::District, SharedRegister) {
    let (district, laptop) = (district(folder, "d"), laptop(folder, "a", VILLAGE));
    enrol(&laptop, &district);
    let people = release(&laptop, 1, 4);
    for (at, person) in people.iter().enumerate() {
        attach(&laptop, *person, AttachmentKind::Ktp, photo(at as u32, 140_000));
    }
    (district, laptop)
}

fn export_words(laptop: &SharedRegister, at: &Path) -> String {
    on(laptop, |register| export_bundle(register, at)).expect_err("the stick does not take it").to_string()
}

fn files(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).unwrap();
    entries.map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect()
}

#[test]
fn a_full_stick_says_how_much_is_missing_and_keeps_nothing_half() {
    let folder = tempfile::tempdir().unwrap();
    let (district, laptop) = scene(folder.path());
    let Some(stick) = SmallStick::mounted(&folder.path().join("small"), "size=256k") else {
        // No right to mount: a folder that cannot be created in stands for it.
        let words = export_words(&laptop, Path::new("/dev/full/kiriman.payungusb"));
        assert!(words.contains("Flashdisk"), "{words}");
        return;
    };
    let words = export_words(&laptop, &stick.0);
    assert!(words.contains("Flashdisk penuh: masih kurang"), "{words}");
    assert!(words.contains("kB") && words.contains("Data aman"), "{words}");
    assert_eq!(files(&stick.0), Vec::<String>::new(), "nothing half stays");
    assert!(waiting(&laptop).0 > 0, "nothing counts as sent");
    // The history tells it, too.
    let told = on(&laptop, |register| register.sync_attempts(1).unwrap().remove(0));
    assert!(!told.attempt.succeeded && told.attempt.words.contains("penuh"), "{:?}", told.attempt);

    stick.remount("remount,size=8m");
    let facts = on(&laptop, |register| export_bundle(register, &stick.0)).expect("now it fits");
    let imported = bundle::import(&district, &quiet(), &facts.path, None).unwrap();
    assert_eq!(imported.attachments_new, 4);

    // The answer finds the stick full.
    std::fs::write(stick.0.join("film.mp4"), vec![0; 7_300_000]).unwrap();
    let left = std::fs::File::create(stick.0.join("rest")).unwrap();
    std::io::copy(&mut std::io::repeat(0), &mut &left).expect_err("full");
    let full = bundle::import(&district, &quiet(), &facts.path, None).expect_err("no room for the answer");
    assert!(full.to_string().contains("Flashdisk penuh"), "{full}");
    std::fs::remove_file(stick.0.join("rest")).unwrap();
    std::fs::remove_file(stick.0.join("film.mp4")).unwrap();
    let again = bundle::import(&district, &quiet(), &facts.path, None).expect("the same file again");
    on(&laptop, |register| import_bundle(register, &again.written.path)).unwrap();
    assert_eq!(waiting(&laptop), (0, 0));
}

#[test]
fn a_locked_stick_and_one_that_was_pulled_out_get_plain_words() {
    let folder = tempfile::tempdir().unwrap();
    let (_district, laptop) = scene(folder.path());
    let gone = export_words(&laptop, &folder.path().join("not there/kiriman.payungusb"));
    assert!(gone.contains("tidak ada lagi") && gone.contains("Pasang lagi"), "{gone}");
    let gone = on(&laptop, |register| import_bundle(register, &folder.path().join("jawaban.payungusb")));
    assert!(gone.unwrap_err().to_string().contains("tidak ada lagi"));
    if let Some(stick) = SmallStick::mounted(&folder.path().join("locked"), "size=8m") {
        let facts = on(&laptop, |register| export_bundle(register, &stick.0)).expect("not locked yet");
        stick.remount("remount,ro");
        let locked = export_words(&laptop, &stick.0);
        assert!(locked.contains("terkunci"), "{locked}");
        assert!(facts.path.exists(), "what was there is still there");
    }
}

/// The chosen file is a shortcut; the real one lies in a folder without a name, as such viruses leave it.
#[test]
fn a_shortcut_virus_is_recognised_and_the_real_file_named() {
    let folder = tempfile::tempdir().unwrap();
    let (district, laptop) = scene(folder.path());
    let stick = stick(folder.path());
    let hidden = stick.join("\u{a0}");
    std::fs::create_dir(&hidden).unwrap();
    let real = on(&laptop, |register| export_bundle(register, &hidden)).unwrap().path;
    let name = real.file_name().unwrap().to_string_lossy().into_owned();
    for shortcut in [format!("{name}.lnk"), "Removable Disk (E).lnk".to_owned()] {
        std::fs::write(stick.join(&shortcut), b"L\0\0\0").unwrap();
        let words =
            bundle::import(&district, &quiet(), &stick.join(&shortcut), None).unwrap_err().to_string();
        assert!(words.contains("pintasan buatan virus") && words.contains(&name), "{shortcut}: {words}");
        let words = on(&laptop, |register| import_bundle(register, &stick.join(&shortcut)));
        assert!(words.unwrap_err().to_string().contains("pintasan buatan virus"));
    }
    let words = bundle::import(&district, &quiet(), &stick.join(&name), None).unwrap_err().to_string();
    assert!(words.contains("disembunyikan virus di sini"), "the file is missed where it was: {words}");
    let imported = bundle::import(&district, &quiet(), &real, Some(&stick)).expect("the real file is good");
    let words = imported.words(district.utc_offset());
    assert!(imported.infected && words.contains("virus pintasan"), "{words}");
    let answer = on(&laptop, |register| import_bundle(register, &imported.written.path)).unwrap();
    assert!(answer.words.contains("virus pintasan"), "the laptop's clerk is told, too: {}", answer.words);

    std::fs::remove_file(&real).unwrap();
    let nothing = stick.join("Removable Disk (E).lnk");
    std::fs::remove_file(&imported.written.path).unwrap();
    let words = bundle::import(&district, &quiet(), &nothing, None).unwrap_err().to_string();
    assert!(words.contains("folder tersembunyi") && words.contains("minta berkasnya dibuat lagi"), "{words}");
}
