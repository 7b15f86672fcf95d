//! Importing refresh tokens: all lines or none, each checked by Amazon, and twice is once (L9; 4.F; D of the
//! mission).

use jiff::SignedDuration;
use sellerport_core::application::Application;
use sellerport_core::connection::{Connection, Source, Status};
use sellerport_core::ids::{TenantId, UserId};
use sellerport_core::imports::{self, Import, State};
use sellerport_core::message::Refusal;
use sellerport_core::ports::Clock as _;
use sellerport_core::store::TableName;
use sellerport_simulator::{Fault, FaultKind};
use sellerport_tests::house::{House, NORTHWIND, RHEINHAUS};

const MINUTE: SignedDuration = SignedDuration::from_mins(1);

fn tenant() -> TenantId {
    TenantId::parse("main").unwrap()
}

/// A file of these lines: account, region, token.
fn file(lines: &[(&str, &str, &str)]) -> String {
    let mut text = "seller_id,region,refresh_token\n".to_owned();
    for (seller, region, token) in lines {
        text.push_str(&format!("{seller},{region},{token}\n"));
    }
    text
}

fn minted(house: &House, seller: &str) -> String {
    house.world().mint_self_authorization(seller).unwrap()
}

async fn import(house: &House, tenant: &TenantId, body: &str) -> Result<Import, Refusal> {
    let applications = Application::all(&house.cloud).await.unwrap();
    let lines = imports::read(body.as_bytes(), &applications)?;
    imports::begin(&house.cloud, tenant, &UserId::parse("owner").unwrap(), lines).await
}

async fn ended(house: &House, begun: &Import) -> Import {
    house.pass(MINUTE * 3).await;
    Import::find(&house.cloud, &begun.tenant, &begun.id).await.unwrap().unwrap()
}

fn connections(house: &House) -> Vec<Connection> {
    let rows = house.cloud.connections().into_iter().filter(|row| row.key.sort.starts_with("C#"));
    rows.map(|row| sellerport_core::store::decode::<Connection>(row).unwrap().value).collect()
}

#[tokio::test]
async fn l09_each_line_becomes_a_connection_that_fetches_without_any_redirect() {
    let house = House::start().await;
    let tokens = [NORTHWIND, RHEINHAUS].map(|seller| minted(&house, seller));
    let body = file(&[(NORTHWIND, "NA", &tokens[0]), (RHEINHAUS, "EU", &tokens[1])]);
    let begun = import(&house, &tenant(), &body).await.unwrap();
    assert_eq!((begun.state, begun.lines), (State::Checking, 2));
    let done = ended(&house, &begun).await;
    assert_eq!((done.state, done.faulty, done.unchanged), (State::Done, 0, 0));
    for seller in [NORTHWIND, RHEINHAUS] {
        let connection = house.connection(seller);
        assert_eq!((connection.status, connection.generation), (Status::Active, 1));
        assert_eq!(connection.source, Source::Import);
        assert!(house.access(seller).usable(1, house.cloud.now()));
        house.assert_complete(seller);
    }
    assert_eq!(connections(&house)[0].renew_until(), None, "no year runs for a token of one's own");
}

#[tokio::test]
async fn one_faulty_line_and_nothing_is_imported() {
    let house = House::start().await;
    let good = minted(&house, NORTHWIND);
    let body = file(&[(NORTHWIND, "NA", &good), (RHEINHAUS, "EU", "Atzr|nobody-has-this")]);
    let begun = import(&house, &tenant(), &body).await.unwrap();
    let ended = ended(&house, &begun).await;
    assert_eq!((ended.state, ended.faulty), (State::Refused, 1));
    assert_eq!(ended.faults[0].line, 3);
    assert!(ended.faults[0].why.starts_with("Amazon refuses this refresh token"), "{}", ended.faults[0].why);
    assert!(house.cloud.connections().is_empty(), "neither a connection nor a claim is left");
    // The same account can be imported at once, by anybody.
    let other = TenantId::parse("other").unwrap();
    let again = import(&house, &other, &file(&[(NORTHWIND, "NA", &good)])).await.unwrap();
    assert_eq!(self::ended(&house, &again).await.state, State::Done);
}

#[tokio::test]
async fn the_same_file_again_changes_nothing_and_a_newer_token_is_a_new_grant_of_the_same_connection() {
    let house = House::start().await;
    let token = minted(&house, NORTHWIND);
    let first = import(&house, &tenant(), &file(&[(NORTHWIND, "NA", &token)])).await.unwrap();
    ended(&house, &first).await;
    let before = house.connection(NORTHWIND);
    let again = import(&house, &tenant(), &file(&[(NORTHWIND, "NA", &token)])).await.unwrap();
    let again = ended(&house, &again).await;
    assert_eq!((again.state, again.unchanged), (State::Done, 1));
    let after = house.connection(NORTHWIND);
    assert_eq!((after.id.clone(), after.generation), (before.id.clone(), 1));
    let newer = minted(&house, NORTHWIND);
    let third = import(&house, &tenant(), &file(&[(NORTHWIND, "NA", &newer)])).await.unwrap();
    ended(&house, &third).await;
    let renewed = house.connection(NORTHWIND);
    assert_eq!((renewed.id, renewed.generation, renewed.status), (before.id, 2, Status::Active));
}

#[tokio::test]
async fn a_token_under_another_sellers_id_in_another_region_or_already_connected_is_refused() {
    let house = House::start().await;
    let token = |seller| minted(&house, seller);
    for (seller, region, token, why) in [
        (RHEINHAUS, "NA", token(NORTHWIND), "seller_id: the token belongs to another seller"),
        (
            NORTHWIND,
            "EU",
            token(NORTHWIND),
            "region: the account sells in no store of EU; try another region",
        ),
    ] {
        let begun = import(&house, &tenant(), &file(&[(seller, region, &token)])).await.unwrap();
        let ended = ended(&house, &begun).await;
        assert_eq!((ended.state, ended.faults[0].why.as_str()), (State::Refused, why));
    }
    house.connected(NORTHWIND, "US").await;
    let other = TenantId::parse("other").unwrap();
    let token = token(NORTHWIND);
    let begun = import(&house, &other, &file(&[(NORTHWIND, "NA", &token)])).await.unwrap();
    let ended = ended(&house, &begun).await;
    assert_eq!(ended.faults[0].why, "the account is already connected in this installation");
    assert_eq!(house.connection(NORTHWIND).generation, 1);
}

#[tokio::test]
async fn refused_application_credentials_are_the_applications_fault_and_an_outage_nobodys() {
    let house = House::start().await;
    let token = minted(&house, NORTHWIND);
    house.world().set_fault(Fault::next(2, "lwa", FaultKind::InvalidClient));
    let begun = import(&house, &tenant(), &file(&[(NORTHWIND, "NA", &token)])).await.unwrap();
    let refused = ended(&house, &begun).await;
    assert_eq!((refused.state, refused.faults[0].code.as_str()), (State::Refused, "E_IMP_APP"));

    house.world().clear_faults();
    house.world().set_fault(Fault::always("lwa", FaultKind::Status { status: 503 }));
    let begun = import(&house, &tenant(), &file(&[(NORTHWIND, "NA", &token)])).await.unwrap();
    assert_eq!(ended(&house, &begun).await.state, State::Checking);
    house.world().clear_faults();
    assert_eq!(ended(&house, &begun).await.state, State::Done);
    // An outage that lasts longer than a day ends the import, and nothing of it is left.
    house.world().set_fault(Fault::always("lwa", FaultKind::Status { status: 503 }));
    let begun = import(&house, &tenant(), &file(&[(RHEINHAUS, "EU", &token)])).await.unwrap();
    house.cloud.messages.borrow_mut().clear();
    house.advance(SignedDuration::from_hours(25));
    let refused = ended(&house, &begun).await;
    assert_eq!((refused.state, refused.faults[0].code.as_str()), (State::Refused, "E_IMP_UNANSWERED"));
}

#[tokio::test]
async fn messages_that_were_lost_only_delay_an_import() {
    let house = House::start().await;
    let token = minted(&house, NORTHWIND);
    let begun = import(&house, &tenant(), &file(&[(NORTHWIND, "NA", &token)])).await.unwrap();
    house.cloud.messages.borrow_mut().clear();
    assert_eq!(ended(&house, &begun).await.state, State::Checking);
    house.pass(MINUTE * 16).await;
    assert_eq!(ended(&house, &begun).await.state, State::Done);
}

#[tokio::test]
async fn a_thousand_lines_are_all_or_none_and_no_token_lies_open() {
    let house = House::start().await;
    let mut lines = Vec::new();
    for n in 0..1000 {
        lines.push((format!("A2{n:08}XYZ"), "NA".to_owned(), format!("Atzr|CANARY-import-{n}")));
    }
    let rows: Vec<_> = lines.iter().map(|(a, b, c)| (a.as_str(), b.as_str(), c.as_str())).collect();
    let begun = import(&house, &tenant(), &file(&rows)).await.unwrap();
    assert_eq!(begun.parts, 125);
    let everything = format!("{:?} {:?}", house.cloud.rows.borrow(), house.cloud.messages.borrow());
    assert!(!everything.contains("CANARY-import"), "a token is in a row or a message");
    let refused = ended(&house, &begun).await;
    assert_eq!((refused.state, refused.faulty), (State::Refused, 1000));
    assert_eq!(refused.faults.len(), imports::FAULTS_SHOWN);
    assert!(refused.ended(), "every part is cleared away");
    assert!(house.cloud.connections().is_empty());
    assert!(house.cloud.table(TableName::Parked).is_empty());
}
