//! Opening and closing what a connection allows: writes, and buyers' data. Served by the function that may write
//! connections, so that the one that calls operations cannot open its own door.

use crate::caller::{Caller, require};
use crate::form::{Form, json};
use crate::respond;
use sellerport_core::application::Site;
use sellerport_core::http::{Request, Response};
use sellerport_core::ids::ConnectionId;
use sellerport_core::message::Refusal;
use sellerport_core::operate::{Door, turn};
use sellerport_core::ports::{Clock, Entropy, Issuer, Table};
use serde::Deserialize;

/// `{"open": true}`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Wanted {
    open: bool,
}

const OPEN: Refusal = Refusal::FormField("open", "say true or false");

fn named(id: &str, door: &str) -> Result<(ConnectionId, Door), Refusal> {
    let id = ConnectionId::parse(id).map_err(|_| Refusal::NotFound)?;
    Ok((id, Door::parse(door).ok_or(Refusal::NotFound)?))
}

/// By the button on a connection's page.
pub(crate) async fn turn_by_form(
    cloud: &(impl Table + Clock + Entropy),
    site: &Site,
    request: &Request,
    id: &str,
    door: &str,
) -> Result<Response, Refusal> {
    let form = Form::read(cloud, request, &site.origin).await?.knowing(&["open"])?;
    let open = form.field("open").and_then(|text| text.parse().ok()).ok_or(OPEN)?;
    let (id, door) = named(id, door)?;
    turn(cloud, &Caller::from(form.by).identity(), &id, door, open).await?;
    Ok(respond::see_other(format!("/connections/{id}")))
}

/// By a program.
pub(crate) async fn turn_by_json(
    cloud: &(impl Table + Clock + Entropy + Issuer),
    site: &Site,
    request: &Request,
    id: &str,
    door: &str,
) -> Result<Response, Refusal> {
    let by = require(cloud, request).await?;
    by.change(request, &site.origin)?;
    let (id, door) = named(id, door)?;
    let Wanted { open } = json(&request.body)?;
    turn(cloud, &by.identity(), &id, door, open).await?;
    Ok(respond::json(200, &serde_json::json!({ "connection": id, "door": door.as_str(), "open": open })))
}
