//! Whether this caller may call this operation through this connection, and the call if he may.

use super::{Ask, Stop};
use crate::application::Application;
use crate::call::Call;
use crate::catalogue::request::{BadParameter, build};
use crate::catalogue::{Access, CREATE_RESTRICTED_DATA_TOKEN, Operation, ROTATE_APPLICATION_CLIENT_SECRET};
use crate::catalogue::{Via, pages};
use crate::connection::{Connection, Status};
use crate::lwa::Scope;
use crate::marketplaces::{Realm, by_id};
use crate::message::Refusal;
use crate::ports::{Clock, Table};
use crate::session::Role;
use crate::store::{Held, load};
use crate::stores::Stores;
use serde_json::Value;

/// The caller's connection; somebody else's looks like none.
pub(super) async fn connection(cloud: &(impl Table + Clock), ask: &Ask<'_>) -> Result<Connection, Refusal> {
    let key = Connection::key_of(&ask.by.tenant, ask.connection);
    let found: Option<Held<Connection>> = load(cloud, &key).await?;
    let connection = found.ok_or(Refusal::NotFound)?.value;
    if connection.status != Status::Active {
        return Err(Stop::Connection(connection.explain(cloud.now()).next_step).into());
    }
    Ok(connection)
}

/// The call, if everything allows it.
pub(super) async fn admit(
    table: &impl Table,
    ask: &Ask<'_>,
    connection: &Connection,
    operation: &'static Operation,
) -> Result<Call, Refusal> {
    may(ask, connection, operation)?;
    if *operation == ROTATE_APPLICATION_CLIENT_SECRET {
        let application = Application::find(table, &connection.application).await?;
        if !application.is_some_and(|one| one.rotates) {
            return Err(Stop::Rotation.into());
        }
    }
    let call = build(operation, ask.parameters, ask.body).map_err(Stop::from)?;
    let wanted = named(operation, ask);
    // The sandbox answers fixed samples of whatever store.
    if !wanted.is_empty() && connection.realm == Realm::Production {
        ticked(table, connection, &wanted).await?;
    }
    match ask.page {
        None => Ok(call),
        Some(token) => {
            let follows = operation.pages.filter(|ways| matches!(ways.via, Via::Query(_)));
            let next = follows.and_then(|_| pages::follow(operation, &call, token));
            let why = format!("{} has no pages", operation.name);
            next.ok_or_else(|| {
                Stop::Parameter(BadParameter { name: "page".into(), why, nearest: None }).into()
            })
        }
    }
}

/// Whether role and connection are open to such an operation.
fn may(ask: &Ask<'_>, connection: &Connection, operation: &Operation) -> Result<(), Refusal> {
    let operator = ask.by.role == Role::Operator;
    if *operation == CREATE_RESTRICTED_DATA_TOKEN {
        return Err(Stop::Tokens.into());
    }
    if operation.sandbox_only && connection.realm != Realm::Sandbox {
        return Err(Stop::Sandbox.into());
    }
    if let Access::Grantless(_) = operation.access {
        // It acts for every tenant that the application serves, even where it only asks.
        if !operator || ask.by.tenant != *ask.home {
            return Err(Stop::Home.into());
        }
    }
    if !operation.reads {
        if !operator {
            return Err(Refusal::Role);
        }
        if !connection.writes_open {
            return Err(Stop::WritesClosed.into());
        }
    }
    if restricted(operation, ask)? {
        if !operator {
            return Err(Refusal::Role);
        }
        if !connection.restricted_open {
            return Err(Stop::RestrictedClosed.into());
        }
    }
    Ok(())
}

/// Whether a restricted data token is wanted.
pub(super) fn restricted(operation: &Operation, ask: &Ask<'_>) -> Result<bool, Stop> {
    let bad = |name: &str, why: String| {
        Err(Stop::Parameter(BadParameter { name: name.into(), why, nearest: None }))
    };
    let known: &[&str] = match operation.access {
        Access::RestrictedElements(known) => known,
        _ => &[],
    };
    if let Some(stray) = ask.data_elements.iter().find(|one| !known.contains(one)) {
        let choices = if known.is_empty() { "nothing".to_owned() } else { known.join(", ") };
        return bad("data_elements", format!("`{stray}` is none; {} takes {choices}", operation.name));
    }
    if ask.restricted && operation.access != Access::RestrictedReports {
        return bad("restricted", format!("{} takes no such choice", operation.name));
    }
    Ok(match operation.access {
        Access::Restricted => true,
        Access::RestrictedElements(_) => !ask.data_elements.is_empty(),
        Access::RestrictedReports => ask.restricted,
        Access::Seller | Access::Grantless(_) => false,
    })
}

/// The scope of a grantless operation.
pub(super) fn scope(operation: &Operation) -> Option<Scope> {
    match operation.access {
        Access::Grantless(word) => Scope::parse(word),
        _ => None,
    }
}

/// Parameters that name stores, whatever their spelling.
fn names_stores(parameter: &str) -> bool {
    matches!(parameter.to_ascii_lowercase().as_str(), "marketplaceid" | "marketplaceids")
}

/// Every store that a call names: by a parameter made for it, or by a known store's id anywhere else.
fn named(operation: &Operation, ask: &Ask<'_>) -> Vec<String> {
    let mut found = Vec::new();
    for (name, value) in ask.parameters {
        for one in value.split(',').map(str::trim).filter(|one| !one.is_empty()) {
            if names_stores(name) || by_id(one).is_some() {
                found.push(one.to_owned());
            }
        }
    }
    let body = ask.body.filter(|_| !matches!(operation.access, Access::Grantless(_)));
    if let Some(body) = body.and_then(|body| serde_json::from_str(body).ok()) {
        in_body(&body, &mut found);
    }
    found
}

fn in_body(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::String(text) if by_id(text).is_some() => found.push(text.clone()),
        Value::Array(items) => items.iter().for_each(|item| in_body(item, found)),
        Value::Object(fields) => fields.values().for_each(|field| in_body(field, found)),
        _ => {}
    }
}

async fn ticked(table: &impl Table, of: &Connection, wanted: &[String]) -> Result<(), Refusal> {
    let found: Option<Held<Stores>> = load(table, &Stores::key_of(&of.tenant, &of.id)).await?;
    let stores = found.ok_or(Stop::Store(None))?.value;
    let used = stores.in_use();
    match wanted.iter().find(|store| !used.contains(&store.as_str())) {
        None => Ok(()),
        Some(store) => Err(Stop::Store(Some(store.chars().take(SHOWN_CHARS).collect())).into()),
    }
}

/// So much of a refused store's id is repeated.
const SHOWN_CHARS: usize = 40;
