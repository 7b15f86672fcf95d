//! Choosing the domains of a connection. Served by the function that may write connections.

use crate::caller::{Caller, require};
use crate::form::{Form, json};
use crate::{respond, view};
use sellerport_core::application::Site;
use sellerport_core::choose::choose;
use sellerport_core::http::{Request, Response};
use sellerport_core::ids::ConnectionId;
use sellerport_core::message::Refusal;
use sellerport_core::ports::{Clock, Entropy, Issuer, Table};
use serde::Deserialize;

/// `{"domains": ["orders", "inventory"]}`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Choice {
    domains: Vec<String>,
}

fn named(id: &str) -> Result<ConnectionId, Refusal> {
    ConnectionId::parse(id).map_err(|_| Refusal::NotFound)
}

/// By the ticks on a connection's page.
pub(crate) async fn choose_by_form(
    cloud: &(impl Table + Clock + Entropy),
    site: &Site,
    request: &Request,
    id: &str,
) -> Result<Response, Refusal> {
    let form = Form::read(cloud, request, &site.origin).await?.knowing(&["domains"])?;
    let (id, names) = (named(id)?, form.all("domains"));
    choose(cloud, &Caller::from(form.by).identity(), &id, &names).await?;
    Ok(respond::see_other(format!("/connections/{id}#domains")))
}

/// By a program.
pub(crate) async fn choose_by_json(
    cloud: &(impl Table + Clock + Entropy + Issuer),
    site: &Site,
    request: &Request,
    id: &str,
) -> Result<Response, Refusal> {
    let by = require(cloud, request).await?;
    by.change(request, &site.origin)?;
    let Choice { domains } = json(&request.body)?;
    let connection = choose(cloud, &by.identity(), &named(id)?, &domains).await?;
    Ok(respond::json(200, &serde_json::json!({ "domains": view::domains(&connection) })))
}
