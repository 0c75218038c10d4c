//! The versioned language between village and district: entries, digests, chain, frames, receipts and the two messages of
//! an exchange. No IO, no clock, no network. This page is enough to write another reader.
//!
//! # Encoding
//!
//! A **varint** is an unsigned number below 2^64 in groups of 7 bits, lowest first, the high bit of a byte set where
//! another follows (LEB128), never longer than needed. A **signed** number is a varint in zigzag: 0, -1, 1, -2 … as 0, 1, 2, 3 ….
//!
//! A **message** is a sequence of fields. A field is the varint `tag * 2 + form`, then for form 0 a varint, for form 1 a
//! varint length and so many bytes. Tags begin at 1 and strictly ascend. Text is UTF-8, at most [`TEXT_BYTES_MAX`].
//! A **list** is one field of form 1 that holds, for each item, a varint length and its bytes; an empty list is left
//! out, as is everything optional that is not there. Fixed sizes: series, device, seed and salt 16 bytes, digest and head
//! 32, public key 33 (SEC1 compressed), signature 64 (r and s). A **date** is a signed number of days since 1970-01-01,
//! a **time** a signed number of milliseconds since then (UTC). A **place** in a series ([`EntityId`]) is the series and
//! the sequence number as a varint; sequence numbers begin at 1. A **regulation** is a message: 1 id, 2 SHA-256 of its
//! text. Village codes are ten digits.
//!
//! # Entries
//!
//! An entry's **body** is a message: 1 time, 2 actor (at most [`ACTOR_BYTES_MAX`]), 3 kind (varint), 4 event (message). At
//! most [`ENTRY_BYTES_MAX`]. The same entry always has the same body.
//!
//! | kind | event | fields |
//! |---|---|---|
//! | 1 | series opened | 1 kind (1 shared, 2 local, 3 decisions), 2 village, 3 key, 4 continues (message: 1 series, 2 sequence number, 3 head, 4 signature, optional, 5 entries re-entered, optional), optional |
//! | 2 | person released | 1 values (message: tag = number of the field, text), 2 date of registration, 3 regulation, 4 readiness (1 attestable, 2 with notes, 3 incomplete) |
//! | 3 | person corrected | 1 person, 2 base, 3 changes (as values; varint 0 = emptied), 4 date of registration, 5 regulation, 6 readiness, 7 other versions in whose place it stands too (list of places) |
//! | 4 | person ended | 1 person, 2 base, 3 kind (1 died, 2 moved, 3 withdrew, 4 cancelled), 4 date, 5 reason |
//! | 5 | head's key introduced | 1 name, 2 title, 3 key |
//! | 6 | statement signed | 1 number, 2 collective (0, 1), 3 date, 4 people (list of two places: person, version), 5 struck out (list of place and reason), 6 SHA-256 of the PDF, 7 signer, 8 title, 9 key, 10 regulation, 11 office, 12 signature over fields 1 to 11, 13 seal (message: 1 CMS signature, r and s, 2 SHA-256 of the certificate, 3 SHA-256 of `statement.json`), optional, 14 statements in whose place it stands (list of places) |
//! | 7 | statement stamped | 1 statement, 2 date, 3 stamp (message: 1 kind (1 paper, 2 electronic, 3 afterwards, 4 digital imprint), 2 serial, 3 where the original lies, 4 files (list of messages: 1 SHA-256, 2 bytes, 3 media type)), optional |
//! | 8 | answered | 1 person, 2 version, 3 answer (1 arrived, 2 needs fix, 3 duplicate NIK, 4 passed, 5 not eligible), 4 reasons (list of messages: 1 field, optional, 2 rule, optional, 3 text), 5 officer, optional, 6 regulation |
//! | 9 | NIK held elsewhere | 1 person, 2 version, 3 the other village |
//! | 10 | trail | 1 what ([`TrailKind`]), 2 local id, optional, 3 numbers of fields (one byte each), optional, 4 note |
//! | 11 | statement withdrawn | 1 statement, 2 date, 3 reason |
//! | 12 | statement time-stamped | 1 statement, 2 RFC 3161 token (DER) over the CMS signature value |
//! | 13 | head certified | 1 key, 2 certificate (DER), 3 officer |
//! | 14 | head revoked | 1 key, 2 time from which signatures do not count, 3 reason (1 compromised, 2 office ended, 3 superseded), 4 officer, 5 note |
//! | 15 | stamp refused | 1 statement, 2 serial, 3 the other village, optional, 4 text |
//! | 16 | attached | 1 person or statement, 2 attachment (message: 1 kind (1 KTP, 2 KK, 3 signed statement, 4 scan, 5 other), 2 SHA-256, 3 bytes, 4 media type, 5 file name) |
//! | 17 | attachment removed | 1 the entry that attached it, 2 reason |
//! | 18 | attachment refused | 1 SHA-256, 2 text |
//! | 19 | device revoked | 1 device, 2 officer, 3 text |
//!
//! Numbers of kinds, tags, words and template fields never change meaning. A newer program may add tags and kinds: a
//! reader passes over unknown tags and keeps unknown kinds, and also a known kind with an unknown word, whole. What was read is written back byte for byte.
//! Anything else that is not canonical is refused.
//!
//! # Chain
//!
//! A series is written by one device alone; nothing in it ever changes. With `||` for one after the other, integers in 8 bytes big-endian and
//! no separators but those shown:
//!
//! * `salt = HMAC-SHA-256(seed, "payung salt 1" || seq)[..16]`, one random seed for each [`STRETCH`] of entries
//! * `digest = SHA-256("payung entry 1" || salt || body)`
//! * `head(0) = SHA-256("payung chain 1" || series)`, `head(n) = SHA-256("payung link 1" || head(n - 1) || digest(n))`
//! * a checkpoint signs `series || seq || head`, a receipt `series || seq || head || time`, a continuation
//!   `new series || new key || old series || seq || head`
//!
//! Every signature is ECDSA P-256 with SHA-256 over `"payung/<purpose>/1" || 0x00 || message` ([`payung_keys::Purpose`]).
//! After retention a body is erased together with the seed of its stretch; its neighbours keep their own salts, and its
//! digest keeps its place.
//!
//! # Frames
//!
//! A frame carries consecutive entries, unsigned, as a message: 1 series, 2 first sequence number, 3 the head before it, 4
//! runs (a byte 0 = body under its stretch's seed, 1 = body with its own salt, 2 = erased; then the varint count), 5 the
//! seeds of the stretches touched by run 0, 6 the own salts, 7 the digests of erased bodies, each in order and without
//! lengths, and the bodies either as 8 rows (varint length and bytes) or as 9 columns (described in `columns.rs`).
//! At most [`FRAME_ENTRIES_MAX`] entries and [`FRAME_BYTES_MAX`] of bodies.
//!
//! # Messages
//!
//! **Packed** is a varint 0 and the bytes, or a varint 1, the varint length before packing and a zstd frame (RFC 8878)
//! without its four magic bytes. At most [`MESSAGE_BYTES_MAX`] packed and [`MESSAGE_RAW_BYTES_MAX`] unpacked.
//!
//! * A request is the signature by the device (purpose `request`) over the rest, then a byte 1 (version), the device, and packed:
//!   1 time, 2 frames, 3 checkpoints, 4 pulls, 5 positions the device has.
//! * An answer is a byte 1 and packed: 1 time, 2 receipts, 3 positions held, 4 refusals, 5 frames, 6 checkpoints, 7 (1) more waits.
//! * Lists of messages with at most [`FRAMES_MAX`] items. Position: 1 series, 2 sequence number, 3 head. Pull: 1 series,
//!   absent for the decisions for this village, 2 after. Checkpoint: as position, 4 signature; its
//!   head may be left out where it is the first checkpoint that falls into a frame of the same message, which then
//!   leads to it. Receipt: as position, 4 time, 5
//!   signature. Refusal: 1 series, 2 code ([`RefusalCode`]), 3 sequence number, 4 text for a log.
//!
//! # Rounds
//!
//! The second language, for villages with several devices. A [`RoundRequest`] names every series that the device holds of
//! its village and one digest over their heads; where the district finds the same heads, both are level and nothing known
//! to both travels: frames begin there, a stretch's seed and the bytes before are pointed back to, one signature stands
//! under request and checkpoint, another under receipts and decisions. How the bytes stand is said at
//! [`SignedRound`] and [`RoundAnswer::encode`]; [`RoundRequest::to_plain`] is the self-contained form for a stick.
//!
//! A **proof** is one signature alone (64 bytes), or a byte 1, the claims signed together and their signature ([`Proof`]).
//!
//! # Enrolment
//!
//! [`EnrolmentFile`] is JSON, because people look into such files. Its signature covers a message: 1 format, 2 village, 3 its name, 4
//! regency (four digits), 5 its name, 6 URL, 7 authority (PEM), 8 district key, 9 token (16 bytes), 10 expiry, 11 hours from UTC
//! (signed), 12 regulations (list of messages: 1 id, 2 text, 3 signature over the text).

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
mod packing;
mod proof;
mod round;
mod statement;
mod verify;

pub use attachment::{ATTACHMENT_BYTES_MAX, ATTACHMENT_NAME_BYTES_MAX, Attachment, AttachmentKind};
pub use bundle::{
    BUNDLE_BYTES_MAX, BUNDLE_RECORD_BYTES_MAX, BundleError, BundleHead, BundleReader, BundleWriter, Direction,
    Part, Parts, StickTrouble, bundle_size,
};
pub use carry::{
    ATTACHMENT_CALL_BYTES_MAX, ATTACHMENT_CHUNK_BYTES_MAX, ATTACHMENT_DIGESTS_MAX, ATTACHMENT_REPLY_BYTES_MAX,
    AttachmentCall, AttachmentReceipt, AttachmentReply, AttachmentState, AttachmentWish, NotKept, SignedCall,
    Standing,
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
pub use proof::{CLAIMS_MAX, Claim, Proof, Together};
pub use round::{Known, Opened, RoundAnswer, RoundRequest, SignedRound, StateDigest, Total, steps_back};
pub use statement::{EVIDENCE_MAX, Evidence, Seal, SignedStatement, Stamp};
pub use verify::{Accepted, NewEntry, Rejected, accept};
