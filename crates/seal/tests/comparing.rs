//! Which sheets of a statement came back.

mod support;

use payung_keys::Purpose;
use payung_seal::{ScanReport, ScanVerdict, ScannedPage, Sheet, Summary, compare_scans};
use support::{key, summary};

fn sheet(summary: &Summary, page: u32) -> Option<Sheet> {
    let signature = key(1).sign(Purpose::Summary, &summary.to_sign());
    Some(Sheet { summary: summary.clone(), signature, page })
}

fn verdict(sheets: Vec<Option<Sheet>>, pages: u32) -> ScanVerdict {
    let pages_read = sheets
        .into_iter()
        .enumerate()
        .map(|(index, sheet)| ScannedPage {
            file: "pindai.pdf".into(),
            page_in_file: index as u32 + 1,
            sheet,
        })
        .collect();
    compare_scans(&ScanReport { pages: pages_read }, &summary().content, pages)
}

#[test]
fn all_pages_in_any_order_are_complete() {
    let own = summary();
    assert_eq!(verdict(vec![sheet(&own, 2), sheet(&own, 1)], 2), ScanVerdict::Complete);
    assert_eq!(
        verdict(vec![sheet(&own, 1), None, sheet(&own, 2), sheet(&own, 2)], 2),
        ScanVerdict::Complete,
        "a blank back and a sheet scanned twice"
    );
}

#[test]
fn what_is_not_there_is_named() {
    let own = summary();
    assert_eq!(verdict(vec![sheet(&own, 2)], 3), ScanVerdict::Missing { pages: vec![1, 3] });
    assert_eq!(verdict(vec![sheet(&own, 2), None], 3), ScanVerdict::Unread { count: 1, missing: vec![1, 3] });
    assert_eq!(verdict(vec![], 1), ScanVerdict::Missing { pages: vec![1] });
}

#[test]
fn another_statements_sheet_is_refused_by_its_number() {
    let own = summary();
    let other = Summary { content: [1; 32], number: "400/9".into(), ..summary() };
    assert_eq!(
        verdict(vec![sheet(&own, 1), sheet(&other, 2)], 2),
        ScanVerdict::Foreign {
            file: "pindai.pdf".into(),
            page: 2,
            number: "400/9".into(),
            village: "33.05.01.2001".into()
        }
    );
}

#[test]
fn a_forged_or_impossible_page_counts_as_not_read() {
    let own = summary();
    let forged = Sheet { summary: Summary { people: 1, ..own.clone() }, ..sheet(&own, 2).expect("sheet") };
    let unread = ScanVerdict::Unread { count: 1, missing: vec![2] };
    assert_eq!(verdict(vec![sheet(&own, 1), Some(forged)], 2), unread);
    assert_eq!(verdict(vec![sheet(&own, 1), sheet(&own, 3)], 2), unread);
}
