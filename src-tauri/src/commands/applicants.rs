//! Applicants: the list, one applicant, and many from a file.

use crate::convert::judgement::{field, judged, nik_facts as facts_of, typed};
use crate::convert::people;
use crate::dto::{ApplicantPage, ApplicantView, EndApplicant, Judged, ListQuery, NikFacts, Saved, Values};
use crate::error::Answered;
use crate::state::{Here, Payung};
use payung_domain::{Field, FieldValues};
use payung_register::{Acknowledge, Op, PersonId, Register};

#[tauri::command]
#[specta::specta]
pub async fn list_applicants(payung: Here<'_>, query: ListQuery) -> Answered<ApplicantPage> {
    payung.with(move |register| people::page(register, &query)).await
}

#[tauri::command]
#[specta::specta]
pub async fn applicant(payung: Here<'_>, id: i64) -> Answered<ApplicantView> {
    payung.with(move |register| view(register, PersonId(id))).await
}

/// An empty draft; its id.
#[tauri::command]
#[specta::specta]
pub async fn new_applicant(payung: Here<'_>) -> Answered<i64> {
    payung
        .write(|register| {
            let values = people::new_values(register.village().code);
            let done = register.transact(Op::NewDraft { values })?;
            done.person().map(|person| person.0).ok_or_else(crate::dto::CommandError::broken)
        })
        .await
}

/// Saves one field as typed, durably.
#[tauri::command]
#[specta::specta]
pub async fn save_field(payung: Here<'_>, id: i64, field: String, value: String) -> Answered<Saved> {
    let column = self::field(&field)?;
    payung
        .write(move |register| {
            let person = PersonId(id);
            register.transact(Op::SaveField { person, field: column, value })?;
            let detail = register.person(person)?;
            let alike = register.alike(&detail.values, Some(person))?;
            Ok(people::saved(&detail, &alike, register.regulation()))
        })
        .await
}

/// Judges values as they stand on screen; saves nothing. `id`: the person being edited, left out of *NIK sama*.
#[tauri::command]
#[specta::specta]
pub async fn judge(payung: Here<'_>, id: Option<i64>, values: Values) -> Answered<Judged> {
    let values = typed(values)?;
    payung
        .with(move |register| {
            let (person, nik) = (id.map(PersonId), values.get(Field::Nik).unwrap_or_default());
            let (others, alike) = (register.same_nik(nik, person)?, register.alike(&values, person)?);
            Ok(judged(&register.check(person, &values)?, register.regulation(), (&others, &alike), nik))
        })
        .await
}

/// What a NIK says and who else has it. `except`: the person being edited.
#[tauri::command]
#[specta::specta]
pub async fn nik_facts(payung: Here<'_>, nik: String, except: Option<i64>) -> Answered<NikFacts> {
    payung
        .with(move |register| {
            let others = register.same_nik(&nik, except.map(PersonId))?;
            let values: FieldValues = [(Field::Nik, nik.clone())].into_iter().collect();
            Ok(facts_of(&payung_domain::read(&values), &others, &nik, people::village_today(register)))
        })
        .await
}

/// *Tandai siap*. Fails with `needs_acknowledgement` where a rule is not met and `acknowledge` is false,
/// with `same_nik` where another person here holds the NIK and no reason is given, with `alike` where others may be the same
/// person, nobody has decided, and no reason is given.
#[tauri::command]
#[specta::specta]
pub async fn release(
    payung: Here<'_>,
    id: i64,
    acknowledge: bool,
    same_nik_reason: Option<String>,
    alike_reason: Option<String>,
) -> Answered<ApplicantView> {
    let acknowledge = Acknowledge { notes: acknowledge, same_nik: same_nik_reason, alike: alike_reason };
    change(&payung, id, Op::Release { person: PersonId(id), acknowledge }).await
}

/// Goes back to the version that travels.
#[tauri::command]
#[specta::specta]
pub async fn discard_edit(payung: Here<'_>, id: i64) -> Answered<ApplicantView> {
    change(&payung, id, Op::DiscardEdit { person: PersonId(id) }).await
}

/// *Meninggal, pindah, mengundurkan diri, dibatalkan*.
#[tauri::command]
#[specta::specta]
pub async fn end_applicant(payung: Here<'_>, end: EndApplicant) -> Answered<ApplicantView> {
    let on = people::end_date(&end.on)?;
    let person = PersonId(end.id);
    change(&payung, end.id, Op::End { person, kind: end.kind.into(), on, reason: end.reason }).await
}

/// Passes one change through the door and shows the person as they stand afterwards.
pub async fn change(payung: &Payung, id: i64, op: Op<'static>) -> Answered<ApplicantView> {
    payung
        .write(move |register| {
            register.transact(op)?;
            view(register, PersonId(id))
        })
        .await
}

pub fn view(register: &Register, id: PersonId) -> Answered<ApplicantView> {
    let series = register.village_series()?;
    let detail = register.person(id)?;
    let alike = register.alike(&detail.values, Some(id))?;
    Ok(people::applicant(detail, &alike, &register.statements()?, &series, register.regulation()))
}
