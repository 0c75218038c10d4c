//! Two versions of one person, compared and chosen.

use crate::dto::{ApplicantView, ChooseVersion, CommandError, TwoVersions};
use crate::error::Answered;
use payung_register::Register;

pub fn two_versions(_: &Register, _: i64) -> Answered<Option<TwoVersions>> {
    Ok(None)
}

pub fn choose(_: &mut Register, choice: ChooseVersion) -> Answered<ApplicantView> {
    drop(choice);
    Err(CommandError::problem("Orang ini hanya punya satu isian."))
}
