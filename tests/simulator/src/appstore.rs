//! The Selling Partner Appstore: a seller starts at Amazon, is sent to the application's Log-in URI, and comes back to
//! the confirmation address (developer-docs.amazon.com/sp-api, selling-partner-appstore-authorization-workflow).

use jiff::{SignedDuration, Timestamp};
use maud::{Markup, html};
use serde::{Deserialize, Serialize};

use crate::admission::admit;
use crate::applications::{Application, Stage};
use crate::book::Book;
use crate::chance;
use crate::consent::{Place, check, with_query};
use crate::consent_page::{Ask, PageError, refusal};
use crate::marketplaces;
use crate::page::frame;
use crate::reply::Reply;
use crate::sellers::{Seller, SellerKind};
use crate::world::World;

/// A whole authorization takes this long at most (website-authorization-workflow).
const PATIENCE: SignedDuration = SignedDuration::from_mins(10);

/// One visit that began in the Appstore. Its number is in its `amazon_state`.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Start {
    client_id: String,
    seller: String,
    made: Timestamp,
    used: bool,
}

/// The page: every application that can be started here.
pub(crate) fn show(world: &World) -> Reply {
    let inside = world.hold();
    let listed = inside.book.applications.iter().filter(|application| application.login_uri.is_some());
    let listed: Vec<&Application> = listed.collect();
    let content = html! {
        p { "A seller or vendor begins here and is sent to the application's Log-in URI." }
        @if listed.is_empty() { p { "No application has a Log-in URI yet." } }
        @for application in listed { (offer(application, &inside.sellers)) }
    };
    Reply::html(200, frame("Selling Partner Appstore", content))
}

fn offer(application: &Application, sellers: &[Seller]) -> Markup {
    html! {
        form method="post" {
            input type="hidden" name="application_id" value=(application.application_id);
            p { code { (application.application_id) } }
            label { "You are signed in as " select name="seller" required {
                @for seller in sellers {
                    option value=(seller.id) { (seller.name) " (" (seller.id) ", " (seller.region.word()) ")" }
                }
            } }
            button.main type="submit" { "Authorize" }
        }
    }
}

/// Sends the seller to the application's Log-in URI. `base` is this simulator's own address, as the browser has it.
pub(crate) fn start(world: &World, base: &str, form: &[(String, String)]) -> Reply {
    let field = |name: &str| form.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value);
    let now = world.now();
    let mut inside = world.hold();
    let Some(application) = inside.book.application(field("application_id")).cloned() else {
        return refuse("MD1000", "There is no application with this application_id.");
    };
    let Some(login_uri) = &application.login_uri else {
        return refuse("MD9100", "The application has no Log-in URI registered.");
    };
    let Some(seller) = inside.seller(field("seller")).cloned() else {
        return refuse("SPSA0404", "There is no such account here.");
    };
    if let Err(error) = admit(&inside, &application, &seller) {
        return refusal(&error);
    }
    let callback =
        format!("{base}{}/apps/authorize/confirm/{}", central(&seller), application.application_id);
    let amazon_state = inside.book.start(&application.client_id, &seller.id, now);
    inside.save();
    let mut more = vec![
        ("amazon_callback_uri", callback.as_str()),
        ("amazon_state", &amazon_state),
        ("selling_partner_id", &seller.id),
    ];
    if application.stage == Stage::Draft {
        more.push(("version", "beta"));
    }
    Reply::redirect(302, &with_query(login_uri, &more))
}

/// The seller comes back from the application's Log-in URI, and goes on to its redirect URI with a code.
pub(crate) fn confirm(
    world: &World,
    place: Place,
    application_id: &str,
    query: &[(String, String)],
) -> Reply {
    let ask = Ask { application_id: application_id.to_owned(), ..Ask::read(query) };
    let amazon_state = query.iter().find(|(name, _)| name == "amazon_state").map_or("", |(_, state)| state);
    let now = world.now();
    let mut inside = world.hold();
    let (application, redirect_uri) = match check(&inside, &ask) {
        Ok((application, redirect_uri)) => (application.clone(), redirect_uri),
        Err(error) => return refusal(&error),
    };
    if application.login_uri.is_none() {
        return refuse("MD9100", "The application has no Log-in URI registered.");
    }
    let Some(state) = &ask.state else {
        return refuse("MD1000", "The application sent no state.");
    };
    let fresh = |start: &Start| {
        start.client_id == application.client_id && !start.used && now.duration_since(start.made) < PATIENCE
    };
    let Some((number, start)) = inside.book.find_start(amazon_state).filter(|(_, start)| fresh(start)) else {
        return refuse("MD1000", "The amazon_state is unknown, used or too old for this application.");
    };
    let seller = start.seller.clone();
    if !inside.seller(&seller).is_some_and(|seller| place.fits(seller)) {
        return refuse("SPSA0404", "There is no such account here.");
    }
    inside.book.use_start(number);
    let code = inside.book.code(&application.client_id, &seller, &redirect_uri, now);
    inside.save();
    let answer = [("state", state.as_str()), ("selling_partner_id", &seller), ("spapi_oauth_code", &code)];
    Reply::redirect(302, &with_query(&redirect_uri, &answer))
}

/// Where the account lives: `/sellercentral/de`.
fn central(seller: &Seller) -> String {
    let word = if seller.kind == SellerKind::Vendor { "vendorcentral" } else { "sellercentral" };
    let store = seller.marketplaces.first().and_then(|id| marketplaces::by_id(id));
    format!("/{word}/{}", store.map_or("us".to_owned(), |store| store.country.to_ascii_lowercase()))
}

fn refuse(code: &'static str, text: &str) -> Reply {
    refusal(&PageError(code, text.to_owned()))
}

impl Book {
    /// Writes a visit down; the answer is its `amazon_state`.
    fn start(&mut self, client_id: &str, seller: &str, now: Timestamp) -> String {
        let (client_id, seller) = (client_id.to_owned(), seller.to_owned());
        self.starts.push(Start { client_id, seller, made: now, used: false });
        self.amazon_state(self.starts.len())
    }

    fn amazon_state(&self, number: usize) -> String {
        let sum = chance::mix(self.key ^ chance::of_text(&format!("appstore {number}")));
        // A plus sign, so that an application that does not encode it is found out.
        format!("AMZN+{number}-{sum:016x}")
    }

    fn find_start(&self, amazon_state: &str) -> Option<(usize, &Start)> {
        let number: usize = amazon_state.strip_prefix("AMZN+")?.split('-').next()?.parse().ok()?;
        let start = self.starts.get(number.checked_sub(1)?)?;
        (self.amazon_state(number) == amazon_state).then_some((number, start))
    }

    fn use_start(&mut self, number: usize) {
        if let Some(start) = self.starts.get_mut(number.wrapping_sub(1)) {
            start.used = true;
        }
    }
}
