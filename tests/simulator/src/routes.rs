//! Every address of the simulator on one screen: by path on its own port, by host name for what comes through the door.

use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, Request, Response, header};
use serde_json::Value;
use tokio::sync::watch;

use crate::admin::{self, Order};
use crate::consent::{self, Place};
use crate::documents::{self, Visit};
use crate::faults::FaultKind;
use crate::marketplaces::{self, Region, region_of_central_host};
use crate::reply::Reply;
use crate::sellers::SellerKind;
use crate::sp_api::{self, Call};
use crate::world::World;
use crate::{appstore, lwa, oidc, page, tamper};

/// Largest body that is read: no request here needs more.
const MOST_BODY_BYTES: usize = 256 * 1024;

/// Answers any request.
pub(crate) async fn answer(
    world: World,
    request: Request<Body>,
    ended: watch::Receiver<bool>,
) -> Response<Body> {
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
    tamper::send(reply, fault, ended).await
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
        let sandbox = asking.host.starts_with("sandbox.");
        return call(world, asking, (region, sandbox), asking.path);
    }
    let segments: Vec<&str> = asking.path.trim_start_matches('/').split('/').collect();
    let reply = match (asking.method, segments.as_slice()) {
        ("POST", ["auth", "o2", "token"]) => {
            return lwa::answer(world, asking.header("content-type"), asking.body);
        }
        (_, ["sp-api", region, rest @ ..]) => {
            let path = format!("/{}", rest.join("/"));
            let sandbox = region.strip_prefix("sandbox-");
            return match Region::of_word(sandbox.unwrap_or(region)) {
                Some(region) => call(world, asking, (region, sandbox.is_some()), &path),
                None => (not_found(404), None),
            };
        }
        (method, [documents::FOLDER, _]) => return documents::answer(world, &visit(asking, method)),
        (method, ["apps", "authorize", rest @ ..]) => {
            authorize(world, asking, method, of_host(asking.host), rest)
        }
        (
            method,
            [central @ ("sellercentral" | "vendorcentral"), country, "apps", "authorize", rest @ ..],
        ) => match marketplaces::by_country(country) {
            Some(store) => {
                let place = Place { region: Some(store.region), kind: Some(of_word(central)) };
                authorize(world, asking, method, place, rest)
            }
            None => not_found(404),
        },
        ("GET", ["appstore"]) => appstore::show(world),
        ("POST", ["appstore"]) => {
            let reply = appstore::start(world, &format!("http://{}", asking.header("host")), &asking.form());
            consent::note(world, "appstore", "POST", Place::default(), reply.status);
            reply
        }
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

/// A download, with every header that Amazon's storage would take offence at.
fn visit<'a>(asking: &Asking<'a>, method: &'a str) -> Visit<'a> {
    let mut names = asking.headers.keys().map(|name| name.as_str());
    Visit {
        method,
        path: asking.path,
        query: asking.query,
        authorized: asking.headers.contains_key(header::AUTHORIZATION),
        unsigned: names.find(|name| name.starts_with("x-amz-")).map(str::to_owned),
        range: Some(asking.header("range").to_owned()).filter(|range| !range.is_empty()),
    }
}

/// A form without fields has no content type; the browser still says what it wants to see.
fn is_from_page(asking: &Asking<'_>) -> bool {
    asking.header("accept").starts_with("text/html")
}

fn call(
    world: &World,
    asking: &Asking<'_>,
    (region, sandbox): (Region, bool),
    path: &str,
) -> (Reply, Option<FaultKind>) {
    let token = asking.headers.get("x-amz-access-token").and_then(|token| token.to_str().ok());
    sp_api::answer(
        world,
        &Call {
            region,
            sandbox,
            method: asking.method.to_owned(),
            path: path.to_owned(),
            query: form_urlencoded::parse(asking.query.as_bytes()).into_owned().collect(),
            token: token.map(str::to_owned),
            body: serde_json::from_slice(asking.body).ok(),
        },
    )
}

/// The pages of Seller Central and Vendor Central that lead to an authorization.
fn authorize(world: &World, asking: &Asking<'_>, method: &str, place: Place, rest: &[&str]) -> Reply {
    let query: Vec<_> = form_urlencoded::parse(asking.query.as_bytes()).into_owned().collect();
    // An address that names neither centre is Seller Central's.
    let here = Place { kind: place.kind.or(Some(SellerKind::Seller)), ..place };
    let (page, reply) = match (method, rest) {
        ("GET", ["consent"]) => ("consent", consent::show(world, here, &query)),
        ("POST", ["consent"]) => ("consent", consent::decide(world, here, &asking.form())),
        ("GET", ["confirm", application]) => {
            ("confirm", appstore::confirm(world, place, application, &query))
        }
        (_, ["consent"] | ["confirm", _]) => return not_found(405),
        _ => return not_found(404),
    };
    consent::note(world, page, method, place, reply.status);
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
