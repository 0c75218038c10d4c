//! Photos and documents, after the data and without holding it up: in pieces that fit the line, each byte once.

use crate::error::SyncError;
use crate::link::{Link, LinkError};
use crate::village::Village;
use payung_domain::{Figure, Timestamp};
use payung_journal::{
    ATTACHMENT_CHUNK_BYTES_MAX, ATTACHMENT_DIGESTS_MAX, AttachmentReceipt, AttachmentReply, AttachmentState,
    AttachmentWish, Standing,
};
use payung_register::{Done, FileDone, Healed, Op, Outgoing, Register, SyncAttempt, Via, Wanted};
use std::ops::ControlFlow;

/// The first piece of a session, and the smallest, in bytes.
const PIECE_FIRST: usize = 32 << 10;
const PIECE_MIN: usize = 8 << 10;
/// A piece should not take longer than this, milliseconds: so much is lost when the line breaks.
const PIECE_MS: i64 = 4_000;
/// Failures of the line in a row before it is left alone until the next synchronisation.
const FAILURES_MAX: u32 = 2;
/// Pieces that must go through after a break before they grow again.
const PATIENCE: u32 = 4;
/// Attachments sent or fetched at most in one synchronisation; the rest waits for the next.
const ATTACHMENTS_MAX: usize = 10_000;
/// So often an attachment may begin anew in one synchronisation.
const RESTARTS_MAX: u32 = 2;

/// What came of the photos and documents.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Carried {
    /// Acknowledged by the district in this synchronisation.
    pub sent: u64,
    pub received: u64,
    /// Still to be sent, or to come.
    pub waiting: u64,
    /// The district will not keep them.
    pub refused: u64,
    /// The district no longer had what it had signed for: they wait again, or were sent.
    pub lost: u64,
}

impl Carried {
    /// A line of the history of its own, where something moved.
    pub fn attempt(&self) -> Option<SyncAttempt> {
        (self.sent + self.received + self.lost > 0).then(|| SyncAttempt {
            attachments_sent: self.sent,
            attachments_received: self.received,
            ..SyncAttempt::new(Via::Internet, true, self.words().unwrap_or_default())
        })
    }

    /// What came of them; nothing where there were none.
    pub fn words(&self) -> Option<String> {
        let parts: Vec<String> = [
            (self.sent, "sudah sampai di kabupaten"),
            (self.received, "diterima dari kabupaten"),
            (self.waiting, "masih menunggu"),
            (self.refused, "ditolak kabupaten"),
        ]
        .into_iter()
        .filter(|(many, _)| *many > 0)
        .map(|(many, what)| format!("{} foto atau dokumen {what}", Figure(many)))
        .collect();
        let healed = (self.lost > 0).then(|| Healed::Attachments { resending: self.lost }.words());
        let told = (!parts.is_empty()).then(|| format!("{}.", parts.join(", ")));
        let words: Vec<String> = healed.into_iter().chain(told).collect();
        (!words.is_empty()).then(|| words.join(" "))
    }
}

/// How far the photos and documents are. Real figures, for a progress bar.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CarryProgress {
    pub bytes_done: u64,
    pub bytes_total: u64,
}

/// Sends what the district does not have and fetches what this register lacks. What arrived before a failure stays; the
/// next call goes on from there.
pub async fn carry_attachments(
    village: &impl Village,
    link: &impl Link,
    progress: impl Fn(CarryProgress) + Send + Sync,
) -> Result<Carried, SyncError> {
    let lost = compare(village, link).await;
    let lists = village.with(|register| -> Result<_, SyncError> {
        Ok((register.attachments_to_send()?, register.attachments_to_fetch()?))
    });
    let (mut to_send, mut to_fetch) = lists.await.ok_or(SyncError::Locked)??;
    let mut waiting = (to_send.len() + to_fetch.len()) as u64;
    if waiting == 0 {
        return Ok(Carried { lost, ..Carried::default() });
    }
    to_send.truncate(ATTACHMENTS_MAX);
    to_fetch.truncate(ATTACHMENTS_MAX);
    let total = to_send.iter().map(|file| file.bytes).sum::<u64>()
        + to_fetch.iter().map(|file| file.bytes - file.have.min(file.bytes)).sum::<u64>();
    let mut carrier = Carrier {
        village,
        link,
        progress: &progress,
        pace: Pace { piece: PIECE_FIRST, patience: 0, doubt: false },
        failures: 0,
        at: CarryProgress { bytes_done: 0, bytes_total: total },
    };
    let mut carried = Carried { lost, ..Carried::default() };
    let ended = carrier.all(&to_send, &to_fetch, &mut carried).await;
    waiting = waiting.saturating_sub(carried.sent + carried.received + carried.refused);
    carried.waiting = waiting;
    match ended {
        Ok(()) | Err(Stop::OldServer) => Ok(carried),
        Err(Stop::Failed(error)) if carried.attempt().is_none() => Err(error),
        // Something happened: that is told, and the rest waits.
        Err(Stop::Failed(_)) => Ok(carried),
    }
}

/// From time to time the district says what it lacks: nothing else tells of bytes that it lost together with its own
/// memory of them. How many of them it had signed for. That it could not be asked holds nothing up.
async fn compare(village: &impl Village, link: &impl Link) -> u64 {
    let due = village.with(|register| register.attachments_compare()).await;
    if !matches!(due, Some(Ok(true))) {
        return 0;
    }
    let missing = match ask(village, link, AttachmentWish::Missing).await {
        Ok(AttachmentReply::Missing(digests)) => digests,
        // An older server does not know the question, and is asked again as seldom as any.
        Ok(_) | Err(Stop::OldServer | Stop::Failed(SyncError::Refused { .. } | SyncError::Unreadable)) => {
            Vec::new()
        }
        Err(Stop::Failed(_)) => return 0,
    };
    let missing = Op::AttachmentsMissing { digests: missing, said_at: None };
    let done = village.with(move |register| register.transact(missing)).await;
    let Some(Ok(Done { healed, .. })) = done else { return 0 };
    healed
        .iter()
        .map(|healed| if let Healed::Attachments { resending } = healed { *resending } else { 0 })
        .sum()
}

async fn ask(
    village: &impl Village,
    link: &impl Link,
    wish: AttachmentWish,
) -> Result<AttachmentReply, Stop> {
    let signed = village.with(move |register| register.sign_call(wish));
    let call = signed.await.ok_or(SyncError::Locked)??.to_bytes();
    let reply = link.attachment(call).await.map_err(|error| match error {
        LinkError::Unknown => Stop::OldServer,
        other => Stop::Failed(other.into()),
    })?;
    AttachmentReply::decode(&reply).map_err(|_| SyncError::Unreadable.into())
}

/// Why no more is carried now.
enum Stop {
    /// The district's server knows no attachments yet: they wait.
    OldServer,
    Failed(SyncError),
}

impl<E: Into<SyncError>> From<E> for Stop {
    fn from(error: E) -> Self {
        Self::Failed(error.into())
    }
}

/// The size of pieces, as the line bears it.
struct Pace {
    piece: usize,
    /// So many pieces must go through before the next may be larger again.
    patience: u32,
    /// The line just broke: the other side may have the piece, which a small one finds out.
    doubt: bool,
}

impl Pace {
    /// The size of the next piece.
    fn size(&self) -> usize {
        if self.doubt { PIECE_MIN } else { self.piece }
    }

    fn went_through(&mut self, bytes: usize, took_ms: i64) {
        self.doubt = false;
        if bytes < self.piece {
            return;
        }
        // A clock that was set back says nothing; a quick piece may be followed by one twice its size.
        let fits = match took_ms {
            ..=0 => usize::MAX,
            took => (bytes as i64).saturating_mul(PIECE_MS).saturating_div(took) as usize,
        };
        if fits > self.piece && self.patience > 0 {
            self.patience -= 1;
            return;
        }
        self.piece = fits.clamp(PIECE_MIN, (self.piece * 2).min(ATTACHMENT_CHUNK_BYTES_MAX));
    }

    fn broke(&mut self) {
        self.piece = (self.piece / 2).max(PIECE_MIN);
        self.patience = PATIENCE;
        self.doubt = true;
    }
}

struct Carrier<'a, V, L> {
    village: &'a V,
    link: &'a L,
    progress: &'a (dyn Fn(CarryProgress) + Send + Sync),
    pace: Pace,
    failures: u32,
    at: CarryProgress,
}

impl<V: Village, L: Link> Carrier<'_, V, L> {
    async fn all(
        &mut self,
        to_send: &[Outgoing],
        to_fetch: &[Wanted],
        carried: &mut Carried,
    ) -> Result<(), Stop> {
        for asked in to_send.chunks(ATTACHMENT_DIGESTS_MAX) {
            let digests = asked.iter().map(|file| file.digest).collect();
            let AttachmentReply::State(states) = self.ask(AttachmentWish::State { digests }).await? else {
                return Err(SyncError::Unreadable.into());
            };
            if states.len() != asked.len() {
                return Err(SyncError::Unreadable.into());
            }
            for (file, state) in asked.iter().zip(states) {
                if state.digest != file.digest {
                    return Err(SyncError::Unreadable.into());
                }
                match self.send(file, state).await? {
                    Some(true) => carried.sent += 1,
                    Some(false) => carried.refused += 1,
                    None => {}
                }
            }
        }
        for file in to_fetch {
            if self.fetch(file).await? {
                carried.received += 1;
            }
        }
        Ok(())
    }

    /// Whether the district keeps it now; `None` where it cannot be said yet.
    async fn send(&mut self, file: &Outgoing, state: AttachmentState) -> Result<Option<bool>, Stop> {
        let mut standing = state.standing;
        let digest = file.digest;
        let mut bytes: Option<Vec<u8>> = None;
        let mut restarts = 0;
        let before = self.at.bytes_done;
        loop {
            let kept = match standing {
                Standing::Kept(receipt) => {
                    self.kept(receipt).await?;
                    self.done(before + file.bytes);
                    return Ok(Some(true));
                }
                Standing::Refused { code, .. } => {
                    self.done(before + file.bytes);
                    // The entry may be on its way, and room may be made.
                    return Ok(code.for_good().then_some(false));
                }
                Standing::Partial(kept) => kept,
            };
            self.done(before + kept);
            let all = match bytes.take() {
                Some(bytes) => bytes,
                None => {
                    let read = self.village.with(move |register| register.attachment_bytes(&digest));
                    match read.await.ok_or(SyncError::Locked)?? {
                        Some(bytes) if bytes.len() as u64 == file.bytes => bytes,
                        // Taken away meanwhile.
                        _ => return Ok(None),
                    }
                }
            };
            let from = usize::try_from(kept).unwrap_or(usize::MAX);
            let Some(rest) = all.get(from..).filter(|rest| !rest.is_empty()) else { return Ok(None) };
            let piece = rest[..rest.len().min(self.pace.size())].to_vec();
            let size = piece.len();
            match self.put(AttachmentWish::Put { digest, offset: kept, bytes: piece }, size).await? {
                ControlFlow::Continue(AttachmentReply::Put(state)) if state.digest == digest => {
                    if matches!(state.standing, Standing::Partial(now) if now <= kept) {
                        restarts += 1;
                        if restarts > RESTARTS_MAX {
                            return Ok(None);
                        }
                    }
                    standing = state.standing;
                }
                ControlFlow::Continue(_) => return Err(SyncError::Unreadable.into()),
                // The answer was lost, perhaps the piece, too: the same place again, with less.
                ControlFlow::Break(()) => standing = Standing::Partial(kept),
            }
            bytes = Some(all);
        }
    }

    async fn fetch(&mut self, file: &Wanted) -> Result<bool, Stop> {
        let digest = file.digest;
        let mut have = file.have;
        let mut restarts = 0;
        let before = self.at.bytes_done;
        while have < file.bytes {
            let most = self.pace.size() as u64;
            let wish = AttachmentWish::Get { digest, offset: have, most };
            let bytes = match self.put(wish, most as usize).await? {
                ControlFlow::Break(()) => continue,
                ControlFlow::Continue(AttachmentReply::Chunk { total, bytes }) if total == file.bytes => {
                    bytes
                }
                // Another laptop has not sent it yet, or it was taken away.
                ControlFlow::Continue(AttachmentReply::NotHere(_)) => break,
                ControlFlow::Continue(_) => return Err(SyncError::Unreadable.into()),
            };
            if bytes.is_empty() || have + bytes.len() as u64 > file.bytes {
                return Err(SyncError::Unreadable.into());
            }
            let part = Op::AttachmentPart { digest, offset: have, bytes };
            let done = self.village.with(move |register| register.transact(part));
            match done.await.ok_or(SyncError::Locked)??.file {
                Some(FileDone::Partly { have: now }) => have = now,
                Some(FileDone::Whole) | None => {
                    self.done(before + file.bytes - file.have.min(file.bytes));
                    return Ok(true);
                }
                Some(FileDone::Broken) => {
                    have = 0;
                    restarts += 1;
                    if restarts > RESTARTS_MAX {
                        return Ok(false);
                    }
                }
            }
            self.done(before + have.saturating_sub(file.have));
        }
        Ok(false)
    }

    async fn kept(&self, receipt: AttachmentReceipt) -> Result<(), SyncError> {
        let kept = self.village.with(move |register| register.transact(Op::AttachmentKept(receipt)));
        kept.await.ok_or(SyncError::Locked)??;
        Ok(())
    }

    /// A piece up or down. `Break`: the line failed, and it is worth another try with a smaller one.
    async fn put(
        &mut self,
        wish: AttachmentWish,
        size: usize,
    ) -> Result<ControlFlow<(), AttachmentReply>, Stop> {
        let before = self.moment().await?;
        match self.ask(wish).await {
            Ok(reply) => {
                let after = self.moment().await?;
                self.pace.went_through(size, after.millis().saturating_sub(before.millis()));
                self.failures = 0;
                Ok(ControlFlow::Continue(reply))
            }
            Err(Stop::Failed(SyncError::Offline)) if self.failures < FAILURES_MAX => {
                self.failures += 1;
                self.pace.broke();
                Ok(ControlFlow::Break(()))
            }
            Err(error) => Err(error),
        }
    }

    async fn moment(&self) -> Result<Timestamp, SyncError> {
        self.village.with(|register: &mut Register| register.now()).await.ok_or(SyncError::Locked)
    }

    async fn ask(&self, wish: AttachmentWish) -> Result<AttachmentReply, Stop> {
        ask(self.village, self.link, wish).await
    }

    fn done(&mut self, bytes: u64) {
        self.at.bytes_done = bytes.min(self.at.bytes_total);
        (self.progress)(self.at);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_came_of_them_is_told_in_words() {
        assert_eq!(Carried::default().words(), None, "nothing to say about nothing");
        assert!(Carried { waiting: 3, ..Carried::default() }.attempt().is_none(), "nothing moved");
        let carried = Carried { sent: 2, waiting: 1, ..Carried::default() };
        let words = "2 foto atau dokumen sudah sampai di kabupaten, 1 foto atau dokumen masih menunggu.";
        assert_eq!(carried.words().as_deref(), Some(words));
        let attempt = Carried { lost: 1, ..carried }.attempt().expect("a line of the history");
        assert_eq!(attempt.attachments_sent, 2);
        assert_eq!(
            attempt.words,
            format!("1 foto atau dokumen tidak ada lagi di kabupaten; dikirim sekali lagi. {words}")
        );
    }

    #[test]
    fn pieces_grow_on_a_good_line_and_shrink_on_a_bad_one() {
        let mut pace = Pace { piece: PIECE_FIRST, patience: 0, doubt: false };
        pace.went_through(PIECE_FIRST, 100);
        assert_eq!(pace.piece, 64 << 10, "never more than twice the last");
        pace.went_through(64 << 10, 8_000);
        assert_eq!(pace.piece, 32 << 10, "eight seconds were too long");
        pace.went_through(1_000, 60_000);
        assert_eq!(pace.piece, 32 << 10, "the end of a file says nothing");
        (0..9).for_each(|_| pace.broke());
        assert_eq!((pace.piece, pace.size()), (PIECE_MIN, PIECE_MIN));
        (0..PATIENCE).for_each(|_| pace.went_through(pace.piece, 0));
        assert_eq!(pace.piece, PIECE_MIN, "not at once after a break");
        (0..9).for_each(|_| pace.went_through(pace.piece, 0));
        assert_eq!(pace.piece, ATTACHMENT_CHUNK_BYTES_MAX, "a clock that stands says nothing against it");
    }
}
