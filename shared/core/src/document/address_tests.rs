//! T31, L42, L43 and the rows 1 to 9 of the bad documents.

use super::*;
use url::Url;

const SIGNED: &str =
    "https://tortuga-prod-na.s3.amazonaws.com/a/b.amzn1.tortuga.3.x?X-Amz-Expires=300&X-Amz-Signature=CANARY";

fn refusal(url: &str) -> &'static str {
    match Address::parse(url) {
        Err(DocumentError::Url(why)) => why,
        other => panic!("{url}: {other:?}"),
    }
}

#[test]
fn l43_documents_may_move_between_amazons_buckets_and_regions() {
    for host in [
        "tortuga-prod-na.s3.amazonaws.com",
        "tortuga-prod-na.s3-external-1.amazonaws.com",
        "tortuga-prod-eu.s3-eu-west-1.amazonaws.com",
        "tortuga-prod-fe.s3-us-west-2.amazonaws.com",
        "tortuga-prod-fe.s3.us-west-2.amazonaws.com",
        "TORTUGA-PROD-NA.S3.amazonaws.com",
        "any-other-name.s3.ap-northeast-1.amazonaws.com",
        "name.with.dots.s3.dualstack.eu-central-1.amazonaws.com",
        "s3.us-gov-west-1.amazonaws.com",
        "d34o8swod1owfl.cloudfront.net",
    ] {
        for url in [format!("https://{host}/x?y=z"), format!("https://{host}:443/x%2Fy")] {
            let address = Address::parse(&url).unwrap_or_else(|error| panic!("{url}: {error}"));
            assert_eq!(address.expose(None).unwrap(), url, "gone to as signed, byte for byte");
            // The client's own reading of the address agrees with ours.
            let read = Url::parse(&url).unwrap();
            assert_eq!((read.scheme(), read.port()), ("https", None));
            assert_eq!(read.host_str().unwrap(), host.to_ascii_lowercase());
        }
    }
}

#[test]
fn t31_row_1_to_9_an_address_that_amazon_does_not_give_is_refused_with_the_reason() {
    for (url, why) in [
        // 4.E, rows 1, 3, 5, 7 and 9.
        ("http://tortuga-prod-na.s3.amazonaws.com/x", "https only"),
        ("https://tortuga-prod-na.s3.amazonaws.com@evil.com/", "user info"),
        ("https://tortuga-prod-na.s3.amazonaws.com%2eevil.com/", "host"),
        ("https://[::ffff:169.254.169.254]/", "host"),
        ("https://tortuga-prod-na.s3.amazonaws.com:8443/", "port"),
        // Those between.
        ("", "https only"),
        ("ftp://tortuga-prod-na.s3.amazonaws.com/", "https only"),
        ("HTTPS://tortuga-prod-na.s3.amazonaws.com/", "https only"),
        ("//tortuga-prod-na.s3.amazonaws.com/", "https only"),
        ("file:///etc/passwd", "https only"),
        ("http://169.254.169.254/latest/meta-data/", "https only"),
        ("http://127.0.0.1/", "https only"),
        ("http://127.0.0.1:80@evil.com/", "https only"),
        ("http://[::1]:80/", "https only"),
        ("https://user:password@tortuga-prod-na.s3.amazonaws.com/", "user info"),
        ("https://@tortuga-prod-na.s3.amazonaws.com/", "user info"),
        ("https://evil.com\\@tortuga-prod-na.s3.amazonaws.com/", "form"),
        ("https://evil.com#@tortuga-prod-na.s3.amazonaws.com/", "form"),
        ("https://tortuga-prod-na.s3.amazonaws.com/a b", "form"),
        ("https://tortuga-prod-na.s3.amazonaws.com/\r\nHost: evil.com", "form"),
        ("https://tortuga-prod-na.s3.amazonaws.com\t/", "form"),
        (" https://tortuga-prod-na.s3.amazonaws.com/", "form"),
        ("https://tortuga-prod-na．s3.amazonaws.com/", "form"),
        ("https://tortuga-prod-na.s3.amazonaws.com。evil.com/", "form"),
        ("https:///tortuga-prod-na.s3.amazonaws.com/", "host"),
        ("https://evil.com/tortuga-prod-na.s3.amazonaws.com", "host"),
        ("https://evil.com?tortuga-prod-na.s3.amazonaws.com/", "host"),
        ("https://tortuga-prod-na.s3.amazonaws.com./", "host"),
        ("https://tortuga-prod-na.s3.amazonaws.com.evil.com/", "host"),
        ("https://tortuga-prod-na.s3-amazonaws.com/", "host"),
        ("https://tortuga-prod-na.s3.evil-amazonaws.com/", "host"),
        ("https://s3.amazonaws.com.cn/", "host"),
        ("https://s3.evil.amazonaws.com/", "host"),
        ("https://s3.eu-west-1.elb.amazonaws.com/", "host"),
        ("https://ec2-1-2-3-4.compute-1.amazonaws.com/", "host"),
        ("https://x.execute-api.eu-west-1.amazonaws.com/", "host"),
        ("https://x.s3-website-us-east-1.amazonaws.com/", "host"),
        ("https://x.s3-control.us-east-1.amazonaws.com/", "host"),
        ("https://amazonaws.com/", "host"),
        ("https://cloudfront.net/", "host"),
        ("https://a.b.cloudfront.net/", "host"),
        ("https://sellingpartnerapi-na.amazon.com/", "host"),
        ("https://169.254.169.254/latest/meta-data/", "host"),
        ("https://2852039166/", "host"),
        ("https://0xa9fea9fe/", "host"),
        ("https://0251.0376.0251.0376/", "host"),
        ("https://127.0.0.1:8443/", "host"),
        ("https://localhost/", "host"),
        ("https://[::1]/", "host"),
        ("https://-x.s3.amazonaws.com/", "host"),
        ("https://x..s3.amazonaws.com/", "host"),
        ("https://.s3.amazonaws.com/", "host"),
        ("https://tortuga-prod-na.s3.amazonaws.com:/", "port"),
        ("https://tortuga-prod-na.s3.amazonaws.com:0443/", "port"),
        ("https://tortuga-prod-na.s3.amazonaws.com:443:8443/", "port"),
        ("https://tortuga-prod-na.s3.amazonaws.com:80/", "port"),
    ] {
        assert_eq!(refusal(url), why, "{url}");
    }
    assert_eq!(refusal(&format!("{SIGNED}&{}", "a".repeat(ADDRESS_MAX))), "too long");
    assert_eq!(refusal(&format!("https://{}s3.amazonaws.com/", "a.".repeat(130))), "host");
    assert_eq!(refusal(&format!("https://{}.s3.amazonaws.com/", "a".repeat(64))), "host");
}

#[test]
fn only_the_simulator_that_stands_in_for_amazon_is_gone_to_in_its_place() {
    let simulator = Loopback::parse("http://localhost:8600").unwrap();
    let there = Address::parse("http://127.0.0.1:8600/documents/1?token=x").unwrap();
    let elsewhere = Address::parse("http://127.0.0.1:6379/").unwrap();
    let amazon = Address::parse(SIGNED).unwrap();
    assert_eq!(there.expose(Some(&simulator)).unwrap(), "http://127.0.0.1:8600/documents/1?token=x");
    assert!(matches!(there.expose(None), Err(DocumentError::Url("https only"))));
    assert!(matches!(elsewhere.expose(Some(&simulator)), Err(DocumentError::Url("host"))));
    assert!(matches!(elsewhere.expose(None), Err(DocumentError::Url("https only"))));
    // Nothing that runs against a simulator goes out to the internet.
    assert!(matches!(amazon.expose(Some(&simulator)), Err(DocumentError::Url("host"))));
}

#[test]
fn l42_no_address_prints_itself() {
    let address = Address::parse(SIGNED).unwrap();
    assert_eq!(format!("{address:?}"), "Address([redacted])");
    for bad in [SIGNED.replace("https", "http"), SIGNED.replace(".com/", ".com:1/")] {
        let error = Address::parse(&bad).unwrap_err();
        let said = format!("{error} {error:?} {}", error.code());
        assert!(!said.contains("CANARY") && !said.contains("tortuga"), "{said}");
    }
}
