//! Photos of identity papers, made small enough for a village line and kept readable. No IO, no clock.
//!
//! [`prepare`] reads what a camera, a phone or a scanner gave, turns it upright, and makes one JPEG of it that holds the
//! picture and nothing else: where and when it was taken, and with which device, is gone.
//!
//! Bytes from outside are hostile until shown otherwise: sizes and what they unpack to have limits.

#![cfg_attr(not(test), warn(clippy::unwrap_used, clippy::expect_used, clippy::panic))]

mod error;
mod look;
mod photo;
mod reduce;
mod sniff;

pub use error::PhotoError;
pub use photo::{
    Doubt, INPUT_BYTES_MAX, PHOTO_BYTES_MAX, PIXELS_MAX, PROGRESSIVE_PIXELS_MAX, Photo, SHORT_SIDE_MIN,
    Shape, prepare,
};
