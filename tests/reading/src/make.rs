//! Documents like Amazon's, the same each time.

use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::{Value, json};
use std::fs::File;
use std::io::{self, BufWriter, Write};

/// The columns of a settlement report (`GET_V2_SETTLEMENT_REPORT_DATA_FLAT_FILE_V2`).
pub(crate) const COLUMNS: &[&str] = &[
    "settlement-id",
    "settlement-start-date",
    "settlement-end-date",
    "deposit-date",
    "total-amount",
    "currency",
    "transaction-type",
    "order-id",
    "merchant-order-id",
    "adjustment-id",
    "shipment-id",
    "marketplace-name",
    "amount-type",
    "amount-description",
    "amount",
    "fulfillment-id",
    "posted-date",
    "posted-date-time",
    "order-item-code",
    "merchant-order-item-id",
    "merchant-adjustment-item-id",
    "sku",
    "quantity-purchased",
    "promotion-id",
];

/// Orders on a page, as many as Amazon gives.
const ORDERS: u64 = 100;

/// Numbers that look random and never change (splitmix64).
fn noise(n: u64) -> u64 {
    let mixed = n.wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed ^ (mixed >> 27)
}

/// The header and its line break.
pub(crate) fn header() -> String {
    COLUMNS.join("\t") + "\n"
}

/// One row of a settlement.
pub(crate) fn row(n: u64) -> String {
    let (r, day) = (noise(n), 1 + n % 28);
    let what = ["Principal", "Tax", "Commission", "FBAPerUnitFulfillmentFee", "ShippingChargeback"];
    let what = what[(r % 5) as usize];
    let kind = if r % 5 < 2 { "ItemPrice" } else { "ItemFees" };
    format!(
        "18{:09}\t\t\t\t\t\tOrder\t{:03}-{:07}-{:07}\t{:016X}\t\tD{:08x}\tAmazon.com\t{kind}\t{what}\t{}{}.{:02}\tAFN\t2026-10-{day:02}\t2026-10-{day:02} {:02}:{:02}:{:02} UTC\t{:014}\t\t\tSKU-{:06}-größe\t{}\t\n",
        n / 100_000,
        100 + r % 20,
        r % 9_999_991,
        (r >> 8) % 9_999_973,
        r,
        r >> 32,
        if r % 5 < 2 { "" } else { "-" },
        r % 300,
        r % 100,
        r % 24,
        (r >> 5) % 60,
        (r >> 11) % 60,
        r % 100_000_000_000_000,
        (r >> 3) % 40_000,
        1 + r % 3,
    )
}

/// A settlement report of so many bytes, as one member of gzip.
pub(crate) fn report(file: &str, bytes: u64) -> io::Result<Value> {
    let mut gzip = GzEncoder::new(BufWriter::new(File::create(file)?), Compression::default());
    let mut written = 0;
    let mut line = header();
    let mut rows = 0;
    while written < bytes {
        gzip.write_all(line.as_bytes())?;
        written += line.len() as u64;
        line = row(rows);
        rows += 1;
    }
    gzip.finish()?.flush()?;
    Ok(json!({ "rows": rows - 1, "bytes": written }))
}

/// Pages of `searchOrders`, one a line.
pub(crate) fn pages(file: &str, count: u64) -> io::Result<Value> {
    let mut out = BufWriter::new(File::create(file)?);
    let mut written = 0;
    for page in 0..count {
        let orders: Vec<Value> = (0..ORDERS).map(|n| order(page * ORDERS + n)).collect();
        let page =
            json!({ "orders": orders, "pagination": { "nextToken": format!("{:032x}", noise(page)) } });
        let line = page.to_string() + "\n";
        written += line.len() as u64;
        out.write_all(line.as_bytes())?;
    }
    out.flush()?;
    Ok(json!({ "rows": count * ORDERS, "bytes": written }))
}

/// An order with two items, of the size that Amazon's have with everything but buyers' data.
fn order(n: u64) -> Value {
    let r = noise(n);
    let money = |cents: u64| json!({ "amount": format!("{}.{:02}", cents / 100, cents % 100), "currencyCode": "EUR" });
    let part = |kind: &str, cents| {
        json!({ "type": kind, "subtotal": money(cents), "breakdowns": [
        { "subtype": "BASE", "value": money(cents) }, { "subtype": "DISCOUNT", "value": money(cents / 9) } ] })
    };
    let item = |k: u64| {
        json!({
            "orderItemId": format!("{:014}", noise(r + k) % 100_000_000_000_000),
            "quantityOrdered": 1 + k,
            "product": { "asin": format!("B0{:08X}", noise(r + k) >> 32), "title": format!("Küchenmaschine „Größe {k}“ mit Zubehör, 1200 W, schwarz"),
                "sellerSku": format!("SKU-{:06}", r % 40_000), "condition": { "conditionType": "NEW", "conditionSubtype": "NEW" },
                "price": { "unitPrice": money(r % 30_000), "priceDesignation": "NONE" }, "serialNumbers": [], "customization": {} },
            "proceeds": { "proceedsTotal": money(r % 30_000), "breakdowns": [part("ITEM", r % 30_000), part("SHIPPING", r % 900), part("TAX", r % 4_000)] },
            "fulfillment": { "quantityFulfilled": 1, "quantityUnfulfilled": 0, "picking": { "substitutionPreference": { "substitutionType": "DO_NOT_SUBSTITUTE" } },
                "shipping": { "scheduledDeliveryWindow": { "earliestDateTime": "2026-10-05T08:00:00Z", "latestDateTime": "2026-10-07T20:00:00Z" } } },
        })
    };
    json!({
        "orderId": format!("{:03}-{:07}-{:07}", 100 + r % 20, r % 9_999_991, (r >> 8) % 9_999_973),
        "orderAliases": [{ "aliasId": format!("{:016x}", r), "aliasType": "SELLER_ORDER_ID" }],
        "createdTime": "2026-10-01T10:00:00Z",
        "lastUpdatedTime": format!("2026-10-{:02}T{:02}:{:02}:00Z", 1 + n % 28, r % 24, r % 60),
        "programs": ["AMAZON_BUSINESS", "PRIME"],
        "associatedOrders": [],
        "salesChannel": { "channelName": "AMAZON", "marketplaceId": "A1PA6795UKMFR9", "marketplaceName": "Amazon.de" },
        "proceeds": { "grandTotal": money(r % 60_000) },
        "fulfillment": { "fulfillmentStatus": "SHIPPED", "fulfilledBy": "AMAZON", "fulfillmentServiceLevel": "EXPEDITED",
            "shipByWindow": { "earliestDateTime": "2026-10-02T08:00:00Z", "latestDateTime": "2026-10-03T20:00:00Z" } },
        "packages": [{ "packageReferenceId": "1", "carrier": "DHL", "trackingNumber": format!("{:020}", r), "packageStatus": { "status": "DELIVERED" },
            "packageItems": [{ "orderItemId": format!("{:014}", r % 100_000_000_000_000), "quantity": 1 }] }],
        "orderItems": [item(0), item(1)],
    })
}
