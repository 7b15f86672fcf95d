//! What the consent page looks like, and the pages that end it.

use maud::{Markup, html};

use crate::applications::Application;
use crate::page::frame;
use crate::reply::Reply;
use crate::sellers::Seller;

/// Endings that only Amazon can cause, with what they mean (developer-docs.amazon.com/sp-api, authorization-errors).
pub(crate) const ENDINGS: [(&str, &str); 4] = [
    ("SPDC8143", "You are not the primary user of this account."),
    ("SPSA0404", "This kind of account cannot authorize applications."),
    ("SPSA2043", "Your vendor group lacks the role that this needs."),
    ("CONSENT_LIMIT_REACHED", "This application has been authorized by as many sellers as it may be."),
];

/// The page with this code.
pub(crate) fn ending(code: &'static str) -> PageError {
    let meaning = ENDINGS.iter().find(|(known, _)| *known == code).map_or("", |(_, meaning)| meaning);
    PageError(code, meaning.to_owned())
}

/// What the link asks for. The form repeats it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Ask {
    pub(crate) application_id: String,
    pub(crate) state: Option<String>,
    pub(crate) redirect_uri: Option<String>,
    pub(crate) version: Option<String>,
    pub(crate) seller: Option<String>,
    pub(crate) decision: String,
}

/// A page-level error of Amazon's.
pub(crate) struct PageError(pub(crate) &'static str, pub(crate) String);

/// The question, with Approve and Decline.
pub(crate) fn page(application: &Application, redirect_uri: &str, ask: &Ask, sellers: &[Seller]) -> Markup {
    frame(
        "Authorize an application",
        html! {
            p { "An application asks for access to your selling account." }
            dl {
                dt { "Application" } dd { code { (application.application_id) } }
                dt { "Afterwards you return to" } dd { code { (redirect_uri) } }
            }
            form method="post" {
                @for (name, value) in [
                    ("application_id", Some(&ask.application_id)), ("state", ask.state.as_ref()),
                    ("redirect_uri", ask.redirect_uri.as_ref()), ("version", ask.version.as_ref()),
                ] {
                    @if let Some(value) = value { input type="hidden" name=(name) value=(value); }
                }
                p {
                    label for="seller" { "You are signed in as" }
                    select id="seller" name="seller" required {
                        @for seller in sellers {
                            option value=(seller.id) selected[ask.seller.as_deref() == Some(seller.id.as_str())] {
                                (seller.name) " (" (seller.id) ", " (seller.region.word()) ")"
                            }
                        }
                    }
                }
                p.actions {
                    button.main type="submit" name="decision" value="approve" { "Approve" }
                    button type="submit" name="decision" value="decline" { "Decline" }
                }
                details {
                    summary { "Other endings" }
                    p { "Amazon may refuse with a page of its own; the application is then never told." }
                    @for (code, meaning) in ENDINGS {
                        p { button type="submit" name="decision" value=(code) { (code) } " " (meaning) }
                    }
                }
            }
        },
    )
}

/// After Decline.
pub(crate) fn declined(redirect_with_error: &str) -> Markup {
    frame(
        "Access was not granted",
        html! {
            p { "You declined. Nothing was shared, and the application is not told: with the real Amazon a seller who declines simply does not come back." }
            p { a href=(redirect_with_error) { "Go back with error=access_denied" } " to see what the application does with it." }
        },
    )
}

/// A page that ends it with a code of Amazon's.
pub(crate) fn refusal(PageError(code, text): &PageError) -> Reply {
    let page = frame(
        "The authorization cannot go on",
        html! {
            p { strong { (code) } }
            p { (text) }
            p { "Nothing was authorized." }
        },
    );
    Reply::html(400, page)
}
