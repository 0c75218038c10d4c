//! A malformed regulation file is refused with file, line, field and what to write instead, in Bahasa Indonesia.

use payung_regulation::{Regulation, RegulationFileError, SOURCES};

/// The third regulation with one place changed. The place must be there exactly once.
fn refused(from: &str, to: &str) -> RegulationFileError {
    let text = include_str!("third.toml");
    assert_eq!(text.matches(from).count(), 1, "{from:?} must mark one place of the file");
    let changed = text.replacen(from, to, 1);
    match Regulation::parse("contoh.toml", &changed) {
        Ok(_) => panic!("{to:?} must be refused"),
        Err(error) => error,
    }
}

/// Asserts the whole sentence that the officer reads.
#[track_caller]
fn check(from: &str, to: &str, sentence: &str) {
    let found = refused(from, to).to_string();
    assert_eq!(found, sentence);
}

#[test]
fn an_unknown_field_is_named() {
    check(
        "short_title = ",
        "judul_pendek = ",
        "contoh.toml, baris 3, judul_pendek: nama ini tidak dikenal di sini. Yang dikenal: id, title, short_title, \
         regency, regency_name, citation, draft, draft_mark, effective_from, utc_offset_hours, statement, rules, \
         warnings.",
    );
    check(
        "min = 20",
        "minimum = 20",
        "contoh.toml, baris 22, rules[1].minimum: nama ini tidak dikenal di sini. Yang dikenal: id, kind, title, \
         cite, rests_on, tafsir, words, min, max.",
    );
    check(
        "not_born = {",
        "belum_lahir = {",
        "contoh.toml, baris 31, rules[1].words.belum_lahir: nama ini tidak dikenal di sini. Yang dikenal: met, \
         too_young, too_old, not_born, unknown.",
    );
}

#[test]
fn a_wrong_type_is_named() {
    check(
        "min = 20",
        "min = \"20\"",
        "contoh.toml, baris 22, rules[1].min: harus angka bulat, di sini teks. Tulis angka bulat tanpa tanda kutip.",
    );
    check(
        "draft = false",
        "draft = \"tidak\"",
        "contoh.toml, baris 7, draft: harus true atau false, di sini teks. Tulis true atau false, tanpa tanda kutip.",
    );
    check(
        "title = \"Nelayan atau pedagang\"",
        "title = 7",
        "contoh.toml, baris 39, rules[2].title: harus teks, di sini angka bulat. Tulis dalam tanda kutip, misalnya \
         \"contoh\".",
    );
    check(
        "occupations = [\"nelayan\", \"pedagang\"]",
        "occupations = \"nelayan\"",
        "contoh.toml, baris 37, rules[2].occupations: harus daftar, di sini teks. Tulis daftar dalam kurung siku \
         dari: petani, buruh_tani, nelayan, tukang_ojek, pedagang, juru_parkir, sopir_angkutan, tukang_becak, \
         pengelola_tempat_ibadah, pendidik_keagamaan_nonformal, kuli_panggul, lainnya.",
    );
}

#[test]
fn an_unknown_rule_kind_is_named() {
    check(
        "kind = \"works\"",
        "kind = \"bekerja\"",
        "contoh.toml, baris 36, rules[2].kind: jenis syarat \"bekerja\" tidak dikenal. Pilih salah satu: age_between, \
         works, statement, residence, no_cover_from, cover_only_from, listed_dtsen, not_wage_participant, \
         informal_work.",
    );
}

#[test]
fn a_missing_wording_is_named() {
    check(
        "unlisted = { message = \"{pekerjaan} tidak ada dalam daftar.\", remedy = \"Periksa.\" }\n",
        "",
        "contoh.toml, baris 42, rules[2].words.unlisted: tidak ada. Tulis bagian [rules[2].words.unlisted].",
    );
    let error = refused(", remedy = \"Tunggu sampai {tanggal_berubah}.\" }", " }");
    assert_eq!((error.line, error.field.as_str()), (29, "rules[1].words.too_young.remedy"));
    let error = refused("met.message = \"Tidak ada.\"", "met.message = \"  \"");
    assert_eq!(error.problem, "masih kosong");
    assert_eq!(error.field, "rules[4].words.met.message");
}

#[test]
fn a_bad_date_is_named() {
    check(
        "effective_from = \"2027-01-01\"",
        "effective_from = \"2027-02-29\"",
        "contoh.toml, baris 8, effective_from: bukan tanggal yang ada. Tulis tahun-bulan-hari, misalnya 2024-08-30.",
    );
    check(
        "effective_from = \"2027-01-01\"",
        "effective_from = 2027-13-01",
        "contoh.toml, baris 8, effective_from: bukan tanggal yang ada. Tulis tahun-bulan-hari, misalnya 2024-08-30.",
    );
    let error = refused("effective_from = \"2027-01-01\"\n", "");
    assert_eq!((error.field.as_str(), error.problem.as_str()), ("effective_from", "tidak ada"));
}

#[test]
fn bounds_the_wrong_way_round_are_named() {
    check(
        "min = 20",
        "min = 41",
        "contoh.toml, baris 22, rules[1].min: usia paling muda (41) melebihi usia paling tua (40). Tukar kedua angka \
         itu, atau perbaiki salah satunya.",
    );
    assert_eq!(refused("max = 40", "max = 400").problem, "angka 400 di luar batas");
    assert_eq!(refused("max = 40", "max = -1").problem, "angka -1 di luar batas");
}

#[test]
fn a_repeated_id_is_named() {
    check(
        "id = \"nelayan\"",
        "id = \"usia\"",
        "contoh.toml, baris 35, rules[2].id: syarat \"usia\" sudah ada di atas. Beri setiap syarat id yang berbeda.",
    );
    let twice = "[[warnings]]\nid = \"nik_sex\"\nmessage = \"a\"\n[[warnings]]\nid = \"nik_sex\"\nmessage = \"b\"\n[[warnings]]";
    let error = refused("[[warnings]]", twice);
    assert_eq!((error.line, error.field.as_str()), (74, "warnings[2].id"));
    assert_eq!(
        refused("draft = false", "draft = false\ndraft = false").problem,
        "nama ini sudah dipakai di atas"
    );
}

#[test]
fn an_unknown_warning_is_named() {
    check(
        "id = \"official_as_worker\"",
        "id = \"pejabat\"",
        "contoh.toml, baris 71, warnings[1].id: peringatan \"pejabat\" tidak dikenal. Pilih salah satu: \
         bpjs_age_limit, minor, official_as_worker, nik_birth_date, nik_sex, nik_region, stale_desil, \
         draft_regulation, wage_earner, vulnerable_undeclared, already_funded, not_fit_declared.",
    );
}

#[test]
fn an_unknown_word_of_a_list_is_named() {
    let error = refused("\"nelayan\", \"pedagang\"", "\"nelayan\", \"astronaut\"");
    assert_eq!((error.line, error.problem.as_str()), (37, "\"astronaut\" tidak dikenal"));
    assert!(error.remedy.contains("kuli_panggul"), "the remedy lists the words: {}", error.remedy);
    assert_eq!(
        refused("sources = [\"mandiri\"]", "sources = [\"mandiri\", \"mandiri\"]").problem,
        "\"mandiri\" tertulis dua kali"
    );
    assert_eq!(refused("sources = [\"mandiri\"]", "sources = []").problem, "daftarnya kosong");
    assert_eq!(refused("rests_on = \"dokumen\"", "rests_on = \"kertas\"").field, "rules[3].rests_on");
    assert_eq!(refused("attests = [\"nik\", \"nama\"]", "attests = [\"umur\"]").field, "statement.attests");
}

#[test]
fn a_hole_that_cannot_be_filled_is_named() {
    check(
        "\"Sudah {umur} tahun.\"",
        "\"Sudah {usia} tahun.\"",
        "contoh.toml, baris 30, rules[1].words.too_old.message: isian {usia} tidak dikenal. Isian yang tersedia: \
         {umur}, {min}, {max}, {tanggal_daftar}, {tanggal_lahir}, {tanggal_berubah}.",
    );
    assert_eq!(
        refused("\"Lahir sesudah {tanggal_daftar}.\"", "\"Baru {umur}.\"").problem,
        "isian {umur} tidak tersedia di kalimat ini"
    );
    assert_eq!(
        refused("\"Sudah {umur} tahun.\"", "\"Sudah {umur tahun.\"").problem,
        "tanda { dan } tidak berpasangan"
    );
    assert_eq!(
        refused("message = \"Belum ada.\"", "message = \"{umur}.\"").remedy,
        "Tulis kalimat tanpa isian."
    );
}

#[test]
fn a_head_that_contradicts_itself_is_named() {
    assert_eq!(refused("need = \"required\"", "need = \"offered\"").field, "rules");
    assert_eq!(
        refused("kind = \"statement\"\n", "kind = \"listed_dtsen\"\n").field,
        "rules[3].words.not_met"
    );
    assert_eq!(refused("draft = false", "draft = true").field, "draft_mark");
    assert_eq!(
        refused("draft = false", "draft = true\ndraft_mark = \"RANCANGAN\"").problem,
        "rancangan tanpa peringatan \"draft_regulation\""
    );
    assert_eq!(refused("draft = false", "draft = false\ndraft_mark = \"RANCANGAN\"").field, "draft_mark");
    assert_eq!(refused("regency = \"9271\"", "regency = \"Contoh\"").field, "regency");
    assert_eq!(refused("utc_offset_hours = 9", "utc_offset_hours = 5").field, "utc_offset_hours");
    assert_eq!(refused("id = \"contoh-1-2027\"", "id = \"Contoh 1/2027\"").field, "id");
    assert_eq!(refused("cite = \"Pasal 4\"\nstamped", "stamped").field, "statement.cite");
}

#[test]
fn a_text_that_is_no_toml_is_named() {
    check(
        "title = \"Usia\"",
        "title = \"Usia",
        "contoh.toml, baris 24, title: baris ini tidak dapat dibaca. Periksa tanda kutip, tanda sama dengan, dan \
         kurung siku di baris ini dan baris sebelumnya.",
    );
    let empty = Regulation::parse("kosong.toml", "").unwrap_err();
    assert_eq!((empty.line, empty.field.as_str()), (1, "draft"));
    let garbage = Regulation::parse("foto.toml", "\u{0}\u{1}PNG").unwrap_err();
    assert_eq!((garbage.line, garbage.field.as_str()), (1, "isi baris"));
    let people = Regulation::parse("warga.csv", "nik,nama\n3305011708750001,Slamet Contoh\n").unwrap_err();
    assert!(!people.to_string().contains("Slamet"), "a file of people is not repeated: {people}");
    let huge = "#".repeat(2 * 1024 * 1024);
    assert_eq!(Regulation::parse("besar.toml", &huge).unwrap_err().problem, "terlalu besar, lebih dari 1 MB");
}

/// Whatever single line is taken out of a real file, reading either still works or names a place inside the file.
#[test]
fn no_missing_line_panics_or_loses_its_place() {
    for (name, text) in SOURCES {
        let lines: Vec<&str> = text.lines().collect();
        for left_out in 0..lines.len() {
            let shorter: Vec<&str> =
                lines.iter().enumerate().filter(|(at, _)| *at != left_out).map(|(_, line)| *line).collect();
            if let Err(error) = Regulation::parse(name, &shorter.join("\n")) {
                assert!((1..=lines.len()).contains(&error.line), "line {} of {name}", error.line);
                assert!(!error.field.is_empty() && !error.remedy.is_empty(), "{error}");
            }
        }
    }
}

#[test]
fn both_regulations_of_the_program_read() {
    for (name, text) in SOURCES {
        Regulation::parse(name, text).unwrap_or_else(|error| panic!("{error}"));
    }
    assert_eq!(payung_regulation::builtin().len(), SOURCES.len());
}
