//! Numbers whose last digit a spreadsheet cut off, and which were then saved as text: nothing in one of them shows it,
//! but all of them end in 0.

use super::Applicants;
use payung_domain::{Field, FieldError};
use std::collections::BTreeSet;

/// Different numbers that all end in 0 by chance: once in 10 to the power of this.
const NUMBERS_MIN: usize = 20;

/// Takes numbers that cannot be right out of the values and puts errors in their place.
pub(super) fn mark(found: &mut Applicants) {
    for field in [Field::Nik, Field::Kk] {
        if is_cut(found, field) {
            mark_field(found, field);
        }
    }
}

fn is_cut(found: &Applicants, field: Field) -> bool {
    let numbers: BTreeSet<&str> =
        found.rows.iter().filter_map(|row| row.values.text(field)).filter(|text| text.len() == 16).collect();
    numbers.len() >= NUMBERS_MIN && numbers.iter().all(|number| number.ends_with('0'))
}

fn mark_field(found: &mut Applicants, field: Field) {
    let rule = format!(
        "semua {} di berkas ini berakhir 0, karena pernah disimpan sebagai bilangan: angka terakhirnya hilang; jadikan kolom ini teks, lalu ketik ulang dari KTP atau KK",
        field.label()
    );
    for row in &mut found.rows {
        let Some(value) = row.values.text(field).filter(|text| text.len() == 16).map(str::to_owned) else {
            continue;
        };
        row.values.set(field, "");
        row.errors.push(FieldError { field, value, rule: rule.clone() });
    }
}
