//! Documents over HTTP and from memory: what is sent for them, and what is made of each way in which they may fail
//! to come (L42, L43; rows 11, 13 and 17 of section 4.E; F22, F23).

use sellerport_core::application::Loopback;
use sellerport_core::document::{
    Address, Charset, Decoder, Delivered, DocumentError, Format, Layout, Remedy, Summary,
};
use sellerport_core::ports::Documents;
use sellerport_simulator::SimClock;
use sellerport_spapi::Amazon;
use sellerport_tests::documents::{Kept, Shelf};
use sellerport_tests::memory::Memory;
use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::sync::mpsc;

const REPORT: &str = "sku\tprice\nA\t1\nB\t2\n";
const LAYOUT: Layout = Layout { format: Format::Tabs, columns: &[], required: &[] };

/// Downloads and reads, as a domain would.
async fn read(amazon: &impl Documents, url: &str) -> Result<Summary, DocumentError> {
    let mut download = amazon.open(&Address::parse(url)?).await?;
    let (content_type, content_encoding) = (download.content_type.clone(), download.content_encoding.clone());
    let delivered = Delivered {
        compression: None,
        content_type: content_type.as_deref(),
        content_encoding: content_encoding.as_deref(),
    };
    let mut decoder = Decoder::new(LAYOUT, &delivered, Charset::of_store("US"))?;
    while let Some(chunk) = download.next().await? {
        decoder.push(&chunk, &mut drop)?;
    }
    decoder.finish(&mut drop)
}

/// A storage on this machine that answers one request with these bytes and then hangs up; what it was asked comes
/// back.
fn storage(answer: impl Into<Vec<u8>>) -> (Loopback, mpsc::Receiver<String>) {
    let (listener, answer) = (TcpListener::bind("127.0.0.1:0").unwrap(), answer.into());
    let origin = Loopback::parse(&format!("http://{}", listener.local_addr().unwrap())).unwrap();
    let (said, heard) = mpsc::channel();
    std::thread::spawn(move || {
        let mut stream = listener.accept().unwrap().0;
        let mut request = Vec::new();
        while !request.ends_with(b"\r\n\r\n") {
            let mut byte = [0];
            stream.read_exact(&mut byte).unwrap();
            request.push(byte[0]);
        }
        said.send(String::from_utf8(request).unwrap()).unwrap();
        // Who has read enough may be gone before everything is written.
        drop(stream.write_all(&answer));
    });
    (origin, heard)
}

/// The answer over HTTP, and the request that it was the answer to.
async fn over_http(answer: impl Into<Vec<u8>>) -> (Result<Summary, DocumentError>, String) {
    let (origin, heard) = storage(answer);
    let cloud = Memory::new(SimClock::fixed("2026-11-21T10:00:00Z".parse().unwrap()));
    let amazon = Amazon::new(&cloud, Some(origin.clone())).unwrap();
    let url = format!("{}/a%2Fb?X-Amz-Signature=CANARY%2B", origin.as_str());
    let result = read(&amazon, &url).await;
    (result, heard.try_recv().unwrap_or_default())
}

fn ok(body: &str) -> String {
    let head = "HTTP/1.1 200 OK\r\ncontent-type: text/plain;charset=UTF-8\r\ncontent-length";
    format!("{head}: {}\r\n\r\n{body}", body.len())
}

#[tokio::test]
async fn l42_a_document_is_asked_for_by_its_signed_address_and_nothing_else() {
    let (result, request) = over_http(ok(REPORT)).await;
    assert_eq!(result.unwrap().rows, 2);
    assert!(request.starts_with("GET /a%2Fb?X-Amz-Signature=CANARY%2B HTTP/1.1\r\n"), "{request}");
    let request = request.to_lowercase();
    for header in
        ["x-amz-access-token", "x-amz-date", "authorization", "cookie", "referer", "accept-encoding"]
    {
        assert!(!request.contains(&format!("\r\n{header}:")), "{header} in {request}");
    }
}

#[tokio::test]
async fn l42_an_address_that_has_ended_asks_for_a_fresh_one() {
    for status in ["403 Forbidden", "400 Bad Request"] {
        let (result, _) = over_http(format!("HTTP/1.1 {status}\r\ncontent-length: 0\r\n\r\n")).await;
        let error = result.unwrap_err();
        assert_eq!((error.code(), error.remedy()), ("E_DOC_ENDED", Remedy::FreshAddress));
    }
}

#[tokio::test]
async fn l43_nobody_is_followed_to_another_address() {
    for status in ["301", "302", "307", "308"] {
        let head =
            format!("HTTP/1.1 {status} -\r\nlocation: http://169.254.169.254/latest\r\ncontent-length: 0");
        let (result, _) = over_http(format!("{head}\r\n\r\n")).await;
        assert_eq!(result.unwrap_err().code(), "E_DOC_STATUS");
    }
}

#[tokio::test]
async fn each_status_has_its_remedy() {
    for (status, remedy) in [
        (404, Remedy::Never),
        (206, Remedy::Never),
        (429, Remedy::Again),
        (500, Remedy::Again),
        (503, Remedy::Again),
    ] {
        let (result, _) = over_http(format!("HTTP/1.1 {status} -\r\ncontent-length: 0\r\n\r\n")).await;
        assert_eq!(result.unwrap_err().remedy(), remedy, "{status}");
    }
}

#[tokio::test]
async fn row_13_an_error_page_under_200_is_no_report() {
    let (result, _) = over_http(ok("<?xml version=\"1.0\"?><Error><Code>SlowDown</Code></Error>")).await;
    let error = result.unwrap_err();
    assert_eq!((error.code(), error.remedy()), ("E_DOC_NOT_A_REPORT", Remedy::Again));
}

#[tokio::test]
async fn f22_a_document_cut_anywhere_is_never_a_shorter_one() {
    let whole = ok(REPORT);
    let body = whole.len() - REPORT.len();
    for end in [body - 3, body, body + 1, body + 10, whole.len() - 1] {
        let (result, _) = over_http(&whole.as_bytes()[..end]).await;
        let error = result.unwrap_err();
        assert_eq!((error.code(), error.remedy()), ("E_DOC_UNREACHABLE", Remedy::Again), "cut at {end}");
        assert!(!format!("{error:?}").contains("CANARY"), "{error:?}");
    }
    // In chunks, where no length was promised.
    let chunked = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n14\r\nsku\tprice\nA\t1\nB\t2\nC\t";
    let (result, _) = over_http(chunked).await;
    assert_eq!(result.unwrap_err().code(), "E_DOC_UNREACHABLE");
}

#[tokio::test]
async fn f23_what_follows_a_complete_answer_is_no_part_of_it() {
    // HTTP ends a message where its length says (RFC 9112, 6.3): over the wire, more cannot come into a document.
    let (result, _) = over_http(format!("{}C\t3\n", ok(REPORT))).await;
    assert_eq!(result.unwrap().rows, 2);
}

#[tokio::test]
async fn row_17_more_or_fewer_bytes_than_promised_are_no_report() {
    let shelf = Shelf::default();
    for (promised, code) in [(10, "E_DOC_LENGTH"), (17, "E_DOC_LENGTH"), (19, "E_DOC_LENGTH"), (18, "")] {
        let kept = Kept { bytes: REPORT.into(), length: Some(Some(promised)), ..Kept::default() };
        let said = read(&shelf, &shelf.put("1", kept)).await.err().map_or("", |error| error.code());
        assert_eq!(said, code, "{promised}");
    }
    let kept = Kept { bytes: REPORT.into(), length: Some(None), ..Kept::default() };
    assert_eq!(read(&shelf, &shelf.put("1", kept)).await.unwrap().rows, 2, "none was promised");
}

#[tokio::test]
async fn the_shelf_fails_like_the_wire() {
    let shelf = Shelf::default();
    let url = shelf.put("1", Kept { bytes: REPORT.into(), cut_at: Some(12), ..Kept::default() });
    assert_eq!(read(&shelf, &url).await.unwrap_err().code(), "E_DOC_UNREACHABLE");
    shelf.end("1");
    assert_eq!(read(&shelf, &url).await.unwrap_err().code(), "E_DOC_ENDED");
    let url = url.replace("/1?", "/2?");
    assert_eq!(read(&shelf, &url).await.unwrap_err().code(), "E_DOC_STATUS");
    assert_eq!(*shelf.asked.borrow(), ["/1", "/1", "/2"]);
}
