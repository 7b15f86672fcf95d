//! One page: read, landed, and the stream's place moved on behind it.

use super::hold::Hold;
use crate::call::Reply;
use crate::deliver::Delivery;
use crate::domains::Page;
use crate::ports::{Bus, Clock, Lake, Table};
use crate::secret::Digest;
use crate::stream::Walk;
use crate::tables::agenda::mark;
use crate::task::Failure;
use jiff::SignedDuration;

/// Pages of one walk; Amazon's largest answer is far below (F25).
const WALK_PAGES_MAX: u32 = 10_000;

/// Digests remembered to notice a walk in circles, two for each page: its token and its content.
const SEEN_KEPT: usize = 16;

const UNREADABLE: &str = "Amazon's answer could not be read; it is asked again.";
const CIRCLES: &str = "Amazon's pages go in circles; the window is read again from its beginning.";

/// Lands a page: first the records, then the place in memory. The caller writes the row. A page that cannot be
/// used lands nothing, and why.
pub(super) async fn land(
    cloud: &(impl Table + Lake + Bus + Clock),
    hold: &mut Hold,
    walk: &Walk,
    reply: &Reply,
) -> Result<Result<(), &'static str>, Failure> {
    let Ok(page) = (hold.domain.read)(&reply.body) else { return Ok(Err(UNREADABLE)) };
    let digests = digests(&page);
    // A last page that comes again ends the walk all the same.
    let again = page.next.is_some() && digests.iter().any(|digest| walk.seen.contains(digest));
    if again || walk.page > WALK_PAGES_MAX {
        // The cursor stays where it is, so that no record is passed over.
        hold.stream.value.give_up(walk.clone(), false);
        return Ok(Err(CIRCLES));
    }
    let now = cloud.now();
    let delivery = Delivery {
        connection: &hold.connection,
        domain: hold.domain,
        walk,
        fetched_at: now,
        request_id: &reply.request_id,
    };
    if !page.found.is_empty() {
        // Before they land: what is there is on the list of what becomes a table.
        let key = delivery.object_key();
        hold.stream.value.shape_day = mark(cloud, hold.stream.value.shape_day, &key).await?;
    }
    delivery.land(cloud, &page.found).await?;

    let records = page.found.len() as u64;
    hold.landed += records;
    hold.dirty = true;
    let stream = &mut hold.stream.value;
    stream.counters.pages += 1;
    stream.counters.records += records;
    stream.hours.count(now, records, 0, SignedDuration::ZERO);
    if records > 0 {
        stream.counters.objects += 1;
        stream.last_landed = Some(now);
    }
    stream.trouble = None;
    stream.refused_serial = None;
    let mut walk = Walk { found: walk.found + records, ..walk.clone() };
    match page.next {
        None => stream.arrive(&walk, now),
        token => {
            walk.seen.extend(digests);
            let surplus = walk.seen.len().saturating_sub(SEEN_KEPT);
            walk.seen.drain(..surplus);
            stream.walk_on(Walk { page: walk.page + 1, token, token_at: Some(now), ..walk });
        }
    }
    Ok(Ok(()))
}

/// What tells that a page was here before: the token of the next one, and what it holds. An empty page is like
/// any other empty one.
fn digests(page: &Page) -> Vec<String> {
    let short = |text: &str| Digest::of(text).as_str().chars().take(16).collect();
    let mut digests: Vec<String> = page.next.iter().map(|token| short(token)).collect();
    if !page.found.is_empty() {
        let all: String = page.found.iter().map(|found| found.payload.get()).collect();
        digests.push(short(&all));
    }
    digests
}
