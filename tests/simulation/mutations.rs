//! The net has to be able to catch: each of these breaks an invariant on purpose.

use crate::chance::Chance;
use crate::office::{Office, Path};
use payung_district::exchange::TurnedAway;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mutation {
    /// The district says *sudah sampai* before its commit, and then there is none.
    EarlyReceipt,
}

impl Mutation {
    pub const ALL: [Self; 1] = [Self::EarlyReceipt];

    /// A district that does it wrong.
    pub fn answer(
        self,
        office: &mut Office,
        path: Path,
        request: &[u8],
        chance: &mut Chance,
    ) -> Result<Vec<u8>, TurnedAway> {
        match self {
            Self::EarlyReceipt => {
                let before = office.disk();
                let answer = office.answer(path, request);
                if chance.one_in(4) {
                    office.start_again_from(&before).expect("the district opens");
                }
                answer
            }
        }
    }
}
