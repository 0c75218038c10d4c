//! A bad line on loopback: a TCP proxy that counts the bytes of both directions and does to them what a village's line
//! does. It changes no byte; it delays, cuts, loses, swallows and doubles.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{mpsc, watch};
use tokio::task::JoinHandle;
use tokio::time::{Instant, sleep_until};

/// Read from a socket at once.
const CHUNK: usize = 16 << 10;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// From the village to the district.
    Up,
    Down,
}

/// What the line does. [`Weather::default`] is a perfect one.
#[derive(Clone, Debug, Default)]
pub struct Weather {
    /// Each way: half of a round trip.
    pub delay: Duration,
    pub up_per_s: Option<u64>,
    pub down_per_s: Option<u64>,
    /// Strikes once; afterwards the line is whole.
    pub cut: Option<Cut>,
    pub lose: Lose,
    /// One byte at a time, with this pause between them.
    pub drip: Option<Duration>,
    /// After so many bytes of both directions everything is swallowed and no connection ends, old ones and new ones.
    pub half_open_after: Option<u64>,
    /// Every request reaches the district a second time, by a connection of its own.
    pub twice: bool,
}

/// The connection breaks after so many bytes of one direction, counted from when the weather was set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cut {
    pub way: Way,
    pub after: u64,
    /// With a reset, else with an ordinary end.
    pub abrupt: bool,
}

/// Answers that never arrive: the request reached the district and was worked on. Plain HTTP only.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum Lose {
    #[default]
    Nothing,
    /// The second, the fourth ... for 2.
    Every(u64),
    /// Each by this chance, drawn from the seed that the weather was set with.
    Chance { of_one: f64, seed: u64 },
}

/// What went over the line since the proxy started or was last asked to forget.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    pub up: u64,
    pub down: u64,
    pub connections: u64,
    /// Whole requests, where they can be read (plain HTTP).
    pub requests: u64,
    /// Cuts and lost answers.
    pub struck: u64,
}

impl Counts {
    pub const fn bytes(&self) -> u64 {
        self.up + self.down
    }
}

pub struct Proxy {
    addr: SocketAddr,
    line: Arc<Line>,
    task: JoinHandle<()>,
}

struct Line {
    state: Mutex<State>,
    /// Second deliveries under way.
    doubles: watch::Sender<u64>,
}

struct State {
    /// Where the line leads; nowhere before it was told.
    target: Option<SocketAddr>,
    weather: Weather,
    counts: Counts,
    /// Bytes that passed since the weather was set.
    up: u64,
    down: u64,
    answers: u64,
    chance: fastrand::Rng,
}

impl Proxy {
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port for the proxy");
        let addr = listener.local_addr().expect("address of the proxy");
        let state = State {
            target: None,
            weather: Weather::default(),
            counts: Counts::default(),
            up: 0,
            down: 0,
            answers: 0,
            chance: fastrand::Rng::with_seed(0),
        };
        let line = Arc::new(Line { state: Mutex::new(state), doubles: watch::Sender::new(0) });
        let accepting = Arc::clone(&line);
        let task = tokio::spawn(async move {
            while let Ok((village, _)) = listener.accept().await {
                accepting.state().counts.connections += 1;
                tokio::spawn(carry(Arc::clone(&accepting), village));
            }
        });
        Self { addr, line, task }
    }

    /// `scheme` is `http` or `https`: the proxy carries either.
    pub fn url(&self, scheme: &str) -> String {
        format!("{scheme}://{}", self.addr)
    }

    /// To the server there, from the next connection on.
    pub fn lead_to(&self, target: SocketAddr) {
        self.line.state().target = Some(target);
    }

    pub fn set(&self, weather: Weather) {
        let mut state = self.line.state();
        if let Lose::Chance { seed, .. } = weather.lose {
            state.chance = fastrand::Rng::with_seed(seed);
        }
        (state.up, state.down, state.answers) = (0, 0, 0);
        state.weather = weather;
    }

    pub fn counts(&self) -> Counts {
        self.line.state().counts
    }

    pub fn forget_counts(&self) {
        self.line.state().counts = Counts::default();
    }

    /// Waits until every second delivery was answered.
    pub async fn settled(&self) {
        let mut doubles = self.line.doubles.subscribe();
        doubles.wait_for(|under_way| *under_way == 0).await.expect("the proxy lives");
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// What becomes of a chunk that was read.
struct Passing {
    bytes: usize,
    /// The line breaks behind them.
    cut: Option<Cut>,
}

impl Line {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn connect(&self) -> Option<TcpStream> {
        let target = self.state().target?;
        let district = TcpStream::connect(target).await.ok()?;
        district.set_nodelay(true).ok()?;
        Some(district)
    }

    /// Counts a chunk and decides how much of it passes.
    fn pass(&self, way: Way, length: usize, begins_answer: bool) -> Passing {
        let mut state = self.state();
        let State { weather, counts, up, down, answers, chance, target: _ } = &mut *state;
        let (counted, passed) = match way {
            Way::Up => (&mut counts.up, &mut *up),
            Way::Down => (&mut counts.down, &mut *down),
        };
        *counted += length as u64;
        if begins_answer {
            *answers += 1;
            let lost = match weather.lose {
                Lose::Nothing => false,
                Lose::Every(every) => answers.is_multiple_of(every),
                Lose::Chance { of_one, .. } => chance.f64() < of_one,
            };
            if lost {
                counts.struck += 1;
                return Passing { bytes: 0, cut: Some(Cut { way, after: 0, abrupt: true }) };
            }
        }
        let before = *passed;
        *passed += length as u64;
        match weather.cut {
            Some(cut) if cut.way == way && cut.after < before + length as u64 => {
                weather.cut = None;
                counts.struck += 1;
                Passing { bytes: (cut.after - before) as usize, cut: Some(cut) }
            }
            _ => {
                let silent =
                    weather.half_open_after.map(|after| after.saturating_sub(*up + *down - length as u64));
                let bytes = silent.map_or(length, |left| length.min(usize::try_from(left).unwrap_or(length)));
                Passing { bytes, cut: None }
            }
        }
    }

    /// When bytes that are read now reach the other end, if those before them do at `busy`.
    fn arrival(&self, way: Way, length: usize, busy: &mut Instant) -> Instant {
        let state = self.state();
        let rate = match way {
            Way::Up => state.weather.up_per_s,
            Way::Down => state.weather.down_per_s,
        };
        let start = (*busy).max(Instant::now());
        *busy =
            start + rate.map_or(Duration::ZERO, |rate| Duration::from_secs_f64(length as f64 / rate as f64));
        *busy + state.weather.delay
    }

    fn drip(&self) -> Option<Duration> {
        self.state().weather.drip
    }

    /// Brings a whole request to the district once more and waits for the answer, which nobody gets.
    fn deliver_again(self: &Arc<Self>, request: Vec<u8>) {
        if !self.state().weather.twice {
            return;
        }
        self.doubles.send_modify(|under_way| *under_way += 1);
        let line = Arc::clone(self);
        tokio::spawn(async move {
            if let Some(mut district) = line.connect().await
                && district.write_all(&request).await.is_ok()
            {
                let (mut answer, mut chunk) = (Messages::default(), vec![0; CHUNK]);
                while let Ok(length @ 1..) = district.read(&mut chunk).await {
                    if !answer.take(&chunk[..length]).is_empty() {
                        break;
                    }
                }
            }
            line.doubles.send_modify(|under_way| *under_way -= 1);
        });
    }
}

/// Finds where HTTP messages end: a head, then as many bytes as it promises.
#[derive(Default)]
pub(crate) struct Messages {
    message: Vec<u8>,
    /// Known once the head is whole.
    length: Option<usize>,
}

impl Messages {
    /// The messages that these bytes complete.
    pub(crate) fn take(&mut self, mut bytes: &[u8]) -> Vec<Vec<u8>> {
        let mut whole = Vec::new();
        while !bytes.is_empty() {
            let wanted = self.length.map_or(1, |length| length - self.message.len());
            let (now, later) = bytes.split_at(wanted.min(bytes.len()));
            self.message.extend_from_slice(now);
            bytes = later;
            if self.length.is_none() && self.message.ends_with(b"\r\n\r\n") {
                self.length = Some(self.message.len() + promised(&self.message));
            }
            if self.length == Some(self.message.len()) {
                whole.push(std::mem::take(&mut self.message));
                self.length = None;
            }
        }
        whole
    }
}

/// The `content-length` of a head.
fn promised(head: &[u8]) -> usize {
    let head = String::from_utf8_lossy(head).to_ascii_lowercase();
    let named = head.lines().find_map(|line| line.strip_prefix("content-length:"));
    named.and_then(|length| length.trim().parse().ok()).unwrap_or(0)
}

/// The head of an HTTP message has at most so many bytes; an encrypted stream is not looked at further.
const HEAD_MAX: usize = 16 << 10;

/// One connection, both ways, until either end closes or the line breaks.
async fn carry(line: Arc<Line>, village: TcpStream) {
    let Some(district) = line.connect().await else { return };
    let _ = village.set_nodelay(true);
    let owed = Arc::new(watch::Sender::new(0_u64));
    let (broken, breaks) = watch::channel(None::<Cut>);
    let broken = Arc::new(broken);
    let (village_reads, village_writes) = village.into_split();
    let (district_reads, district_writes) = district.into_split();
    let up =
        Half { line: Arc::clone(&line), way: Way::Up, owed: Arc::clone(&owed), broken: Arc::clone(&broken) };
    let down = Half { line, way: Way::Down, owed, broken };
    let (up_ends, down_ends) = tokio::join!(
        up.run(village_reads, district_writes, breaks.clone()),
        down.run(district_reads, village_writes, breaks.clone()),
    );
    if breaks.borrow().is_some_and(|cut| cut.abrupt) {
        for (reads, writes) in [(up_ends.0, down_ends.1), (down_ends.0, up_ends.1)] {
            if let Ok(whole) = reads.reunite(writes) {
                let _ = whole.set_zero_linger();
            }
        }
    }
}

/// One direction of a connection.
struct Half {
    line: Arc<Line>,
    way: Way,
    /// Requests that passed and have no answer yet.
    owed: Arc<watch::Sender<u64>>,
    broken: Arc<watch::Sender<Option<Cut>>>,
}

impl Half {
    /// Gives both ends back, so that the connection can be reset.
    async fn run(
        self,
        reads: OwnedReadHalf,
        writes: OwnedWriteHalf,
        breaks: watch::Receiver<Option<Cut>>,
    ) -> (OwnedReadHalf, OwnedWriteHalf) {
        let (queue, queued) = mpsc::unbounded_channel();
        let broken = Arc::clone(&self.broken);
        let drip = self.line.drip();
        let writing = write_out(queued, writes, drip, broken);
        tokio::join!(self.read_in(reads, queue, breaks), writing)
    }

    async fn read_in(
        self,
        mut reads: OwnedReadHalf,
        queue: mpsc::UnboundedSender<Parcel>,
        mut breaks: watch::Receiver<Option<Cut>>,
    ) -> OwnedReadHalf {
        let mut chunk = vec![0; CHUNK];
        let mut messages = Messages::default();
        let mut busy = Instant::now();
        loop {
            let length = tokio::select! {
                read = reads.read(&mut chunk) => read.unwrap_or(0),
                _ = breaks.wait_for(Option::is_some) => return reads,
            };
            if length == 0 {
                return reads;
            }
            let bytes = &chunk[..length];
            let passing = self.line.pass(self.way, length, self.begins_answer());
            if self.way == Way::Up && messages.message.len() <= HEAD_MAX.max(messages.length.unwrap_or(0)) {
                for request in messages.take(&bytes[..passing.bytes]) {
                    self.line.state().counts.requests += 1;
                    self.owed.send_modify(|owed| *owed += 1);
                    self.line.deliver_again(request);
                }
            }
            let due = self.line.arrival(self.way, passing.bytes, &mut busy);
            let parcel = Parcel { due, bytes: bytes[..passing.bytes].to_vec(), cut: passing.cut };
            if queue.send(parcel).is_err() {
                return reads;
            }
        }
    }

    /// Whether what was just read is the beginning of an answer.
    fn begins_answer(&self) -> bool {
        let mut begins = false;
        if self.way == Way::Down {
            self.owed.send_if_modified(|owed| {
                begins = *owed > 0;
                *owed = owed.saturating_sub(1);
                begins
            });
        }
        begins
    }
}

struct Parcel {
    due: Instant,
    bytes: Vec<u8>,
    cut: Option<Cut>,
}

async fn write_out(
    mut queued: mpsc::UnboundedReceiver<Parcel>,
    mut writes: OwnedWriteHalf,
    drip: Option<Duration>,
    broken: Arc<watch::Sender<Option<Cut>>>,
) -> OwnedWriteHalf {
    let mut breaks = broken.subscribe();
    loop {
        let parcel = tokio::select! {
            parcel = queued.recv() => parcel,
            _ = breaks.wait_for(Option::is_some) => return writes,
        };
        let Some(parcel) = parcel else {
            let _ = writes.shutdown().await;
            return writes;
        };
        sleep_until(parcel.due).await;
        let step = if drip.is_some() { 1 } else { parcel.bytes.len().max(1) };
        for bytes in parcel.bytes.chunks(step) {
            if writes.write_all(bytes).await.is_err() {
                return writes;
            }
            if let Some(pause) = drip {
                tokio::time::sleep(pause).await;
            }
        }
        if let Some(cut) = parcel.cut {
            broken.send_replace(Some(cut));
            return writes;
        }
    }
}
