//! What is carried by hand between the village, the district and another laptop.

use crate::convert;
use crate::convert::photos::size_words;
use crate::dto::{
    BackupDone, BackupPreview, BundleTaken, BundleWritten, CommandError, DeviceView, JoinVillage,
    NewRegister, NewRegisterDone, RestoreDone, Stage, StageReason,
};
use crate::error::Answered;
use crate::state::Payung;
use payung_domain::{Figure, UtcOffset};
use payung_journal::TrailKind;
use payung_register::{KnownDevice, Op, Register, RegisterError, RevokedDevice, SeriesState};
use payung_sync::SyncError;
use std::path::PathBuf;

pub const BUNDLE_ENDINGS: &[&str] = &["payungusb"];
pub const BACKUP_ENDINGS: &[&str] = &["payung-cadangan"];

/// It says what the file is: the next one of this laptop.
pub async fn bundle_name(payung: &Payung) -> Answered<String> {
    payung
        .with(|register| {
            let next = register.next_bundle()?.ok_or(SyncError::NotEnrolled)?;
            Ok(next.file_name())
        })
        .await
}

/// For this village and this day.
pub async fn backup_name(payung: &Payung) -> Answered<String> {
    payung
        .with(|register| {
            let today = convert::people::village_today(register);
            Ok(format!("Cadangan {} {today}.{}", register.village().code, BACKUP_ENDINGS[0]))
        })
        .await
}

/// Everything that waits as one file. Nothing of it counts as arrived before its answer.
pub async fn export_bundle(payung: &Payung, path: PathBuf) -> Answered<BundleWritten> {
    let path = with_ending(path, BUNDLE_ENDINGS);
    let facts = payung.with(move |register| Ok(payung_sync::export_bundle(register, &path)?)).await?;
    Ok(BundleWritten {
        path: facts.path.to_string_lossy().into_owned(),
        bytes: facts.bytes,
        entries: convert::count(facts.entries),
        photos: convert::count(facts.attachments),
        words: facts.words,
    })
}

pub async fn import_bundle(payung: &Payung, path: PathBuf) -> Answered<BundleTaken> {
    let taken = payung.write(move |register| Ok(payung_sync::import_bundle(register, &path)?)).await?;
    let mut words = taken.words;
    for mended in &taken.healed {
        words.push(' ');
        words.push_str(mended);
    }
    Ok(BundleTaken {
        words,
        received_entries: convert::count(taken.entries_received),
        arrived_entries: convert::count(taken.entries_confirmed),
        photos: convert::count(taken.attachments_sent + taken.attachments_received),
        compared: taken.compared,
    })
}

/// This laptop first.
pub fn devices(register: &Register) -> Answered<Vec<DeviceView>> {
    let series = register.village_series()?;
    let revoked = register.revoked_devices()?;
    let this_revoked = revoked.iter().any(|device| device.this);
    let known = register.devices()?;
    let offset = register.regulation().utc_offset;
    let named = known.iter().map(|device| device_view(device, &series, device.this && this_revoked));
    // The district names a device by an id of its own: whose series it wrote is not always known here.
    let others = revoked.iter().filter(|device| !device.this).map(|device| revoked_view(device, offset));
    Ok(named.chain(others).collect())
}

fn revoked_view(device: &RevokedDevice, offset: UtcOffset) -> DeviceView {
    let sign = last_four(&device.device.to_string());
    let why = if device.note.trim().is_empty() { String::new() } else { format!(": {}", device.note.trim()) };
    DeviceView {
        name: format!("Laptop yang dicabut (…{sign})"),
        sign,
        own: false,
        entries: 0,
        arrived_entries: 0,
        last_entry_at: None,
        revoked: true,
        words: crate::error::sentence(&format!(
            "dicabut kabupaten {} oleh {}{why}",
            device.at.civil_date(offset).in_words(),
            device.officer
        )),
    }
}

/// By these people tell laptops apart.
fn last_four(digits: &str) -> String {
    digits.get(digits.len().saturating_sub(4)..).unwrap_or_default().to_owned()
}

fn device_view(device: &KnownDevice, series: &[SeriesState], revoked: bool) -> DeviceView {
    let own: Vec<&SeriesState> =
        series.iter().filter(|known| device.series.contains(&known.series)).collect();
    let entries: u64 = own.iter().map(|known| known.seq).sum();
    let arrived: u64 = own.iter().map(|known| known.held_seq.min(known.seq)).sum();
    let sign = device.series.last().map(|series| last_four(&series.to_string())).unwrap_or_default();
    let words = match (revoked, entries - arrived) {
        (true, _) => "Laptop ini dicabut kabupaten: tidak ada lagi yang diterima darinya.".to_owned(),
        (false, 0) => "Semua catatannya sudah sampai di kabupaten.".to_owned(),
        (false, waiting) => format!("{} catatannya belum diketahui sampai di kabupaten.", Figure(waiting)),
    };
    DeviceView {
        sign,
        name: crate::error::sentence(&device.words).trim_end_matches('.').to_owned(),
        own: device.this,
        entries: convert::count(entries),
        arrived_entries: convert::count(arrived),
        last_entry_at: device.last_entry_at.map(payung_domain::Timestamp::millis),
        revoked,
        words,
    }
}

/// Everything as one file, encrypted as the register is.
pub async fn backup(payung: &Payung, path: PathBuf) -> Answered<BackupDone> {
    let path = with_ending(path, BACKUP_ENDINGS);
    let facts = payung
        .with(move |register| {
            let facts = register.backup(&path)?;
            let note = "cadangan register disimpan".to_owned();
            register.transact(Op::Trail { what: TrailKind::Exported, person: None, note })?;
            Ok(facts)
        })
        .await?;
    payung.prefer(|preferences| preferences.last_backup = Some(facts.made_at.millis()));
    payung.courier.written();
    Ok(BackupDone {
        words: format!(
            "Cadangan tersimpan dan sudah dibaca ulang: {} catatan, {}. Simpan di tempat lain, jangan bersama laptop ini. \
             Untuk memulihkannya perlu kata sandi Anda atau kode pemulihan.",
            facts.entries,
            size_words(facts.bytes)
        ),
        path: facts.path.to_string_lossy().into_owned(),
        bytes: facts.bytes,
        at: facts.made_at.millis(),
    })
}

/// A name typed without its ending gets it: by it the file is found again.
fn with_ending(path: PathBuf, endings: &[&str]) -> PathBuf {
    let Some(ending) = endings.first() else { return path };
    if path.extension().is_some_and(|found| found == *ending) {
        return path;
    }
    let mut name = path.into_os_string();
    name.push(".");
    name.push(ending);
    name.into()
}

pub async fn backup_preview(path: PathBuf) -> Answered<BackupPreview> {
    let shown = path.to_string_lossy().into_owned();
    let look = tokio::task::spawn_blocking(move || Register::read_backup(&path));
    let facts = look.await.map_err(|_| CommandError::broken())??;
    Ok(BackupPreview {
        path: shown,
        village_name: convert::village::with_kind(facts.code.kind(), &facts.village),
        made_at: facts.made_at.millis(),
        bytes: facts.bytes,
        people: facts.people.into_iter().map(|person| person.name).collect(),
        words: format!(
            "Cadangan ini utuh: {} catatan. Yang dibuat sesudahnya dan sudah sampai di kabupaten diambil kembali dari \
             kabupaten.",
            facts.entries
        ),
    })
}

/// Only into a folder without a register.
pub async fn restore(payung: &Payung, path: PathBuf) -> Answered<RestoreDone> {
    let folder = payung.folder.clone();
    let put = tokio::task::spawn_blocking(move || {
        if Register::exists(&folder) {
            return Err(RegisterError::AlreadyExists);
        }
        Register::restore(&path, &folder)
    });
    let facts = put.await.map_err(|_| CommandError::broken())??;
    let name = convert::village::with_kind(facts.code.kind(), &facts.village);
    let words = format!(
        "Register {name} sudah dipulihkan. Buka dengan kata sandi yang berlaku saat cadangan dibuat, atau dengan kode \
         pemulihan; sesudah itu lakukan sinkronisasi."
    );
    payung.prefer(|preferences| preferences.village = Some(name));
    payung.say_stage(Stage::Locked, StageReason::Asked);
    Ok(RestoreDone { words })
}

/// The village and its regulation come from the district's file.
pub async fn join(payung: &Payung, join: JoinVillage) -> Answered<NewRegisterDone> {
    let file = convert::enrolment::read(&join.enrolment)?;
    let code = file.village;
    let usual = || code.usual_head_title().to_owned();
    let head_title = if join.head_title.trim().is_empty() { usual() } else { join.head_title };
    let new = NewRegister {
        village: code.to_string(),
        head_title,
        operators: join.operators,
        head: join.head,
        idle_minutes: join.idle_minutes,
        enrolment: None,
    };
    let setup = convert::enrolment::setup(new, Some(&file))?;
    let code = payung.open(move |folder, tools| Register::create(folder, &setup, tools)).await?;
    let kept = payung.courier.keep(&file);
    payung.courier.opened();
    Ok(NewRegisterDone {
        recovery_code: code.groups(),
        enrolment_problem: kept.err().map(|error| error.message),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::{News, tests};

    #[test]
    fn a_name_without_its_ending_gets_it() {
        let named = |path: &str| with_ending(PathBuf::from(path), BACKUP_ENDINGS);
        assert_eq!(named("/media/stik/desa"), PathBuf::from("/media/stik/desa.payung-cadangan"));
        assert_eq!(named("/media/v1.2"), PathBuf::from("/media/v1.2.payung-cadangan"));
        assert_eq!(named("/a.payung-cadangan"), PathBuf::from("/a.payung-cadangan"));
    }

    #[tokio::test]
    async fn a_backup_comes_back_into_an_empty_folder_and_opens_with_the_old_secret() {
        let (old, fresh) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let (payung, _heard) = tests::payung(old.path());
        tests::set_up(&payung).await;
        let person = |register: &mut Register| {
            register
                .transact(Op::NewDraft { values: convert::people::new_values(register.village().code) })?;
            Ok(())
        };
        payung.write(person).await.unwrap();
        let done = backup(&payung, old.path().join("desa")).await.unwrap();
        assert!(done.path.ends_with("desa.payung-cadangan") && done.bytes > 0, "{done:?}");
        assert_eq!(payung.preferences().last_backup, Some(done.at), "for the page that asks for it");
        let refused = restore(&payung, done.path.clone().into()).await.unwrap_err();
        assert!(!refused.message.is_empty(), "never over a register");

        let preview = backup_preview(done.path.clone().into()).await.unwrap();
        assert_eq!(preview.village_name, "Desa Argopeni");
        assert!(preview.people.contains(&"Siti Aminah".to_owned()));
        let (laptop, heard) = tests::payung(fresh.path());
        restore(&laptop, done.path.into()).await.unwrap();
        assert_eq!(laptop.stage().await, Stage::Locked);
        assert!(
            heard.try_iter().any(|news| matches!(news, News::Stage(Stage::Locked, _))),
            "the window hears it"
        );
        let opened =
            laptop.open(|folder, tools| Ok((Register::unlock(folder, 1, tests::SECRET, tools)?, ()))).await;
        opened.unwrap();
        assert_eq!(laptop.with(|register| Ok(register.counts().total)).await.unwrap(), 1);
    }

    #[tokio::test]
    async fn what_is_no_backup_is_told_and_leaves_the_folder_empty() {
        let folder = tempfile::tempdir().unwrap();
        let (payung, _heard) = tests::payung(folder.path());
        let file = folder.path().join("foto.payung-cadangan");
        std::fs::write(&file, b"bukan cadangan").unwrap();
        assert!(backup_preview(file.clone()).await.unwrap_err().message.contains("bukan cadangan Payung"));
        assert!(restore(&payung, file).await.is_err());
        assert_eq!(payung.stage().await, Stage::Setup);
    }

    #[tokio::test]
    async fn this_laptop_stands_first_in_the_list() {
        let folder = tempfile::tempdir().unwrap();
        let (payung, _heard) = tests::payung(folder.path());
        tests::set_up(&payung).await;
        let found = payung.with(|register| devices(register)).await.unwrap();
        assert_eq!(found.len(), 1);
        assert!(found[0].own && !found[0].revoked && found[0].name == "Laptop ini", "{found:?}");
        assert_eq!(found[0].sign.len(), 4);
    }
}
