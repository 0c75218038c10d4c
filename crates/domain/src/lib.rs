//! The nouns of Payung: identity numbers, civil dates, what is known about an applicant, and the state of a person.
//!
//! Pure values. This crate does no IO, reads no clock and draws no random numbers; the two traits in [`ports`] are how
//! the programs hand those in.

pub mod date;
pub mod facts;
pub mod field;
pub mod figure;
pub mod identity;
pub mod meterai;
pub mod ports;
pub mod reading;
pub mod region;
pub mod status;

pub use date::{CivilDate, Quarter, Timestamp, UtcOffset};
pub use facts::{Cover, CoverSource, Facts, KtpEvidence, Occupation, Sex, VillageOffice, WageParticipation};
pub use field::{Field, FieldValues};
pub use figure::Figure;
pub use identity::{KkNumber, Nik};
pub use meterai::{MeteraiKind, MeteraiSerial, SerialError, duty_rupiah};
pub use ports::{Clock, Randomness, Unwatched, Watch};
pub use reading::{FieldError, Reading, read};
pub use region::{DistrictCode, RegencyCode, RegionCodeError, VillageCode, VillageKind};
pub use status::{
    Answer, Delivery, EndKind, PersonEvent, PersonStatus, Readiness, State, StatementNeed, Version, status,
};
