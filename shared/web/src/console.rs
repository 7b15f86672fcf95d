//! Everything that needs no token: sign-in, the connections, their state as pages and as JSON.

use crate::caller::{Caller, require, resolve};
use crate::cookies;
use crate::form::{Form, from_our_page};
use crate::{
    again, applications, connect, connections, doctor, imports, landed, oidc, pages, queues, respond, routes,
    view,
};
use sellerport_core::application::{Application, Site};
use sellerport_core::audit::{self, Entry};
use sellerport_core::http::{Request, Response};
use sellerport_core::message::Refusal;
use sellerport_core::ports::{Bus, Clock, DeadLetters, Entropy, Issuer, Queue, Table};
use sellerport_core::secret::Ticket;
use sellerport_core::session::{self, Identity, Session};
use sellerport_core::store::StoreError;

/// Answers one request.
pub async fn handle<C>(cloud: &C, site: &Site, request: &Request) -> Response
where
    C: Table + Queue + DeadLetters + Bus + Clock + Entropy + Issuer,
{
    let path: Vec<&str> = request.path.trim_matches('/').split('/').collect();
    let result = match (request.method.as_str(), path.as_slice()) {
        ("GET", [""]) => home(cloud, site, request).await,
        ("GET", ["health"]) => Ok(respond::json(200, &serde_json::json!({ "ok": true }))),
        ("GET", ["assets", name]) => pages::asset(name).ok_or(Refusal::NotFound),
        ("GET", ["sign-in"]) => ask_to_sign_in(cloud, request).await,
        ("POST", ["sign-in"]) => sign_in(cloud, site, request).await,
        ("GET", ["sign-in", "oidc"]) => oidc::start(cloud, site).await,
        ("GET", ["sign-in", "oidc", "callback"]) => oidc::finish(cloud, site, request).await,
        ("POST", ["sign-out"]) => sign_out(cloud, site, request).await,
        ("GET", ["connect", ticket]) => connect::ask(cloud, ticket).await,
        ("GET", ["connections", id]) => connections::page(cloud, request, id).await,
        ("POST", ["connections", id, "fetch"]) => connections::fetch(cloud, site, request, id).await,
        ("POST", ["connections", id, "marketplaces"]) => connections::choose(cloud, site, request, id).await,
        ("GET", ["connections", id, "landed", domain]) => landed::page(cloud, request, id, domain).await,
        ("POST", ["connections", id, "landed", domain, "again"]) => {
            again::by_form(cloud, site, request, id, domain).await
        }
        ("GET", ["applications"]) => applications::page(cloud, site, request).await,
        ("GET", ["imports"]) => imports::page(cloud, request).await,
        ("GET", ["imports", id]) => imports::one(cloud, request, id).await,
        ("GET", ["audit"]) => audit_page(cloud, request).await,
        ("GET", ["doctor"]) => doctor::page(cloud, site, request).await,
        ("GET", ["queues"]) => queues::page(cloud, site, request).await,
        ("POST", ["queues", queue, "redrive"]) => queues::redrive(cloud, site, request, queue).await,
        ("POST", ["queues", queue, "parked", id, "retry"]) => {
            queues::retry(cloud, site, request, (queue, id)).await
        }
        ("GET", ["reads"]) => Ok(respond::html(200, pages::reads())),
        ("GET", ["api", "openapi.json"]) => Ok(pages::openapi()),
        ("GET", ["api", "connections"]) => connections::list_json(cloud, request).await,
        ("GET", ["api", "connections", id]) => connections::one_json(cloud, request, id).await,
        ("GET", ["api", "connections", id, "landed", domain]) => {
            landed::json(cloud, request, id, domain).await
        }
        ("POST", ["api", "connections", id, "landed", domain, "again"]) => {
            again::by_json(cloud, site, request, id, domain).await
        }
        ("POST", ["api", "connections", id, "fetch"]) => {
            connections::fetch_json(cloud, site, request, id).await
        }
        ("PUT", ["api", "connections", id, "marketplaces"]) => {
            connections::choose_json(cloud, site, request, id).await
        }
        ("GET", ["api", "applications"]) => applications::list_json(cloud, site, request).await,
        ("GET", ["api", "imports"]) => imports::list_json(cloud, request).await,
        ("GET", ["api", "imports", id]) => imports::one_json(cloud, request, id).await,
        ("GET", ["api", "queues"]) => queues::list_json(cloud, site, request).await,
        ("POST", ["api", "queues", queue, "redrive"]) => {
            queues::redrive_json(cloud, site, request, queue).await
        }
        ("POST", ["api", "queues", queue, "parked", id, "retry"]) => {
            queues::retry_json(cloud, site, request, (queue, id)).await
        }
        ("GET", ["api", "audit"]) => audit_json(cloud, request).await,
        ("POST", ["api", "connect-sessions"]) => connect::create(cloud, site, request).await,
        ("GET", ["api", "connect-sessions", id]) => connect::read(cloud, request, id).await,
        _ if routes::known(&request.path) => Err(Refusal::Method),
        _ => Err(Refusal::NotFound),
    };
    respond::conclude(cloud, site, request, result)
}

/// Makes a one-time sign-in link. Whoever may invoke the function has proved who he is to AWS.
pub async fn sign_in_link(
    cloud: &(impl Table + Clock + Entropy),
    site: &Site,
    whom: Identity,
) -> Result<String, StoreError> {
    let ticket = session::invite(cloud, whom).await?;
    Ok(format!("{}/sign-in?ticket={}", site.origin, ticket.expose()))
}

async fn home(
    cloud: &(impl Table + Clock + Issuer),
    site: &Site,
    request: &Request,
) -> Result<Response, Refusal> {
    let Some(by) = resolve(cloud, request).await? else {
        return Ok(respond::html(200, pages::welcome(cloud.settings().is_some())));
    };
    let listing = view::connections(cloud, &by.tenant, connections::after(request).as_deref()).await?;
    let applications = Application::all(cloud).await?;
    Ok(respond::html(200, pages::connections(&by, site, &applications, &listing)))
}

fn link_of(request: &Request) -> Result<Ticket, Refusal> {
    let mut tickets = form_urlencoded::parse(request.query.as_bytes()).filter(|(name, _)| name == "ticket");
    tickets.next().and_then(|(_, text)| Ticket::parse(&text)).ok_or(Refusal::SignInLink)
}

/// Shows whom a link would sign in. Only a page: a link that somebody else sent signs nobody in unseen, and
/// a mail scanner that follows it does not use it up.
async fn ask_to_sign_in(
    cloud: &(impl Table + Clock + Issuer),
    request: &Request,
) -> Result<Response, Refusal> {
    let now = resolve(cloud, request).await?;
    match session::invited(cloud, &link_of(request)?).await? {
        Some(whom) => Ok(respond::html(200, pages::sign_in(&request.query, &whom, now.as_ref()))),
        // The link was opened again in the browser that it signed in.
        None if now.is_some() => Ok(respond::see_other("/")),
        None => Err(Refusal::SignInLink),
    }
}

async fn sign_in(
    cloud: &(impl Table + Clock + Entropy),
    site: &Site,
    request: &Request,
) -> Result<Response, Refusal> {
    from_our_page(request, &site.origin)?;
    let signed_in = session::sign_in(cloud, &link_of(request)?).await?;
    arrive(cloud, request, signed_in.ok_or(Refusal::SignInLink)?, "link").await
}

/// Gives a browser its new session, and ends the one it had (T18).
pub(crate) async fn arrive(
    cloud: &(impl Table + Clock + Entropy),
    request: &Request,
    (cookie, session): (Ticket, Session),
    by: &str,
) -> Result<Response, Refusal> {
    if let Some(old) = cookies::read(request, cookies::SESSION) {
        session::sign_out(cloud, &old).await?;
    }
    audit::note(cloud, &session.tenant, Some(&session.user), "session.signed_in", by).await?;
    let mut response = respond::see_other("/");
    response.cookies.push(cookies::session(&cookie));
    Ok(response)
}

async fn sign_out(cloud: &(impl Table + Clock), site: &Site, request: &Request) -> Result<Response, Refusal> {
    let form = Form::read_of_anybody(cloud, request, &site.origin).await?;
    session::sign_out(cloud, &form.by.cookie).await?;
    let mut response = respond::see_other("/");
    response.cookies.push(cookies::clear(cookies::SESSION));
    Ok(response)
}

/// Audit entries on one page.
const ENTRIES: usize = 100;

/// A page of the tenant's audit trail, newest first, and where the next one begins.
async fn trail(
    cloud: &(impl Table + Clock + Issuer),
    by: &Caller,
    request: &Request,
) -> Result<(Vec<Entry>, Option<String>), Refusal> {
    let after = connections::after(request);
    let entries = audit::trail(cloud, &by.tenant, after.as_deref(), ENTRIES).await?;
    let next = entries.last().filter(|_| entries.len() == ENTRIES).map(Entry::place);
    Ok((entries, next))
}

async fn audit_page(cloud: &(impl Table + Clock + Issuer), request: &Request) -> Result<Response, Refusal> {
    let by = require(cloud, request).await?;
    let (entries, next) = trail(cloud, &by, request).await?;
    Ok(respond::html(200, pages::audit(&by, &entries, next.as_deref())))
}

async fn audit_json(cloud: &(impl Table + Clock + Issuer), request: &Request) -> Result<Response, Refusal> {
    let by = require(cloud, request).await?;
    let (entries, next) = trail(cloud, &by, request).await?;
    Ok(respond::json(200, &serde_json::json!({ "entries": entries, "next": next })))
}
