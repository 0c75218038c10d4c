//! What the form asks for, in the order of the work: who, where, what work, what else pays, how vulnerable.

use crate::convert::status::end_words;
use crate::dto::{Choice, FieldKind, FormDescription, FormField, FormSection, FormSectionId};
use payung_domain::facts::NO_COVER;
use payung_domain::{
    CoverSource, Delivery, EndKind, Field, KtpEvidence, Occupation, State, VillageOffice, WageParticipation,
};
use payung_regions::Level;
use payung_regulation::Regulation;

const SECTIONS: &[(FormSectionId, &str, &[Field])] = &[
    (
        FormSectionId::Identity,
        "Identitas",
        &[
            Field::Nik,
            Field::Name,
            Field::Kk,
            Field::NameOnKk,
            Field::BirthPlace,
            Field::BirthDate,
            Field::Sex,
            Field::KtpEvidence,
        ],
    ),
    (
        FormSectionId::Residence,
        "Tempat tinggal",
        &[
            Field::Address,
            Field::Rt,
            Field::Rw,
            Field::Hamlet,
            Field::Village,
            Field::KtpRegency,
            Field::Domiciled,
        ],
    ),
    (
        FormSectionId::Work,
        "Pekerjaan",
        &[
            Field::Occupation,
            Field::OccupationDetail,
            Field::Workplace,
            Field::WorkingSince,
            Field::StillWorking,
            Field::InformalWorker,
            Field::VillageOffice,
        ],
    ),
    (FormSectionId::OtherCover, "Jaminan lain", &[Field::WageParticipant, Field::OtherCover]),
    (
        FormSectionId::Vulnerability,
        "Kerentanan",
        &[
            Field::Vulnerable,
            Field::NotSeriouslyIll,
            Field::Dtsen,
            Field::Desil,
            Field::DesilPeriod,
            Field::Disability,
            Field::Income,
        ],
    ),
    (
        FormSectionId::Family,
        "Keluarga dan kontak",
        &[Field::Phone, Field::MotherName, Field::Heir, Field::HeirRelation],
    ),
    (FormSectionId::Check, "Pemeriksaan berkas", &[Field::CheckedBy, Field::CheckedOn, Field::Note]),
];

/// Every field in the form's order.
pub fn fields() -> impl Iterator<Item = Field> {
    SECTIONS.iter().flat_map(|(_, _, fields)| fields.iter().copied())
}

pub fn describe(regulation: &Regulation) -> FormDescription {
    let section = |(id, title, fields): &(FormSectionId, &str, &[Field])| FormSection {
        id: *id,
        title: (*title).to_owned(),
        fields: fields.iter().map(|field| describe_field(*field, regulation)).collect(),
    };
    FormDescription {
        sections: SECTIONS.iter().map(section).collect(),
        states: State::ALL.iter().map(|state| choice(state.key(), state.words())).collect(),
        deliveries: [
            ("local", Delivery::Local),
            ("not_sent", Delivery::NotSent),
            ("arrived", Delivery::Arrived),
        ]
        .into_iter()
        .map(|(key, delivery)| choice(key, delivery.words()))
        .collect(),
        end_kinds: EndKind::ALL.iter().map(|kind| choice(kind.name(), end_words(*kind))).collect(),
        regencies: regencies(regulation),
    }
}

fn describe_field(field: Field, regulation: &Regulation) -> FormField {
    FormField {
        name: field.name().to_owned(),
        label: field.label().to_owned(),
        kind: kind(field),
        choices: choices(field),
        length_max: u32::try_from(field.length_max()).unwrap_or(u32::MAX),
        hint: hint(field).map(str::to_owned),
        judged: regulation.rules.iter().any(|rule| rule.kind.fields().contains(&field)),
        attested: regulation.statement.attests.contains(&field),
        specific: field.is_specific(),
    }
}

const fn kind(field: Field) -> FieldKind {
    match field {
        Field::Nik | Field::Kk => FieldKind::Identity,
        Field::BirthDate | Field::CheckedOn => FieldKind::Date,
        Field::WorkingSince => FieldKind::Since,
        Field::DesilPeriod => FieldKind::Quarter,
        Field::Rt | Field::Rw | Field::Phone | Field::Desil => FieldKind::Digits,
        Field::Income => FieldKind::Money,
        Field::KtpRegency => FieldKind::Regency,
        Field::Village => FieldKind::Village,
        Field::OtherCover => FieldKind::Covers,
        Field::Note | Field::Address | Field::OccupationDetail => FieldKind::Multiline,
        Field::Sex
        | Field::KtpEvidence
        | Field::Occupation
        | Field::WageParticipant
        | Field::VillageOffice => FieldKind::Choice,
        Field::Domiciled
        | Field::StillWorking
        | Field::InformalWorker
        | Field::Vulnerable
        | Field::NotSeriouslyIll
        | Field::Dtsen => FieldKind::YesNo,
        _ => FieldKind::Text,
    }
}

pub const fn is_date(field: Field) -> bool {
    matches!(kind(field), FieldKind::Date)
}

pub fn choices(field: Field) -> Vec<Choice> {
    macro_rules! of {
        ($words:ident) => {
            $words::ALL.iter().map(|word| choice(word.name(), word.label())).collect()
        };
    }
    match field {
        Field::Sex => vec![choice("L", "Laki-laki"), choice("P", "Perempuan")],
        Field::KtpEvidence => of!(KtpEvidence),
        Field::Occupation => of!(Occupation),
        Field::WageParticipant => of!(WageParticipation),
        Field::VillageOffice => of!(VillageOffice),
        Field::OtherCover => {
            let mut all = vec![choice(NO_COVER, "Tidak ada")];
            all.extend(CoverSource::ALL.iter().map(|source| choice(source.name(), source.label())));
            all
        }
        _ if kind(field) == FieldKind::YesNo => {
            vec![choice("ya", "Ya"), choice("tidak", "Tidak"), choice("tidak tahu", "Tidak tahu")]
        }
        _ => Vec::new(),
    }
}

const fn hint(field: Field) -> Option<&'static str> {
    match field {
        Field::Nik => Some("16 angka, persis seperti di KTP"),
        Field::BirthDate => Some("Hari-bulan-tahun, misalnya 14-02-1975"),
        Field::WorkingSince => Some("Tahun (2015), bulan (2015-03), atau tanggal"),
        Field::OtherCover => Some("BPJS Ketenagakerjaan saja, bukan BPJS Kesehatan atau KIS"),
        Field::DesilPeriod => Some("Tahun dan triwulan, misalnya 2026-Q4"),
        Field::NotSeriouslyIll => Some("Pernyataan saja, tanpa nama penyakit"),
        Field::NameOnKk => Some("Isi bila ejaannya berbeda dari KTP"),
        _ => None,
    }
}

/// The village's own regency first, then its neighbours in the province.
fn regencies(regulation: &Regulation) -> Vec<Choice> {
    const SHOWN_MAX: usize = 60;
    let own = regulation.regency.to_string();
    let province = own.split('.').next().unwrap_or_default().to_owned();
    let mut found = vec![choice(&own, &payung_regions::title_of(&own).unwrap_or_else(|| own.clone()))];
    let around = payung_regions::search(Level::Regency, Some(&province), "", SHOWN_MAX);
    found.extend(around.into_iter().filter(|region| region.code != own).map(|region| {
        let title = payung_regions::title_of(&region.code).unwrap_or(region.name);
        choice(&region.code, &title)
    }));
    found
}

fn choice(value: &str, label: &str) -> Choice {
    Choice { value: value.to_owned(), label: label.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use payung_domain::{FieldValues, read};
    use payung_regulation::by_id;

    #[test]
    fn every_column_has_its_place_on_the_form_once() {
        let mut placed: Vec<Field> = fields().collect();
        placed.sort();
        assert_eq!(placed, Field::ALL, "no column is missing, none stands twice");
    }

    #[test]
    fn every_choice_offered_can_be_read() {
        for field in Field::ALL {
            for choice in choices(*field) {
                let values: FieldValues = [(*field, choice.value.clone())].into_iter().collect();
                assert!(read(&values).errors.is_empty(), "{} does not take {}", field.name(), choice.value);
            }
        }
    }

    #[test]
    fn the_form_knows_what_this_regulation_reads_and_attests() {
        let form = describe(by_id("kebumen-56-2024").unwrap());
        let field = |name: &str| {
            form.sections
                .iter()
                .flat_map(|section| &section.fields)
                .find(|field| field.name == name)
                .cloned()
                .unwrap()
        };
        assert!(field("tanggal_lahir").judged && field("tanggal_lahir").attested);
        assert!(!field("dtsen").judged, "Kebumen does not ask for DTSEN");
        assert!(field("disabilitas").specific);
        assert_eq!(form.regencies[0], choice("33.05", "Kabupaten Kebumen"), "its own regency first");
    }
}
