//! Connect sessions: made by a host product's program, followed by its user.

use crate::caller::require;
use crate::cookies;
use crate::form::{from_our_page, json};
use crate::oauth::{application, depart};
use crate::{pages, respond};
use sellerport_core::application::{Application, Flow, Site, Stage};
use sellerport_core::authorize::Wish;
use sellerport_core::connect_session::{self, ConnectSession, Wanted};
use sellerport_core::http::{Request, Response};
use sellerport_core::ids::{ApplicationSlug, TenantId};
use sellerport_core::marketplaces;
use sellerport_core::message::Refusal;
use sellerport_core::ports::{Clock, Entropy, Issuer, Table};
use sellerport_core::secret::{Digest, Ticket};
use sellerport_core::store::{Held, load};
use serde::Serialize;

/// A connect session as its host sees it.
#[derive(Serialize)]
struct View<'a> {
    id: &'a Digest,
    tenant: &'a TenantId,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
    expires_at: jiff::Timestamp,
    application: &'a ApplicationSlug,
    connection: &'a sellerport_core::ids::ConnectionId,
    return_to: &'a str,
    #[serde(flatten)]
    outcome: &'a connect_session::Outcome,
}

fn view<'a>(session: &'a ConnectSession, url: Option<String>) -> View<'a> {
    View {
        id: &session.id,
        tenant: &session.tenant,
        url,
        expires_at: session.expires_at(),
        application: &session.application,
        connection: &session.connection,
        return_to: &session.return_to,
        outcome: &session.outcome,
    }
}

/// A host makes one.
pub(crate) async fn create<C>(cloud: &C, site: &Site, request: &Request) -> Result<Response, Refusal>
where
    C: Table + Clock + Entropy + Issuer,
{
    let by = require(cloud, request).await?;
    by.change(request, &site.origin)?;
    let wanted: Wanted = json(&request.body)?;
    let all = Application::all(cloud).await?;
    let mut fitting = all.into_iter().filter(|one| {
        one.stage != Stage::Private && wanted.application.as_ref().is_none_or(|slug| *slug == one.slug)
    });
    let application = match (fitting.next(), fitting.next()) {
        (Some(only), None) => only.slug,
        (Some(_), Some(_)) => {
            return Err(Refusal::FormField("application", "name one: there is more than one"));
        }
        (None, _) => {
            return Err(Refusal::FormField(
                "application",
                "no application with a consent page has this name",
            ));
        }
    };
    let (ticket, session) = connect_session::create(cloud, site, &by.tenant, application, wanted).await?;
    let url = format!("{}/connect/{}", site.origin, ticket.expose());
    Ok(respond::json(201, &view(&session, Some(url))))
}

/// A host asks what came of it.
pub(crate) async fn read<C>(cloud: &C, request: &Request, id: &str) -> Result<Response, Refusal>
where
    C: Table + Clock + Issuer,
{
    let by = require(cloud, request).await?;
    let id = Digest::parse(id).ok_or(Refusal::NotFound)?;
    let held: Option<Held<ConnectSession>> = load(cloud, &ConnectSession::key_of(&id)).await?;
    let session = held.filter(|held| held.value.tenant == by.tenant).ok_or(Refusal::NotFound)?.value;
    Ok(respond::json(200, &view(&session, None)))
}

async fn followed(cloud: &(impl Table + Clock), ticket: &str) -> Result<Held<ConnectSession>, Refusal> {
    let ticket = Ticket::parse(ticket).ok_or(Refusal::ConnectLink)?;
    connect_session::follow(cloud, &ticket).await?.ok_or(Refusal::ConnectLink)
}

/// The user opens the link. Only a page: whoever lures somebody here has started nothing.
pub(crate) async fn ask<C>(cloud: &C, ticket: &str) -> Result<Response, Refusal>
where
    C: Table + Clock,
{
    let held = followed(cloud, ticket).await?;
    Ok(respond::html(200, pages::connect_session(&held.value, ticket)))
}

/// The user goes on: this browser is bound to the session, and sent to Amazon.
pub(crate) async fn go_on<C>(
    cloud: &C,
    site: &Site,
    request: &Request,
    ticket: &str,
) -> Result<Response, Refusal>
where
    C: Table + Clock + Entropy,
{
    from_our_page(request, &site.origin)?;
    let held = followed(cloud, ticket).await?;
    let country = form_urlencoded::parse(&request.body).find(|(name, _)| name == "store");
    let country = country.map(|(_, value)| value.into_owned()).unwrap_or_default();
    let offered = &held.value.marketplaces;
    let store = marketplaces::by_country(&country)
        .filter(|store| offered.is_empty() || offered.iter().any(|one| one == store.country))
        .ok_or(Refusal::FormField("store", "choose a store from the list"))?;
    let application = application(cloud, held.value.application.as_str()).await?;
    let guest = match cookies::read(request, cookies::GUEST) {
        Some(guest) => guest,
        None => Ticket::from_random(&cloud.random()?),
    };
    let session = connect_session::bind(cloud, held, &guest).await?;
    let wish =
        Wish { connection: session.connection.clone(), store, kind: session.kind, flow: Flow::Website };
    let mut response = depart(cloud, site, &application, &session.starter(&guest)?, wish).await?;
    response.cookies.push(cookies::guest(&guest));
    Ok(response)
}
