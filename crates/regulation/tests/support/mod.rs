//! Reading and running the cases of `cases/*.toml`: facts by the template's column names, and what is expected of every
//! rule. A case that does not name every rule, or that has a key nobody knows, fails.

use payung_domain::{CivilDate, Field, FieldValues, read};
use payung_regulation::{Context, Judgement, Regulation, StatementEvidence, by_id, judge};
use std::collections::BTreeMap;
use toml::{Table, Value};

const FILE_KEYS: &[&str] = &["peraturan", "orang", "kasus"];
const CASE_KEYS: &[&str] = &[
    "nama",
    "didaftarkan",
    "bayar_pertama",
    "surat",
    "padanan_dtsen",
    "data",
    "hasil",
    "syarat",
    "peringatan",
    "tidak_terbaca",
    "berubah",
    "bacaan_lain",
];

/// One case that ran, for tests over all of them.
pub struct Ran {
    pub regulation: &'static Regulation,
    pub name: String,
    pub judgement: Judgement,
}

/// Runs every case of a file. Each problem names the case and what was expected.
pub fn run(text: &str) -> (Vec<Ran>, Vec<String>) {
    let (mut ran, mut problems) = (Vec::new(), Vec::new());
    let file: Table = match text.parse() {
        Ok(file) => file,
        Err(error) => return (ran, vec![format!("bukan TOML: {error}")]),
    };
    problems.extend(unknown_keys("berkas", &file, FILE_KEYS));
    let Some(regulation) = file.get("peraturan").and_then(Value::as_str).and_then(by_id) else {
        problems.push("peraturan tidak dikenal".to_owned());
        return (ran, problems);
    };
    let empty = Table::new();
    let person = file.get("orang").and_then(Value::as_table).unwrap_or(&empty);
    let cases = file.get("kasus").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    for case in cases {
        let Some(case) = case.as_table() else {
            problems.push("kasus bukan bagian".to_owned());
            continue;
        };
        let name = case.get("nama").and_then(Value::as_str).unwrap_or("(tanpa nama)").to_owned();
        if ran.iter().any(|known: &Ran| known.name == name) {
            problems.push(format!("{name}: nama dipakai dua kali"));
        }
        match run_case(regulation, person, case) {
            Ok((judgement, found)) => {
                problems.extend(found.into_iter().map(|problem| format!("{name}: {problem}")));
                ran.push(Ran { regulation, name, judgement });
            }
            Err(problem) => problems.push(format!("{name}: {problem}")),
        }
    }
    (ran, problems)
}

fn run_case(
    regulation: &'static Regulation,
    person: &Table,
    case: &Table,
) -> Result<(Judgement, Vec<String>), String> {
    let mut problems = unknown_keys("kasus", case, CASE_KEYS);
    if !case.contains_key("nama") {
        problems.push("tanpa nama".to_owned());
    }
    let reading = read(&values(person, case)?);
    let judgement = judge(regulation, &reading, &context(case)?);

    expect(&mut problems, "hasil", text(case, "hasil")?, judgement.verdict.label());
    let outcomes = words_by_rule(case, "syarat")?.ok_or("syarat tidak ditulis")?;
    for rule in outcomes.keys().filter(|rule| regulation.rule(rule).is_none()) {
        problems.push(format!("syarat \"{rule}\" tidak ada dalam peraturan"));
    }
    for finding in &judgement.findings {
        match outcomes.get(finding.rule.as_str()) {
            None => problems.push(format!("syarat \"{}\" tidak disebut", finding.rule)),
            Some(expected) => {
                expect(&mut problems, &finding.rule, expected.as_str(), finding.outcome.label())
            }
        }
    }
    let warned = judgement.warnings.iter().map(|warning| warning.id.as_str());
    expect(&mut problems, "peringatan", sorted(list(case, "peringatan")?), sorted(warned.collect()));
    let unreadable = reading.errors.iter().map(|error| error.field.name());
    let expected = if case.contains_key("tidak_terbaca") { list(case, "tidak_terbaca")? } else { Vec::new() };
    expect(&mut problems, "tidak_terbaca", sorted(expected), sorted(unreadable.collect()));
    let changes = judgement.findings.iter().find_map(|finding| finding.changes_on);
    expect(&mut problems, "berubah", date(case, "berubah")?, changes);
    let other: BTreeMap<String, String> = judgement
        .findings
        .iter()
        .filter_map(|finding| Some((finding.rule.clone(), finding.other_reading?.label().to_owned())))
        .collect();
    expect(&mut problems, "bacaan_lain", words_by_rule(case, "bacaan_lain")?.unwrap_or_default(), other);
    Ok((judgement, problems))
}

/// The person's values, with those of the case written over them.
fn values(person: &Table, case: &Table) -> Result<FieldValues, String> {
    let empty = Table::new();
    let own = match case.get("data") {
        None => &empty,
        Some(data) => data.as_table().ok_or("data bukan tabel")?,
    };
    let mut values = FieldValues::default();
    for (column, value) in person.iter().chain(own) {
        let field = Field::from_name(column).ok_or_else(|| format!("kolom \"{column}\" tidak dikenal"))?;
        values.set(field, value.as_str().ok_or_else(|| format!("{column} harus teks"))?);
    }
    Ok(values)
}

fn context(case: &Table) -> Result<Context, String> {
    Ok(Context {
        registered_on: date(case, "didaftarkan")?.ok_or("didaftarkan tidak ditulis")?,
        first_payment: date(case, "bayar_pertama")?,
        statement: match case.get("surat").map(|word| word.as_str().unwrap_or_default()) {
            None | Some("belum_ada") => StatementEvidence::None,
            Some("ditandatangani") => StatementEvidence::SignedUnstamped,
            Some("bermeterai") => StatementEvidence::SignedAndStamped,
            Some(other) => return Err(format!("surat \"{other}\" tidak dikenal")),
        },
        dtsen_matched: match case.get("padanan_dtsen").map(|word| word.as_str().unwrap_or_default()) {
            None => None,
            Some("ditemukan") => Some(true),
            Some("tidak_ditemukan") => Some(false),
            Some(other) => return Err(format!("padanan_dtsen \"{other}\" tidak dikenal")),
        },
    })
}

fn unknown_keys(place: &str, table: &Table, known: &[&str]) -> Vec<String> {
    let unknown = table.keys().filter(|key| !known.contains(&key.as_str()));
    unknown.map(|key| format!("{place}: kunci \"{key}\" tidak dikenal")).collect()
}

fn expect<T: PartialEq + std::fmt::Debug>(problems: &mut Vec<String>, what: &str, expected: T, found: T) {
    if expected != found {
        problems.push(format!("{what}: diharapkan {expected:?}, ternyata {found:?}"));
    }
}

fn text<'a>(case: &'a Table, key: &str) -> Result<&'a str, String> {
    case.get(key).and_then(Value::as_str).ok_or_else(|| format!("{key} tidak ditulis"))
}

fn list<'a>(case: &'a Table, key: &str) -> Result<Vec<&'a str>, String> {
    let items = case.get(key).and_then(Value::as_array).ok_or_else(|| format!("{key} tidak ditulis"))?;
    items.iter().map(|item| item.as_str().ok_or_else(|| format!("{key} harus daftar teks"))).collect()
}

fn sorted(mut words: Vec<&str>) -> Vec<&str> {
    words.sort_unstable();
    words
}

fn words_by_rule(case: &Table, key: &str) -> Result<Option<BTreeMap<String, String>>, String> {
    let Some(table) = case.get(key) else {
        return Ok(None);
    };
    let table = table.as_table().ok_or_else(|| format!("{key} bukan tabel"))?;
    let words = table.iter().map(|(rule, word)| {
        let word = word.as_str().ok_or_else(|| format!("{key}.{rule} harus teks"))?;
        Ok((rule.clone(), word.to_owned()))
    });
    words.collect::<Result<_, String>>().map(Some)
}

fn date(case: &Table, key: &str) -> Result<Option<CivilDate>, String> {
    let Some(value) = case.get(key) else {
        return Ok(None);
    };
    let written = value.as_datetime().ok_or_else(|| format!("{key} harus tanggal tanpa tanda kutip"))?;
    CivilDate::parse(&written.to_string()).map(Some).ok_or_else(|| format!("{key} bukan tanggal"))
}
