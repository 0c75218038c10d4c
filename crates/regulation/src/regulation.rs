//! A regulation as read from its file.

use crate::judgement::Rests;
use crate::words::Words;
use payung_domain::{
    CivilDate, CoverSource, Field, Occupation, RegencyCode, StatementNeed, UtcOffset, VillageKind,
    VillageOffice,
};

/// One regency's regulation: what it asks, in which words, since when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Regulation {
    /// Such as `kebumen-56-2024`; small letters, digits and dashes.
    pub id: String,
    /// The full title.
    pub title: String,
    /// What a screen's heading has room for.
    pub short_title: String,
    pub regency: RegencyCode,
    /// `Kebumen`, as a person writes it.
    pub regency_name: String,
    /// How a document cites it.
    pub citation: String,
    /// Not in force yet: every judgement and every paper says so.
    pub draft: bool,
    /// What papers under a draft bear, such as `RANCANGAN - belum berlaku`. Present exactly for drafts.
    pub draft_mark: Option<String>,
    /// `None` only for a draft.
    pub effective_from: Option<CivilDate>,
    pub utc_offset: UtcOffset,
    pub statement: StatementForm,
    pub rules: Vec<Rule>,
    pub warnings: Vec<WarningRule>,
    pub(crate) digest: [u8; 32],
}

impl Regulation {
    /// SHA-256 of the file's bytes: a judgement and a statement name exactly this text.
    pub fn digest(&self) -> [u8; 32] {
        self.digest
    }

    pub fn rule(&self, id: &str) -> Option<&Rule> {
        self.rules.iter().find(|rule| rule.id == id)
    }

    /// Whether it is law on that day.
    pub fn in_force_on(&self, day: CivilDate) -> bool {
        !self.draft && self.effective_from.is_some_and(|from| day >= from)
    }
}

/// The head's statement as this regulation wants it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatementForm {
    pub need: StatementNeed,
    /// `Surat Pernyataan Kepala Desa`, `Surat Pengantar Usulan`.
    pub name: String,
    /// Where a kelurahan calls it otherwise.
    pub name_kelurahan: Option<String>,
    /// The article that asks for it; `None` for a district's extra, which cites no article.
    pub cite: Option<String>,
    /// Counts only with a meterai on it.
    pub stamped: bool,
    /// The fields that it attests: only these, changed, ask for a new statement.
    pub attests: Vec<Field>,
}

impl StatementForm {
    pub fn name_for(&self, kind: VillageKind) -> &str {
        match (kind, &self.name_kelurahan) {
            (VillageKind::Kelurahan, Some(name)) => name,
            _ => &self.name,
        }
    }
}

/// One condition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    pub id: String,
    pub title: String,
    /// The article, or what the text is called where a draft has no number yet.
    pub cite: String,
    pub kind: Kind,
    /// What a met rule rests on; a finding rests on the village's word until that evidence is there.
    pub rests_on: Rests,
    pub tafsir: Option<Tafsir>,
    pub words: Words,
}

/// A reading that the text leaves open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tafsir {
    /// The reading that the rule takes.
    pub reading: String,
    /// The other one.
    pub alternative: String,
}

/// The closed vocabulary of rules.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Completed years at registration, both ends included.
    AgeBetween { min: u32, max: u32, alternative: Option<AgeAlternative> },
    /// An occupation is given, and the person works now. A closed list also asks that it is one of these.
    Works { occupations: Vec<Occupation>, open: bool },
    /// The head's statement over exactly the attested facts, stamped where [`StatementForm::stamped`] says so.
    Statement,
    /// The regency on the KTP, and where asked the domicile.
    Residence { regency: RegencyCode, require_domicile: bool },
    /// No running cover paid from these sources.
    NoCoverFrom { sources: Vec<CoverSource> },
    /// No running cover but from these sources. `alternative`: the sources under the other reading.
    CoverOnlyFrom { sources: Vec<CoverSource>, alternative: Option<Vec<CoverSource>> },
    /// In DTSEN, as matched by the district.
    ListedDtsen,
    /// Not registered as a wage earner.
    NotWageParticipant,
    /// Informal or self-employed work.
    InformalWork,
}

impl Kind {
    pub const NAMES: &'static [&'static str] = &[
        "age_between",
        "works",
        "statement",
        "residence",
        "no_cover_from",
        "cover_only_from",
        "listed_dtsen",
        "not_wage_participant",
        "informal_work",
    ];

    /// The word in a regulation file.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::AgeBetween { .. } => "age_between",
            Self::Works { .. } => "works",
            Self::Statement => "statement",
            Self::Residence { .. } => "residence",
            Self::NoCoverFrom { .. } => "no_cover_from",
            Self::CoverOnlyFrom { .. } => "cover_only_from",
            Self::ListedDtsen => "listed_dtsen",
            Self::NotWageParticipant => "not_wage_participant",
            Self::InformalWork => "informal_work",
        }
    }

    /// The fields that the rule reads. The statement reads none of its own: the evidence comes with the context.
    pub const fn fields(&self) -> &'static [Field] {
        match self {
            Self::AgeBetween { .. } => &[Field::BirthDate],
            Self::Works { .. } => &[Field::Occupation, Field::OccupationDetail, Field::StillWorking],
            Self::Statement => &[],
            Self::Residence { require_domicile: true, .. } => {
                &[Field::KtpRegency, Field::KtpEvidence, Field::Domiciled]
            }
            Self::Residence { .. } => &[Field::KtpRegency, Field::KtpEvidence],
            Self::NoCoverFrom { .. } | Self::CoverOnlyFrom { .. } => &[Field::OtherCover],
            Self::ListedDtsen => &[Field::Dtsen],
            Self::NotWageParticipant => &[Field::WageParticipant],
            Self::InformalWork => &[Field::InformalWorker, Field::StillWorking],
        }
    }
}

/// How else the upper bound of an age rule may be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AgeAlternative {
    /// "Sampai dengan 65" ends with the 65th birthday; the day after is too late.
    EndsOnBirthday,
}

/// A warning that this regulation switches on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WarningRule {
    pub kind: WarningKind,
    pub cite: Option<String>,
    pub message: crate::words::Template,
}

/// The closed vocabulary of warnings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WarningKind {
    /// The birthday of that age falls on or before the registration or the planned first payment.
    BpjsAgeLimit {
        age: u32,
    },
    /// Younger than that age at registration.
    Minor {
        age: u32,
    },
    /// Holds one of these posts.
    OfficialAsWorker {
        offices: Vec<VillageOffice>,
    },
    NikBirthDate,
    NikSex,
    /// The NIK was first given elsewhere: information only.
    NikRegion,
    /// The desil's period lies more than so many quarters before the one of the registration.
    StaleDesil {
        quarters: u32,
    },
    /// The regulation is a draft.
    DraftRegulation,
    /// Registered as a wage earner.
    WageEarner,
    /// Not declared to be a vulnerable worker.
    VulnerableUndeclared,
    /// A cover paid from one of these sources runs.
    AlreadyFunded {
        sources: Vec<CoverSource>,
    },
    /// Declared to be seriously ill.
    NotFitDeclared,
}

impl WarningKind {
    pub const NAMES: &'static [&'static str] = &[
        "bpjs_age_limit",
        "minor",
        "official_as_worker",
        "nik_birth_date",
        "nik_sex",
        "nik_region",
        "stale_desil",
        "draft_regulation",
        "wage_earner",
        "vulnerable_undeclared",
        "already_funded",
        "not_fit_declared",
    ];

    /// The warning's id, in files and on the wire.
    pub const fn id(&self) -> &'static str {
        match self {
            Self::BpjsAgeLimit { .. } => "bpjs_age_limit",
            Self::Minor { .. } => "minor",
            Self::OfficialAsWorker { .. } => "official_as_worker",
            Self::NikBirthDate => "nik_birth_date",
            Self::NikSex => "nik_sex",
            Self::NikRegion => "nik_region",
            Self::StaleDesil { .. } => "stale_desil",
            Self::DraftRegulation => "draft_regulation",
            Self::WageEarner => "wage_earner",
            Self::VulnerableUndeclared => "vulnerable_undeclared",
            Self::AlreadyFunded { .. } => "already_funded",
            Self::NotFitDeclared => "not_fit_declared",
        }
    }

    /// The field that the warning is about.
    pub const fn field(&self) -> Option<Field> {
        match self {
            Self::BpjsAgeLimit { .. } | Self::Minor { .. } => Some(Field::BirthDate),
            Self::OfficialAsWorker { .. } => Some(Field::VillageOffice),
            Self::NikBirthDate | Self::NikSex | Self::NikRegion => Some(Field::Nik),
            Self::StaleDesil { .. } => Some(Field::DesilPeriod),
            Self::DraftRegulation => None,
            Self::WageEarner => Some(Field::WageParticipant),
            Self::VulnerableUndeclared => Some(Field::Vulnerable),
            Self::AlreadyFunded { .. } => Some(Field::OtherCover),
            Self::NotFitDeclared => Some(Field::NotSeriouslyIll),
        }
    }
}
