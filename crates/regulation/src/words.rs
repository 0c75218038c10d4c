//! The clerk's words of a regulation file: sentences with placeholders from a closed list, checked when the file is
//! read, so that no sentence can be left with a hole.

use crate::judgement::Outcome;
use crate::regulation::{Kind, WarningKind};
use std::fmt::Write;

/// A case of a rule that has its own words. Which ones a kind asks for: [`Slot::of`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Slot {
    Met,
    NotMet,
    Unknown,
    Pending,
    TooYoung,
    TooOld,
    NotBorn,
    NotWorking,
    Unlisted,
    PendingStamp,
    Elsewhere,
    NotDomiciled,
    NotMatched,
    Inactive,
}

impl Slot {
    pub const ALL: &'static [Self] = &[
        Self::Met,
        Self::NotMet,
        Self::Unknown,
        Self::Pending,
        Self::TooYoung,
        Self::TooOld,
        Self::NotBorn,
        Self::NotWorking,
        Self::Unlisted,
        Self::PendingStamp,
        Self::Elsewhere,
        Self::NotDomiciled,
        Self::NotMatched,
        Self::Inactive,
    ];

    /// The key in a regulation file.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Met => "met",
            Self::NotMet => "not_met",
            Self::Unknown => "unknown",
            Self::Pending => "pending",
            Self::TooYoung => "too_young",
            Self::TooOld => "too_old",
            Self::NotBorn => "not_born",
            Self::NotWorking => "not_working",
            Self::Unlisted => "unlisted",
            Self::PendingStamp => "pending_stamp",
            Self::Elsewhere => "elsewhere",
            Self::NotDomiciled => "not_domiciled",
            Self::NotMatched => "not_matched",
            Self::Inactive => "inactive",
        }
    }

    /// What this case is in one of four words.
    pub const fn outcome(self) -> Outcome {
        match self {
            Self::Met => Outcome::Met,
            Self::Unknown | Self::Inactive => Outcome::Unknown,
            Self::Pending | Self::PendingStamp => Outcome::Pending,
            Self::NotMet
            | Self::TooYoung
            | Self::TooOld
            | Self::NotBorn
            | Self::NotWorking
            | Self::Unlisted
            | Self::Elsewhere
            | Self::NotDomiciled
            | Self::NotMatched => Outcome::NotMet,
        }
    }

    /// The cases that a rule of this kind must put into words: all of them, and no other.
    /// `stamped`: the regulation's statement counts only with a meterai.
    pub fn of(kind: &Kind, stamped: bool) -> Vec<Self> {
        match kind {
            Kind::AgeBetween { .. } => {
                vec![Self::Met, Self::TooYoung, Self::TooOld, Self::NotBorn, Self::Unknown]
            }
            Kind::Works { open: true, .. } => vec![Self::Met, Self::NotWorking, Self::Unknown],
            Kind::Works { .. } => vec![Self::Met, Self::NotWorking, Self::Unlisted, Self::Unknown],
            Kind::Statement if stamped => vec![Self::Met, Self::Pending, Self::PendingStamp],
            Kind::Statement => vec![Self::Met, Self::Pending],
            Kind::Residence { require_domicile: true, .. } => {
                vec![Self::Met, Self::Elsewhere, Self::NotDomiciled, Self::Pending, Self::Unknown]
            }
            Kind::Residence { .. } => vec![Self::Met, Self::Elsewhere, Self::Pending, Self::Unknown],
            Kind::NoCoverFrom { .. } | Kind::CoverOnlyFrom { .. } => {
                vec![Self::Met, Self::NotMet, Self::Unknown]
            }
            Kind::ListedDtsen => {
                vec![Self::Met, Self::NotMet, Self::NotMatched, Self::Pending, Self::Unknown]
            }
            Kind::NotWageParticipant => vec![Self::Met, Self::NotMet, Self::Inactive, Self::Unknown],
            Kind::InformalWork => vec![Self::Met, Self::NotMet, Self::NotWorking, Self::Unknown],
        }
    }

    /// The placeholders that are known in this case of that kind.
    pub(crate) fn placeholders(self, kind: &Kind) -> &'static [Placeholder] {
        use Placeholder as P;
        match (kind, self) {
            (Kind::AgeBetween { .. }, Self::Met) => &[P::Age, P::Min, P::Max, P::RegisteredOn, P::BirthDate],
            (Kind::AgeBetween { .. }, Self::TooYoung | Self::TooOld) => {
                &[P::Age, P::Min, P::Max, P::RegisteredOn, P::BirthDate, P::ChangesOn]
            }
            (Kind::AgeBetween { .. }, Self::NotBorn) => &[P::Min, P::Max, P::RegisteredOn, P::BirthDate],
            (Kind::AgeBetween { .. }, _) => &[P::Min, P::Max, P::RegisteredOn, P::Missing],
            (Kind::Works { .. }, Self::Met | Self::Unlisted) => &[P::Occupation],
            (Kind::Residence { .. }, Self::Elsewhere) => &[P::Regency, P::KtpRegency],
            (Kind::Residence { .. }, Self::Pending) => &[P::Regency, P::Evidence],
            (Kind::Residence { .. }, Self::Unknown) => &[P::Regency, P::Missing],
            (Kind::Residence { .. }, _) => &[P::Regency],
            (Kind::NoCoverFrom { .. } | Kind::CoverOnlyFrom { .. }, Self::NotMet) => {
                &[P::Sources, P::RegisteredOn]
            }
            (_, Self::Unknown) => &[P::Missing],
            _ => &[],
        }
    }
}

/// A hole in a sentence, filled from the facts or the context.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Placeholder {
    Age,
    Min,
    Max,
    RegisteredOn,
    BirthDate,
    ChangesOn,
    Missing,
    Regency,
    KtpRegency,
    Sources,
    Occupation,
    Evidence,
    Office,
    NikPrefix,
    NikDate,
    NikSex,
    Period,
}

impl Placeholder {
    pub(crate) const ALL: &'static [Self] = &[
        Self::Age,
        Self::Min,
        Self::Max,
        Self::RegisteredOn,
        Self::BirthDate,
        Self::ChangesOn,
        Self::Missing,
        Self::Regency,
        Self::KtpRegency,
        Self::Sources,
        Self::Occupation,
        Self::Evidence,
        Self::Office,
        Self::NikPrefix,
        Self::NikDate,
        Self::NikSex,
        Self::Period,
    ];

    /// The word between braces in a regulation file.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Age => "umur",
            Self::Min => "min",
            Self::Max => "max",
            Self::RegisteredOn => "tanggal_daftar",
            Self::BirthDate => "tanggal_lahir",
            Self::ChangesOn => "tanggal_berubah",
            Self::Missing => "yang_kurang",
            Self::Regency => "kabupaten",
            Self::KtpRegency => "kabupaten_ktp",
            Self::Sources => "sumber",
            Self::Occupation => "pekerjaan",
            Self::Evidence => "bukti",
            Self::Office => "jabatan",
            Self::NikPrefix => "awalan_nik",
            Self::NikDate => "tanggal_nik",
            Self::NikSex => "kelamin_nik",
            Self::Period => "periode",
        }
    }

    pub(crate) fn of_warning(kind: &WarningKind) -> &'static [Self] {
        match kind {
            WarningKind::BpjsAgeLimit { .. } => {
                &[Self::Age, Self::BirthDate, Self::RegisteredOn, Self::ChangesOn, Self::Max]
            }
            WarningKind::Minor { .. } => &[Self::Age, Self::Min, Self::RegisteredOn],
            WarningKind::OfficialAsWorker { .. } => &[Self::Office],
            WarningKind::NikBirthDate => &[Self::NikDate, Self::BirthDate],
            WarningKind::NikSex => &[Self::NikSex],
            WarningKind::NikRegion => &[Self::NikPrefix, Self::Regency],
            WarningKind::StaleDesil { .. } => &[Self::Period, Self::RegisteredOn],
            WarningKind::AlreadyFunded { .. } => &[Self::Sources],
            WarningKind::DraftRegulation
            | WarningKind::WageEarner
            | WarningKind::VulnerableUndeclared
            | WarningKind::NotFitDeclared => &[],
        }
    }
}

/// A sentence with holes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Template(Vec<Piece>);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Piece {
    Text(String),
    Hole(Placeholder),
}

/// Why a text is no sentence of a regulation file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum TemplateError {
    Unclosed,
    Unknown(String),
    NotHere(Placeholder),
}

impl Template {
    pub(crate) fn parse(text: &str, allowed: &[Placeholder]) -> Result<Self, TemplateError> {
        let mut pieces = Vec::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('{') {
            let (word, tail) = after.split_once('}').ok_or(TemplateError::Unclosed)?;
            let hole = Placeholder::ALL
                .iter()
                .copied()
                .find(|hole| hole.name() == word)
                .ok_or_else(|| TemplateError::Unknown(word.to_owned()))?;
            if !allowed.contains(&hole) {
                return Err(TemplateError::NotHere(hole));
            }
            if !before.is_empty() {
                pieces.push(Piece::Text(before.to_owned()));
            }
            pieces.push(Piece::Hole(hole));
            rest = tail;
        }
        if rest.contains('}') {
            return Err(TemplateError::Unclosed);
        }
        if !rest.is_empty() {
            pieces.push(Piece::Text(rest.to_owned()));
        }
        Ok(Self(pieces))
    }

    /// The sentence, its holes filled by `fill`, which appends to the text.
    pub(crate) fn render(&self, mut fill: impl FnMut(Placeholder, &mut String)) -> String {
        let mut sentence = String::with_capacity(160);
        for piece in &self.0 {
            match piece {
                Piece::Text(text) => sentence.push_str(text),
                Piece::Hole(hole) => fill(*hole, &mut sentence),
            }
        }
        sentence
    }
}

impl std::fmt::Display for Template {
    /// As it stands in the file.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for piece in &self.0 {
            match piece {
                Piece::Text(text) => f.write_str(text)?,
                Piece::Hole(hole) => {
                    f.write_char('{')?;
                    f.write_str(hole.name())?;
                    f.write_char('}')?;
                }
            }
        }
        Ok(())
    }
}

/// What is said in one case, and the one thing to do about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wording {
    pub message: Template,
    /// Absent only where the rule is met.
    pub remedy: Option<Template>,
}

/// The words of a rule, one for each of its cases.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Words(pub(crate) Vec<(Slot, Wording)>);

impl Words {
    pub fn get(&self, slot: Slot) -> Option<&Wording> {
        self.0.iter().find(|(known, _)| *known == slot).map(|(_, wording)| wording)
    }
}
