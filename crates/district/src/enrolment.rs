//! Letting a device in: a one-time file for the village, and the one request that uses it up.

use crate::error::DistrictError;
use crate::home::District;
use crate::officer::{REASON_MAX, check_officer};
use crate::store::{self, DeviceRow, EnrolmentRow, SeriesRow, VillageRow, Writes};
use crate::work::{Work, new_series};
use payung_domain::{Timestamp, VillageCode};
use payung_journal::{
    DeviceId, ENROLMENT_FORMAT, EnrolAnswer, EnrolRequest, EnrolmentFile, RegulationFile, SeriesId, Token,
};
use payung_keys::Signature;

/// How long an enrolment file can be used.
pub const VALID_DAYS: i64 = 30;
const DAY_MS: i64 = 86_400_000;

/// Why a device is not let in; each tells the clerk what to do.
#[derive(Debug)]
pub enum NotEnrolled {
    BadSignature,
    UnknownToken,
    OtherVillage,
    Expired,
    /// Another device used the file.
    Used,
    /// The device's id is taken by another key or village.
    DeviceTaken,
    Revoked,
    Failed(DistrictError),
}

impl From<DistrictError> for NotEnrolled {
    fn from(error: DistrictError) -> Self {
        Self::Failed(error)
    }
}

/// Makes a file that lets one device of a village in, once.
pub fn issue(district: &District, village: VillageCode) -> Result<EnrolmentFile, DistrictError> {
    if village.regency() != district.regency {
        return Err(DistrictError::Asked(format!(
            "Desa {village} bukan desa kabupaten {} ({}). Periksa kode desanya.",
            district.regency_name, district.regency
        )));
    }
    let place = payung_regions::place(village).ok_or_else(|| {
        DistrictError::Asked(format!(
            "Kode desa {village} tidak ada dalam daftar Kemendagri. Tulis seperti 33.05.01.2001."
        ))
    })?;
    let token = Token::generate(&*district.tools.randomness);
    let expires = Timestamp(district.now().millis() + VALID_DAYS * DAY_MS);
    store::change(&*district.store, |writes| {
        take_in(district, writes, village, &place.village.name)?;
        writes.put_enrolment(&EnrolmentRow { token_digest: token.digest(), village, expires, used: None })
    })?;
    let key = district.key();
    let regulation = RegulationFile::sign(&district.regulation.id, &district.regulation_file.1, key);
    let file = EnrolmentFile {
        format: ENROLMENT_FORMAT.to_owned(),
        village,
        village_name: place.village.name,
        regency: district.regency,
        regency_name: district.regency_name.clone(),
        url: district.url.clone(),
        authority_pem: district
            .authority
            .certificate_pem()
            .map_err(|error| DistrictError::Key(error.to_string()))?,
        district_key: key.public(),
        token,
        expires: expires.millis(),
        utc_offset_hours: district.utc_offset().hours,
        regulations: vec![regulation],
        signature: Signature::from_bytes([0; 64]),
    };
    Ok(file.signed(key))
}

/// Lets a device in. The same device asking again (its answer was lost) gets the same bytes.
pub fn enrol(district: &District, request: &EnrolRequest) -> Result<Vec<u8>, NotEnrolled> {
    let (device, _) = request.verify().map_err(|_| NotEnrolled::BadSignature)?;
    let now = district.now();
    let outcome = store::change(&*district.store, |writes| {
        let Some(mut enrolment) = writes.enrolment(&request.token.digest())? else {
            return Ok(Err(NotEnrolled::UnknownToken));
        };
        if enrolment.village != request.village {
            return Ok(Err(NotEnrolled::OtherVillage));
        }
        let known = writes.device(device)?;
        if let Some((user, answer)) = &enrolment.used {
            let same = *user == device && known.is_some_and(|known| known.key == request.device_key);
            return Ok(if same { Ok(answer.clone()) } else { Err(NotEnrolled::Used) });
        }
        if now > enrolment.expires {
            return Ok(Err(NotEnrolled::Expired));
        }
        if let Err(refused) = admit(writes, request, device, known, now)? {
            return Ok(Err(refused));
        }
        let missing = || DistrictError::Damaged("desa pendaftaran tidak ada".into());
        let village = writes.village(request.village)?.ok_or_else(missing)?;
        let answer = EnrolAnswer {
            at: now.millis(),
            district_key: district.key().public(),
            decisions: village.decisions.to_string(),
        };
        let answer = serde_json::to_vec(&answer).map_err(|error| DistrictError::Store(error.to_string()))?;
        enrolment.used = Some((device, answer.clone()));
        writes.put_enrolment(&enrolment)?;
        Ok(Ok(answer))
    });
    outcome?
}

/// Who shuts a device out, and why.
pub struct Revocation<'a> {
    pub device: DeviceId,
    pub officer: &'a str,
    /// In Bahasa Indonesia, for the village.
    pub note: Option<&'a str>,
}

/// Shuts a lost or stolen device out and tells its village. What it sent before stays. A second time says nothing new.
pub fn revoke(district: &District, order: &Revocation) -> Result<DeviceRow, DistrictError> {
    let officer = check_officer(order.officer)?;
    let note = order.note.map(str::trim).filter(|note| !note.is_empty());
    let note = note.unwrap_or("Perangkat dilaporkan hilang, dicuri, atau tidak dipakai lagi.");
    if note.chars().count() > REASON_MAX {
        return Err(DistrictError::Asked(format!(
            "Catatan terlalu panjang; paling banyak {REASON_MAX} huruf."
        )));
    }
    store::change(&*district.store, |writes| {
        let mut row = writes.device(order.device)?.ok_or_else(|| {
            DistrictError::Asked(
                "Perangkat itu tidak terdaftar. Lihat nomornya: payung-district device list".into(),
            )
        })?;
        if row.revoked_at.is_none() {
            row.revoked_at = Some(district.now());
            (row.revoked_by, row.revoked_note) = (Some(officer.to_owned()), Some(note.to_owned()));
            Work::new(district, writes).revoke_device(&row, officer, note)?;
        }
        Ok(row)
    })
}

fn admit(
    writes: &mut dyn Writes,
    request: &EnrolRequest,
    id: DeviceId,
    known: Option<DeviceRow>,
    now: Timestamp,
) -> Result<Result<(), NotEnrolled>, DistrictError> {
    let taken = match known {
        Some(known) if known.revoked_at.is_some() => return Ok(Err(NotEnrolled::Revoked)),
        Some(known) if known.key == request.device_key && known.village == request.village => {
            return Ok(Ok(()));
        }
        Some(_) => true,
        None => writes.devices()?.iter().any(|other| other.key == request.device_key),
    };
    if taken {
        return Ok(Err(NotEnrolled::DeviceTaken));
    }
    writes.put_device(&DeviceRow {
        id,
        village: request.village,
        key: request.device_key,
        enrolled_at: now,
        revoked_at: None,
        last_exchange: None,
        have: Vec::new(),
        revoked_by: None,
        revoked_note: None,
    })?;
    // A district that was put back from a copy had forgotten the device, not what it wrote.
    for series in writes.series_of_village(request.village)? {
        if series.key == request.device_key && series.device != Some(id) {
            writes.put_series(&SeriesRow { device: Some(id), ..series })?;
        }
    }
    Ok(Ok(()))
}

/// The first enrolment of a village also opens the district's series of decisions for it.
fn take_in(
    district: &District,
    writes: &mut dyn Writes,
    village: VillageCode,
    name: &str,
) -> Result<(), DistrictError> {
    if writes.village(village)?.is_some() {
        return Ok(());
    }
    let decisions = SeriesId::generate(&*district.tools.randomness);
    writes.put_village(&VillageRow {
        code: village,
        name: name.to_owned(),
        decisions,
        last_exchange: None,
    })?;
    new_series(district, writes, village, decisions, None)
}
