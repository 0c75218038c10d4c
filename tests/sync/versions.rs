//! Villages and districts are not updated on the same day: whoever is newer speaks the older one's language.

use payung_sync::{HttpLink, Link, LinkError, synchronise};
use payung_tests::line::{Line, WAITS};
use payung_tests::old_server::OldServer;

/// A village's program of before: it knows no rounds.
struct OldVillage(HttpLink);

impl Link for OldVillage {
    async fn round(&self, _request: Vec<u8>) -> Result<Vec<u8>, LinkError> {
        Err(LinkError::Unknown)
    }

    async fn attachment(&self, _call: Vec<u8>) -> Result<Vec<u8>, LinkError> {
        Err(LinkError::Unknown)
    }

    async fn exchange(&self, request: Vec<u8>) -> Result<Vec<u8>, LinkError> {
        self.0.exchange(request).await
    }

    async fn enrol(&self, request: String) -> Result<String, LinkError> {
        self.0.enrol(request).await
    }
}

#[tokio::test]
async fn an_old_village_and_a_new_district() {
    let mut line = Line::plain().await;
    let old = OldVillage(line.link(WAITS));
    for _ in 0..3 {
        line.release(7);
        let told = synchronise(&line.register, &old, |_| {}).await.expect("sync in the first language");
        assert_eq!((told.sent_entries, told.compared), (7, None), "the first language compares nothing");
        line.assert_level("first language");
    }
    line.release(4);
    let told = line.sync().await.expect("the village was updated");
    assert_eq!((told.sent_entries, told.compared), (4, Some(true)), "{}", told.words);
    line.assert_proved("updated village");
    let told = synchronise(&line.register, &old, |_| {}).await.expect("and the other way round");
    assert_eq!((told.sent_entries, told.received_entries), (0, 0), "{}", told.words);
    line.assert_proved("first language after the second");
}

#[tokio::test]
async fn a_new_village_and_an_old_district() {
    let mut line = Line::plain().await;
    let server = OldServer::start(line.addr()).await;
    line.proxy.lead_to(server.addr);
    line.proxy.forget_counts();
    let link = line.link(WAITS);
    for batch in 1..=3 {
        line.release(5);
        let told = line.sync_by(&link).await.expect("sync in the first language");
        assert_eq!((told.sent_entries, told.compared), (5, None));
        line.assert_level("old district");
        assert_eq!(
            server.turned_away(),
            1,
            "batch {batch}: the link remembers what the server does not know"
        );
    }
    println!(
        "old district: {} requests, {} of them unknown to it",
        line.proxy.counts().requests,
        server.turned_away()
    );
    line.proxy.lead_to(line.addr());
    line.release(2);
    let told = line.sync().await.expect("the district was updated");
    assert_eq!((told.sent_entries, told.compared), (2, Some(true)), "{}", told.words);
    line.assert_proved("updated district");
}
