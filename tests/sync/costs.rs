//! What a round costs on the line, in bytes, HTTP included and TLS not.

use payung_domain::Field;
use payung_register::{Acknowledge, ListQuery, Op};
use payung_sync::{HttpLink, Link};
use payung_tests::line::{Line, WAITS};
use payung_tests::proxy::Counts;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

/// Bytes of one synchronisation that is one request.
async fn one_request(line: &Line, link: &HttpLink, what: &str) -> Counts {
    line.proxy.forget_counts();
    let told = line.sync_by(link).await.unwrap_or_else(|error| panic!("{what}: {error}"));
    let counts = line.proxy.counts();
    assert_eq!(counts.requests, 1, "{what}: one request");
    assert_eq!(told.compared, Some(true), "{what}: both sides hold the same");
    println!("{what}: {} bytes up, {} down, {} in all", counts.up, counts.down, counts.bytes());
    counts
}

#[tokio::test(flavor = "multi_thread")]
async fn small_things_cost_little() {
    let mut line = Line::plain().await;
    let link = line.link(WAITS);
    line.release(100);
    one_request(&line, &link, "100 new people").await;
    let nothing = one_request(&line, &link, "nothing to send").await;
    assert!(nothing.bytes() <= 250, "nothing to send: {nothing:?}");

    let rows = line
        .with(|register| register.list(&ListQuery { limit: 1, ..ListQuery::default() }))
        .expect("list")
        .rows;
    let person = rows[0].id;
    let changed = Op::SaveField { person, field: Field::Address, value: "Jalan Melati 7".to_owned() };
    line.with(|register| register.transact(changed)).expect("changed");
    let release =
        Op::Release { person, acknowledge: Acknowledge { notes: true, same_nik: None, alike: None } };
    line.with(|register| register.transact(release)).expect("released");
    let field = one_request(&line, &link, "one field changed").await;
    assert!(field.bytes() <= 500, "one field changed: {field:?}");
    assert_eq!(line.proxy.counts().connections, 0, "all over the first connection");
}

#[tokio::test]
async fn the_head_of_a_request_says_no_more_than_it_must() {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("port");
    let url = format!("http://{}", listener.local_addr().expect("address"));
    let heard = tokio::spawn(async move {
        let (mut village, _) = listener.accept().await.expect("connection");
        let mut bytes = vec![0; 4_096];
        let length = village.read(&mut bytes).await.expect("request");
        village.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n").await.expect("answer");
        String::from_utf8_lossy(&bytes[..length]).into_owned()
    });
    let line = Line::plain().await;
    let link = HttpLink::with_waits(&url, &line.authority, WAITS).expect("link");
    link.round(b"body".to_vec()).await.expect("answer");
    let request = heard.await.expect("heard");
    let (head, body) = request.split_once("\r\n\r\n").expect("a head and a body");
    println!("head of a request, {} bytes:\n{head}", head.len() + 4);
    assert_eq!(body, "body");
    assert!(head.starts_with("POST /v2 HTTP/1.1"), "{head}");
    let names: Vec<&str> = head.lines().skip(1).filter_map(|line| line.split(':').next()).collect();
    assert!(names.len() <= 3, "{names:?}");
    assert!(head.len() + 4 <= 90, "{} bytes", head.len() + 4);
}
