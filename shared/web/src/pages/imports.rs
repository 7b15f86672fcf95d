//! Importing refresh tokens: the form, the list, and one import with its faults line by line.

use super::layout::page_signed_in;
use super::moment;
use crate::caller::Caller;
use crate::form::TOKEN_FIELD;
use maud::{Markup, html};
use sellerport_core::application::Application;
use sellerport_core::imports::{FAULTS_SHOWN, Fault, Import, State};
use sellerport_core::marketplaces::Region;

/// The form and the latest imports.
pub(crate) fn imports(by: &Caller, applications: &[Application], latest: &[Import]) -> Markup {
    page_signed_in(
        by,
        "Import",
        &html! {
            h1 { "Import authorizations" }
            @if applications.is_empty() {
                p.notice { "Enter your Amazon application first: " a href="/applications" { "Applications" } "." }
            } @else if by.may_change().is_ok() {
                (one_account(by, applications))
                (file(by))
            }
            (list(latest))
        },
    )
}

fn one_account(by: &Caller, applications: &[Application]) -> Markup {
    html! {
        section.card {
            h2 { "One account" }
            p { "For a private application: authorize it for your own account in Seller Central, Vendor Central or the Solution Provider Portal, and paste the refresh token that Amazon shows." }
            form method="post" action="/imports" autocomplete="off" {
                input type="hidden" name=(TOKEN_FIELD) value=(by.form_token());
                @if applications.len() > 1 {
                    label for="application" { "Application" }
                    select #application name="application" {
                        @for one in applications { option value=(one.slug) { (one.slug) } }
                    }
                }
                label for="kind" { "Account" }
                select #kind name="kind" {
                    option value="seller" { "Seller" }
                    option value="vendor" { "Vendor" }
                }
                label for="seller_id" { "Merchant token, or vendor group code" }
                input #seller_id name="seller_id" required placeholder="A2EXAMPLE7XYZ" spellcheck="false";
                label for="region" { "Region" }
                select #region name="region" {
                    @for region in Region::ALL { option value=(region.as_str().to_uppercase()) { (region.name()) } }
                }
                label for="refresh_token" { "Refresh token" }
                input #refresh_token name="refresh_token" type="password" required placeholder="Atzr|…";
                p { button.primary type="submit" { "Import" } }
            }
        }
    }
}

fn file(by: &Caller) -> Markup {
    html! {
        section.card {
            h2 { "Many at once" }
            p {
                "A CSV file with a header, or a JSON list, up to 10,000 lines: " code { "seller_id" } ", " code { "region" }
                ", " code { "refresh_token" } ", and where they differ " code { "kind" } ", " code { "country" } ", "
                code { "application" } ". Either every line is imported or none."
            }
            form method="post" action="/imports" autocomplete="off" {
                input type="hidden" name=(TOKEN_FIELD) value=(by.form_token());
                label for="choose" { "File" }
                input #choose type="file" accept=".csv,.json,text/csv,application/json" data-into="file";
                label for="file" { "Or its content" }
                textarea #file name="file" rows="6" spellcheck="false"
                    placeholder="seller_id,region,refresh_token" {}
                p { button.primary type="submit" { "Check and import" } }
            }
        }
    }
}

fn list(latest: &[Import]) -> Markup {
    html! {
        section.card {
            h2 { "Imports so far" }
            @if latest.is_empty() { p.quiet { "None yet." } } @else {
                div.scroll tabindex="0" {
                    table {
                        caption.hidden { "The latest imports" }
                        thead { tr {
                            th scope="col" { "Begun" } th scope="col" { "State" } th.number scope="col" { "Lines" }
                            th.number scope="col" { "Unchanged" } th.number scope="col" { "Faults" }
                        } }
                        tbody {
                            @for import in latest {
                                tr {
                                    th scope="row" { a href={ "/imports/" (import.id) } { (moment(Some(import.created_at))) } }
                                    td { span.state data-state=(colour(import.state)) { (word(import.state)) } }
                                    td.number { (import.lines) }
                                    td.number { (import.unchanged) }
                                    td.number { (import.faulty) }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// One import.
pub(crate) fn import(by: &Caller, import: &Import) -> Markup {
    page_signed_in(
        by,
        "Import",
        &html! {
            nav.quiet aria-label="Breadcrumb" { a href="/imports" { "Imports" } " / " (moment(Some(import.created_at))) }
            section.card data-until-done[!import.ended()] {
                h1 { (word(import.state)) " " span.state data-state=(colour(import.state)) { (import.lines) " lines" } }
                p.lead role="status" { (says(import)) }
                @if !import.ended() {
                    progress max=(import.parts * 2) value=(import.checked + import.finished) {}
                }
                @if import.faulty > 0 { (faults(&import.faults, import.faulty)) }
                p { a href="/" { "Connections" } " · " a href="/imports" { "Import more" } }
            }
        },
    )
}

/// What is wrong, line by line: the first hundred of them all.
pub(super) fn faults(faults: &[Fault], all: u64) -> Markup {
    let shown = faults.len().min(FAULTS_SHOWN);
    html! {
        h2 { (all) @if all == 1 { " fault" } @else { " faults" } }
        div.scroll tabindex="0" {
            table {
                caption.hidden { "What is wrong, line by line" }
                thead { tr { th.number scope="col" { "Line" } th scope="col" { "What is wrong" } th scope="col" { "Code" } } }
                tbody {
                    @for fault in &faults[..shown] {
                        tr { td.number { (fault.line) } td { (fault.why) } td { code { (fault.code) } } }
                    }
                }
            }
        }
        @if all > shown as u64 { p.quiet { "And " (all - shown as u64) " more." } }
    }
}

fn says(import: &Import) -> String {
    match import.state {
        State::Checking => format!(
            "Amazon is asked about each line: {} of {} parts are checked. Nothing is imported yet.",
            import.checked, import.parts
        ),
        State::Storing => {
            format!("No fault was found. {} of {} parts are stored.", import.finished, import.parts)
        }
        State::Refused => {
            "Nothing of this file was imported. Mend the lines below and import it again.".to_owned()
        }
        State::Done => {
            let new = import.lines - import.unchanged - import.faulty;
            format!("{new} accounts are connected; {} were so already.", import.unchanged)
        }
    }
}

fn word(state: State) -> &'static str {
    match state {
        State::Checking => "Checking",
        State::Storing => "Storing",
        State::Refused => "Nothing imported",
        State::Done => "Imported",
    }
}

fn colour(state: State) -> &'static str {
    match state {
        State::Checking | State::Storing => "pending",
        State::Refused => "needs_reconnect",
        State::Done => "active",
    }
}
