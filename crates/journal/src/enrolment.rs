//! The file with which a district takes a village in, and the one exchange that uses it. JSON, because people look
//! into such files; what is signed is a canonical encoding of the same content.

use crate::codec::{Writer, message};
use crate::ids::{DeviceId, SeriesId};
use payung_domain::{Randomness, RegencyCode, RegionCodeError, Timestamp, VillageCode};
use payung_keys::{BadSignature, PublicKey, Purpose, Signature, SigningKey, from_hex, hex, sha256};
use serde::de::{DeserializeOwned, Error as _};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;
use std::fmt;

pub const ENROLMENT_FORMAT: &str = "payung-enrolment/1";
/// The largest enrolment file, in bytes.
pub const ENROLMENT_BYTES_MAX: usize = 4 << 20;

/// Lets one device in, once.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Token([u8; 16]);

impl Token {
    pub fn generate(randomness: &dyn Randomness) -> Self {
        Self(payung_domain::ports::random_bytes(randomness))
    }

    pub const fn from_bytes(bytes: [u8; 16]) -> Self {
        Self(bytes)
    }

    pub const fn to_bytes(&self) -> [u8; 16] {
        self.0
    }

    /// What the district keeps, so that a stolen table of tokens lets nobody in.
    pub fn digest(&self) -> [u8; 32] {
        sha256(&[b"payung token 1", &self.0])
    }
}

impl TryFrom<String> for Token {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        from_hex(&text)
            .and_then(|bytes| bytes.try_into().ok())
            .map(Self)
            .ok_or("32 hexadecimal digits expected")
    }
}

impl From<Token> for String {
    fn from(token: Token) -> Self {
        hex(&token.0)
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(..)")
    }
}

/// What a village needs to find and to trust its district.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct EnrolmentFile {
    /// [`ENROLMENT_FORMAT`].
    pub format: String,
    /// `33.05.01.2001`.
    #[serde(serialize_with = "write_code")]
    pub village: VillageCode,
    pub village_name: String,
    /// `33.05`.
    #[serde(serialize_with = "write_code")]
    pub regency: RegencyCode,
    pub regency_name: String,
    /// `https://host:port`, without a path.
    pub url: String,
    /// The only authority whose server the village talks to.
    pub authority_pem: String,
    /// Verifies receipts, decisions, regulations and this file.
    pub district_key: PublicKey,
    pub token: Token,
    /// Milliseconds since 1970-01-01 UTC; afterwards the district refuses the token.
    pub expires: i64,
    pub utc_offset_hours: i8,
    pub regulations: Vec<RegulationFile>,
    /// By the district's key over [`EnrolmentFile::signed_bytes`].
    pub signature: Signature,
}

/// A regulation file as the district vouches for it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RegulationFile {
    pub id: String,
    pub toml: String,
    /// By the district's key over the bytes of `toml`.
    pub signature: Signature,
}

impl RegulationFile {
    pub fn sign(id: impl Into<String>, toml: impl Into<String>, key: &SigningKey) -> Self {
        let toml = toml.into();
        let signature = key.sign(Purpose::Regulation, toml.as_bytes());
        Self { id: id.into(), toml, signature }
    }

    pub fn verify(&self, key: &PublicKey) -> Result<(), BadSignature> {
        key.verify(Purpose::Regulation, self.toml.as_bytes(), &self.signature)
    }
}

/// Why a file cannot be used to enrol, in words for the clerk.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EnrolmentFileError {
    #[error(
        "Ini bukan berkas pendaftaran desa. Pilih berkas yang Anda terima dari petugas kabupaten, biasanya berakhiran .payung."
    )]
    NotEnrolment,
    #[error("Berkas pendaftaran ini dibuat oleh Payung yang lebih baru. Perbarui Payung, lalu coba lagi.")]
    Newer,
    /// The part that cannot be read.
    #[error(
        "Berkas pendaftaran ini rusak: bagian {0} tidak terbaca. Salin ulang berkasnya, atau minta berkas baru kepada petugas kabupaten."
    )]
    Damaged(String),
    /// Something was changed after the district signed it.
    #[error(
        "Isi berkas pendaftaran ini sudah berubah sejak dibuat kabupaten, jadi tidak dapat dipercaya. Minta berkas baru kepada petugas kabupaten."
    )]
    Changed,
    #[error(
        "Berkas ini terlalu besar untuk berkas pendaftaran desa. Pilih berkas yang Anda terima dari petugas kabupaten."
    )]
    TooLarge,
}

impl EnrolmentFile {
    /// Signs; the signature given in `self` is replaced.
    pub fn signed(mut self, key: &SigningKey) -> Self {
        self.district_key = key.public();
        self.signature = key.sign(Purpose::Enrolment, &self.signed_bytes());
        self
    }

    /// Reads and verifies. Whether it has expired, and whether it is for this village, is the caller's question.
    pub fn parse(bytes: &[u8]) -> Result<Self, EnrolmentFileError> {
        if bytes.len() > ENROLMENT_BYTES_MAX {
            return Err(EnrolmentFileError::TooLarge);
        }
        // A mark that Windows editors leave at the start says nothing.
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        let value: Value = serde_json::from_slice(bytes).map_err(|_| damaged_or_foreign(bytes))?;
        let format = value.get("format").and_then(Value::as_str).unwrap_or_default();
        match format.rsplit_once('/') {
            _ if format == ENROLMENT_FORMAT => {}
            Some(("payung-enrolment", _)) => return Err(EnrolmentFileError::Newer),
            _ => return Err(EnrolmentFileError::NotEnrolment),
        }
        let file: Self = part_by_part(&value)?;
        file.verify()?;
        Ok(file)
    }

    /// Whether the district's key signed this file and every regulation in it.
    pub fn verify(&self) -> Result<(), EnrolmentFileError> {
        self.district_key
            .verify(Purpose::Enrolment, &self.signed_bytes(), &self.signature)
            .map_err(|_| EnrolmentFileError::Changed)?;
        for regulation in &self.regulations {
            regulation.verify(&self.district_key).map_err(|_| EnrolmentFileError::Changed)?;
        }
        Ok(())
    }

    /// Indented JSON with a line end.
    pub fn to_json(&self) -> String {
        let mut text = serde_json::to_string_pretty(self).unwrap_or_default();
        text.push('\n');
        text
    }

    pub const fn expires_at(&self) -> Timestamp {
        Timestamp(self.expires)
    }

    /// The tagged encoding of everything but the signature.
    pub fn signed_bytes(&self) -> Vec<u8> {
        message(|w| {
            w.text(1, &self.format);
            w.text(2, self.village.digits());
            w.text(3, &self.village_name);
            w.text(4, self.regency.digits());
            w.text(5, &self.regency_name);
            w.text(6, &self.url);
            w.text(7, &self.authority_pem);
            w.bytes(8, &self.district_key.to_bytes());
            w.bytes(9, &self.token.0);
            w.int(10, self.expires);
            w.int(11, i64::from(self.utc_offset_hours));
            w.list(
                12,
                self.regulations.iter().map(|regulation| message(|w| write_regulation(w, regulation))),
            );
        })
    }
}

/// A device asks to be let in. JSON; the device's key signs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EnrolRequest {
    pub token: Token,
    #[serde(serialize_with = "write_code", deserialize_with = "read_village")]
    pub village: VillageCode,
    /// 32 hexadecimal digits.
    pub device: String,
    pub device_key: PublicKey,
    /// The device's shared series, 32 hexadecimal digits.
    pub series: String,
    /// Milliseconds since 1970-01-01 UTC by the device's clock.
    pub sent_at: i64,
    /// By `device_key` over [`EnrolRequest::signed_bytes`]: whoever enrols holds that key.
    pub signature: Signature,
}

impl EnrolRequest {
    pub fn sign(
        token: Token,
        village: VillageCode,
        device: DeviceId,
        series: SeriesId,
        sent_at: Timestamp,
        key: &SigningKey,
    ) -> Self {
        let mut request = Self {
            token,
            village,
            device: device.to_string(),
            device_key: key.public(),
            series: series.to_string(),
            sent_at: sent_at.millis(),
            signature: Signature::from_bytes([0; 64]),
        };
        request.signature = key.sign(Purpose::Request, &request.signed_bytes());
        request
    }

    /// Signature, device and series.
    pub fn verify(&self) -> Result<(DeviceId, SeriesId), BadSignature> {
        self.device_key.verify(Purpose::Request, &self.signed_bytes(), &self.signature)?;
        let device = self.device.parse().map_err(|_| BadSignature)?;
        let series = self.series.parse().map_err(|_| BadSignature)?;
        Ok((device, series))
    }

    /// Tagged; the first field keeps it apart from an exchange request, which starts with a version.
    pub fn signed_bytes(&self) -> Vec<u8> {
        message(|w| {
            w.text(1, "payung-enrol/1");
            w.bytes(2, &self.token.0);
            w.text(3, self.village.digits());
            w.text(4, &self.device);
            w.bytes(5, &self.device_key.to_bytes());
            w.text(6, &self.series);
            w.int(7, self.sent_at);
        })
    }
}

/// The district let the device in. JSON.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EnrolAnswer {
    /// The district's clock in milliseconds.
    pub at: i64,
    pub district_key: PublicKey,
    /// The series of the district's decisions for this village, 32 hexadecimal digits.
    pub decisions: String,
}

fn write_regulation(w: &mut Writer, regulation: &RegulationFile) {
    w.text(1, &regulation.id);
    w.text(2, &regulation.toml);
    w.bytes(3, &regulation.signature.to_bytes());
}

/// A file that begins like ours but is no JSON was cut off on its way.
fn damaged_or_foreign(bytes: &[u8]) -> EnrolmentFileError {
    let start = String::from_utf8_lossy(&bytes[..bytes.len().min(200)]);
    if start.contains("payung-enrolment/") {
        damaged("akhir berkas")
    } else {
        EnrolmentFileError::NotEnrolment
    }
}

/// Reads part by part, so that the first one that cannot be read is named.
fn part_by_part(value: &Value) -> Result<EnrolmentFile, EnrolmentFileError> {
    Ok(EnrolmentFile {
        format: part(value, "format")?,
        village: code(value, "village", VillageCode::parse)?,
        village_name: part(value, "village_name")?,
        regency: code(value, "regency", RegencyCode::parse)?,
        regency_name: part(value, "regency_name")?,
        url: part(value, "url")?,
        authority_pem: part(value, "authority_pem")?,
        district_key: part(value, "district_key")?,
        token: part(value, "token")?,
        expires: part(value, "expires")?,
        utc_offset_hours: part(value, "utc_offset_hours")?,
        regulations: part(value, "regulations")?,
        signature: part(value, "signature")?,
    })
}

fn part<T: DeserializeOwned>(value: &Value, name: &str) -> Result<T, EnrolmentFileError> {
    value.get(name).and_then(|part| T::deserialize(part).ok()).ok_or_else(|| damaged(name))
}

fn code<T>(
    value: &Value,
    name: &str,
    parse: impl Fn(&str) -> Result<T, RegionCodeError>,
) -> Result<T, EnrolmentFileError> {
    parse(&part::<String>(value, name)?).map_err(|_| damaged(name))
}

fn damaged(part: &str) -> EnrolmentFileError {
    EnrolmentFileError::Damaged(part.to_owned())
}

fn write_code<S: Serializer>(code: &impl fmt::Display, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(code)
}

fn read_village<'de, D: Deserializer<'de>>(deserializer: D) -> Result<VillageCode, D::Error> {
    VillageCode::parse(&String::deserialize(deserializer)?).map_err(|_| D::Error::custom("village"))
}
