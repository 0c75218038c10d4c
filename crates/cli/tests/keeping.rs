//! `payung photo add`, `payung backup` and `payung restore` as a script meets them.

use image::{ImageFormat, Rgb, RgbImage};
use serde_json::Value;
use std::fs;
use std::path::PathBuf;
use std::process::{Command, Output};
use tempfile::TempDir;

const PEOPLE: &str = "nik,nama,tanggal_lahir,jenis_kelamin,ktp_kabupaten,bukti_ktp,berdomisili,pekerjaan,\
                      masih_bekerja,rentan,tidak_sakit_berat,peserta_pu,jaminan_lain\n\
                      3305011708750001,Slamet Contoh,17-08-1975,L,33.05,ktp_el,ya,petani,ya,ya,ya,tidak,tidak_ada\n";

/// A village of one person, its passphrase beside it.
struct Village {
    folder: TempDir,
}

impl Village {
    fn new() -> Self {
        let village = Self { folder: tempfile::tempdir().expect("folder") };
        fs::write(village.path("sandi"), "padi sawah kuning\n").expect("written");
        fs::write(village.path("orang.csv"), PEOPLE).expect("written");
        let made = village.say(&[
            "village",
            "new",
            "--code",
            "33.05.01.2001",
            "--operator",
            "Siti",
            "--data",
            "desa",
        ]);
        assert!(made.status.success(), "{}", text(&made));
        let imported = village.say(&["import", "orang.csv", "--ready", "--data", "desa"]);
        assert!(imported.status.success(), "{}", text(&imported));
        village
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Runs the program beside the data folder, with the passphrase where a command takes one.
    fn say(&self, words: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_payung"));
        command.args(words).current_dir(self.folder.path());
        if words[0] != "restore" {
            command.args(["--passphrase-file", "sandi"]);
        }
        command.output().expect("payung is built")
    }

    fn status(&self, data: &str) -> Value {
        let output = self.say(&["status", "--format", "json", "--data", data]);
        serde_json::from_slice(&output.stdout).expect("JSON")
    }

    /// A card-like picture, larger than what may be kept.
    fn photo(&self, name: &str, side: u32) {
        let picture = RgbImage::from_fn(side * 4 / 3, side, |x, y| {
            let grain = (x.wrapping_mul(2_654_435_761) ^ y.wrapping_mul(40_503)) >> 13 & 31;
            Rgb([200, 215, 230].map(|colour: u8| colour - grain as u8 - (x / 40 + y / 40) as u8 % 2 * 120))
        });
        picture.save_with_format(self.path(name), ImageFormat::Jpeg).expect("written");
    }
}

fn text(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

fn failed(output: &Output) -> String {
    assert_eq!(output.status.code(), Some(2), "{}", text(output));
    assert!(output.stdout.is_empty(), "nothing but the reason");
    let line = text(output);
    assert_eq!(line.trim_end().lines().count(), 1, "one line: {line}");
    line
}

#[test]
fn a_photo_is_made_small_and_waits_for_the_district() {
    let village = Village::new();
    village.photo("kartu.jpg", 1_800);
    let large = fs::metadata(village.path("kartu.jpg")).expect("a file").len();
    assert!(large > 200_000, "the source is large: {large}");
    let add = ["photo", "add", "--nik", "3305011708750001", "--kind", "ktp", "kartu.jpg", "--data", "desa"];
    let added = village.say(&add);
    assert!(added.status.success() && text(&added).contains("Foto tersimpan"), "{}", text(&added));
    let status = village.status("desa");
    assert_eq!((&status["attachments"], &status["attachments_receipted"]), (&1.into(), &0.into()));
    assert!(failed(&village.say(&add)).contains("sudah terlampir"));
    let journal = village.say(&["journal", "verify", "--data", "desa"]);
    assert!(text(&journal).contains("1 berkas"), "{}", text(&journal));
}

#[test]
fn what_is_no_photo_of_anybody_is_refused_in_one_line() {
    let village = Village::new();
    village.photo("kartu.jpg", 600);
    fs::write(village.path("surat.pdf"), "%PDF-1.7").expect("written");
    let add = |nik: &str, file: &str| {
        village.say(&["photo", "add", "--nik", nik, "--kind", "kk", file, "--data", "desa"])
    };
    assert!(failed(&add("3305011708750001", "surat.pdf")).contains("PDF"));
    assert!(failed(&add("3305011708750001", "tidak-ada.jpg")).contains("tidak dapat dibaca"));
    assert!(failed(&add("3305011708759999", "kartu.jpg")).contains("Tidak ada orang"));
    assert_eq!(village.status("desa")["attachments"], 0);
}

#[test]
fn a_backup_is_put_back_into_an_empty_folder() {
    let village = Village::new();
    village.photo("kartu.jpg", 600);
    let add = ["photo", "add", "--nik", "3305011708750001", "--kind", "kk", "kartu.jpg", "--data", "desa"];
    assert!(village.say(&add).status.success());
    let backup = village.say(&["backup", "desa.payung-cadangan", "--data", "desa"]);
    assert!(backup.status.success() && text(&backup).contains("terbaca kembali"), "{}", text(&backup));

    let over = village.say(&["restore", "desa.payung-cadangan", "--data", "desa"]);
    assert!(failed(&over).contains("sudah berisi register"));
    let restored = village.say(&["restore", "desa.payung-cadangan", "--data", "baru"]);
    assert!(restored.status.success() && text(&restored).contains("33.05.01.2001"), "{}", text(&restored));
    let verified = village.say(&["journal", "verify", "--data", "baru"]);
    assert!(verified.status.success(), "{}", text(&verified));
    assert_eq!(village.status("baru")["attachments"], 1);
    assert_eq!(village.status("baru")["people"], village.status("desa")["people"]);

    fs::write(village.path("lain"), PEOPLE).expect("written");
    let foreign = failed(&village.say(&["restore", "lain", "--data", "kosong"]));
    assert!(foreign.contains("bukan cadangan Payung"), "{foreign}");
    let mut bytes = fs::read(village.path("desa.payung-cadangan")).expect("read");
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    fs::write(village.path("lain"), &bytes).expect("written");
    assert!(failed(&village.say(&["restore", "lain", "--data", "kosong"])).contains("rusak"));
    fs::write(village.path("lain"), &bytes[..middle]).expect("written");
    assert!(failed(&village.say(&["restore", "lain", "--data", "kosong"])).contains("terpotong"));
    let nowhere = village.say(&["backup", "flashdisk/desa.payung-cadangan", "--data", "desa"]);
    assert!(failed(&nowhere).contains("dicabut"), "{}", text(&nowhere));
}
