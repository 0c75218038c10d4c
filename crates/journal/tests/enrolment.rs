//! The enrolment file as a clerk meets it: good, foreign, damaged, changed.

mod support;

use payung_domain::RegencyCode;
use payung_journal::*;
use payung_keys::Signature;
use support::*;

fn file() -> EnrolmentFile {
    EnrolmentFile {
        format: ENROLMENT_FORMAT.to_owned(),
        village: village(),
        village_name: "Contoh".to_owned(),
        regency: RegencyCode::parse("33.05").unwrap(),
        regency_name: "Kebumen".to_owned(),
        url: "https://127.0.0.1:8443".to_owned(),
        authority_pem: "-----BEGIN CERTIFICATE-----".to_owned(),
        district_key: district_key().public(),
        token: Token::generate(&Seeded::new(30)),
        expires: NOW.millis(),
        utc_offset_hours: 7,
        regulations: vec![
            RegulationFile::sign("a", "id = \"a\"\n", &district_key()),
            RegulationFile::sign("b", "id = \"b\"\n", &district_key()),
        ],
        signature: Signature::from_bytes([0; 64]),
    }
    .signed(&district_key())
}

fn edited(edit: impl FnOnce(&mut serde_json::Value)) -> Result<EnrolmentFile, EnrolmentFileError> {
    let mut value: serde_json::Value = serde_json::from_str(&file().to_json()).unwrap();
    edit(&mut value);
    EnrolmentFile::parse(value.to_string().as_bytes())
}

#[test]
fn a_good_file_is_read_also_as_other_programs_leave_it() {
    let json = file().to_json();
    assert_eq!(EnrolmentFile::parse(json.as_bytes()), Ok(file()));
    let marked = [b"\xef\xbb\xbf", json.replace('\n', "\r\n").as_bytes()].concat();
    assert_eq!(EnrolmentFile::parse(&marked), Ok(file()), "saved again by a Windows editor");
    let later = edited(|value| value["note"] = "from a later version".into());
    assert_eq!(later, Ok(file()), "an unknown part is passed over");
}

#[test]
fn other_files_are_named_as_such() {
    for other in ["", "nik,nama\n", "{}", "[]", "null", "{\"format\":\"lain/1\"}", "\u{0}\u{1}"] {
        assert_eq!(
            EnrolmentFile::parse(other.as_bytes()),
            Err(EnrolmentFileError::NotEnrolment),
            "{other:?}"
        );
    }
    let newer = edited(|value| value["format"] = "payung-enrolment/2".into());
    assert_eq!(newer, Err(EnrolmentFileError::Newer));
    let large = vec![b' '; ENROLMENT_BYTES_MAX + 1];
    assert_eq!(EnrolmentFile::parse(&large), Err(EnrolmentFileError::TooLarge));
}

#[test]
fn a_damaged_part_is_named() {
    let json = file().to_json();
    let cut = EnrolmentFile::parse(&json.as_bytes()[..json.len() / 2]);
    assert_eq!(cut, Err(EnrolmentFileError::Damaged("akhir berkas".to_owned())));
    for part in ["village", "url", "token", "district_key", "regulations", "signature", "expires"] {
        let missing = edited(|value| {
            value.as_object_mut().unwrap().remove(part);
        });
        assert_eq!(missing, Err(EnrolmentFileError::Damaged(part.to_owned())));
        let wrong = edited(|value| value[part] = serde_json::Value::Bool(true));
        assert_eq!(wrong, Err(EnrolmentFileError::Damaged(part.to_owned())));
    }
    let words = EnrolmentFileError::Damaged("token".to_owned()).to_string();
    assert!(words.contains("bagian token") && words.contains("petugas kabupaten"), "{words}");
}

#[test]
fn every_change_is_found() {
    for (part, to) in [
        ("village", "33.05.01.2002"),
        ("village_name", "Lain"),
        ("regency", "33.06"),
        ("regency_name", "Lain"),
        ("url", "https://127.0.0.2:8443"),
        ("authority_pem", "x"),
        ("token", "00000000000000000000000000000000"),
    ] {
        assert_eq!(edited(|value| value[part] = to.into()), Err(EnrolmentFileError::Changed), "{part}");
    }
    assert_eq!(edited(|value| value["expires"] = 1.into()), Err(EnrolmentFileError::Changed));
    assert_eq!(edited(|value| value["utc_offset_hours"] = 8.into()), Err(EnrolmentFileError::Changed));
    let toml = edited(|value| value["regulations"][0]["toml"] = "id = \"x\"".into());
    assert_eq!(toml, Err(EnrolmentFileError::Changed));
    let dropped = edited(|value| {
        value["regulations"].as_array_mut().unwrap().pop();
    });
    assert_eq!(dropped, Err(EnrolmentFileError::Changed));
}

/// A file signed as a whole, but with a regulation that the district never signed.
#[test]
fn a_regulation_needs_its_own_signature() {
    let mut file = file();
    file.regulations[0].toml.push('#');
    let file = file.signed(&district_key());
    assert_eq!(EnrolmentFile::parse(file.to_json().as_bytes()), Err(EnrolmentFileError::Changed));
}

#[test]
fn the_token_is_not_shown() {
    let file = file();
    let token = serde_json::to_string(&file.token).unwrap();
    assert!(!format!("{file:?}").contains(token.trim_matches('"')));
    assert_ne!(&file.token.digest()[..16], &file.token.to_bytes());
}

#[test]
fn an_enrol_request_proves_its_key() {
    let device = DeviceId::generate(&Seeded::new(20));
    let good = EnrolRequest::sign(file().token, village(), device, series(), NOW, &device_key());
    assert_eq!(good.verify(), Ok((device, series())));
    let stolen = EnrolRequest { device_key: district_key().public(), ..good.clone() };
    assert!(stolen.verify().is_err(), "another key under the same signature");
    let moved = EnrolRequest { series: "00".repeat(16), ..good };
    assert!(moved.verify().is_err());
}
