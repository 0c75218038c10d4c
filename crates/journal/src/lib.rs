//! The versioned language between village and district.
mod chain;
mod codec;
mod enrolment;
mod entry;
mod event;
mod event_codec;
mod frame;
mod ids;
mod message;
mod packing;
mod statement;
mod verify;

pub use chain::{Checkpoint, Digest, Head, Receipt, STRETCH, Salt, Seed, digest, salt, stretch_of};
pub use codec::{DecodeError, LIST_ITEMS_MAX, TEXT_BYTES_MAX};
pub use enrolment::{
    ENROLMENT_BYTES_MAX, ENROLMENT_FORMAT, EnrolAnswer, EnrolRequest, EnrolmentFile, EnrolmentFileError,
    RegulationFile, Token,
};
pub use entry::{ACTOR_BYTES_MAX, ENTRY_BYTES_MAX, Entry};
pub use event::{Change, Continues, Event, Reason, RegulationRef, SeriesKind, TrailKind};
pub use frame::{Carried, FRAME_ENTRIES_MAX, Frame, SaltSource};
pub use ids::{DeviceId, EntityId, SeriesId};
pub use message::{
    ExchangeAnswer, ExchangeRequest, FRAMES_MAX, MESSAGE_BYTES_MAX, MESSAGE_RAW_BYTES_MAX, Position, Pull,
    Refusal, RefusalCode, SignedRequest,
};
pub use statement::SignedStatement;
pub use verify::{Accepted, NewEntry, Rejected, accept};
