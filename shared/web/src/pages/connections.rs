//! The list of connections, and Connect Amazon.

use super::layout::page_signed_in;
use crate::caller::Caller;
use crate::form::TOKEN_FIELD;
use crate::view::{ConnectionView, Listing};
use maud::{Markup, html};
use sellerport_core::application::{Application, Site, Stage};
use sellerport_core::marketplaces::{MARKETPLACES, Region};

/// The list.
pub fn connections(by: &Caller, site: &Site, applications: &[Application], listing: &Listing) -> Markup {
    let views = &listing.connections;
    page_signed_in(
        by,
        "Connections",
        &html! {
            @if site.simulator.is_some() {
                p.notice role="note" { "Amazon is simulated on this machine. No real account is involved." }
            }
            section.card {
                h1 { "Connections" }
                @if views.is_empty() {
                    p.lead { "No seller is connected yet." }
                } @else {
                    div.scroll tabindex="0" {
                        table data-live="/api/connections" {
                            caption.hidden { "Connected accounts with their state and what has landed" }
                            thead { tr {
                                th scope="col" { "Seller" }
                                th scope="col" { "Region" }
                                th scope="col" { "State" }
                                th.number scope="col" { "Records" }
                                th scope="col" { "Next step" }
                            } }
                            tbody {
                                @for view in views { (line(view)) }
                            }
                        }
                    }
                    @if let Some(next) = &listing.next { p { a href={ "/?after=" (next) } { "More connections" } } }
                }
            }
            @if by.may_change().is_ok() { (connect(by, applications)) }
        },
    )
}

fn line(view: &ConnectionView) -> Markup {
    let records: u64 = view.streams.iter().map(|stream| stream.records).sum();
    html! {
        tr data-connection=(view.id) {
            th scope="row" { a href={ "/connections/" (view.id) } { (view.seller) } }
            td { (view.region.name()) }
            td { span.state data-state=(view.status) { (view.explanation.title) } }
            td.number data-field="records" { (records) }
            td { (view.next_step) }
        }
    }
}

fn connect(by: &Caller, applications: &[Application]) -> Markup {
    let with_consent: Vec<_> = applications.iter().filter(|one| one.stage != Stage::Private).collect();
    html! {
        section.card {
            h2 { "Connect an account" }
            @if applications.is_empty() {
                p { "First enter your Amazon application: its id, its client id and its secret." }
                p { a.button href="/applications" { "Enter the application" } }
            } @else if with_consent.is_empty() {
                p { "Your application is private: authorize it in Seller Central and import the refresh token that Amazon shows." }
                p { a.button href="/imports" { "Import" } }
            } @else {
                p { "The seller signs in at Amazon and approves. One grant covers all stores of a region; a seller in two regions connects twice." }
                form method="post" action="/connect" {
                    input type="hidden" name=(TOKEN_FIELD) value=(by.form_token());
                    @if with_consent.len() > 1 {
                        label for="application" { "Application" }
                        select #application name="application" {
                            @for one in with_consent { option value=(one.slug) { (one.slug) } }
                        }
                    }
                    label for="kind" { "Account" }
                    select #kind name="kind" {
                        option value="seller" { "Seller (Seller Central)" }
                        option value="vendor" { "Vendor (Vendor Central)" }
                    }
                    label for="store" { "Store where the seller signs in" }
                    select #store name="store" {
                        @for region in Region::ALL {
                            optgroup label=(region.name()) {
                                @for store in MARKETPLACES.iter().filter(|store| store.region == region) {
                                    option value=(store.country) selected[store.country == "US"] { (store.name) }
                                }
                            }
                        }
                    }
                    button.primary type="submit" { "Connect Amazon" }
                }
                p.quiet { "An error on Amazon's page, such as MD1000? " a href="/doctor" { "The doctor explains it" } ". Tokens you made yourself: " a href="/imports" { "Import" } "." }
            }
        }
    }
}
