//! The population in memory, from the first time it is asked for: a roster of its own, with the search and the filters of
//! the applicants'. Whatever writes the population forgets it; it is read again when it is asked for again.

use super::rows::{self, Resident};
use super::views::{POPULATION_ROWS_MAX, PopulationPage, PopulationQuery, PopulationRow};
use crate::error::RegisterError;
use crate::ids::PopulationId;
use crate::importing::{Footing, judged};
use crate::person::ListQuery;
use crate::person::judged::Turns;
use crate::roster::{Line, Roster};
use payung_domain::{CivilDate, Delivery, Readiness, State};
use rusqlite::Connection;
use std::collections::HashMap;

pub(crate) struct Crowd {
    pub(crate) roster: Roster,
    all: u64,
    occupations: Vec<(String, u64)>,
    hamlets: Vec<(String, u64)>,
    /// Of everyone, once a filter asked for it.
    verdicts: Option<Verdicts>,
}

/// By number, and the day and the regulation they hold for.
struct Verdicts {
    day: CivilDate,
    regulation: i64,
    of: HashMap<i64, Readiness>,
}

impl Crowd {
    pub(crate) fn load(db: &Connection, today: CivilDate) -> Result<Self, RegisterError> {
        let mut lines = Vec::new();
        rows::each(db, |resident| {
            lines.push(line(resident));
            Ok(())
        })?;
        let mut roster = Roster::default();
        roster.refresh(&lines);
        let facets = roster.facets(today);
        Ok(Self {
            roster,
            all: lines.len() as u64,
            occupations: facets.occupations,
            hamlets: facets.hamlets,
            verdicts: None,
        })
    }

    pub(crate) fn page(
        &mut self,
        footing: Footing<'_>,
        query: &PopulationQuery,
    ) -> Result<PopulationPage, RegisterError> {
        let limit = query.limit.min(POPULATION_ROWS_MAX);
        let wanted = &query.selection;
        let mut list = ListQuery {
            search: query.search.clone(),
            occupations: wanted.occupations.clone(),
            hamlets: wanted.hamlets.clone(),
            ages: wanted.ages,
            offset: query.offset,
            ..ListQuery::default()
        };
        let (total, ids) = if wanted.readiness.is_empty() {
            self.roster.find(&list, limit, footing.3)
        } else {
            list.offset = 0;
            let (_, mut ids) = self.roster.find(&list, u64::MAX, footing.3);
            let verdicts = self.verdicts(&footing)?;
            ids.retain(|id| verdicts.get(id).is_some_and(|verdict| wanted.readiness.contains(verdict)));
            let offset = usize::try_from(query.offset).unwrap_or(usize::MAX);
            let asked = ids.iter().skip(offset).take(limit as usize).copied().collect();
            (ids.len() as u64, asked)
        };
        let rows = ids.into_iter().map(|id| row(&footing, PopulationId(id))).collect::<Result<_, _>>()?;
        let (occupations, hamlets) = (self.occupations.clone(), self.hamlets.clone());
        Ok(PopulationPage { total, all: self.all, rows, occupations, hamlets })
    }

    /// Everyone on today, which a birthday or another regulation changes.
    fn verdicts(&mut self, footing: &Footing<'_>) -> Result<&HashMap<i64, Readiness>, RegisterError> {
        let (db, _, regulation, today) = footing;
        let known = self.verdicts.take();
        let holds = |known: &Verdicts| (known.day, known.regulation) == (*today, regulation.row);
        let verdicts = match known.filter(holds) {
            Some(known) => known,
            None => {
                let mut of = HashMap::new();
                rows::each_values(db, |id, values| {
                    of.insert(id.0, judged(footing, &values).1);
                    Ok(())
                })?;
                Verdicts { day: *today, regulation: regulation.row, of }
            }
        };
        Ok(&self.verdicts.insert(verdicts).of)
    }
}

/// What a list shows of one of them.
fn row(footing: &Footing<'_>, id: PopulationId) -> Result<PopulationRow, RegisterError> {
    let columns = rows::one(footing.0, id)?.columns;
    let (_, readiness) = judged(footing, &rows::values(footing.0, id)?);
    Ok(PopulationRow {
        id,
        person: rows::applicant(footing.0, Some(id), &columns.nik)?,
        nik: columns.nik,
        name: columns.name,
        kk: columns.kk,
        hamlet: columns.hamlet,
        birth_date: columns.birth,
        occupation: columns.occupation,
        readiness,
    })
}

fn line(resident: Resident) -> Line {
    let columns = resident.columns;
    Line {
        id: resident.id.0,
        nik: columns.nik,
        name: columns.name,
        kk: columns.kk,
        hamlet: columns.hamlet,
        birth: columns.birth,
        occupation: columns.occupation,
        mother: columns.mother,
        state: State::Draft,
        delivery: Delivery::Local,
        // What only applicants have.
        needs_new_statement: false,
        covered: false,
        listed: false,
        readiness: None,
        edited: false,
        nik_elsewhere: None,
        two_versions: false,
        updated_at: 0,
        desil_quarter: None,
        judged: Turns::constant(Readiness::Incomplete),
        missing: 0,
        unreadable: false,
        maybe_same: false,
    }
}
