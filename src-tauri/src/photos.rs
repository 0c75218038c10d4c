//! Photos on their way into the register: read within limits, made small, kept by their digest.

use crate::dto::{AboutKey, CameraPicture, CommandError, PhotoKind, PhotoTaken, PhotoView};
use crate::error::Answered;
use crate::state::Payung;
use payung_register::Register;
use std::path::PathBuf;

/// Of the dialog.
pub const ENDINGS: &[&str] = &["jpg", "jpeg", "png", "pdf", "webp", "heic"];

pub fn list(_: &Register, _: AboutKey) -> Answered<Vec<PhotoView>> {
    Ok(Vec::new())
}

pub async fn attach_file(_: &Payung, _: AboutKey, _: PhotoKind, _: PathBuf, _: bool) -> Answered<PhotoTaken> {
    Err(not_yet())
}

pub async fn attach_picture(
    _: &Payung,
    _: AboutKey,
    _: PhotoKind,
    picture: CameraPicture,
    _: bool,
) -> Answered<PhotoTaken> {
    drop(picture.base64);
    Err(not_yet())
}

pub fn bytes(_: &Register, _: &str) -> Answered<(String, Vec<u8>)> {
    Err(not_yet())
}

pub fn remove(_: &Register, _: AboutKey, _: i64, _: String) -> Answered<Vec<PhotoView>> {
    Err(not_yet())
}

fn not_yet() -> CommandError {
    CommandError::problem("Foto belum dapat disimpan dalam versi ini.")
}
