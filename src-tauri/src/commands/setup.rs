//! First set-up, the district's file, and opening the register.

use super::app::state;
use crate::convert;
use crate::dto::{
    AppState, CommandError, EnrolmentDone, EnrolmentPreview, EnrolmentSource, NewRegister, NewRegisterDone,
    PersonView, RecoveryUnlock, RegionLevel, RegionView, UnlockPage, VillageProposal,
};
use crate::error::Answered;
use crate::state::Here;
use payung_domain::VillageCode;
use payung_register::Register;
use tauri::AppHandle;
use zeroize::Zeroizing;

/// Most regions in one answer: a kecamatan has at most a few dozen villages.
const REGIONS_MAX: usize = 60;

/// Regions whose words begin with the query; villages need a parent.
#[tauri::command]
#[specta::specta]
pub async fn search_regions(
    level: RegionLevel,
    parent: Option<String>,
    query: String,
) -> Answered<Vec<RegionView>> {
    let search = move || convert::village::regions(level, parent.as_deref(), &query, REGIONS_MAX);
    tokio::task::spawn_blocking(search).await.map_err(|_| CommandError::broken())
}

/// Titles and regulation for a chosen village.
#[tauri::command]
#[specta::specta]
pub async fn propose_village(code: String) -> Answered<VillageProposal> {
    let code = village_code(&code)?;
    let place = payung_regions::place(code).ok_or_else(unknown_village)?;
    Ok(convert::village::proposal(code, place, payung_regulation::builtin_for(code.regency())))
}

/// Makes the register and opens it.
#[tauri::command]
#[specta::specta]
pub async fn create_register(payung: Here<'_>, register: NewRegister) -> Answered<NewRegisterDone> {
    let file = register.enrolment.as_ref().map(convert::enrolment::read).transpose()?;
    let setup = convert::enrolment::setup(register, file.as_ref())?;
    let code = payung.open(move |folder, tools| Register::create(folder, &setup, tools)).await?;
    let kept = file.map_or(Ok(()), |file| payung.courier.keep(&file));
    payung.courier.opened();
    Ok(NewRegisterDone {
        recovery_code: code.groups(),
        enrolment_problem: kept.err().map(|error| error.message),
    })
}

/// Lets the clerk choose the district's file; `null` when she closes the dialog.
#[tauri::command]
#[specta::specta]
pub async fn pick_enrolment_file(app: AppHandle) -> Answered<Option<String>> {
    super::dialogs::pick(app, "Berkas pendaftaran dari kabupaten", &["payung", "json"]).await
}

/// Reads the district's file without taking it.
#[tauri::command]
#[specta::specta]
pub async fn enrolment_preview(payung: Here<'_>, source: EnrolmentSource) -> Answered<EnrolmentPreview> {
    let file = convert::enrolment::read(&source)?;
    let own = payung.with(|register| Ok(register.village().code)).await.ok();
    Ok(convert::enrolment::preview(&file, own, payung.now()))
}

/// Takes the district's file and enrols at once when the district can be reached.
#[tauri::command]
#[specta::specta]
pub async fn enrol(payung: Here<'_>, source: EnrolmentSource) -> Answered<EnrolmentDone> {
    let file = convert::enrolment::read(&source)?;
    let asked = file.clone();
    payung.with(move |register| Ok(payung_sync::check_file(&asked, register)?)).await?;
    let went = payung.courier.enrol(&file).await?;
    let enrolled = payung.with(|register| Ok(register.enrolment()?.is_some())).await?;
    Ok(convert::enrolment::done(enrolled, &went))
}

/// Who can open this register.
#[tauri::command]
#[specta::specta]
pub async fn unlock_page(payung: Here<'_>) -> Answered<UnlockPage> {
    let people = Register::people(&payung.folder)?;
    let village_name = payung.preferences().village;
    Ok(UnlockPage { village_name, people: people.iter().map(PersonView::from).collect() })
}

#[tauri::command]
#[specta::specta]
pub async fn unlock(payung: Here<'_>, person_id: u32, secret: String) -> Answered<AppState> {
    let secret = Zeroizing::new(secret);
    payung.open(move |folder, tools| Ok((Register::unlock(folder, person_id, &secret, tools)?, ()))).await?;
    state(&payung).await
}

/// Opens with the paper code and gives that person a new secret.
#[tauri::command]
#[specta::specta]
pub async fn unlock_with_recovery(payung: Here<'_>, unlock: RecoveryUnlock) -> Answered<AppState> {
    let (code, new_secret) = (Zeroizing::new(unlock.code), Zeroizing::new(unlock.new_secret));
    let person = unlock.person_id;
    payung
        .open(move |folder, tools| {
            Ok((Register::unlock_with_recovery(folder, &code, person, &new_secret, tools)?, ()))
        })
        .await?;
    state(&payung).await
}

fn village_code(text: &str) -> Answered<VillageCode> {
    VillageCode::parse(text).map_err(|_| unknown_village())
}

fn unknown_village() -> CommandError {
    CommandError::invalid(
        "village",
        "Desa atau kelurahan ini tidak ada dalam daftar Kemendagri. Pilih dari daftar.",
    )
}
