//! Faults of LWA, and of the wire on the way from it, that a careless client trusts or waits for.

use std::time::Duration;

use sellerport_simulator::{CLIENT_ID, Fault, FaultKind};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::asking::{Amazon, Answer, NORTHWIND, RHEINHAUS, encoded, error_of, open};

const PARTICIPATIONS: &str = "/sellers/v1/marketplaceParticipations";

async fn once(amazon: &Amazon, refresh_token: &str, kind: FaultKind) -> Answer {
    amazon.world.set_fault(Fault::next(1, "lwa", kind));
    amazon.refresh(refresh_token).await
}

/// A token request on a connection of its own, not yet answered.
async fn unanswered(amazon: &Amazon) -> TcpStream {
    let refresh_token = amazon.world.mint_self_authorization(NORTHWIND).unwrap();
    let secret = amazon.world.client_secret(CLIENT_ID).unwrap();
    let body = encoded(&[
        ("grant_type", "refresh_token"),
        ("refresh_token", &refresh_token),
        ("client_id", CLIENT_ID),
        ("client_secret", &secret),
    ]);
    let address = amazon.running.base_url().trim_start_matches("http://").to_owned();
    let mut stream = TcpStream::connect(&address).await.unwrap();
    let head = format!(
        "POST /auth/o2/token HTTP/1.1\r\nhost: {address}\r\ncontent-length: {}\r\n\
         content-type: application/x-www-form-urlencoded\r\n\r\n{body}",
        body.len()
    );
    stream.write_all(head.as_bytes()).await.unwrap();
    stream
}

#[tokio::test]
async fn a_429_can_say_how_long_to_wait() {
    let amazon = open().await;
    let refresh_token = amazon.world.mint_self_authorization(NORTHWIND).unwrap();
    for value in ["30", "Fri, 20 Nov 2026 10:05:00 GMT"] {
        let answer = once(&amazon, &refresh_token, FaultKind::Throttled { retry_after: value.into() }).await;
        assert_eq!((answer.status, answer.header("retry-after")), (429, Some(value)));
        assert_eq!(answer.json()["error"], "temporarily_unavailable");
    }
    let token = amazon.access(NORTHWIND).await;
    amazon.world.set_fault(Fault::next(1, "*", FaultKind::Throttled { retry_after: "7".into() }));
    let answer = amazon.call("na", PARTICIPATIONS, &[], &token).await;
    assert_eq!((error_of(&answer).0.as_str(), answer.header("retry-after")), ("QuotaExceeded", Some("7")));
}

#[tokio::test]
async fn silence_lasts_until_the_simulator_stops_although_the_call_was_done() {
    let amazon = open().await;
    amazon.world.set_fault(Fault::next(1, "lwa", FaultKind::Silence));
    let mut stream = unanswered(&amazon).await;
    while amazon.world.calls_to("lwa") == 0 {
        tokio::task::yield_now().await;
    }
    assert_eq!(amazon.world.token_calls().get("refresh_token ok"), Some(&1), "a token was made");
    assert_eq!(stream.try_read(&mut [0; 1]).unwrap_err().kind(), std::io::ErrorKind::WouldBlock);
    let refresh_token = amazon.world.mint_self_authorization(NORTHWIND).unwrap();
    assert_eq!(amazon.refresh(&refresh_token).await.status, 200, "others are answered");
    amazon.running.stop().await;
    let mut left = Vec::new();
    // How the connection ends is the system's business; that it does end is the promise.
    while stream.read_buf(&mut left).await.is_ok_and(|read| read > 0) {}
    assert!(!String::from_utf8_lossy(&left).contains("CANARY"));
}

#[tokio::test]
async fn an_endless_body_goes_on_for_as_long_as_one_reads() {
    let amazon = open().await;
    amazon.world.set_fault(Fault::next(1, "lwa", FaultKind::Endless));
    let mut stream = unanswered(&amazon).await;
    let mut bytes = Vec::new();
    while bytes.len() < 4 * 1024 * 1024 {
        assert!(stream.read_buf(&mut bytes).await.unwrap() > 0, "it never ends");
    }
    let head = String::from_utf8_lossy(&bytes[..1024]).to_ascii_lowercase();
    assert!(head.starts_with("http/1.1 200") && !head.contains("content-length"), "{head}");
    drop(stream);
    let refresh_token = amazon.world.mint_self_authorization(NORTHWIND).unwrap();
    assert_eq!(amazon.refresh(&refresh_token).await.status, 200);
    amazon.running.stop().await;
}

#[tokio::test]
async fn a_body_can_be_almost_right() {
    let amazon = open().await;
    let refresh_token = amazon.world.mint_self_authorization(NORTHWIND).unwrap();
    for value in [json!("mac"), json!(7), json!(["bearer"])] {
        let answer =
            once(&amazon, &refresh_token, FaultKind::TokenType { token_type: value.clone() }).await.json();
        assert_eq!(answer["token_type"], value);
    }
    let none = once(&amazon, &refresh_token, FaultKind::TokenType { token_type: Value::Null }).await.json();
    assert!(none.get("token_type").is_none() && none["access_token"].is_string());
    let twice = once(&amazon, &refresh_token, FaultKind::DuplicateKeys).await;
    assert_eq!(twice.text().matches("\"access_token\":").count(), 2, "{}", twice.text());
    let last_wins = twice.json()["access_token"].as_str().unwrap().to_owned();
    assert!(
        last_wins.starts_with("Atza|") && twice.text().starts_with(r#"{"access_token":"the other value","#)
    );
    let marked = once(&amazon, &refresh_token, FaultKind::ByteOrderMark).await;
    assert!(
        marked.body.starts_with(b"\xEF\xBB\xBF{") && serde_json::from_slice::<Value>(&marked.body).is_err()
    );
    let gzip = once(&amazon, &refresh_token, FaultKind::FalseGzip).await;
    assert_eq!(gzip.header("content-encoding"), Some("gzip"));
    assert!(gzip.json()["access_token"].is_string(), "and is plain all the same");
}

#[tokio::test]
async fn a_token_can_be_good_and_yet_another_sellers() {
    let amazon = open().await;
    let wrong = || Fault::next(1, "lwa", FaultKind::WrongSeller { instead: RHEINHAUS.into() });
    let whose = async |access: &Value| {
        amazon.world.advance(Duration::from_secs(2));
        let token = access.as_str().unwrap();
        let query = [("postedAfter", "2026-10-01T00:00:00Z")];
        let answer = amazon.call("eu", "/finances/2024-06-19/transactions", &query, token).await;
        let first = answer.json()["payload"]["transactions"][0].clone();
        first["sellingPartnerMetadata"]["sellingPartnerId"].clone()
    };
    let mine = amazon.world.mint_self_authorization("A1LUMIERE0004FR").unwrap();
    amazon.world.set_fault(wrong());
    let refreshed = amazon.refresh(&mine).await.json();
    assert_eq!(refreshed["refresh_token"], mine.as_str(), "nothing in the answer tells");
    assert_eq!(whose(&refreshed["access_token"]).await, RHEINHAUS);
    let again = amazon.refresh(&mine).await.json();
    assert_eq!(whose(&again["access_token"]).await, "A1LUMIERE0004FR");
    let code = amazon.code("A1LUMIERE0004FR");
    amazon.world.set_fault(wrong());
    let exchanged = amazon.exchange(&code).await.json();
    assert_eq!(whose(&exchanged["access_token"]).await, RHEINHAUS);
    let later = amazon.refresh(exchanged["refresh_token"].as_str().unwrap()).await.json();
    assert_eq!(whose(&later["access_token"]).await, RHEINHAUS, "of a code, the whole grant is wrong");
}

#[tokio::test]
async fn each_of_them_can_be_dialled_over_http() {
    let amazon = open().await;
    for fault in [
        r#""fault":"throttled","retry_after":"5""#,
        r#""fault":"silence""#,
        r#""fault":"endless""#,
        r#""fault":"duplicate_keys""#,
        r#""fault":"byte_order_mark""#,
        r#""fault":"false_gzip""#,
        r#""fault":"token_type","token_type":"mac""#,
        r#""fault":"wrong_seller","instead":"A3RHEINHAUS03DE""#,
    ] {
        let answer = amazon.post_json("/_sim/faults", &format!(r#"{{"operation":"lwa",{fault}}}"#)).await;
        assert_eq!(answer.status, 200, "{fault}: {}", answer.text());
    }
    assert_eq!(amazon.world.faults().len(), 8);
}
