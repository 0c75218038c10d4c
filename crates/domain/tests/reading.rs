//! Typed values into facts: what is read, what is refused with which words, and that nothing is guessed.

use payung_domain::identity::IdentityError;
use payung_domain::{
    CivilDate, Cover, CoverSource, Field, FieldValues, Nik, Occupation, RegencyCode, Sex, VillageCode,
    VillageKind, read,
};

fn values(pairs: &[(Field, &str)]) -> FieldValues {
    pairs.iter().map(|(field, value)| (*field, (*value).to_owned())).collect()
}

fn rule_for(field: Field, value: &str) -> String {
    let reading = read(&values(&[(field, value)]));
    assert_eq!(reading.errors.len(), 1, "{} {value:?} gives one error", field.name());
    assert_eq!(reading.errors[0].field, field);
    reading.errors[0].message()
}

#[test]
fn a_nik_is_checked_part_by_part() {
    assert!(Nik::parse("3305014108600001").is_ok(), "a woman born on the 1st");
    assert!(Nik::parse("330501 410860 0001").is_ok(), "grouped as on screen");
    for (text, error) in [
        ("330501410860001", IdentityError::NotSixteenDigits(15)),
        ("33050141086000011", IdentityError::NotSixteenDigits(17)),
        ("330501410860000A", IdentityError::NotSixteenDigits(15)),
        ("3.30501E+15", IdentityError::Scientific),
        ("1111111111111111", IdentityError::AllSameDigit),
        ("3305010008600001", IdentityError::Day),
        ("3305013208600001", IdentityError::Day),
        ("3305014008600001", IdentityError::Day),
        ("3305017208600001", IdentityError::Day),
        ("3305010100600001", IdentityError::Month),
        ("3305010113600001", IdentityError::Month),
        ("3305010108600000", IdentityError::Serial),
        ("", IdentityError::NotSixteenDigits(0)),
        ("３３０５０１４１０８６００００１", IdentityError::NotSixteenDigits(0)),
    ] {
        assert_eq!(Nik::parse(text), Err(error), "{text}");
    }
}

#[test]
fn a_nik_tells_birth_sex_and_first_regency() {
    let nik = Nik::parse("3305014108600001").expect("nik");
    let today = CivilDate::new(2026, 11, 21).expect("date");
    assert_eq!((nik.sex(), nik.birth_date(today)), (Sex::Female, CivilDate::new(1960, 8, 1)));
    assert_eq!(nik.regency(), RegencyCode::parse("33.05").ok());
    assert!(nik.agrees_with_birth_date(CivilDate::new(1960, 8, 1).expect("date")));
    assert!(!nik.agrees_with_birth_date(CivilDate::new(1961, 8, 1).expect("date")));
    let young = Nik::parse("3305010108080001").expect("nik");
    assert_eq!(
        young.birth_date(today),
        CivilDate::new(2008, 8, 1),
        "the nearest century that is not in the future"
    );
}

#[test]
fn no_debug_output_shows_a_number_or_a_name() {
    let all = values(&[
        (Field::Nik, "3305014108600001"),
        (Field::Name, "Suparmi"),
        (Field::Kk, "3305010101180011"),
    ]);
    let reading = read(&all);
    let said = format!("{all:?} {reading:?} {:?} {:?}", reading.facts.nik, reading.facts.kk);
    for secret in ["410860", "Suparmi", "0101180011"] {
        assert!(!said.contains(secret), "{said} shows {secret}");
    }
}

#[test]
fn every_error_names_field_value_rule_and_remedy() {
    let said = rule_for(Field::Nik, "33050141086");
    for part in ["NIK", "33050141086", "16 angka", "11", "ketik ulang"] {
        assert!(said.contains(part), "{said:?} does not name {part}");
    }
    for (field, value, part) in [
        (Field::BirthDate, "31-02-1990", "17-08-1975"),
        (Field::Sex, "X", "L atau P"),
        (Field::StillWorking, "mungkin", "ya, tidak"),
        (Field::OtherCover, "KIS", "Bukan BPJS Kesehatan"),
        (Field::OtherCover, "tidak_ada;apbn", "tidak dapat digabung"),
        (Field::OtherCover, "csr:31-31-2026", "tanggal akhir"),
        (Field::Occupation, "astronaut", "buruh_tani"),
        (Field::Village, "33.05.01", "10 angka"),
        (Field::KtpRegency, "Kebumen", "33.05"),
        (Field::Desil, "11", "1 sampai 10"),
        (Field::DesilPeriod, "2026", "2026-Q4"),
        (Field::Name, "12345", "huruf"),
        (Field::WorkingSince, "dulu", "tahun"),
    ] {
        let said = rule_for(field, value);
        assert!(said.contains(part) && said.contains(value), "{said:?} lacks {part:?} or the value");
    }
}

#[test]
fn an_unreadable_field_leaves_the_others_standing() {
    let reading =
        read(&values(&[(Field::Nik, "123"), (Field::Name, "Suparmi"), (Field::BirthDate, "14-03-1979")]));
    assert_eq!(reading.facts.nik, None);
    assert_eq!(reading.facts.name.as_deref(), Some("Suparmi"));
    assert_eq!(reading.facts.birth_date, CivilDate::new(1979, 3, 14));
}

#[test]
fn a_nik_equal_to_the_kk_number_is_refused() {
    let reading = read(&values(&[(Field::Nik, "3305014108600001"), (Field::Kk, "3305014108600001")]));
    assert_eq!(reading.facts.nik, None);
    assert!(reading.errors[0].message().contains("sama dengan Nomor KK"));
}

#[test]
fn unknown_is_not_no() {
    let reading = read(&values(&[(Field::Domiciled, "tidak tahu"), (Field::StillWorking, "")]));
    assert!(reading.errors.is_empty());
    assert_eq!((reading.facts.domiciled, reading.facts.still_working), (None, None));
    assert_eq!(reading.facts.other_cover, None, "an empty column is unknown");
    let none = read(&values(&[(Field::OtherCover, "tidak_ada")]));
    assert_eq!(none.facts.other_cover, Some(Vec::new()), "declared to have none");
}

#[test]
fn covers_keep_source_and_last_day() {
    let facts = read(&values(&[(Field::OtherCover, "csr:2026-12-31; apbn")])).facts;
    let until = CivilDate::new(2026, 12, 31);
    let cover = |source, until| Cover { source, until };
    assert_eq!(
        facts.other_cover,
        Some(vec![cover(CoverSource::Csr, until), cover(CoverSource::StateBudget, None)])
    );
    let csr = cover(CoverSource::Csr, until);
    assert!(csr.runs_on(CivilDate::new(2026, 12, 31).expect("date")));
    assert!(!csr.runs_on(CivilDate::new(2027, 1, 1).expect("date")));
}

#[test]
fn words_forgive_capitals_and_blanks() {
    assert_eq!(Occupation::parse(" Buruh Tani "), Some(Occupation::FarmWorker));
    assert_eq!(Occupation::parse("Tukang-Ojek"), Some(Occupation::MotorcycleTaxi));
}

#[test]
fn region_codes_come_with_or_without_dots() {
    let village = VillageCode::parse("3305012001").expect("code");
    assert_eq!(village.to_string(), "33.05.01.2001");
    assert_eq!(
        (village.regency().to_string(), village.district().to_string()),
        ("33.05".into(), "33.05.01".into())
    );
    assert_eq!(village.kind(), VillageKind::Desa);
    assert_eq!(VillageCode::parse("33.05.12.1004").expect("code").kind(), VillageKind::Kelurahan);
    assert!(VillageCode::parse("33.05.01.20O1").is_err() && VillageCode::parse("").is_err());
}

#[test]
fn every_column_has_its_own_tag_and_name() {
    assert_eq!(Field::ALL.len(), 38);
    for (index, field) in Field::ALL.iter().enumerate() {
        assert_eq!(usize::from(field.tag()), index + 1, "tags follow the template's order and never change");
        assert_eq!(Field::from_tag(field.tag()), Some(*field));
        assert_eq!(Field::from_name(field.name()), Some(*field));
    }
}
