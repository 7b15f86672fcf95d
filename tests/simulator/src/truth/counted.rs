//! The truth of what is counted by days: order metrics, sales and traffic, a vendor's retail analytics.

use jiff::civil::Date;
use jiff::{Span, Timestamp};
use serde_json::json;

use crate::clock::after;
use crate::data;
use crate::marketplaces::Marketplace;
use crate::reported::{self, day_of};
use crate::truth::sales::span_of;
use crate::truth::told::{Truth, each_store};
use crate::truth::zones::zone_of;
use crate::truth::{Account, DAY};

/// Order metrics by day, in each store's own zone. The newest day is not over.
pub(super) fn sales(account: Account<'_>, now: Timestamp) -> Vec<Truth> {
    each_store(account, |store| {
        let zone = zone_of(store);
        let days = account.days(store, history(account, store, now), now).into_iter();
        days.map(|day| {
            let span = span_of(day.date, &zone);
            let item = data::metrics::row(span, &zone, &day.all, store.currency);
            Truth::new(format!("{}|{}", store.id, day.date), day.date.to_string(), item)
        })
        .collect()
    })
}

/// Sales and traffic by day, and by day and article.
pub(super) fn traffic(account: Account<'_>, now: Timestamp) -> Vec<Truth> {
    each_store(account, |store| {
        let days = account.days(store, history(account, store, now), now);
        let told = days.iter().flat_map(|day| {
            let date = day.date.to_string();
            let whole = reported::dated(day, store);
            let articles = reported::by_article(day, store).into_iter().map(|item| {
                let asin = item["parentAsin"].as_str().unwrap_or_default().to_owned();
                Truth::new(format!("{}|{date}|{asin}", store.id), date.clone(), item)
            });
            let whole = Truth::new(format!("{}|{date}", store.id), date.clone(), whole);
            std::iter::once(whole).chain(articles.collect::<Vec<_>>()).collect::<Vec<_>>()
        });
        told.collect()
    })
}

/// Retail analytics by day and article: sales, inventory and traffic together.
pub(super) fn retail(account: Account<'_>, now: Timestamp) -> Vec<Truth> {
    if !account.supplies() {
        return Vec::new();
    }
    each_store(account, |store| {
        let (first, last) = (day_of(account.origin()), day_of(after(now, -DAY)));
        let mut told = Vec::new();
        for date in first.series(Span::new().days(1)).take_while(|date| *date <= last) {
            for one in account.retail(store, (date, date)) {
                let key = format!("{}|{date}|{}", store.id, one.0.asin);
                let figures = [one];
                let item = json!({
                    "sales": reported::sold(&figures, store),
                    "inventory": reported::stocked(&figures, store),
                    "traffic": { "glanceViews": figures[0].1.views },
                });
                told.push(Truth::new(key, date.to_string(), item));
            }
        }
        told
    })
}

/// The days of a store from the beginning of the history until now.
fn history(account: Account<'_>, store: &Marketplace, now: Timestamp) -> (Date, Date) {
    let zone = zone_of(store);
    let date = |at: Timestamp| at.to_zoned(zone.clone()).date();
    (date(account.origin()), date(now))
}
