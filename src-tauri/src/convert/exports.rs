//! Values and filters as paper says them: whole words instead of the keys of columns.

use super::facets;
use super::statements::rupiah;
use crate::dto::{DeliveryKey, ListFilter, ListQuery, ListSort, OutcomeView};
use crate::form;
use crate::letter;
use payung_domain::date::Quarter;
use payung_domain::{CivilDate, Delivery, Field, State};
use payung_regulation::Outcome;

/// A typed value as a person reads it; what cannot be read stands as it was typed.
pub fn value_words(field: Field, typed: &str) -> String {
    let typed = typed.trim();
    match field {
        Field::Nik | Field::Kk => grouped(typed),
        Field::WorkingSince => letter::since(typed),
        Field::OtherCover => typed.split(';').map(|part| cover(part.trim())).collect::<Vec<_>>().join(", "),
        Field::KtpRegency | Field::Village => region(typed),
        Field::DesilPeriod => Quarter::parse(typed).map_or_else(
            || typed.to_owned(),
            |quarter| format!("triwulan {} {}", quarter.number, quarter.year),
        ),
        Field::Income => typed.parse().map_or_else(|_| typed.to_owned(), rupiah),
        field if form::is_date(field) => date(typed),
        field => chosen(field, typed).unwrap_or_else(|| typed.to_owned()),
    }
}

pub fn outcome_words(outcome: OutcomeView) -> &'static str {
    match outcome {
        OutcomeView::Met => Outcome::Met,
        OutcomeView::NotMet => Outcome::NotMet,
        OutcomeView::Unknown => Outcome::Unknown,
        OutcomeView::Pending => Outcome::Pending,
    }
    .label()
}

/// How a list was narrowed, a phrase for each way.
pub fn filter_words(query: &ListQuery) -> Vec<String> {
    let search = query.search.trim();
    let states: Vec<&str> = query.states.iter().map(|state| State::from(*state).words()).collect();
    let either_of = |what: &str, values: &[String], words: fn(&str) -> String| {
        let told: Vec<String> = values.iter().map(|value| words(value)).collect();
        let told: Vec<&str> = told.iter().map(String::as_str).collect();
        (!told.is_empty()).then(|| format!("{what} {}", either(&told)))
    };
    let verdicts: Vec<String> =
        query.readiness.iter().map(|one| facets::readiness_words((*one).into()).to_lowercase()).collect();
    let missing = query.missing.as_deref().and_then(Field::from_name).map(Field::label);
    [
        query.view.map(|view| facets::view_words(view.into()).to_lowercase()),
        (!search.is_empty()).then(|| format!("pencarian \u{201c}{search}\u{201d}")),
        (!states.is_empty()).then(|| format!("keadaan {}", either(&states))),
        query.delivery.map(|delivery| delivery_words(delivery).to_owned()),
        query.filter.map(|filter| mark_words(filter).to_owned()),
        either_of("pemeriksaan", &verdicts, str::to_owned),
        query.ages.map(|band| format!("umur {} sampai {} tahun", band.from, band.to)),
        either_of("pekerjaan", &query.occupations, facets::occupation_words),
        either_of("dusun", &query.hamlets, facets::hamlet_words),
        missing.map(|label| format!("tanpa {label}")),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// What a list is ordered by.
pub fn order_words(query: &ListQuery) -> &'static str {
    match (query.sort, query.descending) {
        (ListSort::Updated, true) => "waktu perubahan, yang terbaru dahulu",
        (ListSort::Updated, false) => "waktu perubahan, yang terlama dahulu",
        (ListSort::Name, false) => "nama",
        (ListSort::Name, true) => "nama, dari Z ke A",
        (ListSort::Hamlet, false) => "tempat tinggal",
        (ListSort::Hamlet, true) => "tempat tinggal, dari Z ke A",
        (ListSort::BirthDate, false) => "umur, yang tertua dahulu",
        (ListSort::BirthDate, true) => "umur, yang termuda dahulu",
        (ListSort::State, _) => "keadaan",
    }
}

/// `draf, belum terkirim, atau perlu diperbaiki`.
pub fn either(words: &[&str]) -> String {
    match words {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [one, other] => format!("{one} atau {other}"),
        [first @ .., last] => format!("{}, atau {last}", first.join(", ")),
    }
}

const fn delivery_words(delivery: DeliveryKey) -> &'static str {
    match delivery {
        DeliveryKey::Local => Delivery::Local,
        DeliveryKey::NotSent => Delivery::NotSent,
        DeliveryKey::Arrived => Delivery::Arrived,
    }
    .words()
}

const fn mark_words(filter: ListFilter) -> &'static str {
    match filter {
        ListFilter::NeedsNewStatement => "perlu pernyataan baru",
        ListFilter::Edited => "ada perubahan yang belum ditandai siap",
        ListFilter::CanBeListed => "dapat dimuat dalam surat",
        ListFilter::NikElsewhere => "NIK juga diajukan desa lain",
        ListFilter::TwoVersions => "ada dua isian",
        ListFilter::MaybeSame => "mungkin orang yang sama",
    }
}

/// `330512 410860 0001`.
fn grouped(typed: &str) -> String {
    match payung_domain::Nik::parse(typed) {
        Ok(nik) => nik.grouped(),
        Err(_) if typed.len() == 16 && typed.bytes().all(|byte| byte.is_ascii_digit()) => {
            format!("{} {} {}", &typed[..6], &typed[6..12], &typed[12..])
        }
        Err(_) => typed.to_owned(),
    }
}

fn date(typed: &str) -> String {
    CivilDate::parse(typed).map_or_else(|| typed.to_owned(), CivilDate::in_words)
}

/// `Kabupaten Kebumen (33.05)`.
fn region(typed: &str) -> String {
    let digits: String = typed.chars().filter(|c| *c != '.').collect();
    let code = match digits.len() {
        4 => payung_domain::RegencyCode::parse(&digits).map(|code| code.to_string()),
        _ => payung_domain::VillageCode::parse(&digits).map(|code| code.to_string()),
    };
    let known = code.ok().and_then(|code| Some(format!("{} ({code})", payung_regions::title_of(&code)?)));
    known.unwrap_or_else(|| typed.to_owned())
}

/// `CSR perusahaan sampai dengan 31 Desember 2026`.
fn cover(part: &str) -> String {
    let (source, until) = part.split_once(':').map_or((part, None), |(source, until)| (source, Some(until)));
    let source = chosen(Field::OtherCover, source).unwrap_or_else(|| source.trim().to_owned());
    match until {
        Some(until) => format!("{source} sampai dengan {}", date(until.trim())),
        None => source,
    }
}

/// The label of the choice that was typed.
fn chosen(field: Field, typed: &str) -> Option<String> {
    let fold = |text: &str| text.trim().to_lowercase().replace([' ', '-'], "_");
    let word = fold(typed);
    form::choices(field).into_iter().find(|choice| fold(&choice.value) == word).map(|choice| choice.label)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dto::{AgeBand, StateKey, ViewKey};
    use crate::exports::tests::everybody_by_name;

    #[test]
    fn values_are_printed_in_words_and_the_unreadable_as_typed() {
        for (field, typed, words) in [
            (Field::Nik, "3305124108600001", "330512 410860 0001"),
            (Field::Nik, "33051", "33051"),
            (Field::Kk, "3305010101000001", "330501 010100 0001"),
            (Field::BirthDate, "1960-08-01", "1 Agustus 1960"),
            (Field::BirthDate, "kemarin", "kemarin"),
            (Field::Sex, "P", "Perempuan"),
            (Field::StillWorking, "tidak tahu", "Tidak tahu"),
            (Field::Occupation, "tukang ojek", "Tukang ojek"),
            (Field::WorkingSince, "2015-03", "Maret 2015"),
            (
                Field::OtherCover,
                "csr:2026-12-31; mandiri",
                "CSR perusahaan sampai dengan 31 Desember 2026, Bayar sendiri (mandiri)",
            ),
            (Field::OtherCover, "tidak_ada", "Tidak ada"),
            (Field::KtpRegency, "3305", "Kabupaten Kebumen (33.05)"),
            (Field::KtpRegency, "99.99", "99.99"),
            (Field::DesilPeriod, "2026-Q4", "triwulan 4 2026"),
            (Field::Income, "1000000", "Rp1.000.000"),
            (Field::Note, " catatan ", "catatan"),
        ] {
            assert_eq!(value_words(field, typed), words, "{} of {typed:?}", field.name());
        }
        assert!(value_words(Field::Village, "33.05.01.2001").ends_with("(33.05.01.2001)"));
    }

    #[test]
    fn a_filter_is_told_in_words() {
        assert_eq!(filter_words(&everybody_by_name()), Vec::<String>::new());
        let narrowed = ListQuery {
            search: " siti ".to_owned(),
            states: vec![StateKey::Draft, StateKey::NeedsFix],
            delivery: Some(DeliveryKey::NotSent),
            filter: Some(ListFilter::TwoVersions),
            ages: Some(AgeBand { from: 18, to: 64 }),
            occupations: vec!["petani".to_owned(), String::new()],
            missing: Some("desil".to_owned()),
            view: Some(ViewKey::Turning65),
            ..everybody_by_name()
        };
        assert_eq!(
            filter_words(&narrowed),
            [
                "hampir 65 tahun",
                "pencarian \u{201c}siti\u{201d}",
                "keadaan draf atau perlu diperbaiki",
                "belum terkirim",
                "ada dua isian",
                "umur 18 sampai 64 tahun",
                "pekerjaan Petani atau Pekerjaan belum diisi",
                "tanpa Desil"
            ]
        );
        assert_eq!(either(&["a", "b", "c"]), "a, b, atau c");
    }
}
