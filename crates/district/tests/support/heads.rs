//! Heads of village and what they sign.

use super::Laptop;
use super::laptop::{regulation, today};
use payung_domain::{CivilDate, MeteraiKind, MeteraiSerial, Timestamp, VillageCode};
use payung_journal::{EntityId, Event, Seal, SignedStatement, Stamp};
use payung_keys::{CmsSignature, HeadName, Purpose, Signature, SigningKey, cms_sign, self_issued, sha256};
use payung_seal::Summary;
use payung_system::SystemRandom;

pub struct Head {
    pub key: SigningKey,
    pub certificate: Vec<u8>,
}

impl Head {
    /// Introduced by that laptop.
    pub fn of(laptop: &mut Laptop) -> Self {
        let key = SigningKey::generate(&SystemRandom);
        let who = HeadName {
            name: "Kepala Contoh",
            title: "Kepala Desa",
            village: "Desa Contoh",
            regency: "Kabupaten Kebumen",
        };
        let certificate = self_issued(&key, &who, noon(2026, 11, 1)).unwrap();
        let (name, title) = (who.name.to_owned(), who.title.to_owned());
        laptop.write(Event::HeadKeyIntroduced { name, title, key: key.public() });
        Self { key, certificate }
    }

    pub fn fingerprint(&self) -> String {
        self.key.public().fingerprint()
    }

    /// As the program of today signs: over the PDF, with the CMS signature inside it.
    pub fn sealed(&self, number: &str, people: &[EntityId]) -> SignedStatement {
        let content = sha256(&[b"content", number.as_bytes()]);
        self.sealed_over(number, people, sha256(&[b"document", number.as_bytes()]), content)
    }

    pub fn sealed_over(
        &self,
        number: &str,
        people: &[EntityId],
        document: [u8; 32],
        content: [u8; 32],
    ) -> SignedStatement {
        let mut statement = statement(number, people);
        statement.document = document;
        statement.seal = Some(Seal {
            signature: self.cms(&document).signature,
            certificate: sha256(&[&self.certificate]),
            content,
        });
        statement.signed(&self.key)
    }

    pub fn cms(&self, digest: &[u8; 32]) -> CmsSignature {
        cms_sign(&self.key, &self.certificate, digest).unwrap()
    }

    /// The text of the code on the first page.
    pub fn code(&self, village: &str, number: &str, people: u32, content: [u8; 32]) -> String {
        let summary = Summary {
            content,
            village: VillageCode::parse(village).unwrap(),
            date: today(),
            people,
            number: number.to_owned(),
            signer: "Kepala Contoh".into(),
            key: self.key.public(),
        };
        let signature = self.key.sign(Purpose::Summary, &summary.to_sign());
        format!("{}/1", summary.text(&signature))
    }

    /// As the first program signed.
    pub fn plain(&self, number: &str, people: &[EntityId]) -> SignedStatement {
        statement(number, people).signed(&self.key)
    }
}

fn statement(number: &str, people: &[EntityId]) -> SignedStatement {
    SignedStatement {
        number: number.to_owned(),
        collective: people.len() > 1,
        signed_on: today(),
        people: people.iter().map(|person| (*person, *person)).collect(),
        struck: vec![],
        document: sha256(&[b"document", number.as_bytes()]),
        signer: "Kepala Contoh".into(),
        title: "Kepala Desa".into(),
        key: SigningKey::generate(&SystemRandom).public(),
        regulation: regulation(),
        office: "Pemerintah Desa Contoh".into(),
        signature: Signature::from_bytes([0; 64]),
        seal: None,
        replaces: Vec::new(),
    }
}

impl Laptop {
    pub fn sign(&mut self, statement: SignedStatement) -> EntityId {
        self.sign_at(noon(2026, 11, 20), statement)
    }

    pub fn sign_at(&mut self, at: Timestamp, statement: SignedStatement) -> EntityId {
        self.write_at(at, Event::StatementSigned { statement })
    }

    /// A paper stamp with that serial.
    pub fn stamp(&mut self, statement: EntityId, serial: &str) -> EntityId {
        let stamp = Stamp {
            kind: MeteraiKind::Paper,
            serial: MeteraiSerial::parse(serial).unwrap(),
            original_at: "Lemari arsip kantor desa".into(),
            evidence: vec![],
        };
        self.write(Event::StatementStamped { statement, on: today(), stamp: Some(stamp) })
    }

    pub fn withdraw(&mut self, statement: EntityId) -> EntityId {
        self.write(Event::StatementWithdrawn { statement, on: today(), reason: "Salah nama".into() })
    }
}

/// Noon in Kebumen.
pub fn noon(year: i32, month: u32, day: u32) -> Timestamp {
    let day = CivilDate::new(year, month, day).unwrap();
    Timestamp(day.days_since_epoch() * 86_400_000 + 5 * 3_600_000)
}
