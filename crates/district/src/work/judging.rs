//! What the district answers about one version of a person, from the facts alone. Pure: the same code as in the
//! village judges, and nobody is turned down here. A rule that is not met travels on as a note to the officer.

use crate::home::District;
use payung_domain::{Answer, CivilDate, Field, FieldValues, Nik, VillageCode, read};
use payung_journal::{Entry, Event, Reason, RegulationRef};
use payung_regulation::{Context, Outcome, Regulation, StatementEvidence, judge};

/// Without these the district cannot match a person to any other list.
const NEEDED: &[Field] = &[Field::Nik, Field::Name, Field::BirthDate];

/// What is judged.
struct Version<'a> {
    values: &'a FieldValues,
    registered_on: CivilDate,
    statement: StatementEvidence,
}

/// *Perlu diperbaiki* where a value cannot be read or a fact is missing, else *sudah sampai*; and what a person should
/// know about either.
fn judged(regulation: &Regulation, version: &Version) -> (Answer, Vec<Reason>) {
    let reading = read(version.values);
    let mut reasons: Vec<Reason> = reading
        .errors
        .iter()
        .map(|error| reason(Some(error.field), None, format!("{}: {}", error.field.label(), error.rule)))
        .collect();
    let unreadable: Vec<Field> = reading.errors.iter().map(|error| error.field).collect();
    let missing = |field: &Field| version.values.text(*field).is_none();
    for field in NEEDED.iter().copied().filter(missing) {
        reasons.push(reason(Some(field), None, format!("{} belum diisi; isi sesuai KTP.", field.label())));
    }
    let context = Context { statement: version.statement, ..Context::on(version.registered_on) };
    let judgement = judge(regulation, &reading, &context);
    for finding in judgement.findings.iter().filter(|finding| finding.outcome == Outcome::Unknown) {
        let said = |field: &Field| unreadable.contains(field) || (NEEDED.contains(field) && missing(field));
        if finding.fields.iter().any(said) {
            continue;
        }
        let field = finding.fields.iter().copied().find(missing).or(finding.fields.first().copied());
        reasons.push(reason(field, Some(&finding.rule), words(&finding.message, finding.remedy.as_deref())));
    }
    let answer = if reasons.is_empty() { Answer::Arrived } else { Answer::NeedsFix };
    for finding in judgement.findings.iter().filter(|finding| finding.outcome == Outcome::NotMet) {
        let message = format!("{} ({})", finding.message.trim_end_matches('.'), finding.cite);
        reasons.push(reason(finding.fields.first().copied(), Some(&finding.rule), message));
    }
    (answer, reasons)
}

pub fn reason(field: Option<Field>, rule: Option<&str>, message: impl Into<String>) -> Reason {
    Reason { field, rule: rule.map(str::to_owned), message: message.into() }
}

fn words(message: &str, remedy: Option<&str>) -> String {
    match remedy {
        Some(remedy) => format!("{} {remedy}", message.trim_end()),
        None => message.to_owned(),
    }
}

/// An entry with what follows from it alone: worked out before the writer's turn comes.
pub struct Prepared {
    pub entry: Entry,
    /// Of a person who comes for the first time.
    pub alone: Option<Alone>,
}

/// What the facts of one version say while no statement covers them.
pub struct Alone {
    pub nik: Option<[u8; 32]>,
    pub answer: Answer,
    pub reasons: Vec<Reason>,
}

impl Prepared {
    pub fn of(district: &District, village: VillageCode, entry: Entry) -> Self {
        let alone = match &entry.event {
            Event::PersonReleased { values, registered_on, regulation, .. } => {
                let facts = Facts { values, registered_on: *registered_on, regulation };
                let (answer, reasons) = answer(district, village, &facts, StatementEvidence::None, None);
                Some(Alone { nik: nik_of(district, values), answer, reasons })
            }
            _ => None,
        };
        Self { entry, alone }
    }

    /// Where it is worked out when it is needed.
    pub const fn later(entry: Entry) -> Self {
        Self { entry, alone: None }
    }
}

/// The index form of the NIK among these values, if it can be read.
pub fn nik_of(district: &District, values: &FieldValues) -> Option<[u8; 32]> {
    let nik = values.text(Field::Nik).and_then(|text| Nik::parse(text).ok());
    nik.map(|nik| district.nik_digest(nik))
}

/// A version as its village sent it.
pub struct Facts<'a> {
    pub values: &'a FieldValues,
    pub registered_on: CivilDate,
    pub regulation: &'a RegulationRef,
}

/// The answer about one version, whoever else bears its NIK. `note`: what is wrong with its statement.
pub fn answer(
    district: &District,
    village: VillageCode,
    facts: &Facts,
    evidence: StatementEvidence,
    note: Option<String>,
) -> (Answer, Vec<Reason>) {
    let version = Version { values: facts.values, registered_on: facts.registered_on, statement: evidence };
    let (answer, mut reasons) = judged(&district.regulation, &version);
    if let Some(note) = note {
        reasons.push(reason(None, Some("statement"), note));
    }
    if facts.regulation.digest != district.regulation.digest() {
        reasons.push(reason(
            None,
            None,
            format!(
                "Desa memakai peraturan {} versi lain; kabupaten memeriksa dengan {}.",
                facts.regulation.id, district.regulation.id
            ),
        ));
    }
    if let Some(named) = facts.values.text(Field::Village)
        && VillageCode::parse(named).is_ok_and(|named| named != village)
    {
        reasons.push(reason(
            Some(Field::Village),
            None,
            format!("Kode desa {named} bukan desa pengirim ({village}). Periksa alamat pada KTP."),
        ));
    }
    (answer, reasons)
}
