//! From a signer's certificate to an authority that somebody trusts (RFC 5280, 6).

use crate::certificate::{Certificate, name_text};
use crate::cms::CMS_CERTIFICATES_MAX;
use payung_domain::Timestamp;
use std::fmt;

/// The most certificates in one path, the signer's and the root's too.
const PATH_MAX: usize = 8;
/// The most signatures of certificates that are verified for one path: certificates that all bear one name must not
/// cost more.
const CHECKS_MAX: usize = 48;

/// Whose certificate it is, as far as the given roots can tell.
#[derive(Clone, PartialEq, Eq)]
pub enum Trust {
    /// Every signature, date and right to issue holds up to one of the roots. The subjects from the signer to the root.
    Trusted { path: Vec<String> },
    /// The certificate vouches for itself only.
    SelfIssued,
    /// No path to a root: the issuer at which the search ended.
    UnknownIssuer { issuer: String },
    /// The path holds but for a certificate that was no longer valid then.
    Expired,
    /// The path holds but for a certificate that was not valid yet.
    NotYetValid,
    /// A certificate that cannot be read, was signed by another key than its issuer's, was issued by somebody who may
    /// not issue, or is not for signing documents.
    Broken,
}

impl fmt::Debug for Trust {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Names of people stand in certificates.
        f.write_str(match self {
            Self::Trusted { .. } => "Trusted",
            Self::SelfIssued => "SelfIssued",
            Self::UnknownIssuer { .. } => "UnknownIssuer",
            Self::Expired => "Expired",
            Self::NotYetValid => "NotYetValid",
            Self::Broken => "Broken",
        })
    }
}

/// Looks for a path from `leaf` over `others` (the certificates beside a signature, in any order) to one of `roots`, all
/// in DER, and checks it as of `at`. A leaf that is itself among the roots is trusted. Revocation is not looked at.
pub fn check_path(leaf: &[u8], others: &[Vec<u8>], roots: &[Vec<u8>], at: Timestamp) -> Trust {
    let Ok(leaf) = Certificate::read(leaf) else { return Trust::Broken };
    if !leaf.may_sign_documents() {
        return Trust::Broken;
    }
    let roots: Vec<Certificate<'_>> = roots.iter().filter_map(|der| Certificate::read(der).ok()).collect();
    let others: Vec<Certificate<'_>> =
        others.iter().take(CMS_CERTIFICATES_MAX).filter_map(|der| Certificate::read(der).ok()).collect();
    if roots.iter().any(|root| root.raw == leaf.raw) {
        return dated(&[&leaf], at);
    }
    if leaf.self_issued() {
        return Trust::SelfIssued;
    }
    let mut search = Search { others: &others, roots: &roots, at, checks: CHECKS_MAX, best: None };
    search.from(&mut vec![&leaf]);
    search.best.unwrap_or_else(|| Trust::UnknownIssuer { issuer: name_text(leaf.issuer) })
}

struct Search<'a> {
    others: &'a [Certificate<'a>],
    roots: &'a [Certificate<'a>],
    at: Timestamp,
    checks: usize,
    best: Option<Trust>,
}

impl<'a> Search<'a> {
    /// Goes on from the last certificate of the path; stops at the first path that holds.
    fn from(&mut self, path: &mut Vec<&'a Certificate<'a>>) -> bool {
        let Some(last) = path.last().copied() else { return false };
        let (roots, others) = (self.roots, self.others);
        let mut issuer_seen = false;
        for root in roots.iter().filter(|root| last.names_as_issuer(root)) {
            issuer_seen = true;
            if self.issued(root, last, path.len()) {
                path.push(root);
                let found = dated(path, self.at);
                path.pop();
                let done = matches!(found, Trust::Trusted { .. });
                self.note(found);
                if done {
                    return true;
                }
            }
        }
        for other in others.iter().filter(|other| last.names_as_issuer(other)) {
            let walked = path.iter().any(|known| known.raw == other.raw);
            if walked || path.len() + 1 >= PATH_MAX {
                continue;
            }
            issuer_seen = true;
            if self.issued(other, last, path.len()) {
                // A root that a signature brings along, and that nobody here trusts.
                if other.subject == other.issuer && other.signed_by(other) {
                    self.note(Trust::UnknownIssuer { issuer: name_text(other.subject) });
                    continue;
                }
                path.push(other);
                let done = self.from(path);
                path.pop();
                if done {
                    return true;
                }
            }
        }
        self.note(match issuer_seen {
            true => Trust::Broken,
            false => Trust::UnknownIssuer { issuer: name_text(last.issuer) },
        });
        false
    }

    /// `length`: the certificates up to `subject`, of which all but the leaf are authorities.
    fn issued(&mut self, issuer: &Certificate<'_>, subject: &Certificate<'_>, length: usize) -> bool {
        if self.checks == 0 || !issuer.may_issue(length - 1) {
            return false;
        }
        self.checks -= 1;
        subject.signed_by(issuer)
    }

    /// Keeps what says most: a path that ends at a root before one that ends nowhere.
    fn note(&mut self, found: Trust) {
        let rank = |trust: &Trust| match trust {
            Trust::Trusted { .. } => 3,
            Trust::Expired | Trust::NotYetValid => 2,
            Trust::UnknownIssuer { .. } | Trust::SelfIssued => 1,
            Trust::Broken => 0,
        };
        if self.best.as_ref().is_none_or(|best| rank(best) < rank(&found)) {
            self.best = Some(found);
        }
    }
}

/// A path whose signatures hold, by the calendar.
fn dated(path: &[&Certificate<'_>], at: Timestamp) -> Trust {
    if path.iter().any(|certificate| at < certificate.not_before) {
        return Trust::NotYetValid;
    }
    // X.509 counts seconds; the last second is valid to its end.
    if path.iter().any(|certificate| at.millis() >= certificate.not_after.millis().saturating_add(1000)) {
        return Trust::Expired;
    }
    Trust::Trusted { path: path.iter().map(|certificate| name_text(certificate.subject)).collect() }
}
