//! Judging: facts, a date and a regulation to findings.

mod fill;
mod outlook;
mod rules;
mod warnings;

use crate::judgement::{Context, Finding, Judgement, Outcome, PendingOn, Verdict};
use crate::regulation::Regulation;
use payung_domain::{Field, Readiness, Reading};

pub use outlook::{Outlook, missing, outlook};

/// Judges what was read of a person. Every rule of the regulation yields exactly one finding, in its order; the
/// warnings stand in the order of the regulation file too. A rule that reads an unreadable field is unknown.
pub fn judge(regulation: &Regulation, reading: &Reading, context: &Context) -> Judgement {
    let findings: Vec<Finding> =
        regulation.rules.iter().map(|rule| rules::finding(rule, reading, context, regulation)).collect();
    let warnings = regulation
        .warnings
        .iter()
        .filter_map(|rule| warnings::warning(rule, regulation, &reading.facts, context))
        .collect();
    Judgement {
        verdict: Verdict::of(&findings),
        readiness: readiness(
            regulation,
            reading,
            findings.iter().map(|finding| (finding.outcome, finding.pending_on)),
        ),
        findings,
        warnings,
    }
}

/// Ready for a statement: every rule met, or pending only on the statement itself or on the district's match. And
/// nothing that the statement attests may be unreadable, nor may the person lack a NIK or a name: no rule reads those,
/// but a head cannot attest them.
fn readiness(
    regulation: &Regulation,
    reading: &Reading,
    findings: impl Iterator<Item = (Outcome, Option<PendingOn>)>,
) -> Readiness {
    let unreadable = |field: &Field| reading.errors.iter().any(|error| error.field == *field);
    let nameless = reading.facts.nik.is_none() || reading.facts.name.is_none();
    let mut open = false;
    for (outcome, pending_on) in findings {
        match outcome {
            Outcome::NotMet => return Readiness::WithNotes,
            Outcome::Unknown => open = true,
            Outcome::Pending => open |= pending_on == Some(PendingOn::Evidence),
            Outcome::Met => {}
        }
    }
    if nameless || open || regulation.statement.attests.iter().any(unreadable) {
        Readiness::Incomplete
    } else {
        Readiness::Attestable
    }
}

/// As [`judge`] says it, without words.
fn readiness_on(regulation: &Regulation, reading: &Reading, context: &Context) -> Readiness {
    let outcomes = regulation.rules.iter().map(|rule| rules::outcome(rule, reading, context, regulation));
    readiness(regulation, reading, outcomes)
}
