//! `payung check` as a stranger meets it: the built program, real files, its exit codes and its two reports.

use payung_sheets::write_xlsx;
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use tempfile::TempDir;

const HEADER: &str = "nik,nama,tanggal_lahir,jenis_kelamin,ktp_kabupaten,bukti_ktp,berdomisili,pekerjaan,\
                      masih_bekerja,rentan,tidak_sakit_berat,peserta_pu,jaminan_lain";

/// A farmer of Kebumen whom only the statement keeps waiting.
const FARMER: &str =
    "3305011708750001,Slamet Contoh,17-08-1975,L,33.05,ktp_el,ya,petani,ya,ya,ya,tidak,tidak_ada";

struct Bench {
    folder: TempDir,
}

impl Bench {
    fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    fn file(&self, name: &str, text: &str) -> PathBuf {
        let path = self.folder.path().join(name);
        fs::write(&path, text).unwrap();
        path
    }

    /// A CSV of the header above and these rows.
    fn rows(&self, rows: &[&str]) -> PathBuf {
        self.file("usulan.csv", &format!("{HEADER}\n{}\n", rows.join("\n")))
    }
}

fn payung(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_payung")).args(arguments).output().unwrap()
}

fn check(regulation: &str, format: &str, file: &Path) -> Output {
    let file = file.to_str().unwrap();
    payung(&["check", "--regulation", regulation, "--registered-on", "2026-11-21", "--format", format, file])
}

/// The report for programs, one object a line.
fn lines(regulation: &str, file: &Path) -> Vec<Value> {
    let output = check(regulation, "json", file);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn ids<'a>(line: &'a Value, list: &str, key: &str) -> Vec<&'a str> {
    line[list].as_array().unwrap().iter().map(|entry| entry[key].as_str().unwrap()).collect()
}

fn outcome<'a>(line: &'a Value, rule: &str) -> &'a str {
    let rules = line["rules"].as_array().unwrap();
    rules.iter().find(|entry| entry["id"] == rule).unwrap()["outcome"].as_str().unwrap()
}

/// Refused with code 2, nothing on stdout, and one line on stderr that says this.
#[track_caller]
fn refused(output: &Output, says: &str) {
    let stderr = String::from_utf8(output.stderr.clone()).unwrap();
    assert_eq!(output.status.code(), Some(2), "{stderr}");
    assert!(output.stdout.is_empty(), "a refusal prints no report");
    assert_eq!(stderr.lines().count(), 1, "one line: {stderr}");
    assert!(stderr.contains(says), "{stderr:?} does not say {says:?}");
}

#[test]
fn one_object_a_line_with_exactly_these_keys() {
    let bench = Bench::new();
    let output = check("kebumen-56-2024", "json", &bench.rows(&[FARMER]));
    let text = String::from_utf8(output.stdout).unwrap();
    assert_eq!(
        text,
        "{\"row\":2,\"nik\":\"3305011708750001\",\"verdict\":\"pending\",\"rules\":[\
         {\"id\":\"age\",\"cite\":\"Pasal 10 ayat (3) huruf a\",\"outcome\":\"met\",\
         \"message\":\"Berusia 51 tahun pada 21 November 2026.\"},\
         {\"id\":\"worker\",\"cite\":\"Pasal 10 ayat (1) dan ayat (3) huruf a\",\"outcome\":\"met\",\
         \"message\":\"Masih bekerja: Petani.\"},\
         {\"id\":\"statement\",\"cite\":\"Pasal 10 ayat (3) huruf a\",\"outcome\":\"pending\",\
         \"message\":\"Belum ada surat pernyataan Kepala Desa/Lurah untuk data ini.\"},\
         {\"id\":\"residence\",\"cite\":\"Pasal 10 ayat (3) huruf b\",\"outcome\":\"met\",\
         \"message\":\"KTP Kabupaten Kebumen dan berdomisili di sini.\"},\
         {\"id\":\"other_cover\",\"cite\":\"Pasal 10 ayat (3) huruf c\",\"outcome\":\"met\",\
         \"message\":\"Tidak ada jaminan BPJS Ketenagakerjaan dari APBD Provinsi atau APBN.\"}],\
         \"warnings\":[],\"errors\":[]}\n"
    );
}

#[test]
fn klungkung_names_its_own_rules() {
    let bench = Bench::new();
    let file = bench.file(
        "usulan.csv",
        "nik;nama;tanggal_lahir;ktp_kabupaten;dtsen;peserta_pu;pekerja_informal;jaminan_lain\n\
         5105015002800001;Ni Luh Contoh;10/02/1980;5105;ya;tidak;ya;apbd_kabupaten\n",
    );
    let report = lines("klungkung-draft", &file);
    let rules = ["age", "residence", "dtsen", "wage_participant", "informal_work", "other_cover"];
    assert_eq!(ids(&report[0], "rules", "id"), rules);
    assert_eq!(report[0]["verdict"], "pending", "only the district can match DTSEN");
    assert_eq!(ids(&report[0], "warnings", "id"), ["draft_regulation"]);
}

#[test]
fn an_unreadable_row_keeps_its_line_and_number() {
    let bench = Bench::new();
    let file = bench.rows(&[
        FARMER,
        "",
        "3305011708750002,Tanggal Keliru,31-02-1980,L,33.05,ktp_el,ya,petani,ya,ya,ya,tidak,tidak_ada",
        "3.30501E+15,Dirusak Excel,17-08-1975,L,33.05,ktp_el,ya,petani,ya,ya,ya,tidak,tidak_ada",
        ",Tanpa Nik,17-08-1975,L,33.05,ktp_el,ya,petani,ya,ya,ya,tidak,tidak_ada",
    ]);
    let report = lines("kebumen-56-2024", &file);
    let rows: Vec<u64> = report.iter().map(|line| line["row"].as_u64().unwrap()).collect();
    assert_eq!(rows, [2, 4, 5, 6], "as the spreadsheet shows them, the empty row counted");

    assert_eq!(ids(&report[1], "errors", "field"), ["tanggal_lahir"]);
    assert_eq!((outcome(&report[1], "age"), outcome(&report[1], "worker")), ("unknown", "met"));
    assert_eq!(report[1]["verdict"], "incomplete");

    assert_eq!(ids(&report[2], "errors", "field"), ["nik"]);
    assert_eq!(report[2]["nik"], "3.30501E+15", "as it stands in the file");
    let message = report[2]["errors"][0]["message"].as_str().unwrap();
    assert!(message.contains("jadikan kolom") && message.contains("teks"), "says how to mend it: {message}");

    assert_eq!(report[3]["nik"], Value::Null);
    assert_eq!(
        ids(&report[3], "errors", "field"),
        ["nik"],
        "no rule reads the NIK, so its absence is told here"
    );
}

#[test]
fn the_same_nik_twice_names_the_other_rows() {
    let bench = Bench::new();
    let spaced = FARMER.replacen("3305011708750001", "330501 170875 0001", 1);
    let other = FARMER.replacen("3305011708750001", "3305011708750009", 1);
    let report = lines("kebumen-56-2024", &bench.rows(&[FARMER, &other, &spaced, FARMER]));
    let duplicate = |line: &Value| {
        let warnings = line["warnings"].as_array().unwrap().iter();
        let found = warnings.filter(|warning| warning["id"] == "duplicate_in_file");
        found.map(|warning| warning["message"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert!(duplicate(&report[0])[0].contains("di baris 4, 5."), "{:?}", duplicate(&report[0]));
    assert!(duplicate(&report[1]).is_empty());
    assert!(duplicate(&report[2])[0].contains("di baris 2, 5."), "blanks make no other NIK");
    assert!(duplicate(&report[3])[0].contains("di baris 2, 4."));
    assert_eq!(report[0]["verdict"], "pending", "a warning changes no verdict");
}

#[test]
fn the_order_of_rows_changes_nothing() {
    let bench = Bench::new();
    let people = |number: usize| {
        let (year, cover) = (1950 + number, ["tidak_ada", "apbn", "csr:2026-12-31", "", "salah"][number % 5]);
        let (nik, domicile) =
            (3_305_010_101_000_001 + number as u64 * 10_000, ["ya", "tidak", ""][number % 3]);
        format!("{nik},Orang {number},{year}-11-21,L,33.05,ktp_el,{domicile},petani,ya,ya,ya,tidak,{cover}")
    };
    let rows: Vec<String> = (0..60).map(people).collect();
    let forwards: Vec<&str> = rows.iter().map(String::as_str).collect();
    let backwards: Vec<&str> = forwards.iter().rev().copied().collect();
    let without_row = |line: &Value| {
        let mut line = line.clone();
        line.as_object_mut().unwrap().remove("row");
        line
    };
    let first: Vec<Value> =
        lines("kebumen-56-2024", &bench.rows(&forwards)).iter().map(without_row).collect();
    let mut second: Vec<Value> =
        lines("kebumen-56-2024", &bench.rows(&backwards)).iter().map(without_row).collect();
    second.reverse();
    assert_eq!(first.len(), 60);
    assert_eq!(first, second);
}

#[test]
fn an_excel_file_says_the_same_as_a_csv_file() {
    let bench = Bench::new();
    let workbook = bench.folder.path().join("usulan.xlsx");
    let header: Vec<&str> = HEADER.split(',').collect();
    write_xlsx(&workbook, &header, [FARMER.split(',').map(str::to_owned).collect()]).unwrap();
    let csv = bench.rows(&[FARMER]);
    assert_eq!(lines("kebumen-56-2024", &workbook), lines("kebumen-56-2024", &csv));
}

#[test]
fn only_three_columns_are_needed_and_nothing_is_invented() {
    let bench = Bench::new();
    let file = bench.file("sedikit.csv", "nama,tanggal_lahir,nik\nSlamet,1975-08-17,3305011708750001\n");
    let report = lines("kebumen-56-2024", &file);
    for rule in ["worker", "residence", "other_cover"] {
        assert_eq!(outcome(&report[0], rule), "unknown", "{rule}");
    }
    assert_eq!(outcome(&report[0], "age"), "met");
    assert_eq!(report[0]["errors"].as_array().unwrap().len(), 0, "what is absent is no error");
}

#[test]
fn the_planned_first_payment_is_looked_at() {
    let bench = Bench::new();
    let turning =
        FARMER.replacen("17-08-1975", "22-11-1961", 1).replacen("3305011708750001", "3305012211610001", 1);
    let file = bench.rows(&[&turning]);
    assert_eq!(ids(&lines("kebumen-56-2024", &file)[0], "warnings", "id"), [""; 0]);
    let file = file.to_str().unwrap();
    let output = payung(&[
        "check",
        "--regulation=kebumen-56-2024",
        "--registered-on=21-11-2026",
        "--first-payment=2026-11-22",
        "--format=json",
        file,
    ]);
    let line: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(ids(&line, "warnings", "id"), ["bpjs_age_limit"]);
}

#[test]
fn the_table_is_for_people() {
    let bench = Bench::new();
    let evil =
        "3305011708750002,\u{1b}[31mNama Aneh,17-08-2020,L,33.05,ktp_el,ya,petani,ya,ya,ya,tidak,tidak_ada";
    let output = check("kebumen-56-2024", "table", &bench.rows(&[FARMER, evil]));
    let text = String::from_utf8(output.stdout).unwrap();
    for words in [
        "Tanggal pendaftaran 21 November 2026",
        "3305011708750001  Slamet Contoh                 menunggu",
        "tidak terpenuhi: Baru berusia 6 tahun pada 21 November 2026; paling muda 18 tahun. (Pasal 10 ayat (3) huruf a)",
        "genap 18 tahun pada 17 Agustus 2038",
        "peringatan: NIK menunjuk tanggal lahir 17 Agustus 1975",
        "Jumlah: 2 calon penerima",
        "     1  tidak memenuhi syarat",
        "Memenuhi syarat belum berarti ditetapkan.",
    ] {
        assert!(text.contains(words), "{words:?} is not in\n{text}");
    }
    assert!(!text.contains('\u{1b}'), "a stranger's file commands no terminal");
    let draft = check("klungkung-draft", "table", &bench.rows(&[FARMER]));
    assert!(String::from_utf8(draft.stdout).unwrap().contains("RANCANGAN - belum berlaku"));
}

#[test]
fn what_is_left_aside_is_told() {
    let bench = Bench::new();
    let file =
        bench.file("lebih.csv", "nik,nama,tanggal_lahir,agama\n3305011708750001,Slamet,1975-08-17,x\n,,,y\n");
    let output = check("kebumen-56-2024", "json", &file);
    let stderr = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(0));
    assert!(stderr.contains("agama"), "{stderr}");
    assert!(stderr.contains("Baris 3 dilewati"), "{stderr}");
    let early = payung(&[
        "check",
        "--regulation=kebumen-56-2024",
        "--registered-on=2024-08-29",
        file.to_str().unwrap(),
    ]);
    let stderr = String::from_utf8(early.stderr).unwrap();
    assert!(stderr.contains("baru berlaku mulai 30 Agustus 2024"), "{stderr}");
}

#[test]
fn a_third_regulation_is_a_file() {
    let bench = Bench::new();
    let kebumen = include_str!("../../regulation/regulations/kebumen-56-2024.toml");
    let own = kebumen
        .replacen("kebumen-56-2024", "wonosobo-contoh", 1)
        .replacen("min = 18", "min = 21", 1)
        .replacen("max = 65", "max = 50", 1);
    let regulation = bench.file("wonosobo.toml", &own);
    let report = lines(regulation.to_str().unwrap(), &bench.rows(&[FARMER]));
    assert_eq!(outcome(&report[0], "age"), "not_met", "51 is too old where 50 is the bound");

    let line = own.lines().position(|line| line == "min = 21").unwrap() + 1;
    let broken = bench.file("rusak.toml", &own.replacen("min = 21", "min = \"dua puluh\"", 1));
    refused(
        &check(broken.to_str().unwrap(), "json", &bench.rows(&[FARMER])),
        &format!(
            "rusak.toml, baris {line}, rules[1].min: harus angka bulat, di sini teks. Tulis angka bulat"
        ),
    );
}

#[test]
fn what_cannot_be_done_is_refused_in_one_line() {
    let bench = Bench::new();
    let good = bench.rows(&[FARMER]);
    let good = good.to_str().unwrap();
    let known = ["--regulation", "kebumen-56-2024"];
    let run = |regulation: [&str; 2], date: &str, file: &str| {
        payung(&["check", regulation[0], regulation[1], "--registered-on", date, file])
    };
    refused(
        &run(["--regulation", "kebumen"], "2026-11-21", good),
        "\"kebumen\" tidak dikenal. Tulis kebumen-56-2024",
    );
    refused(
        &run(["--regulation", "tidak-ada.toml"], "2026-11-21", good),
        "tidak-ada.toml tidak dapat dibaca",
    );
    refused(&run(known, "2026-02-30", good), "--registered-on \"2026-02-30\" bukan tanggal yang ada");
    refused(&run(known, "2026-11-21", "tidak-ada.csv"), "tidak-ada.csv");
    refused(&payung(&["check", "--regulation", "kebumen-56-2024", good]), "--registered-on");
    refused(&payung(&["check", "--bentuk", "json"]), "--bentuk");
    refused(&payung(&["periksa"]), "periksa");
    refused(&payung(&[]), "perintahnya belum ditulis");

    let missing = bench.file("kurang.csv", "nik,nama\n3305011708750001,Slamet\n");
    refused(&run(known, "2026-11-21", missing.to_str().unwrap()), "tanggal_lahir");
    let empty = bench.file("kosong.csv", "");
    refused(&run(known, "2026-11-21", empty.to_str().unwrap()), "kosong.csv");
    let picture = bench.file("foto.xlsx", "PK\u{3}\u{4}bukan buku kerja");
    refused(&run(known, "2026-11-21", picture.to_str().unwrap()), "foto.xlsx");
}

#[test]
fn help_is_in_indonesian() {
    let output = payung(&["check", "--help"]);
    let text = String::from_utf8(output.stdout).unwrap();
    assert_eq!(output.status.code(), Some(0));
    assert!(text.contains("Pemakaian:") && text.contains("--registered-on <TANGGAL>"), "{text}");
    for english in ["Usage", "Options", "OPTIONS", "Print", "default", "possible", "Arguments"] {
        assert!(!text.contains(english), "{english} in\n{text}");
    }
}
