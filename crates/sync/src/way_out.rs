//! Whether the network changed: a cable, a hotspot, a modem. Looked at without sending anything.

use std::net::{IpAddr, Ipv4Addr, SocketAddr, UdpSocket};
use std::time::Duration;

/// Looking is one system call or three.
const LOOK_EVERY: Duration = Duration::from_secs(2);

/// An address of the range that documents use: nobody lives there, and every default route leads there.
const ELSEWHERE: SocketAddr = SocketAddr::new(IpAddr::V4(Ipv4Addr::new(192, 0, 2, 1)), 9);

/// This machine's own address on the way to the internet; `None` while there is no way. It changes with the network.
pub fn way_out() -> Option<IpAddr> {
    way_to(ELSEWHERE)
}

/// Ends as soon as there is a way out other than `known`: the moment to try again at once.
pub async fn new_way_out(known: Option<IpAddr>) -> Option<IpAddr> {
    let mut last = known;
    loop {
        tokio::time::sleep(LOOK_EVERY).await;
        let now = way_out();
        if now != last && now.is_some() {
            return now;
        }
        last = now;
    }
}

/// Connecting a datagram socket asks the routing table and sends nothing.
fn way_to(target: SocketAddr) -> Option<IpAddr> {
    let socket = UdpSocket::bind((Ipv4Addr::UNSPECIFIED, 0)).ok()?;
    socket.connect(target).ok()?;
    let own = socket.local_addr().ok()?.ip();
    (!own.is_unspecified()).then_some(own)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_way_to_oneself_is_oneself() {
        let here = IpAddr::V4(Ipv4Addr::LOCALHOST);
        assert_eq!(way_to(SocketAddr::new(here, 9)), Some(here));
    }
}
