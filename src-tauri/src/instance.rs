//! One window per data folder. The first program keeps a lock on a file in the folder and listens on loopback; a second
//! one on the same folder asks it to come forward, hands it the files it was started with, and ends. Programs on
//! different folders know nothing of each other.

use std::fs::{self, File, TryLockError};
use std::io::{self, Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::time::Duration;

use payung_domain::{Randomness, ports::random_bytes};

const LOCK_FILE: &str = "window.lock";
const ADDRESS_FILE: &str = "window.address";
/// Longest list of files handed over, bytes.
const FILES_BYTES_MAX: u64 = 64 << 10;
/// Longest wait for the first window to answer.
const ANSWER_WAIT: Duration = Duration::from_secs(3);

/// Held as long as the window is open.
pub struct Instance {
    _lock: File,
    listener: TcpListener,
    word: String,
}

pub enum Started {
    First(Instance),
    /// The window that is open already has been asked to come forward.
    AlreadyOpen,
}

/// Takes the folder, or calls the window that has it and hands it the files.
pub fn start(folder: &Path, files: &[PathBuf], randomness: &dyn Randomness) -> io::Result<Started> {
    create_private(folder)?;
    let lock = File::options().create(true).truncate(false).write(true).open(folder.join(LOCK_FILE))?;
    match lock.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => {
            call_forward(folder, files)?;
            return Ok(Started::AlreadyOpen);
        }
        Err(TryLockError::Error(error)) => return Err(error),
    }
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
    // Only who can read the folder knows the word: another user of the machine cannot raise windows.
    let word: String = random_bytes::<16>(randomness).iter().map(|byte| format!("{byte:02x}")).collect();
    write_private(&folder.join(ADDRESS_FILE), &format!("{} {word}", listener.local_addr()?.port()))?;
    Ok(Started::First(Instance { _lock: lock, listener, word }))
}

impl Instance {
    /// Calls `forward` with the files handed over, whenever another program is started on the folder. Runs as long as
    /// the program.
    pub fn listen(self, forward: impl Fn(Vec<PathBuf>) + Send + 'static) {
        std::thread::spawn(move || {
            for caller in self.listener.incoming().flatten() {
                if let Ok(Some(files)) = self.called_by(caller) {
                    forward(files);
                }
            }
        });
    }

    /// `None` for a caller who does not know the word.
    fn called_by(&self, mut caller: TcpStream) -> io::Result<Option<Vec<PathBuf>>> {
        caller.set_read_timeout(Some(ANSWER_WAIT))?;
        let mut said = vec![0; self.word.len()];
        caller.read_exact(&mut said)?;
        if said != self.word.as_bytes() {
            return Ok(None);
        }
        let mut files = String::new();
        (&caller).take(FILES_BYTES_MAX).read_to_string(&mut files)?;
        caller.write_all(b"ok")?;
        Ok(Some(serde_json::from_str(&files)?))
    }
}

fn call_forward(folder: &Path, files: &[PathBuf]) -> io::Result<()> {
    let address = fs::read_to_string(folder.join(ADDRESS_FILE))?;
    let (port, word) = address.split_once(' ').ok_or(io::ErrorKind::InvalidData)?;
    let port: u16 = port.parse().map_err(|_| io::ErrorKind::InvalidData)?;
    let mut first = TcpStream::connect_timeout(&(Ipv4Addr::LOCALHOST, port).into(), ANSWER_WAIT)?;
    first.set_read_timeout(Some(ANSWER_WAIT))?;
    first.write_all(word.as_bytes())?;
    first.write_all(&serde_json::to_vec(files)?)?;
    first.shutdown(std::net::Shutdown::Write)?;
    first.read_exact(&mut [0; 2])
}

/// A folder that only its owner reads, with those above it.
pub fn create_private(folder: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

/// Replaces a small file that only its owner reads.
pub fn write_private(path: &Path, text: &str) -> io::Result<()> {
    let beside = path.with_extension("new");
    let mut options = File::options();
    options.create(true).truncate(true).write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(&beside)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()?;
    fs::rename(&beside, path)
}

#[cfg(test)]
mod tests {
    use super::*;
    use payung_system::SystemRandom;
    use std::sync::mpsc;

    #[test]
    fn a_second_start_on_the_same_folder_brings_the_first_forward() {
        let folder = tempfile::tempdir().unwrap();
        let Started::First(first) = start(folder.path(), &[], &SystemRandom).unwrap() else {
            panic!("nobody else has the folder");
        };
        let (called, calls) = mpsc::channel();
        first.listen(move |files| called.send(files).unwrap());
        let letter = PathBuf::from("/media/Surat \u{201c}Ayah\u{201d}.pdf");
        let second = start(folder.path(), std::slice::from_ref(&letter), &SystemRandom).unwrap();
        assert!(matches!(second, Started::AlreadyOpen), "one window a folder");
        let files = calls.recv_timeout(ANSWER_WAIT).expect("the first window is told");
        assert_eq!(files, [letter], "and handed what the second was started with");
    }

    #[test]
    fn different_folders_run_at_once() {
        let (one, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let first = start(one.path(), &[], &SystemRandom).unwrap();
        assert!(matches!(start(other.path(), &[], &SystemRandom).unwrap(), Started::First(_)));
        drop(first);
        assert!(
            matches!(start(one.path(), &[], &SystemRandom).unwrap(), Started::First(_)),
            "closed: free again"
        );
    }

    #[test]
    fn a_stranger_without_the_word_raises_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let Started::First(first) = start(folder.path(), &[], &SystemRandom).unwrap() else {
            panic!("nobody else has the folder");
        };
        let port = first.listener.local_addr().unwrap().port();
        let (called, calls) = mpsc::channel();
        first.listen(move |_| called.send(()).unwrap());
        let mut stranger = TcpStream::connect((Ipv4Addr::LOCALHOST, port)).unwrap();
        stranger.write_all(&[b'0'; 32]).unwrap();
        assert!(calls.recv_timeout(Duration::from_millis(300)).is_err(), "a wrong word is no call");
    }
}
