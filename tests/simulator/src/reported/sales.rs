//! `GET_SALES_AND_TRAFFIC_REPORT` of the first store asked about: by day, week or month of the store, and by article over
//! all of them.

use jiff::ToSpan;
use jiff::civil::Date;
use serde_json::{Value, json};

use super::amounts::{money, percent, ratio};
use super::{Wanted, day_of};
use crate::goods::Article;
use crate::marketplaces::Marketplace;
use crate::truth::Account;
use crate::truth::sales::{Day, Tally, Traffic};

/// What some days come to.
#[derive(Clone, Debug, Default)]
pub(crate) struct Sum {
    all: Tally,
    business: Tally,
    shipped: Tally,
    refunded: i64,
    traffic: Traffic,
}

impl Sum {
    pub(crate) fn of(days: &[Day]) -> Self {
        let mut sum = Self::default();
        for day in days {
            add(&mut sum.all, &day.all);
            add(&mut sum.business, &day.business);
            add(&mut sum.shipped, &day.shipped);
            sum.refunded += day.refunded_units;
            day.articles.iter().for_each(|one| sum.traffic.add(&one.traffic));
        }
        sum
    }

    fn of_article(days: &[Day], article: &Article) -> Self {
        let mut sum = Self::default();
        for one in days.iter().flat_map(|day| &day.articles).filter(|one| one.article.sku == article.sku) {
            add(&mut sum.all, &one.all);
            add(&mut sum.business, &one.business);
            sum.traffic.add(&one.traffic);
        }
        sum
    }
}

fn add(sum: &mut Tally, more: &Tally) {
    sum.orders += more.orders;
    sum.items += more.items;
    sum.units += more.units;
    sum.minor += more.minor;
}

/// The report; nothing where the account has no such store or the options are unknown.
pub(super) fn report(account: Account<'_>, wanted: &Wanted<'_>) -> Option<Value> {
    let store = wanted.own_stores().next()?;
    let (dates, asins) =
        (wanted.option("dateGranularity", "DAY"), wanted.option("asinGranularity", "PARENT"));
    let (first, last) = wanted.days();
    let last = last.min(day_of(wanted.as_of));
    let days = account.days(store, (first, last), wanted.as_of);
    if days.is_empty() {
        return None;
    }
    let by_date = grouped(&days, dates)?.into_iter().map(|(date, days)| dated(date, &Sum::of(&days), store));
    let by_date: Vec<Value> = by_date.collect();
    Some(json!({
        "reportSpecification": {
            "reportType": wanted.kind,
            "reportOptions": { "dateGranularity": dates, "asinGranularity": asins },
            "dataStartTime": first.to_string(),
            "dataEndTime": last.to_string(),
            "marketplaceIds": wanted.stores,
        },
        "salesAndTrafficByDate": by_date,
        "salesAndTrafficByAsin": by_article(&days, asins, store),
    }))
}

/// The days of each day, week (from Sunday) or month.
fn grouped(days: &[Day], grain: &str) -> Option<Vec<(Date, Vec<Day>)>> {
    let start = |date: Date| match grain {
        "DAY" => Some(date),
        "WEEK" => date.checked_sub(i64::from(date.weekday().to_sunday_zero_offset()).days()).ok(),
        "MONTH" => Some(date.first_of_month()),
        _ => None,
    };
    let mut groups: Vec<(Date, Vec<Day>)> = Vec::new();
    for day in days {
        let date = start(day.date)?;
        match groups.last_mut() {
            Some((known, group)) if *known == date => group.push(day.clone()),
            _ => groups.push((date, vec![day.clone()])),
        }
    }
    Some(groups)
}

/// One part of the time as the report writes it.
pub(crate) fn dated(date: Date, sum: &Sum, store: &Marketplace) -> Value {
    let (all, business, traffic) = (&sum.all, &sum.business, &sum.traffic);
    let amount = |minor| money(minor, store.currency);
    let each = |minor: i64, count: i64| amount(minor.checked_div(count).unwrap_or(0));
    json!({
        "date": date.to_string(),
        "salesByDate": {
            "orderedProductSales": amount(all.minor),
            "orderedProductSalesB2B": amount(business.minor),
            "unitsOrdered": all.units,
            "unitsOrderedB2B": business.units,
            "totalOrderItems": all.items,
            "totalOrderItemsB2B": business.items,
            "averageSalesPerOrderItem": each(all.minor, all.items),
            "averageUnitsPerOrderItem": ratio(all.units, all.items),
            "averageSellingPrice": each(all.minor, all.units),
            "unitsRefunded": sum.refunded,
            "refundRate": percent(sum.refunded, all.units).min(100.0),
            "claimsGranted": 0,
            "claimsAmount": amount(0),
            "shippedProductSales": amount(sum.shipped.minor),
            "unitsShipped": sum.shipped.units,
            "ordersShipped": sum.shipped.orders,
        },
        "trafficByDate": {
            "browserPageViews": traffic.browser_views,
            "mobileAppPageViews": traffic.app_views,
            "pageViews": traffic.views(),
            "browserSessions": traffic.browser_sessions,
            "mobileAppSessions": traffic.app_sessions,
            "sessions": traffic.sessions(),
            "buyBoxPercentage": 97.5,
            "orderItemSessionPercentage": percent(all.items, traffic.sessions()).min(100.0),
            "unitSessionPercentage": percent(all.units, traffic.sessions()),
            "averageOfferCount": 10,
            "averageParentItems": 10,
            "feedbackReceived": 0,
            "negativeFeedbackReceived": 0,
            "receivedNegativeFeedbackRate": 0.0,
        },
    })
}

/// Each article over all days.
pub(crate) fn by_article(days: &[Day], grain: &str, store: &Marketplace) -> Vec<Value> {
    let whole = Sum::of(days).traffic;
    let articles = days.first().into_iter().flat_map(|day| day.articles.iter().map(|one| one.article));
    let written = |article: &'static Article| {
        let Sum { all, business, traffic, .. } = Sum::of_article(days, article);
        let mut row = json!({
            "parentAsin": article.asin,
            "salesByAsin": {
                "unitsOrdered": all.units,
                "unitsOrderedB2B": business.units,
                "orderedProductSales": money(all.minor, store.currency),
                "orderedProductSalesB2B": money(business.minor, store.currency),
                "totalOrderItems": all.items,
                "totalOrderItemsB2B": business.items,
            },
            "trafficByAsin": {
                "browserSessions": traffic.browser_sessions,
                "mobileAppSessions": traffic.app_sessions,
                "sessions": traffic.sessions(),
                "browserSessionPercentage": percent(traffic.browser_sessions, whole.browser_sessions),
                "mobileAppSessionPercentage": percent(traffic.app_sessions, whole.app_sessions),
                "sessionPercentage": percent(traffic.sessions(), whole.sessions()),
                "browserPageViews": traffic.browser_views,
                "mobileAppPageViews": traffic.app_views,
                "pageViews": traffic.views(),
                "browserPageViewsPercentage": percent(traffic.browser_views, whole.browser_views),
                "mobileAppPageViewsPercentage": percent(traffic.app_views, whole.app_views),
                "pageViewsPercentage": percent(traffic.views(), whole.views()),
                "buyBoxPercentage": 97.5,
                "unitSessionPercentage": percent(all.units, traffic.sessions()),
            },
        });
        if grain != "PARENT" {
            row["childAsin"] = json!(article.asin);
        }
        if grain == "SKU" {
            row["sku"] = json!(article.sku);
        }
        row
    };
    articles.map(written).collect()
}
