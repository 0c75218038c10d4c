//! What stands in the holes of a regulation's sentences.

use super::rules::{barring, changes_on, decides, is_known, is_needed, is_unreadable};
use crate::judgement::Context;
use crate::regulation::{Kind, Regulation, Rule, WarningKind};
use crate::words::{Placeholder, Template};
use payung_domain::{CivilDate, CoverSource, Facts, Field, Occupation, Reading, Sex};
use std::fmt::Write;

/// Everything that a sentence may speak of.
pub(super) struct Fill<'a> {
    facts: &'a Facts,
    context: &'a Context,
    regulation: &'a Regulation,
    about: About<'a>,
}

enum About<'a> {
    Rule(&'a Rule, &'a Reading),
    Warning(&'a WarningKind),
}

impl<'a> Fill<'a> {
    pub fn of_rule(
        rule: &'a Rule,
        reading: &'a Reading,
        context: &'a Context,
        regulation: &'a Regulation,
    ) -> Self {
        Self { facts: &reading.facts, context, regulation, about: About::Rule(rule, reading) }
    }

    pub fn of_warning(
        kind: &'a WarningKind,
        facts: &'a Facts,
        context: &'a Context,
        regulation: &'a Regulation,
    ) -> Self {
        Self { facts, context, regulation, about: About::Warning(kind) }
    }

    pub fn render(&self, template: &Template) -> String {
        template.render(|hole, sentence| self.fill(hole, sentence))
    }

    fn fill(&self, hole: Placeholder, to: &mut String) {
        let birth = self.facts.birth_date;
        match hole {
            Placeholder::Age => {
                let years = birth.and_then(|birth| birth.completed_years(self.context.registered_on));
                append(to, years);
            }
            Placeholder::Min => append(to, self.least()),
            Placeholder::Max => append(to, self.most()),
            Placeholder::RegisteredOn => append_date(to, Some(self.context.registered_on)),
            Placeholder::BirthDate => append_date(to, birth),
            Placeholder::ChangesOn => append_date(to, self.changes_on()),
            Placeholder::Missing => self.missing(to),
            Placeholder::Regency => to.push_str(&self.regulation.regency_name),
            Placeholder::KtpRegency => append(to, self.facts.ktp_regency),
            Placeholder::Sources => self.sources(to),
            Placeholder::Occupation => self.occupation(to),
            Placeholder::Evidence => to.push_str(self.facts.ktp_evidence.map_or("", |word| word.label())),
            Placeholder::Office => to.push_str(self.facts.village_office.map_or("", |word| word.label())),
            Placeholder::NikPrefix => append(to, self.facts.nik.and_then(|nik| nik.regency())),
            Placeholder::NikDate => self.nik_date(to),
            Placeholder::NikSex => to.push_str(match self.facts.nik.map(|nik| nik.sex()) {
                Some(Sex::Male) => "laki-laki",
                Some(Sex::Female) => "perempuan",
                None => "",
            }),
            Placeholder::Period => append(to, self.facts.desil_period),
        }
    }

    fn least(&self) -> Option<u32> {
        match self.about {
            About::Rule(Rule { kind: Kind::AgeBetween { min, .. }, .. }, _) => Some(*min),
            About::Warning(WarningKind::Minor { age }) => Some(*age),
            _ => None,
        }
    }

    fn most(&self) -> Option<u32> {
        match self.about {
            About::Rule(Rule { kind: Kind::AgeBetween { max, .. }, .. }, _) => Some(*max),
            About::Warning(WarningKind::BpjsAgeLimit { age }) => Some(*age),
            _ => None,
        }
    }

    fn changes_on(&self) -> Option<CivilDate> {
        match self.about {
            About::Rule(rule, _) => changes_on(&rule.kind, self.facts, self.context.registered_on),
            About::Warning(WarningKind::BpjsAgeLimit { age }) => self.facts.birth_date?.birthday(*age),
            About::Warning(_) => None,
        }
    }

    /// `Pekerjaan dan Masih bekerja belum diketahui, Tanggal lahir tidak terbaca`.
    fn missing(&self, to: &mut String) {
        let About::Rule(rule, reading) = self.about else {
            return;
        };
        let fields = || rule.kind.fields().iter().copied().filter(|field| decides(*field, self.facts));
        let unreadable = |field: &Field| is_unreadable(*field, reading);
        let absent =
            fields().filter(|f| !unreadable(f) && is_needed(*f, &rule.kind) && !is_known(*f, self.facts));
        let start = to.len();
        append_list(to, absent.map(Field::label));
        if to.len() > start {
            to.push_str(" belum diketahui");
        }
        let listed = to.len();
        let separator = if listed > start { ", " } else { "" };
        to.push_str(separator);
        append_list(to, fields().filter(unreadable).map(Field::label));
        if to.len() > listed + separator.len() {
            to.push_str(" tidak terbaca");
        } else {
            to.truncate(listed);
        }
    }

    fn sources(&self, to: &mut String) {
        let covers = self.facts.other_cover.as_deref().unwrap_or_default();
        let on = self.context.registered_on;
        match self.about {
            About::Rule(rule, _) => append_list(to, barring(&rule.kind, covers, on).map(CoverSource::label)),
            About::Warning(WarningKind::AlreadyFunded { sources }) => {
                let running = covers.iter().filter(|cover| cover.runs_on(on)).map(|cover| cover.source);
                append_list(to, running.filter(|source| sources.contains(source)).map(CoverSource::label));
            }
            About::Warning(_) => {}
        }
    }

    fn occupation(&self, to: &mut String) {
        match (self.facts.occupation, &self.facts.occupation_detail) {
            (Some(Occupation::Other), Some(detail)) => to.push_str(detail),
            (Some(occupation), _) => to.push_str(occupation.label()),
            (None, _) => {}
        }
    }

    /// The birth date that the NIK speaks of; its six digits where there is no such day.
    fn nik_date(&self, to: &mut String) {
        let Some(nik) = self.facts.nik else {
            return;
        };
        match nik.birth_date(self.context.registered_on) {
            Some(date) => append_date(to, Some(date)),
            None => to.push_str(&nik.as_str()[6..12]),
        }
    }
}

fn append(to: &mut String, value: Option<impl std::fmt::Display>) {
    if let Some(value) = value {
        // Writing to a String cannot fail.
        let _ = write!(to, "{value}");
    }
}

fn append_date(to: &mut String, date: Option<CivilDate>) {
    append(to, date.map(CivilDate::in_words));
}

/// `a, b dan c`; a word that comes twice stands once.
fn append_list(to: &mut String, words: impl Iterator<Item = &'static str>) {
    let mut list: Vec<&str> = Vec::new();
    for word in words {
        if !list.contains(&word) {
            list.push(word);
        }
    }
    for (index, word) in list.iter().enumerate() {
        if index > 0 {
            to.push_str(if index + 1 == list.len() { " dan " } else { ", " });
        }
        to.push_str(word);
    }
}
