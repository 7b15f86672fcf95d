//! Every address of the simulator on one screen: by path on its own port, by host name for what comes through the door.

use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, Request, Response, header};
use serde_json::Value;

use crate::admin::{self, Order};
use crate::consent::{self, Place};
use crate::faults::FaultKind;
use crate::marketplaces::{self, Region, region_of_central_host};
use crate::reply::Reply;
use crate::sellers::SellerKind;
use crate::sp_api::{self, Call};
use crate::world::World;
use crate::{lwa, oidc, page, tamper};

/// Largest body that is read: no request here needs more.
const MOST_BODY_BYTES: usize = 256 * 1024;

/// Answers any request.
pub(crate) async fn answer(world: World, request: Request<Body>) -> Response<Body> {
    let (head, body) = request.into_parts();
    let Ok(body) = axum::body::to_bytes(body, MOST_BODY_BYTES).await else {
        return not_found(413).send(None, None);
    };
    let host = head.headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    let host = host.split(':').next().unwrap_or_default().to_ascii_lowercase();
    let (reply, fault) = route(
        &world,
        &Asking {
            method: head.method.as_str(),
            host: &host,
            path: head.uri.path(),
            query: head.uri.query().unwrap_or_default(),
            headers: &head.headers,
            body: &body,
        },
    );
    tamper::send(reply, fault).await
}

/// One request as it came.
struct Asking<'a> {
    method: &'a str,
    host: &'a str,
    path: &'a str,
    query: &'a str,
    headers: &'a HeaderMap,
    body: &'a Bytes,
}

impl Asking<'_> {
    fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    fn is_form(&self) -> bool {
        self.header("content-type").starts_with("application/x-www-form-urlencoded")
    }

    fn form(&self) -> Vec<(String, String)> {
        form_urlencoded::parse(self.body).into_owned().collect()
    }
}

fn route(world: &World, asking: &Asking<'_>) -> (Reply, Option<FaultKind>) {
    if let Some(region) = Region::of_api_host(asking.host) {
        return call(world, asking, region, asking.path);
    }
    let segments: Vec<&str> = asking.path.trim_start_matches('/').split('/').collect();
    let reply = match (asking.method, segments.as_slice()) {
        ("POST", ["auth", "o2", "token"]) => {
            return lwa::answer(world, asking.header("content-type"), asking.body);
        }
        (_, ["sp-api", region, rest @ ..]) => {
            let path = format!("/{}", rest.join("/"));
            return match Region::of_word(region) {
                Some(region) => call(world, asking, region, &path),
                None => (not_found(404), None),
            };
        }
        (method, ["apps", "authorize", "consent"]) => consent(world, asking, method, of_host(asking.host)),
        (
            method,
            [central @ ("sellercentral" | "vendorcentral"), country, "apps", "authorize", "consent"],
        ) => match marketplaces::by_country(country) {
            Some(store) => consent(
                world,
                asking,
                method,
                Place { region: Some(store.region), kind: Some(of_word(central)) },
            ),
            None => not_found(404),
        },
        (method, ["oidc", path @ ..]) => {
            let issuer = format!("http://{}/oidc", asking.header("host"));
            let query = form_urlencoded::parse(asking.query.as_bytes()).into_owned().collect();
            oidc::answer(world, &oidc::Visit { method, path, issuer, query, form: asking.form() })
        }
        (method, ["_sim", path @ ..]) => {
            let fields = if asking.is_form() {
                asking.form().into_iter().map(|(name, value)| (name, Value::String(value))).collect()
            } else {
                serde_json::from_slice(asking.body).unwrap_or_default()
            };
            admin::answer(
                world,
                &Order { method, path, fields, form: asking.is_form() || is_from_page(asking) },
            )
        }
        ("GET", [""]) => page::home(world),
        _ => not_found(404),
    };
    (reply, None)
}

/// A form without fields has no content type; the browser still says what it wants to see.
fn is_from_page(asking: &Asking<'_>) -> bool {
    asking.header("accept").starts_with("text/html")
}

fn call(world: &World, asking: &Asking<'_>, region: Region, path: &str) -> (Reply, Option<FaultKind>) {
    let token = asking.headers.get("x-amz-access-token").and_then(|token| token.to_str().ok());
    sp_api::answer(
        world,
        &Call {
            region,
            method: asking.method.to_owned(),
            path: path.to_owned(),
            query: form_urlencoded::parse(asking.query.as_bytes()).into_owned().collect(),
            token: token.map(str::to_owned),
        },
    )
}

fn consent(world: &World, asking: &Asking<'_>, method: &str, place: Place) -> Reply {
    let reply = match method {
        "GET" => consent::show(
            world,
            place,
            &form_urlencoded::parse(asking.query.as_bytes()).into_owned().collect::<Vec<_>>(),
        ),
        "POST" => consent::decide(world, place, &asking.form()),
        _ => return not_found(405),
    };
    consent::note(world, method, place, reply.status);
    reply
}

fn of_host(host: &str) -> Place {
    let kind = host.split('.').find_map(|part| match part {
        "vendorcentral" => Some(SellerKind::Vendor),
        _ if part.starts_with("sellercentral") => Some(SellerKind::Seller),
        _ => None,
    });
    Place { region: region_of_central_host(host), kind }
}

fn of_word(central: &str) -> SellerKind {
    if central == "vendorcentral" { SellerKind::Vendor } else { SellerKind::Seller }
}

fn not_found(status: u16) -> Reply {
    let body = serde_json::json!({ "error": "this simulator has nothing under this address" });
    Reply::json(status, "application/json", &body)
}
