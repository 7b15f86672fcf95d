//! Sign-in at the identity provider: there and back.

use crate::console::arrive;
use crate::{cookies, respond};
use sellerport_core::application::Site;
use sellerport_core::http::{Request, Response};
use sellerport_core::message::Refusal;
use sellerport_core::oidc::{CALLBACK_PATH, begin, complete};
use sellerport_core::ports::{Clock, Entropy, Issuer, Table};
use sellerport_core::session;

fn redirect_uri(site: &Site) -> String {
    format!("{}{CALLBACK_PATH}", site.origin)
}

/// Sends the browser to the identity provider.
pub(crate) async fn start<C>(cloud: &C, site: &Site) -> Result<Response, Refusal>
where
    C: Table + Clock + Entropy + Issuer,
{
    let settings = cloud.settings().ok_or(Refusal::NotFound)?;
    let departure = begin(cloud, settings, &redirect_uri(site)).await?;
    let mut response = respond::see_other(departure.url);
    response.cookies.push(cookies::sign_in(&departure.browser));
    Ok(response)
}

/// Takes the browser back, and gives it a session under a new id.
pub(crate) async fn finish<C>(cloud: &C, site: &Site, request: &Request) -> Result<Response, Refusal>
where
    C: Table + Clock + Entropy + Issuer,
{
    let settings = cloud.settings().ok_or(Refusal::NotFound)?;
    let browser = cookies::read(request, cookies::SIGN_IN);
    let whom = complete(cloud, settings, &request.query, browser, &redirect_uri(site)).await?;
    let mut response = arrive(cloud, request, session::open(cloud, whom).await?, "oidc").await?;
    response.cookies.push(cookies::clear(cookies::SIGN_IN));
    Ok(response)
}
