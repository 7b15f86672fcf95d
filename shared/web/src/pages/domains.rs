//! What is fetched for a connection: each domain with what it reads and the roles it needs, to be ticked.

use crate::caller::Caller;
use crate::form::TOKEN_FIELD;
use crate::view::ConnectionView;
use maud::{Markup, html};

/// The section of a connection's page.
pub(super) fn domains(by: &Caller, view: &ConnectionView) -> Markup {
    let domains = view.domains.as_deref().unwrap_or_default();
    html! {
        section #domains .card {
            h2 { "What is fetched" }
            @if domains.is_empty() {
                p { "Nothing is fetched regularly for this account." }
            } @else if by.may_change().is_ok() {
                form method="post" action={ "/connections/" (view.id) "/domains" } {
                    input type="hidden" name=(TOKEN_FIELD) value=(by.form_token());
                    fieldset {
                        legend.quiet { "Only the ticked ones are fetched. One that is unticked rests: what has landed stays, and it goes on where it stopped once it is ticked again." }
                        (ticks(view))
                        p { button type="submit" { "Fetch the ticked ones" } }
                    }
                }
            } @else {
                (ticks(view))
            }
        }
    }
}

fn ticks(view: &ConnectionView) -> Markup {
    html! {
        ul.stores {
            @for domain in view.domains.iter().flatten() {
                li data-used=(domain.fetched) {
                    input type="checkbox" name="domains" value=(domain.name) id={ "domain-" (domain.name) }
                        checked[domain.fetched];
                    " " label.beside for={ "domain-" (domain.name) } {
                        strong { (domain.name) } " " (domain.reads)
                        span.quiet { " Needs the role “" (domain.role) "”." }
                    }
                }
            }
        }
    }
}
