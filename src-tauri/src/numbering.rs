//! Numbers of letters. The agenda is on paper; the program only proposes the next one, the clerk types.

use payung_domain::CivilDate;

const ROMAN: [&str; 12] = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"];

/// By the village's pattern (`{nomor}/SP/{bulan}/{tahun}`), or counted up from the newest number; empty where neither
/// says anything. `used` is how many letters this year has already.
pub fn suggest(pattern: &str, newest: Option<&str>, used: u32, today: CivilDate) -> String {
    if pattern.trim().is_empty() {
        return newest.map(|number| brought_to(&counted_up(number, 1), today)).unwrap_or_default();
    }
    let number = newest.and_then(first_number).unwrap_or(used).saturating_add(1);
    pattern
        .trim()
        .replace("{nomor}", &format!("{number:03}"))
        .replace("{bulan}", roman(today))
        .replace("{tahun}", &today.year().to_string())
}

/// The first run of digits raised by `by`, its width kept: `009/SP` gives `010/SP`.
pub fn counted_up(number: &str, by: u32) -> String {
    let Some((start, end)) = first_run(number) else { return number.to_owned() };
    let digits = &number[start..end];
    let Ok(value) = digits.parse::<u32>() else { return number.to_owned() };
    format!(
        "{}{:0width$}{}",
        &number[..start],
        value.saturating_add(by),
        &number[end..],
        width = digits.len()
    )
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

fn first_number(number: &str) -> Option<u32> {
    first_run(number).and_then(|(start, end)| number[start..end].parse().ok())
}

fn first_run(text: &str) -> Option<(usize, usize)> {
    let start = text.find(|c: char| c.is_ascii_digit())?;
    let length = text[start..].find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len() - start);
    Some((start, start + length))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn today() -> CivilDate {
        CivilDate::new(2026, 11, 21).unwrap()
    }

    #[test]
    fn the_next_number_follows_the_newest_one() {
        assert_eq!(suggest("", Some("009/SP/X/2026"), 9, today()), "010/SP/XI/2026");
        assert_eq!(
            suggest("", Some("470 / 12 / 2025"), 0, today()),
            "471 / 12 / 2025",
            "only whole parts change"
        );
        assert_eq!(suggest("", None, 0, today()), "", "nothing is invented");
        assert_eq!(suggest("", Some("tanpa angka"), 0, today()), "tanpa angka");
    }

    #[test]
    fn a_pattern_counts_on() {
        let pattern = "{nomor}/SP/33.05.01.2001/{bulan}/{tahun}";
        assert_eq!(suggest(pattern, None, 0, today()), "001/SP/33.05.01.2001/XI/2026");
        assert_eq!(
            suggest(pattern, Some("041/SP/33.05.01.2001/X/2026"), 3, today()),
            "042/SP/33.05.01.2001/XI/2026"
        );
    }

    #[test]
    fn a_number_too_large_for_us_stays_as_it_is() {
        assert_eq!(counted_up("99999999999999/SP", 1), "99999999999999/SP");
    }
}
