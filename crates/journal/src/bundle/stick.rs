//! Sticks: writing a file there so that it is whole or not there, and finding one that a virus hid.

use super::words::{BundleError, StickTrouble};
use super::{BundleHead, BundleReader};
use std::fs::File;
use std::io::{self, BufReader, BufWriter};
use std::path::{Path, PathBuf};

/// The end of a file's name.
pub const BUNDLE_SUFFIX: &str = ".payungusb";
/// Stands behind the name until all of it is on the stick.
const UNFINISHED: &str = ".belum-selesai";
/// Entries of a folder looked at when something is searched for.
const LOOKED_AT_MAX: usize = 2_000;

/// Writes a file whole or not at all: beside its place, on the stick (fsync), read back, and then under its name. `at` is
/// its name, or a folder that gets it under the head's own name. `size` is what it will be, where that is known, so that a
/// full stick can say how much is missing. `write` gives back what it was given, flushed.
pub fn write_to_stick(
    at: &Path,
    head: &BundleHead,
    size: Option<u64>,
    write: impl FnOnce(BufWriter<File>) -> Result<BufWriter<File>, BundleError>,
) -> Result<PathBuf, BundleError> {
    let target = if at.is_dir() { at.join(head.file_name()) } else { at.to_owned() };
    let mut name = target.file_name().unwrap_or_default().to_owned();
    name.push(UNFINISHED);
    let beside = target.with_file_name(name);
    let written = whole(&beside, head, write).and_then(|()| Ok(std::fs::rename(&beside, &target)?));
    match written {
        Ok(()) => {
            // A stick that cannot do this has the file all the same.
            if cfg!(unix)
                && let Some(folder) = target.parent().filter(|folder| !folder.as_os_str().is_empty())
            {
                let _ = File::open(folder).and_then(|folder| folder.sync_all());
            }
            Ok(target)
        }
        Err(error) => {
            let there = std::fs::metadata(&beside).map_or(0, |facts| facts.len());
            let _ = std::fs::remove_file(&beside);
            Err(match error {
                BundleError::Io(error) => {
                    let missing = size.map(|size| size.saturating_sub(there).max(1));
                    BundleError::Stick(StickTrouble::of(&error, missing))
                }
                other => other,
            })
        }
    }
}

fn whole(
    beside: &Path,
    head: &BundleHead,
    write: impl FnOnce(BufWriter<File>) -> Result<BufWriter<File>, BundleError>,
) -> Result<(), BundleError> {
    let out = write(BufWriter::new(File::create(beside)?))?;
    out.into_inner().map_err(io::IntoInnerError::into_error)?.sync_all()?;
    let back = BundleReader::check(BufReader::new(File::open(beside)?));
    match back {
        Ok(back) if back.head() == head => Ok(()),
        // What was just written does not come back.
        Ok(_) | Err(BundleError::Damaged | BundleError::Truncated | BundleError::NotABundle) => {
            Err(BundleError::Stick(StickTrouble::Failing))
        }
        Err(error) => Err(error),
    }
}

/// Opens a file from a stick and reads it once to its end.
///
/// # Errors
/// Names the shortcuts of a virus, and where the real file lies, if it can be found.
pub fn read_from_stick(path: &Path) -> Result<BundleReader<BufReader<File>>, BundleError> {
    if is_shortcut(path) {
        return Err(BundleError::Shortcut { real: hidden_beside(path) });
    }
    let file = File::open(path).map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => match hidden_beside(path) {
            Some(real) => BundleError::Shortcut { real: Some(real) },
            None => BundleError::Stick(StickTrouble::Gone),
        },
        _ => BundleError::Stick(StickTrouble::of(&error, None)),
    })?;
    if file.metadata()?.is_dir() {
        return Err(BundleError::NotABundle);
    }
    BundleReader::check(BufReader::new(file)).map_err(|error| match error {
        BundleError::Io(error) => BundleError::Stick(StickTrouble::of(&error, None)),
        other => other,
    })
}

/// What to tell about the stick although its file is good: a virus put shortcuts there and hid folders.
pub fn infected(path: &Path) -> bool {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let holds_shortcuts = |folder: &Path| looked_at(folder).any(|found| is_shortcut(&found));
    let in_hidden = folder.file_name().is_some_and(|_| is_hidden(folder));
    if in_hidden && folder.parent().is_some_and(holds_shortcuts) {
        return true;
    }
    holds_shortcuts(folder) && looked_at(folder).any(|found| found.is_dir() && is_hidden(&found))
}

fn is_shortcut(path: &Path) -> bool {
    path.extension().is_some_and(|end| {
        ["lnk", "pif", "scr", "vbs", "js", "wsf", "url"].iter().any(|known| end.eq_ignore_ascii_case(known))
    })
}

/// Hidden as such viruses hide: without a visible name, with a dot, or by the file system's own mark.
fn is_hidden(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let nameless =
        name.chars().all(|c| c.is_whitespace() || matches!(c, '_' | '\u{200b}' | '\u{feff}' | '\u{2800}'));
    nameless || name.starts_with('.') || marked_hidden(path)
}

#[cfg(windows)]
fn marked_hidden(path: &Path) -> bool {
    use std::os::windows::fs::MetadataExt;
    const HIDDEN: u32 = 2;
    const SYSTEM: u32 = 4;
    std::fs::metadata(path).is_ok_and(|facts| facts.file_attributes() & (HIDDEN | SYSTEM) != 0)
}

#[cfg(not(windows))]
fn marked_hidden(_path: &Path) -> bool {
    false
}

/// The file that a shortcut stands for: of that name, or the only one, in a folder beside it that is hidden, or beside
/// it itself.
fn hidden_beside(path: &Path) -> Option<PathBuf> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut wanted = path.file_name()?.to_string_lossy().into_owned();
    if is_shortcut(path) {
        wanted = path.file_stem()?.to_string_lossy().into_owned();
    }
    let mut places = vec![folder.to_owned()];
    places.extend(looked_at(folder).filter(|found| found.is_dir() && is_hidden(found)));
    let mut others = Vec::new();
    for place in places {
        for found in looked_at(&place) {
            let name = found.file_name().unwrap_or_default().to_string_lossy().into_owned();
            if !name.to_lowercase().ends_with(BUNDLE_SUFFIX) || !found.is_file() {
                continue;
            }
            if name.eq_ignore_ascii_case(&wanted)
                || name.strip_suffix(BUNDLE_SUFFIX).is_some_and(|stem| stem == wanted)
            {
                return Some(found);
            }
            others.push(found);
        }
    }
    match others.as_slice() {
        [only] => Some(only.clone()),
        _ => None,
    }
}

fn looked_at(folder: &Path) -> impl Iterator<Item = PathBuf> + use<> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().take(LOOKED_AT_MAX);
    entries.filter_map(|entry| entry.ok().map(|entry| entry.path()))
}
