//! Amazon's own examples through the whole flow: each answer comes out as it went in, and each error classified.

use crate::catalogue::examples::{Example, all_examples};
use jiff::SignedDuration;
use sellerport_core::call::{Call, Reply, Unreachable, Verdict};
use sellerport_core::catalogue::{Access, Operation};
use sellerport_core::connection::Connection;
use sellerport_core::marketplaces::{Endpoint, Realm};
use sellerport_core::message::Refusal;
use sellerport_core::operate::{self, Answer, Ask};
use sellerport_core::ports::{Clock as _, SellingPartner, Table as _};
use sellerport_core::secret::AccessToken;
use sellerport_core::session::Role;
use sellerport_core::store::{TableName, Write, load};
use sellerport_tests::house::{CALL_TIME, House, NORTHWIND, identity, models};
use std::cell::RefCell;
use std::collections::BTreeMap;

/// Amazon, answering one example; and whose token came with it.
struct Sample<'e> {
    example: &'e Example,
    body: Vec<u8>,
    tokens: RefCell<Vec<String>>,
}

const RESTRICTED: &str = "Atz.sprdt|of-the-example";

impl SellingPartner for Sample<'_> {
    async fn call(&self, _: Endpoint, token: &AccessToken, call: &Call) -> Result<Reply, Unreachable> {
        self.tokens.borrow_mut().push(token.expose().to_owned());
        let made = format!("{{\"restrictedDataToken\":\"{RESTRICTED}\",\"expiresIn\":3600}}");
        let (status, body) = match call.path.starts_with("/tokens/") {
            true => (200, made.into_bytes()),
            false => (self.example.status, self.body.clone()),
        };
        let duration = SignedDuration::ZERO;
        Ok(Reply { status, request_id: "example".into(), rate_limit: None, body, duration })
    }
}

/// A connection to the sandbox with every door open: the examples name stores of everywhere.
async fn sandbox(house: &House) -> Connection {
    let through = house.connected(NORTHWIND, "US").await;
    let key = Connection::key_of(&through.tenant, &through.id);
    let mut held = load::<Connection>(&house.cloud, &key).await.unwrap().unwrap();
    held.value.realm = Realm::Sandbox;
    (held.value.writes_open, held.value.restricted_open) = (true, true);
    house.cloud.write(&[Write::replace(&held).unwrap()]).await.unwrap();
    held.value
}

async fn run(house: &House, through: &Connection, sample: &Sample<'_>) -> Result<Answer, Refusal> {
    let Example { operation, given, body, .. } = sample.example;
    let version = format!("{} {}", operation.api, operation.method.as_str());
    let parameters: Vec<_> = given.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let ask = Ask {
        by: &identity("owner", "main", Role::Operator),
        home: &house.site.home,
        connection: &through.id,
        operation: operation.name,
        version: Some(&version),
        parameters: &parameters,
        body: body.as_deref(),
        page: None,
        pages: 1,
        data_elements: &[],
        restricted: false,
    };
    // Each example has a full bucket.
    house.cloud.rows.borrow_mut().retain(|key, _| key.table != TableName::Quotas);
    operate::call(&house.cloud, sample, &ask, house.cloud.now() + CALL_TIME).await
}

/// Whether the last call had the token that its operation wants.
fn right_token(operation: &Operation, tokens: &[String]) -> bool {
    let last = tokens.last().unwrap();
    match operation.access {
        Access::Restricted => last == RESTRICTED,
        _ => last.starts_with("Atza|"),
    }
}

#[tokio::test]
async fn every_answer_of_amazons_examples_comes_out_unchanged_and_every_error_classified() {
    let Some(folder) = models() else {
        println!("left out: Amazon's official models are not at hand (SPAPI_MODELS)");
        return;
    };
    let house = House::start().await;
    let through = sandbox(&house).await;
    let mut tally: BTreeMap<(bool, String), usize> = BTreeMap::new();
    for example in &all_examples(&folder) {
        let good = example.status < 300;
        let body =
            if example.answer.is_null() { Vec::new() } else { example.answer.to_string().into_bytes() };
        let sample = Sample { example, body, tokens: RefCell::default() };
        let mut result = run(&house, &through, &sample).await;
        if matches!(&result, Err(refused) if refused.code() == "E_OP_TOKEN")
            && sample.tokens.borrow().is_empty()
        {
            // The application's own token is fetched by message.
            house.deliver().await;
            result = run(&house, &through, &sample).await;
        }
        let name = example.operation.name;
        let became = match result {
            Ok(answer) => {
                assert_eq!(answer.bodies, [sample.body.as_slice()], "{name}: byte for byte");
                assert_eq!(answer.status, example.status, "{name}");
                assert_eq!(answer.verdict == Verdict::Answered, good, "{name} {}", example.status);
                assert_eq!(answer.says.is_none(), good, "{name} {}", example.status);
                assert!(right_token(example.operation, &sample.tokens.borrow()), "{name}");
                "answered".to_owned()
            }
            Err(refused) => refused.code().to_owned(),
        };
        *tally.entry((good, became)).or_default() += 1;
    }
    let of = |good: bool| -> Vec<(&str, usize)> {
        tally
            .iter()
            .filter(|((is, _), _)| *is == good)
            .map(|((_, became), n)| (became.as_str(), *n))
            .collect()
    };
    // Two examples break Amazon's own model, one operation is gone, and two answers are tokens.
    let stopped = [("E_OP_PARAMETER", 2), ("E_OP_REMOVED", 1), ("E_OP_TOKENS", 2)];
    assert_eq!(of(true), [&stopped[..], &[("answered", 414)]].concat());
    // Errors about parameters are partly found before anything is sent; a refused token asks for another.
    let stopped = [("E_OP_PARAMETER", 19), ("E_OP_REMOVED", 1), ("E_OP_TOKEN", 6), ("E_OP_TOKENS", 1)];
    assert_eq!(of(false), [&stopped[..], &[("answered", 480)]].concat());
}
