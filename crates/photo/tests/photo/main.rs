//! Photos as clerks make them, from pictures drawn here: nobody's card.

mod bad_input;
mod card;
mod glyphs;
mod life;
mod readable;
