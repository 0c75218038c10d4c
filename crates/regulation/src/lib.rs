//! A regent's regulation as data, and judging an applicant's facts against it.
//!
//! A regulation is a TOML file: rules of a closed vocabulary of kinds ([`Kind`]), each with its citation and its words
//! for the clerk, and the warnings that hold beside them. Another regency needs another file, no code.
//!
//! [`judge`] is pure: it takes a regulation, what was read of a person and the dates, and returns one finding per rule.
//! It cannot fail, does no IO and reads no clock. The program flags, people decide: a verdict promises nothing.

mod builtin;
mod file;
mod judge;
mod judgement;
mod regulation;
mod words;

pub use builtin::{SOURCES, builtin, builtin_for, by_id};
pub use file::RegulationFileError;
pub use judge::{Outlook, judge, missing, outlook};
pub use judgement::{
    Context, Finding, Judgement, Outcome, PendingOn, Rests, StatementEvidence, Verdict, Warning,
};
pub use regulation::{
    AgeAlternative, Kind, Regulation, Rule, StatementForm, Tafsir, WarningKind, WarningRule,
};
pub use words::{Placeholder, Slot, Template, Wording, Words};
