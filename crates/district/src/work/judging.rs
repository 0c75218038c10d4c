//! What the district answers about one version of a person, from the facts alone. Pure: the same code as in the
//! village judges, and nobody is turned down here. A rule that is not met travels on as a note to the officer.

use payung_domain::{Answer, CivilDate, Field, FieldValues, read};
use payung_journal::Reason;
use payung_regulation::{Context, Outcome, Regulation, StatementEvidence, judge};

/// Without these the district cannot match a person to any other list.
const NEEDED: &[Field] = &[Field::Nik, Field::Name, Field::BirthDate];

/// A version as the village sent it.
pub struct Version<'a> {
    pub values: &'a FieldValues,
    pub registered_on: CivilDate,
    pub statement: StatementEvidence,
}

/// *Perlu diperbaiki* where a value cannot be read or a fact is missing, else *sudah sampai*; and what a person should
/// know about either.
pub fn judged(regulation: &Regulation, version: &Version) -> (Answer, Vec<Reason>) {
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
