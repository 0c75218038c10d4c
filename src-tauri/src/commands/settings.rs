//! Settings, people who may open the register, and what this program is.

use crate::convert::village;
use crate::dto::{About, AddPerson, ChangeSecret, CommandError, SettingsValues, SettingsView};
use crate::error::Answered;
use crate::given;
use crate::preferences::TEXT_SCALE;
use crate::state::{Here, Payung};
use payung_register::{NewPerson, Op, SettingsChange};
use std::path::Path;
use tauri::AppHandle;
use zeroize::Zeroizing;

#[tauri::command]
#[specta::specta]
pub async fn settings(payung: Here<'_>) -> Answered<SettingsView> {
    view(&payung).await
}

#[tauri::command]
#[specta::specta]
pub async fn save_settings(payung: Here<'_>, values: SettingsValues) -> Answered<SettingsView> {
    let (minutes, scale) =
        (values.idle_minutes, values.text_scale.clamp(*TEXT_SCALE.start(), *TEXT_SCALE.end()));
    let change = village::settings_change(values);
    payung.write(move |register| Ok(register.transact(Op::SaveSettings(change))?)).await?;
    payung.idle.set_minutes(minutes);
    payung.prefer(|preferences| preferences.text_scale = scale);
    view(&payung).await
}

/// Lets the clerk choose a JPEG or PNG and puts it on the letterhead; `null` when she closes the dialog.
#[tauri::command]
#[specta::specta]
pub async fn pick_emblem(app: AppHandle, payung: Here<'_>) -> Answered<Option<SettingsView>> {
    let picked = super::dialogs::pick(app, "Lambang kantor", &["png", "jpg", "jpeg"]).await?;
    let Some(path) = picked else { return Ok(None) };
    let prepared = tokio::task::spawn_blocking(move || -> Answered<Vec<u8>> {
        let bytes = given::read(Path::new(&path), payung_statement::EMBLEM_BYTES_MAX as u64)?;
        Ok(payung_statement::prepare_emblem(&bytes)?)
    });
    let emblem = prepared.await.map_err(|_| CommandError::broken())??;
    set_emblem(&payung, Some(emblem)).await.map(Some)
}

/// The letterhead stands without an emblem.
#[tauri::command]
#[specta::specta]
pub async fn remove_emblem(payung: Here<'_>) -> Answered<SettingsView> {
    set_emblem(&payung, None).await
}

async fn set_emblem(payung: &Payung, emblem: Option<Vec<u8>>) -> Answered<SettingsView> {
    let change = SettingsChange { emblem: Some(emblem), ..SettingsChange::default() };
    payung.write(move |register| Ok(register.transact(Op::SaveSettings(change))?)).await?;
    view(payung).await
}

#[tauri::command]
#[specta::specta]
pub async fn add_person(payung: Here<'_>, person: AddPerson) -> Answered<SettingsView> {
    let new =
        NewPerson { name: person.name, role: person.role.into(), secret: Zeroizing::new(person.secret) };
    payung.with(move |register| Ok(register.add_person(&new)?)).await?;
    view(&payung).await
}

#[tauri::command]
#[specta::specta]
pub async fn change_secret(payung: Here<'_>, change: ChangeSecret) -> Answered<()> {
    let (old, new) = (Zeroizing::new(change.old_secret), Zeroizing::new(change.new_secret));
    payung.with(move |register| Ok(register.change_secret(change.person_id, &old, &new)?)).await
}

#[tauri::command]
#[specta::specta]
pub async fn about(payung: Here<'_>) -> Answered<About> {
    Ok(village::about(&payung.folder))
}

async fn view(payung: &Payung) -> Answered<SettingsView> {
    let scale = payung.preferences().text_scale;
    payung.with(move |register| village::settings_view(register, scale)).await
}
