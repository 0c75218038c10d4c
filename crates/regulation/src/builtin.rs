//! The regulations that come with the program.

use crate::regulation::Regulation;
use payung_domain::RegencyCode;
use std::sync::OnceLock;

/// File names and texts of the regulations that come with the program.
pub const SOURCES: &[(&str, &str)] = &[
    ("kebumen-56-2024.toml", include_str!("../regulations/kebumen-56-2024.toml")),
    ("klungkung-draft.toml", include_str!("../regulations/klungkung-draft.toml")),
];

/// Both regulations, read once.
pub fn builtin() -> &'static [Regulation] {
    static READ: OnceLock<Vec<Regulation>> = OnceLock::new();
    // A test reads both and would name the mistake; a user never meets a file that does not read.
    READ.get_or_init(|| {
        SOURCES.iter().filter_map(|(name, text)| Regulation::parse(name, text).ok()).collect()
    })
}

pub fn builtin_for(regency: RegencyCode) -> Option<&'static Regulation> {
    builtin().iter().find(|regulation| regulation.regency == regency)
}

pub fn by_id(id: &str) -> Option<&'static Regulation> {
    builtin().iter().find(|regulation| regulation.id == id)
}
