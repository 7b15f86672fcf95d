//! The operator's Amazon applications: what to register, how long the secret lasts, and the form.

use super::layout::page_signed_in;
use super::moment;
use super::plain::grouped;
use crate::applications::{Usage, View};
use crate::caller::Caller;
use crate::form::TOKEN_FIELD;
use maud::{Markup, html};
use sellerport_core::application::Stage;
use sellerport_core::marketplaces::Realm;
use sellerport_core::quota::ANNOUNCED_TARIFF;

/// The page.
pub(crate) fn applications(by: &Caller, views: &[View]) -> Markup {
    page_signed_in(
        by,
        "Applications",
        &html! {
            @if views.is_empty() {
                section.card {
                    h1 { "Your Amazon application" }
                    p.lead { "Sellerport calls Amazon as an application of yours. Register one in Amazon's Solution Provider Portal and enter it here; its secret is tried at Amazon before it is kept." }
                }
            } @else {
                h1 { "Applications" }
            }
            @for view in views { (one(by, view)) }
            @if by.may_change().is_ok() {
                section.card {
                    h2 { @if views.is_empty() { "Enter it" } @else { "Add another application" } }
                    (form(by, None))
                }
            }
        },
    )
}

fn one(by: &Caller, view: &View) -> Markup {
    html! {
        section.card aria-labelledby={ "application-" (view.name) } {
            h2 id={ "application-" (view.name) } {
                (view.name) " " span.state { (view.stage.as_str()) }
                @if view.realm == Realm::Sandbox { " " span.state { "sandbox" } }
            }
            @if let Some(since) = view.refused_since {
                p.notice role="alert" {
                    strong { "Amazon refuses this client id and secret" } " since " (moment(Some(since)))
                    ". No seller is asked for anything. Enter a working secret below; fetching goes on by itself. "
                    a href="/doctor#invalid_client" { "What this means" }
                }
            }
            @if let Some(since) = view.silent_since {
                p.notice { "Login with Amazon does not answer since " (moment(Some(since))) ". Tokens are renewed when it does." }
            }
            dl {
                dt { "Application id" } dd { code { (view.amazon_id) } }
                dt { "Client id" } dd { code { (view.client_id) } }
                dt { "Secret ends" } dd { (countdown(view)) }
                dt { "GET calls" } dd { (usage(&view.usage)) }
            }
            @if view.stage != Stage::Private {
                details {
                    summary { "Addresses to register at Amazon" }
                    p { "Log-in URI, for sellers who start in the Appstore:" }
                    p { code { (view.login_uri) } }
                    p { "Redirect URIs, one for each way and region; register those you use:" }
                    ul { @for uri in &view.redirect_uris { li { code { (uri) } } } }
                }
            }
            @if by.may_change().is_ok() {
                details { summary { "Change, or paste a new secret" } (form(by, Some(view))) }
            }
        }
    }
}

fn countdown(view: &View) -> Markup {
    let urgent = view.secret_days_left <= 14;
    html! {
        span.state data-state=(if urgent { "needs_reconnect" } else { "active" }) {
            "in " (view.secret_days_left) @if view.secret_days_left == 1 { " day" } @else { " days" }
        }
        ", " (moment(Some(view.secret_expires_at))) ". "
        @if view.rotates {
            "A new one is asked for 30 days before, tried, and put in force by itself."
            @if let Some(at) = view.rotation_asked_at { " Asked for on " (moment(Some(at))) "; it has not come yet." }
        } @else {
            "Amazon does not know this installation's queue for new secrets, so paste a new one before that day."
        }
    }
}

/// The tariff is Amazon's of 2025-11-03; nobody pays it.
fn usage(usage: &Usage) -> Markup {
    let included = |(name, gets, dollars): (&str, u64, u64)| match dollars {
        0 => format!("{name}: up to {}, nothing", grouped(gets)),
        _ => format!("{name}: up to {}, ${} a month", grouped(gets), grouped(dollars)),
    };
    html! {
        strong { (grouped(usage.gets)) } " in " (usage.month) ", the latest of each account not yet counted. "
        "Amazon charges nothing for calls at present. By the tariff that it announced in November 2025 and withdrew in 2026 this would be "
        @match usage.announced_tier {
            Some(tier) => { "the tier " (tier) }
            None => { "more than the largest tier includes" }
        }
        " so far (" (ANNOUNCED_TARIFF.map(included).join("; ")) ")."
    }
}

fn form(by: &Caller, view: Option<&View>) -> Markup {
    let id = |field: &str| format!("{field}-{}", view.map_or("new", |view| view.name.as_str()));
    let text = |field: &str, label: &str, value: &str, hint: &str, required: bool| {
        html! {
            label for=(id(field)) { (label) }
            input id=(id(field)) name=(field) value=(value) placeholder=(hint) required[required]
                autocomplete="off" spellcheck="false";
        }
    };
    html! {
        form method="post" action="/applications" {
            input type="hidden" name=(TOKEN_FIELD) value=(by.form_token());
            @match view {
                Some(view) => { input type="hidden" name="name" value=(view.name); }
                None => { (text("name", "Short name, part of the redirect URIs", "", "main", true)) }
            }
            (text("amazon_id", "Application id", view.map_or("", |view| &view.amazon_id), "amzn1.sellerapps.app.…", true))
            (text("client_id", "LWA client id", view.map_or("", |view| &view.client_id), "amzn1.application-oa2-client.…", true))
            label for=(id("client_secret")) { "LWA client secret" @if view.is_some() { ", if it is a new one" } }
            input id=(id("client_secret")) name="client_secret" type="password" autocomplete="off" required[view.is_none()];
            label for=(id("stage")) { "How far it has come at Amazon" }
            select id=(id("stage")) name="stage" {
                @for (stage, says) in STAGES {
                    option value=(stage.as_str()) selected[view.map(|view| view.stage) == Some(stage)] { (says) }
                }
            }
            label for=(id("realm")) { "Accounts" }
            select id=(id("realm")) name="realm" {
                option value="production" selected[view.is_none_or(|view| view.realm == Realm::Production)] { "Real accounts" }
                option value="sandbox" selected[view.is_some_and(|view| view.realm == Realm::Sandbox)] { "Amazon's sandbox" }
            }
            (text("days_left", "Days until the secret ends, if it is not fresh", "", "180", false))
            p {
                input id=(id("rotates")) type="checkbox" name="rotates" value="yes" checked[view.is_some_and(|view| view.rotates)];
                " " label.beside for=(id("rotates")) { "Amazon delivers new secrets to this installation's queue (registered in Notification Preferences)" }
            }
            (text("fetches", "Domains to fetch for its new connections, if not all", &view.map_or(String::new(), |view| view.fetches.join(" ")), "orders finances", false))
            button.primary type="submit" { "Try it at Amazon and save" }
        }
    }
}

const STAGES: [(Stage, &str); 3] = [
    (Stage::Draft, "Draft: consent pages get version=beta"),
    (Stage::Published, "Published, or approved as unlisted"),
    (Stage::Private, "Private: for your own accounts, tokens are imported"),
];
