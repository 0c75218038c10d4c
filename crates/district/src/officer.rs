//! An officer's decisions. The program has flagged; here a person decides, with a name and, against someone, a reason.

use crate::error::DistrictError;
use crate::home::District;
use crate::store::{self, PersonRow, Reads};
pub use crate::work::Standing;
use crate::work::{Standings, Work, known_version};
use payung_domain::{Answer, EndKind, Field, Nik, Timestamp, VillageCode};
use payung_journal::{EntityId, Event, Reason};

/// Longest reason and name, in characters.
pub const REASON_MAX: usize = 1_000;
pub const OFFICER_MAX: usize = 100;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    Passed,
    NotEligible,
}

pub enum Whom {
    Person(EntityId),
    /// Whoever bears the NIK; where several do, the village says which.
    Nik {
        nik: Nik,
        village: Option<VillageCode>,
    },
}

pub struct Order {
    pub whom: Whom,
    pub outcome: Outcome,
    /// Required for [`Outcome::NotEligible`].
    pub reason: Option<String>,
    pub officer: String,
}

/// One person as an officer sees them.
pub struct Case {
    pub person: EntityId,
    pub version: EntityId,
    pub village: VillageCode,
    pub village_name: String,
    pub name: String,
    pub nik: Option<Nik>,
    pub state: CaseState,
    /// What the district thinks of the statement over these very facts; `None` where there is none.
    pub statement: Option<Standing>,
    pub reasons: Vec<Reason>,
    pub officer: Option<String>,
    pub arrived_at: Timestamp,
}

/// Where a person stands at the district.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CaseState {
    Answered(Answer),
    Ended(EndKind),
}

impl CaseState {
    pub fn of(person: &PersonRow) -> Self {
        match person.ended {
            Some(kind) => Self::Ended(kind),
            None => Self::Answered(person.answer.unwrap_or(Answer::Arrived)),
        }
    }

    /// A stable key for JSON.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Answered(Answer::Arrived) => "arrived",
            Self::Answered(Answer::NeedsFix) => "needs_fix",
            Self::Answered(Answer::DuplicateNik) => "duplicate_nik",
            Self::Answered(Answer::Passed) => "passed",
            Self::Answered(Answer::NotEligible) => "not_eligible",
            Self::Ended(EndKind::Cancelled) => "cancelled",
            Self::Ended(_) => "ended",
        }
    }

    /// The words that people see everywhere.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Answered(Answer::Arrived) => "sudah sampai di kabupaten",
            Self::Answered(Answer::NeedsFix) => "perlu diperbaiki",
            Self::Answered(Answer::DuplicateNik) => "NIK ganda - menunggu petugas",
            Self::Answered(Answer::Passed) => "lolos verifikasi",
            Self::Answered(Answer::NotEligible) => "tidak memenuhi syarat",
            Self::Ended(EndKind::Cancelled) => "dibatalkan",
            Self::Ended(_) => "berakhir",
        }
    }
}

/// Everyone, or those of one village, in the order of arrival.
pub fn cases(district: &District, village: Option<VillageCode>) -> Result<Vec<Case>, DistrictError> {
    store::view(&*district.store, |reads| {
        let mut standings = Standings::default();
        reads.people(village)?.iter().map(|person| case(district, reads, &mut standings, person)).collect()
    })
}

/// Decides about one person's newest version, and tells the village at its next sync.
pub fn decide(district: &District, order: &Order) -> Result<Case, DistrictError> {
    let reason = order.reason.as_deref().map(str::trim).filter(|reason| !reason.is_empty());
    check_words(order, reason)?;
    store::change(&*district.store, |writes| {
        let person = find(district, &*writes, &order.whom)?;
        refuse_impossible(district, &*writes, &person, order.outcome)?;
        let id = person.id;
        Work::new(district, writes).officer_answers(person, order.answer(), reason, order.officer.trim())?;
        let person = writes.person(id)?.ok_or(DistrictError::Damaged("orang hilang".into()))?;
        case(district, &*writes, &mut Standings::default(), &person)
    })
}

impl Order {
    fn answer(&self) -> Answer {
        match self.outcome {
            Outcome::Passed => Answer::Passed,
            Outcome::NotEligible => Answer::NotEligible,
        }
    }
}

/// Whoever decides says who they are.
pub fn check_officer(officer: &str) -> Result<&str, DistrictError> {
    let officer = officer.trim();
    if officer.is_empty() || officer.chars().count() > OFFICER_MAX {
        return Err(asked(format!(
            "Tulis nama petugas dengan --officer, paling banyak {OFFICER_MAX} huruf."
        )));
    }
    Ok(officer)
}

fn check_words(order: &Order, reason: Option<&str>) -> Result<(), DistrictError> {
    check_officer(&order.officer)?;
    match reason {
        None if order.outcome == Outcome::NotEligible => {
            Err(asked("Putusan tidak memenuhi syarat perlu alasan. Tambahkan --reason \"...\"."))
        }
        Some(reason) if reason.chars().count() > REASON_MAX => {
            Err(asked(format!("Alasan terlalu panjang; paling banyak {REASON_MAX} huruf.")))
        }
        _ => Ok(()),
    }
}

fn find(district: &District, reads: &(impl Reads + ?Sized), whom: &Whom) -> Result<PersonRow, DistrictError> {
    match whom {
        Whom::Person(id) => reads.person(*id)?.ok_or_else(|| {
            asked(
                "Orang dengan nomor itu tidak ada. Lihat daftarnya: payung-district decide --data DIR --list",
            )
        }),
        Whom::Nik { nik, village } => {
            let mut people = reads.people_with_nik(&district.nik_digest(*nik))?;
            people.retain(|person| village.is_none_or(|village| person.village == village));
            if people.iter().any(|person| person.ended.is_none()) {
                people.retain(|person| person.ended.is_none());
            }
            if people.len() > 1 {
                return Err(several(district, reads, &people)?);
            }
            people.pop().ok_or_else(|| {
                asked("Tidak ada calon penerima dengan NIK itu. Periksa angkanya, atau lihat daftar dengan --list.")
            })
        }
    }
}

fn several(
    district: &District,
    reads: &(impl Reads + ?Sized),
    people: &[PersonRow],
) -> Result<DistrictError, DistrictError> {
    let mut words =
        String::from("Lebih dari satu calon memakai NIK itu. Ulangi dengan --person dari daftar ini:");
    let mut standings = Standings::default();
    for person in people {
        let case = case(district, reads, &mut standings, person)?;
        words.push_str(&format!(
            "\n  --person {}   {} ({}), {}, {}",
            case.person,
            case.village_name,
            case.village,
            case.name,
            case.state.words()
        ));
    }
    Ok(asked(words))
}

fn refuse_impossible(
    district: &District,
    reads: &(impl Reads + ?Sized),
    person: &PersonRow,
    outcome: Outcome,
) -> Result<(), DistrictError> {
    if let Some(kind) = person.ended {
        let word = kind.name().replace('_', " ");
        return Err(asked(format!(
            "Calon ini sudah diakhiri desa ({word}); tidak ada yang perlu diputuskan."
        )));
    }
    let Some(nik) = person.nik.filter(|_| outcome == Outcome::Passed) else { return Ok(()) };
    let mut holders = reads.people_with_nik(&nik)?;
    holders.retain(PersonRow::holds_nik);
    // Whoever was turned down holds nothing: anybody else who bears the NIK now stands before them.
    match holders.first() {
        Some(first) if first.id != person.id => {
            let case = case(district, reads, &mut Standings::default(), first)?;
            Err(asked(format!(
                "NIK ini masih dipegang calon dari {} ({}): --person {}. Putuskan dahulu yang itu \
                 (tidak-memenuhi-syarat) atau tunggu desanya memperbaiki NIK.",
                case.village_name, case.village, case.person
            )))
        }
        _ => Ok(()),
    }
}

fn case(
    district: &District,
    reads: &(impl Reads + ?Sized),
    standings: &mut Standings,
    person: &PersonRow,
) -> Result<Case, DistrictError> {
    let known = known_version(reads, person.version)?
        .ok_or_else(|| DistrictError::Damaged("versi orang tidak ditemukan".into()))?;
    let said = match person.answered {
        Some(id) => reads.entry(id)?.and_then(|row| row.read()),
        None => None,
    };
    let (reasons, officer) = match said.map(|entry| entry.event) {
        Some(Event::Answered { reasons, officer, .. }) => (reasons, officer),
        _ => (Vec::new(), None),
    };
    Ok(Case {
        person: person.id,
        version: person.version,
        village: person.village,
        village_name: reads.village(person.village)?.map_or_else(String::new, |village| village.name),
        name: known.values.text(Field::Name).unwrap_or("(tanpa nama)").to_owned(),
        nik: known.values.text(Field::Nik).and_then(|text| Nik::parse(text).ok()),
        state: CaseState::of(person),
        statement: standings.covering(district, reads, person.id, &known)?.standing,
        reasons,
        officer,
        arrived_at: person.arrived_at,
    })
}

fn asked(words: impl Into<String>) -> DistrictError {
    DistrictError::Asked(words.into())
}
