//! One page: read, landed, and the stream's place moved on behind it.

use super::hold::Hold;
use crate::call::Reply;
use crate::deliver::Delivery;
use crate::ports::{Bus, Clock, Lake};
use crate::secret::Digest;
use crate::stream::{TOKENS_SEEN, Walk};
use crate::task::Failure;

/// Pages of one walk; Amazon's largest answer is far below (F25).
const WALK_PAGES_MAX: u32 = 10_000;

/// What one page led to.
pub(super) enum Step {
    /// The next page may follow at once.
    More,
    /// The window is finished.
    WindowDone,
    /// Nothing landed, and why; the place is as before.
    Setback(&'static str),
}

/// Lands a page: first the records, then the place in memory. The caller writes the row.
pub(super) async fn land(
    cloud: &(impl Lake + Bus + Clock),
    hold: &mut Hold,
    walk: Walk,
    reply: &Reply,
) -> Result<Step, Failure> {
    let Ok(page) = (hold.domain.read)(&reply.body) else {
        return Ok(Step::Setback("Amazon's answer could not be read; it is asked again."));
    };
    let digest = page.next.as_deref().map(|token| Digest::of(token).as_str()[..16].to_owned());
    let circles = digest.as_ref().is_some_and(|digest| walk.tokens_seen.contains(digest));
    if circles || walk.page > WALK_PAGES_MAX {
        // The cursor stays where it is, so that no record is passed over.
        hold.stream.value.walk = None;
        return Ok(Step::Setback(
            "Amazon's pages go in circles; the window is read again from its beginning.",
        ));
    }
    let now = cloud.now();
    let delivery = Delivery {
        connection: &hold.connection,
        domain: hold.domain,
        walk: &walk,
        fetched_at: now,
        request_id: &reply.request_id,
    };
    delivery.land(cloud, &page.found).await?;

    let stream = &mut hold.stream.value;
    stream.counters.pages += 1;
    stream.counters.records += page.found.len() as u64;
    if !page.found.is_empty() {
        stream.counters.objects += 1;
        stream.last_landed = Some(now);
    }
    stream.trouble = None;
    stream.refused_serial = None;
    let (Some(token), Some(digest)) = (page.next, digest) else {
        stream.arrive(walk, now);
        return Ok(Step::WindowDone);
    };
    let mut tokens_seen = walk.tokens_seen;
    tokens_seen.push(digest);
    let surplus = tokens_seen.len().saturating_sub(TOKENS_SEEN);
    tokens_seen.drain(..surplus);
    stream.walk = Some(Walk { page: walk.page + 1, token: Some(token), tokens_seen, ..walk });
    Ok(Step::More)
}
