//! The queues: what waits in them, and the way back for what was given up. The home tenant's affair, because
//! every tenant's messages share them.

use crate::caller::{Caller, require};
use crate::form::Form;
use crate::{pages, respond};
use sellerport_core::application::Site;
use sellerport_core::http::{Request, Response};
use sellerport_core::message::Refusal;
use sellerport_core::ports::{Clock, DeadLetters, Entropy, Issuer, Queue, QueueName, Table};
use sellerport_core::redrive::{self, Redriven};

/// What a button has done, for the page that follows it.
pub(crate) enum Done {
    /// Dead letters of this queue were sent again.
    Redriven(QueueName, Redriven),
    /// A parked message of this queue was sent again; or it was not parked any more.
    Retried(QueueName, bool),
}

/// `GET /queues`.
pub(crate) async fn page(
    cloud: &(impl Table + DeadLetters + Clock + Issuer),
    site: &Site,
    request: &Request,
) -> Result<Response, Refusal> {
    let by = require(cloud, request).await?;
    by.at_home(site)?;
    shown(cloud, &by, None).await
}

/// `GET /api/queues`.
pub(crate) async fn list_json(
    cloud: &(impl Table + DeadLetters + Clock + Issuer),
    site: &Site,
    request: &Request,
) -> Result<Response, Refusal> {
    let by = require(cloud, request).await?;
    by.at_home(site)?;
    let queues = redrive::survey(cloud).await?;
    Ok(respond::json(200, &serde_json::json!({ "queues": queues })))
}

/// The button "Send them again".
pub(crate) async fn redrive<C>(
    cloud: &C,
    site: &Site,
    request: &Request,
    queue: &str,
) -> Result<Response, Refusal>
where
    C: Table + Queue + DeadLetters + Clock + Entropy,
{
    let by = operator(cloud, site, request).await?;
    let queue = named(queue)?;
    let done = redrive::redrive(cloud, &by.identity(), queue).await?;
    shown(cloud, &by, Some(Done::Redriven(queue, done))).await
}

/// The same for a program.
pub(crate) async fn redrive_json<C>(
    cloud: &C,
    site: &Site,
    request: &Request,
    queue: &str,
) -> Result<Response, Refusal>
where
    C: Table + Queue + DeadLetters + Clock + Entropy + Issuer,
{
    let by = program(cloud, site, request).await?;
    let done = redrive::redrive(cloud, &by.identity(), named(queue)?).await?;
    let answer = serde_json::json!({ "queue": queue, "moved": done.moved, "more": done.more });
    Ok(respond::json(200, &answer))
}

/// The button "Try again" of a parked message.
pub(crate) async fn retry<C>(
    cloud: &C,
    site: &Site,
    request: &Request,
    (queue, message_id): (&str, &str),
) -> Result<Response, Refusal>
where
    C: Table + Queue + DeadLetters + Clock + Entropy,
{
    let by = operator(cloud, site, request).await?;
    let queue = named(queue)?;
    let sent = redrive::retry(cloud, &by.identity(), queue, message_id).await?;
    shown(cloud, &by, Some(Done::Retried(queue, sent))).await
}

/// The same for a program.
pub(crate) async fn retry_json<C>(
    cloud: &C,
    site: &Site,
    request: &Request,
    (queue, message_id): (&str, &str),
) -> Result<Response, Refusal>
where
    C: Table + Queue + Clock + Entropy + Issuer,
{
    let by = program(cloud, site, request).await?;
    let sent = redrive::retry(cloud, &by.identity(), named(queue)?, message_id).await?;
    Ok(respond::json(200, &serde_json::json!({ "queue": queue, "message_id": message_id, "sent": sent })))
}

async fn operator(cloud: &(impl Table + Clock), site: &Site, request: &Request) -> Result<Caller, Refusal> {
    let by = Caller::from(Form::read(cloud, request, &site.origin).await?.knowing(&[])?.by);
    by.at_home(site)?;
    Ok(by)
}

async fn program(
    cloud: &(impl Table + Clock + Issuer),
    site: &Site,
    request: &Request,
) -> Result<Caller, Refusal> {
    let by = require(cloud, request).await?;
    by.change(request, &site.origin)?;
    by.at_home(site)?;
    Ok(by)
}

fn named(queue: &str) -> Result<QueueName, Refusal> {
    redrive::by_name(queue).ok_or(Refusal::NotFound)
}

/// The page, at once and not by a redirect: what was done is told, and sending the form twice harms nobody.
async fn shown(
    cloud: &(impl Table + DeadLetters),
    by: &Caller,
    done: Option<Done>,
) -> Result<Response, Refusal> {
    let queues = redrive::survey(cloud).await?;
    Ok(respond::html(200, pages::queues(by, &queues, done.as_ref())))
}
