//! The routes that send a seller to Amazon and take him back.

use crate::caller::require;
use crate::cookies;
use crate::form::{Form, signed_in};
use crate::{connect, doctor, domains, doors, imports, login, respond, routes};
use sellerport_core::application::{Application, Flow, Site, Stage};
use sellerport_core::authorize::{Starter, Wish, begin, new_connection};
use sellerport_core::callback::{self, Address, Browser};
use sellerport_core::connect_session;
use sellerport_core::connection::Connection;
use sellerport_core::disconnect::disconnect;
use sellerport_core::erase::erase_soon;
use sellerport_core::http::{Request, Response};
use sellerport_core::ids::{ApplicationSlug, ConnectionId};
use sellerport_core::marketplaces::{self, Kind, Region};
use sellerport_core::message::Refusal;
use sellerport_core::ports::{
    Bus, Clock, Credentials, Entropy, Issuer, Lwa, Queue, SellingPartner, Table, Vault,
};
use sellerport_core::store::{Held, load};

/// Answers one request.
pub async fn handle<C, A>(cloud: &C, amazon: &A, site: &Site, request: &Request) -> Response
where
    C: Table + Vault + Queue + Bus + Credentials + Clock + Entropy + Issuer,
    A: Lwa + SellingPartner,
{
    let path: Vec<&str> = request.path.trim_matches('/').split('/').collect();
    let result = match (request.method.as_str(), path.as_slice()) {
        ("POST", ["connect"]) => connect(cloud, site, request).await,
        ("POST", ["connect", ticket]) => connect::go_on(cloud, site, request, ticket).await,
        ("POST", ["connections", id, "reconnect"]) => reconnect(cloud, site, request, id).await,
        ("POST", ["connections", id, "disconnect"]) => leave(cloud, site, request, id).await,
        ("POST", ["connections", id, "erase"]) => erase(cloud, site, request, id).await,
        ("POST", ["api", "connections", id, "disconnect"]) => leave_json(cloud, site, request, id).await,
        ("POST", ["api", "connections", id, "erase"]) => erase_json(cloud, site, request, id).await,
        ("POST", ["connections", id, door @ ("writes" | "restricted")]) => {
            doors::turn_by_form(cloud, site, request, id, door).await
        }
        ("PUT", ["api", "connections", id, door @ ("writes" | "restricted")]) => {
            doors::turn_by_json(cloud, site, request, id, door).await
        }
        ("POST", ["connections", id, "domains"]) => domains::choose_by_form(cloud, site, request, id).await,
        ("PUT", ["api", "connections", id, "domains"]) => {
            domains::choose_by_json(cloud, site, request, id).await
        }
        ("POST", ["imports"]) => imports::begin(cloud, site, request).await,
        ("POST", ["api", "imports"]) => imports::begin_json(cloud, site, request).await,
        ("POST", ["doctor"]) => doctor::run(cloud, amazon, site, request).await,
        ("POST", ["api", "doctor"]) => doctor::run_json(cloud, amazon, site, request).await,
        (_, ["oauth", slug, flow, region, "callback"]) => match address(slug, flow, region) {
            Some(address) => callback(cloud, amazon, &address, request).await,
            None => Err(Refusal::NotFound),
        },
        ("GET" | "POST", ["oauth", slug, "login"]) => login::handle(cloud, site, slug, request).await,
        _ if routes::known(&request.path) => Err(Refusal::Method),
        _ => Err(Refusal::NotFound),
    };
    respond::conclude(cloud, site, request, result)
}

fn address(slug: &str, flow: &str, region: &str) -> Option<Address> {
    let application = ApplicationSlug::parse(slug).ok()?;
    Some(Address { application, flow: Flow::parse(flow)?, region: Region::parse(region)? })
}

/// The application of this name, for the addresses that name one.
pub(crate) async fn application(table: &impl Table, slug: &str) -> Result<Application, Refusal> {
    let slug = ApplicationSlug::parse(slug).map_err(|_| Refusal::NotFound)?;
    Application::find(table, &slug).await?.ok_or(Refusal::NotFound)
}

/// The application that a form chose; where there is only one, it need not choose.
async fn chosen(table: &impl Table, form: &Form) -> Result<Application, Refusal> {
    let all = Application::all(table).await?;
    let name = form.field("application");
    let mut fitting = all
        .into_iter()
        .filter(|one| one.stage != Stage::Private && name.is_none_or(|name| one.slug.as_str() == name));
    match (fitting.next(), fitting.next()) {
        (Some(only), None) => Ok(only),
        (Some(_), Some(_)) => Err(Refusal::FormField("application", "choose one from the list")),
        (None, _) => {
            Err(Refusal::FormField("application", "no application here has a consent page; add one"))
        }
    }
}

async fn connect<C: Table + Clock + Entropy>(
    cloud: &C,
    site: &Site,
    request: &Request,
) -> Result<Response, Refusal> {
    let form = Form::read(cloud, request, &site.origin).await?.knowing(&["store", "kind", "application"])?;
    let application = chosen(cloud, &form).await?;
    let store = form
        .field("store")
        .and_then(marketplaces::by_country)
        .ok_or(Refusal::FormField("store", "choose a store from the list"))?;
    let kind = Kind::parse(form.field("kind").unwrap_or("seller"))
        .ok_or(Refusal::FormField("kind", "choose seller or vendor"))?;
    let wish = Wish { connection: new_connection(cloud)?, store, kind, flow: Flow::Website };
    depart(cloud, site, &application, &(&form.by.session).into(), wish).await
}

async fn reconnect<C: Table + Clock + Entropy>(
    cloud: &C,
    site: &Site,
    request: &Request,
    id: &str,
) -> Result<Response, Refusal> {
    let form = Form::read(cloud, request, &site.origin).await?.knowing(&[])?;
    let id = ConnectionId::parse(id).map_err(|_| Refusal::NotFound)?;
    let found: Option<Held<Connection>> =
        load(cloud, &Connection::key_of(&form.by.session.tenant, &id)).await?;
    let connection = found.ok_or(Refusal::NotFound)?.value;
    let store = marketplaces::by_country(&connection.country).ok_or(Refusal::NotFound)?;
    let application = application(cloud, connection.application.as_str()).await?;
    if application.stage == Stage::Private {
        return Err(Refusal::FormField(
            "application",
            "a private application has no consent page; import a new token",
        ));
    }
    let wish = Wish { connection: connection.id, store, kind: connection.kind, flow: Flow::Website };
    depart(cloud, site, &application, &(&form.by.session).into(), wish).await
}

async fn leave<C: Table + Bus + Clock + Entropy>(
    cloud: &C,
    site: &Site,
    request: &Request,
    id: &str,
) -> Result<Response, Refusal> {
    let form = Form::read(cloud, request, &site.origin).await?.knowing(&[])?;
    let id = ConnectionId::parse(id).map_err(|_| Refusal::NotFound)?;
    disconnect(cloud, &form.by.session.tenant, &id, &form.by.session.user).await?;
    Ok(respond::see_other(format!("/connections/{id}")))
}

async fn leave_json<C>(cloud: &C, site: &Site, request: &Request, id: &str) -> Result<Response, Refusal>
where
    C: Table + Bus + Clock + Entropy + Issuer,
{
    let by = require(cloud, request).await?;
    by.change(request, &site.origin)?;
    let id = ConnectionId::parse(id).map_err(|_| Refusal::NotFound)?;
    disconnect(cloud, &by.tenant, &id, &by.user).await?;
    Ok(respond::json(200, &serde_json::json!({ "connection": id, "status": "disconnected" })))
}

async fn erase<C>(cloud: &C, site: &Site, request: &Request, id: &str) -> Result<Response, Refusal>
where
    C: Table + Clock + Entropy,
{
    let form = Form::read(cloud, request, &site.origin).await?.knowing(&[])?;
    let id = ConnectionId::parse(id).map_err(|_| Refusal::NotFound)?;
    erase_soon(cloud, &form.by.session.tenant, &id, &form.by.session.user).await?;
    Ok(respond::see_other(format!("/connections/{id}")))
}

async fn erase_json<C>(cloud: &C, site: &Site, request: &Request, id: &str) -> Result<Response, Refusal>
where
    C: Table + Clock + Entropy + Issuer,
{
    let by = require(cloud, request).await?;
    by.change(request, &site.origin)?;
    let id = ConnectionId::parse(id).map_err(|_| Refusal::NotFound)?;
    let at = erase_soon(cloud, &by.tenant, &id, &by.user).await?;
    Ok(respond::json(202, &serde_json::json!({ "connection": id, "erased_from": at })))
}

/// Sends a browser to the consent page.
pub(crate) async fn depart<C: Table + Clock + Entropy>(
    cloud: &C,
    site: &Site,
    application: &Application,
    starter: &Starter,
    wish: Wish,
) -> Result<Response, Refusal> {
    let departure = begin(cloud, site, application, starter, &wish).await?;
    let url = application
        .consent_url(site, wish.store, wish.kind, departure.state.expose(), &departure.redirect_uri)
        .ok_or(Refusal::FormField("store", "Amazon has no Vendor Central for this store"))?;
    let mut response = respond::see_other(url);
    response.cookies.push(cookies::nonce(&departure.nonce));
    Ok(response)
}

async fn callback<C, A>(
    cloud: &C,
    amazon: &A,
    address: &Address,
    request: &Request,
) -> Result<Response, Refusal>
where
    C: Table + Vault + Bus + Clock + Entropy,
    A: Lwa + SellingPartner,
{
    if request.method != "GET" {
        return Err(Refusal::CallbackMethod);
    }
    let answer = callback::read(&request.query)?;
    let browser = Browser {
        nonce: cookies::read(request, cookies::NONCE),
        session: signed_in(cloud, request).await?.map(|signed_in| signed_in.session),
        guest: cookies::read(request, cookies::GUEST),
        received_at: request.received_at,
    };
    let completed = callback::complete(cloud, amazon, address, answer, &browser).await?;
    if let Some(id) = completed.connect_session {
        // A host product's user goes back to it, whatever came of it.
        let session = connect_session::conclude(cloud, &id, &completed.result).await?;
        let mut response = respond::see_other(session.way_back());
        response.cookies.push(cookies::clear(cookies::NONCE));
        return Ok(response);
    }
    completed.result?;
    let mut response = respond::see_other(format!("/connections/{}", completed.connection));
    response.cookies.push(cookies::clear(cookies::NONCE));
    Ok(response)
}
