//! States, deliveries and ends under the names that the window knows.

use crate::dto::{AnswerKey, DeliveryKey, EndKindKey, StateKey};
use payung_domain::{Answer, Delivery, EndKind, State};

same!(State, StateKey,
    Draft => Draft, ReadyForStatement => ReadyForStatement, AwaitingSignature => AwaitingSignature,
    AwaitingStamp => AwaitingStamp, NotSent => NotSent, Arrived => Arrived, NeedsFix => NeedsFix,
    DuplicateNik => DuplicateNik, Passed => Passed, NotEligible => NotEligible, Ended => Ended, Cancelled => Cancelled,
);
same!(Delivery, DeliveryKey, Local => Local, NotSent => NotSent, Arrived => Arrived);
same!(EndKind, EndKindKey,
    Died => Meninggal, Moved => Pindah, Withdrew => MengundurkanDiri, Cancelled => Dibatalkan,
);

impl From<Answer> for AnswerKey {
    fn from(answer: Answer) -> Self {
        match answer {
            Answer::Arrived => Self::Arrived,
            Answer::NeedsFix => Self::NeedsFix,
            Answer::DuplicateNik => Self::DuplicateNik,
            Answer::Passed => Self::Passed,
            Answer::NotEligible => Self::NotEligible,
        }
    }
}

pub const fn answer_words(answer: Answer) -> &'static str {
    match answer {
        Answer::Arrived => State::Arrived.words(),
        Answer::NeedsFix => State::NeedsFix.words(),
        Answer::DuplicateNik => State::DuplicateNik.words(),
        Answer::Passed => State::Passed.words(),
        Answer::NotEligible => State::NotEligible.words(),
    }
}

pub const fn end_words(kind: EndKind) -> &'static str {
    match kind {
        EndKind::Died => "meninggal",
        EndKind::Moved => "pindah",
        EndKind::Withdrew => "mengundurkan diri",
        EndKind::Cancelled => "dibatalkan",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_window_and_the_domain_use_the_same_keys() {
        for state in State::ALL {
            let key = serde_json::to_value(StateKey::from(*state)).unwrap();
            assert_eq!(key, state.key(), "one key for a state everywhere");
            assert_eq!(State::from(StateKey::from(*state)), *state);
        }
        for kind in EndKind::ALL {
            let key = serde_json::to_value(EndKindKey::from(*kind)).unwrap();
            assert_eq!(key, kind.name());
        }
    }
}
