//! The oracle's own books: what clerks were told is saved, kept apart from every register and from the district.

use payung_domain::VillageCode;
use std::collections::BTreeMap;

/// How often a body is somewhere.
pub type Bodies = BTreeMap<Vec<u8>, usize>;

/// A word that occurs in exactly one entry of the whole world.
pub type Token = String;

#[derive(Default)]
pub struct Ledger {
    tokens: u64,
    edits: BTreeMap<Token, Edit>,
    bodies: BTreeMap<Vec<u8>, Body>,
    photos: BTreeMap<[u8; 32], Photo>,
}

/// A photo that a clerk was told is kept.
#[derive(Clone, Debug)]
pub struct Photo {
    pub village: VillageCode,
    pub bytes: Vec<u8>,
    /// No disk holds it any more.
    pub lost: bool,
    /// Somebody may have taken it away, with this word for a reason.
    pub removals: Vec<Token>,
}

/// One thing that a clerk did to a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// The release that began the person.
    pub person: Token,
    /// In whose place it stands: what the clerk saw.
    pub bases: Vec<Token>,
    pub ends: bool,
}

/// The body of an entry that travels, as the register wrote it.
#[derive(Clone, Copy, Debug)]
pub struct Body {
    pub village: VillageCode,
    /// The only disk that held it is gone, so that it need not arrive.
    pub lost: bool,
}

impl Ledger {
    pub fn token(&mut self) -> Token {
        self.tokens += 1;
        format!("tanda-{:05}.", self.tokens)
    }

    /// A clerk asked for it. Whether it was saved shows when its token is found in a body.
    pub fn edit(&mut self, token: &Token, edit: Edit) {
        self.edits.insert(token.clone(), edit);
    }

    pub fn edits(&self) -> &BTreeMap<Token, Edit> {
        &self.edits
    }

    /// A register says that it wrote this.
    pub fn body(&mut self, village: VillageCode, body: Vec<u8>) {
        self.bodies.entry(body).or_insert(Body { village, lost: false });
    }

    pub fn bodies(&self) -> &BTreeMap<Vec<u8>, Body> {
        &self.bodies
    }

    pub fn photo(&mut self, village: VillageCode, digest: [u8; 32], bytes: Vec<u8>) {
        self.photos.insert(digest, Photo { village, bytes, lost: false, removals: Vec::new() });
    }

    pub fn photos(&mut self) -> &mut BTreeMap<[u8; 32], Photo> {
        &mut self.photos
    }

    /// Disks were lost or found again: what none of the places left holds may be gone for ever.
    pub fn left(&mut self, left: &Bodies) -> usize {
        for (body, known) in &mut self.bodies {
            known.lost = !left.contains_key(body);
        }
        self.bodies.values().filter(|body| body.lost).count()
    }
}

/// The tokens in a text.
pub fn tokens(bytes: &[u8]) -> Vec<Token> {
    let text = String::from_utf8_lossy(bytes);
    let found = text.match_indices("tanda-").filter_map(|(at, _)| text.get(at..at + 12));
    found.filter(|word| word.ends_with('.')).map(str::to_owned).collect()
}
