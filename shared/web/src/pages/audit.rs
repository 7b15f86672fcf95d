//! The audit trail: who did what, newest first.

use super::layout::page_signed_in;
use super::moment;
use crate::caller::Caller;
use maud::{Markup, html};
use sellerport_core::audit::Entry;

/// The page.
pub(crate) fn audit(by: &Caller, entries: &[Entry], next: Option<&str>) -> Markup {
    page_signed_in(
        by,
        "Audit trail",
        &html! {
            section.card {
                h1 { "Audit trail" }
                p.quiet { "Kept for 400 days. Codes that begin with E_ are refusals." }
                @if entries.is_empty() { p { "Nothing so far." } } @else {
                    div.scroll tabindex="0" {
                        table {
                            caption.hidden { "Who did what, the newest first" }
                            thead { tr {
                                th scope="col" { "When" } th scope="col" { "Who" } th scope="col" { "What" } th scope="col" { "Of what" }
                            } }
                            tbody {
                                @for entry in entries {
                                    tr {
                                        td { (moment(Some(entry.at))) }
                                        td { @match &entry.user { Some(user) => { (user) } None => { span.quiet { "the system" } } } }
                                        td { code { (entry.what) } }
                                        td { (entry.subject) }
                                    }
                                }
                            }
                        }
                    }
                }
                @if let Some(next) = next { p { a href={ "/audit?after=" (next) } { "Older entries" } } }
            }
        },
    )
}
