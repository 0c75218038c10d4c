//! What the district holds of a village, for whoever reads a round between both sides.

use crate::office::{Office, body};
use payung_district::store::SeriesRow;
use payung_domain::VillageCode;
use payung_journal::{Head, Known, Opened, RoundAnswer, RoundRequest, Seed, SeriesId, SignedRound};

pub struct Holdings<'o> {
    office: &'o Office,
    series: Vec<SeriesRow>,
}

impl<'o> Holdings<'o> {
    pub fn of(office: &'o Office, village: VillageCode) -> Self {
        let series = office.all_series(village);
        Self { office, series }
    }

    fn row(&self, series: SeriesId) -> Option<&SeriesRow> {
        self.series.iter().find(|row| row.id == series)
    }
}

impl Known for Holdings<'_> {
    fn series(&self) -> Vec<SeriesId> {
        self.series.iter().map(|row| row.id).collect()
    }

    fn head_at(&self, series: SeriesId, seq: u64) -> Option<Head> {
        self.office.head_at(self.row(series)?, seq)
    }

    fn seed(&self, series: SeriesId, stretch: u64) -> Option<Seed> {
        self.office.seed(self.row(series)?, stretch)
    }

    fn body(&self, series: SeriesId, seq: u64) -> Option<Vec<u8>> {
        body(self.office.entry(series, seq)?)
    }
}

/// A round as somebody reads it who knows what the district knows.
pub struct Overheard {
    pub village: VillageCode,
    pub request: RoundRequest,
    pub answer: RoundAnswer,
}

impl Overheard {
    /// `None` where both sides were not level, so that nothing but places was said.
    pub fn read(office: &Office, request: &[u8], answer: &[u8]) -> Option<Self> {
        let (village, request) = asked(office, request)?;
        let answer = RoundAnswer::decode(answer, &request, &Holdings::of(office, village)).ok()?;
        answer.stands.is_none().then_some(Self { village, request, answer })
    }

    /// An answer that says that nothing is new.
    pub fn silence(office: &Office) -> Vec<u8> {
        let nobody = Holdings { office, series: Vec::new() };
        RoundAnswer::new(office.district().now()).encode(None, &nobody)
    }

    pub fn encode(&self, office: &Office) -> Vec<u8> {
        self.answer.encode(Some(&self.request), &Holdings::of(office, self.village))
    }
}

/// What a signed round asks, where both sides are level.
pub fn asked(office: &Office, request: &[u8]) -> Option<(VillageCode, RoundRequest)> {
    let signed = SignedRound::from_bytes(request).ok()?;
    let village = office.village_of(signed.device().ok()?)?;
    match signed.open(&Holdings::of(office, village)).ok()? {
        Opened::Level(request) => Some((village, request)),
        Opened::NotLevel => None,
    }
}
