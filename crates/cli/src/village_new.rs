//! `payung village new`: a data folder for a village, from a script.

use crate::failure::Failure;
use crate::opening::{passphrase, tools};
use clap::Args;
use payung_domain::VillageCode;
use payung_register::{IDLE_LOCK_MINUTES_DEFAULT, NewPerson, Register, Role, Setup};
use std::path::PathBuf;

#[derive(Args)]
pub struct VillageNew {
    /// Folder data yang akan dibuat
    #[arg(long, value_name = "DIR")]
    data: PathBuf,
    /// Kode Kemendagri desa atau kelurahan, misalnya 33.05.01.2001
    #[arg(long, value_name = "KODE")]
    code: String,
    /// Nama operator pertama
    #[arg(long, value_name = "NAMA")]
    operator: String,
    /// Nama Kepala Desa, Perbekel, atau Lurah
    #[arg(long, value_name = "NAMA")]
    head: Option<String>,
    /// Sebutan kepala; bawaan menurut jenis desa dan provinsinya
    #[arg(long, value_name = "SEBUTAN")]
    head_title: Option<String>,
    /// Berkas berisi kata sandi operator
    #[arg(long, value_name = "FILE")]
    passphrase_file: Option<PathBuf>,
    /// Berkas berisi rahasia kepala
    #[arg(long, value_name = "FILE")]
    head_secret_file: Option<PathBuf>,
    /// Berkas peraturan; bawaan: peraturan kabupaten yang dibawa program
    #[arg(long, value_name = "FILE")]
    regulation: Vec<PathBuf>,
}

pub fn run(new: VillageNew) -> Result<(), Failure> {
    let village = VillageCode::parse(&new.code).map_err(|_| {
        Failure::words(format!("Kode \"{}\" bukan kode desa 10 angka, misalnya 33.05.01.2001.", new.code))
    })?;
    let place = payung_regions::place(village).ok_or_else(|| {
        Failure::words(format!(
            "Kode {village} tidak ada dalam daftar desa dan kelurahan Indonesia. Periksa kodenya."
        ))
    })?;
    let mut people = vec![NewPerson {
        name: new.operator,
        role: Role::Operator,
        secret: passphrase(new.passphrase_file.as_deref(), "Kata sandi operator")?,
    }];
    if let Some(name) = new.head {
        let secret = passphrase(new.head_secret_file.as_deref(), "Rahasia kepala")?;
        people.push(NewPerson { name, role: Role::Head, secret });
    }
    let mut regulations = Vec::new();
    for path in &new.regulation {
        let text = std::fs::read_to_string(path).map_err(|_| {
            Failure::words(format!("Berkas peraturan {} tidak dapat dibaca.", path.display()))
        })?;
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        regulations.push((name, text));
    }
    let setup = Setup {
        village,
        village_name: place.village.name,
        district_name: place.district.name,
        regency_name: place.regency.name,
        head_title: new.head_title.unwrap_or_else(|| village.usual_head_title().to_owned()),
        regulations,
        people,
        idle_lock_minutes: IDLE_LOCK_MINUTES_DEFAULT,
    };
    let (_register, recovery) = Register::create(&new.data, &setup, tools())?;
    println!("{}", recovery.groups());
    eprintln!(
        "Tulis kode pemulihan di atas pada kertas dan simpan di tempat aman. Kode ini tidak ditampilkan lagi."
    );
    Ok(())
}
