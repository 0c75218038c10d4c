//! What to send next, and how much. Pure: from what this register has and what the district says it holds.

use payung_journal::{Head, Position};

/// Entries in one request. A request of this size is some 100 kB on the line.
pub const ENTRIES_PER_REQUEST: u64 = 2_000;

/// The smallest page, entries: some 2 kB on the line.
const PAGE_MIN: u64 = 32;

/// How many entries go into one request. A line that breaks within every large request still lets small ones through.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Page(u64);

impl Default for Page {
    fn default() -> Self {
        Self(ENTRIES_PER_REQUEST)
    }
}

impl Page {
    pub fn entries(self) -> u64 {
        self.0
    }

    /// The line broke before a page was over.
    pub fn shrink(&mut self) {
        self.0 = (self.0 / 4).max(PAGE_MIN);
    }

    /// A page went through.
    pub fn grow(&mut self) {
        self.0 = (self.0 * 2).min(ENTRIES_PER_REQUEST);
    }
}

/// The next step of an exchange.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Send entries after this one. Nothing to send is also a step: it asks for answers.
    SendAfter(u64),
    /// The district holds an entry that this register does not have, or another one at the same place: a restored copy.
    Forked { seq: u64 },
}

/// Starts from what the district really has (it may have been restored itself), not from what it once receipted.
/// `head_at_held` is this register's own head at the place where the district stands, if it reaches so far.
pub fn next_step(own: Position, held: Option<Position>, receipted: u64, head_at_held: Option<Head>) -> Step {
    match held {
        None => Step::SendAfter(receipted.min(own.seq)),
        Some(held) if held.seq == 0 => Step::SendAfter(0),
        Some(held) if head_at_held == Some(held.head) => Step::SendAfter(held.seq),
        Some(held) => Step::Forked { seq: held.seq },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use payung_journal::SeriesId;

    const SERIES: SeriesId = SeriesId([7; 16]);

    fn place(seq: u64, head: u8) -> Position {
        Position { series: SERIES, seq, head: Head([head; 32]) }
    }

    #[test]
    fn a_page_shrinks_on_a_line_that_breaks_and_grows_again() {
        let mut page = Page::default();
        let sizes: Vec<u64> = (0..5)
            .map(|_| {
                page.shrink();
                page.entries()
            })
            .collect();
        assert_eq!(sizes, [500, 125, 32, 32, 32]);
        (0..9).for_each(|_| page.grow());
        assert_eq!(page, Page::default());
    }

    #[test]
    fn before_the_first_answer_the_receipts_say_where_to_go_on() {
        assert_eq!(next_step(place(9, 9), None, 4, None), Step::SendAfter(4));
        assert_eq!(next_step(place(9, 9), None, 0, None), Step::SendAfter(0));
    }

    #[test]
    fn what_the_district_holds_counts_for_more_than_old_receipts() {
        let restored_district = place(3, 3);
        assert_eq!(
            next_step(place(9, 9), Some(restored_district), 8, Some(Head([3; 32]))),
            Step::SendAfter(3)
        );
        assert_eq!(
            next_step(place(9, 9), Some(place(0, 0)), 8, None),
            Step::SendAfter(0),
            "an empty district gets all"
        );
    }

    #[test]
    fn a_head_that_is_not_ours_is_a_fork_and_nothing_is_sent() {
        assert_eq!(
            next_step(place(9, 9), Some(place(5, 5)), 5, Some(Head([6; 32]))),
            Step::Forked { seq: 5 }
        );
        assert_eq!(
            next_step(place(9, 9), Some(place(12, 1)), 9, None),
            Step::Forked { seq: 12 },
            "a restored copy"
        );
    }
}
