//! Importing refresh tokens: the form, the file, and how far it has come.

use crate::caller::{Caller, require};
use crate::form::Form;
use crate::{pages, respond};
use sellerport_core::application::{Application, Site};
use sellerport_core::http::{Request, Response};
use sellerport_core::ids::ImportId;
use sellerport_core::imports::{self, Import};
use sellerport_core::message::Refusal;
use sellerport_core::ports::{Clock, Entropy, Issuer, Queue, Table, Vault};

/// Imports that a page lists.
const LISTED: usize = 20;

/// The form, and the latest imports.
pub(crate) async fn page(
    cloud: &(impl Table + Clock + Issuer),
    request: &Request,
) -> Result<Response, Refusal> {
    let by = require(cloud, request).await?;
    let (applications, latest) =
        (Application::all(cloud).await?, Import::latest(cloud, &by.tenant, LISTED).await?);
    Ok(respond::html(200, pages::imports(&by, &applications, &latest)))
}

async fn found(table: &impl Table, by: &Caller, id: &str) -> Result<Import, Refusal> {
    let id = ImportId::parse(id).map_err(|_| Refusal::NotFound)?;
    Import::find(table, &by.tenant, &id).await?.ok_or(Refusal::NotFound)
}

/// One import.
pub(crate) async fn one(
    cloud: &(impl Table + Clock + Issuer),
    request: &Request,
    id: &str,
) -> Result<Response, Refusal> {
    let by = require(cloud, request).await?;
    let import = found(cloud, &by, id).await?;
    Ok(respond::html(200, pages::import(&by, &import)))
}

/// One import as JSON.
pub(crate) async fn one_json(
    cloud: &(impl Table + Clock + Issuer),
    request: &Request,
    id: &str,
) -> Result<Response, Refusal> {
    let by = require(cloud, request).await?;
    Ok(respond::json(200, &found(cloud, &by, id).await?))
}

/// The latest imports as JSON.
pub(crate) async fn list_json(
    cloud: &(impl Table + Clock + Issuer),
    request: &Request,
) -> Result<Response, Refusal> {
    let by = require(cloud, request).await?;
    let latest = Import::latest(cloud, &by.tenant, LISTED).await?;
    Ok(respond::json(200, &serde_json::json!({ "imports": latest })))
}

/// The form was sent: one account, or a whole file in its text field.
pub(crate) async fn begin<C>(cloud: &C, site: &Site, request: &Request) -> Result<Response, Refusal>
where
    C: Table + Vault + Queue + Clock + Entropy,
{
    let fields = ["file", "seller_id", "region", "refresh_token", "kind", "country", "application"];
    let form = Form::read_large(cloud, request, &site.origin, FORM_MAX).await?.knowing(&fields)?;
    let text = form.field("file").unwrap_or_default();
    let file = match text.trim().is_empty() {
        false => text.as_bytes().to_vec(),
        true => one_line(&form)?,
    };
    let by = Caller::from(form.by);
    let import = start(cloud, &by, &file).await?;
    Ok(respond::see_other(format!("/imports/{}", import.id)))
}

/// A form's bytes: each of a file's may become three.
const FORM_MAX: usize = 5 * 1024 * 1024;

/// The fields of the form as a file of one line.
fn one_line(form: &Form) -> Result<Vec<u8>, Refusal> {
    let mut line = serde_json::Map::new();
    for name in ["seller_id", "region", "refresh_token", "kind", "country", "application"] {
        if let Some(value) = form.field(name).map(str::trim).filter(|value| !value.is_empty()) {
            line.insert(name.to_owned(), value.into());
        }
    }
    match line.contains_key("refresh_token") {
        true => Ok(serde_json::json!([line]).to_string().into_bytes()),
        false => Err(Refusal::ImportEmpty),
    }
}

/// A file was sent by a program: JSON or CSV, as it is.
pub(crate) async fn begin_json<C>(cloud: &C, site: &Site, request: &Request) -> Result<Response, Refusal>
where
    C: Table + Vault + Queue + Clock + Entropy + Issuer,
{
    let by = require(cloud, request).await?;
    by.change_with(request, &site.origin, &["application/json", "text/csv"], imports::BYTES_MAX)?;
    let import = start(cloud, &by, &request.body).await?;
    Ok(respond::json(202, &import))
}

async fn start<C>(cloud: &C, by: &Caller, file: &[u8]) -> Result<Import, Refusal>
where
    C: Table + Vault + Queue + Clock + Entropy,
{
    let applications = Application::all(cloud).await?;
    let lines = imports::read(file, &applications)?;
    imports::begin(cloud, &by.tenant, &by.user, lines).await
}
