//! Amazon's operations: a search, and for each a form that calls it and shows what came.

use super::layout::page_signed_in;
use super::pretty::pretty;
use crate::caller::Caller;
use crate::form::TOKEN_FIELD;
use crate::operations::{Called, OperationView, PARAMETER, ParameterView, Wanted};
use maud::{Markup, html};
use sellerport_core::application::Site;
use sellerport_core::catalogue::{Life, Operation};
use sellerport_core::connection::Connection;
use sellerport_core::operate::PAGES_MAX;

/// So much of a body is shown; all of it comes by the API.
const SHOWN_BYTES: usize = 200_000;

/// The search.
pub fn operations(by: &Caller, words: &str, found: &[&'static Operation]) -> Markup {
    page_signed_in(
        by,
        "Operations",
        &html! {
            section.card {
                h1 { "Amazon's operations" }
                p { "Each can be called through a connection. Token, quota and pages are looked after." }
                form method="get" action="/operations" role="search" {
                    label for="q" { "Name, API or path" }
                    input #q type="search" name="q" value=(words);
                    button.primary type="submit" { "Search" }
                }
            }
            section.card {
                h2 { (found.len()) @if found.len() == 1 { " operation" } @else { " operations" } }
                div.scroll tabindex="0" {
                    table {
                        caption.hidden { "Operations that were found" }
                        thead { tr {
                            th scope="col" { "Operation" }
                            th scope="col" { "API" }
                            th scope="col" { "Kind" }
                            th scope="col" { "Role" }
                        } }
                        tbody { @for one in found { (line(one)) } }
                    }
                }
            }
        },
    )
}

fn line(one: &Operation) -> Markup {
    let gone = matches!(one.life, Life::Removed { .. });
    html! {
        tr {
            th scope="row" {
                @if gone { (one.name) " " span.quiet { "removed" } } @else { a href=(address(one.name, &one.api.to_string(), one.method.as_str())) { (one.name) } }
            }
            td { (one.api) }
            td { @if one.reads { "reads" } @else { "writes" } }
            td { (one.role()) }
        }
    }
}

/// Where the page of an operation is. The method tells the two apart that share name and API.
fn address(name: &str, api: &str, method: &str) -> String {
    format!("/operations/{name}?version={}+{method}", api.replace('/', "%2F"))
}

/// One operation: its form, and what its call brought.
pub(crate) fn operation(
    by: &Caller,
    site: &Site,
    view: &OperationView,
    connections: &[Connection],
    wanted: &Wanted,
    called: Option<&Called>,
) -> Markup {
    page_signed_in(
        by,
        view.name,
        &html! {
            nav.quiet aria-label="Breadcrumb" { a href="/operations" { "Operations" } " / " (view.name) }
            @if let Some(called) = called { (answer(by, view, wanted, called)) }
            section.card {
                h1 { (view.name) }
                dl {
                    dt { "API" } dd { (view.api) }
                    dt { "Call" } dd { code { (view.method) " " (view.path) } }
                    dt { "Kind" } dd { @if view.reads { "Reads" } @else { "May change something at Amazon: the connection must be open to that" } }
                    dt { "Quota" } dd { (view.rate) " calls a second, " (view.burst) " in the bucket" }
                    dt { "Role" } dd { (view.role) }
                    dt { "Token" } dd { (token(view.token)) }
                }
                @if let Some(life) = &view.life { p.notice { (life) } }
                @if connections.is_empty() {
                    p { "No connection has a grant that works. " a href="/" { "Connect a seller first." } }
                } @else {
                    (form(by, view, connections, wanted))
                }
            }
            @if !wanted.connection.is_empty() { (curl(site, view, wanted)) }
        },
    )
}

fn token(word: &str) -> &'static str {
    match word {
        "restricted" => {
            "A restricted data token, made on the way: the connection must be open to buyers' data"
        }
        "grantless" => "The application's own: for operators of the installation",
        _ => "The seller's",
    }
}

fn form(by: &Caller, view: &OperationView, connections: &[Connection], wanted: &Wanted) -> Markup {
    html! {
        form method="post" action={ "/operations/" (view.name) } {
            input type="hidden" name=(TOKEN_FIELD) value=(by.form_token());
            input type="hidden" name="version" value={ (view.api) " " (view.method) };
            label for="connection" { "Connection" }
            select #connection name="connection" required {
                @for one in connections {
                    option value=(one.id) selected[one.id.as_str() == wanted.connection] {
                        (one.seller) " · " (one.region.name())
                    }
                }
            }
            @for one in &view.parameters { (field(one, &wanted.values(one.name))) }
            @if view.body != "absent" {
                label for="body" { "Body, JSON" @if view.body == "optional" { " (optional)" } }
                textarea #body name="body" rows="8" spellcheck="false" required[view.body == "required"] {
                    (wanted.body.as_deref().unwrap_or_default())
                }
            }
            @if !view.data_elements.is_empty() {
                fieldset {
                    legend { "Buyers' data (needs a restricted data token)" }
                    @for one in view.data_elements {
                        label.tick {
                            input type="checkbox" name="element" value=(one)
                                checked[wanted.data_elements.iter().any(|chosen| chosen == one)];
                            " " (one)
                        }
                    }
                }
            }
            @if view.restricted_reports {
                label.tick {
                    input type="checkbox" name="restricted" value="true" checked[wanted.restricted];
                    " The report's type is restricted"
                }
            }
            @if view.pages {
                label for="pages" { "Pages, at most" }
                input #pages type="number" name="pages" min="1" max=(PAGES_MAX) value=(wanted.pages.max(1));
            }
            button.primary type="submit" { "Call" }
        }
    }
}

fn field(one: &ParameterView, value: &str) -> Markup {
    let id = format!("{PARAMETER}{}", one.name);
    let hint = match (one.kind, one.list) {
        (_, true) => "one on each line",
        ("time", _) => "2026-01-31T12:00:00Z",
        ("date", _) => "2026-01-31",
        ("int" | "number", _) => "a number",
        _ => "",
    };
    html! {
        label for=(id) {
            (one.name)
            span.quiet {
                " · " (one.place) @if one.required { ", required" }
                @if !hint.is_empty() { " · " (hint) }
            }
        }
        @if one.kind == "flag" || (!one.choices.is_empty() && !one.list) {
            select id=(id) name=(id) required[one.required] {
                option value="" { "–" }
                @for choice in if one.kind == "flag" { &["true", "false"][..] } else { &one.choices[..] } {
                    option value=(choice) selected[*choice == value] { (choice) }
                }
            }
        } @else if one.list {
            textarea id=(id) name=(id) rows="3" spellcheck="false" required[one.required] { (value) }
            @if !one.choices.is_empty() { p.quiet { "Among: " (one.choices.join(", ")) } }
        } @else {
            input id=(id) name=(id) value=(value) required[one.required] autocomplete="off" spellcheck="false";
        }
    }
}

fn answer(by: &Caller, view: &OperationView, wanted: &Wanted, called: &Called) -> Markup {
    let good = called.verdict == "answered";
    html! {
        section.card aria-labelledby="answer" {
            h2 #answer {
                "Amazon answered " (called.status) " "
                span.state data-state=(if good { "active" } else { "suspect" }) { (called.verdict) }
            }
            @if let Some(says) = &called.says { p.notice role="alert" { (says) } }
            @if let Some(warning) = &called.warning { p.notice { (warning) } }
            dl {
                dt { "Request id" } dd { code { (called.request_id) } }
                dt { "Calls left now" } dd { (called.quota_left) }
                @if let Some(rate) = called.rate { dt { "Rate, by Amazon" } dd { (rate) " a second" } }
            }
            @for (place, part) in called.bodies.iter().flatten().enumerate() {
                h3 { "Page " (place + 1) }
                pre tabindex="0" { (shown(part.text())) }
            }
            @if let Some(next) = &called.next { (next_page(by, view, wanted, next)) }
        }
    }
}

/// The body for people, cut where a page would not bear it.
fn shown(body: &str) -> String {
    if body.is_empty() {
        return "(no body)".to_owned();
    }
    let mut text = pretty(body);
    if text.len() > SHOWN_BYTES {
        let end = (0..=SHOWN_BYTES).rev().find(|place| text.is_char_boundary(*place)).unwrap_or_default();
        text.truncate(end);
        text.push_str("\n… cut here; the API answers all of it");
    }
    text
}

/// The same call again, from where it stopped.
fn next_page(by: &Caller, view: &OperationView, wanted: &Wanted, next: &str) -> Markup {
    html! {
        form method="post" action={ "/operations/" (view.name) } {
            input type="hidden" name=(TOKEN_FIELD) value=(by.form_token());
            input type="hidden" name="version" value={ (view.api) " " (view.method) };
            input type="hidden" name="connection" value=(wanted.connection);
            @for (name, value) in &wanted.parameters {
                input type="hidden" name={ (PARAMETER) (name) } value=(value);
            }
            @if let Some(body) = &wanted.body { input type="hidden" name="body" value=(body); }
            @for one in &wanted.data_elements { input type="hidden" name="element" value=(one); }
            @if wanted.restricted { input type="hidden" name="restricted" value="true"; }
            input type="hidden" name="pages" value=(wanted.pages.max(1));
            input type="hidden" name="page" value=(next);
            button type="submit" { "Next page" }
        }
    }
}

/// The same call by the API, to be copied; without a token.
fn curl(site: &Site, view: &OperationView, wanted: &Wanted) -> Markup {
    // A single quote cannot stand between single quotes: end them, write one, begin again.
    let document = wanted.document().replace('\'', r"'\''");
    let (api, method) = (view.api.replace('/', "%2F"), view.method);
    html! {
        section.card {
            h2 { "By the API" }
            pre tabindex="0" {
                "curl -X POST '" (site.origin) "/api/connections/" (wanted.connection) "/operations/" (view.name)
                "?version=" (api) "+" (method) "' \\\n"
                "  -H 'content-type: application/json' \\\n"
                "  -H \"authorization: Bearer $TOKEN\" \\\n"
                "  -d '" (document) "'"
            }
        }
    }
}
