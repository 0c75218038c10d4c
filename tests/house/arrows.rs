//! Dependency arrows and fences, read from cargo's own metadata.

use cargo_metadata::{DependencyKind, Metadata, MetadataCommand, Package};
use std::collections::BTreeSet;

/// Every room and the rooms it may know. A room that is not listed fails the test.
const ARROWS: &[(&str, &[&str])] = &[
    ("domain", &[]),
    ("system", &["domain"]),
    ("regions", &["domain"]),
    ("keys", &["domain"]),
    ("regulation", &["domain"]),
    ("sheets", &["domain"]),
    ("journal", &["domain", "keys"]),
    ("photo", &[]),
    ("statement", &["domain", "keys"]),
    ("seal", &["domain", "keys"]),
    ("register", &["domain", "regulation", "journal", "keys", "seal"]),
    ("sync", &["domain", "journal", "keys", "register"]),
    ("district", &["domain", "system", "regions", "regulation", "journal", "keys", "seal", "sheets"]),
    (
        "desktop",
        &[
            "domain",
            "system",
            "regions",
            "regulation",
            "sheets",
            "keys",
            "journal",
            "statement",
            "seal",
            "photo",
            "register",
            "sync",
        ],
    ),
    (
        "cli",
        &[
            "domain",
            "system",
            "regions",
            "regulation",
            "sheets",
            "keys",
            "journal",
            "statement",
            "seal",
            "photo",
            "register",
            "sync",
        ],
    ),
];

/// Libraries that only these rooms may use.
const FENCES: &[(&str, &[&str])] = &[
    ("tauri", &["desktop"]),
    ("gtk", &["desktop"]),
    ("webkit2gtk", &["desktop"]),
    ("rusqlite", &["register", "district"]),
    ("axum", &["district"]),
    ("reqwest", &["sync"]),
    ("typst", &["statement"]),
    ("typst-pdf", &["statement"]),
    ("calamine", &["sheets"]),
    ("p256", &["keys"]),
    ("argon2", &["keys"]),
    ("chacha20poly1305", &["keys"]),
    ("hpke", &["keys"]),
    ("x509-cert", &["keys"]),
    ("cms", &["keys"]),
    ("ring", &["keys"]),
    ("lopdf", &["seal"]),
    ("hayro", &["seal"]),
    ("rqrr", &["seal", "statement"]),
    ("jpeg-encoder", &["photo"]),
    ("getrandom", &["system"]),
];

#[test]
fn rooms_know_only_the_rooms_they_may() {
    let metadata = metadata();
    let mut seen = BTreeSet::new();
    for package in rooms(&metadata) {
        let room = room_name(package);
        let (_, allowed) = ARROWS
            .iter()
            .find(|(name, _)| *name == room)
            .unwrap_or_else(|| panic!("the room {room} has no line in ARROWS: say what it may know"));
        for neighbour in used(package).filter_map(|name| name.strip_prefix("payung-")) {
            assert!(allowed.contains(&neighbour), "{room} must not know {neighbour}");
        }
        seen.insert(room.to_owned());
    }
    for (room, _) in ARROWS {
        assert!(seen.contains(*room), "ARROWS names {room}, which is no member of the workspace");
    }
}

#[test]
fn fenced_libraries_stay_in_their_rooms() {
    let metadata = metadata();
    for package in rooms(&metadata) {
        let room = room_name(package);
        for (library, allowed) in FENCES {
            let uses = used(package).any(|name| name == *library);
            assert!(
                !uses || allowed.contains(&room),
                "{room} must not use {library}: that belongs to {allowed:?}"
            );
        }
    }
}

#[test]
fn every_member_forbids_unsafe_code() {
    for package in rooms(&metadata()) {
        let manifest = std::fs::read_to_string(&package.manifest_path).expect("manifest");
        let inherits = manifest.contains("[lints]\nworkspace = true");
        let own = manifest.contains("unsafe_code = \"forbid\"");
        assert!(inherits || own, "{} does not forbid unsafe code", package.name);
    }
}

fn metadata() -> Metadata {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/../Cargo.toml");
    MetadataCommand::new().manifest_path(root).no_deps().exec().expect("cargo metadata")
}

fn rooms(metadata: &Metadata) -> Vec<&Package> {
    metadata.packages.iter().filter(|package| package.name.as_str() != "payung-tests").collect()
}

fn room_name(package: &Package) -> &str {
    package.name.as_str().strip_prefix("payung-").expect("every member is called payung-<room>")
}

/// What the room needs to run; what only its tests need is its own business.
fn used(package: &Package) -> impl Iterator<Item = &str> {
    package
        .dependencies
        .iter()
        .filter(|dependency| dependency.kind != DependencyKind::Development)
        .map(|dependency| dependency.name.as_str())
}
