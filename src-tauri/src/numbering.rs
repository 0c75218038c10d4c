//! Numbers of letters. The agenda is on paper; the program only proposes the next one, the clerk types.

use payung_domain::CivilDate;

const ROMAN: [&str; 12] = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"];
const NUMBER: &str = "{nomor}";
const YEAR: &str = "{tahun}";

/// How a village numbers its letters.
#[derive(Clone, Copy, Debug)]
pub struct Agenda<'a> {
    /// `{kode}/{nomor}/{kode_desa}/{bulan}/{tahun}`, or empty: then the newest number is counted up.
    pub pattern: &'a str,
    /// What `{kode}` stands for.
    pub code: &'a str,
    /// What `{kode_desa}` stands for.
    pub village: &'a str,
    pub today: CivilDate,
}

impl Agenda<'_> {
    /// The agenda starts anew each year where the year is part of the number.
    pub fn starts_anew_each_year(&self) -> bool {
        self.pattern.contains(YEAR)
    }

    /// The number after `newest`; empty where neither it nor the pattern says anything. `used` is how many letters this
    /// year has already.
    pub fn suggest(&self, newest: Option<&str>, used: u32) -> String {
        let pattern = self.pattern.trim();
        if pattern.is_empty() {
            return newest.map(|number| brought_to(&raised(number, 0, 1), self.today)).unwrap_or_default();
        }
        let last = newest.and_then(|number| {
            let (start, end) = self.run_in(number)?;
            number[start..end].parse::<u32>().ok()
        });
        self.filled(pattern).replace(NUMBER, &format!("{:03}", last.unwrap_or(used).saturating_add(1)))
    }

    /// The running part raised by `by`, its width kept: `140/009/SP` gives `140/010/SP` where the pattern begins with a
    /// code, `009/SP` gives `010/SP`.
    pub fn counted_up(&self, number: &str, by: u32) -> String {
        match self.run_in(number) {
            Some((start, _)) => raised(number, start, by),
            None => number.to_owned(),
        }
    }

    /// Where the running number stands in `number`: after what the pattern has before it, or else behind as many other
    /// numbers as the pattern has before it.
    fn run_in(&self, number: &str) -> Option<(usize, usize)> {
        let before = self.pattern.trim().split_once(NUMBER).map(|(before, _)| self.filled(before));
        let before = before.unwrap_or_default();
        if let Some(rest) = number.strip_prefix(before.as_str())
            && rest.starts_with(|c: char| c.is_ascii_digit())
        {
            return run_from(number, before.len());
        }
        let (mut at, mut skip) = (0, runs(&before));
        loop {
            let run = run_from(number, at)?;
            if skip == 0 {
                return Some(run);
            }
            (at, skip) = (run.1, skip - 1);
        }
    }

    /// Everything but the running number.
    fn filled(&self, text: &str) -> String {
        text.replace("{kode}", self.code.trim())
            .replace("{kode_desa}", self.village)
            .replace("{bulan}", roman(self.today))
            .replace(YEAR, &self.today.year().to_string())
    }
}

/// The first run of digits at or after `from` raised by `by`.
fn raised(number: &str, from: usize, by: u32) -> String {
    let Some((start, end)) = run_from(number, from) else { return number.to_owned() };
    let digits = &number[start..end];
    let Ok(value) = digits.parse::<u32>() else { return number.to_owned() };
    let width = digits.len();
    format!("{}{:0width$}{}", &number[..start], value.saturating_add(by), &number[end..])
}

/// Month in Roman letters and year as of today, where the number has them as parts of their own.
fn brought_to(number: &str, today: CivilDate) -> String {
    let parts = number.split('/').enumerate().map(|(index, part)| match part {
        part if index > 0 && ROMAN.contains(&part) => roman(today).to_owned(),
        part if index > 0 && part.len() == 4 && part.starts_with("20") && part.parse::<u32>().is_ok() => {
            today.year().to_string()
        }
        part => part.to_owned(),
    });
    parts.collect::<Vec<_>>().join("/")
}

fn roman(today: CivilDate) -> &'static str {
    ROMAN[(today.month() as usize - 1).min(11)]
}

fn runs(text: &str) -> usize {
    let mut at = 0;
    let mut count = 0;
    while let Some((_, end)) = run_from(text, at) {
        (at, count) = (end, count + 1);
    }
    count
}

fn run_from(text: &str, from: usize) -> Option<(usize, usize)> {
    let start = from + text[from..].find(|c: char| c.is_ascii_digit())?;
    let length = text[start..].find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len() - start);
    Some((start, start + length))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn agenda<'a>(pattern: &'a str, code: &'a str) -> Agenda<'a> {
        let today = CivilDate::new(2026, 11, 21).unwrap();
        Agenda { pattern, code, village: "33.05.01.2001", today }
    }

    #[test]
    fn the_next_number_follows_the_newest_one() {
        let agenda = agenda("", "");
        assert_eq!(agenda.suggest(Some("009/SP/X/2026"), 9), "010/SP/XI/2026");
        assert_eq!(agenda.suggest(Some("470 / 12 / 2025"), 0), "471 / 12 / 2025", "only whole parts change");
        assert_eq!(agenda.suggest(None, 0), "", "nothing is invented");
        assert_eq!(agenda.suggest(Some("tanpa angka"), 0), "tanpa angka");
    }

    #[test]
    fn a_pattern_counts_on() {
        let agenda = agenda("{nomor}/SP/{kode_desa}/{bulan}/{tahun}", "");
        assert_eq!(agenda.suggest(None, 0), "001/SP/33.05.01.2001/XI/2026");
        assert_eq!(agenda.suggest(Some("041/SP/33.05.01.2001/X/2026"), 3), "042/SP/33.05.01.2001/XI/2026");
    }

    #[test]
    fn the_code_before_the_running_number_stays() {
        let full = agenda("{kode}/{nomor}/{kode_desa}/{bulan}/{tahun}", "140");
        assert_eq!(full.suggest(None, 4), "140/005/33.05.01.2001/XI/2026");
        assert_eq!(full.suggest(Some("140/012/33.05.01.2001/X/2026"), 0), "140/013/33.05.01.2001/XI/2026");
        assert_eq!(full.suggest(Some("470/012/33.05.01.2001/X/2026"), 0), "140/013/33.05.01.2001/XI/2026");
        assert_eq!(full.counted_up("140/099/33.05", 2), "140/101/33.05");
        assert_eq!(full.counted_up("140", 2), "140", "there is no running number to raise");
        let village_first = agenda("{kode_desa}/{nomor}", "");
        assert_eq!(village_first.suggest(Some("33.05.01.2001/7"), 0), "33.05.01.2001/008");
        assert_eq!(agenda("{kode}{nomor}", "14").counted_up("14009", 1), "14010", "without a mark between");
    }

    #[test]
    fn a_number_too_large_for_us_stays_as_it_is() {
        assert_eq!(agenda("", "").counted_up("99999999999999/SP", 1), "99999999999999/SP");
    }
}
