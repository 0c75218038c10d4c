//! An officer and the heads' keys, with the program itself.

use crate::support::heads::{Head, noon};
use crate::support::{AYAH, Laptop, ROWOKELE, Scene, people};
use payung_domain::{Answer, Clock, Timestamp, UtcOffset};
use payung_journal::{EntityId, Event};
use payung_keys::{PublicKey, certificate_facts};
use payung_system::SystemClock;
use std::path::Path;
use std::process::{Command, Output};

const SERIAL: &str = "A1B2C3D4E5F6G7H89";

fn program(scene: &Scene, arguments: &[&str]) -> Output {
    let (command, rest) = arguments.split_first().unwrap();
    Command::new(env!("CARGO_BIN_EXE_payung-district"))
        .arg(command)
        .args(rest)
        .arg("--data")
        .arg(scene.data())
        .output()
        .unwrap()
}

fn done(output: &Output) -> String {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn refused(output: &Output) -> String {
    assert_eq!(output.status.code(), Some(2), "{output:?}");
    String::from_utf8(output.stderr.clone()).unwrap()
}

fn openssl(arguments: &[&str], files: &[&Path]) -> String {
    let output = Command::new("openssl").args(arguments).args(files).output().unwrap();
    let said = [output.stdout, output.stderr].concat();
    let said = String::from_utf8_lossy(&said).into_owned();
    assert!(output.status.success(), "{said}");
    said
}

async fn sync(scene: &Scene, laptop: &mut Laptop) {
    let answer = scene.exchange(laptop.bytes()).await;
    laptop.learn(&answer, &scene.office().key().public());
}

fn list(scene: &Scene) -> serde_json::Value {
    serde_json::from_str(&done(&program(scene, &["head", "list", "--format", "json"]))).unwrap()
}

fn certify(scene: &Scene, village: &str, fingerprint: &str, more: &[&str]) -> Output {
    let order = ["head", "certify", "--village", village, "--fingerprint", fingerprint];
    program(scene, &[&order[..], more].concat())
}

/// A village whose head signed for one person.
async fn signed(scene: &Scene) -> (Laptop, Head, EntityId) {
    let mut laptop = scene.laptop(AYAH).await;
    let head = Head::of(&mut laptop);
    let person = laptop.release(people::farmer(AYAH, 1));
    let statement = laptop.sign(head.sealed("460/1", &[person]));
    laptop.stamp(statement, SERIAL);
    sync(scene, &mut laptop).await;
    (laptop, head, person)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_is_certified_by_its_whole_fingerprint_and_an_officers_name() {
    let scene = Scene::kebumen().await;
    let (mut laptop, head, _) = signed(&scene).await;
    let other = scene.laptop(ROWOKELE).await;
    let right = head.fingerprint();
    let waiting = list(&scene);
    assert_eq!(waiting.as_array().unwrap().len(), 1);
    assert_eq!(waiting[0]["state"], "waiting");
    assert_eq!(
        (waiting[0]["village"].as_str(), waiting[0]["title"].as_str()),
        (Some(AYAH), Some("Kepala Desa"))
    );
    assert_eq!(waiting[0]["fingerprint"].as_str(), Some(right.as_str()));
    assert_eq!(waiting[0]["key"].as_str(), Some(head.key.public().to_hex().as_str()));
    assert_eq!(waiting[0]["village_name"], payung_regions::name_of(AYAH).unwrap());
    assert!(waiting[0]["certificate"].is_null());

    let status = done(&program(&scene, &["status"]));
    assert!(status.contains("menunggu pengesahan: 1"), "{status}");

    let officer = ["--officer", "Rina"];
    let wrong =
        if right.starts_with('A') { right.replacen('A', "B", 1) } else { format!("A{}", &right[1..]) };
    let said = refused(&certify(&scene, AYAH, &wrong, &officer));
    assert!(said.contains("Jangan sahkan") && said.contains("sekali lagi"), "{said}");
    for part in [&right[..9], "", "A1B2-C3D4-E5F6-071G", &format!("{right}00")] {
        assert!(refused(&certify(&scene, AYAH, part, &officer)).contains("16 angka dan huruf"), "{part}");
    }
    assert!(refused(&certify(&scene, ROWOKELE, &right, &officer)).contains("belum mengirim kunci"));
    assert!(refused(&certify(&scene, "33.05.03.2001", &right, &officer)).contains("belum terdaftar"));
    assert!(refused(&certify(&scene, AYAH, &right, &[])).contains("--officer"));
    assert!(refused(&certify(&scene, AYAH, &right, &["--officer", "  "])).contains("--officer"));
    for until in ["2020-01-01", "2050-01-01", "2030-31-12", "besok"] {
        refused(&certify(&scene, AYAH, &right, &["--officer", "Rina", "--until", until]));
    }
    assert_eq!(list(&scene)[0]["state"], "waiting", "a refusal changes nothing");
    sync(&scene, &mut laptop).await;
    assert!(!laptop.decisions.iter().any(|event| matches!(event, Event::HeadCertified { .. })));

    let typed = right.to_lowercase().replace('-', " ");
    let said = done(&certify(&scene, AYAH, &typed, &officer));
    assert!(said.contains("Disahkan") && said.contains("Kepala Contoh"), "{said}");
    let again = done(&certify(&scene, AYAH, &right, &["--officer", "Budi"]));
    assert!(again.contains("sudah disahkan"), "{again}");
    let certified = list(&scene);
    assert_eq!(certified[0]["state"], "certified");
    assert_eq!(certified[0]["certificate"]["officer"], "Rina");
    let years = certified[0]["certificate"]["not_after"].as_str().unwrap()[..4].parse::<i32>().unwrap();
    let today = SystemClock.now().civil_date(UtcOffset { hours: 7 });
    assert_eq!(years, today.year() + 8, "a term of office");
    sync(&scene, &mut laptop).await;
    let certificates = laptop.decisions.iter().filter(|event| matches!(event, Event::HeadCertified { .. }));
    assert_eq!(certificates.count(), 1, "once");
    assert!(other.decisions.is_empty(), "and to its own village alone");
    assert!(done(&program(&scene, &["head", "list"])).contains("oleh Rina, berlaku sampai"));
}

#[tokio::test(flavor = "multi_thread")]
async fn openssl_agrees_on_certificate_and_list_of_the_revoked() {
    let scene = Scene::kebumen().await;
    let (mut laptop, head, _) = signed(&scene).await;
    let fingerprint = head.fingerprint();
    done(&certify(&scene, AYAH, &fingerprint, &["--officer", "Rina", "--until", "2040-12-31"]));
    sync(&scene, &mut laptop).await;
    let certificate = laptop.decisions.iter().find_map(|event| match event {
        Event::HeadCertified { certificate, .. } => Some(certificate.clone()),
        _ => None,
    });
    let certificate = certificate.unwrap();
    let facts = certificate_facts(&certificate).unwrap();
    assert_eq!(
        facts.not_after,
        Timestamp(noon(2041, 1, 1).millis() - 43_201_000),
        "the last second of the day"
    );
    let folder = scene.folder.path();
    let (root, leaf, crl) = (folder.join("akar.pem"), folder.join("kepala.der"), folder.join("dicabut.crl"));
    std::fs::write(&leaf, &certificate).unwrap();
    let said = done(&program(&scene, &["authority", "--out", root.to_str().unwrap()]));
    assert!(said.contains("SHA-256"), "{said}");
    let twice = program(&scene, &["authority", "--out", root.to_str().unwrap()]);
    assert!(refused(&twice).contains("tidak ditimpa"));
    openssl(&["verify", "-CAfile", root.to_str().unwrap()], &[&leaf]);

    let write = || done(&program(&scene, &["head", "crl", "--out", crl.to_str().unwrap()]));
    let read = || {
        let arguments =
            ["crl", "-inform", "DER", "-noout", "-text", "-CAfile", root.to_str().unwrap(), "-in"];
        openssl(&arguments, &[&crl])
    };
    write();
    assert!(read().contains("verify OK") && read().contains("No Revoked Certificates"));
    let revoke = ["head", "revoke", "--village", AYAH, "--fingerprint", &fingerprint, "--officer", "Rina"];
    done(&program(&scene, &[&revoke[..], &["--reason", "kunci-bocor", "--from", "2026-11-19"]].concat()));
    write();
    let said = read();
    assert!(said.contains("verify OK") && said.contains("Key Compromise"), "{said}");
    assert!(said.to_lowercase().contains(&facts.serial_hex()), "{said}");
    assert!(said.contains("Nov 18 17:00:00 2026 GMT"), "midnight in Kebumen: {said}");
    assert!(said.contains("CRL Number"), "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_is_revoked_with_a_reason_and_whoever_had_passed_is_named() {
    let scene = Scene::kebumen().await;
    let (mut laptop, head, person) = signed(&scene).await;
    let fingerprint = head.fingerprint();
    done(&certify(&scene, AYAH, &fingerprint, &["--officer", "Rina"]));
    let pass = ["decide", "--person", &person.to_string(), "--outcome", "lolos", "--officer", "Rina"];
    done(&program(&scene, &pass));
    let listed = done(&program(&scene, &["decide", "--list", "--format", "json"]));
    let listed: serde_json::Value = serde_json::from_str(&listed).unwrap();
    assert_eq!(listed[0]["statement"]["state"], "stamped");

    let revoke = |more: &[&str]| {
        let order = ["head", "revoke", "--village", AYAH, "--fingerprint", &fingerprint];
        program(&scene, &[&order[..], more].concat())
    };
    assert!(refused(&revoke(&["--reason", "kunci-bocor"])).contains("--officer"));
    assert!(refused(&revoke(&["--officer", "Rina"])).contains("--reason"));
    assert!(refused(&revoke(&["--officer", "Rina", "--reason", "bosan"])).contains("kunci-bocor"));
    let future = ["--officer", "Rina", "--reason", "kunci-bocor", "--from", "2045-01-01"];
    assert!(refused(&revoke(&future)).contains("sejak sekarang"));
    let said = done(&revoke(&["--officer", "Rina", "--reason", "jabatan-berakhir", "--from", "2026-11-01"]));
    assert!(said.contains("1 November 2026") && said.contains(&person.to_string()), "{said}");
    let again = revoke(&["--officer", "Budi", "--reason", "jabatan-berakhir"]);
    assert!(refused(&again).contains("sudah dicabut"));
    let sharper =
        ["--officer", "Rina", "--reason", "kunci-bocor", "--note", "Laptop dicuri", "--from", "2026-11-01"];
    done(&revoke(&sharper));
    let back = certify(&scene, AYAH, &fingerprint, &["--officer", "Rina"]);
    assert!(refused(&back).contains("kunci baru"));
    let listed = list(&scene);
    assert_eq!(
        (listed[0]["state"].as_str(), listed[0]["status"].as_str()),
        (Some("revoked"), Some("dicabut"))
    );
    assert_eq!(listed[0]["revocation"]["note"], "Laptop dicuri");
    sync(&scene, &mut laptop).await;
    assert_eq!(
        laptop.answer(person).unwrap().0,
        Answer::Passed,
        "what an officer decided an officer changes"
    );
    let revoked: Vec<PublicKey> = laptop
        .decisions
        .iter()
        .filter_map(|event| match event {
            Event::HeadRevoked { key, .. } => Some(*key),
            _ => None,
        })
        .collect();
    assert_eq!(revoked, [head.key.public(); 2]);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_folder_may_be_named_before_or_after_the_order() {
    let scene = Scene::kebumen().await;
    let data = scene.data();
    for arguments in [
        ["head", "--data", data.to_str().unwrap(), "list"],
        ["head", "list", "--data", data.to_str().unwrap()],
    ] {
        let output = Command::new(env!("CARGO_BIN_EXE_payung-district")).args(arguments).output().unwrap();
        assert!(done(&output).contains("Belum ada kunci"));
    }
    let nowhere =
        Command::new(env!("CARGO_BIN_EXE_payung-district")).args(["head", "list"]).output().unwrap();
    assert!(refused(&nowhere).contains("--data"));
}
