//! Operations called by name: who may, through what, with which token, and what comes back (A2, A6, C; T20, T36).

mod examples;
mod explorer;
mod pages;
mod reading;
mod restricted;
mod writing;

use sellerport_core::connection::Connection;
use sellerport_core::http::Response;
use sellerport_core::invocation::{ApiCall, Invocation};
use sellerport_core::ports::Clock as _;
use sellerport_core::store::TableName;
use sellerport_tests::house::House;
use sellerport_web::caller::invoked;
use serde_json::{Value, json};

/// Calls an operation as a program that IAM lets in.
struct Program<'h> {
    house: &'h House,
    tenant: &'h str,
    role: &'h str,
}

impl<'h> Program<'h> {
    fn operator(house: &'h House) -> Self {
        Self { house, tenant: "main", role: "operator" }
    }

    fn viewer(house: &'h House) -> Self {
        Self { house, tenant: "main", role: "viewer" }
    }

    fn api(&self, method: &str, path: &str, query: &str, body: &str) -> ApiCall {
        let event = json!({"v": 1, "kind": "api", "tenant": self.tenant, "role": self.role, "user": "reports",
            "method": method, "path": path, "query": query, "body": body});
        match Invocation::parse(&event) {
            Ok(Some(Invocation::Api(call))) => call,
            other => panic!("{other:?}"),
        }
    }

    async fn send(&self, method: &str, path: &str, query: &str, body: &str) -> Response {
        let call = self.api(method, path, query, body);
        self.house.answer(&invoked(call, self.house.cloud.now())).await
    }

    /// Calls an operation through a connection; `name` may have a version behind a question mark.
    async fn call(&self, through: &str, name: &str, wanted: Value) -> Response {
        let (name, version) = name.split_once('?').unwrap_or((name, ""));
        let query = if version.is_empty() { String::new() } else { format!("version={version}") };
        self.send(
            "POST",
            &format!("/api/connections/{through}/operations/{name}"),
            &query,
            &wanted.to_string(),
        )
        .await
    }

    /// The same, and it must be answered.
    async fn answered(&self, through: &Connection, name: &str, wanted: Value) -> Value {
        let response = self.call(through.id.as_str(), name, wanted).await;
        assert_eq!(response.status, 200, "{}", response.body);
        serde_json::from_str(&response.body).unwrap()
    }

    /// The same, and it must be refused; the text.
    async fn refused(
        &self,
        through: &Connection,
        name: &str,
        wanted: Value,
        status: u16,
        code: &str,
    ) -> String {
        let response = self.call(through.id.as_str(), name, wanted).await;
        assert_eq!(response.status, status, "{code}: {}", response.body);
        let refusal: Value = serde_json::from_str(&response.body).unwrap();
        assert_eq!(refusal["error"]["code"], code, "{refusal}");
        refusal["error"]["message"].as_str().unwrap().to_owned()
    }

    /// Opens or closes a door of a connection.
    async fn turn(&self, through: &Connection, door: &str, open: bool) -> Response {
        let path = format!("/api/connections/{}/{door}", through.id);
        self.send("PUT", &path, "", &json!({ "open": open }).to_string()).await
    }
}

/// The trail: what happened to what, oldest first.
fn trail(house: &House) -> Vec<(String, String)> {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let rows = house.cloud.table(TableName::Audit);
    let mut entries: Vec<_> = rows
        .iter()
        .map(|row| (text(&row.document["at"]), text(&row.document["what"]), text(&row.document["subject"])))
        .collect();
    entries.sort();
    entries.into_iter().map(|(_, what, subject)| (what, subject)).collect()
}

/// Calls that reached Amazon.
fn asked(house: &House, operation: &str) -> u64 {
    house.world().calls_to(operation)
}

/// The United States' store, which the sellers of these tests have.
const US: &str = "ATVPDKIKX0DER";
/// Canada's.
const CA: &str = "A2EUQ1WTGCTBG2";
