//! The simulator's own page: what it was asked, its sellers, its applications and the fault dial.

use maud::{DOCTYPE, Markup, PreEscaped, html};

use crate::applications::Application;
use crate::asked::Asked;
use crate::documents;
use crate::kiosk::KioskCall;
use crate::operations::Operation;
use crate::reply::Reply;
use crate::reports::ReportCall;
use crate::sellers::Seller;
use crate::world::{Inside, World};

/// Requests that are shown.
const SHOWN: usize = 200;
/// Style of every page: the reader's own font, light or dark as the reader has it.
const STYLE: &str = include_str!("page.css");
/// Faults that the page's form can set, as the fields of a fault in JSON.
const FAULTS: [(&str, &str); 28] = [
    ("429 Too Many Requests", r#"{"fault":"status","status":429}"#),
    ("429 with Retry-After: 30", r#"{"fault":"throttled","retry_after":"30"}"#),
    ("500 Internal Server Error", r#"{"fault":"status","status":500}"#),
    ("503 Service Unavailable", r#"{"fault":"status","status":503}"#),
    ("403 Forbidden", r#"{"fault":"status","status":403}"#),
    ("401 Unauthorized", r#"{"fault":"status","status":401}"#),
    ("Two seconds late", r#"{"fault":"delay","milliseconds":2000}"#),
    ("Slow drip", r#"{"fault":"slow_drip","milliseconds":500}"#),
    ("Truncated body", r#"{"fault":"truncated"}"#),
    ("Content-Length too long", r#"{"fault":"length_too_long"}"#),
    ("Content-Length too short", r#"{"fault":"length_too_short"}"#),
    ("Invalid JSON", r#"{"fault":"invalid_json"}"#),
    ("HTML with status 200", r#"{"fault":"html"}"#),
    ("Nothing with status 200", r#"{"fault":"empty"}"#),
    ("No answer, ever", r#"{"fault":"silence"}"#),
    ("Endless body", r#"{"fault":"endless"}"#),
    ("A key twice", r#"{"fault":"duplicate_keys"}"#),
    ("A byte order mark in front", r#"{"fault":"byte_order_mark"}"#),
    ("Said to be gzip", r#"{"fault":"false_gzip"}"#),
    ("LWA: a wrong token_type", r#"{"fault":"token_type","token_type":"mac"}"#),
    ("LWA: Rheinhaus's token, whoever asks", r#"{"fault":"wrong_seller","instead":"A3RHEINHAUS03DE"}"#),
    ("LWA: invalid_grant", r#"{"fault":"invalid_grant"}"#),
    ("LWA: invalid_client", r#"{"fault":"invalid_client"}"#),
    ("LWA: expires_in is missing", r#"{"fault":"expiry"}"#),
    ("LWA: no refresh token", r#"{"fault":"no_refresh_token"}"#),
    ("LWA: a new refresh token, the old one dies", r#"{"fault":"new_refresh_token","old_dies":true}"#),
    ("searchOrders: the same page token again", r#"{"fault":"repeated_token"}"#),
    ("searchOrders: every third order 30 minutes late", r#"{"fault":"late_items","minutes":30,"every":3}"#),
];

/// Faults of what is made for an account, and of its documents.
const FAULTS_OF_DOCUMENTS: [(&str, &str); 13] = [
    ("Reports, queries: FATAL", r#"{"fault":"fatal"}"#),
    ("Reports, queries: CANCELLED", r#"{"fault":"cancelled"}"#),
    ("Reports, queries: an hour in the queue", r#"{"fault":"stuck","minutes":60}"#),
    ("Reports, queries: in the queue for ever", r#"{"fault":"stuck"}"#),
    ("Documents: the address has expired", r#"{"fault":"expired_address"}"#),
    ("Documents: another charset is named", r#"{"fault":"wrong_charset"}"#),
    ("Documents: no content type", r#"{"fault":"no_content_type"}"#),
    ("Documents: a false checksum", r#"{"fault":"bad_checksum"}"#),
    ("Documents: bytes after the end", r#"{"fault":"trailing_garbage"}"#),
    ("Documents: bare quotation marks", r#"{"fault":"bare_quotes"}"#),
    ("Documents: a column renamed", r#"{"fault":"renamed_column"}"#),
    ("Documents: a column more", r#"{"fault":"extra_column"}"#),
    ("Documents: a row too short", r#"{"fault":"short_row"}"#),
];

/// A page with this title and content. Every page says that it is not Amazon's.
pub(crate) fn frame(title: &str, content: Markup) -> Markup {
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (title) " · Simulated Amazon" }
                style { (PreEscaped(STYLE)) }
            }
            body {
                header { p { "Simulated Amazon: a test stand-in, not operated by or connected with Amazon." } }
                main { h1 { (title) } (content) }
            }
        }
    }
}

/// `GET /`
pub(crate) fn home(world: &World) -> Reply {
    let now = world.now();
    let held = world.hold();
    let inside = &*held;
    Reply::html(
        200,
        frame(
            "Amazon simulator",
            html! {
                p { "The time here is " time { (now.strftime("%Y-%m-%d %H:%M:%S UTC")) } ". Data for programs is under " code { "/_sim/" } "; sellers may also start in the " a href="/appstore" { "Appstore" } "." }
                section { h2 { "Sellers" } (sellers(inside)) }
                section { h2 { "Fault dial" } (dial(inside)) }
                section { h2 { "Applications" } @for application in &inside.book.applications { (described(application)) } }
                section { h2 { "What was asked" } (requests(inside)) }
            },
        ),
    )
}

fn sellers(inside: &Inside) -> Markup {
    html! {
        div.wide { table {
            thead { tr { th { "Account" } th { "Identifier" } th { "Region" } th { "Stores" } th { "Grants alive" } th { "Withdraw" } } }
            tbody { @for seller in &inside.sellers { (seller_row(inside, seller)) } }
        } }
    }
}

fn seller_row(inside: &Inside, seller: &Seller) -> Markup {
    let alive = inside.book.grants.iter().filter(|grant| grant.seller == seller.id && !grant.revoked).count();
    html! { tr {
        td { (seller.name) }
        td { code { (seller.id) } }
        td { (seller.region.word()) }
        td { (seller.marketplaces.len()) }
        td { (alive) }
        td {
            @if alive > 0 {
                form method="post" action={ "/_sim/sellers/" (seller.id) "/revoke" } {
                    button type="submit" aria-label={ "Revoke the grants of " (seller.name) } { "Revoke" }
                }
            }
        }
    } }
}

fn dial(inside: &Inside) -> Markup {
    let faults = inside.dial.all();
    html! {
        @if faults.is_empty() { p { "No fault is set." } } @else {
            ul { @for fault in &faults { li { code { (serde_json::to_string(fault).unwrap_or_default()) } } } }
            form method="post" action="/_sim/faults/clear" { button type="submit" { "Clear all" } }
        }
        form.dial method="post" action="/_sim/faults" {
            label { "Calls of " select name="operation" {
                option value="*" { "everything" }
                option value="lwa" { "LWA" }
                @for name in Operation::names() { option { (name) } }
                @for name in ReportCall::NAMES.into_iter().chain(KioskCall::NAMES) { option { (name) } }
                option value=(documents::DOWNLOAD) { "documents" }
            } }
            label { "fail with " select name="kind" {
                @for (name, json) in FAULTS.iter().chain(&FAULTS_OF_DOCUMENTS) { option value=(json) { (name) } }
            } }
            label { "this many times (empty: until cleared) " input name="times" inputmode="numeric" pattern="[0-9]*" size="4" value="1"; }
            button type="submit" { "Set" }
        }
    }
}

fn described(application: &Application) -> Markup {
    html! {
        dl {
            dt { "Application" } dd { code { (application.application_id) } }
            dt { "Client" } dd { code { (application.client_id) } }
            dt { "May return to" }
            dd { @if application.redirect_uris.is_empty() { "nowhere yet" } @for uri in &application.redirect_uris { code { (uri) } " " } }
        }
        form method="post" action="/_sim/redirect-uris" {
            label { "Let it return to " input name="uri" type="url" required; }
            button type="submit" { "Register" }
        }
    }
}

fn requests(inside: &Inside) -> Markup {
    html! {
        div.wide { table {
            thead { tr { th { "Time" } th { "Region" } th { "Operation" } th { "Seller" } th { "Status" } th { "Left" } th { "Query" } } }
            tbody { @for asked in inside.last_asked(SHOWN) { (request_row(asked)) } }
        } }
    }
}

fn request_row(asked: &Asked) -> Markup {
    html! { tr {
        td { time { (asked.time.strftime("%H:%M:%S")) } }
        td { (asked.region.map_or("", |region| region.word())) }
        td { (asked.operation) }
        td { (asked.seller.as_deref().unwrap_or_default()) }
        td { (asked.status) @if let Some(fault) = &asked.fault { " (fault: " (fault) ")" } }
        td { @if let Some(left) = asked.left { (left) } }
        td.query { (asked.query) }
    } }
}
