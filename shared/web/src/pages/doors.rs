//! What a connection allows beyond reading, with a button for each that an operator may press.

use crate::caller::Caller;
use crate::form::TOKEN_FIELD;
use crate::view::ConnectionView;
use maud::{Markup, html};

/// The section of a connection's page.
pub(super) fn doors(by: &Caller, view: &ConnectionView) -> Markup {
    html! {
        section.card {
            h2 { "Operations" }
            p { a href="/operations" { "Call any of Amazon's operations" } " through this connection." }
            dl {
                dt { "Writes" }
                dd {
                    @if view.writes_open { strong { "Open" } ": operators can change things at Amazon. " }
                    @else { "Closed: this connection only reads. " }
                    (door(by, view, "writes", view.writes_open))
                }
                dt { "Buyers' data" }
                dd {
                    @if view.restricted_open { strong { "Open" } ": operators can look at names and addresses, and those of orders still to be shipped are fetched where the domain buyers is ticked. " }
                    @else { "Closed: no restricted data token is made and no name or address fetched. Opened, the domain buyers begins where all domains are ticked. " }
                    (door(by, view, "restricted", view.restricted_open))
                }
            }
        }
    }
}

fn door(by: &Caller, view: &ConnectionView, door: &str, open: bool) -> Markup {
    html! {
        @if by.may_change().is_ok() {
            form.inline method="post" action={ "/connections/" (view.id) "/" (door) } {
                input type="hidden" name=(TOKEN_FIELD) value=(by.form_token());
                input type="hidden" name="open" value=(!open);
                button.plain type="submit" {
                    @if open { "Close" } @else { "Open" }
                    span.hidden { @if door == "writes" { " writes" } @else { " buyers' data" } }
                }
            }
        }
    }
}
