//! A district's server of before: it answers 404 to what it does not know, and passes on what it does.

use crate::proxy::Messages;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

/// In front of a new server over plain HTTP.
pub struct OldServer {
    pub addr: SocketAddr,
    turned_away: Arc<AtomicU64>,
    task: JoinHandle<()>,
}

impl OldServer {
    pub async fn start(new: SocketAddr) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("port");
        let addr = listener.local_addr().expect("address");
        let turned_away = Arc::new(AtomicU64::new(0));
        let counted = Arc::clone(&turned_away);
        let task = tokio::spawn(async move {
            while let Ok((village, _)) = listener.accept().await {
                tokio::spawn(serve(village, new, Arc::clone(&counted)));
            }
        });
        Self { addr, turned_away, task }
    }

    /// Requests that an old server does not know.
    pub fn turned_away(&self) -> u64 {
        self.turned_away.load(Ordering::SeqCst)
    }
}

impl Drop for OldServer {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// Ends when either side does.
async fn serve(mut village: TcpStream, new: SocketAddr, turned_away: Arc<AtomicU64>) {
    let Ok(mut district) = TcpStream::connect(new).await else { return };
    while let Some(request) = message(&mut village).await {
        let answer = if request.starts_with(b"POST /v2") {
            turned_away.fetch_add(1, Ordering::SeqCst);
            Some(b"HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\n\r\n".to_vec())
        } else if district.write_all(&request).await.is_ok() {
            message(&mut district).await
        } else {
            None
        };
        let Some(answer) = answer else { return };
        if village.write_all(&answer).await.is_err() {
            return;
        }
    }
}

async fn message(stream: &mut TcpStream) -> Option<Vec<u8>> {
    let (mut messages, mut chunk) = (Messages::default(), vec![0; 16 << 10]);
    loop {
        let length = stream.read(&mut chunk).await.ok().filter(|length| *length > 0)?;
        if let Some(whole) = messages.take(&chunk[..length]).pop() {
            return Some(whole);
        }
    }
}
