//! Photos on their way into the register: read within limits, made small, kept by their digest. Pictures are worked on
//! away from the register, so that nobody waits for one being made small.

use crate::base64;
use crate::convert;
use crate::convert::photos::{size_words, view};
use crate::dto::{AboutKey, CameraPicture, CommandError, ErrorCode, PhotoKind, PhotoTaken, PhotoView};
use crate::error::Answered;
use crate::evidence;
use crate::given;
use crate::state::Payung;
use payung_journal::ATTACHMENT_BYTES_MAX;
use payung_photo::{INPUT_BYTES_MAX, PhotoError, Shape};
use payung_register::{About, AttachmentError, AttachmentId, NewFile, Op, Register};
use std::path::PathBuf;

/// Of the dialog. Phones make the last two: chosen, they are told what to do instead.
pub const ENDINGS: &[&str] = &["jpg", "jpeg", "png", "pdf", "heic", "webp"];

/// Newest first.
pub fn list(register: &Register, about: AboutKey) -> Answered<Vec<PhotoView>> {
    let offset = register.regulation().utc_offset;
    Ok(register.attachments(About::from(about))?.into_iter().map(|row| view(row, offset)).collect())
}

pub async fn attach_file(
    payung: &Payung,
    about: AboutKey,
    kind: PhotoKind,
    path: PathBuf,
    acknowledge: bool,
) -> Answered<PhotoTaken> {
    let bytes_max = if takes_pdf(kind) { ATTACHMENT_BYTES_MAX } else { INPUT_BYTES_MAX as u64 };
    let prepare = move || {
        let bytes = given::read(&path, bytes_max)?;
        prepare(bytes, &given::name(&path), kind, acknowledge)
    };
    let prepared = tokio::task::spawn_blocking(prepare).await.map_err(|_| CommandError::broken())??;
    keep(payung, about, kind, prepared).await
}

pub async fn attach_picture(
    payung: &Payung,
    about: AboutKey,
    kind: PhotoKind,
    picture: CameraPicture,
    acknowledge: bool,
) -> Answered<PhotoTaken> {
    let prepare = move || prepare(camera_bytes(&picture.base64)?, "kamera.jpg", kind, acknowledge);
    let prepared = tokio::task::spawn_blocking(prepare).await.map_err(|_| CommandError::broken())??;
    keep(payung, about, kind, prepared).await
}

/// The limit holds before anything is decoded.
fn camera_bytes(text: &str) -> Answered<Vec<u8>> {
    let bytes = base64::bytes_at_most(text);
    if bytes > INPUT_BYTES_MAX + 3 {
        return Err(PhotoError::TooManyBytes { bytes, bytes_max: INPUT_BYTES_MAX }.into());
    }
    base64::decode(text).ok_or_else(|| PhotoError::NotAPicture.into())
}

/// What goes into the register, and how it became so.
struct Prepared {
    file: NewFile,
    words: String,
}

/// A scan may be a PDF and is kept as it is; every picture is made small and loses what the camera wrote into it.
fn prepare(bytes: Vec<u8>, name: &str, kind: PhotoKind, acknowledge: bool) -> Answered<Prepared> {
    if takes_pdf(kind) && evidence::media_of(&bytes) == Some("application/pdf") {
        let words = format!("PDF disimpan sebagaimana adanya, {}.", size_words(bytes.len() as u64));
        return Ok(Prepared {
            file: NewFile { name: name.to_owned(), media: "application/pdf".to_owned(), bytes },
            words,
        });
    }
    let shape = if kind == PhotoKind::Ktp { Shape::IdentityCard } else { Shape::Document };
    let photo = payung_photo::prepare(&bytes, shape)?;
    if !acknowledge && !photo.doubts.is_empty() {
        let doubts: Vec<&str> = photo.doubts.iter().map(|doubt| doubt.words()).collect();
        return Err(CommandError::new(ErrorCode::NeedsAcknowledgement, doubts.join(" ")));
    }
    let words = format!(
        "Foto disimpan {} x {} titik, {} (semula {}). Tempat dan waktu pemotretan tidak ikut disimpan.",
        photo.width,
        photo.height,
        size_words(photo.jpeg.len() as u64),
        size_words(bytes.len() as u64)
    );
    let file = NewFile { name: as_jpeg(name), media: "image/jpeg".to_owned(), bytes: photo.jpeg };
    Ok(Prepared { file, words })
}

const fn takes_pdf(kind: PhotoKind) -> bool {
    matches!(kind, PhotoKind::Scan | PhotoKind::Other)
}

/// The ending says what it is now.
fn as_jpeg(name: &str) -> String {
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    format!("{stem}.jpg")
}

async fn keep(payung: &Payung, about: AboutKey, kind: PhotoKind, prepared: Prepared) -> Answered<PhotoTaken> {
    let Prepared { file, words } = prepared;
    payung
        .write(move |register| {
            register.transact(Op::Attach { about: About::from(about), kind: kind.into(), file })?;
            Ok(PhotoTaken { photos: list(register, about)?, notices: vec![words] })
        })
        .await
}

/// A name to open it under, and the bytes.
pub fn bytes(register: &Register, digest: &str) -> Answered<(String, Vec<u8>)> {
    let digest = convert::digest(digest).ok_or(AttachmentError::NoSuchAttachment)?;
    let bytes = register.attachment_bytes(&digest)?.ok_or(AttachmentError::NotHere)?;
    Ok((evidence::plain_name(&digest, &bytes), bytes))
}

pub fn remove(register: &mut Register, about: AboutKey, id: i64, reason: String) -> Answered<Vec<PhotoView>> {
    register.transact(Op::RemoveAttachment { attachment: AttachmentId(id), reason })?;
    list(register, about)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dto::PhotoState;
    use crate::state::tests;

    #[test]
    fn a_camera_picture_too_large_is_refused_before_it_is_decoded() {
        let text = "A".repeat((INPUT_BYTES_MAX / 3 + 2) * 4);
        assert!(camera_bytes(&text).unwrap_err().message.contains("30 MB"));
        assert!(camera_bytes("bukan gambar!").unwrap_err().message.contains("bukan foto"));
        assert_eq!(camera_bytes("TWFu").unwrap(), b"Man");
    }

    #[test]
    fn a_card_is_no_pdf_and_a_scan_may_be_one() {
        let pdf = || b"%PDF-1.7 isi".to_vec();
        assert!(prepare(pdf(), "ktp.pdf", PhotoKind::Ktp, false).is_err());
        let kept = prepare(pdf(), "surat.pdf", PhotoKind::Scan, false).unwrap();
        assert_eq!((kept.file.name.as_str(), kept.file.bytes), ("surat.pdf", pdf()), "to the byte");
    }

    #[test]
    fn the_name_says_what_the_file_became() {
        assert_eq!(as_jpeg("KTP.siti.PNG"), "KTP.siti.jpg");
        assert_eq!(as_jpeg("tanpa-akhiran"), "tanpa-akhiran.jpg");
    }

    /// Lines of ink on paper, as sharp as a picture can be.
    fn picture(line: u32) -> Vec<u8> {
        let page = image::GrayImage::from_fn(1_600, 1_010, |x, y| {
            image::Luma([if (x / 40 + y / line).is_multiple_of(3) && y % line < 30 { 20 } else { 235 }])
        });
        let mut bytes = std::io::Cursor::new(Vec::new());
        page.write_to(&mut bytes, image::ImageFormat::Png).unwrap();
        bytes.into_inner()
    }

    #[tokio::test]
    async fn a_photo_of_a_draft_is_kept_shown_and_taken_off() {
        let folder = tempfile::tempdir().unwrap();
        let (payung, _heard) = tests::payung(folder.path());
        tests::set_up(&payung).await;
        let draft = |register: &mut Register| {
            let values = convert::people::new_values(register.village().code);
            Ok(register.transact(Op::NewDraft { values })?.person().unwrap())
        };
        let about = AboutKey::Person(payung.write(draft).await.unwrap().0);
        let path = folder.path().join("KTP Siti.png");
        std::fs::write(&path, picture(90)).unwrap();
        let taken = attach_file(&payung, about, PhotoKind::Ktp, path, true).await.unwrap();
        let [photo] = taken.photos.as_slice() else { panic!("one photo: {taken:?}") };
        assert_eq!((photo.state, photo.media.as_str(), photo.here), (PhotoState::Local, "image/jpeg", true));
        assert!(photo.bytes <= 150_000 && photo.name == "KTP Siti.jpg", "{photo:?}");
        let digest = photo.digest.clone();
        let (name, shown) = payung.with(move |register| bytes(register, &digest)).await.unwrap();
        assert!(shown.starts_with(&[0xFF, 0xD8]) && name.ends_with(".jpg"), "made small and upright");
        let camera = |line| CameraPicture { base64: crate::base64::encode(&picture(line)) };
        let twice = attach_picture(&payung, about, PhotoKind::Kk, camera(90), true).await;
        assert_eq!(twice.unwrap_err().message, "Berkas yang sama sudah terlampir di sini.");
        let other = attach_picture(&payung, about, PhotoKind::Kk, camera(70), true).await;
        assert_eq!(other.unwrap().photos.len(), 2);
        let id = photo.id.unwrap();
        let left = payung.write(move |register| remove(register, about, id, String::new())).await.unwrap();
        assert_eq!(left.iter().map(|photo| photo.kind).collect::<Vec<_>>(), [PhotoKind::Kk]);
    }
}
