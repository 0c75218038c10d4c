//! The form on paper: which of the screen's questions the hamlet head asks, and what room each answer gets. What the
//! village's regulation judges, warns about or has attested decides; who somebody is, is always asked.

use crate::dto::{FieldKind, FormDescription, FormField};
use payung_domain::Field;
use payung_regulation::{Kind, Regulation};
use payung_statement::{FormItem, FormPart, Space};

/// Without these nobody is found again.
const IDENTIFYING: &[Field] = &[
    Field::Nik,
    Field::Name,
    Field::Kk,
    Field::BirthPlace,
    Field::BirthDate,
    Field::Sex,
    Field::Address,
    Field::Rt,
    Field::Rw,
    Field::Hamlet,
];
/// The office knows these better than anybody at the kitchen table.
const OF_THE_OFFICE: &[Field] = &[Field::Village, Field::Desil, Field::DesilPeriod];
/// Below this age a parent or guardian signs, too.
const ADULT: u32 = 18;

/// The questions in the order of the form on screen. Heading without a question are left out.
pub fn parts(form: &FormDescription, regulation: &Regulation, hamlet_word: &str) -> Vec<FormPart> {
    let own_regency = form.regencies.first().map_or("", |regency| regency.label.as_str());
    let sections = form.sections.iter().map(|section| {
        let asked = section.fields.iter().filter_map(|field| {
            let column =
                Field::from_name(&field.name).filter(|column| is_asked(*column, field, regulation))?;
            Some(questions(column, field, hamlet_word, own_regency))
        });
        FormPart { title: section.title.clone(), items: asked.flatten().collect() }
    });
    sections.filter(|part| !part.items.is_empty()).collect()
}

/// Asked only of who agrees to it: no rule needs it, but a claim goes faster with it.
pub fn extras() -> Vec<FormItem> {
    let line = |label: &str, space| FormItem {
        label: label.to_owned(),
        hint: None,
        judged: false,
        specific: false,
        space,
    };
    vec![
        line("Telepon", Space::Line),
        line(
            "Ahli waris",
            Space::Row(vec![("Nama".to_owned(), Space::Line), ("Hubungan".to_owned(), Space::Line)]),
        ),
    ]
}

/// The regulation takes people who are not of age.
pub fn takes_minors(regulation: &Regulation) -> bool {
    regulation.rules.iter().any(|rule| matches!(rule.kind, Kind::AgeBetween { min, .. } if min < ADULT))
}

/// Who usually goes from house to house.
pub fn collector(hamlet_word: &str) -> String {
    match hamlet_word {
        "Banjar" => "Kelian Banjar".to_owned(),
        word => format!("Kepala {word}"),
    }
}

fn is_asked(column: Field, field: &FormField, regulation: &Regulation) -> bool {
    let warned = || regulation.warnings.iter().any(|warning| warning.kind.field() == Some(column));
    IDENTIFYING.contains(&column)
        || (!OF_THE_OFFICE.contains(&column) && (field.judged || field.attested || warned()))
}

/// One question; none where another one asks it along, two where the answer has a last day.
fn questions(column: Field, field: &FormField, hamlet_word: &str, own_regency: &str) -> Vec<FormItem> {
    let labels = || field.choices.iter().map(|choice| choice.label.clone()).collect();
    let unnamed = String::new;
    let space = match column {
        Field::BirthPlace | Field::Rw | Field::Hamlet | Field::OccupationDetail => return Vec::new(),
        Field::BirthDate => Space::Row(vec![(unnamed(), Space::Line), (unnamed(), Space::Date)]),
        // What exactly, on the line after the last one.
        Field::Occupation => Space::Choice { words: labels(), line: true },
        Field::Rt => Space::Row(vec![
            ("RT".to_owned(), Space::Digits(vec![3])),
            ("RW".to_owned(), Space::Digits(vec![3])),
            (hamlet_word.to_owned(), Space::Line),
        ]),
        _ => match field.kind {
            FieldKind::Identity => Space::Digits(vec![6, 6, 4]),
            FieldKind::Date => Space::Date,
            FieldKind::Since => Space::Month,
            FieldKind::Choice | FieldKind::YesNo | FieldKind::Covers => {
                Space::Choice { words: labels(), line: false }
            }
            FieldKind::Regency => {
                Space::Choice { words: vec![own_regency.to_owned(), "Lain, yaitu".to_owned()], line: true }
            }
            _ => Space::Line,
        },
    };
    // Boxes to write in and a plain yes or no say themselves how to answer.
    let hint = field.hint.clone().filter(|_| matches!(field.kind, FieldKind::Choice | FieldKind::Covers));
    let mut asked = vec![FormItem {
        label: label(column, &field.label, hamlet_word),
        hint,
        judged: field.judged,
        specific: field.specific,
        space,
    }];
    if field.kind == FieldKind::Covers {
        asked.push(FormItem {
            label: "Jaminan itu berlaku sampai".to_owned(),
            hint: None,
            judged: false,
            specific: false,
            space: Space::Date,
        });
    }
    asked
}

fn label(column: Field, on_screen: &str, hamlet_word: &str) -> String {
    match column {
        Field::BirthDate => "Tempat, tanggal lahir".to_owned(),
        Field::Rt => format!("RT, RW, {}", hamlet_word.to_lowercase()),
        Field::WorkingSince => "Bekerja sejak (bulan, tahun)".to_owned(),
        Field::WageParticipant => "BPJS Ketenagakerjaan lewat pemberi kerja".to_owned(),
        _ => on_screen.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use payung_regulation::by_id;

    fn asked(id: &str, hamlet_word: &str) -> Vec<FormItem> {
        let regulation = by_id(id).unwrap();
        let parts = parts(&crate::form::describe(regulation), regulation, hamlet_word);
        parts.into_iter().flat_map(|part| part.items).collect()
    }

    fn labels(items: &[FormItem]) -> Vec<&str> {
        items.iter().map(|item| item.label.as_str()).collect()
    }

    #[test]
    fn each_regulation_asks_what_it_judges_and_nothing_else() {
        let kebumen = asked("kebumen-56-2024", "Dusun");
        let klungkung = asked("klungkung-draft", "Banjar");
        for both in
            ["NIK", "Tempat, tanggal lahir", "Kabupaten pada KTP", "Jaminan BPJS Ketenagakerjaan lain"]
        {
            assert!(labels(&kebumen).contains(&both) && labels(&klungkung).contains(&both), "{both}");
        }
        for own in ["Berdomisili di kabupaten ini", "Tidak sedang sakit berat"] {
            assert!(labels(&kebumen).contains(&own) && !labels(&klungkung).contains(&own), "{own}");
        }
        for own in ["Terdaftar di DTSEN", "Pekerja informal atau mandiri"] {
            assert!(!labels(&kebumen).contains(&own) && labels(&klungkung).contains(&own), "{own}");
        }
        for never in
            ["Desil", "Periode desil", "Penghasilan sebulan", "Nama ibu kandung", "Kode desa/kelurahan"]
        {
            assert!(!labels(&kebumen).contains(&never) && !labels(&klungkung).contains(&never), "{never}");
        }
        assert!(labels(&klungkung).contains(&"RT, RW, banjar"), "{:?}", labels(&klungkung));
    }

    #[test]
    fn every_fact_a_rule_reads_is_asked_with_a_star() {
        for regulation in payung_regulation::builtin() {
            let parts = parts(&crate::form::describe(regulation), regulation, "Dusun");
            let items: Vec<&FormItem> = parts.iter().flat_map(|part| &part.items).collect();
            let read = regulation.rules.iter().flat_map(|rule| rule.kind.fields());
            for field in read.filter(|field| **field != Field::OccupationDetail) {
                let label = label(*field, field.label(), "Dusun");
                let item = items.iter().find(|item| item.label == label);
                assert!(item.is_some_and(|item| item.judged), "{} asks for {label}", regulation.id);
            }
            assert!(items.len() + extras().len() <= payung_statement::FORM_ITEMS_MAX);
        }
    }

    #[test]
    fn who_may_be_seventeen_has_a_guardian_sign() {
        assert!(takes_minors(by_id("klungkung-draft").unwrap()));
        assert!(!takes_minors(by_id("kebumen-56-2024").unwrap()));
    }

    #[test]
    fn a_cover_has_room_for_its_last_day_and_says_what_does_not_count() {
        let items = asked("kebumen-56-2024", "Dusun");
        let at = items.iter().position(|item| item.label == "Jaminan BPJS Ketenagakerjaan lain").unwrap();
        assert!(items[at].hint.as_deref().is_some_and(|hint| hint.contains("bukan BPJS Kesehatan")));
        assert_eq!(items[at + 1].space, Space::Date);
        assert!(items.iter().any(|item| item.specific), "the declaration of health is marked");
        let work = items.iter().find(|item| item.label == "Pekerjaan").unwrap();
        assert!(matches!(work.space, Space::Choice { line: true, .. }), "with room for its own words");
    }
}
