//! How each kind of rule reads the facts.

use super::fill::Fill;
use crate::judgement::{Context, Finding, Outcome, PendingOn, Rests, StatementEvidence};
use crate::regulation::{AgeAlternative, Kind, Regulation, Rule};
use crate::words::Slot;
use payung_domain::{
    CivilDate, Cover, CoverSource, Facts, Field, KtpEvidence, Occupation, Reading, RegencyCode,
    WageParticipation,
};

pub(super) fn finding(rule: &Rule, reading: &Reading, context: &Context, regulation: &Regulation) -> Finding {
    let facts = &reading.facts;
    let slot = slot(&rule.kind, reading, context, regulation.statement.stamped);
    let outcome = slot.outcome();
    let fill = Fill::of_rule(rule, reading, context, regulation);
    let wording = rule.words.get(slot);
    Finding {
        rule: rule.id.clone(),
        title: rule.title.clone(),
        cite: rule.cite.clone(),
        outcome,
        message: wording.map(|words| fill.render(&words.message)).unwrap_or_default(),
        remedy: wording.and_then(|words| words.remedy.as_ref()).map(|remedy| fill.render(remedy)),
        rests_on: rests_on(rule, facts, context),
        tafsir: rule
            .tafsir
            .as_ref()
            .map(|tafsir| format!("Tafsir: {} Bacaan lain: {}", tafsir.reading, tafsir.alternative)),
        other_reading: other_reading(&rule.kind, reading, context).filter(|other| *other != outcome),
        changes_on: changes_on(&rule.kind, facts, context.registered_on),
        pending_on: pending_on(&rule.kind, outcome),
        fields: rule.kind.fields().to_vec(),
    }
}

/// What comes of one rule, without its words.
pub(super) fn outcome(
    rule: &Rule,
    reading: &Reading,
    context: &Context,
    regulation: &Regulation,
) -> (Outcome, Option<PendingOn>) {
    let outcome = slot(&rule.kind, reading, context, regulation.statement.stamped).outcome();
    (outcome, pending_on(&rule.kind, outcome))
}

fn pending_on(kind: &Kind, outcome: Outcome) -> Option<PendingOn> {
    (outcome == Outcome::Pending).then_some(match kind {
        Kind::Statement => PendingOn::Statement,
        Kind::ListedDtsen => PendingOn::DistrictMatch,
        _ => PendingOn::Evidence,
    })
}

/// Which case of the rule this person is.
fn slot(kind: &Kind, reading: &Reading, context: &Context, stamped: bool) -> Slot {
    let facts = &reading.facts;
    // Only the district's match stands above what was typed.
    if let (Kind::ListedDtsen, Some(matched)) = (kind, context.dtsen_matched) {
        return if matched { Slot::Met } else { Slot::NotMatched };
    }
    if kind.fields().iter().any(|field| decides(*field, facts) && is_unreadable(*field, reading)) {
        return Slot::Unknown;
    }
    match kind {
        Kind::AgeBetween { min, max, .. } => age(facts, *min, *max, context.registered_on),
        Kind::Works { occupations, open } => works(facts, (!open).then_some(occupations)),
        Kind::Statement => statement(context.statement, stamped),
        Kind::Residence { regency, require_domicile } => residence(facts, *regency, *require_domicile),
        Kind::NoCoverFrom { .. } | Kind::CoverOnlyFrom { .. } => match &facts.other_cover {
            None => Slot::Unknown,
            Some(covers) if barring(kind, covers, context.registered_on).next().is_some() => Slot::NotMet,
            Some(_) => Slot::Met,
        },
        Kind::ListedDtsen => match facts.dtsen {
            None => Slot::Unknown,
            Some(true) => Slot::Pending,
            Some(false) => Slot::NotMet,
        },
        Kind::NotWageParticipant => match facts.wage_participant {
            Some(WageParticipation::No) => Slot::Met,
            Some(WageParticipation::Yes) => Slot::NotMet,
            Some(WageParticipation::Inactive) => Slot::Inactive,
            Some(WageParticipation::Unknown) | None => Slot::Unknown,
        },
        Kind::InformalWork => match (facts.informal_worker, facts.still_working) {
            (Some(false), _) => Slot::NotMet,
            (_, Some(false)) => Slot::NotWorking,
            (Some(true), _) => Slot::Met,
            (None, _) => Slot::Unknown,
        },
    }
}

fn age(facts: &Facts, min: u32, max: u32, on: CivilDate) -> Slot {
    let Some(birth) = facts.birth_date else {
        return Slot::Unknown;
    };
    match birth.completed_years(on) {
        None => Slot::NotBorn,
        Some(years) if years < min => Slot::TooYoung,
        Some(years) if years > max => Slot::TooOld,
        Some(_) => Slot::Met,
    }
}

/// *Lainnya* alone names no occupation: it counts once it is described.
fn works(facts: &Facts, closed: Option<&Vec<Occupation>>) -> Slot {
    let given =
        facts.occupation.filter(|given| *given != Occupation::Other || facts.occupation_detail.is_some());
    match (facts.still_working, given) {
        (Some(false), _) => Slot::NotWorking,
        (_, Some(given)) if closed.is_some_and(|list| !list.contains(&given)) => Slot::Unlisted,
        (Some(true), Some(_)) => Slot::Met,
        _ => Slot::Unknown,
    }
}

fn statement(evidence: StatementEvidence, stamped: bool) -> Slot {
    match evidence {
        StatementEvidence::SignedAndStamped => Slot::Met,
        StatementEvidence::SignedUnstamped if stamped => Slot::PendingStamp,
        StatementEvidence::SignedUnstamped => Slot::Met,
        StatementEvidence::None => Slot::Pending,
    }
}

fn residence(facts: &Facts, regency: RegencyCode, require_domicile: bool) -> Slot {
    let domiciled = if require_domicile { facts.domiciled } else { Some(true) };
    match (facts.ktp_regency, domiciled) {
        (Some(other), _) if other != regency => Slot::Elsewhere,
        (_, Some(false)) => Slot::NotDomiciled,
        (None, _) | (_, None) => Slot::Unknown,
        _ if facts.ktp_evidence.is_some_and(KtpEvidence::is_provisional) => Slot::Pending,
        _ => Slot::Met,
    }
}

/// The covers that still run on that day and that the rule does not allow.
pub(super) fn barring<'a>(
    kind: &'a Kind,
    covers: &'a [Cover],
    on: CivilDate,
) -> impl Iterator<Item = CoverSource> + 'a {
    covers.iter().filter(move |cover| cover.runs_on(on)).map(|cover| cover.source).filter(move |source| {
        match kind {
            Kind::NoCoverFrom { sources } => sources.contains(source),
            Kind::CoverOnlyFrom { sources, .. } => !sources.contains(source),
            _ => false,
        }
    })
}

/// A description matters only where the occupation itself says nothing.
pub(super) fn decides(field: Field, facts: &Facts) -> bool {
    field != Field::OccupationDetail || facts.occupation == Some(Occupation::Other)
}

pub(super) fn is_unreadable(field: Field, reading: &Reading) -> bool {
    reading.errors.iter().any(|error| error.field == field)
}

/// Whether the rule stays open without that field.
pub(super) fn is_needed(field: Field, kind: &Kind) -> bool {
    match field {
        Field::KtpEvidence => false,
        Field::StillWorking => !matches!(kind, Kind::InformalWork),
        _ => true,
    }
}

pub(super) fn is_known(field: Field, facts: &Facts) -> bool {
    match field {
        Field::BirthDate => facts.birth_date.is_some(),
        Field::Occupation => facts.occupation.is_some(),
        Field::OccupationDetail => facts.occupation_detail.is_some(),
        Field::StillWorking => facts.still_working.is_some(),
        Field::InformalWorker => facts.informal_worker.is_some(),
        Field::KtpRegency => facts.ktp_regency.is_some(),
        Field::Domiciled => facts.domiciled.is_some(),
        Field::OtherCover => facts.other_cover.is_some(),
        Field::Dtsen => facts.dtsen.is_some(),
        Field::WageParticipant => {
            matches!(facts.wage_participant, Some(WageParticipation::Yes | WageParticipation::No))
        }
        _ => true,
    }
}

/// What the rule asks for is evidence; until that is there a finding rests on the village's word.
fn rests_on(rule: &Rule, facts: &Facts, context: &Context) -> Rests {
    let evidence_is_there = match rule.kind {
        Kind::ListedDtsen => context.dtsen_matched.is_some(),
        Kind::Residence { .. } => facts.ktp_evidence.is_some_and(|evidence| !evidence.is_provisional()),
        _ => true,
    };
    if evidence_is_there { rule.rests_on } else { Rests::Declared }
}

/// The outcome under the reading that the regulation did not take.
fn other_reading(kind: &Kind, reading: &Reading, context: &Context) -> Option<Outcome> {
    let other = match kind {
        Kind::AgeBetween { min, max, alternative: Some(AgeAlternative::EndsOnBirthday) } => {
            let last_day = reading.facts.birth_date?.birthday(*max)?;
            let within = age(&reading.facts, *min, *max, context.registered_on);
            return Some(match within {
                Slot::Met if context.registered_on > last_day => Outcome::NotMet,
                same => same.outcome(),
            });
        }
        Kind::CoverOnlyFrom { alternative: Some(sources), .. } => {
            Kind::CoverOnlyFrom { sources: sources.clone(), alternative: None }
        }
        _ => return None,
    };
    Some(slot(&other, reading, context, false).outcome())
}

/// The day on which a person too young comes of age for the rule, or since which a person is too old for it.
pub(super) fn changes_on(kind: &Kind, facts: &Facts, on: CivilDate) -> Option<CivilDate> {
    let (Kind::AgeBetween { min, max, .. }, Some(birth)) = (kind, facts.birth_date) else {
        return None;
    };
    match age(facts, *min, *max, on) {
        Slot::TooYoung => birth.birthday(*min),
        Slot::TooOld => birth.birthday(max + 1),
        _ => None,
    }
}
