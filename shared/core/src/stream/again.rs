//! Fetching a stretch of the past again: a gap is closed, or a person wants it anew. It becomes a part of the history,
//! which comes after the present and is fetched newest first.

use super::plan::{midnight, present};
use super::{History, Stream, Window};
use crate::domains::{DAY, Domain};
use jiff::{SignedDuration, Timestamp};

/// Parts of the history at the same time: each weighs on the stream's row.
pub const PARTS_MAX: usize = 20;

/// Why a stretch is not fetched again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotAgain {
    /// The domain shows the present only.
    Picture,
    /// Nothing of it lies between what Amazon keeps and what has landed.
    Outside,
    /// [`PARTS_MAX`] are on their way.
    Full,
}

impl NotAgain {
    /// The same for people.
    pub fn says(self) -> &'static str {
        match self {
            Self::Picture => "Amazon shows only the present of this domain",
            Self::Outside => "nothing of it lies between what Amazon keeps and what has landed",
            Self::Full => "as many stretches are on their way as may be; wait until some have landed",
        }
    }
}

impl Stream {
    /// Has a stretch fetched again, for all stores, as far as Amazon keeps it. Whether the row changed: what is on its
    /// way already is not asked for twice.
    pub fn fetch_again(&mut self, domain: &Domain, wanted: Window, now: Timestamp) -> Result<bool, NotAgain> {
        if domain.is_picture() {
            return Err(NotAgain::Picture);
        }
        let cursor = self.cursor.ok_or(NotAgain::Outside)?;
        let floor = wanted.after.max(present(domain, now) - domain.lookback);
        let (floor, reached) = match domain.by_day {
            true => {
                (midnight(floor), midnight(wanted.before + DAY - SignedDuration::from_secs(1)).min(cursor))
            }
            false => (floor, wanted.before.min(cursor)),
        };
        if floor >= reached {
            return Err(NotAgain::Outside);
        }
        if self.history.iter().any(|part| part.floor <= floor && part.reached >= reached) {
            return Ok(false);
        }
        if self.history.len() >= PARTS_MAX {
            return Err(NotAgain::Full);
        }
        let piece_s = domain.source.first_piece(domain).as_secs();
        self.history.push(History { stores: self.covered.clone(), floor, reached, piece_s, walk: None });
        Ok(true)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domains::{INVENTORY, ORDERS, SALES};
    use crate::ids::{ConnectionId, TenantId};

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    /// A stream of which everything has landed.
    fn landed(domain: &'static Domain, now: Timestamp) -> Stream {
        let (tenant, connection) = (TenantId::parse("t").unwrap(), ConnectionId::parse("c").unwrap());
        let mut stream = Stream::new(&tenant, &connection, domain, 1, now);
        stream.begin(domain, &["US"], now);
        stream.history.clear();
        stream
    }

    #[test]
    fn a_stretch_that_is_fetched_again_is_covered_by_the_pieces_that_follow_and_no_more_is_fetched() {
        let now = at("2026-11-21T10:00:00Z");
        for domain in [&ORDERS, &SALES] {
            let mut stream = landed(domain, now);
            let wanted = Window { after: at("2026-10-01T05:00:00Z"), before: at("2026-10-20T05:00:00Z") };
            assert_eq!(stream.fetch_again(domain, wanted, now), Ok(true));
            assert_eq!(stream.fetch_again(domain, wanted, now), Ok(false), "once is enough");
            let mut pieces = Vec::new();
            while !stream.history.is_empty() {
                let mut part = stream.next_walk(domain, stream.cursor.unwrap()).unwrap();
                part.page = 1;
                stream.arrive(domain, &part, now);
                pieces.push(part.window);
            }
            assert!(pieces[0].before >= wanted.before && pieces.last().unwrap().after <= wanted.after);
            assert!(pieces.windows(2).all(|pair| pair[1].before >= pair[0].after), "{}", domain.name);
            assert!(pieces.last().unwrap().after > wanted.after - DAY);
        }
    }

    #[test]
    fn what_amazon_does_not_keep_or_is_still_to_come_is_not_asked_for() {
        let now = at("2026-11-21T10:00:00Z");
        let mut stream = landed(&ORDERS, now);
        let window = |after: &str, before: &str| Window { after: at(after), before: at(before) };
        for (after, before) in [
            ("2020-01-01T00:00:00Z", "2021-01-01T00:00:00Z"),
            ("2026-12-01T00:00:00Z", "2026-12-02T00:00:00Z"),
            ("2026-10-02T00:00:00Z", "2026-10-01T00:00:00Z"),
        ] {
            assert_eq!(stream.fetch_again(&ORDERS, window(after, before), now), Err(NotAgain::Outside));
        }
        let wide = window("2020-01-01T00:00:00Z", "2030-01-01T00:00:00Z");
        assert_eq!(stream.fetch_again(&ORDERS, wide, now), Ok(true));
        assert_eq!(stream.history[0].floor, at("2026-11-21T09:58:00Z") - ORDERS.lookback);
        assert_eq!(stream.history[0].reached, stream.cursor.unwrap());
        assert_eq!(landed(&INVENTORY, now).fetch_again(&INVENTORY, wide, now), Err(NotAgain::Picture));
        let mut full = landed(&ORDERS, now);
        let hour = SignedDuration::from_hours(1);
        let nth = |n: i32| Window { after: now - hour * (n + 2), before: now - hour * (n + 1) };
        let asked = (0..30).map(|n| full.fetch_again(&ORDERS, nth(n), now));
        assert_eq!(asked.filter(|one| *one == Err(NotAgain::Full)).count(), 30 - PARTS_MAX);
    }
}
