//! What every certificate below an authority says (RFC 5280, 4.2.1): whose key signed it, whose it is, that it signs no
//! other, and what it is for.

use x509_cert::builder::{self, profile::BuilderProfile};
use x509_cert::certificate::TbsCertificate;
use x509_cert::ext::pkix::name::GeneralName;
use x509_cert::ext::pkix::{
    AuthorityKeyIdentifier, BasicConstraints, ExtendedKeyUsage, KeyUsage, SubjectAltName,
    SubjectKeyIdentifier,
};
use x509_cert::ext::{Extension, ToExtension};
use x509_cert::name::Name;
use x509_cert::spki::{ObjectIdentifier, SubjectPublicKeyInfoRef};

pub(crate) struct EndEntity {
    /// `None`: the subject itself.
    pub issuer: Option<Name>,
    pub subject: Name,
    pub usage: KeyUsage,
    pub purposes: Vec<ObjectIdentifier>,
    /// Whoever does not know the purposes must refuse the certificate.
    pub purposes_critical: bool,
    /// Host names and addresses of a server; left out where there are none.
    pub alternatives: Vec<GeneralName>,
}

impl BuilderProfile for EndEntity {
    fn get_issuer(&self, subject: &Name) -> Name {
        self.issuer.as_ref().unwrap_or(subject).clone()
    }

    fn get_subject(&self) -> Name {
        self.subject.clone()
    }

    fn build_extensions(
        &self,
        key: SubjectPublicKeyInfoRef<'_>,
        issuer_key: SubjectPublicKeyInfoRef<'_>,
        tbs: &TbsCertificate,
    ) -> builder::Result<Vec<Extension>> {
        let subject = tbs.subject();
        let mut purposes = ExtendedKeyUsage(self.purposes.clone()).to_extension(subject, &[])?;
        purposes.critical |= self.purposes_critical;
        let mut extensions = vec![
            AuthorityKeyIdentifier::try_from(issuer_key)?.to_extension(subject, &[])?,
            SubjectKeyIdentifier::try_from(key)?.to_extension(subject, &[])?,
            BasicConstraints { ca: false, path_len_constraint: None }.to_extension(subject, &[])?,
            self.usage.to_extension(subject, &[])?,
            purposes,
        ];
        if !self.alternatives.is_empty() {
            extensions.push(SubjectAltName(self.alternatives.clone()).to_extension(subject, &[])?);
        }
        Ok(extensions)
    }
}
