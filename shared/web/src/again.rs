//! The button that has a stretch of the past fetched again, and the same by JSON.

use crate::caller::{Caller, require};
use crate::connections::own;
use crate::form::{Form, json as read};
use crate::respond;
use jiff::Timestamp;
use sellerport_core::application::Site;
use sellerport_core::audit;
use sellerport_core::connection::Connection;
use sellerport_core::domains::by_name;
use sellerport_core::http::{Request, Response};
use sellerport_core::message::Refusal;
use sellerport_core::ports::{Clock, Entropy, Issuer, Table};
use sellerport_core::store::{Held, Write, WriteError, load};
use sellerport_core::stream::{ACCOUNT, Stream, Window};

/// By the button beside a gap.
pub(crate) async fn by_form(
    cloud: &(impl Table + Clock + Entropy),
    site: &Site,
    request: &Request,
    id: &str,
    domain: &str,
) -> Result<Response, Refusal> {
    let form = Form::read(cloud, request, &site.origin).await?.knowing(&["after", "before"])?;
    let moment = |name: &'static str| {
        let text = form.field(name).and_then(|text| text.parse::<Timestamp>().ok());
        text.ok_or(Refusal::FormField(name, "a moment such as 2026-01-31T00:00:00Z is expected"))
    };
    let (after, before) = (moment("after"), moment("before"));
    let by = Caller::from(form.by);
    let connection = own(cloud, &by, id).await?;
    let window = Window { after: after?, before: before? };
    fetch_again(cloud, &by, &connection, domain, window).await?;
    Ok(respond::see_other(format!("/connections/{}/landed/{domain}", connection.id)))
}

/// By a program: `{"after": "2026-01-01T00:00:00Z", "before": "2026-01-31T00:00:00Z"}`.
pub(crate) async fn by_json(
    cloud: &(impl Table + Clock + Entropy + Issuer),
    site: &Site,
    request: &Request,
    id: &str,
    domain: &str,
) -> Result<Response, Refusal> {
    let by = require(cloud, request).await?;
    by.change(request, &site.origin)?;
    let connection = own(cloud, &by, id).await?;
    let window: Window = read(&request.body)?;
    fetch_again(cloud, &by, &connection, domain, window).await?;
    let asked = serde_json::json!({ "connection": connection.id, "domain": domain, "requested": true });
    Ok(respond::json(202, &asked))
}

async fn fetch_again(
    cloud: &(impl Table + Clock + Entropy),
    by: &Caller,
    of: &Connection,
    name: &str,
    window: Window,
) -> Result<(), Refusal> {
    let domain = by_name(name).ok_or(Refusal::NotFound)?;
    let key = Stream::key_of(&of.tenant, &of.id, domain.name, ACCOUNT);
    let mut held: Held<Stream> = load(cloud, &key).await?.ok_or(Refusal::NotFound)?;
    // Whoever works on it would write over it.
    if held.value.lease.holder.is_some() {
        return Err(Refusal::Conflict);
    }
    let now = cloud.now();
    if !held.value.fetch_again(domain, window, now).map_err(|why| Refusal::FormField("after", why.says()))? {
        return Ok(());
    }
    // One in trouble keeps to its pause, one without a grant rests.
    if held.value.trouble.is_none() {
        held.value.due_at = held.value.due_at.map(|due| due.min(now));
    }
    match cloud.write(&[Write::replace(&held)?]).await {
        Ok(()) => {}
        Err(WriteError::Conflict) => return Err(Refusal::Conflict),
        Err(WriteError::Store(error)) => return Err(error.into()),
    }
    let subject = format!("{} {name}", of.id);
    Ok(audit::note(cloud, &by.tenant, Some(&by.user), "stream.fetched_again", &subject).await?)
}
