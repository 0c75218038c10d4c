//! The village's register: one encrypted SQLite database, one door for every change.
//!
//! [`Register::transact`] is the only way to write. Each [`Op`] changes tables, journal entry, chain head and the
//! people's status in one durable transaction; when it returns, the change is on disk. Readers take `&self` and cannot
//! write. Search and counts run over a roster of all people in memory, rebuilt at unlocking and kept by the door.
//!
//! Never here: the network, a clock or chance of its own (see [`Tools`]), words of the window, the setting of pages. A
//! finished PDF is kept to the byte; the head's signature goes into the place made for it, and nowhere else.

#![cfg_attr(not(test), warn(clippy::unwrap_used, clippy::expect_used, clippy::panic))]

mod attachment;
mod backup;
mod door;
mod error;
mod exchange;
mod files;
mod ids;
mod importing;
mod likeness;
mod op;
mod opening;
mod person;
mod population;
mod reading;
mod register;
mod roster;
mod schema;
mod series;
mod settings;
mod setup;
mod sql;
mod statement;
mod stick;
mod verify;

#[cfg(test)]
mod tests;

pub use attachment::*;
pub use backup::{BackupError, BackupFacts, RestoreFacts};
pub use error::{Names, Refused, RegisterError, WhyNot};
pub use exchange::*;
pub use ids::{AttachmentId, ImportId, PersonId, PopulationId, StatementId};
pub use importing::{
    Destination, Fate, Figures, FileFacets, IMPORT_ROWS_MAX, Import, ImportLine, ImportPlan, ImportReport,
    ImportRow, PastImport, PlannedRow, Selection, Undone, file_facets,
};
pub use likeness::{ALIKE_MAX, Alike, Ground};
pub use op::{Acknowledge, Done, FileDone, NewFile, NewStamp, Notice, Op, Print};
pub use person::*;
pub use population::{
    POPULATION_ROWS_MAX, Picked, PopulationCounts, PopulationPage, PopulationQuery, PopulationRow, Relative,
};
pub use register::{Register, TrailLine};
pub use settings::{
    EMBLEM_BYTES_MAX, IDLE_LOCK_MINUTES_MAX, Paper, SETTING_CHARS_MAX, Settings, SettingsChange, Village,
};
pub use setup::*;
pub use statement::*;
pub use stick::StickFile;
pub use verify::Verified;
