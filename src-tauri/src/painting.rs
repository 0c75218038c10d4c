//! How the page is painted. Without a graphics card the web view would still paint in layers, as a card wants them, and
//! put these together in the processor: three times the wait from a key to the rows on the screen.

use tauri::WebviewWindow;

/// Where there is no graphics card, the page is painted straight into the window.
pub fn suit_the_machine(window: &WebviewWindow) {
    system::suit_the_machine(window);
}

#[cfg(target_os = "linux")]
mod system {
    use std::path::Path;
    use tauri::WebviewWindow;
    use webkit2gtk::{HardwareAccelerationPolicy, SettingsExt, WebViewExt};

    /// The kernel shows each graphics card that can compute as a file `renderD128`, `renderD129` …
    const CARDS: &str = "/dev/dri";
    const CARD: &str = "renderD";

    pub fn suit_the_machine(window: &WebviewWindow) {
        if has_card(Path::new(CARDS)) {
            return;
        }
        let suited = window.with_webview(|webview| {
            if let Some(settings) = WebViewExt::settings(&webview.inner()) {
                settings.set_hardware_acceleration_policy(HardwareAccelerationPolicy::Never);
            }
        });
        if let Err(error) = suited {
            eprintln!("the page is painted as the web view thinks best: {error}");
        }
    }

    fn has_card(folder: &Path) -> bool {
        let Ok(files) = std::fs::read_dir(folder) else { return false };
        files.flatten().any(|file| file.file_name().to_string_lossy().starts_with(CARD))
    }

    #[cfg(test)]
    mod tests {
        use super::*;

        #[test]
        fn a_card_is_a_render_node() {
            let folder = tempfile::tempdir().unwrap();
            assert!(!has_card(&folder.path().join("nowhere")));
            std::fs::write(folder.path().join("card0"), "").unwrap();
            assert!(!has_card(folder.path()), "a screen that cannot compute");
            std::fs::write(folder.path().join("renderD128"), "").unwrap();
            assert!(has_card(folder.path()));
        }
    }
}

#[cfg(not(target_os = "linux"))]
mod system {
    pub fn suit_the_machine(_: &tauri::WebviewWindow) {}
}
