//! The routes that send a seller to Amazon and take him back.

use crate::cookies;
use crate::form::{Form, signed_in};
use crate::{login, respond};
use sellerport_core::application::{Application, Flow};
use sellerport_core::authorize::{Wish, begin, new_connection};
use sellerport_core::callback::{self, Address, Browser};
use sellerport_core::connection::Connection;
use sellerport_core::http::{Request, Response};
use sellerport_core::ids::{ApplicationSlug, ConnectionId};
use sellerport_core::marketplaces::{self, Kind, Region};
use sellerport_core::message::Refusal;
use sellerport_core::ports::{Bus, Clock, Entropy, Lwa, SellingPartner, Table, Vault};
use sellerport_core::store::{Held, load};

/// Answers one request.
pub async fn handle<C, A>(cloud: &C, amazon: &A, application: &Application, request: &Request) -> Response
where
    C: Table + Vault + Bus + Clock + Entropy,
    A: Lwa + SellingPartner,
{
    let path: Vec<&str> = request.path.trim_matches('/').split('/').collect();
    let result = match path.as_slice() {
        ["connect"] => connect(cloud, application, request).await,
        ["connections", id, "reconnect"] => reconnect(cloud, application, request, id).await,
        ["oauth", slug, flow, region, "callback"] => match address(application, slug, flow, region) {
            Some(address) => callback(cloud, amazon, &address, request).await,
            None => Err(Refusal::NotFound),
        },
        ["oauth", slug, "login"] if *slug == application.slug.as_str() => {
            login::handle(cloud, application, request).await
        }
        _ => Err(Refusal::NotFound),
    };
    respond::conclude(cloud, application, request, result)
}

fn address(application: &Application, slug: &str, flow: &str, region: &str) -> Option<Address> {
    let slug = ApplicationSlug::parse(slug).ok().filter(|slug| *slug == application.slug)?;
    Some(Address { application: slug, flow: Flow::parse(flow)?, region: Region::parse(region)? })
}

async fn connect<C: Table + Clock + Entropy>(
    cloud: &C,
    application: &Application,
    request: &Request,
) -> Result<Response, Refusal> {
    post(request)?;
    let form = Form::read(cloud, request, &application.origin).await?;
    let store = form
        .field("store")
        .and_then(marketplaces::by_country)
        .ok_or(Refusal::FormField("store", "choose a store from the list"))?;
    let kind = Kind::parse(form.field("kind").unwrap_or("seller"))
        .ok_or(Refusal::FormField("kind", "choose seller or vendor"))?;
    let connection = new_connection(cloud)?;
    depart(cloud, application, &form, Wish { connection, store, kind, flow: Flow::Website }).await
}

async fn reconnect<C: Table + Clock + Entropy>(
    cloud: &C,
    application: &Application,
    request: &Request,
    id: &str,
) -> Result<Response, Refusal> {
    post(request)?;
    let form = Form::read(cloud, request, &application.origin).await?;
    let id = ConnectionId::parse(id).map_err(|_| Refusal::NotFound)?;
    let found: Option<Held<Connection>> =
        load(cloud, &Connection::key_of(&form.by.session.tenant, &id)).await?;
    let connection = found.ok_or(Refusal::NotFound)?.value;
    let store = marketplaces::by_country(&connection.country).ok_or(Refusal::NotFound)?;
    let wish = Wish { connection: connection.id, store, kind: connection.kind, flow: Flow::Website };
    depart(cloud, application, &form, wish).await
}

async fn depart<C: Table + Clock + Entropy>(
    cloud: &C,
    application: &Application,
    form: &Form,
    wish: Wish,
) -> Result<Response, Refusal> {
    let departure = begin(cloud, application, &form.by.session, &wish).await?;
    let url = application
        .consent_url(wish.store, wish.kind, departure.state.expose(), &departure.redirect_uri)
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
        received_at: request.received_at,
    };
    let connection = callback::complete(cloud, amazon, address, answer, &browser).await?;
    let mut response = respond::see_other(format!("/connections/{connection}"));
    response.cookies.push(cookies::clear(cookies::NONCE));
    Ok(response)
}

pub(crate) fn post(request: &Request) -> Result<(), Refusal> {
    if request.method == "POST" { Ok(()) } else { Err(Refusal::Method) }
}
