//! Documents: who gets one and for how long, and in which bytes it comes.

use std::collections::BTreeSet;
use std::io::Read;
use std::time::Duration;

use encoding_rs::{Encoding, SHIFT_JIS, UTF_8, WINDOWS_1252};
use flate2::read::{GzDecoder, MultiGzDecoder};
use sellerport_simulator::{DOWNLOAD, Fault, FaultKind, Lost};
use serde_json::{Value, json};

use crate::asking::{Amazon, Answer, NORTHWIND, RHEINHAUS, encoded, open};
use crate::reports::{LISTINGS, week_of_orders};

const SAKURAYA: &str = "A2SAKURAYA005JP";
const DOCUMENTS: &str = "/reports/2021-06-30/documents";
pub(crate) const US: &str = "ATVPDKIKX0DER";
const DE: &str = "A1PA6795UKMFR9";

impl Amazon {
    /// Where a finished report's document is.
    async fn where_is(&self, region: &str, report: &Value, token: &str) -> Value {
        let id = report["reportDocumentId"].as_str().unwrap_or_else(|| panic!("{report}"));
        let answer = self.call(region, &format!("{DOCUMENTS}/{id}"), &[], token).await;
        assert_eq!(answer.status, 200, "{}", answer.text());
        answer.json()
    }

    /// Downloads by an address.
    pub(crate) async fn download(&self, url: &str, headers: &[(&str, &str)]) -> Answer {
        let path = url.strip_prefix(self.running.base_url().as_str()).unwrap();
        self.send("GET", path, headers, "").await
    }

    /// A report's address, and the API's word for how it is packed.
    pub(crate) async fn address(&self, region: &str, seller: &str, body: Value) -> (String, bool) {
        let token = self.access(seller).await;
        let report = self.finished(region, body, &token).await;
        let told = self.where_is(region, &report, &token).await;
        (told["url"].as_str().unwrap().to_owned(), told["compressionAlgorithm"] == "GZIP")
    }

    /// A report's text, in a charset.
    async fn text_of(
        &self,
        region: &str,
        seller: &str,
        body: Value,
        charset: &'static Encoding,
    ) -> (String, String) {
        let (url, packed) = self.address(region, seller, body).await;
        let answer = self.download(&url, &[]).await;
        let bytes = if packed { unpacked(&answer.body) } else { answer.body.clone() };
        let (text, _, wrong) = charset.decode(&bytes);
        assert!(!wrong, "{text}");
        (text.into_owned(), answer.header("content-type").unwrap().to_owned())
    }
}

pub(crate) fn unpacked(bytes: &[u8]) -> Vec<u8> {
    let mut plain = Vec::new();
    MultiGzDecoder::new(bytes).read_to_end(&mut plain).unwrap();
    plain
}

pub(crate) fn listings(store: &str) -> Value {
    json!({ "reportType": LISTINGS, "marketplaceIds": [store] })
}

/// A table's lines, each with its fields.
pub(crate) fn fields(text: &str) -> Vec<Vec<&str>> {
    text.lines().map(|line| line.split('\t').collect()).collect()
}

#[tokio::test]
async fn an_address_works_for_five_minutes() {
    let amazon = open().await;
    let (url, _) = amazon.address("na", NORTHWIND, listings(US)).await;
    assert_eq!(amazon.download(&url, &[]).await.status, 200);
    amazon.world.advance(Duration::from_secs(299));
    assert_eq!(amazon.download(&url, &[]).await.status, 200, "as often as one likes");
    amazon.world.advance(Duration::from_secs(1));
    let late = amazon.download(&url, &[]).await;
    assert_eq!((late.status, late.header("content-type")), (403, Some("application/xml")));
    assert!(late.text().contains("<Code>AccessDenied</Code><Message>Request has expired</Message>"));
}

#[tokio::test]
async fn the_apis_headers_are_refused_and_so_is_a_changed_address() {
    let amazon = open().await;
    let (url, _) = amazon.address("na", NORTHWIND, listings(US)).await;
    let with_token = amazon.download(&url, &[("x-amz-access-token", "Atza|x")]).await;
    assert_eq!(with_token.status, 403);
    assert!(with_token.text().contains("<HeadersNotSigned>x-amz-access-token</HeadersNotSigned>"));
    let authorized = amazon.download(&url, &[("authorization", "Bearer x")]).await;
    assert_eq!(authorized.status, 400);
    for changed in [
        url.replace("X-Amz-Expires=300", "X-Amz-Expires=900"),
        url.replace("amzn1.spdoc", "amzn2.spdoc"),
        url[..512].to_owned(),
        format!("{url}&more=1"),
        url.split('?').next().unwrap().to_owned(),
    ] {
        let refused = amazon.download(&changed, &[]).await;
        assert_eq!(refused.status, 403, "{changed}");
        assert!(refused.text().contains("SignatureDoesNotMatch"), "{}", refused.text());
    }
    let path = url.strip_prefix(amazon.running.base_url().as_str()).unwrap();
    assert_eq!(amazon.send("PUT", path, &[], "").await.status, 403, "it is signed for reading");
}

#[tokio::test]
async fn an_address_is_a_secret_that_no_log_shows() {
    let amazon = open().await;
    let (url, _) = amazon.address("na", NORTHWIND, listings(US)).await;
    amazon.download(&url, &[]).await;
    let signature = url.split("X-Amz-Signature=").nth(1).unwrap();
    assert!(signature.starts_with("CANARY-document-"));
    assert!(amazon.world.secrets_issued().iter().any(|secret| secret == signature));
    let asked = amazon.world.asked();
    let last = asked.last().unwrap();
    assert_eq!((last.operation.as_str(), last.query.as_str()), (DOWNLOAD, LISTINGS));
    assert!(!asked.iter().any(|asked| format!("{asked:?}").contains("CANARY")));
}

#[tokio::test]
async fn a_document_is_packed_in_one_member_or_two_or_not_at_all() {
    let amazon = open().await;
    let mut forms = BTreeSet::new();
    let mut texts = BTreeSet::new();
    for _ in 0..4 {
        let (url, packed) = amazon.address("na", NORTHWIND, listings(US)).await;
        let answer = amazon.download(&url, &[]).await;
        assert_eq!(answer.header("content-encoding"), None);
        let plain = if packed { unpacked(&answer.body) } else { answer.body.clone() };
        let mut first = Vec::new();
        let whole = packed
            && GzDecoder::new(answer.body.as_slice()).read_to_end(&mut first).is_ok()
            && first == plain;
        forms.insert((packed, whole));
        texts.insert(plain);
    }
    assert_eq!(forms, BTreeSet::from([(false, false), (true, false), (true, true)]));
    assert_eq!(texts.len(), 1, "whatever the packing");
}

#[tokio::test]
async fn an_address_may_say_how_it_is_packed() {
    let amazon = open().await;
    let token = amazon.access(NORTHWIND).await;
    let report = amazon.finished("na", listings(US), &token).await;
    let path = format!("{DOCUMENTS}/{}", report["reportDocumentId"].as_str().unwrap());
    let told = amazon.call("na", &path, &[("enableContentEncodingUrlHeader", "true")], &token).await.json();
    assert_eq!(told["compressionAlgorithm"], "GZIP");
    let answer = amazon.download(told["url"].as_str().unwrap(), &[]).await;
    assert_eq!(answer.header("content-encoding"), Some("gzip"));
}

#[tokio::test]
async fn l51_a_store_writes_in_its_own_charset_and_language() {
    let amazon = open().await;
    let (german, content_type) = amazon.text_of("eu", RHEINHAUS, listings(DE), WINDOWS_1252).await;
    assert_eq!(content_type, "text/plain;charset=Cp1252");
    let rows = fields(&german);
    assert_eq!((rows[0][0], rows[0][3], rows[0][4]), ("Artikelbezeichnung", "Händler-SKU", "Preis"));
    assert!(
        german.contains("Gusseiserne Pfanne, Ø 26 cm")
            && german.contains("\"Nordlys\"")
            && german.contains("\r\n")
    );
    let store = "A13V1IB3VIYZZH";
    let (french, _) = amazon.text_of("eu", RHEINHAUS, listings(store), WINDOWS_1252).await;
    assert_eq!(fields(&french)[0][0], "nom-produit");
    let (japanese, content_type) =
        amazon.text_of("fe", SAKURAYA, listings("A1VC38T7YXB528"), SHIFT_JIS).await;
    assert_eq!(content_type, "text/plain;charset=Shift_JIS");
    let rows = fields(&japanese);
    assert_eq!((rows[0][0], rows[1][0]), ("商品名", "ステンレス電気ケトル 1.7L"));
    let (american, content_type) = amazon.text_of("na", NORTHWIND, listings(US), UTF_8).await;
    assert_eq!(content_type, "text/plain;charset=UTF-8");
    assert_eq!(fields(&american)[0][0], "item-name");
    for text in [&german, &french, &japanese, &american] {
        let rows = fields(text);
        assert!(rows.len() > 10 && rows.iter().all(|row| row.len() == rows[0].len()), "whole rows");
    }
}

#[tokio::test]
async fn a_report_of_orders_has_exactly_the_orders_of_its_time() {
    let amazon = open().await;
    let (text, _) = amazon.text_of("na", NORTHWIND, week_of_orders(US), UTF_8).await;
    let rows = fields(&text);
    assert_eq!(rows[0][0], "amazon-order-id");
    let told: BTreeSet<&str> = rows[1..].iter().map(|row| row[0]).collect();
    let week = "2026-11-13T00:00:00Z".."2026-11-20T00:00:00Z";
    let truth = amazon.world.orders_of(NORTHWIND);
    let true_ones: BTreeSet<&str> = truth
        .iter()
        .filter(|order| order.marketplace_id == US && week.contains(&order.last_updated_time.as_str()))
        .map(|order| order.order_id.as_str())
        .collect();
    assert!(told.len() > 50);
    assert_eq!(told, true_ones);
}

#[tokio::test]
async fn a_settlement_adds_up_and_is_written_as_its_store_writes_numbers() {
    let amazon = open().await;
    for (region, seller, store, comma) in [("eu", RHEINHAUS, DE, true), ("na", NORTHWIND, US, false)] {
        let token = amazon.access(seller).await;
        let query =
            [("reportTypes", "GET_V2_SETTLEMENT_REPORT_DATA_FLAT_FILE_V2"), ("marketplaceIds", store)];
        let listed = amazon.call(region, "/reports/2021-06-30/reports", &query, &token).await.json();
        let told = amazon.where_is(region, &listed["reports"][0], &token).await;
        let answer = amazon.download(told["url"].as_str().unwrap(), &[]).await;
        let plain = if told["compressionAlgorithm"] == "GZIP" { unpacked(&answer.body) } else { answer.body };
        let text = WINDOWS_1252.decode(&plain).0.into_owned();
        let rows = fields(&text);
        let column = |name: &str| rows[0].iter().position(|column| *column == name).unwrap();
        let cents = |amount: &str| -> i64 {
            let (whole, part) =
                amount.split_once(if comma { ',' } else { '.' }).unwrap_or_else(|| panic!("{amount}"));
            format!("{whole}{part}").parse().unwrap()
        };
        let total = cents(rows[1][column("total-amount")]);
        let sum: i64 = rows[2..].iter().map(|row| cents(row[column("amount")])).sum();
        assert!(rows.len() > 10 && total != 0);
        assert_eq!(sum, total);
    }
}

#[tokio::test]
async fn a_failed_report_has_a_document_that_says_why() {
    let amazon = open().await;
    amazon.world.set_fault(Fault::next(1, "createReport", FaultKind::Fatal { explained: true }));
    let (text, content_type) = amazon.text_of("na", NORTHWIND, listings(US), UTF_8).await;
    assert_eq!(content_type, "application/json;charset=UTF-8");
    let told: Value = serde_json::from_str(&text).unwrap();
    assert!(told["errorDetails"].as_str().unwrap().contains("internal error"));
}

#[tokio::test]
async fn a_document_with_buyers_data_needs_a_restricted_token() {
    let amazon = open().await;
    let token = amazon.access(NORTHWIND).await;
    // Its own failure is as restricted as what it would tell.
    amazon.world.set_fault(Fault::next(1, "createReport", FaultKind::Fatal { explained: true }));
    let body = json!({ "reportType": "GET_FLAT_FILE_ORDER_REPORT_DATA_SHIPPING", "marketplaceIds": [US] });
    let report = amazon.finished("na", body, &token).await;
    let path = format!("{DOCUMENTS}/{}", report["reportDocumentId"].as_str().unwrap());
    assert_eq!(amazon.call("na", &path, &[], &token).await.status, 403);
    let wanted = json!({ "restrictedResources": [{ "method": "GET", "path": path }] });
    let made = amazon.give("na", "/tokens/2021-03-01/restrictedDataToken", &wanted, &token).await.json();
    let restricted = made["restrictedDataToken"].as_str().unwrap();
    assert_eq!(amazon.call("na", &path, &[], restricted).await.status, 200);
}

#[tokio::test]
async fn a_part_of_a_document_can_be_asked_for() {
    let amazon = open().await;
    let (url, _) = amazon.address("na", NORTHWIND, listings(US)).await;
    let whole = amazon.download(&url, &[]).await.body;
    let part = amazon.download(&url, &[("range", "bytes=100-199")]).await;
    assert_eq!((part.status, part.body.as_slice()), (206, &whole[100..200]));
    let rest = amazon.download(&url, &[("range", "bytes=200-")]).await;
    assert_eq!(
        rest.header("content-range").unwrap(),
        format!("bytes 200-{}/{}", whole.len() - 1, whole.len())
    );
    assert_eq!(amazon.download(&url, &[("range", "bytes=999999-")]).await.status, 416);
}

#[tokio::test]
async fn a_download_without_a_wire_is_the_same_download() {
    let amazon = open().await;
    let (url, _) = amazon.address("na", NORTHWIND, listings(US)).await;
    let on_the_wire = amazon.download(&url, &[]).await;
    let without = amazon.world.download(&url);
    assert_eq!((without.seller.as_deref(), without.lost), (Some(NORTHWIND), None));
    let answer = without.answer.unwrap();
    assert_eq!((answer.status, &answer.body), (200, &on_the_wire.body));
    assert_eq!(answer.header("content-type"), on_the_wire.header("content-type"));
    amazon.world.set_fault(Fault::next(1, DOWNLOAD, FaultKind::Truncated));
    let cut = amazon.world.download(&url);
    assert_eq!((cut.lost, cut.fault.as_deref()), (Some(Lost::Cut), Some("truncated")));
    let came = cut.answer.unwrap().body;
    assert!(!came.is_empty() && came.len() < on_the_wire.body.len() && on_the_wire.body.starts_with(&came));
    amazon.world.set_fault(Fault::next(1, DOWNLOAD, FaultKind::Silence));
    let silent = amazon.world.download(&url);
    assert!(silent.answer.is_none() && silent.lost == Some(Lost::Silent));
    amazon.world.set_fault(Fault::next(1, DOWNLOAD, FaultKind::FalseGzip).of_seller(NORTHWIND));
    let plain = amazon.world.download(&url);
    assert_eq!(plain.fault.as_deref(), Some("false_gzip"));
    assert!(plain.answer.unwrap().body.starts_with(b"item-name"));
    amazon.world.advance(Duration::from_secs(300));
    assert_eq!(amazon.world.download(&url).answer.unwrap().status, 403);
    assert_eq!(amazon.world.download("nonsense").answer.unwrap().status, 403);
    let query = encoded(&[("X-Amz-Signature", "CANARY-document-1-x")]);
    assert_eq!(amazon.get(&format!("/documents/x?{query}")).await.status, 403);
}
