//! From a signer's certificate to a root.

#[path = "support/openssl.rs"]
mod openssl;
mod support;

use openssl::Desk;
use payung_domain::Timestamp;
use payung_keys::{
    Authority, HeadName, SigningKey, Trust, certificate_der_from_pem, certificate_facts, check_path,
    self_issued,
};
use support::Seeded;

/// 21 November 2026, 08.00 WIB.
const NOW: Timestamp = Timestamp(1_795_222_800_000);
const DAY_MS: i64 = 86_400_000;
const WHO: HeadName<'_> = HeadName {
    name: "Sutrisno",
    title: "Kepala Desa",
    village: "Desa Karangsari",
    regency: "Kabupaten Kebumen",
};

fn later(days: i64) -> Timestamp {
    Timestamp(NOW.millis() + days * DAY_MS)
}

fn authority(seed: u64) -> Authority {
    Authority::create("Kabupaten Kebumen", NOW, &Seeded::new(seed)).unwrap()
}

fn head_of(authority: &Authority) -> Vec<u8> {
    let key = SigningKey::generate(&Seeded::new(7)).public();
    authority.certify_head(&key, &WHO, NOW, later(365), &Seeded::new(8)).unwrap()
}

#[test]
fn a_head_of_the_district_is_trusted_while_his_certificate_lasts() {
    let authority = authority(1);
    let root = [authority.certificate_der().to_vec()];
    let leaf = head_of(&authority);
    let path = |at| check_path(&leaf, &[], &root, at);
    let names =
        ["C=ID, L=Kabupaten Kebumen, O=Desa Karangsari, T=Kepala Desa, CN=Sutrisno", "CN=Kabupaten Kebumen"];
    assert!(path(NOW) == Trust::Trusted { path: names.map(str::to_owned).to_vec() });
    assert_eq!(path(later(-2)), Trust::NotYetValid);
    assert!(matches!(path(later(365)), Trust::Trusted { .. }), "the last second");
    assert_eq!(path(Timestamp(later(365).millis() + 1000)), Trust::Expired);
    assert!(matches!(check_path(&leaf, &[leaf.clone(), root[0].clone()], &root, NOW), Trust::Trusted { .. }));
}

#[test]
fn a_root_of_the_same_name_is_not_the_issuer() {
    let (ours, stranger) = (authority(1), authority(2));
    let leaf = head_of(&stranger);
    let unknown = Trust::UnknownIssuer { issuer: "CN=Kabupaten Kebumen".to_owned() };
    assert!(check_path(&leaf, &[], &[ours.certificate_der().to_vec()], NOW) == unknown);
    assert!(check_path(&leaf, &[], &[], NOW) == unknown);
    assert!(
        check_path(&leaf, &[stranger.certificate_der().to_vec()], &[ours.certificate_der().to_vec()], NOW)
            == unknown,
        "a root that the signature brings along is no root"
    );
    let both = [ours.certificate_der().to_vec(), stranger.certificate_der().to_vec()];
    assert!(matches!(check_path(&leaf, &[], &both, NOW), Trust::Trusted { .. }));
}

#[test]
fn a_self_issued_certificate_is_just_that_unless_it_is_a_root() {
    let leaf = self_issued(&SigningKey::generate(&Seeded::new(7)), &WHO, NOW).unwrap();
    let root = authority(1).certificate_der().to_vec();
    assert_eq!(check_path(&leaf, &[], &[root], NOW), Trust::SelfIssued);
    assert_eq!(check_path(&leaf, std::slice::from_ref(&leaf), &[], later(9000)), Trust::SelfIssued);
    let known = [leaf.clone()];
    assert!(matches!(check_path(&leaf, &[], &known, NOW), Trust::Trusted { path } if path.len() == 1));
    assert_eq!(check_path(&leaf, &[], &known, later(9000)), Trust::Expired);
}

#[test]
fn one_altered_byte_breaks_the_path() {
    let authority = authority(1);
    let root = [authority.certificate_der().to_vec()];
    let leaf = head_of(&authority);
    for at in 0..leaf.len() {
        let mut altered = leaf.clone();
        altered[at] ^= 1;
        let trust = check_path(&altered, &[], &root, NOW);
        assert!(!matches!(trust, Trust::Trusted { .. }), "byte {at}");
    }
    assert_eq!(check_path(b"", &[], &root, NOW), Trust::Broken);
}

#[test]
fn the_certificate_of_a_server_does_not_sign_documents() {
    let authority = authority(1);
    let server = authority.issue_server(&["localhost".to_owned()], NOW, later(30), &Seeded::new(3)).unwrap();
    let root = [authority.certificate_der().to_vec()];
    assert_eq!(check_path(&server.certificate_der, &[], &root, NOW), Trust::Broken);
}

/// Certificates made by openssl, in PEM on the desk.
struct Makers(Desk);

impl Makers {
    fn new(name: &str) -> Self {
        let desk = Desk::new(name);
        desk.put("ca", b"basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign,cRLSign\n");
        desk.put("ca0", b"basicConstraints=critical,CA:TRUE,pathlen:0\nkeyUsage=critical,keyCertSign\n");
        desk.put("ca-nosign", b"basicConstraints=critical,CA:TRUE\nkeyUsage=critical,cRLSign\n");
        desk.put("person", b"basicConstraints=CA:FALSE\nkeyUsage=critical,nonRepudiation\n");
        desk.put("odd", b"basicConstraints=CA:FALSE\n1.2.3.4.5=critical,ASN1:NULL\n");
        desk.put("encrypt", b"keyUsage=critical,keyEncipherment\n");
        let makers = Self(desk);
        makers.key("root");
        makers.0.openssl("req -x509 -key root.key -out root.pem -days 3650 -subj /CN=root");
        makers
    }

    fn key(&self, name: &str) {
        self.0.openssl(&format!("ecparam -name prime256v1 -genkey -noout -out {name}.key"));
    }

    /// `name` by `issuer`, with the extensions in the file `kind`.
    fn issue(&self, name: &str, issuer: &str, kind: &str) {
        self.key(name);
        self.again(name, name, issuer, kind);
    }

    /// Another certificate for the same key.
    fn again(&self, file: &str, subject: &str, issuer: &str, kind: &str) {
        self.0.openssl(&format!("req -new -key {subject}.key -out csr -subj /CN={subject}"));
        self.0.openssl(&format!(
            "x509 -req -in csr -CA {issuer}.pem -CAkey {issuer}.key -CAcreateserial -extfile {kind} -days 30 \
             -out {file}.pem"
        ));
    }

    fn der(&self, name: &str) -> Vec<u8> {
        let pem = String::from_utf8(self.0.get(&format!("{name}.pem"))).unwrap();
        certificate_der_from_pem(&pem).unwrap()
    }

    fn trust(&self, leaf: &str, others: &[&str]) -> Trust {
        let leaf = self.der(leaf);
        let at = Timestamp(certificate_facts(&leaf).unwrap().not_before.millis() + 1000);
        let others: Vec<_> = others.iter().map(|name| self.der(name)).collect();
        check_path(&leaf, &others, &[self.der("root")], at)
    }
}

fn names(trust: Trust) -> Vec<String> {
    match trust {
        Trust::Trusted { path } => path,
        other => vec![format!("{other:?}")],
    }
}

#[test]
fn only_authorities_issue() {
    let makers = Makers::new("authorities");
    makers.issue("middle", "root", "ca");
    makers.issue("leaf", "middle", "person");
    assert_eq!(names(makers.trust("leaf", &["middle"])), ["CN=leaf", "CN=middle", "CN=root"]);
    assert!(makers.trust("leaf", &[]) == Trust::UnknownIssuer { issuer: "CN=middle".to_owned() });

    makers.issue("below", "leaf", "person");
    assert_eq!(makers.trust("below", &["leaf", "middle"]), Trust::Broken, "a person issued it");
    makers.issue("nosign", "root", "ca-nosign");
    makers.issue("by-nosign", "nosign", "person");
    assert_eq!(makers.trust("by-nosign", &["nosign"]), Trust::Broken, "keyCertSign is missing");

    makers.issue("short", "root", "ca0");
    makers.issue("deep", "short", "ca");
    makers.issue("too-deep", "deep", "person");
    makers.issue("deep-enough", "short", "person");
    assert_eq!(names(makers.trust("deep-enough", &["short"])).len(), 3);
    assert_eq!(makers.trust("too-deep", &["deep", "short"]), Trust::Broken, "pathlen:0");

    makers.issue("odd-one", "middle", "odd");
    assert_eq!(makers.trust("odd-one", &["middle"]), Trust::Broken, "an unknown critical extension");
    makers.issue("cipher", "middle", "encrypt");
    assert_eq!(makers.trust("cipher", &["middle"]), Trust::Broken, "a key for encryption");
}

#[test]
fn authorities_that_vouch_for_each_other_end_the_search() {
    let makers = Makers::new("circle");
    makers.key("a");
    makers.0.openssl("req -x509 -key a.key -out a.pem -days 30 -subj /CN=a");
    makers.issue("b", "a", "ca");
    makers.again("a-by-b", "a", "b", "ca");
    makers.issue("leaf", "b", "person");
    let trust = makers.trust("leaf", &["b", "a-by-b", "a"]);
    assert!(!matches!(trust, Trust::Trusted { .. }), "{trust:?}");
    makers.again("a-by-root", "a", "root", "ca");
    let crossed = makers.trust("leaf", &["a-by-b", "a", "b", "a-by-root"]);
    assert_eq!(names(crossed), ["CN=leaf", "CN=b", "CN=a", "CN=root"]);
}

#[test]
fn a_path_that_is_too_long_is_not_walked() {
    let makers = Makers::new("long");
    let mut others = Vec::new();
    let mut issuer = "root".to_owned();
    for number in 0..8 {
        let name = format!("m{number}");
        makers.issue(&name, &issuer, "ca");
        others.push(name.clone());
        issuer = name;
    }
    let all: Vec<&str> = others.iter().map(String::as_str).collect();
    makers.issue("near", "m5", "person");
    makers.issue("far", "m6", "person");
    assert_eq!(names(makers.trust("near", &all)).len(), 8);
    assert!(!matches!(makers.trust("far", &all), Trust::Trusted { .. }));
}
