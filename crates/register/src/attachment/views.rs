//! What programs see of photos and documents.

use crate::ids::{AttachmentId, PersonId, StatementId};
use payung_domain::Timestamp;
use payung_journal::AttachmentKind;
use std::fmt;

/// Most attachments of one person or statement.
pub const ATTACHMENTS_MAX: usize = 20;
/// The largest photo of an identity or family card, bytes. What a camera gives is made this small before it comes here.
pub const PHOTO_BYTES_MAX: usize = 150_000;

/// To whom or what an attachment belongs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum About {
    Person(PersonId),
    Statement(StatementId),
}

/// One attachment as lists show it; those taken away are not listed.
#[derive(Clone, PartialEq, Eq)]
pub struct AttachmentRow {
    /// `None`: came with a stamp, and goes only with a correction of the stamp.
    pub id: Option<AttachmentId>,
    pub kind: AttachmentKind,
    pub media: String,
    /// How many.
    pub bytes: u64,
    /// As the file was called; may be empty.
    pub name: String,
    pub at: Timestamp,
    pub actor: String,
    pub state: FileState,
    /// SHA-256 of the bytes.
    pub digest: [u8; 32],
}

/// Where the bytes are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FileState {
    /// Of a draft: nothing travels before *siap*.
    Local,
    /// Not yet at the district.
    Waiting,
    /// The district signed for these bytes.
    Kept(Timestamp),
    /// The district will not keep them; its words.
    Refused(String),
    /// Announced by another device, the bytes are not here yet.
    Missing,
}

impl FileState {
    /// For the line below a picture.
    pub fn words(&self) -> String {
        match self {
            Self::Local => "tersimpan di laptop ini; dikirim setelah orang ini dinyatakan siap".to_owned(),
            Self::Waiting => "menunggu dikirim".to_owned(),
            Self::Kept(_) => "sudah sampai di kabupaten".to_owned(),
            Self::Refused(words) => format!("ditolak kabupaten: {words}"),
            Self::Missing => "dari laptop lain; belum diterima di laptop ini".to_owned(),
        }
    }
}

/// Files by where they stand, each digest counted once.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct AttachmentCounts {
    /// All that entries announce.
    pub total: u64,
    pub kept: u64,
    /// Here, and not yet at the district.
    pub waiting: u64,
    /// Not here, and not known to be at the district.
    pub missing: u64,
    /// Not here, whether or not the district has them: to be fetched.
    pub to_fetch: u64,
    pub refused: u64,
    /// Of drafts: not announced, not in `total`.
    pub local: u64,
}

/// Bytes that the district has not acknowledged, although it has the entry that announces them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outgoing {
    pub digest: [u8; 32],
    pub bytes: u64,
    pub media: String,
}

/// Announced bytes that are not here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    pub digest: [u8; 32],
    pub bytes: u64,
    /// So many from the start are here already, see `Op::AttachmentPart`.
    pub have: u64,
}

impl fmt::Debug for AttachmentRow {
    /// The name may hold a person's.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "AttachmentRow({:?}, {} bytes, {:?})", self.kind, self.bytes, self.state)
    }
}
