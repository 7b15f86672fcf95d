//! The consent page of Seller Central and Vendor Central, and where it sends the seller afterwards.
//! It says on every page that it is simulated.

use crate::admission::admit;
use crate::applications::{Application, Stage};
use crate::asked::Asked;
use crate::consent_page::{Ask, ENDINGS, PageError, declined, ending, page, refusal};
use crate::marketplaces::Region;
use crate::reply::Reply;
use crate::sellers::{Seller, SellerKind};
use crate::world::{Inside, World};

/// Where the page was opened: which accounts are offered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Place {
    pub(crate) region: Option<Region>,
    pub(crate) kind: Option<SellerKind>,
}

impl Place {
    /// Whether this account lives there.
    pub(crate) fn fits(self, seller: &Seller) -> bool {
        self.region.is_none_or(|region| seller.region == region)
            && self.kind.is_none_or(|kind| seller.kind == kind)
    }
}

/// The page.
pub(crate) fn show(world: &World, place: Place, query: &[(String, String)]) -> Reply {
    let ask = Ask::read(query);
    let inside = world.hold();
    match check(&inside, &ask) {
        Ok((application, redirect_uri)) => {
            Reply::html(200, page(application, &redirect_uri, &ask, &offered(&inside, place)))
        }
        Err(error) => refusal(&error),
    }
}

/// What the seller decided.
pub(crate) fn decide(world: &World, place: Place, form: &[(String, String)]) -> Reply {
    let ask = Ask::read(form);
    let now = world.now();
    let mut inside = world.hold();
    let (application, redirect_uri) = match check(&inside, &ask) {
        Ok((application, redirect_uri)) => (application.clone(), redirect_uri),
        Err(error) => return refusal(&error),
    };
    if let Some((code, _)) = ENDINGS.iter().find(|(code, _)| *code == ask.decision) {
        return refusal(&ending(code));
    }
    let state = ask.state.as_deref().unwrap_or_default();
    match ask.decision.as_str() {
        "decline" => {
            return Reply::html(
                200,
                declined(&with_query(&redirect_uri, &[("error", "access_denied"), ("state", state)])),
            );
        }
        "approve" => {}
        _ => {
            return refusal(&PageError("MD1000", "The form was not complete.".to_owned()));
        }
    }
    let chosen = ask.seller.as_deref().unwrap_or_default();
    let offered = offered(&inside, place).into_iter().find(|seller| seller.id == chosen);
    let Some(seller) = offered else {
        return refusal(&PageError("SPSA0404", "There is no such account here.".to_owned()));
    };
    if let Err(error) = admit(&inside, &application, &seller) {
        return refusal(&error);
    }
    let code = inside.book.code(&application.client_id, chosen, &redirect_uri, now);
    inside.save();
    let answer = [("state", state), ("selling_partner_id", chosen), ("spapi_oauth_code", &code)];
    Reply::redirect(302, &with_query(&redirect_uri, &answer))
}

/// Writes down that this page was asked for; its parameters are the application's business.
pub(crate) fn note(world: &World, page: &str, method: &str, place: Place, status: u16) {
    let now = world.now();
    let mut inside = world.hold();
    let request_id = inside.request_id();
    inside.note(Asked {
        time: now,
        region: place.region,
        operation: page.to_owned(),
        seller: None,
        status,
        query: method.to_owned(),
        left: None,
        fault: None,
        request_id,
    });
}

impl Ask {
    pub(crate) fn read(fields: &[(String, String)]) -> Self {
        let field =
            |name: &str| fields.iter().find(|(known, _)| known == name).map(|(_, value)| value.clone());
        let filled = |name: &str| field(name).filter(|value| !value.is_empty());
        Self {
            application_id: field("application_id").unwrap_or_default(),
            state: filled("state"),
            redirect_uri: filled("redirect_uri"),
            version: filled("version"),
            seller: filled("seller"),
            decision: field("decision").unwrap_or_default(),
        }
    }
}

/// The application and the address to go back to, if the link is in order.
pub(crate) fn check<'a>(inside: &'a Inside, ask: &Ask) -> Result<(&'a Application, String), PageError> {
    let error = |code, text: &str| PageError(code, text.to_owned());
    let application = inside.book.application(&ask.application_id);
    let application =
        application.ok_or_else(|| error("MD1000", "There is no application with this application_id."))?;
    if application.stage == Stage::Draft && ask.version.as_deref() != Some("beta") {
        return Err(error("MD1000", "This application is a draft. Its link needs version=beta."));
    }
    let default = application.redirect_uris.first();
    let default =
        default.ok_or_else(|| error("MD9100", "The application has no redirect URI registered."))?;
    let Some(wanted) = &ask.redirect_uri else {
        return Ok((application, default.clone()));
    };
    if wanted.contains('#') {
        return Err(error("MD5110", "The redirect URI has a fragment."));
    }
    if application.redirect_uris.contains(wanted) {
        Ok((application, wanted.clone()))
    } else {
        Err(error("MD5101", "The redirect URI is not one of those registered for the application."))
    }
}

/// An address may be registered when it is https, or http on this machine.
pub fn may_register(uri: &str) -> bool {
    if uri.contains('#') {
        return false;
    }
    let Some(rest) = uri.strip_prefix("http://") else {
        return uri.starts_with("https://");
    };
    let authority = rest.split(['/', '?']).next().unwrap_or_default();
    let host = authority.rsplit_once(':').map_or(authority, |(host, port)| {
        if port.bytes().all(|byte| byte.is_ascii_digit()) { host } else { authority }
    });
    matches!(host, "localhost" | "[::1]") || host.ends_with(".localhost") || is_loopback(host)
}

fn is_loopback(host: &str) -> bool {
    host.parse::<std::net::Ipv4Addr>().is_ok_and(|address| address.is_loopback())
}

fn offered(inside: &Inside, place: Place) -> Vec<Seller> {
    inside.sellers.iter().filter(|seller| place.fits(seller)).cloned().collect()
}

/// The address with more in its query.
pub(crate) fn with_query(uri: &str, more: &[(&str, &str)]) -> String {
    let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(more).finish();
    format!("{uri}{}{query}", if uri.contains('?') { '&' } else { '?' })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_https_or_this_machine_may_be_registered() {
        for uri in [
            "https://example.com/cb",
            "http://localhost:8080/cb",
            "http://127.0.0.1/cb",
            "http://app.localhost:3/cb?x=1",
            "http://[::1]:8080/",
        ] {
            assert!(may_register(uri), "{uri}");
        }
        for uri in [
            "http://example.com/cb",
            "http://localhost.example.com/",
            "https://example.com/#x",
            "ftp://localhost/",
            "http://localhost@example.com/",
        ] {
            assert!(!may_register(uri), "{uri}");
        }
    }

    #[test]
    fn an_address_keeps_its_own_query() {
        assert_eq!(with_query("https://a/cb?x=1", &[("state", "a b")]), "https://a/cb?x=1&state=a+b");
    }
}
