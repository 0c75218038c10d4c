//! What the tests of this room share.
#![allow(dead_code, reason = "each test file uses its part")]

use payung_domain::{CivilDate, Randomness, Timestamp, UtcOffset, VillageCode};
use payung_keys::SigningKey;
use payung_seal::{Place, Summary};

/// Bytes that repeat: the same key every time.
struct Fixed(u8);

impl Randomness for Fixed {
    fn fill(&self, bytes: &mut [u8]) {
        bytes.fill(self.0);
    }
}

pub fn key(number: u8) -> SigningKey {
    SigningKey::generate(&Fixed(number))
}

/// 21 November 2026, 10.15 WIB.
pub const NOW: Timestamp = Timestamp(1_795_230_900_000);

pub fn place() -> Place {
    Place {
        signer: "Sutarno Wiryawan".into(),
        title: "Kepala Desa Karangduwur".into(),
        reason: "Surat Pernyataan Nomor 400.5.2/017/2008/XI/2026".into(),
        location: "Karangduwur".into(),
        at: NOW,
        utc_offset: UtcOffset { hours: 7 },
    }
}

pub fn summary() -> Summary {
    Summary {
        content: [0x5a; 32],
        village: VillageCode::parse("33.05.01.2001").expect("code"),
        date: CivilDate::new(2026, 11, 21).expect("date"),
        people: 47,
        number: "400.5.2/017/2001/XI/2026".into(),
        signer: "Sutarno Wiryawan".into(),
        key: key(1).public(),
    }
}

/// A small PDF of one page with a classic cross-reference table, as the statement room writes it.
pub fn small_pdf() -> Vec<u8> {
    let objects = [
        "<</Type/Catalog/Pages 2 0 R/Lang(id-ID)>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<<>>>>",
        "<</Length 13>>\nstream\n0 0 m 9 9 l S\nendstream",
        "<</Title(Surat)>>",
    ];
    let mut bytes = b"%PDF-1.7\n%\xc3\xa9\xc3\xa8\n".to_vec();
    let mut offsets = Vec::new();
    for (index, object) in objects.iter().enumerate() {
        offsets.push(bytes.len());
        bytes.extend_from_slice(format!("{} 0 obj\n{object}\nendobj\n", index + 1).as_bytes());
    }
    let xref = bytes.len();
    bytes.extend_from_slice(format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).as_bytes());
    for offset in offsets {
        bytes.extend_from_slice(format!("{offset:010} 00000 n \n").as_bytes());
    }
    bytes.extend_from_slice(
        format!(
            "trailer\n<</Size {}/Root 1 0 R/Info 5 0 R/ID[<0102><0102>]>>\nstartxref\n{xref}\n%%EOF",
            objects.len() + 1
        )
        .as_bytes(),
    );
    bytes
}
