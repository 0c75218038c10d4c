//! Photos and documents over the real line: only what was announced, each byte once, acknowledged when it is whole.

use crate::support::{AYAH, Laptop, ROWOKELE, Scene, people};
use payung_domain::Timestamp;
use payung_journal::{
    ATTACHMENT_CHUNK_BYTES_MAX, Attachment, AttachmentCall, AttachmentKind, AttachmentReply, AttachmentState,
    AttachmentWish, EntityId, Event, NotKept, SignedCall, Standing,
};
use payung_keys::sha256;

/// A picture as far as its first bytes say.
fn jpeg(length: usize, seed: u8) -> Vec<u8> {
    let mut bytes = vec![0xff, 0xd8, 0xff];
    bytes.extend((bytes.len()..length).map(|at| (at as u8).wrapping_mul(31) ^ seed));
    bytes
}

fn attached(laptop: &mut Laptop, about: EntityId, bytes: &[u8], media: &str) -> EntityId {
    laptop.write(Event::Attached {
        about,
        attachment: Attachment {
            kind: AttachmentKind::Ktp,
            digest: sha256(&[bytes]),
            bytes: bytes.len() as u64,
            media: media.into(),
            name: "ktp.jpg".into(),
        },
    })
}

fn signed(laptop: &Laptop, what: AttachmentWish) -> Vec<u8> {
    let call = AttachmentCall { device: laptop.device, sent_at: Timestamp(1_800_000_000_000), what };
    SignedCall::sign(&call, &laptop.key).to_bytes()
}

async fn call(scene: &Scene, laptop: &Laptop, what: AttachmentWish) -> AttachmentReply {
    let response = post(scene, signed(laptop, what)).await;
    assert_eq!(response.status(), 200);
    AttachmentReply::decode(&response.bytes().await.unwrap()).unwrap()
}

async fn post(scene: &Scene, bytes: Vec<u8>) -> reqwest::Response {
    scene.client().post(scene.url("/v2/attachments")).body(bytes).send().await.unwrap()
}

async fn put(scene: &Scene, laptop: &Laptop, bytes: &[u8], offset: usize, length: usize) -> Standing {
    let digest = sha256(&[bytes]);
    let piece = bytes[offset..(offset + length).min(bytes.len())].to_vec();
    match call(scene, laptop, AttachmentWish::Put { digest, offset: offset as u64, bytes: piece }).await {
        AttachmentReply::Put(AttachmentState { digest: about, standing }) if about == digest => standing,
        other => panic!("{other:?}"),
    }
}

async fn state(scene: &Scene, laptop: &Laptop, digest: [u8; 32]) -> Standing {
    match call(scene, laptop, AttachmentWish::State { digests: vec![digest] }).await {
        AttachmentReply::State(states) if states.len() == 1 => states[0].standing.clone(),
        other => panic!("{other:?}"),
    }
}

async fn fetched(scene: &Scene, laptop: &Laptop, digest: [u8; 32], most: u64) -> Vec<u8> {
    let mut all = Vec::new();
    loop {
        let offset = all.len() as u64;
        match call(scene, laptop, AttachmentWish::Get { digest, offset, most }).await {
            AttachmentReply::Chunk { total, bytes } => {
                assert!(bytes.len() as u64 <= most && !bytes.is_empty());
                all.extend(bytes);
                if all.len() as u64 == total {
                    return all;
                }
            }
            other => panic!("{other:?}"),
        }
    }
}

/// A laptop whose entries announce these files for one person.
async fn with_files(scene: &Scene, files: &[(&[u8], &str)]) -> Laptop {
    let mut laptop = scene.laptop(AYAH).await;
    let person = laptop.release(people::farmer(AYAH, 1));
    for (bytes, media) in files {
        attached(&mut laptop, person, bytes, media);
    }
    scene.exchange(laptop.bytes()).await;
    laptop
}

fn refused(standing: &Standing) -> Option<NotKept> {
    match standing {
        Standing::Refused { code, words } => {
            assert!(words.ends_with('.'), "{words}");
            Some(*code)
        }
        _ => None,
    }
}

#[tokio::test]
async fn pieces_become_a_file_with_a_receipt_and_come_back_the_same() {
    let scene = Scene::kebumen().await;
    let photo = jpeg(150_000, 1);
    let laptop = with_files(&scene, &[(&photo, "image/jpeg")]).await;
    let digest = sha256(&[&photo]);
    assert_eq!(state(&scene, &laptop, digest).await, Standing::Partial(0));
    assert_eq!(put(&scene, &laptop, &photo, 0, 65_536).await, Standing::Partial(65_536));
    assert_eq!(put(&scene, &laptop, &photo, 0, 65_536).await, Standing::Partial(65_536), "a repeat");
    assert_eq!(put(&scene, &laptop, &photo, 100_000, 9).await, Standing::Partial(65_536), "a gap");
    assert_eq!(put(&scene, &laptop, &photo, 60_000, 20_000).await, Standing::Partial(80_000), "an overlap");
    let Standing::Kept(receipt) = put(&scene, &laptop, &photo, 80_000, 100_000).await else {
        panic!("the last piece makes it whole");
    };
    assert!(receipt.verify(&scene.office().key().public()).is_ok());
    assert_eq!((receipt.digest, receipt.bytes), (digest, 150_000));
    let again = put(&scene, &laptop, &photo, 0, 200_000).await;
    assert_eq!(again, Standing::Kept(receipt.clone()), "the repeat gets the same receipt");
    assert_eq!(state(&scene, &laptop, digest).await, Standing::Kept(receipt));
    for most in [1_000, 65_000, ATTACHMENT_CHUNK_BYTES_MAX as u64] {
        assert_eq!(fetched(&scene, &laptop, digest, most).await, photo, "in pieces of {most}");
    }
    let second = scene.laptop(AYAH).await;
    assert_eq!(fetched(&scene, &second, digest, 100_000).await, photo, "another laptop of the village");
    let log = scene.log_text();
    assert!(log.contains("attachment device="), "{log}");
}

#[tokio::test]
async fn the_district_says_what_was_announced_and_is_not_here() {
    let scene = Scene::kebumen().await;
    let (whole, half, gone) = (jpeg(5_000, 4), jpeg(5_000, 5), jpeg(5_000, 6));
    let mut laptop = scene.laptop(AYAH).await;
    let person = laptop.release(people::farmer(AYAH, 1));
    for bytes in [&whole, &half] {
        attached(&mut laptop, person, bytes, "image/jpeg");
    }
    let attached = attached(&mut laptop, person, &gone, "image/jpeg");
    laptop.write(Event::AttachmentRemoved { attached, reason: "Buram".into() });
    scene.exchange(laptop.bytes()).await;
    put(&scene, &laptop, &whole, 0, 5_000).await;
    put(&scene, &laptop, &half, 0, 2_000).await;
    let missing = call(&scene, &laptop, AttachmentWish::Missing).await;
    assert_eq!(missing, AttachmentReply::Missing(vec![sha256(&[&half])]), "neither kept nor taken away");
    put(&scene, &laptop, &half, 2_000, 5_000).await;
    assert_eq!(call(&scene, &laptop, AttachmentWish::Missing).await, AttachmentReply::Missing(vec![]));
    let neighbour = scene.laptop(ROWOKELE).await;
    assert_eq!(call(&scene, &neighbour, AttachmentWish::Missing).await, AttachmentReply::Missing(vec![]));
}

#[tokio::test]
async fn only_what_an_entry_of_this_village_announced_is_kept() {
    let scene = Scene::kebumen().await;
    let photo = jpeg(5_000, 2);
    let laptop = with_files(&scene, &[(&photo, "image/jpeg")]).await;
    let stranger = scene.laptop(ROWOKELE).await;
    let other = jpeg(5_000, 3);
    assert_eq!(refused(&put(&scene, &laptop, &other, 0, 5_000).await), Some(NotKept::NotAnnounced));
    assert_eq!(
        refused(&put(&scene, &stranger, &photo, 0, 5_000).await),
        Some(NotKept::NotAnnounced),
        "another village's announcement does not count"
    );
    assert!(matches!(put(&scene, &laptop, &photo, 0, 5_000).await, Standing::Kept(_)));
    let digest = sha256(&[&photo]);
    let asked = call(&scene, &stranger, AttachmentWish::Get { digest, offset: 0, most: 10 }).await;
    assert!(matches!(asked, AttachmentReply::NotHere(_)), "nor does it give the bytes: {asked:?}");
    assert_eq!(refused(&state(&scene, &stranger, digest).await), Some(NotKept::NotAnnounced));
}

#[tokio::test]
async fn a_stranger_an_altered_call_and_a_revoked_laptop_get_nothing() {
    let scene = Scene::kebumen().await;
    let photo = jpeg(5_000, 4);
    let laptop = with_files(&scene, &[(&photo, "image/jpeg")]).await;
    let digest = sha256(&[&photo]);
    let what = AttachmentWish::Put { digest, offset: 0, bytes: photo.clone() };
    let unknown = Laptop::new(AYAH);
    assert_eq!(post(&scene, signed(&unknown, what.clone())).await.status(), 401);
    let mut altered = signed(&laptop, what.clone());
    let last = altered.len() - 1;
    altered[last] ^= 1;
    assert_eq!(post(&scene, altered).await.status(), 401);
    assert_eq!(post(&scene, b"nothing of ours".to_vec()).await.status(), 400);
    assert_eq!(post(&scene, vec![0; 600_000]).await.status(), 413);
    assert_eq!(state(&scene, &laptop, digest).await, Standing::Partial(0), "nothing of it was kept");
}

#[tokio::test]
async fn bytes_that_are_not_what_was_announced_never_stay() {
    let scene = Scene::kebumen().await;
    let (photo, text) = (jpeg(9_000, 5), b"not a picture at all".to_vec());
    let mut laptop = with_files(&scene, &[(&photo, "image/jpeg"), (&text, "image/jpeg")]).await;
    let digest = sha256(&[&photo]);
    let wrong = jpeg(9_000, 6);
    for attempt in 1..=3 {
        let reply =
            call(&scene, &laptop, AttachmentWish::Put { digest, offset: 0, bytes: wrong.clone() }).await;
        let AttachmentReply::Put(state) = reply else { panic!("{reply:?}") };
        let code = refused(&state.standing);
        assert_eq!(code.is_some(), attempt == 3, "attempt {attempt}: {state:?}");
    }
    assert_eq!(
        refused(&put(&scene, &laptop, &photo, 0, 9_000).await),
        Some(NotKept::Broken),
        "said for good"
    );
    assert_eq!(refused(&put(&scene, &laptop, &text, 0, 100).await), Some(NotKept::Broken), "no JPEG");
    let answer = scene.exchange(laptop.bytes()).await;
    laptop.learn(&answer, &scene.office().key().public());
    let told: Vec<[u8; 32]> = laptop
        .decisions
        .iter()
        .filter_map(|event| match event {
            Event::AttachmentRefused { digest, message } => {
                assert!(message.contains("Lampirkan lagi"), "{message}");
                Some(*digest)
            }
            _ => None,
        })
        .collect();
    assert_eq!(told, [digest, sha256(&[&text])], "each once, as a decision for every laptop");
}

#[tokio::test]
async fn what_is_removed_is_erased_unless_another_entry_names_it() {
    let scene = Scene::kebumen().await;
    let photo = jpeg(7_000, 7);
    let digest = sha256(&[&photo]);
    let mut laptop = scene.laptop(AYAH).await;
    let person = laptop.release(people::farmer(AYAH, 1));
    let first = attached(&mut laptop, person, &photo, "image/jpeg");
    let second = attached(&mut laptop, person, &photo, "image/jpeg");
    scene.exchange(laptop.bytes()).await;
    assert!(matches!(put(&scene, &laptop, &photo, 0, 7_000).await, Standing::Kept(_)));
    laptop.write(Event::AttachmentRemoved { attached: first, reason: "Salah orang".into() });
    scene.exchange(laptop.bytes()).await;
    assert!(matches!(state(&scene, &laptop, digest).await, Standing::Kept(_)), "the other entry needs it");
    laptop.write(Event::AttachmentRemoved { attached: second, reason: "Buram".into() });
    scene.exchange(laptop.bytes()).await;
    assert_eq!(refused(&state(&scene, &laptop, digest).await), Some(NotKept::Removed));
    assert_eq!(refused(&put(&scene, &laptop, &photo, 0, 7_000).await), Some(NotKept::Removed));
    let third = attached(&mut laptop, person, &photo, "image/jpeg");
    scene.exchange(laptop.bytes()).await;
    assert_eq!(state(&scene, &laptop, digest).await, Standing::Partial(0), "attached anew: {third}");
    assert!(matches!(put(&scene, &laptop, &photo, 0, 7_000).await, Standing::Kept(_)));
}

#[tokio::test]
async fn half_a_file_waits_a_month_and_then_begins_anew() {
    let scene = Scene::kebumen().await;
    let (half, other) = (jpeg(50_000, 8), jpeg(50_000, 9));
    let laptop = with_files(&scene, &[(&half, "image/jpeg"), (&other, "image/jpeg")]).await;
    assert_eq!(put(&scene, &laptop, &half, 0, 20_000).await, Standing::Partial(20_000));
    scene.clock.advance_days(29);
    assert_eq!(put(&scene, &laptop, &other, 0, 10).await, Standing::Partial(10));
    assert_eq!(state(&scene, &laptop, sha256(&[&half])).await, Standing::Partial(20_000), "it goes on");
    scene.clock.advance_days(2);
    let third = jpeg(10, 10);
    let mut laptop = laptop;
    let person = EntityId::new(laptop.series, 2);
    attached(&mut laptop, person, &third, "image/jpeg");
    scene.exchange(laptop.bytes()).await;
    assert!(matches!(put(&scene, &laptop, &third, 0, 10).await, Standing::Kept(_)));
    assert_eq!(state(&scene, &laptop, sha256(&[&half])).await, Standing::Partial(0), "31 days are too long");
    assert_eq!(state(&scene, &laptop, sha256(&[&other])).await, Standing::Partial(10), "2 days are not");
}

#[tokio::test]
async fn two_laptops_send_the_same_file_at_once_and_it_is_kept_once() {
    let scene = Scene::kebumen().await;
    let photo = jpeg(120_000, 11);
    let first = with_files(&scene, &[(&photo, "image/jpeg")]).await;
    let second = scene.laptop(AYAH).await;
    let send = async |laptop: &Laptop| {
        let mut at = 0;
        loop {
            match put(&scene, laptop, &photo, at, 10_000).await {
                Standing::Partial(kept) => at = kept as usize,
                Standing::Kept(receipt) => return receipt,
                refused => panic!("{refused:?}"),
            }
        }
    };
    let (one, two) = tokio::join!(send(&first), send(&second));
    assert_eq!(one, two, "one receipt");
    assert_eq!(fetched(&scene, &first, sha256(&[&photo]), 200_000).await, photo);
}
