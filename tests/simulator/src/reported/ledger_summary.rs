//! `GET_LEDGER_SUMMARY_VIEW_DATA`: balances and what moved between them, by day, week or month, in UTC.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};

use super::{Table, Wanted, row};
use crate::truth::Account;
use crate::truth::ledger::Balance;
use crate::truth::movements::Kind;
use crate::truth::offers::fnsku;

#[rustfmt::skip]
const COLUMNS: [&str; 21] = [
    "Date", "FNSKU", "ASIN", "MSKU", "Title", "Disposition", "Starting Warehouse Balance",
    "In Transit Between Warehouses", "Receipts", "Customer Shipments", "Customer Returns", "Vendor Returns",
    "Warehouse Transfer In/Out", "Found", "Lost", "Damaged", "Disposed", "Other Events", "Ending Warehouse Balance",
    "Unknown Events", "Location",
];

/// A row for each SKU, state and store in each part of the time asked about. Parts are whole: a day, or a month, of
/// which any is asked about is told from its beginning.
pub(super) fn table(account: Account<'_>, wanted: &Wanted<'_>) -> Table {
    let mut rows = Vec::new();
    let (mut first, last) = wanted.days();
    let grain = wanted.option("aggregatedByTimePeriod", "MONTHLY");
    first = match grain {
        "DAILY" => first,
        "WEEKLY" => {
            first.checked_sub(i64::from(first.weekday().to_sunday_zero_offset()).days()).unwrap_or(first)
        }
        _ => first.first_of_month(),
    };
    while first <= last {
        let next = match grain {
            "DAILY" => first.checked_add(1.day()),
            "WEEKLY" => first.checked_add(7.days()),
            _ => first.checked_add(1.month()),
        };
        let Ok(next) = next else { break };
        let window = (midnight(first), midnight(next).min(wanted.as_of));
        let balances = account.balances(window).into_iter().filter(|one| wanted.is_about(one.store));
        let date = if grain == "MONTHLY" { first.strftime("%m/%Y") } else { first.strftime("%m/%d/%Y") };
        let date = date.to_string();
        rows.extend(balances.map(|one| written(account, &date, &one)));
        first = next;
    }
    Table { columns: COLUMNS.to_vec(), rows }
}

fn midnight(date: Date) -> Timestamp {
    date.to_zoned(TimeZone::UTC).map_or(Timestamp::MAX, |zoned| zoned.timestamp())
}

/// One balance as the report writes it.
fn written(account: Account<'_>, date: &str, one: &Balance) -> Vec<String> {
    let (sku, asin) = (one.thing.sku(), one.thing.asin());
    let mut fields = vec![
        ("Date", date.to_owned()),
        ("FNSKU", fnsku(&asin)),
        ("Title", account.title(one.thing, one.store)),
        ("ASIN", asin),
        ("MSKU", sku),
        ("Disposition", one.disposition.to_owned()),
        ("Location", one.store.country.to_owned()),
    ];
    let numbers = [
        ("Starting Warehouse Balance", one.start),
        ("In Transit Between Warehouses", 0),
        ("Receipts", one.by(Kind::Receipts)),
        ("Customer Shipments", one.by(Kind::Shipments)),
        ("Customer Returns", one.by(Kind::CustomerReturns)),
        ("Vendor Returns", one.by(Kind::VendorReturns)),
        ("Warehouse Transfer In/Out", 0),
        ("Found", one.adjusted("F")),
        ("Lost", one.adjusted("M")),
        ("Damaged", one.adjusted("E")),
        ("Disposed", 0),
        ("Other Events", 0),
        ("Ending Warehouse Balance", one.end),
        ("Unknown Events", 0),
    ];
    fields.extend(numbers.map(|(name, number)| (name, number.to_string())));
    row(&COLUMNS, &fields)
}
