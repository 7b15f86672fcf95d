//! What landed of one domain, window by window: as a page and as JSON.

use crate::caller::require;
use crate::connections::{after, own};
use crate::{pages, respond};
use jiff::Timestamp;
use sellerport_core::connection::Connection;
use sellerport_core::domains::{Domain, Sweep, by_name};
use sellerport_core::http::{Request, Response};
use sellerport_core::ids::ConnectionId;
use sellerport_core::message::Refusal;
use sellerport_core::ports::{Clock, Issuer, Table};
use sellerport_core::store::load;
use sellerport_core::stream::{
    ACCOUNT, Coverage, History, Landed, Oddities, Stream, Sum, Tally, Verdict, Way, Window, coverage, money,
};
use serde::Serialize;

/// Windows on one page.
pub const WINDOWS_SHOWN: usize = 50;

/// Windows that are held against each other for one page: some ten days of a busy domain, three months of a quiet one.
/// They are some 300 KB, which DynamoDB reads in one turn or two (1 MB each).
pub const WINDOWS_CHECKED: usize = 1_000;

/// What landed of a domain.
#[derive(Debug, Serialize)]
pub struct LandedView {
    /// The connection.
    pub connection: ConnectionId,
    /// The domain.
    pub domain: &'static str,
    /// Its part of the account.
    pub scope: String,
    /// Whether each pass is a picture of the present: then windows cover no time and have no gaps.
    pub picture: bool,
    /// When the last whole picture had landed; on the first page.
    pub picture_at: Option<Timestamp>,
    /// Everything up to here has landed, but for what is missing below.
    pub complete_until: Option<Timestamp>,
    /// What the latest windows cover, and what is missing between them.
    #[serde(flatten)]
    pub coverage: Coverage,
    /// What is done about what is missing.
    pub remedy: String,
    /// The history that has not landed yet.
    pub history: Vec<Ahead>,
    /// The windows, the newest first.
    pub windows: Vec<WindowView>,
    /// Ask for the windows behind this place; nothing at the end.
    pub next: Option<String>,
}

/// History that is still to come, newest first.
#[derive(Debug, Serialize)]
pub struct Ahead {
    /// Of these stores.
    pub stores: Vec<String>,
    /// From as far back as Amazon keeps anything ...
    pub from: Timestamp,
    /// ... up to what has landed.
    pub until: Timestamp,
}

/// A window that has landed whole.
#[derive(Debug, Serialize)]
pub struct WindowView {
    /// From when to when.
    #[serde(flatten)]
    pub window: Window,
    /// Which way the pass went.
    pub way: Way,
    /// The stores it was about.
    pub stores: Vec<String>,
    /// When it began.
    pub begun: Timestamp,
    /// When it had landed.
    pub landed_at: Timestamp,
    /// How long that took, seconds.
    pub took_s: i64,
    /// Pages, or parts of documents.
    pub pages: u32,
    /// Records.
    pub records: u64,
    /// Windows without a record that it speaks for as well.
    pub quiet: u32,
    /// Of a check: what the complete list held and what Amazon's own report holds; nothing of other passes.
    pub counted: Option<CountedView>,
    /// What was odd; nothing where nothing was.
    pub odd: Option<Oddities>,
    /// Where the lines lie in the bucket that are no rows; nothing where there are none.
    pub aside: Option<String>,
    /// Its documents' own totals beside the sums of their rows.
    pub sums: Vec<SumView>,
}

/// A complete list held against Amazon's own report.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct CountedView {
    /// What the list held.
    pub listed: CountView,
    /// What the report holds.
    pub reported: CountView,
    /// Whether they differ by more than changes explain.
    pub differs: bool,
}

/// Things and their units.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct CountView {
    /// Things with at least one unit.
    pub things: u64,
    /// Their units.
    pub units: u64,
}

impl From<Tally> for CountView {
    fn from(tally: Tally) -> Self {
        Self { things: tally.things, units: tally.units }
    }
}

/// A document's own total beside the sum of its rows: amounts are exact, as text.
#[derive(Debug, Clone, Serialize)]
pub struct SumView {
    /// What it is the total of: a settlement's id.
    pub of: String,
    /// Its currency.
    pub currency: String,
    /// Its own total.
    pub total: Option<String>,
    /// The sum of its rows' amounts.
    pub rows: String,
    /// Rows with an amount.
    pub lines: u64,
    /// Amounts that cannot be read for sure.
    pub unread: u64,
    /// Whether they agree; nothing where that cannot be told.
    pub agrees: Option<bool>,
    /// Total less rows; nothing where that cannot be told.
    pub difference: Option<String>,
    /// The same in words.
    pub says: String,
    /// The sum of the transactions that name it, some days after it landed; nothing before.
    pub transactions: Option<String>,
    /// How many they are.
    pub transactions_counted: Option<u64>,
    /// Whether total, less what is kept back, and transactions agree; nothing where that cannot be told, or not yet.
    pub transactions_agree: Option<bool>,
    /// Total, less what is kept back, less transactions.
    pub transactions_difference: Option<String>,
}

fn difference(verdict: Verdict) -> Option<i64> {
    match verdict {
        Verdict::Agrees => Some(0),
        Verdict::Differs(by) => Some(by),
        Verdict::Unknown => None,
    }
}

impl From<Sum> for SumView {
    fn from(sum: Sum) -> Self {
        let (rows, told) = (difference(sum.verdict()), sum.told_verdict().and_then(difference));
        Self {
            says: sum.says(),
            agrees: rows.map(|by| by == 0),
            difference: rows.map(money),
            transactions: sum.told.map(|told| money(told.total)),
            transactions_counted: sum.told.map(|told| told.transactions),
            transactions_agree: told.map(|by| by == 0),
            transactions_difference: told.map(money),
            total: sum.total.map(money),
            rows: money(sum.rows),
            of: sum.of,
            currency: sum.currency,
            lines: sum.lines,
            unread: sum.unread,
        }
    }
}

/// The page.
pub(crate) async fn page(
    cloud: &(impl Table + Clock + Issuer),
    request: &Request,
    id: &str,
    domain: &str,
) -> Result<Response, Refusal> {
    let by = require(cloud, request).await?;
    let connection = own(cloud, &by, id).await?;
    let view = view(cloud, &connection, domain, after(request).as_deref()).await?;
    Ok(respond::html(200, pages::landed(&by, &connection, &view)))
}

/// The same as JSON.
pub(crate) async fn json(
    cloud: &(impl Table + Clock + Issuer),
    request: &Request,
    id: &str,
    domain: &str,
) -> Result<Response, Refusal> {
    let by = require(cloud, request).await?;
    let connection = own(cloud, &by, id).await?;
    Ok(respond::json(200, &view(cloud, &connection, domain, after(request).as_deref()).await?))
}

async fn view(
    cloud: &(impl Table + Clock),
    of: &Connection,
    name: &str,
    after: Option<&str>,
) -> Result<LandedView, Refusal> {
    let domain = by_name(name).ok_or(Refusal::NotFound)?;
    let key = Stream::key_of(&of.tenant, &of.id, domain.name, ACCOUNT);
    let stream = load::<Stream>(cloud, &key).await?.ok_or(Refusal::NotFound)?.value;
    let mut windows = Landed::latest(cloud, &stream, after, WINDOWS_CHECKED).await?;
    let whole = windows.len() < WINDOWS_CHECKED;
    let coverage = coverage(domain, &stream, &windows, whole, cloud.now());
    let picture_at = windows.iter().find(|one| after.is_none() && is_picture(domain, one.way));
    let picture_at = picture_at.map(|one| one.at);
    let more = windows.len() > WINDOWS_SHOWN;
    windows.truncate(WINDOWS_SHOWN);
    let next = windows.last().filter(|_| more).map(Landed::place);
    let ahead = |part: &History| Ahead { stores: part.stores.clone(), from: part.floor, until: part.reached };
    Ok(LandedView {
        connection: of.id.clone(),
        domain: domain.name,
        picture: domain.is_picture(),
        picture_at,
        complete_until: stream.cursor,
        coverage,
        remedy: remedy(domain, &stream),
        history: stream.history.iter().map(ahead).collect(),
        windows: windows.into_iter().map(|one| window(domain, one)).collect(),
        next,
        scope: stream.scope,
    })
}

/// Whether a pass saw everything that there is at its moment.
fn is_picture(domain: &Domain, way: Way) -> bool {
    let by = if matches!(domain.sweep, Sweep::Whole(_)) { Way::Sweep } else { Way::Onward };
    domain.is_picture() && way == by
}

fn remedy(domain: &Domain, stream: &Stream) -> String {
    match (&domain.sweep, stream.swept_at) {
        (Sweep::Again, Some(at)) => {
            let next = (at + domain.sweep_every).strftime("%Y-%m-%d");
            format!("The whole history is read again from {next} on, and this with it.")
        }
        _ => REMEDY.to_owned(),
    }
}

const REMEDY: &str = "Nothing fetches it by itself, and it should never happen: please report it. An operator can have it \
    fetched again here; it then lands after the present and beside what is there.";

fn window(domain: &Domain, landed: Landed) -> WindowView {
    let counted = landed.against.map(|(listed, differs)| CountedView {
        listed: listed.into(),
        reported: landed.tally.into(),
        differs,
    });
    WindowView {
        quiet: landed.quiet,
        counted,
        aside: (landed.odd.rows > 0).then(|| landed.aside(domain)),
        took_s: landed.at.duration_since(landed.begun).as_secs(),
        window: landed.window,
        way: landed.way,
        stores: landed.stores,
        begun: landed.begun,
        landed_at: landed.at,
        pages: landed.pages,
        records: landed.records,
        odd: Some(landed.odd).filter(|odd| !odd.is_none()),
        sums: landed.sums.into_iter().map(SumView::from).collect(),
    }
}
