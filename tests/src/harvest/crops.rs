//! Each domain: how the truth names a record of it, and when one is what the truth says.

use jiff::SignedDuration;
use sellerport_core::domains::DOMAINS;
use serde_json::Value;

/// A domain.
#[derive(Debug)]
pub(super) struct Crop {
    /// Its name.
    pub(super) domain: &'static str,
    /// How the truth names a record; nothing for one that it does not tell, like a sum over others.
    pub(super) name: fn(&Value) -> Option<String>,
    /// Whether a payload says what the truth's item says.
    pub(super) alike: fn(&Value, &Value) -> bool,
    /// Amazon writes sums of nothing for days before the account's first, and the truth begins with it.
    pub(super) since_first: bool,
    /// Some of what changes is seen by the sweep only.
    pub(super) by_sweep: bool,
    /// Amazon tells of a thing so long after its time.
    pub(super) told_late: SignedDuration,
}

const PLAIN: Crop = Crop {
    domain: "",
    name: |_| None,
    alike,
    since_first: false,
    by_sweep: false,
    told_late: SignedDuration::ZERO,
};

/// The payload's fields, with bars between them.
fn fields(record: &Value, names: &[&str]) -> Option<String> {
    let parts = names.iter().map(|name| record["payload"][*name].as_str());
    Some(parts.collect::<Option<Vec<_>>>()?.join("|"))
}

/// The store, and a field.
fn in_store(record: &Value, name: &str) -> Option<String> {
    Some(format!("{}|{}", record["marketplace"].as_str()?, record["payload"][name].as_str()?))
}

/// The store, the day and the ASIN.
fn by_day(record: &Value) -> Option<String> {
    let payload = &record["payload"];
    let (date, asin) = (payload["startDate"].as_str()?, payload["asin"].as_str()?);
    Some(format!("{}|{date}|{asin}", record["marketplace"].as_str()?))
}

/// Everything that the truth says stands in the payload, which may say more; but for what is never kept.
fn alike(payload: &Value, item: &Value) -> bool {
    match (payload, item) {
        (Value::Object(payload), Value::Object(item)) => {
            item.iter().all(|(name, item)| match payload.get(name) {
                Some(value) => alike(value, item),
                None => DOMAINS.iter().any(|domain| domain.without.contains(&name.as_str())),
            })
        }
        (Value::Array(payload), Value::Array(items)) => {
            payload.len() == items.len() && payload.iter().zip(items).all(|(value, item)| alike(value, item))
        }
        (Value::String(text), Value::String(wanted)) => {
            text == wanted || text.replace(',', ".") == as_written(wanted).replace(',', ".")
        }
        _ => payload == item,
    }
}

/// What Windows-1252 has no sign for Amazon itself writes as a question mark, in documents that are in it (L50).
pub(super) fn as_written(text: &str) -> String {
    text.chars().map(|sign| if u32::from(sign) > 0xff { '?' } else { sign }).collect()
}

/// Every domain but buyers', of which nothing is fetched unless somebody opens it.
#[rustfmt::skip]
const CROPS: [Crop; 25] = [
    Crop { domain: "account", name: |one| one["key"].as_str().map(str::to_owned), ..PLAIN },
    Crop { domain: "awd", name: |one| fields(one, &["sku"]), ..PLAIN },
    Crop { domain: "catalog", name: |one| in_store(one, "asin"), ..PLAIN },
    Crop {
        domain: "economics",
        name: |one| fields(one, &["marketplaceId", "startDate", "msku"]),
        // A query answers what it names; the truth is a row with every field.
        alike: |payload, item| {
            ["sales", "ads", "netProceeds"].iter().all(|name| alike(&payload[*name], &item[*name]))
        },
        // An order that Amazon shows a day late is in its day's sums from then on, and in the next query's overlap.
        told_late: SignedDuration::from_hours(48),
        ..PLAIN
    },
    Crop {
        domain: "fees",
        name: |one| {
            let sku = one["payload"]["FeesEstimateIdentifier"]["IdValue"].as_str()?;
            Some(format!("{}|{sku}", one["marketplace"].as_str()?))
        },
        // The truth estimates as if Amazon shipped it, and when that was done says nothing about it.
        alike: |payload, item| {
            let by_amazon = payload["FeesEstimateIdentifier"]["IsAmazonFulfilled"] == true;
            let estimate = &payload["FeesEstimate"]["TotalFeesEstimate"];
            !by_amazon && estimate.is_object() || alike(estimate, &item["TotalFeesEstimate"])
        },
        ..PLAIN
    },
    Crop { domain: "finances", name: |one| fields(one, &["transactionId"]), by_sweep: true, ..PLAIN },
    Crop { domain: "inbound", name: |one| fields(one, &["ShipmentId"]), ..PLAIN },
    Crop { domain: "inbounditems", name: |one| fields(one, &["ShipmentId", "SellerSKU"]), ..PLAIN },
    Crop { domain: "inventory", name: |one| in_store(one, "sellerSku"), ..PLAIN },
    Crop { domain: "ledger", name: |one| fields(one, &["Date", "FNSKU", "MSKU", "Disposition", "Location"]), ..PLAIN },
    Crop {
        domain: "listings",
        // The weekly report of all listings has other names for them, and says less.
        name: |one| in_store(one, "sku").or_else(|| in_store(one, "seller-sku")),
        alike: |payload, item| payload["sku"].is_null() || alike(payload, item),
        ..PLAIN
    },
    Crop { domain: "mfnreturns", name: |one| fields(one, &["Order ID", "Merchant SKU", "Amazon RMA ID"]), ..PLAIN },
    Crop { domain: "orders", name: |one| fields(one, &["orderId"]), ..PLAIN },
    Crop { domain: "outbound", name: |one| fields(one, &["sellerFulfillmentOrderId"]), ..PLAIN },
    Crop { domain: "payouts", name: |one| fields(one, &["id"]), by_sweep: true, ..PLAIN },
    Crop { domain: "reimbursements", name: |one| fields(one, &["reimbursement-id", "sku"]), ..PLAIN },
    Crop { domain: "returns", name: |one| fields(one, &["order-id", "sku", "license-plate-number"]), ..PLAIN },
    Crop {
        domain: "sales",
        name: |one| {
            let day = one["payload"]["interval"].as_str()?.get(..10)?;
            Some(format!("{}|{day}", one["marketplace"].as_str()?))
        },
        ..PLAIN
    },
    Crop {
        domain: "settlements",
        name: |one| {
            // The truth counts a statement's rows from 0.
            let (statement, place) = one["key"].as_str()?.rsplit_once('|')?;
            Some(format!("{statement}|{}", place.parse::<u64>().ok()? - 1))
        },
        // Amazon makes a statement some hours after its period.
        told_late: SignedDuration::from_hours(8),
        ..PLAIN
    },
    Crop {
        domain: "traffic",
        name: |one| {
            let mut parts = one["key"].as_str()?.split('|');
            let (day, store, asin) = (parts.next()?, parts.next()?, parts.nth(1)?);
            Some(if asin.is_empty() { format!("{store}|{day}") } else { format!("{store}|{day}|{asin}") })
        },
        ..PLAIN
    },
    Crop { domain: "vendororders", name: |one| fields(one, &["purchaseOrderNumber"]), ..PLAIN },
    Crop { domain: "vendorsales", name: by_day, since_first: true, ..PLAIN },
    Crop {
        domain: "vendorshipments",
        name: |one| fields(one, &["vendorShipmentIdentifier"]),
        // When it arrived Amazon adds in silence, after the sweep.
        alike: |payload, item| {
            ["currentShipmentStatus", "purchaseOrders"].iter().all(|name| payload[*name] == item[*name])
        },
        by_sweep: true,
        ..PLAIN
    },
    Crop { domain: "vendorstock", name: by_day, since_first: true, ..PLAIN },
    Crop { domain: "vendortraffic", name: by_day, since_first: true, ..PLAIN },
];

/// The one of this name.
pub(super) fn crop(domain: &str) -> Option<&'static Crop> {
    CROPS.iter().find(|crop| crop.domain == domain)
}
