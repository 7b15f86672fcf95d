//! One connection: its state in words, its stores, its streams as they move.

use super::doors::doors;
use super::layout::{button, page_signed_in};
use crate::caller::Caller;
use crate::view::{ConnectionView, StreamView};
use jiff::Timestamp;
use maud::{Markup, html};

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
                (stores(view))
                (doors(by, view))
            }
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
                dt { "Region" } dd { (view.region.name()) " (" (view.region) ")" }
                dt { "Approved at Amazon" } dd { (moment(view.authorized_at)) @if view.generation > 1 { ", grant " (view.generation) } }
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
            @for stream in view.streams.iter().filter(|stream| stream.trouble.is_some()) {
                p.notice { strong { (stream.domain) ": " } (stream.trouble.as_deref().unwrap_or_default()) }
            }
            @if by.may_change().is_ok() {
                (button(by, &format!("/connections/{}/fetch", view.id), "Fetch now", "plain"))
            }
            @for stream in &view.streams {
                p.quiet { strong { (stream.domain) } " reads: " (stream.reads) " Needs the role “" (stream.role) "”." }
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

fn stores(view: &ConnectionView) -> Markup {
    html! {
        section.card {
            h2 { "Stores" }
            @if view.marketplaces.is_empty() {
                p { "Amazon has not told the stores of this grant yet." }
            } @else {
                ul.stores {
                    @for store in &view.marketplaces {
                        li data-used=(store.used) {
                            strong { (store.country) } " " (store.name)
                            span.quiet { @if store.used { " · in use" } @else { " · not called" } }
                        }
                    }
                }
            }
        }
    }
}

/// A moment for people, with the exact one for programs beside it.
fn moment(at: Option<Timestamp>) -> Markup {
    match at {
        Some(at) => html! { time datetime=(at) { (at.strftime("%Y-%m-%d %H:%M UTC")) } },
        None => html! { "–" },
    }
}
