//! What a test or a person may ask of the simulator itself: everything under `/_sim/`.
//! Programs send JSON and get JSON; the page's forms are sent back to the page.

use jiff::SignedDuration;
use serde_json::{Value, json};

use crate::admission::Obstacle;
use crate::applications::Application;
use crate::clock::after;
use crate::consent::may_register;
use crate::faults::Fault;
use crate::reply::Reply;
use crate::world::World;

const CONTENT_TYPE: &str = "application/json";

/// One request to the simulator itself.
pub(crate) struct Order<'a> {
    pub(crate) method: &'a str,
    /// The path behind `/_sim/`.
    pub(crate) path: &'a [&'a str],
    /// The fields of a form, or the members of a JSON object.
    pub(crate) fields: Value,
    /// It came from the page.
    pub(crate) form: bool,
}

/// Does what is asked.
pub(crate) fn answer(world: &World, order: &Order<'_>) -> Reply {
    match (order.method, order.path) {
        ("GET", ["health"]) => json_reply(&json!({ "ok": true, "now": world.now().to_string() })),
        ("GET", ["application"]) => application(world),
        ("GET", ["applications"]) => json_reply(&applications(world)),
        ("POST", ["applications", client_id, "secret-expiry"]) => secret_expiry(world, order, client_id),
        ("POST", ["notifications", "take"]) => {
            json_reply(&json!({ "notifications": world.collect(order.fields["client_id"].as_str()) }))
        }
        ("POST", ["notifications", "deliver"]) => {
            json_reply(&json!({ "deliveries": world.take_deliveries() }))
        }
        ("POST", ["sellers", seller, "notify"]) => {
            let kind = order.fields["type"].as_str().unwrap_or_default();
            world.notify(seller, kind, &order.fields["payload"]);
            done(order, json!({ "seller": seller, "type": kind }))
        }
        ("GET", ["sellers"]) => json_reply(&sellers(world)),
        ("GET", ["orders", seller]) => json_reply(&json!({ "orders": world.orders_of(seller) })),
        ("GET", ["truth", seller, domain]) => match world.truth(seller, domain) {
            Some(truth) => json_reply(&json!({ "truth": truth })),
            None => wrong(404, "there is no such account or domain; the crate's README lists the domains"),
        },
        ("GET", ["reports", seller]) => json_reply(&json!({ "reports": world.reports_of(seller) })),
        ("GET", ["queries", seller]) => json_reply(&json!({ "queries": world.queries_of(seller) })),
        ("GET", ["asked"]) => json_reply(&json!({ "asked": world.asked() })),
        ("GET", ["secrets"]) => json_reply(&json!({ "secrets": world.secrets_issued() })),
        ("GET", ["token-calls"]) => json_reply(&json!({ "token_calls": world.token_calls() })),
        ("GET", ["violations"]) => json_reply(&json!({ "violations": world.violations() })),
        ("GET", ["faults"]) => json_reply(&json!({ "faults": world.faults() })),
        ("POST", ["faults"]) => set_fault(world, order),
        ("DELETE", ["faults"]) | ("POST", ["faults", "clear"]) => {
            world.clear_faults();
            done(order, json!({ "faults": [] }))
        }
        ("POST", ["sellers", seller, "revoke"]) => {
            let revoked = world.revoke(seller);
            done(order, json!({ "seller": seller, "revoked": revoked }))
        }
        ("POST", ["sellers", seller, "self-authorization"]) => self_authorization(world, order, seller),
        ("POST", ["sellers", seller, "flags"]) => flags(world, order, seller),
        ("POST", ["redirect-uris"]) => register(world, order),
        ("POST", ["login-uris"]) => register_login(world, order),
        ("POST", ["roles"]) => role(world, order),
        ("POST", ["clock"]) => clock(world, order),
        _ => wrong(404, "there is nothing under this path; the crate's README lists what there is"),
    }
}

fn application(world: &World) -> Reply {
    match world.applications().into_iter().next() {
        Some(application) => json_reply(&described(world, &application)),
        None => wrong(404, "there is no application"),
    }
}

fn applications(world: &World) -> Value {
    let all = world.applications();
    json!({ "applications": all.iter().map(|one| described(world, one)).collect::<Vec<_>>() })
}

fn described(world: &World, application: &Application) -> Value {
    json!({
        "application_id": application.application_id,
        "client_id": application.client_id,
        "client_secret": world.client_secret(&application.client_id),
        "client_secret_expires": application.secret_until.map(|until| until.to_string()),
        "kind": application.kind,
        "redirect_uris": application.redirect_uris,
        "login_uri": application.login_uri,
        "stage": application.stage,
    })
}

/// `{"client_id": "…"}` or nothing, which means the default application.
fn self_authorization(world: &World, order: &Order<'_>, seller: &str) -> Reply {
    let token = match order.fields["client_id"].as_str() {
        Some(client_id) => world.mint_self_authorization_of(seller, client_id),
        None => world.mint_self_authorization(seller),
    };
    match token {
        Some(token) => done(order, json!({ "refresh_token": token })),
        None => {
            wrong(404, "there is no such seller or application; GET /_sim/sellers and applications list them")
        }
    }
}

/// `{"not_primary_user": true, "unsupported_entity": false, "vendor_role_missing": true}`; what is left out stays.
fn flags(world: &World, order: &Order<'_>, seller: &str) -> Reply {
    let wanted = Obstacle::ALL.into_iter().filter_map(|o| Some((o, order.fields[o.word()].as_bool()?)));
    let wanted: Vec<(Obstacle, bool)> = wanted.collect();
    if wanted.is_empty() {
        return wrong(400, "no flag was changed: give at least one of the three, true or false");
    }
    match wanted.iter().find(|(obstacle, present)| !world.set_obstacle(seller, *obstacle, *present)) {
        Some((refused, _)) => {
            let text =
                format!("{} was not changed: there is no such account, or it is no vendor", refused.word());
            wrong(404, &text)
        }
        None => done(order, json!({ "seller": seller, "flags": order.fields })),
    }
}

/// `{"expires": "2026-11-20T10:00:00Z"}` or `{"in_seconds": 60}`
fn secret_expiry(world: &World, order: &Order<'_>, client_id: &str) -> Reply {
    let at = order.fields["expires"].as_str().and_then(|text| text.parse().ok());
    let soon = order.fields["in_seconds"].as_i64().map(SignedDuration::from_secs);
    let Some(until) = at.or_else(|| soon.map(|soon| after(world.now(), soon))) else {
        return wrong(400, "the secret is as it was: give either \"expires\" with a time or \"in_seconds\"");
    };
    if world.expire_client_secret(client_id, until) {
        done(order, json!({ "client_id": client_id, "expires": until.to_string() }))
    } else {
        wrong(404, "there is no such application; GET /_sim/applications lists them")
    }
}

fn sellers(world: &World) -> Value {
    let described = world.sellers().into_iter().map(|seller| {
        let grants = world
            .hold()
            .book
            .grants
            .iter()
            .filter(|grant| grant.seller == seller.id && !grant.revoked)
            .count();
        json!({
            "id": seller.id,
            "name": seller.name,
            "region": seller.region,
            "kind": seller.kind,
            "marketplaces": seller.marketplaces,
            "orders": world.orders_of(&seller.id).len(),
            "grants": grants,
        })
    });
    json!({ "sellers": described.collect::<Vec<_>>() })
}

fn set_fault(world: &World, order: &Order<'_>) -> Reply {
    let fields = if order.form { fault_of_form(&order.fields) } else { order.fields.clone() };
    match serde_json::from_value::<Fault>(fields) {
        Ok(fault) => {
            world.set_fault(fault);
            done(order, json!({ "faults": world.faults() }))
        }
        Err(error) => wrong(400, &format!("this is no fault, and the dial is as it was: {error}")),
    }
}

/// The page's form has the kind as JSON, and everything as text.
fn fault_of_form(fields: &Value) -> Value {
    let text = |name: &str| fields[name].as_str().unwrap_or_default();
    let mut fault: Value = serde_json::from_str(text("kind")).unwrap_or_default();
    fault["operation"] = json!(text("operation"));
    if let Ok(times) = text("times").parse::<u32>() {
        fault["times"] = json!(times);
    }
    fault
}

fn register(world: &World, order: &Order<'_>) -> Reply {
    match order.fields["uri"].as_str() {
        Some(uri) if may_register(uri) => {
            world.register_redirect_uri(uri);
            done(order, json!({ "uri": uri }))
        }
        _ => wrong(
            400,
            "nothing was registered: \"uri\" must be https, or http on this machine, without a fragment",
        ),
    }
}

/// `{"client_id": "…", "uri": "https://…"}`; without a client, the default application.
fn register_login(world: &World, order: &Order<'_>) -> Reply {
    let first = world.applications().into_iter().next().map(|application| application.client_id);
    let client_id = order.fields["client_id"].as_str().map(str::to_owned).or(first).unwrap_or_default();
    match order.fields["uri"].as_str() {
        Some(uri) if may_register(uri) && world.register_login_uri(&client_id, uri) => {
            done(order, json!({ "client_id": client_id, "uri": uri }))
        }
        _ => wrong(
            400,
            "nothing was registered: \"uri\" must be https, or http on this machine, without a fragment, and the \
             application public",
        ),
    }
}

/// `{"operation": "searchOrders", "withheld": true}`
fn role(world: &World, order: &Order<'_>) -> Reply {
    match (order.fields["operation"].as_str(), order.fields["withheld"].as_bool()) {
        (Some(operation), Some(withheld)) => {
            world.withhold_role(operation, withheld);
            done(order, json!({ "operation": operation, "withheld": withheld }))
        }
        _ => wrong(
            400,
            "no role was changed: \"operation\" (a name) and \"withheld\" (true or false) are needed",
        ),
    }
}

/// `{"advance_seconds": 60}` or `{"set": "2026-11-20T10:00:00Z"}`
fn clock(world: &World, order: &Order<'_>) -> Reply {
    let seconds = order.fields["advance_seconds"].as_u64();
    let to = order.fields["set"].as_str().and_then(|text| text.parse().ok());
    match (seconds, to) {
        (Some(seconds), None) => world.advance(std::time::Duration::from_secs(seconds)),
        (None, Some(to)) => world.set_clock(to),
        _ => {
            return wrong(
                400,
                "the clock is as it was: give either \"advance_seconds\" or \"set\" with a time",
            );
        }
    }
    done(order, json!({ "now": world.now().to_string() }))
}

/// The outcome for a program; the page again for a person.
fn done(order: &Order<'_>, outcome: Value) -> Reply {
    if order.form { Reply::redirect(303, "/") } else { json_reply(&outcome) }
}

fn json_reply(body: &Value) -> Reply {
    Reply::json(200, CONTENT_TYPE, body).with("cache-control", "no-store")
}

fn wrong(status: u16, text: &str) -> Reply {
    Reply::json(status, CONTENT_TYPE, &json!({ "error": text }))
}
