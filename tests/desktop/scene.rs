//! A village and its district, ready to be opened in the window.

use payung_tests::programs::{program, run};
use payung_tests::{District, Village, Window};
use std::path::{Path, PathBuf};
use std::process::Command;
use tempfile::TempDir;

pub const KEBUMEN: (&str, &str) = ("33.05", "33.05.01.2001");
pub const KLUNGKUNG: (&str, &str) = ("51.05", "51.05.01.2010");

pub struct Scene {
    pub district: District,
    pub village: Village,
    name: String,
    /// Last: the folder outlives the programs that write in it.
    pub folder: TempDir,
}

impl Scene {
    /// `name` names the folder of screenshots.
    pub fn new(name: &str, (regency, code): (&str, &str)) -> Self {
        let folder = tempfile::tempdir().expect("folder");
        let district = District::start(folder.path(), regency);
        let village = Village::new(folder.path(), code);
        Self { district, village, name: name.to_owned(), folder }
    }

    pub fn enrolled(name: &str, place: (&str, &str)) -> Self {
        let scene = Self::new(name, place);
        scene.village.enrol(&scene.district.enrolment_file(place.1));
        scene
    }

    pub async fn open(&self) -> Window {
        Window::open(self.village.data(), &screenshots(&self.name)).await
    }
}

/// As a file manager does with *open with Payung* while Payung is open on that folder.
pub fn put_before(data: &Path, files: &[PathBuf]) {
    let started = run(Command::new(program("payung-desktop")).arg("--data").arg(data).args(files));
    assert!(started.status.success(), "the second program hands over and ends");
}

/// Where this run's screenshots go: beside the programs, so that they can be looked at afterwards.
pub fn screenshots(name: &str) -> PathBuf {
    let programs = program("payung-desktop");
    programs.parent().unwrap_or(Path::new(".")).join("screenshots").join(name)
}
