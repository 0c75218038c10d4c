//! Invented people.

use payung_domain::{Field, FieldValues};

/// A person who meets every rule of Kebumen but the statement; `serial` makes the NIK.
pub fn farmer(village: &str, serial: u32) -> FieldValues {
    let nik = format!("330501150685{serial:04}");
    [
        (Field::Nik, nik.as_str()),
        (Field::Name, "Slamet Raharjo"),
        (Field::BirthDate, "1985-06-15"),
        (Field::Sex, "L"),
        (Field::Village, village),
        (Field::KtpRegency, "33.05"),
        (Field::KtpEvidence, "ktp_el"),
        (Field::Domiciled, "ya"),
        (Field::Occupation, "petani"),
        (Field::Workplace, "Sawah Krajan"),
        (Field::WorkingSince, "2010"),
        (Field::StillWorking, "ya"),
        (Field::Vulnerable, "ya"),
        (Field::WageParticipant, "tidak"),
        (Field::OtherCover, "tidak_ada"),
        (Field::Income, "750000"),
    ]
    .into_iter()
    .map(|(field, value)| (field, value.to_owned()))
    .collect()
}

pub fn with(mut values: FieldValues, field: Field, value: &str) -> FieldValues {
    values.set(field, value);
    values
}
