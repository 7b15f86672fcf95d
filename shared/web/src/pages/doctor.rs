//! The doctor: what was found, the addresses to register, and every known fault with its remedy.

use super::layout::{button, page_signed_in};
use crate::caller::Caller;
use crate::doctor::Consultation;
use maud::{Markup, html};
use sellerport_core::application::{Application, Site, Stage};
use sellerport_core::doctor::known::{self, Family, Known};
use sellerport_core::doctor::{Finding, State};

/// The page.
pub(crate) fn doctor(by: &Caller, site: &Site, shown: &Consultation) -> Markup {
    page_signed_in(
        by,
        "Doctor",
        &html! {
            nav.quiet aria-label="Breadcrumb" { a href="/" { "Connections" } " / Doctor" }
            (findings(by, site, shown))
            @for application in &shown.applications { (addresses(site, application)) }
            (faults(&shown.search))
        },
    )
}

fn findings(by: &Caller, site: &Site, shown: &Consultation) -> Markup {
    let count = |state| shown.findings.iter().filter(|finding| finding.state == state).count();
    html! {
        section.card {
            h1 { "Doctor" }
            @if shown.checked {
                p.lead role="status" {
                    (count(State::Failed)) " failed, " (count(State::Warning)) " to watch, " (count(State::Ok)) " well."
                }
            } @else {
                p.lead { "Looks at the whole set-up, says what is wrong and how to mend it." }
            }
            @if by.may_change().is_ok() { (button(by, "/doctor", "Run the checks", "primary")) }
            @if !shown.checked && by.tenant == site.home {
                p.quiet { "The checks read every secret anew and try it at Amazon, write and delete a row, seal a text, send a test to the queues and an event to the bus. Nothing else changes." }
            }
            @if !shown.findings.is_empty() {
                div.scroll tabindex="0" {
                    table {
                        caption.hidden { "Findings, the worst first" }
                        thead { tr {
                            th scope="col" { "State" }
                            th scope="col" { "Check" }
                            th scope="col" { "What was found, and what to do" }
                        } }
                        tbody { @for finding in worst_first(&shown.findings) { (line(finding)) } }
                    }
                }
            }
        }
    }
}

fn worst_first(findings: &[Finding]) -> Vec<&Finding> {
    let mut sorted: Vec<_> = findings.iter().collect();
    sorted.sort_by_key(|finding| std::cmp::Reverse(finding.state));
    sorted
}

fn line(finding: &Finding) -> Markup {
    html! {
        tr data-check=(finding.check) {
            td { span.state data-state=(finding.state.as_str()) { (finding.state.as_str()) } }
            th scope="row" { (finding.check) br; span.quiet { (finding.about) } }
            td {
                (finding.says)
                @if let Some(code) = finding.code {
                    p { strong { "To mend it: " } (finding.fix) " " a href={ "/doctor#" (code) } { (code) } }
                }
            }
        }
    }
}

/// What to enter at Amazon, to be copied character for character (L63).
fn addresses(site: &Site, application: &Application) -> Markup {
    html! {
        section.card {
            h2 { "To register at Amazon for " (application.slug) }
            @match application.stage {
                Stage::Private => p { "Nothing: a private application has no consent page. Its refresh tokens are imported." },
                Stage::Draft | Stage::Published => {
                    p { "In the Solution Provider Portal, under Edit App. Amazon compares them character for character." }
                    dl {
                        dt { "Log-in URI" }
                        dd { code { (site.login_uri(&application.slug)) } }
                        dt { "Redirect URIs" }
                        dd {
                            @for uri in site.redirect_uris(&application.slug) { code { (uri) } br; }
                        }
                    }
                }
            }
        }
    }
}

fn faults(search: &str) -> Markup {
    let found = known::search(search);
    html! {
        section.card {
            h2 { "Known faults" }
            form method="get" action="/doctor" role="search" {
                label for="code" { "Code or words" }
                input #code type="search" name="code" value=(search) maxlength="100" placeholder="MD5101";
                " " button type="submit" { "Search" }
                @if !search.is_empty() { " " a href="/doctor" { "Show all" } }
            }
            @if found.is_empty() {
                p { "Nothing is known here about “" (search) "”. Amazon's support asks for the request id; it stands in the log." }
            }
            @for family in Family::ALL {
                @let of_family: Vec<_> = found.iter().filter(|known| known.family == family).collect();
                @if !of_family.is_empty() {
                    h3 { (family.title()) }
                    @for known in of_family { (fault(known)) }
                }
            }
        }
    }
}

fn fault(known: &Known) -> Markup {
    html! {
        article id=(known.code) {
            h4 { code { (known.code) } }
            dl {
                dt { "What it means" } dd { (known.means) }
                dt { "To mend it" } dd { (known.fix) }
                dt { "Where you see it" } dd { (known.seen) }
                @if let Some(source) = known.source {
                    dt { "Amazon's page" } dd { a href=(source) rel="noreferrer" { (source) } }
                }
            }
        }
    }
}
