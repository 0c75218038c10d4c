//! `payung photo add --nik NIK --kind ktp|kk FILE`: a photo made small and kept with its person.

use crate::failure::Failure;
use crate::opening::Folder;
use clap::{Args, ValueEnum};
use payung_journal::AttachmentKind;
use payung_photo::{INPUT_BYTES_MAX, Shape, prepare};
use payung_register::{About, NewFile, Op, PersonId, Register};
use std::io::Read;
use std::path::{Path, PathBuf};

#[derive(Args)]
pub struct PhotoAdd {
    #[command(flatten)]
    folder: Folder,
    /// NIK orangnya
    #[arg(long, value_name = "NIK")]
    nik: String,
    /// Apa yang difoto
    #[arg(long, value_enum, value_name = "JENIS")]
    kind: Kind,
    /// Berkas foto (JPG atau PNG)
    file: PathBuf,
}

#[derive(Clone, Copy, ValueEnum)]
enum Kind {
    Ktp,
    Kk,
}

pub fn add(arguments: PhotoAdd) -> Result<(), Failure> {
    let bytes = read(&arguments.file)?;
    let (kind, shape) = match arguments.kind {
        Kind::Ktp => (AttachmentKind::Ktp, Shape::IdentityCard),
        Kind::Kk => (AttachmentKind::Kk, Shape::Document),
    };
    let photo = prepare(&bytes, shape).map_err(|error| Failure::words(error.to_string()))?;
    let mut register = arguments.folder.open()?;
    let person = holder(&register, &arguments.nik)?;
    for doubt in &photo.doubts {
        eprintln!("{}", doubt.words());
    }
    let name = arguments.file.file_name().map(|name| name.to_string_lossy().into_owned());
    let kept = photo.jpeg.len();
    let file = NewFile { name: name.unwrap_or_default(), media: "image/jpeg".to_owned(), bytes: photo.jpeg };
    register.transact(Op::Attach { about: About::Person(person), kind, file })?;
    println!(
        "Foto tersimpan: {} x {} titik, {} kB (asalnya {} kB).",
        photo.width,
        photo.height,
        kept.div_ceil(1_000),
        bytes.len().div_ceil(1_000)
    );
    Ok(())
}

/// Never more than a photo may have.
fn read(path: &Path) -> Result<Vec<u8>, Failure> {
    let unreadable = || Failure::words(format!("Berkas foto {} tidak dapat dibaca.", path.display()));
    let mut bytes = Vec::new();
    let file = std::fs::File::open(path).map_err(|_| unreadable())?;
    file.take(INPUT_BYTES_MAX as u64 + 1).read_to_end(&mut bytes).map_err(|_| unreadable())?;
    Ok(bytes)
}

fn holder(register: &Register, nik: &str) -> Result<PersonId, Failure> {
    match register.same_nik(nik, None)?.as_slice() {
        [] => Err(Failure::words("Tidak ada orang dengan NIK itu dalam register ini.")),
        [person] => Ok(person.id),
        several => Err(Failure::words(format!(
            "Ada {} orang dengan NIK itu. Lampirkan fotonya dari jendela Payung.",
            several.len()
        ))),
    }
}
