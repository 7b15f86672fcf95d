//! The queues: what waits, what was given up, and why.

use super::layout::{button, page_signed_in};
use super::moment;
use crate::caller::Caller;
use crate::queues::Done;
use maud::{Markup, html};
use sellerport_core::redrive::{PARKED_LISTED, ParkedView, Redriven, Standing};

/// The page.
pub(crate) fn queues(by: &Caller, queues: &[Standing], done: Option<&Done>) -> Markup {
    page_signed_in(
        by,
        "Queues",
        &html! {
            section.card {
                h1 { "Queues" }
                @if let Some(done) = done { p.lead role="status" { (told(done)) } }
                p { "A message that fails five times becomes a dead letter and waits 14 days. Find the cause first: the " a href="/doctor" { "doctor" } " and the functions' logs name it. Then send them again: nothing is fetched or stored twice by it, and what is out of date is dropped." }
                div.scroll tabindex="0" {
                    table {
                        caption.hidden { "How many messages each queue holds" }
                        thead { tr {
                            th scope="col" { "Queue" } th scope="col" { "Waiting" } th scope="col" { "In flight" }
                            th scope="col" { "Delayed" } th scope="col" { "Dead letters" }
                        } }
                        tbody { @for queue in queues { (line(by, queue)) } }
                    }
                }
                p.quiet { "SQS counts approximately, and may lag a minute behind." }
            }
            @for queue in queues.iter().filter(|queue| !queue.parked.is_empty()) { (parked(by, queue)) }
        },
    )
}

fn told(done: &Done) -> String {
    match done {
        Done::Redriven(queue, Redriven { moved: 0, .. }) => {
            format!("There was no dead letter of {} to send again. Nothing changed.", queue.as_str())
        }
        Done::Redriven(queue, Redriven { moved, more }) => {
            let more = if *more { " There may be more: send them again once more." } else { "" };
            format!("{} sent to {} again.{more}", counted(*moved), queue.as_str())
        }
        Done::Retried(queue, true) => format!("The message was sent to {} again.", queue.as_str()),
        Done::Retried(queue, false) => {
            format!("That message of {} is not parked any more. Nothing changed.", queue.as_str())
        }
    }
}

fn counted(letters: usize) -> String {
    if letters == 1 { "1 dead letter was".to_owned() } else { format!("{letters} dead letters were") }
}

fn line(by: &Caller, queue: &Standing) -> Markup {
    html! {
        tr data-queue=(queue.name) {
            th scope="row" { (queue.name) br; span.quiet { (queue.holds) } }
            td { (queue.depth.waiting) }
            td { (queue.depth.in_flight) }
            td { (queue.depth.delayed) }
            td {
                @match queue.depth.dead {
                    Some(0) => "0",
                    Some(dead) => {
                        (dead) " "
                        @if by.may_change().is_ok() {
                            (button(by, &format!("/queues/{}/redrive", queue.name), "Send them again", "plain"))
                        }
                    }
                    None => span.quiet { "None are kept, for they would hold secrets. The old secret works on for a week; Amazon sends a new one when rotation asks again, or paste one under " a href="/applications" { "Applications" } "." },
                }
            }
        }
    }
}

fn parked(by: &Caller, queue: &Standing) -> Markup {
    html! {
        section.card {
            h2 { "Parked messages of " (queue.name) }
            p.quiet { "No retry could help them, so they were set aside for 14 days. What they say is not shown." }
            @if queue.more_parked { p { "There are more than these " (PARKED_LISTED) "." } }
            div.scroll tabindex="0" {
                table {
                    caption.hidden { "Parked messages of " (queue.name) }
                    thead { tr {
                        th scope="col" { "When" } th scope="col" { "Why" } th scope="col" { "What it means, and what to do" }
                    } }
                    tbody { @for one in &queue.parked { (entry(by, queue, one)) } }
                }
            }
        }
    }
}

fn entry(by: &Caller, queue: &Standing, one: &ParkedView) -> Markup {
    html! {
        tr data-message=(one.message_id) {
            td { (moment(Some(one.parked_at))) }
            th scope="row" { code { (one.reason) } br; span.quiet { (one.message_id) } }
            td {
                (one.meaning.says) " " (one.meaning.fix)
                @if !one.retriable { " " span.quiet { "It was not kept whole, so it cannot be sent again." } }
                @else if by.may_change().is_ok() {
                    p { (button(by, &format!("/queues/{}/parked/{}/retry", queue.name, one.message_id), "Try again", "plain")) }
                }
            }
        }
    }
}
