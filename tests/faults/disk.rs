//! A disk that fails: at the first call that writes, at the second, at the third, until a whole run goes through. The
//! programs are the real ones, their files the real encrypted ones; `shim.c` stands between them and the system.

use payung_district::{report, store};
use payung_domain::VillageCode;
use payung_register::Register;
use payung_sync::{HttpLink, SyncError, synchronise};
use payung_tests::line::{Line, SECRET, VILLAGE, WAITS};
use payung_tests::people;
use payung_tests::programs::program;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::OnceLock;

/// As `shim.c` explains them.
const MODES: [&str; 5] = ["eio", "full", "kill", "power", "power-some"];

/// No program writes so often in one of these runs; beyond it the test would not end.
const CALLS_MAX: u32 = 400;

/// The library, built once.
fn shim() -> &'static Path {
    static BUILT: OnceLock<PathBuf> = OnceLock::new();
    BUILT.get_or_init(|| {
        let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("faults/shim.c");
        let library = Path::new(env!("CARGO_TARGET_TMPDIR")).join("failing-disk.so");
        let built = Command::new("gcc")
            .args(["-shared", "-fPIC", "-O1", "-Wall", "-Werror", "-o"])
            .arg(&library)
            .arg(source)
            .args(["-ldl", "-lpthread"])
            .status()
            .expect("gcc runs");
        assert!(built.success(), "the failing disk is built");
        library
    })
}

/// A program whose disk fails at that call within a folder.
struct Failing<'a> {
    mode: &'a str,
    at: u32,
    mark: PathBuf,
}

impl<'a> Failing<'a> {
    fn new(folder: &Path, mode: &'a str, at: u32) -> Self {
        let mark = folder.join("struck");
        let _ = std::fs::remove_file(&mark);
        Self { mode, at, mark }
    }

    fn command(&self, name: &str, watched: &Path) -> Command {
        let mut command = Command::new(program(name));
        command
            .env("LD_PRELOAD", shim())
            .env("PAYUNG_DISK_FOLDER", watched)
            .env("PAYUNG_DISK_MODE", self.mode)
            .env("PAYUNG_DISK_AT", self.at.to_string())
            .env("PAYUNG_DISK_MARK", &self.mark);
        command
    }

    /// A village's program, to its end. Another test may be starting a program just now: until that has become itself it
    /// holds whatever this process held when it was forked, the folder's lock, too.
    fn village_program(&self, line: &Line, words: &[&str], file: Option<&Path>) -> Output {
        loop {
            let mut command = self.command("payung", &line.village_data());
            command.args(words).args(file).arg("--data").arg(line.village_data());
            let said = command.arg("--passphrase-file").arg(passphrase_file(line)).output();
            let said = said.expect("payung starts");
            if self.struck() || !String::from_utf8_lossy(&said.stderr).contains("sedang dibuka") {
                return said;
            }
        }
    }

    fn struck(&self) -> bool {
        self.mark.exists()
    }

    fn what(&self) -> String {
        format!("{} at call {}", self.mode, self.at)
    }
}

fn passphrase_file(line: &Line) -> PathBuf {
    let file = line.folder.path().join("passphrase");
    std::fs::write(&file, SECRET).expect("passphrase");
    file
}

/// Opens the village's register after a fault and proves it; gives what the check made of it and leaves it open.
fn reopened<T>(line: &Line, what: &str, check: impl FnOnce(&Register) -> T) -> T {
    line.open();
    line.with(|register| {
        register.verify_journal().unwrap_or_else(|error| panic!("{what}: {error}"));
        check(register)
    })
}

#[tokio::test(flavor = "multi_thread")]
async fn importing_on_a_failing_disk() {
    let line = Line::plain().await;
    line.close();
    let (mut serial, mut there) = (1, 0);
    for mode in MODES {
        let mut confirmed = 0;
        for at in 1.. {
            assert!(at < CALLS_MAX, "{mode}: it never goes through");
            let failing = Failing::new(line.folder.path(), mode, at);
            let file = people::write_csv(line.folder.path(), VILLAGE, serial, 2);
            serial += 2;
            let said = failing.village_program(&line, &["import", "--ready"], Some(&file));
            // The words on the screen are the acknowledgement, however the program ends afterwards.
            let acknowledged = String::from_utf8_lossy(&said.stdout).contains("2 siap");
            let now = reopened(&line, &failing.what(), |register| register.counts().total);
            line.close();
            if acknowledged {
                assert_eq!(now, there + 2, "{}: acknowledged and lost", failing.what());
                confirmed += 1;
            } else {
                assert!(now == there || now == there + 2, "{}: half an import is there", failing.what());
                assert!(!said.status.success(), "{}: silence is no success", failing.what());
            }
            there = now;
            if !failing.struck() {
                assert!(acknowledged, "{}: {}", failing.what(), String::from_utf8_lossy(&said.stderr));
                println!("import, {mode}: failed at each of {} calls, {confirmed} runs acknowledged", at - 1);
                break;
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn synchronising_on_a_failing_disk() {
    let mut line = Line::tls().await;
    for mode in MODES {
        // One error is met like another: of the two kinds each takes every second call.
        let first = if mode == "full" { 2 } else { 1 };
        let step = if mode == "full" || mode == "eio" { 2 } else { 1 };
        for at in (first..).step_by(step) {
            assert!(at < CALLS_MAX, "{mode}: it never goes through");
            line.release(1);
            line.close();
            let failing = Failing::new(line.folder.path(), mode, at);
            let ended = tokio::task::block_in_place(|| failing.village_program(&line, &["sync"], None));
            let succeeded = ended.status.success();
            let waits = reopened(&line, &failing.what(), |register| {
                register.outbox().expect("outbox").waiting_entries()
            });
            assert!(!succeeded || waits == 0, "{}: it said that all has arrived", failing.what());
            let mended = line.sync().await.unwrap_or_else(|error| panic!("{}: {error}", failing.what()));
            assert!(mended.healed.is_empty(), "{}: nothing had drifted apart", failing.what());
            assert_eq!(mended.compared, Some(true), "{}: both sides hold the same", failing.what());
            if !failing.struck() {
                println!(
                    "sync, {mode}: the village's disk failed at calls up to the {}th, every {step}.",
                    at - 1
                );
                line.assert_level(&failing.what());
                break;
            }
        }
    }
    line.assert_proved("after all faults of the village's disk");
}

#[tokio::test(flavor = "multi_thread")]
async fn serving_on_a_failing_disk() {
    let mut line = Line::plain().await;
    line.stop().await;
    for mode in MODES {
        let mut told = 0;
        for at in 1.. {
            assert!(at < CALLS_MAX, "{mode}: it never goes through");
            line.release(1);
            let failing = Failing::new(line.folder.path(), mode, at);
            let through = exchange_with_failing(&line, &failing).await;
            told += u32::from(through);
            assert_receipts_kept(&line, &failing.what());
            line.serve().await;
            let mended = line.sync().await.unwrap_or_else(|error| panic!("{}: {error}", failing.what()));
            assert!(mended.healed.is_empty(), "{}: nothing confirmed was lost", failing.what());
            line.stop().await;
            line.assert_level(&failing.what());
            if !failing.struck() {
                assert!(through, "{}: a whole disk serves", failing.what());
                println!(
                    "serve, {mode}: the district's disk failed at each of {} calls, {told} syncs through",
                    at - 1
                );
                break;
            }
        }
    }
    line.assert_proved("after all faults of the district's disk");
}

/// One sync with a `payung-district` on a failing disk; whether it went through.
async fn exchange_with_failing(line: &Line, failing: &Failing<'_>) -> bool {
    let mut server = failing
        .command("payung-district", &line.district_data())
        .args(["serve", "--plain-http", "--listen", "127.0.0.1:0", "--data"])
        .arg(line.district_data())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("payung-district starts");
    let mut said = String::new();
    let mut lines = BufReader::new(server.stdout.take().expect("stdout"));
    lines.read_line(&mut said).expect("read");
    let through = match said.trim().strip_prefix("listening on ") {
        None => false,
        Some(url) => {
            let link = HttpLink::with_waits(url, &line.authority, WAITS).expect("link");
            match synchronise(&line.register, &link, |_| {}).await {
                Ok(_) => true,
                Err(SyncError::Register(error)) => panic!("{}: {error}", failing.what()),
                Err(_) => false,
            }
        }
    };
    let _ = server.kill();
    server.wait().expect("the server ended");
    through
}

/// What stands under a receipt in the village stands at the district, byte for byte.
fn assert_receipts_kept(line: &Line, what: &str) {
    let district = line.district();
    let village = VillageCode::parse(VILLAGE).expect("village");
    let there = store::view(&*district.store, |reads| reads.series_of_village(village)).expect("series");
    let shared = line.with(|register| register.shared_series()).expect("series");
    let known = there.iter().find(|series| series.id == shared.series).expect("the village's series");
    assert!(known.length >= shared.held_seq, "{what}: confirmed and lost");
    let here = line.with(|register| register.head_at(shared.series, known.length)).expect("head");
    assert_eq!(here, Some(known.head), "{what}: the district's chain is the village's");
    let status = report::status(&district).expect("status");
    assert_eq!(status.entries, status.entries_receipted, "{what}: entries and their receipt are one");
}
