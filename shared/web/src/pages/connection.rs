//! One connection: its state in words, its stores, its streams as they move.

use super::domains::domains;
use super::doors::doors;
use super::flow::{budget, flow};
use super::layout::{button, page_signed_in};
use super::moment;
use super::plain::{behind, every, history};
use crate::caller::Caller;
use crate::form::TOKEN_FIELD;
use crate::view::{ConnectionView, StreamView};
use maud::{Markup, html};
use sellerport_core::connection::{Identity, Source};
use sellerport_core::erase::ERASED_AFTER;
use sellerport_core::marketplaces::Realm;

/// The page.
pub fn connection(by: &Caller, view: &ConnectionView) -> Markup {
    let title = format!("Seller {}", view.seller);
    page_signed_in(
        by,
        &title,
        &html! {
            nav.quiet aria-label="Breadcrumb" { a href="/" { "Connections" } " / " (view.seller) }
            div data-live={ "/api/connections/" (view.id) } {
                (state(by, view))
                (streams(by, view))
                (flow(view))
                (budget(view))
                (calls(view))
            }
            // What has ended has nothing to choose.
            @if view.status != "disconnected" {
                (domains(by, view))
                (notifications(view))
                (stores(by, view))
                (doors(by, view))
            }
            (ways_out(by, view))
        },
    )
}

fn state(by: &Caller, view: &ConnectionView) -> Markup {
    let says = view.explanation;
    html! {
        section.card {
            h1 { "Seller " (view.seller) " " span.state data-state=(view.status) { (says.title) } }
            dl {
                dt { "Why" } dd { (says.cause) }
                dt { "Since" } dd { (moment(Some(view.since))) }
                dt { "What it means" } dd { (says.affected) }
                dt { "Next step" } dd { (says.next_step) }
                dt { "Region" } dd { (view.region.name()) " (" (view.region) ")" @if view.realm == Realm::Sandbox { ", Amazon's sandbox" } }
                dt { "Account" } dd { (view.kind.as_str()) ", " (identity(view.identity)) }
                dt { @if view.source == Source::Import { "Imported" } @else { "Approved at Amazon" } }
                dd { (moment(view.authorized_at)) @if view.generation > 1 { ", grant " (view.generation) } " to the application " (view.application) }
                @if let Some(until) = view.renew_until {
                    dt { "Renew until" } dd { (moment(Some(until))) ": Amazon asks for a new approval every 365 days." }
                }
                @if let Some(at) = view.erase_at { dt { "Data erased on" } dd { (moment(Some(at))) } }
                @if let Some(at) = view.erased_at { dt { "Data erased" } dd { (moment(Some(at))) } }
            }
            @if view.wrong_region {
                p.notice role="alert" { strong { "Wrong region?" } " Amazon names no store of " (view.region.name()) " in which this account sells. Disconnect it, and connect it in the region where it sells." }
            }
            @if view.identity == Identity::Unverified && view.generation > 0 {
                p.notice { strong { "Unverified." } " Amazon has not shown that this grant is of the account above. That needs the role “Finance and Accounting” or “Product Listing” and at least one transaction or listing. Everything works meanwhile." }
            }
            @if by.may_change().is_ok() {
                (button(by, &format!("/connections/{}/reconnect", view.id), "Reconnect",
                    if says.reconnect { "primary" } else { "plain" }))
            }
            @if by.may_change().is_ok() && !says.reconnect {
                p.quiet { "Reconnect runs the consent at Amazon again: after adding a role, for a new owner, or for the yearly renewal. What has landed and how far it got are kept." }
            }
        }
    }
}

fn streams(by: &Caller, view: &ConnectionView) -> Markup {
    html! {
        section.card {
            h2 { "Data" }
            div.scroll tabindex="0" {
                table {
                    caption.hidden { "What is fetched, and how far it has come" }
                    thead { tr {
                        th scope="col" { "Domain" }
                        th scope="col" { "State" }
                        th.number scope="col" { "Records" }
                        th.number scope="col" { "Pages" }
                        th.number scope="col" { "Calls" }
                        th.number scope="col" { "429s" }
                        th scope="col" { "Complete until" }
                    } }
                    tbody aria-live="polite" {
                        @for stream in &view.streams { (line(stream)) }
                    }
                }
            }
            @for stream in &view.streams { (pace(view, stream)) }
            @for stream in view.streams.iter().filter(|stream| stream.trouble.is_some()) {
                p.notice { strong { (stream.domain) ": " } (stream.trouble.as_deref().unwrap_or_default()) }
            }
            @for stream in view.streams.iter().filter(|stream| stream.differs.is_some()) {
                p.notice { strong { (stream.domain) ": " } (stream.differs.as_deref().unwrap_or_default()) }
            }
            @if by.may_change().is_ok() {
                (button(by, &format!("/connections/{}/fetch", view.id), "Fetch now", "plain"))
            }
        }
    }
}

fn line(stream: &StreamView) -> Markup {
    html! {
        tr data-stream=(stream.domain) {
            th scope="row" { (stream.domain) }
            td data-field="state" { (stream.state) }
            td.number data-field="records" { (stream.records) }
            td.number data-field="pages" { (stream.pages) }
            td.number data-field="calls" { (stream.calls) }
            td.number data-field="throttled" { (stream.throttled) }
            td data-field="complete_until" { (moment(stream.complete_until)) }
        }
    }
}

/// What no number says: outside the table, so that a narrow page shows it as well.
fn pace(view: &ConnectionView, stream: &StreamView) -> Markup {
    html! {
        p.pace id={ "pace-" (stream.domain) } data-renew {
            strong { (stream.domain) }
            span { "History: " (history(stream)) }
            span { "Fetched " (every(stream)) ", " (stream.how.fetched_because) }
            span { "Behind: " (behind(stream)) }
            a href={ "/connections/" (view.id) "/landed/" (stream.domain) } aria-label={ "What landed of " (stream.domain) } { "What landed" }
        }
    }
}

/// Calls that are shown, of all domains together.
const CALLS_SHOWN: usize = 16;

fn calls(view: &ConnectionView) -> Markup {
    let mut latest: Vec<_> = view.streams.iter().flat_map(|stream| &stream.recent_calls).collect();
    latest.sort_by_key(|call| std::cmp::Reverse(call.at));
    latest.truncate(CALLS_SHOWN);
    html! {
        section #calls .card data-renew {
            h2 { "Last calls" }
            div.scroll tabindex="0" {
                table {
                    caption.hidden { "The last calls to Amazon for this connection" }
                    thead { tr {
                        th scope="col" { "When" }
                        th scope="col" { "Operation" }
                        th.number scope="col" { "Status" }
                        th.number scope="col" { "Took" }
                        th.number scope="col" { "Quota left" }
                        th scope="col" { "Amazon's request id" }
                    } }
                    tbody {
                        @for call in latest {
                            tr {
                                td { (moment(Some(call.at))) }
                                td { code { (call.operation) } }
                                td.number { @match call.status { Some(status) => { (status) } None => { "no answer" } } }
                                td.number { (call.duration_ms) " ms" }
                                td.number { (call.quota_left) }
                                td { code { (call.request_id) } }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn identity(identity: Identity) -> &'static str {
    match identity {
        Identity::Verified => "verified by Amazon's answers",
        Identity::Unverified => "unverified",
    }
}

fn stores(by: &Caller, view: &ConnectionView) -> Markup {
    html! {
        section.card {
            h2 { "Marketplaces" }
            @if view.marketplaces.is_empty() {
                p { "Amazon has not told the stores of this grant yet." }
            } @else {
                @if by.may_change().is_ok() {
                    form method="post" action={ "/connections/" (view.id) "/marketplaces" } {
                        input type="hidden" name=(TOKEN_FIELD) value=(by.form_token());
                        fieldset {
                            legend.quiet { "Only the ticked ones are called. A store that joins later is found within a day." }
                            (ticks(view))
                            p { button type="submit" { "Use the ticked ones" } }
                        }
                    }
                } @else {
                    (ticks(view))
                }
                p.quiet { "Read at Amazon " (moment(view.marketplaces_read_at)) ". One grant covers one region; a seller in two regions connects twice." }
            }
        }
    }
}

fn notifications(view: &ConnectionView) -> Markup {
    html! {
        @if !view.notifications.is_empty() {
            section #notifications .card {
                h2 { "What Amazon tells by itself" }
                ul {
                    @for one in &view.notifications {
                        li data-type=(one.kind) data-subscribed=(one.subscribed) {
                            strong { (one.says) } " "
                            @if let Some(trouble) = &one.trouble { span { (trouble) } }
                            @else if one.last_hint.is_some() { span { "Last made something due sooner: " (moment(one.last_hint)) "." } }
                            @else { span { "Subscribed; none has made anything due sooner yet." } }
                            " " code.quiet { (one.kind) }
                        }
                    }
                }
                p.quiet { "Such a message only has data fetched sooner. Without it everything is fetched all the same, at its own pace." }
            }
        }
    }
}

fn ticks(view: &ConnectionView) -> Markup {
    html! {
        ul.stores {
            @for store in &view.marketplaces {
                li data-used=(store.used) {
                    input type="checkbox" name="marketplaces" value=(store.id) id={ "store-" (store.id) }
                        checked[store.used] disabled[!store.callable()];
                    " " label.beside for={ "store-" (store.id) } {
                        strong { (store.country) } " " (store.name)
                        @if !store.participating { span.quiet { " · does not sell there" } }
                        @else if !store.in_region { span.quiet { " · another region" } }
                    }
                }
            }
        }
    }
}

fn ways_out(by: &Caller, view: &ConnectionView) -> Markup {
    html! {
        @if by.may_change().is_ok() && view.status != "disconnected" {
            section.card {
                h2 { "Disconnect" }
                p { "Ends all calls within a minute and erases the tokens at once. What has landed is erased after 29 days, unless the account is connected again before. At Amazon the seller can withdraw access in Manage Your Apps." }
                (button(by, &format!("/connections/{}/disconnect", view.id), "Disconnect", "danger"))
            }
        }
        @if let Some(at) = view.erase_at {
            section.card {
                h2 { "Erase the data" }
                @if at < view.since + ERASED_AFTER {
                    p { "Asked for: all that has landed for this seller, with the tables made of it, goes with the first hourly run after " (moment(Some(at))) "." }
                } @else {
                    p { "All that has landed for this seller, with the tables made of it, goes on " (moment(Some(at))) " by itself. Where the seller asks for it, have it go with the next hourly run. It cannot be brought back; the audit log and this page stay." }
                    @if by.may_change().is_ok() {
                        (button(by, &format!("/connections/{}/erase", view.id), "Erase now", "danger"))
                    }
                }
            }
        }
    }
}
