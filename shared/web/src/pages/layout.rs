//! The frame around every page.

use crate::caller::Caller;
use crate::form::TOKEN_FIELD;
use maud::{DOCTYPE, Markup, html};

/// Where a signed-in person can go.
const PLACES: [(&str, &str); 7] = [
    ("/", "Connections"),
    ("/applications", "Applications"),
    ("/imports", "Import"),
    ("/operations", "Operations"),
    ("/queues", "Queues"),
    ("/audit", "Audit"),
    ("/doctor", "Doctor"),
];

/// A page for anybody.
pub(super) fn page(title: &str, content: &Markup) -> Markup {
    frame(title, None, &html! {}, content)
}

/// A page for somebody signed in.
pub(super) fn page_signed_in(by: &Caller, title: &str, content: &Markup) -> Markup {
    let who = html! {
        span.quiet { (by.user) " · " (by.tenant) @if by.may_change().is_err() { " · may read" } }
        (button(by, "/sign-out", "Sign out", "plain"))
    };
    frame(title, Some(by), &who, content)
}

/// A form that is one button.
pub(super) fn button(by: &Caller, action: &str, label: &str, class: &str) -> Markup {
    html! {
        form.inline method="post" action=(action) {
            input type="hidden" name=(TOKEN_FIELD) value=(by.form_token());
            button type="submit" class=(class) { (label) }
        }
    }
}

fn frame(title: &str, by: Option<&Caller>, who: &Markup, content: &Markup) -> Markup {
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (title) " · Sellerport" }
                link rel="stylesheet" href="/assets/style.css";
                link rel="icon" type="image/svg+xml" href="/assets/icon.svg";
                script src="/assets/live.js" defer {}
                script src="/assets/file.js" defer {}
            }
            body {
                a.skip href="#content" { "Skip to the content" }
                header {
                    a.brand href="/" { "Sellerport" }
                    @if by.is_some() {
                        nav aria-label="Main" {
                            @for (address, name) in PLACES { a href=(address) { (name) } }
                        }
                    }
                    div.who { (who) }
                }
                main #content { (content) }
                footer.quiet { "Reads only what a connection's domains need. No buyer data by default. " a href="/reads" { "What is read" } }
            }
        }
    }
}
