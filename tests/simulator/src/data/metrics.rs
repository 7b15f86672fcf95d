//! Sales v1, `getOrderMetrics`: orders added up by hour, day, week, month or year in a zone.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ToSpan, Zoned};
use serde_json::{Value, json};

use crate::ask::Ask;
use crate::clock::after;
use crate::goods::decimal;
use crate::problem::Problem;
use crate::truth::sales::Tally;
use crate::truth::within;
use crate::truth::zones::zone;

/// How far back the interval of hours, and any other, may reach (model).
const HOURLY_REACH: SignedDuration = SignedDuration::from_hours(24 * 30);
const REACH: SignedDuration = SignedDuration::from_hours(24 * 366 * 2);
const GRANULARITIES: [&str; 6] = ["Hour", "Day", "Week", "Month", "Year", "Total"];

/// One row for each part of the interval, those without orders too.
pub(crate) fn get(ask: &Ask<'_>) -> Result<Value, Problem> {
    let store = ask.store("marketplaceIds")?;
    let granularity = ask.word("granularity", &GRANULARITIES)?;
    let granularity = granularity.ok_or_else(|| Problem::input("granularity is missing."))?;
    let (start, end, zone) = interval(ask, granularity)?;
    let reach = if granularity == "Hour" { HOURLY_REACH } else { REACH };
    if start < after(ask.now, -reach) {
        return Err(Problem::input("The interval reaches too far back for this granularity."));
    }
    let buyers = ask.word("buyerType", &["B2B", "B2C", "All"])?.unwrap_or("All");
    let network = ask.word("fulfillmentNetwork", &["MFN", "AFN"])?;
    let sunday = ask.word("firstDayOfWeek", &["Monday", "Sunday"])? == Some("Sunday");
    let (asin, sku) = (ask.value("asin"), ask.value("sku"));
    if asin.is_some() && sku.is_some() {
        return Err(Problem::input("asin and sku may not be provided together."));
    }
    // No order here is of a programme.
    let none = ask.word("amazonProgram", &["AmazonHaul"])?.is_some();
    let mut parts = parts(start, end, &zone, granularity, sunday);
    for ordered in ask.account().ordered(store, (start, end), ask.now) {
        let business = if ordered.business { "B2B" } else { "B2C" };
        let by = if ordered.order.by_amazon { "AFN" } else { "MFN" };
        if none || !(buyers == "All" || buyers == business) || network.is_some_and(|wanted| wanted != by) {
            continue;
        }
        let lines = ordered.lines.iter().filter(|line| {
            asin.is_none_or(|asin| asin == line.article.asin) && sku.is_none_or(|sku| sku == line.article.sku)
        });
        let part = parts.iter_mut().find(|(part, _)| within(ordered.order.created, *part));
        let Some((_, tally)) = part else { continue };
        let before = tally.items;
        lines.for_each(|line| tally.add(&ordered.order, line));
        tally.orders += i64::from(tally.items > before);
    }
    let rows = parts.iter().map(|(part, tally)| row(*part, &zone, tally, store.currency));
    Ok(json!({ "payload": rows.collect::<Vec<_>>() }))
}

/// The interval and the zone in which it is cut.
fn interval(ask: &Ask<'_>, granularity: &str) -> Result<(Timestamp, Timestamp, TimeZone), Problem> {
    let wrong =
        || Problem::input("interval must be two date-times with an offset, with two hyphens between them.");
    let (start, end) = ask.needed("interval")?.split_once("--").ok_or_else(wrong)?;
    let read = |text: &str| text.parse::<Timestamp>().map_err(|_| wrong());
    let (from, until) = (read(start)?, read(end)?);
    if until <= from {
        return Err(Problem::input("The end of the interval must come after its start."));
    }
    let named = ask.value("granularityTimeZone");
    if named.is_none() && !matches!(granularity, "Hour" | "Total") {
        return Err(Problem::input("granularityTimeZone is required for a granularity greater than Hour."));
    }
    let unknown = || Problem::input("granularityTimeZone is unknown.");
    let chosen = named.map_or(Ok(TimeZone::UTC), |name| zone(name).ok_or_else(unknown))?;
    for (text, at) in [(start, from), (end, until)] {
        let offset = at.to_zoned(chosen.clone()).strftime("%:z").to_string();
        let utc = offset == "+00:00" && text.ends_with('Z');
        if named.is_some() && !utc && !text.ends_with(&offset) {
            return Err(Problem::input("granularityTimeZone must align with the offset of the interval."));
        }
    }
    Ok((from, until, chosen))
}

type Part = ((Timestamp, Timestamp), Tally);

/// The parts of an interval; the first and the last may be shorter than the others.
fn parts(start: Timestamp, end: Timestamp, zone: &TimeZone, granularity: &str, sunday: bool) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut from = start;
    while from < end {
        let next = next(&from.to_zoned(zone.clone()), granularity, sunday).unwrap_or(end);
        let until = if next > from { next.min(end) } else { end };
        parts.push(((from, until), Tally::default()));
        from = until;
    }
    parts
}

/// Where the part that begins there ends.
fn next(from: &Zoned, granularity: &str, sunday: bool) -> Option<Timestamp> {
    let midnight = |date: Date| date.to_zoned(from.time_zone().clone()).ok().map(|zoned| zoned.timestamp());
    let date = from.date();
    match granularity {
        "Hour" => {
            let into = i64::from(from.minute()) * 60 + i64::from(from.second());
            Some(after(from.timestamp(), SignedDuration::from_secs(3_600 - into)))
        }
        "Day" => midnight(date.tomorrow().ok()?),
        "Week" => {
            let weekday = date.weekday();
            let passed =
                if sunday { weekday.to_sunday_zero_offset() } else { weekday.to_monday_zero_offset() };
            midnight(date.checked_add((7 - i64::from(passed)).days()).ok()?)
        }
        "Month" => midnight(date.first_of_month().checked_add(1.month()).ok()?),
        "Year" => midnight(date.first_of_year().checked_add(1.year()).ok()?),
        _ => None,
    }
}

/// A row as the operation writes it.
pub(crate) fn row(
    (from, until): (Timestamp, Timestamp),
    zone: &TimeZone,
    tally: &Tally,
    currency: &str,
) -> Value {
    let moment = |at: Timestamp| {
        let text = at.to_zoned(zone.clone()).strftime("%Y-%m-%dT%H:%M%:z").to_string();
        text.strip_suffix("+00:00").map_or(text.clone(), |utc| format!("{utc}Z"))
    };
    let money = |minor: i64| json!({ "currencyCode": currency, "amount": decimal(minor, currency) });
    json!({
        "interval": format!("{}--{}", moment(from), moment(until)),
        "unitCount": tally.units,
        "orderItemCount": tally.items,
        "orderCount": tally.orders,
        "averageUnitPrice": money(tally.minor.checked_div(tally.units).unwrap_or(0)),
        "totalSales": money(tally.minor),
    })
}
