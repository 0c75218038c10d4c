//! Writes one PDF of each kind into a folder, to be looked at: `cargo run -p payung-statement --example pages -- DIR`.

#[path = "../tests/support/mod.rs"]
mod support;

use payung_statement::{StatementError, StatementPage, render};
use support::{kebumen, klungkung, strokes};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = std::path::PathBuf::from(std::env::args().nth(1).ok_or("give a folder")?);
    std::fs::create_dir_all(&folder)?;
    let mut kelurahan = kebumen(1, false);
    kelurahan.office.village_kind = payung_domain::VillageKind::Kelurahan;
    kelurahan.office.village = "Panjer".into();
    kelurahan.office.district = "Kecamatan Kebumen".into();
    kelurahan.head.title = "Lurah".into();
    kelurahan.head.nip = Some("19780412 200501 1 003".into());
    let mut long = kebumen(4, true);
    long.people[0].name = "W".repeat(150);
    long.people[1].name = "Raden Mas Panji Suryadiningrat ".repeat(8).trim().into();
    long.people[2].workplace = Some("#panic(\"x\") *tebal* $x$ \\u{41}".into());
    long.people[3].address = Some("X".repeat(300));
    let pages: Vec<(&str, StatementPage)> = vec![
        ("perorangan", kebumen(1, false)),
        ("kelurahan", StatementPage { number: String::new(), ..kelurahan }),
        ("kolektif-3", StatementPage { drawn_signature: Some(strokes()), demo: true, ..kebumen(3, true) }),
        ("kolektif-100", StatementPage { drawn_signature: Some(strokes()), ..kebumen(100, true) }),
        ("kolektif-500", kebumen(500, true)),
        ("nama-panjang", long),
        ("usulan-1", klungkung(1, false)),
        ("usulan-40", StatementPage { drawn_signature: Some(strokes()), demo: true, ..klungkung(40, true) }),
    ];
    for (name, page) in pages {
        let pdf = render(&page).map_err(|error: StatementError| format!("{name}: {error}"))?;
        println!("{name}: {} pages, {} bytes", pdf.pages, pdf.bytes.len());
        std::fs::write(folder.join(format!("{name}.pdf")), pdf.bytes)?;
    }
    Ok(())
}
