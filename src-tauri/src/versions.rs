//! Two versions of one person, compared and chosen.

use crate::commands::applicants::view;
use crate::convert::{judgement::field, versions};
use crate::dto::{ApplicantView, ChooseVersion, CommandError, TwoVersions};
use crate::error::Answered;
use payung_register::{Acknowledge, Op, PersonId, Register};

pub fn two_versions(register: &Register, person: i64) -> Answered<Option<TwoVersions>> {
    let found = register.two_versions(PersonId(person))?;
    Ok(found.map(|found| versions::two_versions(person, &found)))
}

/// What was chosen, over everything that the first version says.
pub fn choose(register: &mut Register, choice: ChooseVersion) -> Answered<ApplicantView> {
    let person = PersonId(choice.person);
    let heads = versions::entries(&choice.heads)?;
    let found = register.two_versions(person)?;
    let first =
        found.as_ref().and_then(|found| found.heads.iter().find(|head| Some(&head.entry) == heads.first()));
    let Some(first) = first else {
        return Err(CommandError::problem("Orang ini hanya punya satu isian, tidak ada yang perlu dipilih."));
    };
    let mut values = first.values.clone();
    for (name, value) in choice.values {
        values.set(field(&name)?, value);
    }
    let acknowledge =
        Acknowledge { notes: choice.acknowledge, same_nik: choice.same_nik_reason, alike: None };
    register.transact(Op::ChooseVersion { person, heads, values, acknowledge })?;
    view(register, person)
}
