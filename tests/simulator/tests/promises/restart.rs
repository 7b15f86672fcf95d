//! What a restart finds again.

use sellerport_simulator::{CLIENT_ID, Options, Seller};

use crate::asking::{NORTHWIND, open_with, options};

#[tokio::test]
async fn a_restart_finds_everything_again() {
    let folder = std::env::temp_dir().join(format!("simulator-restart-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let state = folder.join("state.json");
    let with_state = || Options { state: Some(state.clone()), ..options() };
    let before = open_with(with_state()).await;
    before.world.add_seller(Seller::new("A2ADDED", "Added", &["MX"], 5));
    before.world.register_redirect_uri("https://later.example/cb");
    let refresh_token = before.world.mint_self_authorization(NORTHWIND).unwrap();
    let access = before.refresh(&refresh_token).await.json()["access_token"].as_str().unwrap().to_owned();
    let secret = before.world.client_secret(CLIENT_ID);
    let (truth, calls, issued) =
        (before.world.orders_of(NORTHWIND), before.world.token_calls(), before.world.secrets_issued());
    before.running.stop().await;

    let after = open_with(with_state()).await;
    assert_eq!(after.world.client_secret(CLIENT_ID), secret);
    assert_eq!(after.world.orders_of(NORTHWIND), truth);
    assert_eq!(after.world.orders_of("A2ADDED").len(), 5);
    assert_eq!(after.world.token_calls(), calls);
    assert_eq!(after.world.secrets_issued(), issued);
    assert!(after.world.applications()[0].redirect_uris.contains(&"https://later.example/cb".to_owned()));
    assert_eq!(after.call("na", "/sellers/v1/marketplaceParticipations", &[], &access).await.status, 200);
    assert_eq!(after.refresh(&refresh_token).await.status, 200);
    std::fs::remove_dir_all(&folder).unwrap();
}

#[tokio::test]
async fn a_state_from_before_there_were_several_applications_is_understood() {
    let state = std::env::temp_dir().join(format!("simulator-older-{}.json", std::process::id()));
    let with_state = || Options { state: Some(state.clone()), ..options() };
    let before = open_with(with_state()).await;
    let refresh_token = before.world.mint_self_authorization(NORTHWIND).unwrap();
    let secret = before.world.client_secret(CLIENT_ID);
    before.running.stop().await;
    let mut book: serde_json::Value = serde_json::from_slice(&std::fs::read(&state).unwrap()).unwrap();
    for newer in ["notices", "notices_made", "obstacles", "starts"] {
        book.as_object_mut().unwrap().remove(newer).unwrap();
    }
    book["client_secrets"] = 1.into();
    let applications = book["applications"].as_array_mut().unwrap();
    applications.truncate(1);
    for newer in ["kind", "secret_until", "former", "login_uri"] {
        applications[0].as_object_mut().unwrap().remove(newer).unwrap();
    }
    std::fs::write(&state, book.to_string()).unwrap();

    let after = open_with(with_state()).await;
    assert_eq!(after.world.client_secret(CLIENT_ID), secret);
    assert_eq!(after.refresh(&refresh_token).await.status, 200);
    assert_eq!(after.world.applications().len(), 4);
    std::fs::remove_file(&state).unwrap();
}

#[tokio::test]
async fn a_state_that_cannot_be_read_stops_the_start_and_is_left_alone() {
    let state = std::env::temp_dir().join(format!("simulator-broken-{}.json", std::process::id()));
    std::fs::write(&state, "not json").unwrap();
    let started =
        sellerport_simulator::Simulator::start(Options { state: Some(state.clone()), ..options() }).await;
    assert!(started.unwrap_err().to_string().starts_with("read the state"));
    assert_eq!(std::fs::read_to_string(&state).unwrap(), "not json");
    std::fs::remove_file(&state).unwrap();
}

#[tokio::test]
async fn a_stopped_simulator_has_left_its_port() {
    let amazon = open_with(options()).await;
    let address = amazon.running.base_url().trim_start_matches("http://").to_owned();
    amazon.running.stop().await;
    assert!(tokio::net::TcpStream::connect(address).await.is_err());
}
