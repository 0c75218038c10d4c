//! What the tests of this room share.
#![allow(dead_code, reason = "each test file uses its part")]

use payung_domain::{CivilDate, Randomness, Timestamp, UtcOffset, VillageCode};
use payung_keys::{HeadName, SigningKey, cms_sign, self_issued};
use payung_seal::{Knowledge, Place, Summary, fill, make_room};

/// Bytes that repeat: the same key every time.
struct Fixed(u8);

impl Randomness for Fixed {
    fn fill(&self, bytes: &mut [u8]) {
        bytes.fill(self.0);
    }
}

pub fn fixed(number: u8) -> impl Randomness {
    Fixed(number)
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

/// Objects as a PDF with a classic cross-reference table; the first is the catalog.
pub fn pdf_of(objects: &[Vec<u8>]) -> Vec<u8> {
    let mut bytes = b"%PDF-1.7\n%\xc3\xa9\xc3\xa8\n".to_vec();
    let mut offsets = Vec::new();
    for (index, object) in objects.iter().enumerate() {
        offsets.push(bytes.len());
        bytes.extend_from_slice(format!("{} 0 obj\n", index + 1).as_bytes());
        bytes.extend_from_slice(object);
        bytes.extend_from_slice(b"\nendobj\n");
    }
    let xref = bytes.len();
    bytes.extend_from_slice(format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).as_bytes());
    for offset in offsets {
        bytes.extend_from_slice(format!("{offset:010} 00000 n \n").as_bytes());
    }
    let size = objects.len() + 1;
    bytes.extend_from_slice(
        format!("trailer\n<</Size {size}/Root 1 0 R/ID[<0102><0102>]>>\nstartxref\n{xref}\n%%EOF").as_bytes(),
    );
    bytes
}

/// A small PDF of one page, as plain as the statement room's.
pub fn small_pdf() -> Vec<u8> {
    pdf_of(&[
        b"<</Type/Catalog/Pages 2 0 R/Lang(id-ID)>>".to_vec(),
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>".to_vec(),
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<<>>>>".to_vec(),
        stream("", b"0 0 m 9 9 l S"),
    ])
}

/// What a scanner writes: one JPEG a page.
pub fn picture_pdf(jpeg: &[u8], width: u32, height: u32, pages: usize) -> Vec<u8> {
    let kids: Vec<String> = (0..pages).map(|page| format!("{} 0 R", 5 + page)).collect();
    let mut objects = vec![
        b"<</Type/Catalog/Pages 2 0 R>>".to_vec(),
        format!("<</Type/Pages/Kids[{}]/Count {pages}>>", kids.join(" ")).into_bytes(),
        stream("", b"q 595 0 0 842 0 0 cm /Im0 Do Q"),
        stream(
            &format!(
                "/Type/XObject/Subtype/Image/Width {width}/Height {height}/ColorSpace/DeviceGray\
                 /BitsPerComponent 8/Filter/DCTDecode"
            ),
            jpeg,
        ),
    ];
    let page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 3 0 R\
                 /Resources<</XObject<</Im0 4 0 R>>>>>>";
    objects.extend(vec![page.to_vec(); pages]);
    pdf_of(&objects)
}

pub fn stream(dictionary: &str, content: &[u8]) -> Vec<u8> {
    let mut bytes = format!("<<{dictionary}/Length {}>>\nstream\n", content.len()).into_bytes();
    bytes.extend_from_slice(content);
    bytes.extend_from_slice(b"\nendstream");
    bytes
}

pub const WHO: HeadName<'static> = HeadName {
    name: "Sutarno Wiryawan",
    title: "Kepala Desa",
    village: "Desa Karangduwur",
    regency: "Kabupaten Kebumen",
};

/// The small PDF, signed with the head's own certificate.
pub fn signed() -> Signed {
    signed_over(&small_pdf())
}

pub struct Signed {
    pub bytes: Vec<u8>,
    pub gap: std::ops::Range<usize>,
}

pub fn signed_over(pdf: &[u8]) -> Signed {
    let room = make_room(pdf, &place()).expect("room");
    let certificate = self_issued(&key(1), &WHO, NOW).expect("certificate");
    let cms = cms_sign(&key(1), &certificate, &room.digest).expect("signature");
    let mut bytes = room.bytes;
    fill(&mut bytes, room.gap.clone(), &cms.der).expect("fits");
    Signed { bytes, gap: room.gap }
}

pub fn knowledge() -> Knowledge {
    Knowledge { now: NOW, ..Knowledge::default() }
}

/// Appends an incremental update with these objects.
pub fn updated(pdf: &[u8], objects: &[(u32, Vec<u8>)]) -> Vec<u8> {
    let text = String::from_utf8_lossy(pdf);
    let number = |after: &str| -> usize {
        let at = text.rfind(after).expect(after) + after.len();
        text[at..]
            .trim_start()
            .split(|c: char| !c.is_ascii_digit())
            .next()
            .and_then(|n| n.parse().ok())
            .expect(after)
    };
    let (previous, size) = (number("startxref"), number("/Size"));
    let most = objects.iter().map(|(id, _)| *id as usize + 1).max().unwrap_or(0).max(size);
    let mut bytes = pdf.to_vec();
    bytes.push(b'\n');
    let mut table = String::from("xref\n");
    for (id, object) in objects {
        table += &format!("{id} 1\n{:010} 00000 n \n", bytes.len());
        bytes.extend_from_slice(format!("{id} 0 obj\n").as_bytes());
        bytes.extend_from_slice(object);
        bytes.extend_from_slice(b"\nendobj\n");
    }
    let xref = bytes.len();
    bytes.extend_from_slice(table.as_bytes());
    bytes.extend_from_slice(
        format!("trailer\n<</Size {most}/Root 1 0 R/Prev {previous}>>\nstartxref\n{xref}\n%%EOF\n")
            .as_bytes(),
    );
    bytes
}

/// As zlib packs it.
pub fn deflated(bytes: &[u8]) -> Vec<u8> {
    let mut stream = lopdf::Stream::new(lopdf::Dictionary::new(), bytes.to_vec());
    stream.compress().expect("packs");
    stream.content
}
