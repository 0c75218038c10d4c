//! What an entry says about a photo or a document. The bytes travel by themselves, named by their digest.

use crate::codec::{DecodeError, Fields, Result, Writer};

/// The largest attachment, in bytes.
pub const ATTACHMENT_BYTES_MAX: u64 = 64 << 20;
/// The longest file name, in bytes.
pub const ATTACHMENT_NAME_BYTES_MAX: usize = 240;

/// What the picture or document shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum AttachmentKind {
    /// The person's identity card.
    Ktp,
    /// The person's family card.
    Kk,
    /// The signed PDF of a statement, as the head's signature made it.
    SignedStatement,
    /// A scan or photo of the stamped statement.
    Scan,
    Other,
}

/// A photo or document, by its digest.
#[derive(Clone, PartialEq, Eq)]
pub struct Attachment {
    pub kind: AttachmentKind,
    /// SHA-256 of the bytes.
    pub digest: [u8; 32],
    /// 1 to [`ATTACHMENT_BYTES_MAX`].
    pub bytes: u64,
    /// `image/jpeg`, `image/png` or `application/pdf`.
    pub media: String,
    /// As the file was called, without folders; may be empty.
    pub name: String,
}

impl std::fmt::Debug for Attachment {
    /// The name may hold a person's.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Attachment({:?}, {} bytes)", self.kind, self.bytes)
    }
}

impl Attachment {
    pub(crate) fn write(&self, w: &mut Writer) {
        w.uint(1, self.kind.number());
        w.bytes(2, &self.digest);
        w.uint(3, self.bytes);
        w.text(4, &self.media);
        w.text(5, &self.name);
    }

    pub(crate) fn read(mut f: Fields<'_>) -> Result<Self> {
        let attachment = Self {
            kind: AttachmentKind::from_number(f.uint(1, "attachment kind")?)?,
            digest: f.array(2, "digest")?,
            bytes: f.uint(3, "bytes")?,
            media: f.text(4, "media")?,
            name: f.text(5, "name")?,
        };
        if attachment.bytes == 0 || attachment.bytes > ATTACHMENT_BYTES_MAX {
            return Err(DecodeError::Wrong("bytes"));
        }
        if attachment.name.len() > ATTACHMENT_NAME_BYTES_MAX {
            return Err(DecodeError::Wrong("name"));
        }
        f.finish();
        Ok(attachment)
    }
}

impl AttachmentKind {
    pub const ALL: [Self; 5] = [Self::Ktp, Self::Kk, Self::SignedStatement, Self::Scan, Self::Other];

    const fn number(self) -> u64 {
        match self {
            Self::Ktp => 1,
            Self::Kk => 2,
            Self::SignedStatement => 3,
            Self::Scan => 4,
            Self::Other => 5,
        }
    }

    fn from_number(number: u64) -> Result<Self> {
        Self::ALL
            .into_iter()
            .find(|kind| kind.number() == number)
            .ok_or(DecodeError::Unknown("attachment kind"))
    }

    /// A stable key for databases and the window.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Ktp => "ktp",
            Self::Kk => "kk",
            Self::SignedStatement => "signed_statement",
            Self::Scan => "scan",
            Self::Other => "other",
        }
    }

    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.key() == key)
    }
}
