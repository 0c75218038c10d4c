//! What the lists know of one person.

use super::words::searchable;
use crate::person::Mark;
use crate::person::judged::Turns;
use payung_domain::{CivilDate, Delivery, Readiness, State, VillageCode};

/// What the covering index says about a person.
#[derive(Clone)]
pub(crate) struct Line {
    pub(crate) id: i64,
    pub(crate) nik: String,
    pub(crate) name: String,
    pub(crate) kk: String,
    pub(crate) hamlet: String,
    pub(crate) birth: Option<CivilDate>,
    pub(crate) state: State,
    pub(crate) delivery: Delivery,
    pub(crate) needs_new_statement: bool,
    pub(crate) covered: bool,
    pub(crate) listed: bool,
    /// Of the newest version; absent for a draft.
    pub(crate) readiness: Option<Readiness>,
    pub(crate) edited: bool,
    pub(crate) nik_elsewhere: Option<VillageCode>,
    pub(crate) two_versions: bool,
    pub(crate) updated_at: i64,
    /// As typed, as the mother's name is.
    pub(crate) occupation: String,
    pub(crate) mother: String,
    /// The period of the desil: year * 4 + quarter - 1.
    pub(crate) desil_quarter: Option<i32>,
    /// The verdict: of a version as it was said, of a draft through time.
    pub(crate) judged: Turns,
    /// Judged fields that are missing or unreadable, one bit each.
    pub(crate) missing: u64,
    /// A value of any field cannot be read.
    pub(crate) unreadable: bool,
    /// Somebody else looks like the same person, and nobody has decided.
    pub(crate) maybe_same: bool,
}

impl Line {
    /// *Siap*, nothing typed beside it, not ended, not refused, every rule met or open only on the statement or a
    /// match, and in no statement.
    pub(crate) fn can_be_listed(&self) -> bool {
        !self.edited
            && !self.two_versions
            && !self.covered
            && !self.listed
            && self.readiness == Some(Readiness::Attestable)
            && !matches!(self.state, State::Ended | State::Cancelled | State::NotEligible)
    }

    pub(crate) fn edit_pending(&self) -> bool {
        self.edited && self.readiness.is_some() && !self.ended()
    }

    /// Nobody has to decide about somebody who has ended.
    pub(crate) fn warned_of_another(&self) -> bool {
        self.maybe_same && !self.ended()
    }

    fn ended(&self) -> bool {
        matches!(self.state, State::Ended | State::Cancelled)
    }

    pub(super) fn marks(&self) -> u8 {
        [
            (Mark::CanBeListed, self.can_be_listed()),
            (Mark::EditPending, self.edit_pending()),
            (Mark::NeedsNewStatement, self.needs_new_statement),
            (Mark::NikElsewhere, self.nik_elsewhere.is_some()),
            (Mark::TwoVersions, self.two_versions),
            (Mark::MaybeSame, self.warned_of_another()),
        ]
        .into_iter()
        .filter(|(_, set)| *set)
        .fold(0, |marks, (mark, _)| marks | bit(mark))
    }

    pub(super) fn text(&self) -> String {
        searchable(&self.name, &self.hamlet, &self.nik, &self.kk)
    }
}

/// The marks, as `Counts` counts them.
pub(super) const MARKS: usize = 6;

pub(super) const fn bit(mark: Mark) -> u8 {
    match mark {
        Mark::CanBeListed => 1,
        Mark::EditPending => 2,
        Mark::NeedsNewStatement => 4,
        Mark::NikElsewhere => 8,
        Mark::TwoVersions => 16,
        Mark::MaybeSame => 32,
    }
}
