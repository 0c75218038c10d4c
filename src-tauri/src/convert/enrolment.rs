//! The district's file, and everything a new register is made from.

use crate::dto::{
    CommandError, EnrolmentDone, EnrolmentPreview, EnrolmentSource, NewPerson, NewRegister, SyncOutcome,
};
use crate::error::Answered;
use payung_domain::{Timestamp, VillageCode};
use payung_journal::EnrolmentFile;
use payung_register::{NewPerson as Person, Role, Setup};
use payung_sync::SyncError;
use std::io::Read;
use zeroize::Zeroizing;

/// Reads and verifies; a file too large to be one is not read to its end.
pub fn read(source: &EnrolmentSource) -> Answered<EnrolmentFile> {
    let bytes = match (&source.text, &source.path) {
        (Some(text), _) => text.clone().into_bytes(),
        (None, Some(path)) => read_file(path)?,
        (None, None) => {
            return Err(CommandError::invalid("enrolment", "Pilih berkas pendaftaran dari kabupaten."));
        }
    };
    Ok(EnrolmentFile::parse(&bytes)?)
}

fn read_file(path: &str) -> Answered<Vec<u8>> {
    let unreadable = |_| {
        CommandError::invalid(
            "enrolment",
            "Berkas ini tidak dapat dibuka. Periksa nama dan tempatnya, lalu pilih lagi.",
        )
    };
    let mut bytes = Vec::new();
    let file = std::fs::File::open(path.trim()).map_err(unreadable)?;
    file.take(payung_journal::ENROLMENT_BYTES_MAX as u64 + 1).read_to_end(&mut bytes).map_err(unreadable)?;
    Ok(bytes)
}

pub fn preview(file: &EnrolmentFile, own: Option<VillageCode>, now: Timestamp) -> EnrolmentPreview {
    let titles = file.regulations.iter().map(|kept| {
        payung_regulation::Regulation::parse(&format!("{}.toml", kept.id), &kept.toml)
            .map_or_else(|_| kept.id.clone(), |regulation| regulation.title)
    });
    EnrolmentPreview {
        village_code: file.village.to_string(),
        village_name: file.village_name.clone(),
        regency_name: file.regency_name.clone(),
        url: file.url.clone(),
        fingerprint: file.district_key.fingerprint(),
        expires_at: file.expires,
        expired: file.expires_at() < now,
        fits: own.is_none_or(|own| own == file.village),
        regulations: titles.collect(),
    }
}

/// The village's name and what lies above it come from the region list, never from typing.
pub fn setup(new: NewRegister, file: Option<&EnrolmentFile>) -> Answered<Setup> {
    let unknown = || CommandError::invalid("village", "Pilih desa atau kelurahan dari daftar.");
    let village = VillageCode::parse(&new.village).map_err(|_| unknown())?;
    let place = payung_regions::place(village).ok_or_else(unknown)?;
    if let Some(file) = file
        && file.village != village
    {
        let words = format!(
            "Berkas pendaftaran ini untuk {} ({}), bukan untuk desa yang dipilih.",
            file.village_name, file.village
        );
        return Err(CommandError::invalid("enrolment", words));
    }
    let regulations = file.map(|file| &file.regulations).into_iter().flatten();
    let operators = new.operators.into_iter().map(|person| named(person, Role::Operator));
    Ok(Setup {
        village,
        village_name: place.village.name,
        district_name: place.district.name,
        regency_name: place.regency.name,
        head_title: new.head_title,
        regulations: regulations.map(|kept| (format!("{}.toml", kept.id), kept.toml.clone())).collect(),
        people: operators.chain(new.head.map(|person| named(person, Role::Head))).collect(),
        idle_lock_minutes: new.idle_minutes,
    })
}

fn named(person: NewPerson, role: Role) -> Person {
    Person { name: person.name, role, secret: Zeroizing::new(person.secret) }
}

pub fn done(enrolled: bool, went: &Result<SyncOutcome, SyncError>) -> EnrolmentDone {
    let words = match (enrolled, went) {
        (true, Ok(outcome)) => format!("Desa ini sudah terhubung ke kabupaten. {}", outcome.words),
        (true, Err(error)) => format!("Desa ini sudah terhubung ke kabupaten. {error}"),
        (false, Err(SyncError::Offline)) => {
            "Berkas tersimpan. Desa ini terhubung sendiri begitu ada internet.".to_owned()
        }
        (false, Err(error)) => error.to_string(),
        (false, Ok(_)) => "Berkas tersimpan dan dipakai pada sinkronisasi berikutnya.".to_owned(),
    };
    EnrolmentDone { enrolled, words }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn new_register(village: &str) -> NewRegister {
        let person = |name: &str| NewPerson { name: name.to_owned(), secret: "padi sawah kuning".to_owned() };
        NewRegister {
            village: village.to_owned(),
            head_title: "Kepala Desa".to_owned(),
            operators: vec![person("Siti Aminah")],
            head: Some(person("Harjo Sumarto")),
            idle_minutes: 10,
            enrolment: None,
        }
    }

    #[test]
    fn names_come_from_the_region_list() {
        let setup = setup(new_register("3305012001"), None).unwrap();
        assert_eq!(setup.village.to_string(), "33.05.01.2001");
        assert_eq!((setup.district_name.as_str(), setup.regency_name.as_str()), ("Ayah", "Kebumen"));
        let roles: Vec<Role> = setup.people.iter().map(|person| person.role).collect();
        assert_eq!(roles, [Role::Operator, Role::Head]);
    }

    #[test]
    fn a_village_outside_the_list_is_refused_at_its_field() {
        let error = setup(new_register("99.99.99.9999"), None).unwrap_err();
        assert_eq!(error.fields[0].field, "village");
    }

    #[test]
    fn what_is_no_enrolment_file_is_said_so() {
        let read_text = |text: &str| read(&EnrolmentSource { path: None, text: Some(text.to_owned()) });
        assert!(read_text("{}").unwrap_err().message.contains("bukan berkas pendaftaran"));
        assert!(read(&EnrolmentSource { path: None, text: None }).is_err());
        let missing = EnrolmentSource { path: Some("/tidak/ada".to_owned()), text: None };
        assert!(read(&missing).unwrap_err().message.contains("tidak dapat dibuka"));
    }

    #[test]
    fn without_internet_the_file_waits() {
        let done = done(false, &Err(SyncError::Offline));
        assert!(!done.enrolled && done.words.contains("begitu ada internet"), "{}", done.words);
    }
}
