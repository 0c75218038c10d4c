//! Signatures in the form of CMS (RFC 5652): ours are CAdES baseline B (ETSI EN 319 122-1) as PAdES (ETSI EN 319 142-1)
//! puts them into a PDF; others' are read as they come.

pub(crate) mod algorithm;
pub(crate) mod read;
pub(crate) mod sign;

/// The largest CMS structure that is read, bytes; zeros after it do not count.
pub const CMS_BYTES_MAX: usize = 4 << 20;
/// The most certificates that one may carry.
pub const CMS_CERTIFICATES_MAX: usize = 32;

/// Why a signature could not be read, or does not hold.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CmsError {
    #[error("bukan tanda tangan elektronik yang dapat dibaca")]
    NotCms,
    /// An algorithm that this program does not know or that proves nothing any more, by its name.
    #[error("cara tanda tangan ini tidak didukung: {0}")]
    Unsupported(String),
    /// What was signed is not this content.
    #[error("isi dokumen tidak sama dengan yang ditandatangani")]
    DigestDiffers,
    #[error("tanda tangan elektronik tidak cocok dengan sertifikat penanda tangan")]
    BadSignature,
    /// There is no signature inside, or not the certificate of who made it.
    #[error("tidak ada sertifikat penanda tangan di dalam tanda tangan elektronik")]
    NoSigner,
}
