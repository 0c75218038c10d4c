//! Signatures in finished PDFs.
