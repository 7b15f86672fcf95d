//! What landed of one domain: whether anything is missing, each window, what was odd, and totals beside their rows.

use super::layout::page_signed_in;
use super::moment;
use super::plain::{count, grouped, length};
use crate::caller::Caller;
use crate::form::TOKEN_FIELD;
use crate::landed::{CountView, CountedView, LandedView, SumView, WindowView};
use maud::{Markup, html};
use sellerport_core::connection::Connection;
use sellerport_core::marketplaces::by_id;
use sellerport_core::stream::{Damaged, Gap, Oddities, Way};

/// The page.
pub fn landed(by: &Caller, of: &Connection, view: &LandedView) -> Markup {
    let title = format!("What landed of {}", view.domain);
    let here = format!("/connections/{}/landed/{}", view.connection, view.domain);
    page_signed_in(
        by,
        &title,
        &html! {
            nav.quiet aria-label="Breadcrumb" {
                a href="/" { "Connections" } " / " a href={ "/connections/" (view.connection) } { (of.seller) } " / " (view.domain)
            }
            section.card {
                h1 { (title) }
                @if view.picture { (picture(view)) } @else { (cover(by, view, &here)) }
                p.quiet { "The same as JSON: " code { "/api" (here) } }
            }
            (sums(view))
            (windows(view, &here))
        },
    )
}

fn picture(view: &LandedView) -> Markup {
    html! {
        @match view.picture_at {
            Some(at) => p.lead { "The last whole picture landed " (moment(Some(at))) "." },
            None => p.lead { "No whole picture is among these passes." },
        }
        p.quiet { "Amazon shows only the present of it, so there is no time between two passes that could be missing." }
    }
}

fn cover(by: &Caller, view: &LandedView, here: &str) -> Markup {
    let coverage = &view.coverage;
    html! {
        @match (coverage.checked_from, coverage.gaps.is_empty()) {
            (None, _) => p.lead { "Nothing has landed yet." },
            (Some(from), true) => p.lead data-gaps="0" { "No gap since " (moment(Some(from))) ", up to " (moment(coverage.checked_until)) "." },
            (Some(from), false) => {
                p.lead role="alert" data-gaps=(coverage.gaps.len()) {
                    (count(i64::try_from(coverage.gaps.len()).unwrap_or(i64::MAX), "gap")) " since " (moment(Some(from))) ":"
                }
                ul {
                    @for gap in &coverage.gaps {
                        li {
                            (moment(Some(gap.window.after))) " to " (moment(Some(gap.window.before))) " in " (stores(&gap.stores)) " "
                            @if by.may_change().is_ok() { (again(by, here, gap)) }
                        }
                    }
                }
                p.notice { (view.remedy) }
            },
        }
        @if view.complete_until > coverage.checked_until && coverage.checked_until.is_some() {
            p.quiet { "From there to " (moment(view.complete_until)) " nothing was found." }
        }
        @for part in &view.history {
            p { "On its way, newest first: what lies before " (moment(Some(part.until))) " back to " (moment(Some(part.from))) " in " (stores(&part.stores)) "." }
        }
    }
}

fn again(by: &Caller, here: &str, gap: &Gap) -> Markup {
    html! {
        form.inline method="post" action={ (here) "/again" } {
            input type="hidden" name=(TOKEN_FIELD) value=(by.form_token());
            input type="hidden" name="after" value=(gap.window.after);
            input type="hidden" name="before" value=(gap.window.before);
            button type="submit" { "Fetch it again" }
        }
    }
}

fn windows(view: &LandedView, here: &str) -> Markup {
    html! {
        section.card {
            h2 { "Windows" }
            @if view.windows.is_empty() { p { "None." } } @else {
                p.quiet { "Each is noted when its last page has landed. They overlap, so that what Amazon shows late is found." }
                div.scroll tabindex="0" {
                    table {
                        caption.hidden { "Windows of " (view.domain) " that have landed, the newest first" }
                        thead { tr {
                            th scope="col" { "From" }
                            th scope="col" { "To" }
                            th scope="col" { "Way" }
                            th scope="col" { "Stores" }
                            th.number scope="col" { "Pages" }
                            th.number scope="col" { "Records" }
                            th scope="col" { "Landed" }
                        } }
                        tbody { @for window in &view.windows { (line(window)) } }
                    }
                }
            }
            @if let Some(next) = &view.next {
                p { a href={ (here) "?after=" (escaped(next)) } { "Older windows" } }
            }
        }
    }
}

/// A place as it goes into a query: it holds `#` and `:`.
fn escaped(place: &str) -> String {
    form_urlencoded::byte_serialize(place.as_bytes()).collect()
}

fn line(window: &WindowView) -> Markup {
    let mut odd = window.odd.as_ref().map(|odd| notes(odd, window.aside.as_deref())).unwrap_or_default();
    odd.extend(window.counted.as_ref().map(counted));
    if window.quiet > 0 {
        let windows = count(i64::from(window.quiet), "window");
        odd.push(html! { (windows) " without a record " @if window.quiet == 1 { "is" } @else { "are" } " told in this line." });
    }
    html! {
        tr {
            td { (moment(Some(window.window.after))) }
            td { (moment(Some(window.window.before))) }
            td { (way(window.way)) }
            td { (stores(&window.stores)) }
            td.number { (window.pages) }
            td.number { (grouped(window.records)) }
            td {
                (moment(Some(window.landed_at)))
                @if window.took_s >= SHORT_S { br; span.quiet { "took " (length(window.took_s)) } }
            }
        }
        @if !odd.is_empty() {
            tr.beneath { td colspan="7" { ul { @for note in odd { li { (note) } } } } }
        }
    }
}

/// A complete list beside Amazon's own report.
fn counted(counted: &CountedView) -> Markup {
    let of = |one: CountView| html! { (grouped(one.things)) " SKUs with " (grouped(one.units)) " units" };
    html! {
        @if counted.differs { strong { "Differs" } ": the " } @else { "The " }
        "complete list held " (of(counted.listed)) ", Amazon's report " (of(counted.reported)) "."
    }
}

/// What took less than so many seconds is not worth a line.
const SHORT_S: i64 = 60;

fn way(way: Way) -> &'static str {
    match way {
        Way::Onward => "onward",
        Way::Sweep => "sweep, for what came late",
        Way::History => "history",
        Way::Named => "one thing that a notification named",
        Way::Check => "counted only, by Amazon's own report",
    }
}

/// Stores by their countries.
fn stores(ids: &[String]) -> String {
    let country = |id: &String| by_id(id).map_or(id.clone(), |store| store.country.to_owned());
    ids.iter().map(country).collect::<Vec<_>>().join(", ")
}

/// What was odd, in plain words.
fn notes(odd: &Oddities, aside: Option<&str>) -> Vec<Markup> {
    let (missing, new): (Vec<&str>, Vec<&str>) =
        odd.columns.iter().map(String::as_str).partition(|name| name.starts_with('-'));
    let mut notes = Vec::new();
    if !new.is_empty() {
        notes.push(html! { "New at Amazon: " (names(&new)) ". It is kept in each record's payload." });
    }
    if !missing.is_empty() {
        notes.push(html! { "Did not come: " (names(&missing)) "." });
    }
    if let Some(place) = aside {
        let reasons = odd.reasons.iter().map(|(reason, lines)| format!("{reason}: {lines}"));
        let reasons = reasons.collect::<Vec<_>>().join(", ");
        notes.push(html! {
            strong { (lines(odd.rows)) " set aside" } @if !reasons.is_empty() { " (" (reasons) ")" }
            ": number, reason and the line as it came in " code { (place) }
        });
    }
    notes.extend(odd.damaged.iter().map(damaged));
    if odd.otherwise > 0 {
        notes.push(html! { (lines(odd.otherwise)) " no valid UTF-8, in a document that is; read in the store's usual characters." });
    }
    if odd.keyless > 0 {
        let records = count(i64::try_from(odd.keyless).unwrap_or(i64::MAX), "record");
        notes.push(html! { (records) " without a key: nothing tells whether one of them comes twice." });
    }
    if odd.unsummed > 0 {
        notes.push(
            html! { "More totals than are kept for one window; " (odd.unsummed) " or more are not shown." },
        );
    }
    if !odd.charset.is_empty() {
        notes.push(html! { "Characters: " (odd.charset) (because(&odd.because)) });
    }
    notes
}

fn names(names: &[&str]) -> Markup {
    html! {
        @for (place, name) in names.iter().enumerate() {
            @if place > 0 { ", " } code { (name.trim_start_matches('-')) }
        }
    }
}

fn lines(lines: u64) -> String {
    if lines == 1 { "1 line was".to_owned() } else { format!("{} lines were", grouped(lines)) }
}

fn damaged(one: &Damaged) -> Markup {
    let (marks, lost) = (one.question_marks, one.replacement_characters);
    html! {
        "Characters that may be lost in "
        @if one.column.is_empty() { "its lines" } @else { code { (one.column) } }
        ": " @if marks > 0 { (grouped(marks)) " × ?" } @if marks > 0 && lost > 0 { ", " } @if lost > 0 { (grouped(lost)) " × \u{fffd}" }
        ". Amazon writes ? for what it cannot write; people do too."
    }
}

fn because(word: &str) -> &'static str {
    match word {
        "declared" => ", as the storage says.",
        "mark" => ", by the document's own mark.",
        "valid" => ", which it is from end to end.",
        "store" => ", the store's usual, for it is no UTF-8.",
        "ascii" => ": plain ones only, the same everywhere.",
        _ => ".",
    }
}

/// Each total once, as it was read last.
fn sums(view: &LandedView) -> Markup {
    let mut all: Vec<&SumView> = Vec::new();
    for sum in view.windows.iter().flat_map(|window| &window.sums) {
        if !all.iter().any(|known| known.of == sum.of) {
            all.push(sum);
        }
    }
    html! {
        @if !all.is_empty() {
            section #sums .card {
                h2 { "Totals beside their rows and transactions" }
                div.scroll tabindex="0" {
                    table {
                        caption.hidden { "What each statement says it comes to, and what its rows and its transactions come to" }
                        thead { tr {
                            th scope="col" { "Statement" }
                            th scope="col" { "Verdict" }
                            th.number scope="col" { "Its own total" }
                            th.number scope="col" { "Sum of its rows" }
                            th.number scope="col" { "Rows" }
                            th scope="col" { "Against transactions" }
                            th.number scope="col" { "Sum of transactions" }
                        } }
                        tbody {
                            @for sum in all {
                                tr data-sum=(sum.of) {
                                    th scope="row" { (sum.of) }
                                    td { @match sum.agrees {
                                        Some(true) => span.state data-state="ok" { (sum.says) },
                                        Some(false) => span role="alert" { span.state data-state="failed" { "differs" } " " (sum.says) },
                                        None => { span.state data-state="warning" { "unknown" } " " (sum.says) },
                                    } }
                                    td.number { (sum.total.as_deref().unwrap_or("–")) " " (sum.currency) }
                                    td.number { (sum.rows) " " (sum.currency) }
                                    td.number { (grouped(sum.lines)) }
                                    td { @match (sum.transactions_agree, &sum.transactions_difference) {
                                        (Some(false), Some(by)) => span role="alert" { span.state data-state="failed" { "differs" } " by " (by) " " (sum.currency) },
                                        (Some(_), _) => span.state data-state="ok" { "agrees" },
                                        _ if sum.transactions.is_some() => span.state data-state="warning" { "unknown" },
                                        _ => span.quiet { "not counted yet" },
                                    } }
                                    td.number { @if let Some(all) = &sum.transactions {
                                        (all) " " (sum.currency) " in " (grouped(sum.transactions_counted.unwrap_or_default()))
                                    } }
                                }
                            }
                        }
                    }
                }
                p.quiet {
                    "Transactions are counted two days after a statement landed, when Amazon tells all of them; what Amazon \
                     keeps back of a statement is no transaction. One by one: the view " code { "settlement_check" } " of docs/views.sql, or " code { "make query" } "."
                }
            }
        }
    }
}
