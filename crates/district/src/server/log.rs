//! One line per event, for the operator of the server. Ids, counts and codes only: never a name, a NIK or a body.

use payung_domain::Timestamp;
use std::fmt::Display;
use std::sync::Arc;

/// Where the lines go.
#[derive(Clone)]
pub struct Log(Arc<dyn Fn(&str) + Send + Sync>);

impl Log {
    pub fn new(line: impl Fn(&str) + Send + Sync + 'static) -> Self {
        Self(Arc::new(line))
    }

    /// To standard error, which a service manager keeps.
    pub fn stderr() -> Self {
        Self::new(|line| eprintln!("{line}"))
    }

    /// `2026-11-21T07:00:00.000Z exchange device=… entries=3`.
    pub(crate) fn event(&self, at: Timestamp, name: &str, fields: &[(&str, &dyn Display)]) {
        let when = chrono::DateTime::from_timestamp_millis(at.millis())
            .map(|time| time.to_rfc3339_opts(chrono::SecondsFormat::Millis, true))
            .unwrap_or_default();
        let mut line = format!("{when} {name}");
        for (key, value) in fields {
            // A value is one word: nothing a stranger sends can start a new line.
            let word: String = value
                .to_string()
                .chars()
                .map(|c| if c.is_whitespace() || c.is_control() { '_' } else { c })
                .collect();
            line.push_str(&format!(" {key}={word}"));
        }
        (self.0)(&line);
    }

    pub(crate) fn plain(&self, name: &str, what: &dyn Display) {
        (self.0)(&format!("{name} {what}"));
    }
}
