//! What the fault dial does to a document: to its packing and headers, and to the table in it.

use std::io::Read;

use flate2::read::MultiGzDecoder;
use sellerport_simulator::{DOWNLOAD, Fault, FaultKind};

use crate::asking::{Amazon, Answer, NORTHWIND, open};
use crate::documents::{US, fields, listings, unpacked};

/// The same document, once as it is and once with a fault: the bytes, unpacked where they can be.
async fn spoilt(amazon: &Amazon, url: &str, kind: FaultKind) -> (Answer, Option<String>) {
    amazon.world.set_fault(Fault::next(1, DOWNLOAD, kind));
    let answer = amazon.download(url, &[]).await;
    let mut plain = Vec::new();
    let whole = MultiGzDecoder::new(answer.body.as_slice()).read_to_end(&mut plain).is_ok();
    (answer, whole.then(|| String::from_utf8_lossy(&plain).into_owned()))
}

#[tokio::test]
async fn the_dial_can_spoil_a_documents_packing_and_headers() {
    let amazon = open().await;
    let (url, packed) = amazon.address("na", NORTHWIND, listings(US)).await;
    assert!(packed);
    let true_bytes = amazon.download(&url, &[]).await.body;
    let (answer, text) = spoilt(&amazon, &url, FaultKind::BadChecksum).await;
    assert_eq!((answer.body.len(), text), (true_bytes.len(), None));
    let (answer, text) = spoilt(&amazon, &url, FaultKind::TrailingGarbage).await;
    assert!(answer.body.starts_with(&true_bytes) && answer.body.len() > true_bytes.len() && text.is_none());
    let (answer, _) = spoilt(&amazon, &url, FaultKind::FalseGzip).await;
    assert!(answer.body.starts_with(b"item-name"), "said to be packed, and plain");
    assert_eq!(answer.header("content-encoding"), None, "it is the API that says it");
    let (answer, _) = spoilt(&amazon, &url, FaultKind::WrongCharset).await;
    assert_eq!(answer.header("content-type"), Some("text/plain;charset=Cp1252"));
    let (answer, _) = spoilt(&amazon, &url, FaultKind::NoContentType).await;
    assert_eq!(answer.header("content-type"), None);
    let (answer, _) = spoilt(&amazon, &url, FaultKind::ExpiredAddress).await;
    assert_eq!(answer.status, 403);
    let (answer, _) = spoilt(&amazon, &url, FaultKind::Status { status: 503 }).await;
    assert!(answer.status == 503 && answer.text().contains("<Code>SlowDown</Code>"));
    let (answer, _) = spoilt(&amazon, &url, FaultKind::Truncated).await;
    assert!(answer.is_cut() && true_bytes.starts_with(&answer.body));
    let (answer, _) = spoilt(&amazon, &url, FaultKind::LengthTooShort).await;
    assert!(!answer.is_cut() && answer.body.len() < true_bytes.len());
    let (answer, _) = spoilt(&amazon, &url, FaultKind::LengthTooLong).await;
    assert!(answer.is_cut() && answer.body == true_bytes);
    let (answer, _) = spoilt(&amazon, &url, FaultKind::Html).await;
    assert!(answer.status == 200 && answer.text().starts_with("<!doctype html>"));
    let (answer, _) = spoilt(&amazon, &url, FaultKind::SlowDrip { milliseconds: 1 }).await;
    assert_eq!(answer.body, true_bytes);
    assert!(amazon.world.faults().is_empty());
}

#[tokio::test]
async fn the_dial_can_spoil_a_documents_table() {
    let amazon = open().await;
    let (url, _) = amazon.address("na", NORTHWIND, listings(US)).await;
    let whole = String::from_utf8(unpacked(&amazon.download(&url, &[]).await.body)).unwrap();
    let (rows, columns) = (fields(&whole).len(), fields(&whole)[0].len());
    let (_, text) = spoilt(&amazon, &url, FaultKind::BareQuotes).await;
    let text = text.unwrap();
    let quoted = fields(&text);
    assert!(quoted.len() == rows && quoted[1][1] == "\"" && quoted[2][1].is_empty(), "{quoted:?}");
    let (_, text) = spoilt(&amazon, &url, FaultKind::RenamedColumn).await;
    assert_eq!(fields(&text.unwrap())[0][1], "renamed-item-description");
    let (_, text) = spoilt(&amazon, &url, FaultKind::ExtraColumn).await;
    let text = text.unwrap();
    let wider = fields(&text);
    assert!(wider.iter().all(|row| row.len() == columns + 1) && wider[0].contains(&"a-new-column"));
    let (_, text) = spoilt(&amazon, &url, FaultKind::ShortRow).await;
    let text = text.unwrap();
    let lengths: Vec<usize> = fields(&text).iter().map(Vec::len).collect();
    assert_eq!((lengths.len(), lengths.iter().filter(|length| **length == columns - 1).count()), (rows, 1));
}
