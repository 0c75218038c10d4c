//! The district's authority against a real TLS client: rustls with ring, as the village uses it.

mod support;

use payung_domain::Timestamp;
use payung_keys::{Authority, KeyError, ServerIdentity, StoredAuthority, certificate_der_from_pem};
use rustls::pki_types::{CertificateDer, PrivatePkcs8KeyDer, ServerName, UnixTime};
use rustls::time_provider::TimeProvider;
use rustls::{ClientConfig, ClientConnection, Error, RootCertStore, ServerConfig, ServerConnection};
use std::sync::Arc;
use std::time::Duration;
use support::Seeded;

/// 21 November 2026, 08.00 WIB.
const NOW: Timestamp = Timestamp(1_795_222_800_000);
const DAY_MS: i64 = 86_400_000;

fn authority() -> Authority {
    Authority::create("Kabupaten Kebumen, \"Dinas\" #1; CN=x", NOW, &Seeded::new(1)).unwrap()
}

fn server(authority: &Authority, hosts: &[&str]) -> ServerIdentity {
    let hosts: Vec<String> = hosts.iter().map(|host| (*host).to_owned()).collect();
    let until = Timestamp(NOW.millis() + 730 * DAY_MS);
    authority.issue_server(&hosts, NOW, until, &Seeded::new(2)).unwrap()
}

#[test]
fn rustls_accepts_the_server_under_each_of_its_names() {
    let authority = authority();
    let identity = server(&authority, &["payung.kebumenkab.go.id", "192.168.1.10", "localhost", "[::1]"]);
    for host in ["payung.kebumenkab.go.id", "192.168.1.10", "localhost", "::1"] {
        handshake(authority.certificate_der(), &identity, host, NOW)
            .unwrap_or_else(|e| panic!("{host}: {e}"));
    }
}

#[test]
fn rustls_refuses_another_name_another_authority_and_another_time() {
    let authority = authority();
    let identity = server(&authority, &["payung.kebumenkab.go.id"]);
    let day = |days: i64| Timestamp(NOW.millis() + days * DAY_MS);
    assert!(handshake(authority.certificate_der(), &identity, "kebumenkab.go.id", NOW).is_err());
    let stranger = Authority::create("Kabupaten Kebumen", NOW, &Seeded::new(9)).unwrap();
    assert!(handshake(stranger.certificate_der(), &identity, "payung.kebumenkab.go.id", NOW).is_err());
    let at = |at| handshake(authority.certificate_der(), &identity, "payung.kebumenkab.go.id", at);
    assert!(at(day(-2)).is_err(), "before it was made");
    at(Timestamp(NOW.millis() - DAY_MS / 2)).expect("a laptop whose clock is half a day behind");
    at(day(729)).expect("within its two years");
    assert!(at(day(731)).is_err(), "after its two years");
}

#[test]
fn a_stored_authority_goes_on_issuing() {
    let first = authority();
    let again = Authority::from_stored(&first.to_stored().unwrap()).unwrap();
    assert_eq!(again.certificate_der(), first.certificate_der());
    handshake(first.certificate_der(), &server(&again, &["localhost"]), "localhost", NOW).unwrap();
}

#[test]
fn key_and_certificate_of_different_authorities_are_refused() {
    let other = Authority::create("Lain", NOW, &Seeded::new(7)).unwrap().to_stored().unwrap();
    let mixed = StoredAuthority {
        key_der: authority().to_stored().unwrap().key_der,
        certificate_der: other.certificate_der,
    };
    assert_eq!(Authority::from_stored(&mixed).err(), Some(KeyError::Malformed("X.509")));
}

#[test]
fn the_pem_holds_the_certificate() {
    let authority = authority();
    let pem = authority.certificate_pem().unwrap();
    assert!(pem.starts_with("-----BEGIN CERTIFICATE-----\n"));
    assert_eq!(certificate_der_from_pem(&pem).unwrap(), authority.certificate_der());
    assert!(
        certificate_der_from_pem("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n").is_err()
    );
}

#[test]
fn names_that_cannot_stand_in_a_certificate_are_refused() {
    let authority = authority();
    let issue = |hosts: &[&str]| {
        let hosts: Vec<String> = hosts.iter().map(|host| (*host).to_owned()).collect();
        authority.issue_server(&hosts, NOW, Timestamp(NOW.millis() + DAY_MS), &Seeded::new(2)).err()
    };
    for bad in ["", "a b", "https://x", "-x.id", "x_y.id", "x..id", "kébumen.id", &"a".repeat(64)] {
        assert_eq!(issue(&[bad]), Some(KeyError::BadName(bad.to_owned())), "{bad:?}");
    }
    assert_eq!(issue(&[]), Some(KeyError::OutOfBounds("hosts")));
    assert_eq!(issue(&["localhost"; 33]), Some(KeyError::OutOfBounds("hosts")));
    for bad in ["", "  ", "a\nb", &"x".repeat(65)] {
        assert!(Authority::create(bad, NOW, &Seeded::new(1)).is_err(), "{bad:?}");
    }
    let backwards = authority.issue_server(&["localhost".to_owned()], NOW, Timestamp(0), &Seeded::new(2));
    assert_eq!(backwards.err(), Some(KeyError::OutOfBounds("validity")));
}

/// Both ends in memory; an error is the first that either end reports.
fn handshake(root: &[u8], identity: &ServerIdentity, host: &str, at: Timestamp) -> Result<(), Error> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let mut roots = RootCertStore::empty();
    roots.add(CertificateDer::from(root.to_vec()))?;
    let client = ClientConfig::builder_with_details(provider.clone(), Arc::new(Fixed(at)))
        .with_safe_default_protocol_versions()?
        .with_root_certificates(roots)
        .with_no_client_auth();
    let server = ServerConfig::builder_with_details(provider, Arc::new(Fixed(at)))
        .with_safe_default_protocol_versions()?
        .with_no_client_auth()
        .with_single_cert(
            vec![CertificateDer::from(identity.certificate_der.clone())],
            PrivatePkcs8KeyDer::from(identity.key_der.to_vec()).into(),
        )?;
    let name = ServerName::try_from(host.to_owned()).unwrap();
    let mut client = ClientConnection::new(Arc::new(client), name)?;
    let mut server = ServerConnection::new(Arc::new(server))?;
    while client.is_handshaking() || server.is_handshaking() {
        let mut to_server = Vec::new();
        while client.wants_write() {
            client.write_tls(&mut to_server).unwrap();
        }
        let mut rest = to_server.as_slice();
        while !rest.is_empty() {
            server.read_tls(&mut rest).unwrap();
            server.process_new_packets()?;
        }
        let mut to_client = Vec::new();
        while server.wants_write() {
            server.write_tls(&mut to_client).unwrap();
        }
        let mut rest = to_client.as_slice();
        while !rest.is_empty() {
            client.read_tls(&mut rest).unwrap();
            client.process_new_packets()?;
        }
    }
    Ok(())
}

#[derive(Debug)]
struct Fixed(Timestamp);

impl TimeProvider for Fixed {
    fn current_time(&self) -> Option<UnixTime> {
        Some(UnixTime::since_unix_epoch(Duration::from_millis(self.0.millis() as u64)))
    }
}
