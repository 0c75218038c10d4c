//! Judging: facts, a date and a regulation to findings.

use crate::judgement::{Context, Judgement, Verdict};
use crate::regulation::Regulation;
use payung_domain::{Readiness, Reading};

/// Judges what was read of a person. Every rule of the regulation yields exactly one finding, in its order.
pub fn judge(_regulation: &Regulation, _reading: &Reading, _context: &Context) -> Judgement {
    Judgement {
        verdict: Verdict::of(&[]),
        findings: Vec::new(),
        warnings: Vec::new(),
        readiness: Readiness::Incomplete,
    }
}
