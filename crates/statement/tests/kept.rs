//! A page is kept as JSON and printed again years later.

mod support;

use payung_statement::{Paper, Replaced, StatementPage, render};
use support::{QR, date, emblem, kebumen, kelurahan, klungkung, strokes};

#[test]
fn a_kept_page_prints_the_same_bytes() {
    let full = StatementPage {
        paper: Paper::F4,
        emblem: Some(emblem()),
        qr: Some(QR.into()),
        copy: true,
        replaces: vec![Replaced { number: "400/1".into(), date: date(2026, 10, 1) }],
        drawn_signature: Some(strokes()),
        ..kelurahan()
    };
    for page in [full, kebumen(3, true), klungkung(2, true)] {
        let json = serde_json::to_string(&page).expect("JSON");
        let read: StatementPage = serde_json::from_str(&json).expect("the page");
        assert!(read == page, "every value comes back");
        assert_eq!(
            render(&read).expect("a statement").bytes,
            render(&page).expect("a statement").bytes,
            "and prints the same"
        );
    }
}

/// A page as it was kept by the first version that kept any, without what came later.
const KEPT: &str = r#"{"office":{"regency":"Kabupaten Kebumen","district":"Kecamatan Ayah","village_kind":"desa",
"village":"Karangduwur","address":null},"kind":"surat_pernyataan","number":"400/1","collective":false,"head":{"name":
"Sutarno","title":"Kepala Desa","nip":null},"place":"Karangduwur","date":"2026-11-21","regulation":{"citation":
"Peraturan Bupati Kebumen Nomor 56 Tahun 2024","article":"Pasal 10","draft":false},"people":[{"number":1,"name":
"Wagiman","nik":"3305010202680001","birth_place":null,"birth_date":"1968-02-02","age_years":58,"occupation":
"Buruh tani","workplace":"Sawah","since":"1991","address":null}],"drawn_signature":[[{"x":1.5,"y":2.0,"pressure":0.5,
"time_ms":0},{"x":9.0,"y":4.0,"pressure":0.25,"time_ms":12}]],"stamp_box":true,"demo":false}"#;

#[test]
fn a_page_kept_earlier_is_still_read() {
    let page: StatementPage = serde_json::from_str(KEPT).expect("a page kept by an earlier version");
    assert_eq!((page.paper, page.copy, page.qr.as_deref()), (Paper::A4, false, None));
    assert!(page.emblem.is_none() && page.replaces.is_empty());
    assert_eq!(page.date, date(2026, 11, 21));
    let pdf = render(&page).expect("a statement");
    assert_eq!(pdf.pages, 1);
    let mut without: serde_json::Value = serde_json::to_value(&page).expect("JSON");
    let added = ["paper", "emblem", "qr", "copy", "replaces"];
    let object = without.as_object_mut().expect("an object");
    assert!(added.iter().all(|name| object.remove(*name).is_some()), "added since, each with a default");
    assert_eq!(without, serde_json::from_str::<serde_json::Value>(KEPT).expect("JSON"), "the rest as it was");
}

#[test]
fn a_broken_page_is_refused_whole() {
    for (from, to) in [
        ("2026-11-21", "2026-13-21"),
        ("\"desa\"", "\"nagari\""),
        ("surat_pernyataan", "surat_lain"),
        ("\"demo\":false", "\"demo\":false,\"emblem\":\"xyz\""),
        ("\"demo\":false", "\"demo\":false,\"paper\":\"letter\""),
    ] {
        let broken = KEPT.replace(from, to);
        assert_ne!(broken, KEPT, "{from} stands in the page");
        assert!(serde_json::from_str::<StatementPage>(&broken).is_err(), "{to}");
    }
}
