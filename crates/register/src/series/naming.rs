//! What names mean in this register.

use crate::error::RegisterError;
use crate::series::rows::{self, Series};
use crate::series::twins;
use crate::sql::{self, column};
use payung_journal::{Again, EntityId, Entry, Mark, Meant, SeriesId, Shelf, meant};
use rusqlite::Connection;
use std::cell::RefCell;
use std::collections::BTreeMap;

/// The register's entries as the writer of a series means them. What others say about an entry of this device means the one
/// that the district confirmed; before that it may be another one, written by a copy of this register.
pub(crate) struct Here<'d> {
    db: &'d Connection,
    own: bool,
    /// Looked up once: make a new one when series come or go.
    again: RefCell<BTreeMap<SeriesId, Option<Again>>>,
}

impl<'d> Here<'d> {
    pub(crate) fn of(db: &'d Connection, by: &Series) -> Self {
        Self { db, own: by.state.origin.is_this_device(), again: RefCell::default() }
    }

    /// As the writer of that series means them.
    pub(crate) fn named_in(db: &'d Connection, series: SeriesId) -> Result<Self, RegisterError> {
        let by = rows::find(db, series)?.ok_or_else(|| sql::damaged("series of an entry"))?;
        Ok(Self::of(db, &by))
    }

    /// What each name of an entry means, in the order in which it names them; twins apart.
    pub(crate) fn meanings(&self, at: EntityId, entry: &Entry) -> Result<Vec<Meant>, RegisterError> {
        entry.names().into_iter().map(|named| meant(self, at, named)).collect()
    }

    /// Makes an entry name what it means and what counts. A statement's signature does not cover what comes out: verify it
    /// before.
    pub(crate) fn resolve(&self, at: EntityId, entry: &mut Entry) -> Result<(), RegisterError> {
        let meanings = self.meanings(at, entry)?;
        self.put(&meanings, entry)
    }

    /// The same, where its meanings are known already.
    pub(crate) fn put(&self, meanings: &[Meant], entry: &mut Entry) -> Result<(), RegisterError> {
        let mut means = BTreeMap::new();
        for (name, meant) in entry.event.names().into_iter().zip(meanings) {
            means.insert(name, twins::meaning(self.db, meant.place())?);
        }
        if !means.is_empty() {
            entry.event.each_name(&mut |name| *name = means.get(name).copied().unwrap_or(*name));
            entry.marks.clear();
        }
        Ok(())
    }
}

impl Shelf for Here<'_> {
    type Error = RegisterError;

    fn here(&self, id: EntityId) -> Result<bool, RegisterError> {
        let parameters = (id.series.0, column(id.seq)?, self.own);
        Ok(sql::one(self.db, include_str!("confirmed.sql"), parameters, |_| Ok(()))?.is_some())
    }

    fn mark(&self, id: EntityId) -> Result<Option<Mark>, RegisterError> {
        mark_of(self.db, id)
    }

    fn again(&self, series: SeriesId) -> Result<Option<Again>, RegisterError> {
        if let Some(known) = self.again.borrow().get(&series) {
            return Ok(*known);
        }
        let row = rows::find(self.db, series)?.map(|known| known.row);
        let continues = row.map(|row| rows::continues(self.db, row)).transpose()?.flatten();
        let again = continues.and_then(|it| it.again(series));
        self.again.borrow_mut().insert(series, again);
        Ok(again)
    }

    fn all_again(&self) -> Result<Vec<Again>, RegisterError> {
        twins::again(self.db)
    }
}

/// The mark of an entry that is here.
pub(crate) fn mark_of(db: &Connection, id: EntityId) -> Result<Option<Mark>, RegisterError> {
    Ok(rows::body(db, id)?.map(|body| Mark::of(&body)))
}
