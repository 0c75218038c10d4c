//! Where the program stands, its first page, and the form.

use crate::convert;
use crate::convert::people::village_today;
use crate::dto::{AppState, Dashboard, FormDescription, PersonView, StageReason};
use crate::error::Answered;
use crate::state::{Here, Payung};

/// Where the program stands.
#[tauri::command]
#[specta::specta]
pub async fn app_state(payung: Here<'_>) -> Answered<AppState> {
    state(&payung).await
}

/// Closes the register now.
#[tauri::command]
#[specta::specta]
pub async fn lock(payung: Here<'_>) -> Answered<AppState> {
    payung.lock(StageReason::Asked).await;
    state(&payung).await
}

/// Somebody is at the keyboard: the idle clock starts again, and files that the program was started with arrive.
#[tauri::command]
#[specta::specta]
pub async fn touch(payung: Here<'_>) -> Answered<()> {
    payung.touched().await;
    Ok(())
}

/// Counters, bar and birthdays of the first page.
#[tauri::command]
#[specta::specta]
pub async fn dashboard(payung: Here<'_>) -> Answered<Dashboard> {
    payung.with(|register| convert::overview::dashboard(register)).await
}

/// Fields, sections and word lists for this village.
#[tauri::command]
#[specta::specta]
pub async fn form_fields(payung: Here<'_>) -> Answered<FormDescription> {
    payung.with(|register| Ok(crate::form::describe(register.regulation()))).await
}

/// Also the answer of every command that changes where the program stands.
pub async fn state(payung: &Payung) -> Answered<AppState> {
    let head = payung.head().map(|session| session.person_id());
    let preferences = payung.preferences();
    let opened = payung.with(move |register| {
        let enrolment = register.enrolment()?;
        let village = register.village();
        let village = convert::village::village(
            village,
            &register.settings()?,
            register.regulation(),
            enrolment.as_ref(),
        );
        let head = register.slots()?.iter().find(|slot| Some(slot.id) == head).map(PersonView::from);
        Ok((village, PersonView::from(register.actor()), head, village_today(register)))
    });
    let (village, person, head, today) = match opened.await {
        Ok((village, person, head, today)) => (Some(village), Some(person), head, today),
        Err(error) if error.code == crate::dto::ErrorCode::Locked => {
            (None, None, None, western_today(payung))
        }
        Err(error) => return Err(error),
    };
    Ok(AppState {
        stage: payung.stage().await,
        village,
        person,
        head,
        idle_minutes: payung.idle.minutes(),
        text_scale: preferences.text_scale,
        today: today.to_string(),
        sync: payung.courier.status().await,
    })
}

/// While closed nobody knows the village's zone: that of Java.
fn western_today(payung: &Payung) -> payung_domain::CivilDate {
    payung.now().civil_date(payung_domain::UtcOffset { hours: 7 })
}
