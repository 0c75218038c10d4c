//! When each warning holds. A warning never changes a verdict.

use super::fill::Fill;
use crate::judgement::{Context, Warning};
use crate::regulation::{Regulation, WarningKind, WarningRule};
use payung_domain::{CivilDate, Facts, Quarter};

pub(super) fn warning(
    rule: &WarningRule,
    regulation: &Regulation,
    facts: &Facts,
    context: &Context,
) -> Option<Warning> {
    holds(&rule.kind, regulation, facts, context).then(|| Warning {
        id: rule.kind.id().to_owned(),
        message: Fill::of_warning(&rule.kind, facts, context, regulation).render(&rule.message),
        cite: rule.cite.clone(),
        field: rule.kind.field(),
    })
}

fn holds(kind: &WarningKind, regulation: &Regulation, facts: &Facts, context: &Context) -> bool {
    let on = context.registered_on;
    match kind {
        WarningKind::BpjsAgeLimit { age } => {
            facts.birth_date.is_some_and(|birth| reaches(birth, *age, on, context.first_payment))
        }
        WarningKind::Minor { age } => {
            facts.birth_date.and_then(|birth| birth.completed_years(on)).is_some_and(|years| years < *age)
        }
        WarningKind::OfficialAsWorker { offices } => {
            facts.village_office.is_some_and(|office| offices.contains(&office))
        }
        WarningKind::NikBirthDate => match (facts.nik, facts.birth_date) {
            (Some(nik), Some(birth)) => !nik.agrees_with_birth_date(birth),
            _ => false,
        },
        WarningKind::NikSex => match (facts.nik, facts.sex) {
            (Some(nik), Some(sex)) => nik.sex() != sex,
            _ => false,
        },
        WarningKind::NikRegion => facts.nik.is_some_and(|nik| nik.regency() != Some(regulation.regency)),
        WarningKind::StaleDesil { quarters } => facts
            .desil_period
            .is_some_and(|period| quarters_between(period, on.quarter()) > i64::from(*quarters)),
        WarningKind::DraftRegulation => regulation.draft,
        WarningKind::WageEarner => facts.wage_participant == Some(payung_domain::WageParticipation::Yes),
        WarningKind::VulnerableUndeclared => facts.vulnerable != Some(true),
        WarningKind::AlreadyFunded { sources } => facts
            .other_cover
            .iter()
            .flatten()
            .any(|cover| cover.runs_on(on) && sources.contains(&cover.source)),
        WarningKind::NotFitDeclared => facts.not_seriously_ill == Some(false),
    }
}

/// Whether that birthday falls on or before the registration or the planned first payment.
fn reaches(birth: CivilDate, age: u32, registered_on: CivilDate, first_payment: Option<CivilDate>) -> bool {
    let last = first_payment.map_or(registered_on, |payment| payment.max(registered_on));
    birth.birthday(age).is_some_and(|birthday| birthday <= last)
}

/// How many quarters `later` lies after `earlier`; negative where it lies before.
fn quarters_between(earlier: Quarter, later: Quarter) -> i64 {
    let index = |quarter: Quarter| i64::from(quarter.year) * 4 + i64::from(quarter.number);
    index(later) - index(earlier)
}
