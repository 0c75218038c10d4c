//! An officer decides, beside the running server, with the program itself.

use crate::support::{AYAH, Laptop, ROWOKELE, Scene, people};
use payung_domain::{Answer, Field};
use std::process::{Command, Output};

const NIK: &str = "3305011506850001";

fn program(scene: &Scene, command: &str, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_payung-district"))
        .arg(command)
        .arg("--data")
        .arg(scene.data())
        .args(arguments)
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

async fn sync(scene: &Scene, laptop: &mut Laptop) {
    let answer = scene.exchange(laptop.bytes()).await;
    laptop.learn(&answer, &scene.office().key().public());
}

#[tokio::test(flavor = "multi_thread")]
async fn an_officer_decides_while_the_server_runs_and_the_village_learns_it() {
    let scene = Scene::kebumen().await;
    let mut laptop = scene.laptop(AYAH).await;
    let person = laptop.release(people::farmer(AYAH, 1));
    sync(&scene, &mut laptop).await;

    let decide = |more: &[&str]| program(&scene, "decide", &[&["--nik", NIK], more].concat());
    let refusing = ["--outcome", "tidak-memenuhi-syarat", "--officer", "Rina"];
    assert!(refused(&decide(&refusing)).contains("perlu alasan"));
    assert!(refused(&decide(&["--outcome", "lolos"])).contains("--officer"));
    assert!(refused(&decide(&["--outcome", "mungkin", "--officer", "Rina"])).contains("lolos"));
    assert!(
        refused(&program(
            &scene,
            "decide",
            &["--nik", "3305011506859999", "--outcome", "lolos", "--officer", "Rina"]
        ))
        .contains("Tidak ada")
    );

    let said = done(&decide(&["--outcome", "lolos", "--officer", "Rina"]));
    assert!(said.contains("lolos verifikasi") && said.contains("belum berarti ditetapkan"), "{said}");
    sync(&scene, &mut laptop).await;
    assert_eq!(laptop.answer(person).unwrap().0, Answer::Passed);

    done(&decide(&[&refusing[..], &["--reason", "Sudah menjadi karyawan"]].concat()));
    sync(&scene, &mut laptop).await;
    let (answer, reasons) = laptop.answer(person).unwrap();
    assert_eq!((answer, reasons[0].message.as_str()), (Answer::NotEligible, "Sudah menjadi karyawan"));

    let corrected = laptop.correct(person, person, &[(Field::Workplace, "Sawah Lor")]);
    sync(&scene, &mut laptop).await;
    assert_eq!(laptop.answer(corrected).unwrap().0, Answer::Arrived, "a new version is looked at anew");
    sync(&scene, &mut laptop).await;
    assert_eq!(laptop.decisions.len(), 5, "opening, arrived, passed, not eligible, arrived: nothing twice");
}

#[tokio::test(flavor = "multi_thread")]
async fn several_holders_are_listed_and_turning_one_down_lets_the_other_go_on() {
    let scene = Scene::kebumen().await;
    let (mut first, mut second) = (scene.laptop(AYAH).await, scene.laptop(ROWOKELE).await);
    let here = first.release(people::farmer(AYAH, 1));
    sync(&scene, &mut first).await;
    let there = second.release(people::farmer(ROWOKELE, 1));
    sync(&scene, &mut second).await;

    let pass = ["--outcome", "lolos", "--officer", "Rina"];
    let several = refused(&program(&scene, "decide", &[&["--nik", NIK], &pass[..]].concat()));
    assert!(several.contains(&here.to_string()) && several.contains(&there.to_string()), "{several}");
    let held = program(&scene, "decide", &[&["--nik", NIK, "--village", ROWOKELE], &pass[..]].concat());
    assert!(refused(&held).contains("masih dipegang"));

    let list = done(&program(&scene, "decide", &["--list", "--format", "json"]));
    let list: serde_json::Value = serde_json::from_str(&list).unwrap();
    assert_eq!(
        (list[0]["state"].as_str(), list[1]["state"].as_str()),
        (Some("arrived"), Some("duplicate_nik"))
    );
    assert_eq!((list[1]["nik"].as_str(), list[1]["village"].as_str()), (Some(NIK), Some(ROWOKELE)));

    let turn_down = ["--outcome", "tidak-memenuhi-syarat", "--reason", "Pindah", "--officer", "Rina"];
    done(&program(&scene, "decide", &[&["--person", &here.to_string()], &turn_down[..]].concat()));
    sync(&scene, &mut first).await;
    sync(&scene, &mut second).await;
    assert_eq!(first.answer(here).unwrap().0, Answer::NotEligible);
    assert_eq!(second.answer(there).unwrap().0, Answer::Arrived);

    let back = program(&scene, "decide", &[&["--person", &here.to_string()], &pass[..]].concat());
    assert!(refused(&back).contains("masih dipegang"), "the NIK has a holder now");
    done(&program(&scene, "decide", &[&["--person", &there.to_string()], &pass[..]].concat()));
    sync(&scene, &mut second).await;
    assert_eq!(second.answer(there).unwrap().0, Answer::Passed);
}

#[tokio::test(flavor = "multi_thread")]
async fn status_export_and_the_other_orders_speak_plainly() {
    let scene = Scene::kebumen().await;
    let mut laptop = scene.laptop(AYAH).await;
    laptop.release(people::farmer(AYAH, 1));
    sync(&scene, &mut laptop).await;
    let status: serde_json::Value =
        serde_json::from_str(&done(&program(&scene, "status", &["--format", "json"]))).unwrap();
    assert_eq!((status["people_total"].as_u64(), status["villages"].as_u64()), (Some(1), Some(1)));
    assert_eq!(status["people"]["sudah sampai di kabupaten"], 1);
    assert_eq!(status["by_village"][0]["name"], payung_regions::name_of(AYAH).unwrap());

    let out = scene.folder.path().join("semua.csv");
    done(&program(&scene, "export", &["--out", out.to_str().unwrap()]));
    let csv = std::fs::read_to_string(&out).unwrap();
    assert!(csv.contains(NIK) && csv.contains("sudah sampai di kabupaten"), "{csv}");
    assert!(!csv.contains("penghasilan") && !csv.contains("750000"), "specific data stays inside");

    assert!(done(&program(&scene, "regulation", &[])).contains("other_cover"));
    assert!(
        refused(&program(&scene, "init", &["--regency", "33.05", "--url", "https://a:1"]))
            .contains("tidak ditimpa")
    );
    assert!(refused(&program(&scene, "enrol", &["--village", AYAH])).contains("--out"));
    let file = scene.folder.path().join("desa.payung");
    done(&program(&scene, "enrol", &["--village", AYAH, "--out", file.to_str().unwrap()]));
    let twice = program(&scene, "enrol", &["--village", AYAH, "--out", file.to_str().unwrap()]);
    assert!(refused(&twice).contains("tidak ditimpa"));
    let nowhere = Command::new(env!("CARGO_BIN_EXE_payung-district"))
        .args(["status", "--data", "/nonexistent"])
        .output()
        .unwrap();
    assert!(refused(&nowhere).contains("payung-district init"));
}
