//! *Pemeriksaan syarat* for the screen.

use crate::dto::{
    AlikeView, CommandError, FindingView, Judged, JudgementView, NikFacts, OutcomeView, ReadinessView,
    SameNik, Values, VerdictView, WarningView,
};
use crate::error::{problems, sentence};
use payung_domain::{CivilDate, Field, FieldValues, Readiness, Reading};
use payung_register::{Alike, Check, PersonRow};
use payung_regulation::{Finding, Judgement, Outcome, Regulation, Verdict};

/// Typed values by column name.
pub fn values(typed: &FieldValues) -> Values {
    typed.iter().map(|(field, value)| (field.name().to_owned(), value.to_owned())).collect()
}

/// An unknown column is a fault of the window, said as such.
pub fn typed(values: Values) -> Result<FieldValues, CommandError> {
    values.into_iter().map(|(name, value)| Ok((field(&name)?, value))).collect()
}

pub fn field(name: &str) -> Result<Field, CommandError> {
    Field::from_name(name).ok_or_else(|| CommandError::invalid(name, "Kolom ini tidak dikenal."))
}

/// `others` hold the NIK, or may be the same person under another one.
pub fn judged(check: &Check, regulation: &Regulation, others: (&[PersonRow], &[Alike]), nik: &str) -> Judged {
    Judged {
        judgement: judgement(&check.judgement, check.registered_on, regulation),
        errors: problems(&check.reading.errors),
        nik: nik_facts(&check.reading, others.0, nik, check.registered_on),
        alike: others.1.iter().map(AlikeView::from).collect(),
    }
}

pub fn judgement(judgement: &Judgement, registered_on: CivilDate, regulation: &Regulation) -> JudgementView {
    JudgementView {
        verdict: judgement.verdict.into(),
        sentence: verdict_sentence(judgement),
        caution: judgement.verdict.caution().map(str::to_owned),
        readiness: judgement.readiness.into(),
        registered_on: registered_on.to_string(),
        regulation_title: regulation.short_title.clone(),
        draft: regulation.draft,
        findings: judgement.findings.iter().map(FindingView::from).collect(),
        warnings: judgement.warnings.iter().map(WarningView::from).collect(),
    }
}

/// The verdict in one sentence, naming the rules that decide it.
fn verdict_sentence(judgement: &Judgement) -> String {
    let titles = |outcome: Outcome| {
        let titles: Vec<&str> = judgement
            .findings
            .iter()
            .filter(|finding| finding.outcome == outcome)
            .map(|finding| finding.title.as_str())
            .collect();
        titles.join(", ")
    };
    match judgement.verdict {
        Verdict::Eligible => "Semua syarat terpenuhi.".to_owned(),
        Verdict::Ineligible => format!("Tidak memenuhi syarat: {}.", titles(Outcome::NotMet)),
        Verdict::Incomplete => format!("Belum lengkap: {}.", titles(Outcome::Unknown)),
        Verdict::Pending => {
            format!("Tidak ada yang menghalangi. Masih menunggu: {}.", titles(Outcome::Pending))
        }
    }
}

/// `shown` is what stands in the field; nothing is said about an empty one.
pub fn nik_facts(reading: &Reading, same_nik: &[PersonRow], shown: &str, today: CivilDate) -> NikFacts {
    let nik = reading.facts.nik;
    let problem = reading.errors.iter().find(|error| error.field == Field::Nik && !shown.trim().is_empty());
    NikFacts {
        well_formed: nik.is_some(),
        grouped: nik.map(|nik| nik.grouped()).unwrap_or_default(),
        birth_date: nik.and_then(|nik| nik.birth_date(today)).map(|date| date.to_string()),
        sex: nik.map(|nik| nik.sex().name().to_owned()),
        regency_name: nik
            .and_then(|nik| nik.regency())
            .and_then(|code| payung_regions::title_of(&code.to_string())),
        problem: problem.map(|error| sentence(&error.rule)),
        others: same_nik.iter().map(SameNik::from).collect(),
    }
}

impl From<&PersonRow> for SameNik {
    fn from(row: &PersonRow) -> Self {
        Self {
            id: row.id.0,
            name: row.name.clone(),
            hamlet: row.hamlet.clone(),
            state_words: row.state.words().to_owned(),
        }
    }
}

impl From<&Finding> for FindingView {
    fn from(finding: &Finding) -> Self {
        Self {
            rule: finding.rule.clone(),
            title: finding.title.clone(),
            cite: finding.cite.clone(),
            outcome: finding.outcome.into(),
            message: finding.message.clone(),
            remedy: finding.remedy.clone(),
            rests_on: finding.rests_on.name().to_owned(),
            tafsir: finding.tafsir.clone(),
            changes_on: finding.changes_on.map(|date| date.to_string()),
            fields: finding.fields.iter().map(|field| field.name().to_owned()).collect(),
        }
    }
}

impl From<&payung_regulation::Warning> for WarningView {
    fn from(warning: &payung_regulation::Warning) -> Self {
        Self {
            id: warning.id.clone(),
            message: warning.message.clone(),
            field: warning.field.map(|field| field.name().to_owned()),
        }
    }
}

impl From<Outcome> for OutcomeView {
    fn from(outcome: Outcome) -> Self {
        match outcome {
            Outcome::Met => Self::Met,
            Outcome::NotMet => Self::NotMet,
            Outcome::Unknown => Self::Unknown,
            Outcome::Pending => Self::Pending,
        }
    }
}

impl From<Verdict> for VerdictView {
    fn from(verdict: Verdict) -> Self {
        match verdict {
            Verdict::Eligible => Self::Eligible,
            Verdict::Ineligible => Self::Ineligible,
            Verdict::Incomplete => Self::Incomplete,
            Verdict::Pending => Self::Pending,
        }
    }
}

same!(Readiness, ReadinessView,
    Attestable => Attestable, WithNotes => WithNotes, Incomplete => Incomplete,
);

#[cfg(test)]
mod tests {
    use super::*;
    use payung_domain::read;
    use payung_regulation::{Context, builtin, judge};

    fn today() -> CivilDate {
        CivilDate::new(2026, 11, 21).unwrap()
    }

    fn read_nik(nik: &str) -> Reading {
        read(&[(Field::Nik, nik.to_owned())].into_iter().collect())
    }

    #[test]
    fn a_nik_tells_birth_date_sex_and_where_it_was_first_given() {
        let facts = nik_facts(&read_nik("3305124108600001"), &[], "3305124108600001", today());
        assert!(facts.well_formed);
        assert_eq!(facts.grouped, "330512 410860 0001");
        assert_eq!(facts.birth_date.as_deref(), Some("1960-08-01"));
        assert_eq!(facts.sex.as_deref(), Some("P"));
        assert_eq!(facts.regency_name.as_deref(), Some("Kabupaten Kebumen"));
    }

    #[test]
    fn an_empty_nik_is_no_problem_yet_and_a_short_one_is() {
        assert_eq!(nik_facts(&read_nik(""), &[], "", today()).problem, None);
        let short = nik_facts(&read_nik("33051"), &[], "33051", today());
        assert!(short.problem.is_some_and(|words| words.contains("16")), "the rule names 16 digits");
    }

    #[test]
    fn the_sentence_names_what_is_missing() {
        let regulation = &builtin()[0];
        let found = judge(regulation, &Reading::default(), &Context::on(today()));
        let view = judgement(&found, today(), regulation);
        assert_eq!(view.verdict, VerdictView::Incomplete);
        assert!(view.sentence.starts_with("Belum lengkap: "), "{}", view.sentence);
        assert_eq!(view.findings.len(), regulation.rules.len(), "one finding a rule");
        assert_eq!(view.caution, None, "no promise, nothing to soften");
    }

    #[test]
    fn values_cross_by_column_name_and_come_back() {
        let typed_values: FieldValues =
            [(Field::Name, "Siti".to_owned()), (Field::Hamlet, "Krajan".to_owned())].into_iter().collect();
        let crossed = values(&typed_values);
        assert_eq!(crossed.get("nama").map(String::as_str), Some("Siti"));
        assert!(typed(crossed).unwrap() == typed_values);
        assert!(typed(Values::from([("gaji".to_owned(), "1".to_owned())])).is_err(), "no such column");
    }
}
