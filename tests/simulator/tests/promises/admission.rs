//! Who may authorize an application, and Amazon's own pages for those who may not.

use sellerport_simulator::{APPLICATION_ID, Obstacle, Options, PUBLISHED_APPLICATION_ID, Seller, Stage};

use crate::asking::{Amazon, Answer, CALLBACK, NORTHWIND, VENDOR, open, open_with, options};

const SELLERS: &str = "/sellercentral/us/apps/authorize/consent";
const VENDORS: &str = "/vendorcentral/us/apps/authorize/consent";

async fn approve(amazon: &Amazon, page: &str, application: &str, account: &str) -> Answer {
    let form =
        [("application_id", application), ("version", "beta"), ("seller", account), ("decision", "approve")];
    amazon.post_form(page, &form).await
}

fn assert_ends(answer: &Answer, code: &str) {
    assert_eq!((answer.status, answer.header("location")), (400, None), "{code} is a page, not a redirect");
    assert!(answer.text().contains(code), "{code} in {}", answer.text());
}

#[tokio::test]
async fn a_flag_of_an_account_ends_its_consent_with_amazons_code_until_it_is_taken_away() {
    let amazon = open().await;
    for (flag, code, page, account) in [
        ("not_primary_user", "SPDC8143", SELLERS, NORTHWIND),
        ("unsupported_entity", "SPSA0404", SELLERS, NORTHWIND),
        ("vendor_role_missing", "SPSA2043", VENDORS, VENDOR),
    ] {
        let flags = format!("/_sim/sellers/{account}/flags");
        assert_eq!(amazon.post_json(&flags, &format!(r#"{{"{flag}":true}}"#)).await.status, 200);
        assert_ends(&approve(&amazon, page, APPLICATION_ID, account).await, code);
        assert_eq!(amazon.post_json(&flags, &format!(r#"{{"{flag}":false}}"#)).await.status, 200);
        assert_eq!(approve(&amazon, page, APPLICATION_ID, account).await.status, 302, "{flag}");
    }
    let mine = format!("/_sim/sellers/{NORTHWIND}/flags");
    assert_eq!(amazon.post_json(&mine, r#"{"vendor_role_missing":true}"#).await.status, 404, "no vendor");
    assert_eq!(amazon.post_json(&mine, r#"{"tired":true}"#).await.status, 400);
    assert!(!amazon.world.set_obstacle("NOBODY", Obstacle::NotPrimaryUser, true));
}

#[tokio::test]
async fn a_vendor_consents_in_vendor_central_only() {
    let amazon = open().await;
    for page in [SELLERS, "/apps/authorize/consent"] {
        assert_ends(&approve(&amazon, page, APPLICATION_ID, VENDOR).await, "SPSA0404");
    }
    assert_ends(&approve(&amazon, VENDORS, APPLICATION_ID, NORTHWIND).await, "SPSA0404");
    let approved = approve(&amazon, VENDORS, APPLICATION_ID, VENDOR).await;
    let location = approved.header("location").unwrap();
    assert!(location.contains(&format!("selling_partner_id={VENDOR}&")), "{location}");
    let code = location.rsplit_once("spapi_oauth_code=").unwrap().1;
    assert_eq!(amazon.exchange(code).await.status, 200);
    let german = "/vendorcentral/de/apps/authorize/consent";
    assert_eq!(approve(&amazon, german, APPLICATION_ID, "KONTO").await.status, 302);
}

/// Connects this many sellers and says what the next one gets.
async fn after(amazon: &Amazon, count: usize, application: &str) -> Answer {
    let address = amazon.world.applications().into_iter().find(|a| a.application_id == application).unwrap();
    let (client, uri) = (address.client_id, address.redirect_uris[0].clone());
    for number in 0..count {
        let seller = format!("A2SELLER{number:03}");
        amazon.world.add_seller(Seller::new(&seller, &seller, &["US"], 0));
        let code = amazon.world.grant_code(&seller, application, &uri).unwrap();
        let fields = [("grant_type", "authorization_code"), ("code", code.as_str()), ("redirect_uri", &uri)];
        assert_eq!(amazon.token_of(&client, &fields).await.status, 200);
    }
    approve(amazon, SELLERS, application, NORTHWIND).await
}

#[tokio::test]
async fn a_draft_is_full_after_twenty_five_sellers_and_a_listed_application_never() {
    let amazon = open().await;
    // A self-authorization does not count, and neither does a vendor.
    amazon.world.mint_self_authorization("A1MAPLELEAF02CA").unwrap();
    assert_eq!(after(&amazon, 24, APPLICATION_ID).await.status, 302);
    assert_ends(&after(&amazon, 25, APPLICATION_ID).await, "CONSENT_LIMIT_REACHED");
    assert_eq!(
        approve(&amazon, VENDORS, APPLICATION_ID, VENDOR).await.status,
        302,
        "vendors are not counted"
    );
    assert_eq!(after(&amazon, 26, PUBLISHED_APPLICATION_ID).await.status, 302);
    amazon.world.revoke("A2SELLER000");
    assert_eq!(approve(&amazon, SELLERS, APPLICATION_ID, NORTHWIND).await.status, 302, "one has left");
}

#[tokio::test]
async fn the_limit_can_be_set_for_a_listed_application_too() {
    let full = Options { stage: Stage::Published, consent_limit: Some(2), ..options() };
    let amazon = open_with(full).await;
    assert_ends(&after(&amazon, 2, APPLICATION_ID).await, "CONSENT_LIMIT_REACHED");
}

#[tokio::test]
async fn flags_outlive_a_restart() {
    let state = std::env::temp_dir().join(format!("simulator-flags-{}.json", std::process::id()));
    let with_state = || Options { state: Some(state.clone()), ..options() };
    let before = open_with(with_state()).await;
    assert!(before.world.set_obstacle(NORTHWIND, Obstacle::NotPrimaryUser, true));
    before.running.stop().await;
    let after = open_with(with_state()).await;
    assert_ends(&approve(&after, SELLERS, APPLICATION_ID, NORTHWIND).await, "SPDC8143");
    assert!(after.world.applications()[0].redirect_uris.contains(&CALLBACK.to_owned()));
    std::fs::remove_file(&state).unwrap();
}
