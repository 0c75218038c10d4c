//! What an entry can say.

use crate::attachment::Attachment;
use crate::chain::Head;
use crate::ids::{DeviceId, EntityId, SeriesId};
use crate::statement::{SignedStatement, Stamp};
use payung_domain::{
    Answer, CivilDate, EndKind, Field, FieldValues, MeteraiSerial, Readiness, Timestamp, VillageCode,
};
use payung_keys::{BadSignature, PublicKey, Purpose, Signature, SigningKey};
use std::fmt;

/// One thing that happened. The numbers of kinds never change meaning; a kind unknown to this program is kept whole.
#[derive(Clone, PartialEq, Eq)]
#[allow(clippy::large_enum_variant)] // one entry at a time
pub enum Event {
    /// The first entry of every series.
    SeriesOpened {
        kind: SeriesKind,
        village: VillageCode,
        key: PublicKey,
        continues: Option<Continues>,
    },
    /// The clerk said *siap*. The person's id is this entry's place.
    PersonReleased {
        values: FieldValues,
        registered_on: CivilDate,
        regulation: RegulationRef,
        readiness: Readiness,
    },
    /// A new version of a person.
    PersonCorrected {
        person: EntityId,
        /// The entry of the version over which this one was typed.
        base: EntityId,
        /// In ascending order of the fields, each at most once.
        changed: Vec<Change>,
        registered_on: CivilDate,
        regulation: RegulationRef,
        readiness: Readiness,
        /// Other versions in whose place this one stands too: a person compared two and chose field by field.
        also: Vec<EntityId>,
    },
    /// Died, moved, withdrew, or entered by mistake.
    PersonEnded {
        person: EntityId,
        base: EntityId,
        kind: EndKind,
        on: CivilDate,
        reason: String,
    },
    /// A Kepala Desa, Perbekel or Lurah made a signing key on this device.
    HeadKeyIntroduced {
        name: String,
        title: String,
        key: PublicKey,
    },
    StatementSigned {
        statement: SignedStatement,
    },
    /// The signed statement now bears its meterai. Said again after [`Event::StampRefused`], the newest counts.
    StatementStamped {
        statement: EntityId,
        /// The date on the stamp.
        on: CivilDate,
        /// Absent only in entries of the first program.
        stamp: Option<Stamp>,
    },
    /// The district judged one version of a person.
    Answered {
        person: EntityId,
        /// The entry that was judged.
        version: EntityId,
        answer: Answer,
        reasons: Vec<Reason>,
        /// `None`: the program by itself.
        officer: Option<String>,
        regulation: RegulationRef,
    },
    /// Tells the first holder of a NIK that another village entered it too. The second holder gets
    /// [`Event::Answered`] with [`Answer::DuplicateNik`].
    NikHeldElsewhere {
        person: EntityId,
        version: EntityId,
        other_village: VillageCode,
    },
    /// The head took a signed statement back; its bytes and its meterai stay on record.
    StatementWithdrawn {
        statement: EntityId,
        on: CivilDate,
        reason: String,
    },
    /// The district received a signature: an RFC 3161 token over the signature value, DER.
    StatementTimestamped {
        statement: EntityId,
        token: Vec<u8>,
    },
    /// An officer compared a head's fingerprint with the head himself; the district's authority certified the key.
    HeadCertified {
        key: PublicKey,
        /// X.509, DER, issued by the district's authority.
        certificate: Vec<u8>,
        officer: String,
    },
    /// Signatures of that key made at `from` or later do not count.
    HeadRevoked {
        key: PublicKey,
        from: Timestamp,
        reason: RevocationReason,
        officer: String,
        /// In Bahasa Indonesia, for the village.
        note: String,
    },
    /// A stamp's serial stands on another document already.
    StampRefused {
        statement: EntityId,
        serial: MeteraiSerial,
        /// `None`: the other document is of the same village.
        other_village: Option<VillageCode>,
        /// In Bahasa Indonesia, for the village.
        message: String,
    },
    /// A photo or a document belongs to a person or a statement. Its bytes travel by themselves, after the entries.
    Attached {
        /// The person or the statement.
        about: EntityId,
        attachment: Attachment,
    },
    /// An attachment was taken away again; its bytes are erased on both sides, its digest stays.
    AttachmentRemoved {
        /// The entry that attached it.
        attached: EntityId,
        reason: String,
    },
    /// The district will not keep an attachment: broken, or not what was announced.
    AttachmentRefused {
        digest: [u8; 32],
        /// In Bahasa Indonesia, for the village.
        message: String,
    },
    /// The district does not take anything from that device any more.
    DeviceRevoked {
        device: DeviceId,
        officer: String,
        /// In Bahasa Indonesia, for the village.
        note: String,
    },
    /// In local series only: who looked at, printed, exported or typed what.
    Trail {
        what: TrailKind,
        /// The local id of the person or statement.
        subject: Option<u64>,
        fields: Vec<Field>,
        note: String,
    },
    /// Written by a newer program: kept byte for byte.
    Unknown {
        kind: u64,
        body: Vec<u8>,
    },
}

impl Event {
    /// The number that names the kind of event in an entry.
    pub const fn kind(&self) -> u64 {
        match self {
            Self::SeriesOpened { .. } => 1,
            Self::PersonReleased { .. } => 2,
            Self::PersonCorrected { .. } => 3,
            Self::PersonEnded { .. } => 4,
            Self::HeadKeyIntroduced { .. } => 5,
            Self::StatementSigned { .. } => 6,
            Self::StatementStamped { .. } => 7,
            Self::Answered { .. } => 8,
            Self::NikHeldElsewhere { .. } => 9,
            Self::Trail { .. } => 10,
            Self::StatementWithdrawn { .. } => 11,
            Self::StatementTimestamped { .. } => 12,
            Self::HeadCertified { .. } => 13,
            Self::HeadRevoked { .. } => 14,
            Self::StampRefused { .. } => 15,
            Self::Attached { .. } => 16,
            Self::AttachmentRemoved { .. } => 17,
            Self::AttachmentRefused { .. } => 18,
            Self::DeviceRevoked { .. } => 19,
            Self::Unknown { kind, .. } => *kind,
        }
    }

    pub const fn name(&self) -> &'static str {
        match self {
            Self::SeriesOpened { .. } => "series_opened",
            Self::PersonReleased { .. } => "person_released",
            Self::PersonCorrected { .. } => "person_corrected",
            Self::PersonEnded { .. } => "person_ended",
            Self::HeadKeyIntroduced { .. } => "head_key_introduced",
            Self::StatementSigned { .. } => "statement_signed",
            Self::StatementStamped { .. } => "statement_stamped",
            Self::Answered { .. } => "answered",
            Self::NikHeldElsewhere { .. } => "nik_held_elsewhere",
            Self::Trail { .. } => "trail",
            Self::StatementWithdrawn { .. } => "statement_withdrawn",
            Self::StatementTimestamped { .. } => "statement_timestamped",
            Self::HeadCertified { .. } => "head_certified",
            Self::HeadRevoked { .. } => "head_revoked",
            Self::StampRefused { .. } => "stamp_refused",
            Self::Attached { .. } => "attached",
            Self::AttachmentRemoved { .. } => "attachment_removed",
            Self::AttachmentRefused { .. } => "attachment_refused",
            Self::DeviceRevoked { .. } => "device_revoked",
            Self::Unknown { .. } => "unknown",
        }
    }
}

impl fmt::Debug for Event {
    /// The kind alone: the rest is personal data.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Event({} {})", self.kind(), self.name())
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SeriesKind {
    /// People, statements, corrections: travels to the district.
    Shared,
    /// The village's own audit trail: never travels.
    Local,
    /// The district's answers to one village.
    Decisions,
}

/// Why a head's key counts no longer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RevocationReason {
    /// Lost, stolen, or known to somebody else.
    Compromised,
    /// The head's term ended.
    OfficeEnded,
    /// A newer key of the same head stands in its place.
    Superseded,
}

/// A new series takes over where an older one stood: after a restore, or when a disk was cloned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Continues {
    pub series: SeriesId,
    pub seq: u64,
    pub head: Head,
    /// By the old device key, where it is still there.
    pub signature: Option<Signature>,
    /// So many entries that stood after `seq` on a branch which the district had not seen come again, byte for byte, as
    /// entries 2 to `reentered + 1` of the new series. See [`Continues::resolve`].
    pub reentered: u64,
}

impl Continues {
    /// Signed by the old key over the new series, the new key and the place where the old series stood.
    pub fn sign(
        old: &SigningKey,
        series: SeriesId,
        seq: u64,
        head: Head,
        new: SeriesId,
        key: &PublicKey,
    ) -> Self {
        Self { series, seq, head, signature: None, reentered: 0 }.signed(old, new, key)
    }

    /// The same, signed; `reentered` is not under the signature: the new series' own chain and key speak for it.
    pub fn signed(self, old: &SigningKey, new: SeriesId, key: &PublicKey) -> Self {
        let mut continues = self;
        continues.signature = Some(old.sign(Purpose::Continuation, &continues.signed_bytes(new, key)));
        continues
    }

    /// An unsigned continuation never verifies: a person has to vouch for it.
    pub fn verify(&self, old: &PublicKey, new: SeriesId, key: &PublicKey) -> Result<(), BadSignature> {
        let signature = self.signature.ok_or(BadSignature)?;
        old.verify(Purpose::Continuation, &self.signed_bytes(new, key), &signature)
    }

    /// What a place named inside a re-entered entry means. `new` is the series with this continuation, `at` the sequence
    /// number of the entry that names the place. Entries keep their bytes when they are re-entered, so what they say about
    /// the lost branch `(series, seq + k)` means `(new, k + 1)`; everything else means itself.
    pub fn resolve(&self, new: SeriesId, at: u64, named: EntityId) -> EntityId {
        let inside = (2..=self.reentered.saturating_add(1)).contains(&at);
        let lost = named.seq.checked_sub(self.seq).filter(|k| (1..=self.reentered).contains(k));
        match lost {
            Some(k) if inside && named.series == self.series => EntityId::new(new, k + 1),
            _ => named,
        }
    }

    /// New series (16 bytes), new key (33), old series (16), sequence number (8, big-endian), head (32).
    fn signed_bytes(&self, new: SeriesId, key: &PublicKey) -> Vec<u8> {
        [&new.0[..], &key.to_bytes(), &self.series.0, &self.seq.to_be_bytes(), &self.head.0].concat()
    }
}

/// The value of a field in a new version; `None` empties it.
pub type Change = (Field, Option<String>);

/// Which regulation file judged: its id and the SHA-256 of its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RegulationRef {
    pub id: String,
    pub digest: [u8; 32],
}

/// Why the district answered as it did.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Reason {
    pub field: Option<Field>,
    /// The id of a rule of the regulation.
    pub rule: Option<String>,
    /// In Bahasa Indonesia, for the clerk.
    pub message: String,
}

impl fmt::Debug for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Reason({:?}, {:?})", self.field, self.rule)
    }
}

macro_rules! trail_kinds {
    ($($(#[$doc:meta])* $number:literal $variant:ident $name:literal),+ $(,)?) => {
        /// What a person did with the register.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum TrailKind {
            $($(#[$doc])* $variant,)+
            /// Of a newer program.
            Other(u64),
        }

        impl TrailKind {
            pub const fn number(self) -> u64 {
                match self { $(Self::$variant => $number,)+ Self::Other(number) => number }
            }

            pub const fn from_number(number: u64) -> Self {
                match number { $($number => Self::$variant,)+ other => Self::Other(other) }
            }

            /// A stable key for the window and for reports.
            pub const fn key(self) -> &'static str {
                match self { $(Self::$variant => $name,)+ Self::Other(_) => "other" }
            }
        }
    };
}

trail_kinds! {
    1 Viewed "viewed",
    2 Printed "printed",
    3 Exported "exported",
    4 Imported "imported",
    5 DraftChanged "draft_changed",
    6 DraftDiscarded "draft_discarded",
    7 Unlocked "unlocked",
    8 SecretChanged "secret_changed",
    9 SettingsChanged "settings_changed",
    10 StatementPrepared "statement_prepared",
    11 StatementWithdrawn "statement_withdrawn",
    12 StruckOut "struck_out",
    13 BackedUp "backed_up",
    14 Restored "restored",
    15 Enrolled "enrolled",
    16 RecoveryUsed "recovery_used",
    17 BundleWritten "bundle_written",
    18 BundleRead "bundle_read",
    19 BodyErased "body_erased",
    20 HeadEntered "head_entered",
    21 PersonAdded "person_added",
    22 AttachmentAdded "attachment_added",
    23 Healed "healed",
}
