//! What judging takes beside the facts, and what it returns.

use payung_domain::{CivilDate, Field, Readiness};

/// The dates and the evidence that do not stand in an applicant's own fields.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Context {
    /// The civil date, in the regency, on which the district plans to register the person with BPJS; where it has
    /// published none, the day on which the clerk said *siap*.
    pub registered_on: CivilDate,
    /// The planned first payment, where known: BPJS tests the age then once more.
    pub first_payment: Option<CivilDate>,
    /// The statement that covers the attested facts exactly as they stand now.
    pub statement: StatementEvidence,
    /// What the district's match against the list of the Keputusan Bupati said; `None` until it matched.
    pub dtsen_matched: Option<bool>,
}

impl Context {
    /// A registration date and nothing else: no statement, nothing matched, no payment planned.
    pub const fn on(registered_on: CivilDate) -> Self {
        Self { registered_on, first_payment: None, statement: StatementEvidence::None, dtsen_matched: None }
    }
}

/// How far the statement about a person has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum StatementEvidence {
    #[default]
    None,
    SignedUnstamped,
    SignedAndStamped,
}

/// One finding per rule in the regulation's order, and the warnings that hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Judgement {
    pub verdict: Verdict,
    pub findings: Vec<Finding>,
    pub warnings: Vec<Warning>,
    pub readiness: Readiness,
}

impl Judgement {
    pub fn finding(&self, rule: &str) -> Option<&Finding> {
        self.findings.iter().find(|finding| finding.rule == rule)
    }

    pub fn warning(&self, id: &str) -> Option<&Warning> {
        self.warnings.iter().find(|warning| warning.id == id)
    }
}

/// The sum of the findings: not eligible if a rule is not met, else incomplete if one is unknown, else pending, else
/// eligible. Eligible is no promise: the regent decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Verdict {
    Eligible,
    Ineligible,
    Incomplete,
    Pending,
}

impl Verdict {
    pub const ALL: &'static [Self] = &[Self::Eligible, Self::Ineligible, Self::Incomplete, Self::Pending];

    pub(crate) fn of(findings: &[Finding]) -> Self {
        let any = |outcome| findings.iter().any(|finding| finding.outcome == outcome);
        if any(Outcome::NotMet) {
            Self::Ineligible
        } else if any(Outcome::Unknown) {
            Self::Incomplete
        } else if any(Outcome::Pending) {
            Self::Pending
        } else {
            Self::Eligible
        }
    }

    /// The word in files.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Eligible => "eligible",
            Self::Ineligible => "ineligible",
            Self::Incomplete => "incomplete",
            Self::Pending => "pending",
        }
    }

    /// What a person reads.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Eligible => "memenuhi syarat",
            Self::Ineligible => "tidak memenuhi syarat",
            Self::Incomplete => "belum lengkap",
            Self::Pending => "menunggu",
        }
    }

    /// The sentence that keeps a good verdict honest, shown beside it. *Menunggu* is the best that a village sees before
    /// the stamp or the district's match, so it counts as good.
    pub const fn caution(self) -> Option<&'static str> {
        match self {
            Self::Eligible | Self::Pending => Some("Memenuhi syarat belum berarti ditetapkan."),
            _ => None,
        }
    }
}

/// What came of one rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Outcome {
    Met,
    NotMet,
    /// A fact is missing, or what was typed could not be read.
    Unknown,
    /// Nothing speaks against it; evidence or a district match is to come.
    Pending,
}

impl Outcome {
    pub const ALL: &'static [Self] = &[Self::Met, Self::NotMet, Self::Unknown, Self::Pending];

    /// The word in files.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Met => "met",
            Self::NotMet => "not_met",
            Self::Unknown => "unknown",
            Self::Pending => "pending",
        }
    }

    /// What a person reads.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Met => "terpenuhi",
            Self::NotMet => "tidak terpenuhi",
            Self::Unknown => "belum diketahui",
            Self::Pending => "menunggu",
        }
    }
}

/// What one rule says about the person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The rule's id, such as `age`.
    pub rule: String,
    /// The rule's heading for the clerk.
    pub title: String,
    /// The article, as the regulation file cites it.
    pub cite: String,
    pub outcome: Outcome,
    /// What was found, in plain words.
    pub message: String,
    /// The one thing to do; `None` when met.
    pub remedy: Option<String>,
    pub rests_on: Rests,
    /// Where the text leaves a reading open: the reading taken and the other one.
    pub tafsir: Option<String>,
    /// The outcome under the other reading, where it differs for this person.
    pub other_reading: Option<Outcome>,
    /// Too young: the day on which the person reaches the lower bound. Too old: the day since which the person is.
    pub changes_on: Option<CivilDate>,
    /// What a pending finding waits for; `None` for every other outcome.
    pub pending_on: Option<PendingOn>,
    /// The fields that the rule reads, in the order of the form.
    pub fields: Vec<Field>,
}

/// On what a finding rests.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Rests {
    /// *Dinyatakan*: the village's word.
    Declared,
    /// *Dipadankan*: matched by the district.
    Matched,
    /// *Dokumen*: a paper or a card that the village saw.
    Document,
}

impl Rests {
    pub const ALL: &'static [Self] = &[Self::Declared, Self::Matched, Self::Document];

    /// The word in a regulation file and on the screen.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Declared => "dinyatakan",
            Self::Matched => "dipadankan",
            Self::Document => "dokumen",
        }
    }

    pub(crate) fn parse(text: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|rests| rests.name() == text)
    }
}

/// What a pending finding waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PendingOn {
    /// The head's statement, or the meterai on it.
    Statement,
    /// The district's match.
    DistrictMatch,
    /// A document that the person still has to get, such as a KTP.
    Evidence,
}

/// Something the clerk must know. It never changes a verdict.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Warning {
    /// Such as `bpjs_age_limit`.
    pub id: String,
    pub message: String,
    /// What it rests on: an article, or the name of a practice. `None` where it is plain care.
    pub cite: Option<String>,
    /// The field that it is about.
    pub field: Option<Field>,
}
