//! The program `payung-district`. Exit codes: 0 done, 1 could not be done, 2 the order must be changed.

mod args;
mod bundles;
mod checking;
mod deciding;
mod devices;
mod heads;

use crate::enrolment;
use crate::error::DistrictError;
use crate::home::{self, District, Setup, Tools};
use crate::report;
use crate::server::{Config, Limits, Log, Server, Transport};
use args::{At, Command, Format};
use payung_domain::{RegencyCode, VillageCode};
use payung_system::{SystemClock, SystemRandom};
use std::io::Write;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

/// Reads the command line and runs it.
pub fn main() -> ExitCode {
    let line = match args::read() {
        Ok(line) => line,
        Err((words, 0)) => {
            print!("{words}");
            return ExitCode::SUCCESS;
        }
        Err((words, code)) => {
            eprintln!("{words}");
            return ExitCode::from(code);
        }
    };
    match run(line.command) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::from(error.exit_code())
        }
    }
}

fn run(command: Command) -> Result<ExitCode, DistrictError> {
    match command {
        Command::Statement(given) => return checking::run(&open_given(given.data)?, given.order),
        Command::Init { at, regency, url, regulation } => init(&at, &regency, url, regulation.as_deref()),
        Command::Serve { at, listen, plain_http, behind_proxy } => {
            let transport = if plain_http { Transport::Plain { behind_proxy } } else { Transport::Tls };
            serve(at, listen, transport)
        }
        Command::Enrol { at, village, out } => enrol(&at, &village, &out),
        Command::Decide(order) => deciding::decide(&open(&order.at)?, &order),
        Command::Status { at, format } => status(&open(&at)?, format),
        Command::Export { at, out } => {
            let people = report::export(&open(&at)?, &out)?;
            say(&format!("{people} calon ditulis ke {}.", out.display()))
        }
        Command::Regulation { at } => regulation(&open(&at)?),
        Command::Head(given) => heads::run(&open_given(given.data)?, given.order),
        Command::Authority { at, out } => heads::authority(&open(&at)?, &out),
        Command::Backup { at, file } => backup(&open(&at)?, &file),
        Command::Restore { at, file } => restore(&file, &at.data),
        Command::Bundle(given) => bundles::run(&open_given(given.data)?, given.order),
        Command::Device(given) => devices::run(&open_given(given.data)?, given.order),
        Command::Revoke { at, order } => devices::revoke(&open(&at)?, &order),
    }
    .map(|()| ExitCode::SUCCESS)
}

fn tools() -> Tools {
    Tools { clock: Arc::new(SystemClock), randomness: Arc::new(SystemRandom) }
}

fn open(at: &At) -> Result<District, DistrictError> {
    District::open(&at.data, tools())
}

/// Where `--data` may stand before or after the name of the order.
fn open_given(data: Option<PathBuf>) -> Result<District, DistrictError> {
    let data =
        data.ok_or_else(|| DistrictError::Asked("Perintah belum lengkap. Tambahkan --data <DIR>.".into()))?;
    open(&At { data })
}

fn init(at: &At, regency: &str, url: String, regulation: Option<&Path>) -> Result<(), DistrictError> {
    let regency = RegencyCode::parse(regency)
        .map_err(|_| DistrictError::Asked("Kode kabupaten ditulis seperti 33.05.".into()))?;
    let regulation = match regulation {
        Some(path) => {
            let text = std::fs::read_to_string(path).map_err(DistrictError::file(path))?;
            let name = path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
            Some((name, text))
        }
        None => None,
    };
    let district = District::create(&at.data, &Setup { regency, url, regulation }, tools())?;
    say(&format!(
        "Kabupaten {} ({}) siap di {}. Peraturan: {}. Sidik jari kunci: {}.\n\
         Simpan cadangan folder ini, termasuk district.key, di tempat aman.",
        district.regency_name,
        district.regency,
        at.data.display(),
        district.regulation.id,
        district.key().public().fingerprint()
    ))
}

fn serve(at: At, listen: SocketAddr, transport: Transport) -> Result<(), DistrictError> {
    let runtime = tokio::runtime::Runtime::new()
        .map_err(|source| DistrictError::Listen { address: listen.to_string(), source })?;
    runtime.block_on(async {
        let stop = asked_to_stop()
            .map_err(|source| DistrictError::Listen { address: listen.to_string(), source })?;
        let config = Config {
            data: at.data,
            listen,
            transport,
            limits: Limits::default(),
            tools: tools(),
            log: Log::stderr(),
        };
        let running = Server::start(config).await?;
        let scheme = if transport == Transport::Tls { "https" } else { "http" };
        say(&format!("listening on {scheme}://{}", running.addr))?;
        stop.await;
        running.stop().await;
        Ok(())
    })
}

/// Ends with SIGTERM or SIGINT; heard from this call on.
#[cfg(unix)]
fn asked_to_stop() -> std::io::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};
    let (mut terminate, mut interrupt) = (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
    })
}

#[cfg(not(unix))]
fn asked_to_stop() -> std::io::Result<impl Future<Output = ()>> {
    Ok(async {
        let _ = tokio::signal::ctrl_c().await;
    })
}

fn enrol(at: &At, village: &str, out: &Path) -> Result<(), DistrictError> {
    let village = village_code(village)?;
    let district = open(at)?;
    if out.exists() {
        return Err(DistrictError::Asked(format!(
            "Berkas {} sudah ada dan tidak ditimpa. Pilih nama lain dengan --out.",
            out.display()
        )));
    }
    let file = enrolment::issue(&district, village)?;
    home::write_private(out, file.to_json().as_bytes())?;
    say(&format!(
        "Berkas pendaftaran {} ({village}) ditulis ke {}.\nBerlaku sampai {}, untuk satu perangkat. \
         Serahkan langsung kepada operator desa.",
        file.village_name,
        out.display(),
        file.expires_at().civil_date(district.utc_offset()).in_words()
    ))
}

fn backup(district: &District, file: &Path) -> Result<(), DistrictError> {
    let facts = crate::backup::backup(district, file)?;
    say(&format!(
        "Cadangan ditulis ke {} dan dibaca ulang: {} bita, {} orang, {} catatan desa.\nSHA-256 {}\n\
         Berkas ini memuat semua data dan kuncinya: simpan terkunci, jauh dari komputer ini.",
        file.display(),
        facts.bytes,
        facts.people,
        facts.entries,
        facts.digest
    ))
}

fn restore(file: &Path, data: &Path) -> Result<(), DistrictError> {
    let facts = crate::backup::restore(file, data, tools())?;
    let last = facts.last_exchange.map_or_else(|| "belum pernah ada".to_owned(), report::iso);
    say(&format!(
        "Kabupaten {} dipulihkan ke {}: {} desa, {} catatan desa, sinkron terakhir {last}.\n\
         Yang masuk sesudah cadangan itu dikirim kembali oleh laptop desa pada sinkron berikutnya.",
        facts.regency_name,
        data.display(),
        facts.villages,
        facts.entries
    ))
}

fn status(district: &District, format: Format) -> Result<(), DistrictError> {
    let status = report::status(district)?;
    if format == Format::Json {
        let json =
            serde_json::to_string_pretty(&status).map_err(|error| DistrictError::Store(error.to_string()))?;
        return say(&json);
    }
    let mut words = format!(
        "Kabupaten {} ({}), peraturan {}\nDesa: {}  Perangkat: {}  Calon: {}\nCatatan desa: {} (bertanda terima {})",
        status.regency_name,
        status.regency,
        status.regulation,
        status.villages,
        status.devices,
        status.people_total,
        status.entries,
        status.entries_receipted
    );
    for (state, people) in &status.people {
        words.push_str(&format!("\n  {state}: {people}"));
    }
    if status.heads_waiting > 0 {
        words.push_str(&format!(
            "\nKunci kepala desa atau lurah yang menunggu pengesahan: {} (payung-district head list)",
            status.heads_waiting
        ));
    }
    for village in &status.by_village {
        let last = village.last_exchange.as_deref().unwrap_or("belum pernah");
        words.push_str(&format!(
            "\n{} {}: {} calon, sinkron terakhir {last}",
            village.code, village.name, village.people_total
        ));
        for device in &village.devices {
            let revoked = if device.revoked { " (dicabut)" } else { "" };
            words.push_str(&format!("\n  perangkat {} {}{revoked}", device.id, device.fingerprint));
        }
    }
    say(&words)
}

fn regulation(district: &District) -> Result<(), DistrictError> {
    let regulation = &district.regulation;
    let mut words = format!("{}: {}\n{}", regulation.id, regulation.title, regulation.citation);
    for rule in &regulation.rules {
        words.push_str(&format!("\n  {}  {}  ({})", rule.id, rule.title, rule.cite));
    }
    say(&words)
}

fn village_code(text: &str) -> Result<VillageCode, DistrictError> {
    VillageCode::parse(text)
        .map_err(|_| DistrictError::Asked("Kode desa ditulis seperti 33.05.01.2001.".into()))
}

/// A closed pipe at the other end is nobody's mistake.
fn say(words: &str) -> Result<(), DistrictError> {
    // Names come from villages and files: nothing in them may steer the terminal.
    let words: String = words.chars().filter(|c| *c == '\n' || !c.is_control()).collect();
    let mut out = std::io::stdout().lock();
    let _ = writeln!(out, "{words}").and_then(|()| out.flush());
    Ok(())
}
