//! A device is let in once, by a file made for its village.

use crate::support::{AYAH, Laptop, ROWOKELE, Scene, client, read_answer};
use payung_district::{DistrictError, enrolment, report};
use payung_domain::VillageCode;
use payung_journal::{EnrolmentFile, Token};

#[tokio::test(flavor = "multi_thread")]
async fn the_file_lets_one_device_in_and_a_repeat_gets_the_same_answer() {
    let scene = Scene::kebumen().await;
    let file = scene.enrolment_file(AYAH);
    let read = EnrolmentFile::parse(file.to_json().as_bytes()).expect("the village can read its file");
    assert_eq!((read.village.to_string().as_str(), read.regency_name.as_str()), (AYAH, "Kebumen"));
    assert_eq!(read.regulations[0].id, "kebumen-56-2024");

    let laptop = Laptop::new(AYAH);
    let first = scene.enrol(&laptop, &file).await;
    assert_eq!(first.status(), 200);
    let first = first.bytes().await.unwrap();
    scene.clock.advance_days(40);
    let again = scene.enrol(&laptop, &file).await;
    assert_eq!(again.status(), 200, "the answer may have been lost, and come back late");
    assert_eq!(again.bytes().await.unwrap(), first, "the same bytes");
    assert_eq!(read_answer(&first).district_key, file.district_key);

    let other = scene.enrol(&Laptop::new(AYAH), &file).await;
    assert_eq!(other.status(), 409);
    assert_eq!(other.headers()["payung-code"], "token_used");
    assert!(other.text().await.unwrap().contains("Minta berkas baru"), "says what to do");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_of_another_village_or_out_of_date_or_invented_lets_nobody_in() {
    let scene = Scene::kebumen().await;
    let file = scene.enrolment_file(AYAH);
    assert_eq!(scene.enrol(&Laptop::new(ROWOKELE), &file).await.headers()["payung-code"], "other_village");

    let mut invented = file.clone();
    invented.token = Token::from_bytes([7; 16]);
    assert_eq!(scene.enrol(&Laptop::new(AYAH), &invented).await.status(), 403);

    let laptop = Laptop::new(AYAH);
    let mut forged = laptop.enrol_request(&file);
    forged.device_key = Laptop::new(AYAH).key.public();
    let body = serde_json::to_vec(&forged).unwrap();
    let refused = scene.client().post(scene.url("/v1/enrol")).body(body).send().await.unwrap();
    assert_eq!(refused.status(), 401, "whoever enrols holds the key");

    scene.clock.advance_days(31);
    assert_eq!(scene.enrol(&laptop, &file).await.status(), 410);
    assert_eq!(report::status(&scene.office()).unwrap().devices, 0, "nobody was let in");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_village_of_another_regency_gets_no_file() {
    let scene = Scene::kebumen().await;
    for (code, word) in
        [("51.05.01.2010", "bukan desa kabupaten Kebumen"), ("33.05.01.2999", "daftar Kemendagri")]
    {
        let refused = enrolment::issue(&scene.office(), VillageCode::parse(code).unwrap()).unwrap_err();
        assert!(matches!(&refused, DistrictError::Asked(words) if words.contains(word)), "{refused}");
        assert_eq!(refused.exit_code(), 2);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_revoked_device_is_shut_out_and_cannot_come_back() {
    let scene = Scene::kebumen().await;
    let laptop = scene.laptop(AYAH).await;
    scene.exchange(laptop.bytes()).await;
    let order = enrolment::Revocation { device: laptop.device, officer: "Rina", note: None };
    enrolment::revoke(&scene.office(), &order).unwrap();
    assert_eq!(scene.send(laptop.bytes()).await.headers()["payung-code"], "revoked");
    let again = scene.enrol(&laptop, &scene.enrolment_file(AYAH)).await;
    assert_eq!(again.headers()["payung-code"], "revoked");
}

#[tokio::test(flavor = "multi_thread")]
async fn only_the_districts_own_authority_is_trusted() {
    let (scene, stranger) = (Scene::kebumen().await, Scene::kebumen().await);
    assert!(scene.client().get(scene.url("/v1/health")).send().await.is_ok());
    let by_name = scene.url("/v1/health").replace("127.0.0.1", "localhost");
    assert!(scene.client().get(by_name).send().await.is_ok());
    let deceived = client(&stranger.enrolment_file(AYAH).authority_pem);
    assert!(deceived.get(scene.url("/v1/health")).send().await.is_err());
}
