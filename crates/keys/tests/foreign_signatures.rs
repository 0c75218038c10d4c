//! Signatures that other programs make, as those of certified providers and of stamp duty are: RSA and P-384 under
//! authorities of their own. openssl makes them for every run.

#[path = "support/openssl.rs"]
mod openssl;
mod support;

use openssl::Desk;
use payung_domain::Timestamp;
use payung_keys::{
    CMS_CERTIFICATES_MAX, CmsError, CmsFacts, DigestAlgorithm, HeadName, SigningKey, Trust,
    certificate_der_from_pem, certificate_facts, check_path, read_cms, self_issued,
};
use support::Seeded;

const DOCUMENT: &[u8] = b"%PDF-1.7\r\nwhat both sides of the gap hold\n";

/// A provider with a root, an authority below it and a signer.
struct Provider {
    desk: Desk,
    at: Timestamp,
}

impl Provider {
    fn new(name: &str, key: &str, digest: &str) -> Self {
        let desk = Desk::new(name);
        desk.put("document", DOCUMENT);
        desk.put(
            "middle.ext",
            b"basicConstraints=critical,CA:TRUE,pathlen:0\nkeyUsage=critical,keyCertSign,cRLSign\n",
        );
        desk.put(
            "signer.ext",
            b"basicConstraints=CA:FALSE\nkeyUsage=critical,digitalSignature,nonRepudiation\n\
              extendedKeyUsage=clientAuth,emailProtection\nsubjectKeyIdentifier=hash\n\
              authorityKeyIdentifier=keyid\ncertificatePolicies=2.16.360.1.1.1\n",
        );
        desk.openssl(&format!(
            "req -x509 {key} -nodes -keyout root.key -out root.pem -days 3650 -subj /C=ID/O=Penyelenggara/CN=Induk -{digest}"
        ));
        desk.issue("middle", "root", key, "/C=ID/O=Penyelenggara/CN=Antara", &format!("-{digest}"));
        desk.issue("signer", "middle", key, "/C=ID/CN=Ni_Made_Ayu/title=Camat", &format!("-{digest}"));
        let at = Timestamp(certificate_facts(&desk.der("signer")).unwrap().not_before.millis() + 1000);
        Self { desk, at }
    }

    fn rsa(name: &str) -> Self {
        Self::new(name, "-newkey rsa:2048", "sha256")
    }

    fn sign(&self, options: &str) -> Vec<u8> {
        self.desk.openssl(&format!(
            "cms -sign -binary -in document -signer signer.pem -inkey signer.key -certfile middle.pem -outform DER \
             -out signature {options}"
        ));
        self.desk.get("signature")
    }

    fn trust(&self, facts: &CmsFacts) -> Trust {
        check_path(&facts.signer, &facts.certificates, &[self.desk.der("root")], self.at)
    }
}

trait Issues {
    fn issue(&self, name: &str, issuer: &str, key: &str, subject: &str, options: &str);
    fn der(&self, name: &str) -> Vec<u8>;
}

impl Issues for Desk {
    fn issue(&self, name: &str, issuer: &str, key: &str, subject: &str, options: &str) {
        self.openssl(&format!("req {key} -nodes -keyout {name}.key -out {name}.csr -subj {subject}"));
        self.openssl(&format!(
            "x509 -req -in {name}.csr -CA {issuer}.pem -CAkey {issuer}.key -CAcreateserial -extfile {name}.ext \
             -days 30 -out {name}.pem {options}"
        ));
    }

    fn der(&self, name: &str) -> Vec<u8> {
        let pem = String::from_utf8(self.get(&format!("{name}.pem"))).expect("PEM");
        certificate_der_from_pem(&pem).expect("a certificate")
    }
}

fn trusted() -> Trust {
    let path = [
        "C=ID, CN=Ni_Made_Ayu, T=Camat",
        "C=ID, O=Penyelenggara, CN=Antara",
        "C=ID, O=Penyelenggara, CN=Induk",
    ];
    Trust::Trusted { path: path.map(str::to_owned).to_vec() }
}

fn assert_holds(provider: &Provider, signature: &[u8], digest: DigestAlgorithm) -> CmsFacts {
    let facts = read_cms(signature).unwrap();
    assert_eq!(facts.digest_algorithm, digest);
    assert_eq!(facts.verify(&[&DOCUMENT[..9], &DOCUMENT[9..]]), Ok(()));
    let mut other = DOCUMENT.to_vec();
    other[20] ^= 1;
    let refused = facts.verify(&[&other]);
    match facts.message_digest.is_empty() {
        true => assert_eq!(refused, Err(CmsError::BadSignature)),
        false => assert_eq!(refused, Err(CmsError::DigestDiffers)),
    }
    assert_eq!(facts.signer, provider.desk.der("signer"));
    assert_eq!(facts.certificates.len(), 2);
    assert!(!facts.is_timestamp);
    assert!(provider.trust(&facts) == trusted(), "{:?}", provider.trust(&facts));
    facts
}

#[test]
fn rsa_signatures_of_every_form_hold() {
    let provider = Provider::rsa("rsa");
    let facts = assert_holds(&provider, &provider.sign("-md sha256"), DigestAlgorithm::Sha256);
    assert_eq!(facts.signing_certificate, None);
    assert!(facts.signing_time.is_some_and(|at| at.millis() >= provider.at.millis() - 1000));
    let facts = assert_holds(&provider, &provider.sign("-md sha256 -cades"), DigestAlgorithm::Sha256);
    assert_eq!(facts.signing_certificate, Some(true));
    assert_holds(&provider, &provider.sign("-md sha384 -cades"), DigestAlgorithm::Sha384);
    assert_holds(&provider, &provider.sign("-md sha512 -keyid"), DigestAlgorithm::Sha512);
    for digest in ["sha256", "sha384", "sha512"] {
        let options = format!("-md {digest} -keyopt rsa_padding_mode:pss -keyopt rsa_pss_saltlen:-1");
        let expected = read_cms(&provider.sign(&options)).unwrap().digest_algorithm;
        assert_eq!(expected.name().replace('-', "").to_lowercase(), digest);
        assert_holds(&provider, &provider.sign(&options), expected);
    }
    let facts = assert_holds(&provider, &provider.sign("-md sha256 -noattr"), DigestAlgorithm::Sha256);
    assert_eq!((facts.signing_time, facts.signing_certificate), (None, None));
}

#[test]
fn padding_and_indefinite_lengths_are_taken() {
    let provider = Provider::rsa("padding");
    let mut padded = provider.sign("-md sha256");
    padded.resize(padded.len() + 9000, 0);
    assert_holds(&provider, &padded, DigestAlgorithm::Sha256);
    padded.push(1);
    assert_eq!(read_cms(&padded).err(), Some(CmsError::NotCms), "something else follows");
    // With the content inside, openssl streams: indefinite lengths and octets in pieces.
    let streamed = provider.sign("-md sha256 -nodetach -stream");
    assert_eq!(&streamed[..2], &[0x30, 0x80], "an indefinite length");
    assert_holds(&provider, &streamed, DigestAlgorithm::Sha256);
    assert_holds(&provider, &[streamed.as_slice(), &[0; 100]].concat(), DigestAlgorithm::Sha256);
}

#[test]
fn elliptic_curves_of_two_sizes_hold() {
    for (curve, digest, expected) in [
        ("P-384", "sha384", DigestAlgorithm::Sha384),
        ("P-384", "sha256", DigestAlgorithm::Sha256),
        ("P-256", "sha256", DigestAlgorithm::Sha256),
        ("P-256", "sha512", DigestAlgorithm::Sha512),
    ] {
        let key = format!("-newkey ec -pkeyopt ec_paramgen_curve:{curve}");
        let provider = Provider::new(&format!("{curve}-{digest}"), &key, digest);
        assert_holds(&provider, &provider.sign(&format!("-md {digest} -cades")), expected);
    }
}

#[test]
fn what_proves_nothing_is_named_and_not_accepted() {
    let provider = Provider::rsa("weak");
    let refused = |options: &str| {
        let facts = read_cms(&provider.sign(options)).unwrap();
        assert!(provider.trust(&facts) == trusted(), "who signed can still be said");
        facts.verify(&[DOCUMENT])
    };
    assert_eq!(refused("-md sha1"), Err(CmsError::Unsupported("SHA-1".to_owned())));
    assert_eq!(refused("-md sha1 -noattr"), Err(CmsError::Unsupported("SHA-1".to_owned())));
    let salted = "-md sha256 -keyopt rsa_padding_mode:pss -keyopt rsa_pss_saltlen:11";
    assert_eq!(refused(salted), Err(CmsError::Unsupported("RSA-PSS".to_owned())));

    let small = Desk::new("small");
    small.put("document", DOCUMENT);
    small.openssl("req -x509 -newkey rsa:1024 -nodes -keyout k.key -out k.pem -days 30 -subj /CN=Kecil");
    small.openssl("cms -sign -binary -in document -signer k.pem -inkey k.key -outform DER -out signature");
    let facts = read_cms(&small.get("signature")).unwrap();
    assert_eq!(facts.verify(&[DOCUMENT]), Err(CmsError::Unsupported("RSA 1024 bit".to_owned())));
}

#[test]
fn a_signature_without_its_certificate_or_with_two_signers_is_refused() {
    let provider = Provider::rsa("signers");
    let without = provider.sign("-md sha256 -nocerts -certfile root.pem");
    assert_eq!(read_cms(&without).err(), Some(CmsError::NoSigner));
    provider.desk.openssl(
        "cms -sign -binary -in document -signer signer.pem -inkey signer.key -signer middle.pem -inkey middle.key \
         -outform DER -out signature",
    );
    let both = read_cms(&provider.desk.get("signature"));
    assert!(matches!(both, Err(CmsError::Unsupported(_))), "{both:?}");
}

#[test]
fn a_heap_of_certificates_is_refused() {
    let provider = Provider::rsa("heap");
    let who = HeadName { name: "x", title: "", village: "", regency: "" };
    let mut bundle = Vec::new();
    for seed in 0..=CMS_CERTIFICATES_MAX as u64 {
        let key = SigningKey::generate(&Seeded::new(seed));
        provider.desk.put("one", &self_issued(&key, &who, provider.at).unwrap());
        bundle.extend_from_slice(provider.desk.openssl("x509 -inform DER -in one").as_bytes());
    }
    provider.desk.put("bundle.pem", &bundle);
    provider.desk.openssl(
        "cms -sign -binary -in document -signer signer.pem -inkey signer.key -certfile bundle.pem -outform DER \
         -out signature",
    );
    let refused = read_cms(&provider.desk.get("signature"));
    assert!(matches!(refused, Err(CmsError::Unsupported(_))), "{refused:?}");
}

#[test]
fn every_byte_of_the_signed_parts_counts() {
    let provider = Provider::new("bytes", "-newkey ec -pkeyopt ec_paramgen_curve:P-256", "sha256");
    let signature = provider.sign("-md sha256 -cades");
    let facts = read_cms(&signature).unwrap();
    for at in 0..signature.len() {
        let mut altered = signature.clone();
        altered[at] ^= 0x20;
        let Ok(read) = read_cms(&altered) else { continue };
        if read.verify(&[DOCUMENT]).is_ok() && provider.trust(&read) == trusted() {
            assert!(read.signer == facts.signer, "byte {at}: another certificate");
            assert_eq!(read.signing_time, facts.signing_time, "byte {at}");
            assert_eq!(read.message_digest, facts.message_digest, "byte {at}");
        }
    }
}
