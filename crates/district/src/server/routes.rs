//! The doors. Each converts, calls, converts; the work runs on a thread that may block.
//!
//! * `GET /v1/health`: `{"regency":"33.05","at":MILLISECONDS}`.
//! * `POST /v1/enrol`: an `EnrolRequest` in JSON; 200 with an `EnrolAnswer`.
//! * `POST /v2`: the bytes of a `SignedRound`; 200 with the bytes of a `RoundAnswer`.
//! * `POST /v2/attachments`: the bytes of a `SignedCall`; 200 with the bytes of an `AttachmentReply`.
//! * `POST /v1/exchange`: the bytes of a `SignedRequest`; 200 with the bytes of an `ExchangeAnswer`. Series that were
//!   refused are named inside that answer.
//!
//! Anything else is a [`Problem`]: 400 malformed or too_new, 401 unknown_device or bad_signature, 403 revoked or
//! unknown_token or other_village, 408 timeout, 409 token_used or device_taken, 410 expired, 413 too_large, 500 failed,
//! 503 busy with Retry-After.

use super::gate::{Gate, Peer};
use super::reply::Problem;
use super::{Limits, Log};
use crate::attachments;
use crate::enrolment::{self, NotEnrolled};
use crate::error::DistrictError;
use crate::exchange::{self, TurnedAway};
use crate::home::District;
use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::rejection::BytesRejection;
use axum::extract::{DefaultBodyLimit, Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use payung_journal::{ATTACHMENT_CALL_BYTES_MAX, EnrolRequest, MESSAGE_BYTES_MAX};
use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;
use tokio::time::timeout;

/// An enrolment request is a token, a key and a signature.
const ENROL_BYTES_MAX: usize = 16 * 1024;

#[derive(Clone)]
struct Shared {
    district: Arc<District>,
    log: Log,
    gate: Arc<Gate>,
    limits: Limits,
}

pub fn router(district: Arc<District>, limits: &Limits, gate: Arc<Gate>, log: Log) -> Router {
    let shared = Shared { district, log, gate, limits: limits.clone() };
    Router::new()
        .route("/v1/health", get(health))
        .route("/v1/enrol", post(enrol).layer(DefaultBodyLimit::max(ENROL_BYTES_MAX)))
        .route("/v2", post(round).layer(DefaultBodyLimit::max(MESSAGE_BYTES_MAX)))
        .route(
            "/v2/attachments",
            post(attachment_call).layer(DefaultBodyLimit::max(ATTACHMENT_CALL_BYTES_MAX)),
        )
        .route("/v1/exchange", post(exchange).layer(DefaultBodyLimit::max(MESSAGE_BYTES_MAX)))
        .fallback(|| async {
            Problem::new(StatusCode::NOT_FOUND, "not_found", "Alamat ini tidak dikenal server kabupaten.")
        })
        .layer(from_fn_with_state(shared.clone(), within_limits))
        .with_state(shared)
}

/// Bounds how many bodies are in memory, how many requests are worked on, and how long anybody may take. A slow sender
/// holds a place, never a turn.
async fn within_limits(State(shared): State<Shared>, request: Request, next: Next) -> Response {
    let nowhere = Peer(IpAddr::V4(Ipv4Addr::UNSPECIFIED));
    let Peer(address) = request.extensions().get().copied().unwrap_or(nowhere);
    let Some(mut place) = shared.gate.enter(address) else {
        shared.log.plain("busy", &"places");
        return shared.gate.later();
    };
    let served = async {
        let (head, body) = request.into_parts();
        let body = match place.read(body, MESSAGE_BYTES_MAX).await {
            Ok(body) => body,
            Err(refused) => {
                let code = refused.headers().get("payung-code").and_then(|code| code.to_str().ok());
                let code = code.unwrap_or_default().to_owned();
                shared.log.event(shared.district.now(), "turned_away", &[("code", &code)]);
                return refused;
            }
        };
        let Some(_turn) = shared.gate.turn().await else {
            shared.log.plain("busy", &"turns");
            return shared.gate.later();
        };
        next.run(Request::from_parts(head, Body::from(body))).await
    };
    match timeout(shared.limits.request, served).await {
        Ok(response) => response,
        Err(_) => Problem::slow().into_response(),
    }
}

async fn health(State(shared): State<Shared>) -> Response {
    let at = shared.district.now().millis();
    let body = serde_json::json!({ "regency": shared.district.regency.to_string(), "at": at });
    json(body.to_string().into_bytes())
}

async fn enrol(State(shared): State<Shared>, body: Result<Bytes, BytesRejection>) -> Response {
    let body = match body {
        Ok(body) => body,
        Err(rejection) => return unread(&rejection).into_response(),
    };
    let Ok(request) = serde_json::from_slice::<EnrolRequest>(&body) else {
        return Problem::malformed().into_response();
    };
    let (device, village) = (request.device.clone(), request.village);
    let district = Arc::clone(&shared.district);
    let done = tokio::task::spawn_blocking(move || enrolment::enrol(&district, &request)).await;
    match done {
        Ok(Ok(answer)) => {
            shared.log.event(
                shared.district.now(),
                "enrolled",
                &[("device", &device), ("village", &village)],
            );
            json(answer)
        }
        Ok(Err(NotEnrolled::Failed(error))) => failed(&shared, &error),
        Ok(Err(refused)) => {
            let problem = not_enrolled(&refused);
            shared.log.event(shared.district.now(), "enrol_refused", &[("code", &problem.code)]);
            problem.into_response()
        }
        Err(error) => panicked(&shared, &error),
    }
}

async fn exchange(State(shared): State<Shared>, body: Result<Bytes, BytesRejection>) -> Response {
    let answer = answered(&shared, body, exchange::exchange).await;
    let kind = (header::CONTENT_TYPE, HeaderValue::from_static("application/octet-stream"));
    answer.map_or_else(|refused| refused, |answer| ([kind], answer).into_response())
}

/// Every byte of an answer crosses a weak line: no header that nobody reads.
async fn round(State(shared): State<Shared>, body: Result<Bytes, BytesRejection>) -> Response {
    let answer = answered(&shared, body, exchange::round).await;
    answer.map_or_else(|refused| refused, |answer| Response::new(Body::from(answer)))
}

/// From the bytes of a request to those of its answer; blocks.
type Answering = fn(&District, &Log, &[u8]) -> Result<Vec<u8>, TurnedAway>;

async fn answered(
    shared: &Shared,
    body: Result<Bytes, BytesRejection>,
    work: Answering,
) -> Result<Vec<u8>, Response> {
    let body = body.map_err(|rejection| {
        let problem = unread(&rejection);
        shared.log.event(shared.district.now(), "turned_away", &[("code", &problem.code)]);
        problem.into_response()
    })?;
    let (district, log) = (Arc::clone(&shared.district), shared.log.clone());
    match tokio::task::spawn_blocking(move || work(&district, &log, &body)).await {
        Ok(Ok(answer)) => Ok(answer),
        Ok(Err(TurnedAway::Failed(error))) => Err(failed(shared, &error)),
        Ok(Err(refused)) => {
            let problem = turned_away(&refused);
            shared.log.event(shared.district.now(), "turned_away", &[("code", &problem.code)]);
            Err(problem.into_response())
        }
        Err(error) => Err(panicked(shared, &error)),
    }
}

async fn attachment_call(State(shared): State<Shared>, body: Result<Bytes, BytesRejection>) -> Response {
    let answer = answered(&shared, body, attachments::answer).await;
    answer.map_or_else(|refused| refused, |answer| Response::new(Body::from(answer)))
}

fn json(body: Vec<u8>) -> Response {
    ([(header::CONTENT_TYPE, HeaderValue::from_static("application/json"))], body).into_response()
}

fn unread(rejection: &BytesRejection) -> Problem {
    match rejection.status() {
        StatusCode::PAYLOAD_TOO_LARGE => Problem::too_large(),
        _ => Problem::malformed(),
    }
}

fn failed(shared: &Shared, error: &DistrictError) -> Response {
    if let DistrictError::Busy = error {
        shared.log.plain("busy", &"store");
        return shared.gate.later();
    }
    shared.log.plain("failed", error);
    Problem::failed().into_response()
}

/// A panic's words could hold anything: only that it happened is logged here.
fn panicked(shared: &Shared, _error: &tokio::task::JoinError) -> Response {
    shared.log.plain("failed", &"panic");
    Problem::failed().into_response()
}

fn turned_away(refused: &TurnedAway) -> Problem {
    let problem = Problem::new;
    match refused {
        TurnedAway::Malformed => Problem::malformed(),
        TurnedAway::TooNew => problem(
            StatusCode::BAD_REQUEST,
            "too_new",
            "Program di desa lebih baru daripada server kabupaten. Minta petugas kabupaten memperbarui server.",
        ),
        TurnedAway::UnknownDevice => problem(
            StatusCode::UNAUTHORIZED,
            "unknown_device",
            "Perangkat ini belum terdaftar di kabupaten. Minta berkas pendaftaran baru kepada petugas kabupaten.",
        ),
        TurnedAway::BadSignature => problem(
            StatusCode::UNAUTHORIZED,
            "bad_signature",
            "Tanda tangan perangkat tidak cocok. Sinkronkan lagi; bila berulang, minta berkas pendaftaran baru.",
        ),
        TurnedAway::Revoked => revoked(),
        TurnedAway::Failed(_) => Problem::failed(),
    }
}

fn not_enrolled(refused: &NotEnrolled) -> Problem {
    let problem = Problem::new;
    match refused {
        NotEnrolled::BadSignature => problem(
            StatusCode::UNAUTHORIZED,
            "bad_signature",
            "Permintaan pendaftaran tidak utuh. Coba lagi dengan berkas yang sama.",
        ),
        NotEnrolled::UnknownToken => problem(
            StatusCode::FORBIDDEN,
            "unknown_token",
            "Berkas pendaftaran ini tidak dikenal kabupaten. Minta berkas baru kepada petugas kabupaten.",
        ),
        NotEnrolled::OtherVillage => problem(
            StatusCode::FORBIDDEN,
            "other_village",
            "Berkas pendaftaran ini untuk desa lain. Pakai berkas untuk desa Anda.",
        ),
        NotEnrolled::Expired => problem(
            StatusCode::GONE,
            "expired",
            "Masa berlaku berkas pendaftaran ini sudah lewat. Minta berkas baru kepada petugas kabupaten.",
        ),
        NotEnrolled::Used => problem(
            StatusCode::CONFLICT,
            "token_used",
            "Berkas pendaftaran ini sudah dipakai perangkat lain. Minta berkas baru kepada petugas kabupaten.",
        ),
        NotEnrolled::DeviceTaken => problem(
            StatusCode::CONFLICT,
            "device_taken",
            "Nomor perangkat ini sudah dipakai perangkat lain. Minta bantuan petugas kabupaten.",
        ),
        NotEnrolled::Revoked => revoked(),
        NotEnrolled::Failed(_) => Problem::failed(),
    }
}

fn revoked() -> Problem {
    Problem::new(
        StatusCode::FORBIDDEN,
        "revoked",
        "Perangkat ini sudah dicabut kabupaten. Hubungi petugas kabupaten bila ini keliru.",
    )
}
