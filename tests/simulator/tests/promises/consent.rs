//! The consent page: what it shows, where it leads, and how it refuses.

use sellerport_simulator::{APPLICATION_ID, Options, Stage};

use crate::asking::{Amazon, Answer, CALLBACK, NORTHWIND, RHEINHAUS, encoded, open, open_with, options};

const CONSENT: &str = "/apps/authorize/consent";
const APPLICATION: (&str, &str) = ("application_id", APPLICATION_ID);
const BETA: (&str, &str) = ("version", "beta");

async fn page(amazon: &Amazon, path: &str, query: &[(&str, &str)]) -> Answer {
    amazon.get(&format!("{path}?{}", encoded(query))).await
}

#[tokio::test]
async fn approval_leads_back_with_code_state_and_seller() {
    let amazon = open().await;
    let shown = page(&amazon, CONSENT, &[APPLICATION, ("state", "s p&ce"), BETA]).await;
    assert_eq!(shown.status, 200);
    assert!(shown.text().contains("Simulated Amazon") && shown.text().contains("s p&amp;ce"));
    let form = [APPLICATION, ("state", "s p&ce"), BETA, ("seller", NORTHWIND), ("decision", "approve")];
    let answer = amazon.post_form(CONSENT, &form).await;
    assert_eq!(answer.status, 302);
    let location = answer.header("location").unwrap();
    let query = location.strip_prefix(CALLBACK).unwrap().trim_start_matches('?');
    let fields: Vec<(String, String)> = form_urlencoded::parse(query.as_bytes()).into_owned().collect();
    let names: Vec<&str> = fields.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["state", "selling_partner_id", "spapi_oauth_code"]);
    assert_eq!((fields[0].1.as_str(), fields[1].1.as_str()), ("s p&ce", NORTHWIND));
    assert_eq!(amazon.exchange(&fields[2].1).await.status, 200);
}

#[tokio::test]
async fn the_country_decides_which_accounts_are_offered() {
    let amazon = open().await;
    let german = page(&amazon, "/sellercentral/de/apps/authorize/consent", &[APPLICATION, BETA]).await.text();
    assert!(german.contains(RHEINHAUS) && !german.contains(NORTHWIND));
    let vendor = page(&amazon, "/vendorcentral/us/apps/authorize/consent", &[APPLICATION, BETA]).await.text();
    assert!(vendor.contains("HARBR") && !vendor.contains(NORTHWIND));
    let host = [("host", "sellercentral.amazon.co.jp")];
    let japanese =
        amazon.send("GET", &format!("{CONSENT}?{}", encoded(&[APPLICATION, BETA])), &host, "").await.text();
    assert!(japanese.contains("さくら屋") && !japanese.contains(RHEINHAUS));
    let foreign = [APPLICATION, BETA, ("seller", NORTHWIND), ("decision", "approve")];
    assert_eq!(amazon.post_form("/sellercentral/de/apps/authorize/consent", &foreign).await.status, 400);
}

#[tokio::test]
async fn a_seller_can_be_chosen_beforehand() {
    let amazon = open().await;
    let text = page(&amazon, CONSENT, &[APPLICATION, BETA, ("seller", RHEINHAUS)]).await.text();
    assert!(text.contains(&format!("<option value=\"{RHEINHAUS}\" selected")), "{text}");
}

#[tokio::test]
async fn declining_grants_nothing_and_offers_a_way_back() {
    let amazon = open().await;
    let form = [APPLICATION, ("state", "abc"), BETA, ("seller", NORTHWIND), ("decision", "decline")];
    let answer = amazon.post_form(CONSENT, &form).await;
    assert_eq!(answer.status, 200);
    assert!(answer.text().contains("error=access_denied&amp;state=abc"));
    assert!(!answer.text().contains("CANARY"));
}

#[tokio::test]
async fn a_wrong_link_is_refused_with_amazons_code() {
    let amazon = open().await;
    let cases: [(&[(&str, &str)], &str); 5] = [
        (&[APPLICATION], "MD1000"),
        (&[("application_id", "nobody"), BETA], "MD1000"),
        (&[APPLICATION, BETA, ("redirect_uri", "https://elsewhere.example/cb")], "MD5101"),
        (&[APPLICATION, BETA, ("redirect_uri", "http://localhost:9/oauth/callback#x")], "MD5110"),
        (&[APPLICATION, BETA, ("redirect_uri", CALLBACK)], ""),
    ];
    for (query, code) in cases {
        let answer = page(&amazon, CONSENT, query).await;
        assert_eq!(answer.status, if code.is_empty() { 200 } else { 400 }, "{query:?}");
        assert!(answer.text().contains(code), "{query:?}");
    }
    for code in ["SPDC8143", "CONSENT_LIMIT_REACHED"] {
        let answer =
            amazon.post_form(CONSENT, &[APPLICATION, BETA, ("seller", NORTHWIND), ("decision", code)]).await;
        assert!(answer.status == 400 && answer.text().contains(code));
    }
    let bare = open_with(Options { redirect_uris: Vec::new(), ..options() }).await;
    assert!(page(&bare, CONSENT, &[APPLICATION, BETA]).await.text().contains("MD9100"));
}

#[tokio::test]
async fn a_published_application_needs_no_version() {
    let amazon = open_with(Options { stage: Stage::Published, ..options() }).await;
    assert_eq!(page(&amazon, CONSENT, &[APPLICATION]).await.status, 200);
}

#[tokio::test]
async fn the_limit_counts_sellers_and_not_renewals() {
    let amazon = open_with(Options { consent_limit: Some(1), ..options() }).await;
    let approve = async |seller: &str| {
        let form = [APPLICATION, BETA, ("seller", seller), ("decision", "approve")];
        amazon.post_form(CONSENT, &form).await
    };
    let first = approve(NORTHWIND).await;
    let code = first.header("location").unwrap().rsplit_once("spapi_oauth_code=").unwrap().1.to_owned();
    assert_eq!(amazon.exchange(&code).await.status, 200);
    assert_eq!(approve(NORTHWIND).await.status, 302);
    assert!(approve(RHEINHAUS).await.text().contains("CONSENT_LIMIT_REACHED"));
}
