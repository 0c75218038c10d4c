//! A PDF as small as one can be that still holds a statement: one page, and the data of the letter attached.

use super::heads::{Head, noon};
use payung_domain::UtcOffset;
use payung_keys::sha256;
use payung_seal::{Place, fill, make_room};

pub struct Paper {
    pub bytes: Vec<u8>,
    /// SHA-256 of what the signature covers.
    pub document: [u8; 32],
    /// SHA-256 of the attached data.
    pub content: [u8; 32],
}

/// The letter, signed by that head.
pub fn signed_paper(head: &Head, number: &str) -> Paper {
    let data = format!(
        r#"{{"format":"payung-statement/1","kind":"surat_pernyataan","number":"{number}","count":1,
            "people":[{{"number":1,"name":"Slamet Raharjo","nik":"330501******0001"}}]}}"#
    );
    let place = Place {
        signer: "Kepala Contoh".into(),
        title: "Kepala Desa".into(),
        reason: format!("Surat Pernyataan Nomor {number}"),
        location: "Argopeni".into(),
        at: noon(2026, 11, 20),
        utc_offset: UtcOffset { hours: 7 },
    };
    let room = make_room(&pdf(data.as_bytes()), &place).unwrap();
    let mut bytes = room.bytes;
    fill(&mut bytes, room.gap, &head.cms(&room.digest).der).unwrap();
    Paper { bytes, document: room.digest, content: sha256(&[data.as_bytes()]) }
}

fn pdf(data: &[u8]) -> Vec<u8> {
    let stream = |dictionary: &str, content: &[u8]| {
        let head = format!("<<{dictionary}/Length {}>>\nstream\n", content.len());
        [head.as_bytes(), content, b"\nendstream"].concat()
    };
    let objects = [
        b"<</Type/Catalog/Pages 2 0 R/Names<</EmbeddedFiles<</Names[(statement.json)5 0 R]>>>>>>".to_vec(),
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>".to_vec(),
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<<>>>>".to_vec(),
        stream("", b"0 0 m 9 9 l S"),
        b"<</Type/Filespec/F(statement.json)/UF(statement.json)/EF<</F 6 0 R>>>>".to_vec(),
        stream("/Type/EmbeddedFile", data),
    ];
    let mut bytes = b"%PDF-1.7\n".to_vec();
    let mut offsets = Vec::new();
    for (index, object) in objects.iter().enumerate() {
        offsets.push(format!("{:010} 00000 n \n", bytes.len()));
        bytes.extend([format!("{} 0 obj\n", index + 1).as_bytes(), object, b"\nendobj\n"].concat());
    }
    let (xref, size) = (bytes.len(), objects.len() + 1);
    let table = format!(
        "xref\n0 {size}\n0000000000 65535 f \n{}trailer\n<</Size {size}/Root 1 0 R/ID[<0102><0102>]>>\n\
         startxref\n{xref}\n%%EOF",
        offsets.concat()
    );
    bytes.extend(table.as_bytes());
    bytes
}
