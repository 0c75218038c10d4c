//! The operating system's own file dialogs, opened from Rust: the window itself has no right to any file.

use crate::dto::CommandError;
use crate::error::Answered;
use std::path::PathBuf;
use tauri::{AppHandle, Manager};
use tauri_plugin_dialog::{DialogExt, FileDialogBuilder, FilePath};

/// A file to read; `None` when the clerk closed the dialog.
pub async fn pick(
    app: AppHandle,
    title: &'static str,
    endings: &'static [&'static str],
) -> Answered<Option<String>> {
    let chosen =
        run(app, title, move |dialog| dialog.add_filter(title, endings).blocking_pick_file()).await?;
    chosen.map(|path| as_text(&into_path(path)?)).transpose()
}

/// Files to read; empty when the clerk closed the dialog.
pub async fn pick_many(
    app: AppHandle,
    title: &'static str,
    endings: &'static [&'static str],
) -> Answered<Vec<String>> {
    let ask =
        move |dialog: FileDialogBuilder<tauri::Wry>| dialog.add_filter(title, endings).blocking_pick_files();
    let chosen = run(app, title, ask).await?.unwrap_or_default();
    chosen.into_iter().map(|path| as_text(&into_path(path)?)).collect()
}

/// Where to write; `None` when the clerk closed the dialog.
pub async fn save_as(app: AppHandle, title: &'static str, name: String) -> Answered<Option<PathBuf>> {
    let chosen = run(app, title, move |dialog| dialog.set_file_name(name).blocking_save_file()).await?;
    chosen.map(into_path).transpose()
}

async fn run<F, T>(app: AppHandle, title: &'static str, ask: F) -> Answered<T>
where
    F: FnOnce(FileDialogBuilder<tauri::Wry>) -> T + Send + 'static,
    T: Send + 'static,
{
    let asked = tokio::task::spawn_blocking(move || {
        let mut dialog = app.dialog().file().set_title(title);
        if let Some(window) = app.get_webview_window("main") {
            dialog = dialog.set_parent(&window);
        }
        ask(dialog)
    });
    asked.await.map_err(|_| CommandError::broken())
}

fn into_path(path: FilePath) -> Answered<PathBuf> {
    path.into_path().map_err(|_| unreadable_path())
}

fn as_text(path: &std::path::Path) -> Answered<String> {
    path.to_str().map(str::to_owned).ok_or_else(unreadable_path)
}

fn unreadable_path() -> CommandError {
    CommandError::problem(
        "Nama berkas itu memuat huruf yang tidak dapat dibaca. Ganti namanya, lalu pilih lagi.",
    )
}
