//! A day of one stream's records: what is shaped in one piece.

use crate::ids::{ConnectionId, TenantId};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

/// A pass that began on a day may land records this much longer (fetch and its page tokens live a day at most).
const LONGEST_PASS: SignedDuration = SignedDuration::from_hours(24);

/// And another hour, for a worker that is slow and clocks that differ.
const GRACE: SignedDuration = SignedDuration::from_hours(1);

/// A folder of landed records.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Day {
    /// Whose records.
    pub tenant: TenantId,
    /// Of which connection.
    pub connection: ConnectionId,
    /// Of which domain.
    pub domain: String,
    /// The day on which the pass began that landed them, in UTC.
    pub date: Date,
}

impl Day {
    /// The day that an object lies in; nothing where the key is not one of a landed record.
    pub fn of_object(key: &str) -> Option<Self> {
        let mut parts = key.strip_prefix("records/")?.split('/');
        let mut part = |name: &str| parts.next()?.strip_prefix(name)?.strip_prefix('=').map(str::to_owned);
        let (domain, tenant) = (part("domain")?, part("tenant")?);
        let (connection, date) = (part("connection")?, part("date")?);
        Some(Self {
            tenant: TenantId::parse(&tenant).ok()?,
            connection: ConnectionId::parse(&connection).ok()?,
            domain,
            date: date.parse().ok()?,
        })
    }

    /// Where its records are.
    pub fn records(&self) -> String {
        let Self { tenant, connection, domain, date } = self;
        format!("records/domain={domain}/tenant={tenant}/connection={connection}/date={date}/")
    }

    /// Where its rows of a table are. The date stands first, so that Athena needs to know dates alone.
    pub fn rows(&self, table: &str) -> String {
        let Self { tenant, connection, date, .. } = self;
        format!("tables/{table}/date={date}/tenant={tenant}/connection={connection}/")
    }

    /// One part of its rows of a table, from 0.
    pub fn part(&self, table: &str, number: u32) -> String {
        format!("{}part-{number:05}.parquet", self.rows(table))
    }

    /// When nothing more lands in it.
    pub fn closes(&self) -> Timestamp {
        let midnight = self.date.tomorrow().and_then(|next| next.to_zoned(TimeZone::UTC));
        midnight.map_or(Timestamp::MAX, |midnight| midnight.timestamp() + LONGEST_PASS + GRACE)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_landed_object_names_its_day_and_nothing_else_does() {
        let key = "records/domain=orders/tenant=main/connection=c1/date=2026-11-20/x-00001.ndjson.gz";
        let day = Day::of_object(key).unwrap();
        assert_eq!(day.records(), &key[..key.rfind('/').unwrap() + 1]);
        assert_eq!(
            day.part("order_items", 7),
            "tables/order_items/date=2026-11-20/tenant=main/connection=c1/part-00007.parquet"
        );
        assert_eq!(day.closes().to_string(), "2026-11-22T01:00:00Z");
        for other in ["tables/orders/date=2026-11-20/x", "records/domain=orders", "records/a/b/c/d", ""] {
            assert_eq!(Day::of_object(other), None, "{other}");
        }
    }
}
