//! Writes one PDF of each kind into a folder, to be looked at: `cargo run -p payung-statement --example pages -- DIR`.

#[path = "../tests/support/mod.rs"]
mod support;

use payung_statement::{
    Paper, Pdf, Replaced, StatementError, StatementPage, render, render_blank_form, render_book,
    render_people_list, render_person_sheet, render_public_list,
};
use support::everyday::{bali, long_form, people_list, sheet};
use support::{QR, book, date, emblem, kebumen, kelurahan, klungkung, public_list, strokes};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = std::path::PathBuf::from(std::env::args().nth(1).ok_or("give a folder")?);
    std::fs::create_dir_all(&folder)?;
    let frozen =
        |page: StatementPage| StatementPage { qr: Some(QR.into()), drawn_signature: Some(strokes()), ..page };
    let replaces = |count: u32| -> Vec<Replaced> {
        (1..=count)
            .map(|n| Replaced {
                number: format!("400.5.2/{n:03}/2008/X/2026"),
                date: date(2026, 10, n % 28 + 1),
            })
            .collect()
    };
    let mut long = kebumen(4, true);
    long.people[0].name = "W".repeat(150);
    long.people[1].name = "Raden Mas Panji Suryadiningrat ".repeat(8).trim().into();
    long.people[2].workplace = Some("#panic(\"x\") *tebal* $x$ \\u{41}".into());
    long.people[3].address = Some("X".repeat(300));
    let mut long_single = kebumen(1, false);
    long_single.people[0].name = "Raden Mas Panji Suryadiningrat ".repeat(3).trim().into();
    long_single.head.name = "Dr. H. Raden Mas Ngabehi Suryodiningrat Kusumowardhani, S.Sos., M.Si.".into();
    long_single.head.title = "Plt. Kepala Desa".into();
    let mut tulang_bawang = kebumen(1, false);
    tulang_bawang.office.regency = "Kabupaten Tulang Bawang Barat".into();
    tulang_bawang.office.village = "Karangtengah Pegunungan Kulon Progo".into();
    let mut no_address = kebumen(30, true);
    for person in &mut no_address.people {
        person.address = None;
        person.birth_place = None;
    }
    let pages: Vec<(&str, StatementPage)> = vec![
        ("kolektif-tanpa-alamat", frozen(no_address)),
        ("perorangan-draf", kebumen(1, false)),
        ("perorangan", frozen(kebumen(1, false))),
        ("perorangan-basah", StatementPage { drawn_signature: None, ..frozen(kebumen(1, false)) }),
        (
            "perorangan-f4-salinan",
            StatementPage {
                paper: Paper::F4,
                copy: true,
                emblem: Some(emblem()),
                ..frozen(kebumen(1, false))
            },
        ),
        ("perorangan-pengganti", StatementPage { replaces: replaces(1), ..frozen(kebumen(1, false)) }),
        ("kelurahan", StatementPage { number: String::new(), emblem: Some(emblem()), ..frozen(kelurahan()) }),
        ("kop-panjang", StatementPage { emblem: Some(emblem()), ..frozen(tulang_bawang) }),
        ("kolektif-3", StatementPage { demo: true, copy: true, ..frozen(kebumen(3, true)) }),
        ("kolektif-20-pengganti", StatementPage { replaces: replaces(2), ..frozen(kebumen(20, true)) }),
        ("kolektif-40-pengganti", StatementPage { replaces: replaces(23), ..frozen(kebumen(40, true)) }),
        ("kolektif-100", frozen(kebumen(100, true))),
        ("kolektif-100-f4", StatementPage { paper: Paper::F4, ..frozen(kebumen(100, true)) }),
        ("kolektif-500", frozen(kebumen(500, true))),
        ("nama-panjang", frozen(long)),
        ("nama-panjang-1", frozen(long_single)),
        ("usulan-1", frozen(klungkung(1, false))),
        ("usulan-40", StatementPage { demo: true, copy: true, ..frozen(klungkung(40, true)) }),
    ];
    for (name, page) in pages {
        keep(&folder, name, render(&page))?;
    }
    keep(&folder, "buku", render_book(&book(60)))?;
    keep(&folder, "daftar", render_public_list(&public_list(80)))?;
    let mut form = long_form();
    keep(&folder, "formulir", render_blank_form(&form))?;
    (form.paper, form.emblem, form.office, form.draft) = (Paper::F4, Some(emblem()), bali(), true);
    keep(&folder, "formulir-f4", render_blank_form(&form))?;
    keep(&folder, "lembar", render_person_sheet(&sheet()))?;
    keep(&folder, "calon", render_people_list(&people_list(60)))?;
    let mut masked = people_list(60);
    masked.masked = true;
    keep(&folder, "calon-samar", render_people_list(&masked))?;
    Ok(())
}

fn keep(
    folder: &std::path::Path,
    name: &str,
    pdf: Result<Pdf, StatementError>,
) -> Result<(), Box<dyn std::error::Error>> {
    let pdf = pdf.map_err(|error| format!("{name}: {error}"))?;
    println!("{name}: {} pages, {} bytes", pdf.pages, pdf.bytes.len());
    std::fs::write(folder.join(format!("{name}.pdf")), pdf.bytes)?;
    Ok(())
}
