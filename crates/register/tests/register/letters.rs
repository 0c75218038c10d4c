//! A letter's way through the register: prepared, frozen as a real PDF with an empty signature, signed, stamped.

use crate::harness::{HEAD_SECRET, Village};
use payung_domain::{CivilDate, MeteraiKind};
use payung_journal::{Entry, Event, SignedStatement};
use payung_keys::sha256;
use payung_register::{HeadSession, NewFile, NewStamp, Op, PersonId, RegisterError, StatementId};
use payung_seal::{Place, Room, digest_outside, make_room};
use std::fmt::Write;

pub const NUMBER: &str = "470/1/2026";
pub const SERIAL: &str = "A1B2C3D4E5F6G7H89";

/// One page with the number on it and a classic cross-reference table.
pub fn small_pdf(words: &str) -> Vec<u8> {
    let content = format!("BT /F1 12 Tf 72 720 Td ({words}) Tj ET");
    let objects = [
        "<</Type/Catalog/Pages 2 0 R/Lang(id-ID)>>".to_owned(),
        "<</Type/Pages/Kids[3 0 R]/Count 1>>".to_owned(),
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>"
            .to_owned(),
        format!("<</Length {}>>\nstream\n{content}\nendstream", content.len()),
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>".to_owned(),
    ];
    let mut text = "%PDF-1.7\n".to_owned();
    let mut table = "0000000000 65535 f \n".to_owned();
    for (number, object) in (1..).zip(&objects) {
        writeln!(table, "{:010} 00000 n ", text.len()).expect("text");
        write!(text, "{number} 0 obj\n{object}\nendobj\n").expect("text");
    }
    let start = text.len();
    let size = objects.len() + 1;
    let id = "<00112233445566778899aabbccddeeff>";
    write!(text, "xref\n0 {size}\n{table}trailer\n<</Size {size}/Root 1 0 R/ID[{id}{id}]>>\nstartxref\n{start}\n%%EOF\n")
        .expect("text");
    text.into_bytes()
}

/// The same file with an empty incremental update behind it, as a later signer's program leaves one.
pub fn grown_pdf(pdf: &[u8]) -> Vec<u8> {
    let mark = b"startxref\n";
    let at = pdf.windows(mark.len()).rposition(|window| window == mark).expect("a mark") + mark.len();
    let digits: String =
        pdf[at..].iter().take_while(|byte| byte.is_ascii_digit()).map(|byte| char::from(*byte)).collect();
    let start = pdf.len();
    let update = format!(
        "xref\n0 1\n0000000000 65535 f \ntrailer\n<</Size 9/Root 1 0 R/Prev {digits}>>\nstartxref\n{start}\n%%EOF\n"
    );
    [pdf, update.as_bytes()].concat()
}

pub fn content() -> [u8; 32] {
    sha256(&[b"statement.json"])
}

/// Everything that `Op::Freeze` asks for, as the desktop makes it.
pub struct Sheets {
    pub room: Room,
    pub on: CivilDate,
    pub strokes: Vec<u8>,
    pub certificate: Vec<u8>,
}

impl Sheets {
    pub fn op<'a>(self, head: &'a HeadSession, statement: StatementId) -> Op<'a> {
        Op::Freeze {
            head,
            statement,
            room: self.room,
            page: "{\"number\":\"470/1/2026\"}".to_owned(),
            pages: 1,
            content: content(),
            strokes: self.strokes,
            on: self.on,
            certificate: self.certificate,
        }
    }
}

impl Village {
    pub fn prepare(&mut self, people: &[PersonId]) -> StatementId {
        let number = NUMBER.to_owned();
        let op = Op::PrepareStatement { people: people.to_vec(), collective: true, number };
        self.transact(op).expect("listed").statement.expect("a statement")
    }

    pub fn today(&self) -> CivilDate {
        self.now().civil_date(self.regulation().utc_offset)
    }

    pub fn sheets(&self, head: &HeadSession, statement: StatementId) -> Sheets {
        let place = Place {
            signer: head.name().to_owned(),
            title: head.title().to_owned(),
            reason: "Surat Pernyataan".to_owned(),
            location: "Contoh".to_owned(),
            at: self.now(),
            utc_offset: self.regulation().utc_offset,
        };
        let pdf = small_pdf(&format!("Surat {}", statement.0));
        Sheets {
            room: make_room(&pdf, &place).expect("room for a signature"),
            on: self.today(),
            strokes: b"strokes".to_vec(),
            certificate: self.certificate_for(head).expect("a certificate"),
        }
    }

    pub fn freeze(&mut self, head: &HeadSession, statement: StatementId) {
        let sheets = self.sheets(head, statement);
        self.transact(sheets.op(head, statement)).expect("frozen");
    }

    /// Signs what is frozen, as the window shows it.
    pub fn sign(&mut self, head: &HeadSession, statement: StatementId) -> Result<(), RegisterError> {
        self.sign_with(head, HEAD_SECRET, statement)
    }

    pub fn sign_with(
        &mut self,
        head: &HeadSession,
        secret: &str,
        statement: StatementId,
    ) -> Result<(), RegisterError> {
        let shown = self.statement(statement)?.digest.unwrap_or_default();
        self.transact(Op::Sign { head, secret, statement, shown }).map(|_| ())
    }

    pub fn signed(&mut self, people: &[PersonId]) -> StatementId {
        let statement = self.prepare(people);
        let head = self.head();
        self.freeze(&head, statement);
        self.sign(&head, statement).expect("signed");
        statement
    }

    pub fn stamp(&mut self, statement: StatementId, serial: &str) -> Result<(), RegisterError> {
        let stamp = scanned(serial, self.today());
        self.transact(Op::RecordStamp { statement, stamp }).map(|_| ())
    }

    /// Entries of the shared series, oldest first.
    pub fn shared_events(&self) -> Vec<Event> {
        let shared = self.shared_series().expect("series");
        let frame = self.frame_after(shared.series, 0, 2_000).expect("read").expect("entries");
        let bodies = frame.entries.iter().filter_map(|entry| entry.body());
        bodies.map(|body| Entry::decode(body).expect("an entry").event).collect()
    }

    /// The newest signed statement of the journal.
    pub fn signed_entry(&self) -> SignedStatement {
        let newest = self.shared_events().into_iter().rev().find_map(|event| match event {
            Event::StatementSigned { statement } => Some(statement),
            _ => None,
        });
        newest.expect("a signed statement")
    }

    /// The digest of the document kept, outside the place of its signature.
    pub fn kept_digest(&self, statement: StatementId) -> [u8; 32] {
        let bytes = self.statement_document(statement).expect("read").expect("a document");
        let opening = b"/Contents<";
        let start = bytes.windows(opening.len()).position(|window| window == opening).expect("a place")
            + opening.len();
        let length = bytes[start..].iter().position(|byte| *byte == b'>').expect("its end");
        digest_outside(&bytes, start..start + length)
    }
}

/// A paper stamp with one photo.
pub fn scanned(serial: &str, on: CivilDate) -> NewStamp {
    let mut photo = vec![0xff, 0xd8, 0xff, 0xe0];
    photo.extend_from_slice(serial.as_bytes());
    NewStamp {
        kind: MeteraiKind::Paper,
        serial: serial.to_owned(),
        on,
        original_at: "Map pernyataan 2026, lemari arsip".to_owned(),
        files: vec![NewFile { name: "foto.jpg".to_owned(), media: "image/jpeg".to_owned(), bytes: photo }],
        note: String::new(),
        original: None,
    }
}
