//! Who watches: every effect passes by here, and what breaks an invariant is written down.

use super::covered::{Covered, PROGRESS, covered, pace};
use super::landed::Landed;
use jiff::{SignedDuration, Timestamp};
use sellerport_core::store::{Key, Row, TableName, Write, decode};
use sellerport_core::stream::Stream;
use sellerport_simulator::{Shown, World};
use serde_json::Value;
use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet};

/// After a connection stopped, a call that was under way may still arrive for this long (I9).
const STOPPED: SignedDuration = SignedDuration::from_secs(60);
/// What is watched record by record as it lands. The other domains are held against the truth at the end.
const ORDERS: &str = "records/domain=orders/";
/// While Amazon fails a connection, it is asked at most once in this time (I12).
const PROBE: SignedDuration = SignedDuration::from_secs(60);

/// A connection as its row says.
#[derive(Debug, Clone)]
pub(super) struct Vessel {
    /// Its seller.
    pub(super) seller: String,
    /// Its status.
    pub(super) status: String,
    /// Since when.
    pub(super) since: Timestamp,
}

/// A stream as its row says.
#[derive(Debug, Clone)]
pub(super) struct Course {
    /// Its connection.
    pub(super) connection: String,
    /// Its domain.
    pub(super) domain: String,
    /// What it claims.
    pub(super) covered: Option<Covered>,
    /// How long it means to rest between two passes.
    pub(super) rests: SignedDuration,
    /// How far behind it may be.
    pub(super) allowed: SignedDuration,
    /// Whether something keeps it from moving.
    pub(super) troubled: bool,
    fence: u64,
    worker: Option<u64>,
    progress: Vec<Value>,
}

/// The watch.
#[derive(Debug)]
pub(super) struct Watch {
    world: World,
    begun: Timestamp,
    /// What was broken: the invariant, and how.
    pub(super) violations: RefCell<Vec<(&'static str, String)>>,
    /// Faults that befell something, by their names.
    pub(super) faults: RefCell<BTreeMap<String, u64>>,
    /// The connections, by id.
    pub(super) vessels: RefCell<BTreeMap<String, Vessel>>,
    /// The streams.
    pub(super) courses: RefCell<BTreeMap<Key, Course>>,
    /// What has landed.
    pub(super) lake: RefCell<Landed>,
    /// The sellers who withdrew their grant.
    pub(super) revoked: RefCell<BTreeSet<String>>,
    /// Events published.
    pub(super) published: Cell<u64>,
    /// Calls for orders, by hour of the voyage.
    pub(super) calls: RefCell<BTreeMap<i64, u64>>,
    /// Calls that Amazon's bucket refused, though no fault said so: when, and whose call of which operation.
    pub(super) throttled: RefCell<Vec<String>>,
    /// When all at once shows that was late.
    pub(super) clears: Cell<Option<Timestamp>>,
    /// The first page that a seller was asked for since his stream last came on.
    first_page: RefCell<BTreeMap<String, Timestamp>>,
    failed: RefCell<BTreeMap<String, Timestamp>>,
}

impl Watch {
    /// Nothing seen yet.
    pub(super) fn new(world: World) -> Self {
        Self {
            begun: world.now(),
            world,
            violations: RefCell::default(),
            faults: RefCell::default(),
            vessels: RefCell::default(),
            courses: RefCell::default(),
            lake: RefCell::default(),
            revoked: RefCell::default(),
            published: Cell::default(),
            calls: RefCell::default(),
            throttled: RefCell::default(),
            clears: Cell::default(),
            first_page: RefCell::default(),
            failed: RefCell::default(),
        }
    }

    /// When the voyage began.
    pub(super) fn begun(&self) -> Timestamp {
        self.begun
    }

    /// Writes a broken invariant down.
    pub(super) fn broken(&self, invariant: &'static str, at: Timestamp, how: &str) {
        self.violations.borrow_mut().push((invariant, format!("{at} {how}")));
    }

    /// Counts a fault.
    pub(super) fn befell(&self, what: &str) {
        let mut faults = self.faults.borrow_mut();
        match faults.get_mut(what) {
            Some(count) => *count += 1,
            None => drop(faults.insert(what.to_owned(), 1)),
        }
    }

    /// A call for orders was sent.
    pub(super) fn called(&self, seller: &str, first: bool, at: Timestamp) {
        let hour = at.duration_since(self.begun).as_hours();
        *self.calls.borrow_mut().entry(hour).or_default() += 1;
        if first {
            self.first_page.borrow_mut().entry(seller.to_owned()).or_insert(at);
        }
        if let Some(stopped) = self.stopped(seller).filter(|stopped| at > stopped.since + STOPPED) {
            let how = format!("{seller} is called, {} since {}", stopped.status, stopped.since);
            self.broken("I9", at, &how);
        }
        if let Some(before) = self.failed.borrow_mut().remove(seller)
            && at < before + PROBE
        {
            self.broken("I12", at, &format!("{seller} is asked again, Amazon failed him at {before}"));
        }
    }

    /// The connection of a seller, if none of his works. One whose consent was never finished says nothing.
    fn stopped(&self, seller: &str) -> Option<Vessel> {
        let vessels = self.vessels.borrow();
        let his = vessels.values().filter(|one| one.seller == seller && one.status != "pending");
        let his: Vec<&Vessel> = his.collect();
        let works = his.iter().any(|one| one.status == "active");
        his.last().filter(|_| !works).map(|one| (*one).clone())
    }

    /// Amazon failed a call that was sent at this moment, and whoever sent it knows.
    pub(super) fn failed(&self, seller: &str, at: Timestamp) {
        self.failed.borrow_mut().insert(seller.to_owned(), at);
    }

    /// An object is stored.
    pub(super) fn landed(&self, key: &str, body: &[u8], at: Timestamp) {
        let connection = key.split('/').find_map(|part| part.strip_prefix("connection=")).unwrap_or_default();
        if let Some(vessel) = self.vessels.borrow().get(connection)
            && vessel.status == "disconnected"
            && at > vessel.since + STOPPED
        {
            self.broken("I9", at, &format!("{key} is written, disconnected since {}", vessel.since));
        }
        if key.starts_with(ORDERS) {
            self.lake.borrow_mut().put(key, body);
        }
    }

    /// Rows are written by this hand.
    pub(super) fn wrote(&self, writes: &[Write], hand: u64, at: Timestamp) {
        for write in writes {
            let Write::Put(row, _) = write else { continue };
            match row.key.table {
                TableName::Connections if row.key.sort.starts_with("C#") => self.moored(row, at),
                TableName::Streams if row.key.sort.starts_with("S#") => self.steered(row, hand, at),
                _ => {}
            }
        }
    }

    fn moored(&self, row: &Row, at: Timestamp) {
        let text = |name: &str| row.document[name].as_str().unwrap_or_default().to_owned();
        let (id, status) = (text("id"), text("status"));
        if status == "needs_reconnect" && !self.revoked.borrow().contains(&text("seller")) {
            self.broken(
                "I4",
                at,
                &format!("{} is asked to reconnect, and he withdrew nothing", text("seller")),
            );
        }
        let mut vessels = self.vessels.borrow_mut();
        let since = vessels.get(&id).filter(|old| old.status == status).map_or(at, |old| old.since);
        vessels.insert(id, Vessel { seller: text("seller"), status, since });
    }

    fn steered(&self, row: &Row, hand: u64, at: Timestamp) {
        let Ok(held) = decode::<Stream>(row.clone()) else {
            return self.broken("I7", at, "a stream's row cannot be read");
        };
        let (stream, key) = (held.value, &row.key);
        let progress: Vec<Value> =
            PROGRESS.iter().map(|name| row.document.get(*name).cloned().unwrap_or_default()).collect();
        let mut courses = self.courses.borrow_mut();
        let old = courses.get(key);
        let fence = stream.lease.fence;
        let known = old.filter(|old| old.fence == fence);
        let taken = stream.lease.holder.is_some() && known.is_none();
        let worker = if taken { Some(hand) } else { known.and_then(|old| old.worker) };
        let claim = covered(&stream);
        if let Some(old) = old {
            if fence < old.fence {
                self.broken("I7", at, &format!("the fence of {} went back", key.partition));
            }
            if progress != old.progress && worker != Some(hand) {
                self.broken("I7", at, &format!("hand {hand} moved {} without its lease", key.partition));
            }
            if let Some(before) = old.covered
                && claim.is_none_or(|claim| !claim.holds(before))
            {
                self.broken("I7", at, &format!("{} claims less than before", key.partition));
            }
        }
        let before = old.and_then(|old| old.covered);
        let connection = stream.connection.as_str().to_owned();
        if let Some(claim) = claim.filter(|claim| stream.domain == "orders" && before != Some(*claim)) {
            self.claimed(&connection, claim, before, at);
        }
        let (troubled, (rests, allowed)) = (stream.trouble.is_some(), pace(&stream));
        courses.insert(
            key.clone(),
            Course {
                connection,
                domain: stream.domain,
                covered: claim,
                rests,
                allowed,
                troubled,
                fence,
                worker,
                progress,
            },
        );
    }

    /// What is claimed from now on has landed: all that a search showed when the first page was asked for, and shows
    /// still (I6).
    fn claimed(&self, connection: &str, claim: Covered, before: Option<Covered>, at: Timestamp) {
        let Some(seller) = self.vessels.borrow().get(connection).map(|one| one.seller.clone()) else {
            return;
        };
        let first_page = self.first_page.borrow_mut().remove(&seller).unwrap_or(at);
        // What a search shows now says nothing about what it showed then.
        if self.clears.get().is_some_and(|clears| first_page <= clears && clears <= at) {
            return;
        }
        for within in claim.beyond(before) {
            let then = self.world.shown_orders(&seller, first_page, within);
            let now = unchanged(&self.world.shown_orders(&seller, at, within));
            let lake = self.lake.borrow();
            for order in then.iter().filter(|order| now.get(&order.order_id) == Some(&order.updated)) {
                if lake.newest(&seller, &order.order_id).is_none_or(|landed| landed < order.updated) {
                    let how = format!(
                        "{seller} claims up to {}, {} of {} is missing",
                        claim.to, order.order_id, order.updated
                    );
                    self.broken("I6", at, &how);
                }
            }
        }
    }
}

/// When each order last changed, to be asked quickly.
pub(super) fn unchanged(orders: &[Shown]) -> BTreeMap<String, Timestamp> {
    orders.iter().map(|order| (order.order_id.clone(), order.updated)).collect()
}
