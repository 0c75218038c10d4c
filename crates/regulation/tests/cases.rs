//! Every case in `cases/`, and that together they show every outcome of every rule and both sides of every warning.

mod support;

use payung_regulation::{Outcome, Slot, builtin};
use std::fs;
use std::io::{Write, stderr};
use support::{Ran, run};

/// The fewest cases that the two regulations deserve.
const CASES_MIN: usize = 150;

#[test]
fn every_case_holds() {
    let (mut count, mut wrong) = (0, Vec::new());
    for (file, text) in case_files() {
        let (ran, problems) = run(&text);
        assert!(!ran.is_empty(), "{file} holds no case");
        println!("{file}: {} kasus", ran.len());
        count += ran.len();
        wrong.extend(problems.into_iter().map(|problem| format!("{file}: {problem}")));
    }
    // Past the test harness, which hides what a passing test prints.
    writeln!(stderr(), "{count} kasus pemeriksaan syarat").unwrap();
    assert!(wrong.is_empty(), "{} masalah:\n{}", wrong.len(), wrong.join("\n"));
    assert!(count >= CASES_MIN, "only {count} cases");
}

#[test]
fn every_outcome_of_every_rule_is_shown() {
    let ran = all();
    for regulation in builtin() {
        for rule in &regulation.rules {
            let possible = Slot::of(&rule.kind, regulation.statement.stamped);
            for outcome in Outcome::ALL {
                let shown = ran.iter().any(|case| {
                    case.regulation.id == regulation.id
                        && case.judgement.finding(&rule.id).is_some_and(|finding| finding.outcome == *outcome)
                });
                let expected = possible.iter().any(|slot| slot.outcome() == *outcome);
                assert_eq!(shown, expected, "{} {} {}", regulation.id, rule.id, outcome.name());
            }
        }
    }
}

#[test]
fn every_warning_is_shown_present_and_absent() {
    let ran = all();
    for regulation in builtin() {
        let of_this = || ran.iter().filter(|case| case.regulation.id == regulation.id);
        for warning in &regulation.warnings {
            let id = warning.kind.id();
            assert!(of_this().any(|case| case.judgement.warning(id).is_some()), "{} {id}", regulation.id);
            let always = id == "draft_regulation";
            let absent = of_this().any(|case| case.judgement.warning(id).is_none());
            assert_eq!(absent, !always, "{} without {id}", regulation.id);
        }
    }
}

/// No sentence comes out with a hole in it, without its remedy, or without its end.
#[test]
fn every_sentence_is_whole() {
    for case in all() {
        let name = &case.name;
        for finding in &case.judgement.findings {
            whole(&finding.message, name);
            assert_eq!(finding.remedy.is_none(), finding.outcome == Outcome::Met, "{name}: {}", finding.rule);
            assert_eq!(finding.pending_on.is_some(), finding.outcome == Outcome::Pending, "{name}");
            finding.remedy.iter().for_each(|remedy| whole(remedy, name));
            finding.tafsir.iter().for_each(|tafsir| whole(tafsir, name));
        }
        case.judgement.warnings.iter().for_each(|warning| whole(&warning.message, name));
    }
}

#[test]
fn a_careless_case_fails() {
    const GOOD: &str = r#"
        peraturan = "kebumen-56-2024"
        [[kasus]]
        nama = "Kosong"
        didaftarkan = 2026-11-21
        hasil = "belum lengkap"
        syarat = { age = "belum diketahui", worker = "belum diketahui", statement = "menunggu", residence = "belum diketahui", other_cover = "belum diketahui" }
        peringatan = ["vulnerable_undeclared"]
    "#;
    assert_eq!(run(GOOD).1, Vec::<String>::new());
    for (from, to, problem) in [
        ("nama = ", "judul = ", "kunci \"judul\" tidak dikenal"),
        ("peraturan = ", "catatan = \"x\"\nperaturan = ", "kunci \"catatan\" tidak dikenal"),
        ("kebumen-56-2024", "kebumen", "peraturan tidak dikenal"),
        ("worker = \"belum diketahui\", ", "", "syarat \"worker\" tidak disebut"),
        ("worker = ", "gaji = \"menunggu\", worker = ", "syarat \"gaji\" tidak ada"),
        ("statement = \"menunggu\"", "statement = \"ditunggu\"", "diharapkan \"ditunggu\""),
        ("hasil = \"belum lengkap\"", "hasil = \"menunggu\"", "hasil: diharapkan"),
        ("[\"vulnerable_undeclared\"]", "[]", "peringatan: diharapkan []"),
        ("hasil =", "data = { umur = \"3\" }\nhasil =", "kolom \"umur\" tidak dikenal"),
        ("hasil =", "data = { nik = \"3\" }\nhasil =", "tidak_terbaca: diharapkan []"),
        ("hasil =", "surat = \"hilang\"\nhasil =", "surat \"hilang\" tidak dikenal"),
        ("2026-11-21", "\"2026-11-21\"", "harus tanggal tanpa tanda kutip"),
        ("2026-11-21", "2026-11-41", "bukan TOML"),
        ("hasil =", "bacaan_lain = { age = \"terpenuhi\" }\nhasil =", "bacaan_lain: diharapkan"),
        ("hasil =", "berubah = 2026-11-22\nhasil =", "berubah: diharapkan"),
    ] {
        let (_, problems) = run(&GOOD.replacen(from, to, 1));
        assert!(problems.iter().any(|found| found.contains(problem)), "{to:?} gave {problems:?}");
    }
}

fn whole(sentence: &str, case: &str) {
    let flawed = ["{", "}", "  ", " .", ": .", "()", ": ,"];
    assert!(
        !sentence.is_empty() && !flawed.iter().any(|flaw| sentence.contains(flaw)),
        "{case}: {sentence:?}"
    );
    assert!(sentence.ends_with('.'), "{case}: {sentence:?} has no end");
}

fn all() -> Vec<Ran> {
    case_files().into_iter().flat_map(|(_, text)| run(&text).0).collect()
}

/// The case files, by name.
fn case_files() -> Vec<(String, String)> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/cases");
    let mut files: Vec<(String, String)> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "toml"))
        .map(|path| {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            (name, fs::read_to_string(path).unwrap())
        })
        .collect();
    files.sort();
    files
}
