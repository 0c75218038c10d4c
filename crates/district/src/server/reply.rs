//! Answers over HTTP that are not the answer asked for: a status and a code (header `payung-code`) that machines branch
//! on, and as the body words with the remedy for people.

use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};

#[derive(Debug)]
pub struct Problem {
    pub status: StatusCode,
    pub code: &'static str,
    pub message: String,
}

impl Problem {
    pub fn new(status: StatusCode, code: &'static str, message: impl Into<String>) -> Self {
        Self { status, code, message: message.into() }
    }

    pub fn malformed() -> Self {
        Self::new(
            StatusCode::BAD_REQUEST,
            "malformed",
            "Kiriman tidak utuh atau tidak dikenal. Sinkronkan lagi; bila berulang, perbarui program.",
        )
    }

    pub fn too_large() -> Self {
        Self::new(
            StatusCode::PAYLOAD_TOO_LARGE,
            "too_large",
            "Kiriman terlalu besar. Perbarui program, lalu sinkronkan lagi.",
        )
    }

    pub fn slow() -> Self {
        Self::new(
            StatusCode::REQUEST_TIMEOUT,
            "timeout",
            "Kiriman terlalu lama. Sinkronkan lagi saat sambungan lebih baik.",
        )
    }

    pub fn busy() -> Self {
        Self::new(
            StatusCode::SERVICE_UNAVAILABLE,
            "busy",
            "Kabupaten sedang sibuk. Program mencoba lagi dengan sendirinya.",
        )
    }

    pub fn failed() -> Self {
        Self::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            "failed",
            "Kabupaten tidak dapat menyimpan kiriman. Data Anda tetap aman di desa; beri tahu petugas kabupaten.",
        )
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let kind = (header::CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8"));
        let code = (HeaderName::from_static("payung-code"), HeaderValue::from_static(self.code));
        (self.status, [kind, code], self.message).into_response()
    }
}

/// 503 with the wait a client should keep.
pub fn busy(retry_after_s: u32) -> Response {
    let mut response = Problem::busy().into_response();
    response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(retry_after_s));
    response
}
