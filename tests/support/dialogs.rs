//! The system's own dialogs, answered with the keyboard as a person without a mouse would. They belong to the desktop,
//! not to the page, so WebDriver cannot reach them: xdotool types into the window that bears the title.

use std::path::Path;
use std::process::Command;
use std::time::Duration;

/// Longest wait for a dialog, in tenths of a second.
const TRIES: u32 = 300;

/// Answers a file dialog, for reading or for saving, with one path.
pub async fn answer_with_path(title: &str, path: &Path) {
    let dialog = appeared(title).await;
    type_path(&dialog, path).await;
    press(&dialog, "Return");
    gone(title).await;
}

/// Takes the first printer of the list, which is *Print to File* where there is no real one, and prints.
pub async fn print_to_file(title: &str) {
    let dialog = appeared(title).await;
    press(&dialog, "Tab");
    tokio::time::sleep(Duration::from_millis(400)).await;
    press(&dialog, "Return");
    gone(title).await;
}

/// Waits for a dialog, has it photographed, and closes it with Escape.
pub async fn look_and_cancel(title: &str, picture: &Path) {
    let dialog = appeared(title).await;
    tokio::time::sleep(Duration::from_millis(1500)).await;
    photograph(picture);
    press(&dialog, "Escape");
    gone(title).await;
}

/// The whole screen, dialogs and frames included, which WebDriver's own screenshots do not show.
pub fn photograph(picture: &Path) {
    let dump = Command::new("xwd").args(["-root", "-silent"]).output().expect("xwd (package x11-apps) runs");
    let screen = read_dump(&dump.stdout).expect("a picture of the screen");
    screen.save(picture).expect("picture of the screen");
}

/// X11's window dump (XWDFile.h, version 7) of a 24-bit screen: numbers of 4 bytes, big-endian, then blue, green, red and
/// perhaps an unused byte for each dot.
fn read_dump(bytes: &[u8]) -> Option<image::RgbImage> {
    let number = |at: usize| {
        let four = bytes.get(at * 4..at * 4 + 4)?.try_into().ok()?;
        Some(u32::from_be_bytes(four))
    };
    let (header, width, height, bits, line, colours) =
        (number(0)?, number(4)?, number(5)?, number(11)?, number(12)? as usize, number(19)?);
    let pixels = bytes.get(header as usize + colours as usize * 12..)?;
    if pixels.len() < line * height as usize {
        return None;
    }
    Some(image::RgbImage::from_fn(width, height, |x, y| {
        let at = y as usize * line + x as usize * (bits as usize / 8);
        image::Rgb([pixels[at + 2], pixels[at + 1], pixels[at]])
    }))
}

async fn appeared(title: &str) -> String {
    for _ in 0..TRIES {
        if let Some(window) = find(title) {
            let active = xdotool(&["windowactivate", "--sync", &window]);
            if active.is_some() {
                tokio::time::sleep(Duration::from_millis(300)).await;
                return window;
            }
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("no dialog bears the title {title:?}");
}

async fn gone(title: &str) {
    for _ in 0..TRIES {
        if find(title).is_none() {
            return;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("the dialog {title:?} does not go away");
}

/// Ctrl+L opens the line for a path in a dialog for reading; in one for saving it selects the name. Both take a path.
async fn type_path(window: &str, path: &Path) {
    press(window, "ctrl+l");
    tokio::time::sleep(Duration::from_millis(200)).await;
    press(window, "ctrl+a");
    let path = path.to_str().expect("test paths are UTF-8");
    assert!(xdotool(&["type", "--delay", "8", path]).is_some(), "the path is typed");
    tokio::time::sleep(Duration::from_millis(400)).await;
}

fn press(window: &str, keys: &str) {
    // To the active window: keys that are sent to a window by its number are marked as not typed, and GTK ignores them.
    let _ = xdotool(&["windowactivate", "--sync", window]);
    assert!(xdotool(&["key", "--clearmodifiers", keys]).is_some(), "{keys} is pressed");
}

fn find(title: &str) -> Option<String> {
    let found = xdotool(&["search", "--onlyvisible", "--name", title])?;
    found.lines().last().map(str::to_owned)
}

fn xdotool(arguments: &[&str]) -> Option<String> {
    let output = Command::new("xdotool").args(arguments).output().expect("xdotool runs");
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).into_owned())
}
