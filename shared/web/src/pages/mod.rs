//! The pages: values in, HTML out. Everything that is not ours is escaped by the template; there is no
//! inline script or style.

mod applications;
mod audit;
mod chart;
mod connect_session;
mod connection;
mod connections;
mod doctor;
mod domains;
mod doors;
mod flow;
mod imports;
mod landed;
mod layout;
mod operations;
pub(crate) mod plain;
mod pretty;
mod queues;
mod reads;

pub(crate) use applications::applications;
pub(crate) use audit::audit;
pub(crate) use connect_session::connect_session;
pub use connection::connection;
pub use connections::connections;
pub(crate) use doctor::doctor;
pub(crate) use imports::{import, imports};
pub use landed::landed;
pub(crate) use operations::operation;
pub use operations::operations;
pub(crate) use queues::queues;
pub(crate) use reads::reads;

use crate::caller::Caller;
use crate::form::TOKEN_FIELD;
use crate::login::Invitation;
use jiff::Timestamp;
use layout::{page, page_signed_in};
use maud::{Markup, html};
use sellerport_core::http::Response;
use sellerport_core::message::Refusal;
use sellerport_core::session::{Identity, Role};

const STYLE: &str = include_str!("../assets/style.css");
const ICON: &str = include_str!("../assets/icon.svg");
const LIVE: &str = include_str!("../assets/live.js");
const FILE: &str = include_str!("../assets/file.js");

/// A file that pages refer to.
pub fn asset(name: &str) -> Option<Response> {
    let (kind, body) = match name {
        "style.css" => ("text/css; charset=utf-8", STYLE),
        "icon.svg" => ("image/svg+xml", ICON),
        "live.js" => ("text/javascript; charset=utf-8", LIVE),
        "file.js" => ("text/javascript; charset=utf-8", FILE),
        _ => return None,
    };
    let headers =
        vec![("content-type", kind.to_owned()), ("cache-control", "public, max-age=300".to_owned())];
    Some(Response { status: 200, headers, body: body.to_owned(), ..Response::default() })
}

/// The JSON API, described.
const OPENAPI: &str = include_str!("../assets/openapi.json");

/// The description of the JSON API.
pub(crate) fn openapi() -> Response {
    let headers = vec![("content-type", "application/json".to_owned())];
    Response { status: 200, headers, body: OPENAPI.to_owned(), ..Response::default() }
}

/// A moment for people, with the exact one for programs beside it.
fn moment(at: Option<Timestamp>) -> Markup {
    match at {
        Some(at) => html! { time datetime=(at) { (at.strftime("%Y-%m-%d %H:%M UTC")) } },
        None => html! { "–" },
    }
}

/// What somebody sees who is not signed in.
pub fn welcome(oidc: bool) -> Markup {
    page(
        "Sign in",
        &html! {
            section.card {
                h1 { "Sign in" }
                p { "This is an installation of Sellerport: it connects Amazon seller accounts and fetches their data into its owner's AWS account." }
                @if oidc {
                    p { a.button href="/sign-in/oidc" { "Sign in" } }
                    p.quiet { "The identity provider of this installation asks who you are." }
                }
                p { @if oidc { "Or open" } @else { "Open" } " a sign-in link to continue. Whoever has the installation's AWS credentials makes one with " code { "make sign-in" } "; it works once, within ten minutes." }
            }
        },
    )
}

/// Asks whether to sign in, and says as whom.
pub fn sign_in(query: &str, whom: &Identity, now: Option<&Caller>) -> Markup {
    page(
        "Sign in",
        &html! {
            section.card {
                h1 { "Sign in as " (whom.user) "?" }
                p.lead {
                    @match whom.role {
                        Role::Operator => { "Whatever you connect will belong to " strong { (whom.tenant) } "." }
                        Role::Viewer => { "You may read what belongs to " strong { (whom.tenant) } "." }
                    }
                }
                @if let Some(now) = now {
                    p.notice { "You are signed in as " strong { (now.user) " of " (now.tenant) } ". That session will be replaced." }
                }
                p { "Go on only if you asked for this link yourself." }
                form method="post" action={ "/sign-in?" (query) } { button.primary type="submit" { "Sign in" } }
            }
        },
    )
}

/// A refusal: what happened, whether anything changed, what to do next.
pub fn refusal(refusal: &Refusal, reference: &str) -> Markup {
    page(
        "That did not work",
        &html! {
            section.card role="alert" {
                h1 { @if *refusal == Refusal::Denied { "Access was not granted" } @else { "That did not work" } }
                @if let Refusal::ImportLines(faults) = refusal {
                    p.lead { "No line of this file was imported. Mend these and try again." }
                    (imports::faults(faults, faults.len() as u64))
                    p { a.button href="/imports" { "Back to Import" } }
                } @else {
                    p.lead { (refusal.text()) }
                    p { a.button href="/" { "Back to Connections" } }
                }
                p.quiet { "Code " code { (refusal.code()) } " · reference " code { (reference) } }
            }
        },
    )
}

/// Asks whether to go on with a connection that was started in Amazon's Appstore.
pub(crate) fn confirm_login(by: &Caller, query: &str, invitation: &Invitation) -> Markup {
    page_signed_in(
        by,
        "Connect from the Appstore",
        &html! {
            section.card {
                h1 { "Connect this seller?" }
                p.lead {
                    "Amazon says that seller ..." (invitation.seller.last4()) " wants to connect. Its data will belong to "
                    strong { (by.tenant) } "."
                }
                p { "Go on only if you started this in Amazon's Appstore yourself. Nothing has changed so far." }
                form method="post" action={ "?" (query) } {
                    input type="hidden" name=(TOKEN_FIELD) value=(by.form_token());
                    button.primary type="submit" { "Go on at Amazon" }
                    " " a href="/" { "No, go back" }
                }
            }
        },
    )
}
