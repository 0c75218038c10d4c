//! What the window remembers while the register is closed: the village's name for the unlock page and the text size.
//! Nothing about people.

use crate::instance::write_private;
use serde::{Deserialize, Serialize};
use std::path::Path;

const FILE: &str = "window.json";
/// Text size in percent.
pub const TEXT_SCALE: std::ops::RangeInclusive<u32> = 100..=200;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Preferences {
    pub village: Option<String>,
    pub text_scale: u32,
    /// When this laptop last wrote a backup, milliseconds since 1970 UTC.
    pub last_backup: Option<i64>,
}

impl Default for Preferences {
    fn default() -> Self {
        Self { village: None, text_scale: *TEXT_SCALE.start(), last_backup: None }
    }
}

impl Preferences {
    /// A missing or unreadable file counts as a new one.
    pub fn load(folder: &Path) -> Self {
        let read: Self = std::fs::read_to_string(folder.join(FILE))
            .ok()
            .and_then(|text| serde_json::from_str(&text).ok())
            .unwrap_or_default();
        Self { text_scale: read.text_scale.clamp(*TEXT_SCALE.start(), *TEXT_SCALE.end()), ..read }
    }

    pub fn save(&self, folder: &Path) -> std::io::Result<()> {
        write_private(&folder.join(FILE), &serde_json::to_string(self)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn they_are_kept_and_a_broken_file_hurts_nobody() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(Preferences::load(folder.path()), Preferences::default());
        let kept =
            Preferences { village: Some("Desa Ayah".to_owned()), text_scale: 150, last_backup: Some(7) };
        kept.save(folder.path()).unwrap();
        assert_eq!(Preferences::load(folder.path()), kept);
        std::fs::write(folder.path().join(FILE), "{\"text_scale\":9000}").unwrap();
        assert_eq!(Preferences::load(folder.path()).text_scale, 200);
        std::fs::write(folder.path().join(FILE), "nonsense").unwrap();
        assert_eq!(Preferences::load(folder.path()), Preferences::default());
    }
}
