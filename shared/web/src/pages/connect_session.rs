//! What a host product's user sees before Amazon.

use super::layout::page;
use maud::{Markup, html};
use sellerport_core::connect_session::ConnectSession;
use sellerport_core::marketplaces::{Kind, MARKETPLACES, Marketplace, Region};

/// The page. It names where the user came from, so that a link sent by somebody else is noticed.
pub(crate) fn connect_session(session: &ConnectSession, ticket: &str) -> Markup {
    let host = session.return_to.split('/').nth(2).unwrap_or_default();
    let offered = |store: &&Marketplace| {
        session.marketplaces.is_empty() || session.marketplaces.iter().any(|one| one == store.country)
    };
    let consents = |store: &&Marketplace| store.consent_host(session.kind).is_some();
    let what = match session.kind {
        Kind::Seller => "seller",
        Kind::Vendor => "vendor",
    };
    page(
        "Connect Amazon",
        &html! {
            section.card {
                h1 { "Connect your Amazon " (what) " account" }
                p.lead { strong { (host) } " asks for access. At Amazon you see what it covers and can decline." }
                p { "Go on only if you came from " strong { (host) } " yourself. Nothing has changed so far." }
                form method="post" action={ "/connect/" (ticket) } {
                    label for="store" { "Store where you sign in" }
                    select #store name="store" {
                        @for region in Region::ALL {
                            @let stores: Vec<_> = MARKETPLACES.iter()
                                .filter(|store| store.region == region).filter(offered).filter(consents).collect();
                            @if !stores.is_empty() {
                                optgroup label=(region.name()) {
                                    @for store in stores { option value=(store.country) selected[store.country == "US"] { (store.name) } }
                                }
                            }
                        }
                    }
                    button.primary type="submit" { "Go on at Amazon" }
                }
            }
        },
    )
}
