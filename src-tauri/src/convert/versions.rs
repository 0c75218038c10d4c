//! Versions side by side, and how far each version got.

use super::judgement::values;
use crate::dto::{
    CommandError, DeliveryKey, DifferingField, DifferingValue, ErrorCode, TwoVersions, VersionLine,
    VersionView,
};
use crate::error::Answered;
use crate::form;
use payung_domain::{CivilDate, Delivery, Field, Timestamp};
use payung_journal::EntityId;
use payung_register::{Happening, HistoryLine, PersonDetail, SeriesState};
use std::collections::HashMap;

pub fn two_versions(person: i64, found: &payung_register::TwoVersions) -> TwoVersions {
    let differing = found.differing.iter().map(|field| {
        let base = found.base.values.text(*field).unwrap_or_default();
        let heads = found.heads.iter().map(|head| {
            let value = head.values.text(*field).unwrap_or_default();
            DifferingValue { value: value.to_owned(), words: readable(*field, value), changed: value != base }
        });
        DifferingField {
            field: field.name().to_owned(),
            label: field.label().to_owned(),
            base: readable(*field, base),
            heads: heads.collect(),
        }
    });
    TwoVersions {
        person,
        words: format!(
            "Ada {} isian: orang ini diubah di laptop yang belum saling mengetahui. Pilih isian yang benar, bidang demi \
             bidang. Tidak ada yang hilang; sampai dipilih, isian semula yang berlaku.",
            number(found.heads.len())
        ),
        base: version(&found.base),
        heads: found.heads.iter().map(version).collect(),
        differing: differing.collect(),
    }
}

fn number(heads: usize) -> String {
    match heads {
        2 => "dua".to_owned(),
        3 => "tiga".to_owned(),
        more => more.to_string(),
    }
}

fn version(view: &payung_register::VersionView) -> VersionView {
    VersionView {
        entry: view.entry.to_string(),
        at: view.at.millis(),
        actor: view.actor.clone(),
        device: view.device_words.clone(),
        values: values(&view.values),
    }
}

/// Names of versions as the window hands them back.
pub fn entries(names: &[String]) -> Answered<Vec<EntityId>> {
    let unknown = |_| {
        CommandError::new(
            ErrorCode::Stale,
            "Isian orang ini baru saja berubah. Muat ulang, lalu bandingkan lagi.",
        )
    };
    names.iter().map(|name| name.parse().map_err(unknown)).collect()
}

/// A stored value as people read it.
pub fn readable(field: Field, value: &str) -> String {
    let choice = |value: &str| {
        form::choices(field).into_iter().find(|choice| choice.value == value).map(|choice| choice.label)
    };
    let date = || CivilDate::parse(value).filter(|_| form::is_date(field)).map(CivilDate::in_words);
    choice(value).or_else(date).unwrap_or_else(|| value.to_owned())
}

/// Every version and how far it got, newest first.
pub fn lines(detail: &PersonDetail, series: &[SeriesState]) -> Vec<VersionLine> {
    let held: HashMap<_, u64> = series.iter().map(|known| (known.series, known.held_seq)).collect();
    let mut lines: Vec<VersionLine> = Vec::new();
    for line in &detail.history {
        let (version, words) = match &line.what {
            Happening::Released { version } => (*version, "Ditandai siap".to_owned()),
            Happening::Corrected { version, fields } => {
                let labels: Vec<&str> = fields.iter().map(|field| field.label()).collect();
                (*version, format!("Diperbaiki: {}", labels.join(", ")))
            }
            _ => continue,
        };
        let delivery = delivery(line, &held);
        let answer = detail.answers.iter().find(|answer| answer.version == version);
        lines.push(VersionLine {
            number: super::count(version),
            at: line.at.millis(),
            actor: line.actor.clone(),
            words,
            delivery: delivery.into(),
            delivery_words: delivery.words().to_owned(),
            answer_words: answer.map(|answer| super::status::answer_words(answer.answer).to_owned()),
            current: line.entry.is_some() && line.entry == detail.version,
        });
    }
    lines
}

fn delivery(line: &HistoryLine, held: &HashMap<payung_journal::SeriesId, u64>) -> Delivery {
    let arrived =
        line.entry.is_some_and(|entry| held.get(&entry.series).is_some_and(|held| *held >= entry.seq));
    if arrived { Delivery::Arrived } else { Delivery::NotSent }
}

/// Since when the oldest version waits, or when all of it was at the district.
pub fn since(lines: &[VersionLine], detail: &PersonDetail) -> Option<i64> {
    let waiting = lines.iter().filter(|line| line.delivery == DeliveryKey::NotSent).map(|line| line.at);
    match detail.status.delivery {
        Delivery::Local => None,
        Delivery::NotSent => waiting.min(),
        Delivery::Arrived => detail.arrived_at.map(Timestamp::millis),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_read_as_people_say_them() {
        assert_eq!(readable(Field::BirthDate, "1990-05-07"), "7 Mei 1990");
        assert_eq!(readable(Field::Name, "1990-05-07"), "1990-05-07", "a name is no date");
        assert_eq!(readable(Field::Occupation, "buruh_tani"), "Buruh tani");
        assert_eq!(readable(Field::Nik, ""), "");
    }

    #[test]
    fn names_of_versions_are_checked() {
        assert!(entries(&["bukan isian".to_owned()]).is_err());
        let name = format!("{}-7", "0a".repeat(16));
        assert_eq!(entries(std::slice::from_ref(&name)).unwrap()[0].to_string(), name);
    }
}
