//! The village's own population file, as OpenSID exports it.

use payung_tests::Village;
use payung_tests::programs::succeed;
use std::path::Path;

/// A made-up population in OpenSID's columns: codes, a person without a NIK, the end marker in the second column.
const POPULATION: &str = "\
alamat,dusun,rw,rt,nama,no_kk,nik,sex,tempatlahir,tanggallahir,pekerjaan_id,cacat_id,status_dasar,nama_ibu,id_asuransi
Jalan Sawah 1,KRAJAN,-,001,Suparmi Contoh,3305010101180011,3305015403790011,2,Kebumen,1979-03-14,20,7,1,Ibu Contoh,2
Jalan Sawah 2,KRAJAN,-,002,Kasno Contoh,3305010101180012,0,1,Kebumen,1961-05-20,9,7,1,Ibu Contoh,1
,###,,,,,,,,,,,,,
Jalan Sawah 3,KRAJAN,-,003,Sesudah Akhir,3305010101180013,3305011708710013,1,Kebumen,1971-08-17,9,7,1,Ibu Contoh,1
";

#[test]
fn an_opensid_population_becomes_drafts() {
    let folder = tempfile::tempdir().expect("folder");
    let village = Village::new(folder.path(), "33.05.01.2001");
    let file = folder.path().join("penduduk.csv");
    std::fs::write(&file, POPULATION).expect("population");
    succeed(village.command(&["import"]).arg(&file));
    assert_eq!(village.status()["people"]["draf"], 2, "nobody after the end marker: {}", village.status());
    assert_eq!(village.status()["entries"], 1, "drafts do not travel");

    let out = folder.path().join("out.csv");
    succeed(village.command(&["export"]).arg(&out));
    let written = std::fs::read_to_string(out).expect("export");
    assert!(written.contains("3305015403790011") && written.contains("buruh_tani"), "mapped");
    assert!(!written.contains("tidak_ada"), "health insurance (id_asuransi) never fills jaminan_lain");
}

/// The sample that OpenSID ships, where it lies beside the checkout. The made-up population above covers the same ground.
#[test]
fn the_sample_population_of_opensid_is_taken_whole() {
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/data/opensid/contoh_penduduk.xlsx");
    if !sample.is_file() {
        println!("no sample at {}: only the made-up population was read", sample.display());
        return;
    }
    let folder = tempfile::tempdir().expect("folder");
    let village = Village::new(folder.path(), "33.05.01.2001");
    succeed(village.command(&["import"]).arg(&sample));
    let status = village.status();
    let people: u64 = status["people"].as_object().expect("states").values().filter_map(|n| n.as_u64()).sum();
    assert_eq!(people, 97, "{status}");
    village.verify_journal();
}
