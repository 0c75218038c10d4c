//! The versioned language between village and district: entries, digests, chain, frames, receipts, rounds, attachments and
//! files for a stick. No clock, no network, and no IO but those files.
//!
//! What follows is `docs/PROTOCOL.md`: enough to write another reader.
#![doc = include_str!("../../../docs/PROTOCOL.md")]

mod attachment;
mod bundle;
mod carry;
mod chain;
mod codec;
mod columns;
mod enrolment;
mod entry;
mod event;
mod event_codec;
mod frame;
mod ids;
mod message;
mod naming;
mod packing;
mod proof;
mod round;
mod statement;
mod verify;

pub use attachment::{ATTACHMENT_BYTES_MAX, ATTACHMENT_NAME_BYTES_MAX, Attachment, AttachmentKind};
pub use bundle::{
    BUNDLE_BYTES_MAX, BUNDLE_RECORD_BYTES_MAX, BUNDLE_SUFFIX, BundleError, BundleHead, BundleReader,
    BundleWriter, Direction, INFECTED_WORDS, Part, Parts, StickTrouble, bundle_size, infected,
    read_from_stick, write_to_stick,
};
pub use carry::{
    ATTACHMENT_CALL_BYTES_MAX, ATTACHMENT_CHUNK_BYTES_MAX, ATTACHMENT_DIGESTS_MAX,
    ATTACHMENT_REPLY_BYTES_MAX, AttachmentCall, AttachmentReceipt, AttachmentReply, AttachmentState,
    AttachmentWish, NotKept, SignedCall, Standing,
};
pub use chain::{Checkpoint, Digest, Head, Receipt, STRETCH, Salt, Seed, digest, salt, stretch_of};
pub use codec::{DecodeError, LIST_ITEMS_MAX, TEXT_BYTES_MAX};
pub use enrolment::{
    ENROLMENT_BYTES_MAX, ENROLMENT_FORMAT, EnrolAnswer, EnrolRequest, EnrolmentFile, EnrolmentFileError,
    RegulationFile, Token,
};
pub use entry::{ACTOR_BYTES_MAX, ENTRY_BYTES_MAX, Entry};
pub use event::{Change, Continues, Event, Reason, RegulationRef, RevocationReason, SeriesKind, TrailKind};
pub use frame::{Carried, FRAME_BYTES_MAX, FRAME_ENTRIES_MAX, Frame, SaltSource};
pub use ids::{DeviceId, EntityId, SeriesId};
pub use message::{
    ExchangeAnswer, ExchangeRequest, FRAMES_MAX, MESSAGE_BYTES_MAX, MESSAGE_RAW_BYTES_MAX, Position, Pull,
    Refusal, RefusalCode, SignedRequest,
};
pub use naming::{Again, Mark, Meant, Shelf, meant, stood};
pub use proof::{CLAIMS_MAX, Claim, Proof, Together};
pub use round::{Known, Opened, RoundAnswer, RoundRequest, SignedRound, StateDigest, Total, steps_back};
pub use statement::{EVIDENCE_MAX, Evidence, Seal, SignedStatement, Stamp};
pub use verify::{Accepted, NewEntry, Rejected, accept};
