//! Amazon's operations: searched, described and called by name, as pages and as JSON.
//!
//! | request | what |
//! |---|---|
//! | `GET /operations?q=…` | the catalogue |
//! | `GET /operations/{name}?version=…` | a form for one operation |
//! | `POST /operations/{name}` | calls it by that form |
//! | `GET /api/operations?q=…`, `GET /api/operations/{name}?version=…` | the catalogue as JSON |
//! | `POST /api/connections/{id}/operations/{name}?version=…` | calls it |

mod list;
mod wanted;

pub use list::{OperationView, ParameterView};
pub(crate) use wanted::{Called, PARAMETER, Wanted};

use crate::caller::{Caller, require};
use crate::form::{BODY_MAX, Form};
use crate::{pages, respond, routes};
use jiff::Timestamp;
use sellerport_core::application::Site;
use sellerport_core::catalogue::{self, Operation};
use sellerport_core::connection::{Connection, Status};
use sellerport_core::http::{Request, Response};
use sellerport_core::ids::{ConnectionId, TenantId};
use sellerport_core::message::Refusal;
use sellerport_core::operate::{self, Stop};
use sellerport_core::ports::{Clock, Entropy, Issuer, Meter, Queue, SellingPartner, Table, Vault};
use sellerport_core::store::{Span, TableName, decode};

/// Connections to choose from on one page.
const CONNECTIONS_MAX: usize = 200;

/// Answers one request. Nothing new is begun that could outlast `deadline`.
pub async fn handle<C, A>(
    cloud: &C,
    amazon: &A,
    site: &Site,
    request: &Request,
    deadline: Timestamp,
) -> Response
where
    C: Table + Vault + Queue + Clock + Entropy + Issuer + Meter,
    A: SellingPartner,
{
    let path: Vec<&str> = request.path.trim_matches('/').split('/').collect();
    let result = match (request.method.as_str(), path.as_slice()) {
        ("GET", ["operations"]) => search(cloud, request).await,
        ("GET", ["operations", name]) => one(cloud, site, request, name).await,
        ("POST", ["operations", name]) => by_form(cloud, amazon, site, request, name, deadline).await,
        ("GET", ["api", "operations"]) => search_json(cloud, request).await,
        ("GET", ["api", "operations", name]) => one_json(cloud, request, name).await,
        ("POST", ["api", "connections", id, "operations", name]) => {
            by_json(cloud, amazon, site, request, (id, name), deadline).await
        }
        _ if routes::known(&request.path) => Err(Refusal::Method),
        _ => Err(Refusal::NotFound),
    };
    respond::conclude(cloud, site, request, result)
}

/// A parameter of an address.
fn asked(request: &Request, name: &str) -> Option<String> {
    let mut pairs = form_urlencoded::parse(request.query.as_bytes());
    let value = pairs.find(|(known, _)| known == name).map(|(_, value)| value.trim().to_owned());
    value.filter(|value| !value.is_empty())
}

fn found(name: &str, version: Option<&str>) -> Result<&'static Operation, Refusal> {
    Ok(catalogue::find(name, version).map_err(Stop::from)?)
}

async fn search(cloud: &(impl Table + Clock + Issuer), request: &Request) -> Result<Response, Refusal> {
    let by = require(cloud, request).await?;
    let words = asked(request, "q").unwrap_or_default();
    Ok(respond::html(200, pages::operations(&by, &words, &list::search(&words))))
}

async fn search_json(cloud: &(impl Table + Clock + Issuer), request: &Request) -> Result<Response, Refusal> {
    require(cloud, request).await?;
    let found = list::search(&asked(request, "q").unwrap_or_default());
    let views: Vec<_> = found.into_iter().map(|one| OperationView::of(one, cloud.now())).collect();
    Ok(respond::json(200, &serde_json::json!({ "operations": views })))
}

async fn one_json(
    cloud: &(impl Table + Clock + Issuer),
    request: &Request,
    name: &str,
) -> Result<Response, Refusal> {
    require(cloud, request).await?;
    let operation = found(name, asked(request, "version").as_deref())?;
    Ok(respond::json(200, &OperationView::of(operation, cloud.now())))
}

async fn one(
    cloud: &(impl Table + Clock + Issuer),
    site: &Site,
    request: &Request,
    name: &str,
) -> Result<Response, Refusal> {
    let by = require(cloud, request).await?;
    let operation = found(name, asked(request, "version").as_deref())?;
    // Only what is a connection's id: the page shows a command with it, to be copied.
    let chosen = asked(request, "connection").filter(|id| ConnectionId::parse(id).is_ok());
    let wanted = Wanted::default().through(&chosen.unwrap_or_default(), None);
    let view = OperationView::of(operation, cloud.now());
    let connections = connections(cloud, &by.tenant).await?;
    Ok(respond::html(200, pages::operation(&by, site, &view, &connections, &wanted, None)))
}

/// The connections that can be called through.
async fn connections(table: &impl Table, tenant: &TenantId) -> Result<Vec<Connection>, Refusal> {
    let rows =
        table.list(TableName::Connections, &format!("T#{tenant}"), Span::first(CONNECTIONS_MAX)).await?;
    // One that cannot be read is shown as such on the list of connections.
    let all = rows.into_iter().filter_map(|row| decode::<Connection>(row).ok());
    Ok(all.map(|held| held.value).filter(|connection| connection.status == Status::Active).collect())
}

async fn by_json<C, A>(
    cloud: &C,
    amazon: &A,
    site: &Site,
    request: &Request,
    (id, name): (&str, &str),
    deadline: Timestamp,
) -> Result<Response, Refusal>
where
    C: Table + Vault + Queue + Clock + Entropy + Issuer + Meter,
    A: SellingPartner,
{
    let by = require(cloud, request).await?;
    by.sent(request, &site.origin, &["application/json"], BODY_MAX)?;
    let version = asked(request, "version");
    let wanted = Wanted::of_json(&request.body)?.through(id, version);
    let answer = call(cloud, amazon, site, &by, name, &wanted, deadline).await?;
    Ok(respond::json(200, &Called::of(answer, wanted.pages > 1)))
}

async fn by_form<C, A>(
    cloud: &C,
    amazon: &A,
    site: &Site,
    request: &Request,
    name: &str,
    deadline: Timestamp,
) -> Result<Response, Refusal>
where
    C: Table + Vault + Queue + Clock + Entropy + Issuer + Meter,
    A: SellingPartner,
{
    // Of anybody: a viewer may read. What he may not do, the call itself refuses.
    let form = Form::read_of_anybody(cloud, request, &site.origin).await?;
    let wanted = Wanted::of_form(&form);
    let by = Caller::from(form.by);
    let operation = found(name, wanted.version())?;
    let connections = connections(cloud, &by.tenant).await?;
    let answer = call(cloud, amazon, site, &by, name, &wanted, deadline).await?;
    let view = OperationView::of(operation, cloud.now());
    let page = pages::operation(&by, site, &view, &connections, &wanted, Some(&Called::of(answer, true)));
    Ok(respond::html(200, page))
}

async fn call<C, A>(
    cloud: &C,
    amazon: &A,
    site: &Site,
    by: &Caller,
    name: &str,
    wanted: &Wanted,
    deadline: Timestamp,
) -> Result<operate::Answer, Refusal>
where
    C: Table + Vault + Queue + Clock + Entropy + Meter,
    A: SellingPartner,
{
    let connection = ConnectionId::parse(&wanted.connection).map_err(|_| Refusal::NotFound)?;
    let parameters: Vec<_> =
        wanted.parameters.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let elements: Vec<_> = wanted.data_elements.iter().map(String::as_str).collect();
    let ask = operate::Ask {
        by: &by.identity(),
        home: &site.home,
        connection: &connection,
        operation: name,
        version: wanted.version(),
        parameters: &parameters,
        body: wanted.body.as_deref(),
        page: wanted.page.as_deref(),
        pages: wanted.pages,
        data_elements: &elements,
        restricted: wanted.restricted,
    };
    operate::call(cloud, amazon, &ask, deadline).await
}
