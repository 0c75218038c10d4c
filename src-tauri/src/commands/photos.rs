//! Photos of identity papers and scans: from a file, a drop or the camera.

use super::dialogs;
use crate::dto::{AboutKey, CameraPicture, PhotoKind, PhotoTaken, PhotoView, RawBytes};
use crate::error::Answered;
use crate::photos;
use crate::state::Here;
use tauri::AppHandle;

/// Newest first, removed ones left out.
#[tauri::command]
#[specta::specta]
pub async fn photos(payung: Here<'_>, about: AboutKey) -> Answered<Vec<PhotoView>> {
    payung.with(move |register| photos::list(register, about)).await
}

/// Lets the clerk choose photos or scans; empty when she closes the dialog.
#[tauri::command]
#[specta::specta]
pub async fn pick_photo_files(app: AppHandle, payung: Here<'_>) -> Answered<Vec<String>> {
    let picked = dialogs::pick_many(app, "Foto atau pindaian", photos::ENDINGS).await?;
    payung.given.remember(picked.iter().map(Into::into));
    Ok(picked)
}

/// Takes in a file that a dialog or a drop gave: made small, without what the camera wrote into it. Fails with
/// `needs_acknowledgement` where the picture is doubtful, such as blurred, and `acknowledge` is false.
#[tauri::command]
#[specta::specta]
pub async fn attach_photo(
    payung: Here<'_>,
    about: AboutKey,
    kind: PhotoKind,
    path: String,
    acknowledge: bool,
) -> Answered<PhotoTaken> {
    let path = payung.given.known(&path)?;
    photos::attach_file(&payung, about, kind, path, acknowledge).await
}

/// Takes in a picture of the camera, as `attach_photo` does.
#[tauri::command]
#[specta::specta]
pub async fn attach_camera_picture(
    payung: Here<'_>,
    about: AboutKey,
    kind: PhotoKind,
    picture: CameraPicture,
    acknowledge: bool,
) -> Answered<PhotoTaken> {
    photos::attach_picture(&payung, about, kind, picture, acknowledge).await
}

/// The bytes of a photo, to be shown in the window.
#[tauri::command]
#[specta::specta]
pub async fn photo_bytes(payung: Here<'_>, digest: String) -> Answered<RawBytes> {
    payung.with(move |register| photos::bytes(register, &digest)).await.map(|(_, bytes)| RawBytes(bytes))
}

/// Opens a photo or scan in the system's viewer.
#[tauri::command]
#[specta::specta]
pub async fn open_photo(payung: Here<'_>, digest: String) -> Answered<()> {
    let (name, bytes) = payung.with(move |register| photos::bytes(register, &digest)).await?;
    super::papers::open(&payung, name, bytes, "foto atau pindaian dibuka di penampil".to_owned()).await
}

/// Takes a photo off, with a reason; the district hears of it.
#[tauri::command]
#[specta::specta]
pub async fn remove_photo(
    payung: Here<'_>,
    about: AboutKey,
    id: i64,
    reason: String,
) -> Answered<Vec<PhotoView>> {
    payung.write(move |register| photos::remove(register, about, id, reason)).await
}
