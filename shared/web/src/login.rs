//! The Appstore workflow's Log-in URI: Amazon sends the seller here first, we ask whether to go on, and
//! send him back to Amazon with a state of ours.
//!
//! Source: developer-docs.amazon.com/sp-api/docs/selling-partner-appstore-authorization-workflow. The
//! return address comes from the query, so it is held against a closed table before anything is shown.

use crate::caller::Caller;
use crate::cookies;
use crate::form::{Form, signed_in};
use crate::{oauth, pages, respond};
use sellerport_core::application::{Application, Flow, Site, Stage};
use sellerport_core::authorize::{Wish, begin, new_connection};
use sellerport_core::connection::Claim;
use sellerport_core::http::{Request, Response};
use sellerport_core::ids::{ConnectionId, SellerId};
use sellerport_core::marketplaces::{Kind, MARKETPLACES, Marketplace};
use sellerport_core::message::Refusal;
use sellerport_core::ports::{Clock, Entropy, Table};
use sellerport_core::session::Session;
use sellerport_core::store::{Held, load};
use url::Url;

/// Amazon's documented example has this host; it stands for the United States.
pub(crate) const AMAZON_COM: &str = "amazon.com";

/// Longest `amazon_state` that is carried along.
const AMAZON_STATE_MAX: usize = 2048;

/// What Amazon sent along.
pub(crate) struct Invitation {
    pub(crate) return_to: Url,
    pub(crate) amazon_state: String,
    pub(crate) seller: SellerId,
    store: &'static Marketplace,
    kind: Kind,
}

pub(crate) async fn handle<C: Table + Clock + Entropy>(
    cloud: &C,
    site: &Site,
    slug: &str,
    request: &Request,
) -> Result<Response, Refusal> {
    let application = oauth::application(cloud, slug).await?;
    let invitation = read(&request.query, site, &application)?;
    match request.method.as_str() {
        // Only a page: whoever lures somebody here has started nothing.
        "GET" => {
            let by = Caller::from(signed_in(cloud, request).await?.ok_or(Refusal::SignIn)?);
            by.may_change()?;
            Ok(respond::html(200, pages::confirm_login(&by, &request.query, &invitation)))
        }
        "POST" => {
            let form = Form::read(cloud, request, &site.origin).await?;
            let connection = connection_for(cloud, &form.by.session, &invitation).await?;
            let wish =
                Wish { connection, store: invitation.store, kind: invitation.kind, flow: Flow::Appstore };
            let departure = begin(cloud, site, &application, &(&form.by.session).into(), &wish).await?;
            let mut url = invitation.return_to;
            url.query_pairs_mut()
                .append_pair("amazon_state", &invitation.amazon_state)
                .append_pair("state", departure.state.expose())
                .append_pair("redirect_uri", &departure.redirect_uri);
            if application.stage == Stage::Draft {
                url.query_pairs_mut().append_pair("version", "beta");
            }
            let mut response = respond::see_other(url);
            response.cookies.push(cookies::nonce(&departure.nonce));
            Ok(response)
        }
        _ => Err(Refusal::Method),
    }
}

/// The seller's own connection of this tenant, which the consent renews; a new one where there is none. The
/// state binds the answer to it, and another seller's answer is refused.
async fn connection_for(
    cloud: &(impl Table + Entropy),
    session: &Session,
    invitation: &Invitation,
) -> Result<ConnectionId, Refusal> {
    let claim: Option<Held<Claim>> =
        load(cloud, &Claim::key_of(invitation.store.region, &invitation.seller)).await?;
    match claim.map(|held| held.value).filter(|claim| claim.tenant == session.tenant) {
        Some(claim) => Ok(claim.connection),
        None => Ok(new_connection(cloud)?),
    }
}

fn read(query: &str, site: &Site, application: &Application) -> Result<Invitation, Refusal> {
    let one = |name: &'static str| {
        let mut values = form_urlencoded::parse(query.as_bytes()).filter(|(key, _)| key == name);
        match (values.next(), values.next()) {
            (Some((_, value)), None) if !value.is_empty() => Ok(value.into_owned()),
            (Some(_), Some(_)) => Err(Refusal::CallbackDuplicate(name)),
            _ => Err(Refusal::CallbackMissing(name)),
        }
    };
    let address = one("amazon_callback_uri")?;
    let amazon_state = one("amazon_state")?;
    if amazon_state.len() > AMAZON_STATE_MAX {
        return Err(Refusal::CallbackFormat("amazon_state"));
    }
    let seller = SellerId::parse(&one("selling_partner_id")?)
        .map_err(|_| Refusal::CallbackFormat("selling_partner_id"))?;
    let (return_to, store, kind) = genuine(&address, site, application).ok_or(Refusal::LoginHost)?;
    Ok(Invitation { return_to, amazon_state, seller, store, kind })
}

/// The address, if it is a confirmation page of ours at Amazon: https, a host of the closed table, the
/// standard port, nobody's name before the host, and exactly the documented path.
fn genuine(
    address: &str,
    site: &Site,
    application: &Application,
) -> Option<(Url, &'static Marketplace, Kind)> {
    // What a parser would repair is not Amazon's.
    if !address.is_ascii() || address.bytes().any(|b| b.is_ascii_control() || matches!(b, b' ' | b'\\')) {
        return None;
    }
    let url = Url::parse(address).ok()?;
    let host = url.host_str()?;
    let path = format!("/apps/authorize/confirm/{}", application.amazon_id);
    if let Some(found) = simulated(address, &path, site) {
        return Some((url, found.0, found.1));
    }
    let plain = url.scheme() == "https"
        && url.port().is_none()
        && url.username().is_empty()
        && url.password().is_none()
        && url.query().is_none()
        && url.fragment().is_none()
        && url.path() == path
        && address == format!("https://{host}{path}");
    let (store, kind) = [Kind::Seller, Kind::Vendor].into_iter().find_map(|kind| {
        let at = |store: &&Marketplace| {
            store.consent_host(kind) == Some(host) || (host == AMAZON_COM && store.country == "US")
        };
        MARKETPLACES.iter().find(at).map(|store| (store, kind))
    })?;
    plain.then_some((url, store, kind))
}

/// The same at the simulator, where one stands in for Amazon on this machine.
fn simulated(address: &str, path: &str, site: &Site) -> Option<(&'static Marketplace, Kind)> {
    let rest = address.strip_prefix(site.simulator.as_ref()?.as_str())?;
    MARKETPLACES.iter().find_map(|store| {
        let at = |central: &str| rest == format!("/{central}/{}{path}", store.country.to_lowercase());
        match (at("sellercentral"), at("vendorcentral")) {
            (true, _) => Some((store, Kind::Seller)),
            (_, true) => Some((store, Kind::Vendor)),
            _ => None,
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::Timestamp;
    use sellerport_core::ids::{ApplicationSlug, TenantId};
    use sellerport_core::marketplaces::{Realm, consent_hosts};
    use sellerport_core::secret::Digest;

    fn application() -> Application {
        Application {
            slug: ApplicationSlug::parse("main").unwrap(),
            amazon_id: "amzn1.sellerapps.app.ID".into(),
            stage: Stage::Published,
            realm: Realm::Production,
            client_id: "amzn1.application-oa2-client.ID".into(),
            secret_expires_at: Timestamp::UNIX_EPOCH,
            secret_digest: Digest::of("secret"),
            rotates: false,
            rotation_asked_at: None,
            announced_days: None,
            fetches: Vec::new(),
            created_at: Timestamp::UNIX_EPOCH,
        }
    }

    fn accepted(address: &str) -> bool {
        let site = Site {
            origin: "https://x.example".into(),
            simulator: None,
            home: TenantId::parse("main").unwrap(),
            return_origins: Vec::new(),
        };
        genuine(address, &site, &application()).is_some()
    }

    #[test]
    fn a_confirmation_page_at_amazon_is_accepted_on_every_host_of_the_table() {
        for host in consent_hosts().chain(["amazon.com"]) {
            assert!(
                accepted(&format!("https://{host}/apps/authorize/confirm/amzn1.sellerapps.app.ID")),
                "{host}"
            );
        }
    }

    #[test]
    fn everything_else_is_refused() {
        let path = "/apps/authorize/confirm/amzn1.sellerapps.app.ID";
        for host in [
            "amazon.com.evil.io",
            "evil.io",
            "sellercentral.amazon.com@evil.io",
            "evil.io@sellercentral.amazon.com",
            "sellercentral.amazon.com:8443",
            "sellercentral.amazon.com:443",
            "SELLERCENTRAL.amazon.com",
            "sellercentral.amazon.com.",
            "sellercentral.amazon.com%2eevil.io",
            "sellercentral.amazon.com\\.evil.io",
            "sellercentral\u{3002}amazon.com",
            "127.0.0.1",
            "[::1]",
            "",
        ] {
            assert!(!accepted(&format!("https://{host}{path}")), "{host}");
        }
        let host = "https://sellercentral.amazon.com";
        for address in [
            format!("http://sellercentral.amazon.com{path}"),
            format!("//sellercentral.amazon.com{path}"),
            format!("javascript:alert(1)//{host}{path}"),
            format!("{host}{path}?next=evil"),
            format!("{host}{path}#evil"),
            format!("{host}{path}/../../../evil"),
            format!("{host}/apps/authorize/confirm/amzn1.sellerapps.app.OTHER"),
            format!("{host}/apps/authorize/confirm/"),
            format!(" {host}{path}"),
            format!("{host}{path}\n"),
            "https:sellercentral.amazon.com".to_owned(),
        ] {
            assert!(!accepted(&address), "{address}");
        }
    }
}
