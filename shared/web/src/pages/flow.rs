//! How a connection's data flows: what landed in the last day, how far it is behind, how far back it reaches,
//! and what is left of Amazon's quotas.

use super::chart::{bars, line};
use super::plain::{behind, grouped, history, refill};
use crate::view::{ConnectionView, StreamView};
use maud::{Markup, html};
use sellerport_core::domains::ORDERS;
use sellerport_core::quota::Budget;
use sellerport_core::stream::Hour;

/// The height of the chart stands for an hour behind at least: what is usual stays low.
const LAG_SCALE_MIN: u64 = 60;

/// The card of the streams.
pub(super) fn flow(view: &ConnectionView) -> Markup {
    html! {
        @if !view.streams.is_empty() {
            section #flow .card data-renew {
                h2 { "Flow" }
                @if let [stream] = view.streams.as_slice() {
                    h3 { (stream.domain) }
                    (one(stream))
                } @else {
                    // Two dozen domains are too much to look at: the first is open, the others open at a click.
                    @for stream in &view.streams {
                        details open[stream.domain == ORDERS.name] {
                            summary { strong { (stream.domain) } ": " (grouped(stream.records)) " records, " (history(stream)) }
                            (one(stream))
                        }
                    }
                }
            }
        }
    }
}

fn one(stream: &StreamView) -> Markup {
    let records: Vec<_> = stream.hours.iter().map(|hour| hour.records).collect();
    // An hour without a call tells nothing about how far behind it was.
    let lag: Vec<_> = stream.hours.iter().map(|hour| (hour.calls > 0).then_some(hour.lag_min)).collect();
    let (all, most) = (records.iter().sum::<u64>(), records.iter().copied().max().unwrap_or_default());
    let landed = format!("{} in 24 hours, at most {} in one", grouped(all), grouped(most));
    let longest = match lag.iter().flatten().max() {
        Some(longest) => format!("at most {} before a fetch, now {}", grouped(*longest), behind(stream)),
        None => "no call in 24 hours".to_owned(),
    };
    let reaches = history(stream);
    let progress = format!("history-{}", stream.domain);
    html! {
        div.charts {
            figure {
                figcaption { strong { "Records an hour: " } (landed) }
                (bars(&format!("Records of {} an hour: {landed}", stream.domain), &records))
                (ends())
            }
            figure {
                figcaption { strong { "Minutes behind: " } (longest) }
                (line(&format!("Minutes that {} was behind: {longest}", stream.domain), &lag, LAG_SCALE_MIN))
                (ends())
            }
        }
        p.history {
            label for=(progress) { "History" }
            progress id=(progress) max="100" value=(stream.history_percent) { (stream.history_percent) " %" }
            span.quiet { (reaches) }
        }
        details {
            summary { "The last 24 hours in figures" }
            (figures(&stream.hours))
        }
    }
}

/// What the left and the right end of a chart stand for; its label says it to whoever does not see it.
fn ends() -> Markup {
    html! { div.ends.quiet aria-hidden="true" { span { "a day ago" } span { "now" } } }
}

fn figures(hours: &[Hour]) -> Markup {
    let when = |ago: usize| match ago {
        0 => "this hour".to_owned(),
        1 => "an hour ago".to_owned(),
        _ => format!("{ago} hours ago"),
    };
    html! {
        div.scroll tabindex="0" {
            table {
                caption.hidden { "Records, calls and the longest lag of each hour, the latest first" }
                thead { tr {
                    th scope="col" { "When" }
                    th.number scope="col" { "Records" }
                    th.number scope="col" { "Calls" }
                    th.number scope="col" { "Minutes behind at most" }
                } }
                tbody {
                    @for (ago, hour) in hours.iter().rev().enumerate() {
                        tr {
                            th scope="row" { (when(ago)) }
                            td.number { (hour.records) }
                            td.number { (hour.calls) }
                            td.number { @if hour.calls > 0 { (hour.lag_min) } @else { "–" } }
                        }
                    }
                }
            }
        }
    }
}

/// The card of Amazon's token buckets.
pub(super) fn budget(view: &ConnectionView) -> Markup {
    let budget = view.budget.as_deref().unwrap_or_default();
    html! {
        section #budget .card data-renew {
            h2 { "Budget" }
            @if budget.is_empty() {
                p { "No call was made for this account lately." }
            } @else {
                div.scroll tabindex="0" {
                    table {
                        caption.hidden { "What is left of Amazon's quota for each operation that was called" }
                        thead { tr {
                            th scope="col" { "Operation" }
                            th scope="col" { "Calls left" }
                            th scope="col" { "Refill" }
                            th.number scope="col" { "Calls this month" }
                            th.number scope="col" { "429s" }
                        } }
                        tbody { @for one in budget { (bucket(one)) } }
                    }
                }
                p.quiet { "Amazon gives each account a number of calls at once and refills it steadily. One is always spared and a few are kept for people, so that no call is refused and a page stays quick beside a long history." }
            }
        }
    }
}

fn bucket(budget: &Budget) -> Markup {
    let (name, api) = budget.operation.split_once('@').unwrap_or((&budget.operation, ""));
    let left = format!("{} of {}", budget.left, budget.burst);
    html! {
        tr data-bucket=(name) {
            th scope="row" {
                code { (name) } br; span.quiet { (api) }
                @if budget.learned {
                    p.quiet { strong { "Learned: " } "Amazon refused calls, so less is used than it publishes." }
                }
            }
            td.left {
                progress max=(budget.burst) value=(budget.left.min(budget.burst)) aria-label={ "Calls left of " (name) } { (left) }
                " " (left)
            }
            td { (refill(budget.rate)) }
            td.number { (grouped(budget.calls)) }
            td.number { (grouped(budget.throttled)) }
        }
    }
}
