//! One row of the file with everything that was found about it.

use payung_domain::{Field, FieldError, Nik};
use payung_regulation::{Context, Judgement, Regulation, Warning, judge};
use payung_sheets::TemplateRow;
use std::collections::HashMap;

/// Other rows that a warning about the same NIK names at most.
const ROWS_NAMED_MAX: usize = 10;

pub struct Judged<'a> {
    pub row: u32,
    /// As typed, also where it is no NIK.
    pub nik: Option<&'a str>,
    pub name: Option<&'a str>,
    pub judgement: Judgement,
    pub errors: Vec<FieldError>,
}

/// Judges the rows one after the other, in the order of the file. What comes of a row does not depend on that order;
/// only which other rows hold the same NIK is known of the whole file.
pub fn judge_rows<'a>(
    regulation: &'a Regulation,
    context: &'a Context,
    rows: &'a [TemplateRow],
) -> impl Iterator<Item = Judged<'a>> {
    let holders = holders(rows);
    rows.iter().map(move |row| {
        let reading = row.read();
        let mut judgement = judge(regulation, &reading, context);
        if let Some(rows) = reading.facts.nik.and_then(|nik| holders.get(&nik)) {
            judgement.warnings.extend(duplicate(row.row, rows));
        }
        let mut errors = reading.errors;
        for field in [Field::Nik, Field::Name] {
            errors.extend(empty(row, field));
        }
        errors.sort_by_key(|error| error.field);
        Judged { row: row.row, nik: typed(row, Field::Nik), name: typed(row, Field::Name), judgement, errors }
    })
}

fn holders(rows: &[TemplateRow]) -> HashMap<Nik, Vec<u32>> {
    let mut holders: HashMap<Nik, Vec<u32>> = HashMap::new();
    for row in rows {
        if let Some(nik) = row.read().facts.nik {
            holders.entry(nik).or_default().push(row.row);
        }
    }
    holders.retain(|_, rows| rows.len() > 1);
    holders
}

fn duplicate(row: u32, holders: &[u32]) -> Option<Warning> {
    let mut others = holders.iter().filter(|other| **other != row);
    let named: Vec<String> = others.by_ref().take(ROWS_NAMED_MAX).map(u32::to_string).collect();
    let unnamed = match others.count() {
        0 => String::new(),
        more => format!(", dan {more} baris lain"),
    };
    (!named.is_empty()).then(|| Warning {
        id: "duplicate_in_file".to_owned(),
        message: format!(
            "NIK yang sama ada juga di baris {}{unnamed}. Satu orang cukup satu baris. Cocokkan dengan KTP.",
            named.join(", ")
        ),
        cite: None,
        field: Some(Field::Nik),
    })
}

/// No rule reads the NIK or the name, so that their absence would pass unseen.
fn empty(row: &TemplateRow, field: Field) -> Option<FieldError> {
    let rule = match field {
        Field::Nik => "belum diisi; ketik dari KTP. Bila belum punya NIK, arahkan ke Dukcapil",
        _ => "belum diisi; ketik seperti pada KTP",
    };
    typed(row, field).is_none().then(|| FieldError { field, value: String::new(), rule: rule.to_owned() })
}

/// The value as it stands in the file, also where a spreadsheet program destroyed it.
fn typed(row: &TemplateRow, field: Field) -> Option<&str> {
    let destroyed = || row.errors.iter().find(|error| error.field == field).map(|error| error.value.as_str());
    row.values.text(field).or_else(destroyed).filter(|text| !text.is_empty())
}
