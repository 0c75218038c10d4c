//! The one window and its wiring. It shows the program's own pages and goes nowhere else.

use crate::bindings;
use crate::camera;
use crate::dto;
use crate::instance::{self, Started};
use crate::painting;
use crate::state::{News, Payung, real_tools};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tauri::{AppHandle, DragDropEvent, Manager, RunEvent, WebviewEvent, WebviewWindowBuilder, WindowEvent};
use tauri_specta::Event;

const LABEL: &str = "main";

/// Opens the window and returns when it is closed. The files wait until somebody is at the open window.
pub fn open(folder: &Path, files: Vec<PathBuf>) -> Result<(), String> {
    let tools = real_tools();
    let started = instance::start(folder, &files, &*tools.randomness)
        .map_err(|error| format!("Folder data {} tidak dapat dipakai: {error}", folder.display()))?;
    let Started::First(instance) = started else { return Ok(()) };
    let folder = folder.canonicalize().unwrap_or_else(|_| folder.to_owned());
    let webview = folder.join("webview");
    let commands = bindings::builder();
    tauri::Builder::default()
        .plugin(tauri_plugin_dialog::init())
        .invoke_handler(commands.invoke_handler())
        .setup(move |app| {
            commands.mount_events(app);
            let handle = app.handle().clone();
            let payung = Arc::new(Payung::new(&folder, tools, Arc::new(move |news| tell(&handle, news))));
            payung.viewed.clear();
            payung.hand_over(files);
            app.manage(payung.clone());
            tauri::async_runtime::spawn(payung.courier.clone().run());
            tauri::async_runtime::spawn(payung.watch_idle());
            show(app.handle(), &webview)?;
            let handle = app.handle().clone();
            instance.listen(move |files| {
                come_forward(&handle);
                let payung = handle.state::<Arc<Payung>>().inner().clone();
                payung.hand_over(files);
                tauri::async_runtime::spawn(async move { payung.deliver().await });
            });
            Ok(())
        })
        .build(tauri::generate_context!())
        .map_err(|error| format!("Jendela tidak dapat dibuka: {error}"))?
        .run(|app, event| {
            let Some(payung) = app.try_state::<Arc<Payung>>() else { return };
            match event {
                RunEvent::Exit => payung.viewed.clear(),
                RunEvent::WindowEvent {
                    event: WindowEvent::DragDrop(DragDropEvent::Drop { paths, .. }),
                    ..
                }
                | RunEvent::WebviewEvent {
                    event: WebviewEvent::DragDrop(DragDropEvent::Drop { paths, .. }),
                    ..
                } => payung.dropped(&paths),
                _ => {}
            }
        });
    Ok(())
}

/// From `tauri.conf.json`, with a fence: no link leads out of the program's own pages. What the web view keeps stays in
/// the data folder, which only its owner reads.
fn show(app: &AppHandle, webview: &Path) -> tauri::Result<()> {
    let Some(config) = app.config().app.windows.iter().find(|window| window.label == LABEL) else {
        return Ok(());
    };
    let window = WebviewWindowBuilder::from_config(app, config)?
        .data_directory(webview.to_owned())
        .on_navigation(|url| {
            let own =
                matches!((url.scheme(), url.host_str()), ("tauri", _) | ("http", Some("tauri.localhost")));
            own || url.as_str() == "about:blank" || (cfg!(dev) && url.host_str() == Some("localhost"))
        })
        .build()?;
    painting::suit_the_machine(&window);
    camera::open_to(&window);
    Ok(())
}

fn come_forward(app: &AppHandle) {
    let Some(window) = app.get_webview_window(LABEL) else { return };
    let shown = window.unminimize().and_then(|()| window.show()).and_then(|()| window.set_focus());
    if let Err(error) = shown {
        eprintln!("the window did not come forward: {error}");
    }
}

fn tell(app: &AppHandle, news: News) {
    let told = match news {
        News::Stage(stage, reason) => dto::StageChanged { stage, reason }.emit(app),
        News::Status(status) => dto::SyncStatusChanged(status).emit(app),
        News::Progress(progress) => dto::SyncProgressed(progress).emit(app),
        News::Dropped(paths) => dto::FileDropped { paths }.emit(app),
        News::Work(progress) => dto::WorkProgressed(progress).emit(app),
        News::Answers(people) => dto::AnswersArrived { people }.emit(app),
    };
    if let Err(error) = told {
        eprintln!("the window could not be told: {error}");
    }
}
