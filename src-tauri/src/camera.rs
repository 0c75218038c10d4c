//! The camera of the laptop, for photos of identity papers: pictures only, never sound, asked for by the program's own page.

use tauri::WebviewWindow;

/// Makes the camera reachable for the page. Where the web view asks the person itself, nothing is to be done.
pub fn open_to(window: &WebviewWindow) {
    system::open_to(window);
}

#[cfg(target_os = "linux")]
mod system {
    use gtk::glib::object::Cast;
    use tauri::WebviewWindow;
    use webkit2gtk::{
        PermissionRequestExt, SettingsExt, UserMediaPermissionRequest, UserMediaPermissionRequestExt,
        WebViewExt,
    };

    /// A window that is driven by a test gets a made-up camera: machines that test have none.
    const DRIVEN: &str = "TAURI_WEBVIEW_AUTOMATION";

    pub fn open_to(window: &WebviewWindow) {
        let opened = window.with_webview(|webview| {
            let page = webview.inner();
            if let Some(settings) = WebViewExt::settings(&page) {
                settings.set_enable_media_stream(true);
                settings.set_enable_mock_capture_devices(std::env::var_os(DRIVEN).is_some());
            }
            page.connect_permission_request(|_, request| {
                let Some(media) = request.downcast_ref::<UserMediaPermissionRequest>() else { return false };
                if media.is_for_video_device() && !media.is_for_audio_device() {
                    request.allow();
                } else {
                    request.deny();
                }
                true
            });
        });
        if let Err(error) = opened {
            eprintln!("the camera stays closed: {error}");
        }
    }
}

#[cfg(not(target_os = "linux"))]
mod system {
    pub fn open_to(_: &tauri::WebviewWindow) {}
}
