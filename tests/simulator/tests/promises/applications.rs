//! Several applications: codes, tokens and quotas belong to exactly one.

use sellerport_simulator::{
    APPLICATION_ID, ApplicationKind, ApplicationSetup, CLIENT_ID, Options, PRIVATE_APPLICATION_ID,
    PRIVATE_CLIENT_ID, PUBLISHED_APPLICATION_ID, PUBLISHED_CLIENT_ID, SANDBOX_CLIENT_ID, Stage,
};

use crate::asking::{CALLBACK, NORTHWIND, encoded, open, open_with, options};

#[tokio::test]
async fn a_world_has_one_application_of_each_sort_with_a_secret_of_its_own() {
    let amazon = open().await;
    let sorts: Vec<(String, ApplicationKind, Stage)> =
        amazon.world.applications().into_iter().map(|a| (a.client_id, a.kind, a.stage)).collect();
    let expected = [
        (CLIENT_ID, ApplicationKind::Public, Stage::Draft),
        (PUBLISHED_CLIENT_ID, ApplicationKind::Public, Stage::Published),
        (PRIVATE_CLIENT_ID, ApplicationKind::Private, Stage::Draft),
        (SANDBOX_CLIENT_ID, ApplicationKind::Sandbox, Stage::Draft),
    ];
    assert_eq!(sorts, expected.map(|(id, kind, stage)| (id.to_owned(), kind, stage)));
    let listed = amazon.get("/_sim/applications").await.json()["applications"].as_array().unwrap().clone();
    for (place, application) in listed.iter().enumerate() {
        let tag = format!("CANARY-clientsecret-{}-", place + 1);
        assert!(application["client_secret"].as_str().unwrap().contains(&tag), "{tag}");
        assert_eq!(application["client_secret_expires"], "2027-05-19T10:00:00Z");
    }
}

#[tokio::test]
async fn a_test_may_bring_applications_of_its_own() {
    let own = ApplicationSetup {
        application_id: "amzn1.sp.solution.own".to_owned(),
        client_id: "own".to_owned(),
        kind: ApplicationKind::Public,
        stage: Stage::Published,
        redirect_uris: vec![CALLBACK.to_owned()],
        login_uri: None,
    };
    let amazon = open_with(Options { applications: vec![own], stage: Stage::Published, ..options() }).await;
    let code = amazon.world.grant_code(NORTHWIND, "amzn1.sp.solution.own", CALLBACK).unwrap();
    let fields = [("grant_type", "authorization_code"), ("code", code.as_str()), ("redirect_uri", CALLBACK)];
    assert_eq!(amazon.token_of("own", &fields).await.status, 200);
}

#[tokio::test]
async fn a_code_or_refresh_token_of_one_application_is_nothing_to_another() {
    let amazon = open().await;
    amazon.world.register_redirect_uri(CALLBACK);
    let code = amazon.world.grant_code(NORTHWIND, APPLICATION_ID, CALLBACK).unwrap();
    let fields = [("grant_type", "authorization_code"), ("code", code.as_str()), ("redirect_uri", CALLBACK)];
    let stolen = amazon.token_of(PUBLISHED_CLIENT_ID, &fields).await;
    assert_eq!((stolen.status, stolen.json()["error"].as_str()), (400, Some("invalid_grant")));
    let own = amazon.token_of(CLIENT_ID, &fields).await;
    assert_eq!(own.status, 200, "the attempt did not use it up");
    let refresh_token = own.json()["refresh_token"].as_str().unwrap().to_owned();
    let fields = [("grant_type", "refresh_token"), ("refresh_token", refresh_token.as_str())];
    let stolen = amazon.token_of(PUBLISHED_CLIENT_ID, &fields).await;
    assert_eq!((stolen.status, stolen.json()["error"].as_str()), (400, Some("unauthorized_client")));
    assert_eq!(amazon.token_of(CLIENT_ID, &fields).await.status, 200);
}

#[tokio::test]
async fn a_private_application_lives_by_self_authorization_alone() {
    let amazon = open().await;
    let mint = async || {
        let path = format!("/_sim/sellers/{NORTHWIND}/self-authorization");
        let minted =
            amazon.post_json(&path, &format!(r#"{{"client_id":"{PRIVATE_CLIENT_ID}"}}"#)).await.json();
        minted["refresh_token"].as_str().unwrap().to_owned()
    };
    let (older, newer) = (mint().await, mint().await);
    for refresh_token in [&newer, &older] {
        let fields = [("grant_type", "refresh_token"), ("refresh_token", refresh_token.as_str())];
        assert_eq!(
            amazon.token_of(PRIVATE_CLIENT_ID, &fields).await.status,
            200,
            "a newer one ends no older"
        );
    }
    let link = [("application_id", PRIVATE_APPLICATION_ID), ("version", "beta")];
    let page = amazon.get(&format!("/apps/authorize/consent?{}", encoded(&link))).await;
    assert!(page.status == 400 && page.text().contains("MD9100"));
    let code = amazon.world.grant_code(NORTHWIND, PRIVATE_APPLICATION_ID, CALLBACK).unwrap();
    let fields = [("grant_type", "authorization_code"), ("code", code.as_str()), ("redirect_uri", CALLBACK)];
    let refused = amazon.token_of(PRIVATE_CLIENT_ID, &fields).await;
    assert_eq!(refused.json()["error"], "unauthorized_client");
    assert!(amazon.world.mint_self_authorization_of(NORTHWIND, "nobody").is_none());
}

#[tokio::test]
async fn each_application_has_its_own_addresses_and_buckets() {
    let amazon = open().await;
    let foreign = [("application_id", PUBLISHED_APPLICATION_ID), ("redirect_uri", CALLBACK)];
    let page = amazon.get(&format!("/apps/authorize/consent?{}", encoded(&foreign))).await;
    assert!(page.text().contains("MD5101"));
    let own = [("application_id", PUBLISHED_APPLICATION_ID)];
    assert_eq!(amazon.get(&format!("/apps/authorize/consent?{}", encoded(&own))).await.status, 200);
    let path = "/sellers/v1/marketplaceParticipations";
    let (first, second) =
        (amazon.access(NORTHWIND).await, amazon.access_of(NORTHWIND, PRIVATE_CLIENT_ID).await);
    for _ in 0..15 {
        assert_eq!(amazon.call("na", path, &[], &first).await.status, 200);
    }
    assert_eq!(amazon.call("na", path, &[], &first).await.status, 429);
    assert_eq!(amazon.call("na", path, &[], &second).await.status, 200);
}
