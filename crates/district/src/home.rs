//! The district's data folder: `district.db` (encrypted) and `district.key` (its key, readable by its owner only).
//! Everything else (regency, address, authority, server certificate, regulation) stands inside the database.

use crate::attachments;
use crate::error::DistrictError;
use crate::store::{self, Reads, Store, Writes, sqlite::SqliteStore};
use crate::work::{INDEXED, Work};
use payung_domain::ports::random_bytes;
use payung_domain::{Clock, MeteraiSerial, Randomness, RegencyCode, Timestamp, UtcOffset};
use payung_journal::RegulationRef;
use payung_keys::{
    Authority, DatabaseKey, SERVER_YEARS, ServerIdentity, SigningKey, StoredAuthority, StoredTimestamper,
    Timestamper, Zeroizing, certificate_facts, hmac_sha256,
};
use payung_regulation::Regulation;
use std::fs::{File, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;

pub const DATABASE: &str = "district.db";
pub const KEY: &str = "district.key";
const TIMESTAMPER_KEY: &str = "timestamper.key";
const TIMESTAMPER_CERTIFICATE: &str = "timestamper.certificate";
const YEAR_MS: i64 = 31_557_600_000;
/// A server certificate with less left than this is replaced at the next start, a time stamper's at the next stamp.
const RENEW_BEFORE_MS: i64 = 90 * 86_400_000;

/// What `init` is told.
pub struct Setup {
    pub regency: RegencyCode,
    /// Where the villages reach the server: `https://HOST:PORT`.
    pub url: String,
    /// File name and text; `None`: the regulation of the regency that comes with the program.
    pub regulation: Option<(String, String)>,
}

/// Time and chance.
#[derive(Clone)]
pub struct Tools {
    pub clock: Arc<dyn Clock>,
    pub randomness: Arc<dyn Randomness>,
}

/// An opened district. Cheap to share; nothing that changes is kept in memory.
pub struct District {
    pub store: Arc<dyn Store>,
    pub tools: Tools,
    pub regency: RegencyCode,
    pub regency_name: String,
    pub url: String,
    pub regulation: Regulation,
    pub regulation_file: (String, String),
    pub authority: Authority,
    nik_key: Zeroizing<[u8; 32]>,
    directory: PathBuf,
}

impl District {
    /// Makes a new district; refuses a folder that already holds one.
    pub fn create(directory: &Path, setup: &Setup, tools: Tools) -> Result<Self, DistrictError> {
        if directory.join(DATABASE).exists() || directory.join(KEY).exists() {
            return Err(DistrictError::AlreadyThere(directory.to_owned()));
        }
        let (file, text) = regulation_source(setup)?;
        let regulation = read_regulation(&file, &text, setup.regency)?;
        let url = Url::parse(&setup.url)?;
        let now = tools.clock.now();
        let random = &*tools.randomness;
        let authority =
            Authority::create(&authority_name(&regulation.regency_name), now, random).map_err(key)?;
        let identity = issue(&authority, &url.host, now, random)?;
        let nik_key: [u8; 32] = random_bytes(random);

        std::fs::create_dir_all(directory).map_err(DistrictError::file(directory))?;
        let written = || -> Result<(), DistrictError> {
            let database_key = DatabaseKey::generate(random);
            write_private(&directory.join(KEY), database_key.expose())?;
            let store = SqliteStore::create(&directory.join(DATABASE), &database_key)?;
            sync_folder(directory)?;
            let stored = authority.to_stored().map_err(key)?;
            store::change(&store, |writes| {
                writes.put_setting("regency", setup.regency.to_string().as_bytes())?;
                writes.put_setting("url", url.text.as_bytes())?;
                writes.put_setting("regulation.file", file.as_bytes())?;
                writes.put_setting("regulation.toml", text.as_bytes())?;
                writes.put_setting("authority.key", &stored.key_der)?;
                writes.put_setting("authority.certificate", &stored.certificate_der)?;
                put_identity(writes, &identity)?;
                writes.put_setting(INDEXED, &[1])?;
                writes.put_setting(attachments::INDEXED, &[1])?;
                writes.put_setting("nik.key", &nik_key)
            })
        };
        if let Err(error) = written() {
            // Half a district is none: the next attempt starts anew.
            for name in [DATABASE, KEY] {
                let _ = std::fs::remove_file(directory.join(name));
            }
            return Err(error);
        }
        Self::open(directory, tools)
    }

    pub fn open(directory: &Path, tools: Tools) -> Result<Self, DistrictError> {
        let (database, key_file) = (directory.join(DATABASE), directory.join(KEY));
        if !database.exists() {
            return Err(DistrictError::NotADistrict(directory.to_owned()));
        }
        let bytes = Zeroizing::new(std::fs::read(&key_file).map_err(DistrictError::file(&key_file))?);
        let bytes = <[u8; 32]>::try_from(bytes.as_slice())
            .map_err(|_| DistrictError::Key(format!("{KEY} bukan 32 bita")))?;
        let store = SqliteStore::open(&database, &DatabaseKey::from_bytes(bytes))?;
        let settings = store::view(&store, Settings::read)?;
        let regency = RegencyCode::parse(&settings.regency).map_err(|_| damaged("regency"))?;
        let regulation = read_regulation(&settings.regulation_file.0, &settings.regulation_file.1, regency)?;
        let district = Self {
            store: Arc::new(store),
            tools,
            regency,
            regency_name: regulation.regency_name.clone(),
            url: settings.url,
            regulation,
            regulation_file: settings.regulation_file,
            authority: Authority::from_stored(&settings.authority).map_err(key)?,
            nik_key: settings.nik_key,
            directory: directory.to_owned(),
        };
        if !settings.statements_indexed {
            store::change(&*district.store, |writes| Work::new(&district, writes).index_statements())?;
        }
        if !settings.attachments_indexed {
            store::change(&*district.store, |writes| attachments::index(&district, writes))?;
        }
        Ok(district)
    }

    /// The key behind receipts, decisions, regulations and enrolment files.
    pub fn key(&self) -> &SigningKey {
        self.authority.signing_key()
    }

    pub fn now(&self) -> Timestamp {
        self.tools.clock.now()
    }

    pub fn utc_offset(&self) -> UtcOffset {
        self.regulation.utc_offset
    }

    pub fn regulation_ref(&self) -> RegulationRef {
        RegulationRef { id: self.regulation.id.clone(), digest: self.regulation.digest() }
    }

    /// The index form of a NIK: useless without this district's key.
    pub fn nik_digest(&self, nik: payung_domain::Nik) -> [u8; 32] {
        hmac_sha256(self.nik_key.as_slice(), &[b"payung nik 1", nik.as_str().as_bytes()])
    }

    /// The index form of a meterai's serial.
    pub fn serial_digest(&self, serial: &MeteraiSerial) -> [u8; 32] {
        hmac_sha256(self.nik_key.as_slice(), &[b"payung meterai 1", serial.as_str().as_bytes()])
    }

    pub fn directory(&self) -> &Path {
        &self.directory
    }

    /// The server's certificate and key; a new one when the old is about to end.
    pub fn server_identity(&self) -> Result<ServerIdentity, DistrictError> {
        let now = self.now();
        store::change(&*self.store, |writes| {
            let until = setting(writes, "server.until")?;
            let until = <[u8; 8]>::try_from(until.as_slice()).map_err(|_| damaged("server.until"))?;
            let not_after = Timestamp(i64::from_be_bytes(until));
            if not_after.millis() - now.millis() > RENEW_BEFORE_MS {
                return Ok(ServerIdentity {
                    certificate_der: setting(writes, "server.certificate")?,
                    key_der: Zeroizing::new(setting(writes, "server.key")?),
                    not_after,
                });
            }
            let host = Url::parse(&self.url)?.host;
            let identity = issue(&self.authority, &host, now, &*self.tools.randomness)?;
            put_identity(writes, &identity)?;
            Ok(identity)
        })
    }
}

impl District {
    /// What stamps the time over signatures; a new one when there is none yet or the old is about to end.
    pub fn timestamper(&self, writes: &mut dyn Writes, now: Timestamp) -> Result<Timestamper, DistrictError> {
        if let (Some(key_der), Some(certificate_der)) =
            (writes.setting(TIMESTAMPER_KEY)?, writes.setting(TIMESTAMPER_CERTIFICATE)?)
        {
            let facts = certificate_facts(&certificate_der).map_err(key)?;
            // A clock that was set back must not stop the villages either.
            if facts.not_before <= now && facts.not_after.millis() - now.millis() > RENEW_BEFORE_MS {
                let stored = StoredTimestamper { key_der: Zeroizing::new(key_der), certificate_der };
                return Timestamper::from_stored(&stored).map_err(key);
            }
        }
        let timestamper = self.authority.issue_timestamper(now, &*self.tools.randomness).map_err(key)?;
        let stored = timestamper.to_stored().map_err(key)?;
        writes.put_setting(TIMESTAMPER_KEY, &stored.key_der)?;
        writes.put_setting(TIMESTAMPER_CERTIFICATE, &stored.certificate_der)?;
        Ok(timestamper)
    }
}

/// `https://HOST:PORT`, taken apart.
struct Url {
    text: String,
    host: String,
}

impl Url {
    fn parse(text: &str) -> Result<Self, DistrictError> {
        let wrong = || {
            DistrictError::Asked(
                "Alamat --url harus seperti https://payung.kebumenkab.go.id:8443 atau https://127.0.0.1:8443."
                    .into(),
            )
        };
        let text = text.trim().trim_end_matches('/');
        let rest =
            text.strip_prefix("https://").or_else(|| text.strip_prefix("http://")).ok_or_else(wrong)?;
        let (host, port) = match rest.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
            Some((host, port)) => (host, port.strip_prefix(':')),
            None => rest.split_once(':').map_or((rest, None), |(host, port)| (host, Some(port))),
        };
        let host_fits = !host.is_empty()
            && host.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | ':'));
        let port_fits = port.is_none_or(|port| port.parse::<u16>().is_ok_and(|port| port > 0));
        if !host_fits || !port_fits {
            return Err(wrong());
        }
        Ok(Self { text: text.to_owned(), host: host.to_owned() })
    }
}

struct Settings {
    regency: String,
    url: String,
    regulation_file: (String, String),
    authority: StoredAuthority,
    nik_key: Zeroizing<[u8; 32]>,
    statements_indexed: bool,
    attachments_indexed: bool,
}

impl Settings {
    fn read(reads: &dyn Reads) -> Result<Self, DistrictError> {
        let text = |name| String::from_utf8(setting(reads, name)?).map_err(|_| damaged(name));
        let nik_key = Zeroizing::new(setting(reads, "nik.key")?);
        Ok(Self {
            regency: text("regency")?,
            url: text("url")?,
            regulation_file: (text("regulation.file")?, text("regulation.toml")?),
            authority: StoredAuthority {
                key_der: Zeroizing::new(setting(reads, "authority.key")?),
                certificate_der: setting(reads, "authority.certificate")?,
            },
            nik_key: Zeroizing::new(nik_key.as_slice().try_into().map_err(|_| damaged("nik.key"))?),
            statements_indexed: reads.setting(INDEXED)?.is_some(),
            attachments_indexed: reads.setting(attachments::INDEXED)?.is_some(),
        })
    }
}

fn setting<R: Reads + ?Sized>(reads: &R, name: &str) -> Result<Vec<u8>, DistrictError> {
    reads.setting(name)?.ok_or_else(|| damaged(name))
}

fn put_identity(writes: &mut dyn Writes, identity: &ServerIdentity) -> Result<(), DistrictError> {
    writes.put_setting("server.certificate", &identity.certificate_der)?;
    writes.put_setting("server.key", &identity.key_der)?;
    writes.put_setting("server.until", &identity.not_after.millis().to_be_bytes())
}

fn issue(
    authority: &Authority,
    host: &str,
    now: Timestamp,
    random: &dyn Randomness,
) -> Result<ServerIdentity, DistrictError> {
    let mut hosts = vec![host.to_owned()];
    hosts.extend(["localhost", "127.0.0.1", "::1"].into_iter().filter(|h| *h != host).map(String::from));
    let until = Timestamp(now.millis() + YEAR_MS * i64::from(SERVER_YEARS));
    authority.issue_server(&hosts, now, until, random).map_err(key)
}

/// A certificate's common name has room for 64 characters.
fn authority_name(regency: &str) -> String {
    format!("Payung Kabupaten {regency}").chars().take(64).collect()
}

fn regulation_source(setup: &Setup) -> Result<(String, String), DistrictError> {
    if let Some(given) = &setup.regulation {
        return Ok(given.clone());
    }
    let found = payung_regulation::SOURCES.iter().find(|(file, text)| {
        Regulation::parse(file, text).is_ok_and(|regulation| regulation.regency == setup.regency)
    });
    found.map(|(file, text)| ((*file).to_owned(), (*text).to_owned())).ok_or_else(|| {
        DistrictError::Asked(format!(
            "Belum ada peraturan bawaan untuk kabupaten {}. Sebutkan berkasnya dengan --regulation.",
            setup.regency
        ))
    })
}

fn read_regulation(file: &str, text: &str, regency: RegencyCode) -> Result<Regulation, DistrictError> {
    let regulation =
        Regulation::parse(file, text).map_err(|problem| DistrictError::Asked(problem.to_string()))?;
    if regulation.regency == regency {
        return Ok(regulation);
    }
    Err(DistrictError::Asked(format!(
        "Berkas {file} berisi peraturan kabupaten {}, bukan {regency}. Pilih berkas yang sesuai.",
        regulation.regency
    )))
}

/// Written for its owner only, and on disk before the database that needs it.
pub fn write_private(path: &Path, bytes: &[u8]) -> Result<(), DistrictError> {
    let mut file = private_file(path)?;
    file.write_all(bytes).and_then(|()| file.sync_all()).map_err(DistrictError::file(path))
}

/// A file for others, put in the place of an older one in one step.
pub fn replace_public(path: &Path, bytes: &[u8]) -> Result<(), DistrictError> {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".baru");
    let beside = path.with_file_name(name);
    let write = || -> std::io::Result<()> {
        let mut file = File::create(&beside)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        std::fs::rename(&beside, path)
    };
    write().map_err(DistrictError::file(path))
}

/// A new file that only its owner may read.
pub fn private_file(path: &Path) -> Result<File, DistrictError> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path).map_err(DistrictError::file(path))
}

/// Makes new names in a folder survive a power loss.
pub fn sync_folder(directory: &Path) -> Result<(), DistrictError> {
    if cfg!(unix) {
        File::open(directory).and_then(|folder| folder.sync_all()).map_err(DistrictError::file(directory))?;
    }
    Ok(())
}

fn key(error: payung_keys::KeyError) -> DistrictError {
    DistrictError::Key(error.to_string())
}

fn damaged(what: &str) -> DistrictError {
    DistrictError::Damaged(what.to_owned())
}
