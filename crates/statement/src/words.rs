//! Numbers in Indonesian words, as letters repeat them in brackets.

const UNITS: [&str; 12] = [
    "nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan", "sepuluh",
    "sebelas",
];

/// `21` -> `dua puluh satu`.
pub fn terbilang(n: u32) -> String {
    match n {
        0..=11 => UNITS[n as usize].to_owned(),
        12..=19 => format!("{} belas", terbilang(n - 10)),
        20..=99 => joined(format!("{} puluh", terbilang(n / 10)), n % 10),
        100..=199 => joined("seratus".to_owned(), n - 100),
        200..=999 => joined(format!("{} ratus", terbilang(n / 100)), n % 100),
        1_000..=1_999 => joined("seribu".to_owned(), n - 1_000),
        2_000..=999_999 => joined(format!("{} ribu", terbilang(n / 1_000)), n % 1_000),
        1_000_000..=999_999_999 => joined(format!("{} juta", terbilang(n / 1_000_000)), n % 1_000_000),
        _ => joined(format!("{} miliar", terbilang(n / 1_000_000_000)), n % 1_000_000_000),
    }
}

fn joined(head: String, rest: u32) -> String {
    if rest == 0 { head } else { format!("{head} {}", terbilang(rest)) }
}

/// A statement is the head's own responsibility: whoever signs in another's name (*a.n.*, *u.b.*) is warned, not refused.
/// Acting heads (*Plt.*, *Plh.*, *Pj.*) sign in their own name.
pub fn title_notice(title: &str) -> Option<&'static str> {
    let words = title.to_lowercase();
    let letters: String = words.chars().filter(|c| !c.is_whitespace()).collect();
    let in_anothers_name = ["a.n", "an.", "u.b", "ub."].iter().any(|start| letters.starts_with(start))
        || words.contains("atas nama");
    in_anothers_name.then_some(
        "Jabatan ini menandatangani atas nama pejabat lain. Pernyataan adalah tanggung jawab kepala desa atau lurah \
         sendiri; tanyakan dahulu ke kabupaten apakah tanda tangan \u{201c}a.n.\u{201d} diterima.",
    )
}

#[cfg(test)]
mod tests {
    use super::{terbilang, title_notice};

    #[test]
    fn only_who_signs_in_anothers_name_is_warned() {
        for title in ["a.n. Kepala Desa", "A.N. Lurah", "an. Perbekel", "Atas nama Kepala Desa", "u.b. Camat"]
        {
            assert!(title_notice(title).is_some(), "{title}");
        }
        for title in ["Kepala Desa", "Perbekel", "Lurah", "Plt. Kepala Desa", "Plh. Lurah", "Pj. Perbekel"] {
            assert!(title_notice(title).is_none(), "{title}");
        }
    }

    #[test]
    fn numbers_are_written_as_a_clerk_says_them() {
        for (number, words) in [
            (0, "nol"),
            (1, "satu"),
            (10, "sepuluh"),
            (11, "sebelas"),
            (12, "dua belas"),
            (20, "dua puluh"),
            (21, "dua puluh satu"),
            (65, "enam puluh lima"),
            (100, "seratus"),
            (101, "seratus satu"),
            (119, "seratus sembilan belas"),
            (500, "lima ratus"),
            (999, "sembilan ratus sembilan puluh sembilan"),
            (1_000, "seribu"),
            (1_100, "seribu seratus"),
            (2_026, "dua ribu dua puluh enam"),
            (100_000, "seratus ribu"),
            (1_000_000, "satu juta"),
            (16_800, "enam belas ribu delapan ratus"),
            (
                u32::MAX,
                "empat miliar dua ratus sembilan puluh empat juta sembilan ratus enam puluh tujuh ribu dua ratus sembilan puluh lima",
            ),
        ] {
            assert_eq!(terbilang(number), words, "{number} in words");
        }
    }
}
