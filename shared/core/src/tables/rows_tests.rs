//! Golden rows: a record in, its cells out.

use super::*;

fn record(payload: &str) -> String {
    format!(
        r#"{{"tenant":"main","connection":"c1","seller":"A2NORTHWIND01US","marketplace":"ATVPDKIKX0DER","domain":"orders",
        "entity":"order","key":"111-1","updated_at":"2026-11-20T10:00:00Z","fetched_at":"2026-11-20T10:05:00.123Z",
        "operation":"searchOrders","request_id":"r-1","payload":{payload}}}"#
    )
}

const ORDER: &str = r#"{"orderId":"111-1","createdTime":"2026-11-20T09:00:00Z","lastUpdatedTime":"2026-11-20T10:00:00Z",
    "orderAliases":[{"aliasId":"x","aliasType":"OTHER"},{"aliasId":"S-9","aliasType":"SELLER_ORDER_ID"}],
    "salesChannel":{"channelName":"AMAZON","marketplaceId":"ATVPDKIKX0DER"},"programs":["PRIME"],
    "fulfillment":{"fulfillmentStatus":"SHIPPED","fulfilledBy":""},
    "proceeds":{"grandTotal":{"amount":"20.10","currencyCode":"USD"},"breakdowns":[
        {"type":"SHIPPING","subtotal":{"amount":"0.10","currencyCode":"USD"}},
        {"type":"ITEM","subtotal":{"amount":20,"currencyCode":"USD"}}]},
    "orderItems":[
        {"orderItemId":"i-1","quantityOrdered":2,"product":{"asin":"B0","sellerSku":"S,K&U 日本",
            "price":{"unitPrice":{"amount":"10.00","currencyCode":"USD"}}}},
        {"orderItemId":"i-2","quantityOrdered":"many","product":{"asin":"B1"},"new":{"deep":[1]}}]}"#;

/// The rows of a record as (table, column, text of the cell), empty ones left out.
fn shaped(line: &str) -> (Vec<(String, String)>, u64) {
    let shaper = Shaper::of("orders").unwrap();
    let shaped = shaper.rows(&Envelope::read(line).unwrap(), "domain=orders/x.ndjson.gz", 3);
    let tables: Vec<_> = shaper.tables().collect();
    let mut cells = Vec::new();
    for (number, row) in shaped.rows {
        let columns = tables[number].columns();
        assert_eq!(row.len(), columns.len(), "a cell for each column");
        for (column, cell) in columns.iter().zip(row) {
            let text = match cell {
                None => continue,
                Some(Cell::Text(text)) => text,
                Some(Cell::Integer(value) | Cell::Decimal(value) | Cell::Instant(value)) => value.to_string(),
                Some(Cell::Boolean(value)) => value.to_string(),
                Some(Cell::Date(value)) => value.to_string(),
            };
            cells.push((format!("{}.{}", tables[number].name, column.name), text));
        }
    }
    (cells, shaped.misfits)
}

fn all<'a>(cells: &'a [(String, String)], name: &str) -> Vec<&'a str> {
    cells.iter().filter(|(column, _)| column == name).map(|(_, text)| text.as_str()).collect()
}

#[test]
fn an_order_is_one_row_and_each_of_its_items_another() {
    let (cells, misfits) = shaped(&record(ORDER));
    for (column, values) in [
        ("orders.tenant", &["main"][..]),
        ("orders.record_key", &["111-1"]),
        ("orders.updated_at", &["1795168800000000"]),
        ("orders.updated_at_raw", &["2026-11-20T10:00:00Z"]),
        ("orders.fetched_at", &["1795169100123000"]),
        ("orders.object", &["domain=orders/x.ndjson.gz"]),
        ("orders.line", &["3"]),
        ("orders.seller_order_id", &["S-9"]),
        ("orders.created_time", &["1795165200000000"]),
        ("orders.programs", &[r#"["PRIME"]"#]),
        ("orders.status", &["SHIPPED"]),
        ("orders.fulfilled_by", &[]),
        ("orders.total", &["201000"]),
        ("orders.total_currency", &["USD"]),
        ("orders.items_total", &["200000"]),
        ("orders.shipping_total", &["1000"]),
        ("orders.tax_total", &[]),
        ("orders.payload", &[ORDER]),
        ("order_items.order_id", &["111-1", "111-1"]),
        ("order_items.position", &["1", "2"]),
        ("order_items.order_item_id", &["i-1", "i-2"]),
        ("order_items.sku", &["S,K&U 日本"]),
        ("order_items.unit_price", &["100000"]),
        ("order_items.quantity_ordered", &["2"]),
    ] {
        assert_eq!(all(&cells, column), values, "{column}");
    }
    assert_eq!(misfits, 1, "a quantity of \"many\"");
    let payloads = all(&cells, "order_items.payload");
    assert!(
        payloads[1].contains("\"many\"") && payloads[1].contains("\"new\""),
        "nothing is lost: {payloads:?}"
    );
}

#[test]
fn l55_a_bad_value_never_loses_a_row() {
    let (whole, _) = shaped(&record(ORDER));
    let rows =
        |cells: &[(String, String)]| all(cells, "orders.line").len() + all(cells, "order_items.line").len();
    for (good, bad) in [
        (r#""amount":"20.10""#, r#""amount":"twenty""#),
        (r#""amount":"20.10""#, r#""amount":{"of":1}"#),
        (r#""2026-11-20T09:00:00Z""#, r#""yesterday""#),
        (r#""quantityOrdered":2"#, r#""quantityOrdered":2.5"#),
        (r#""programs":["PRIME"]"#, r#""programs":null"#),
        (r#""salesChannel":{"channelName":"AMAZON","marketplaceId":"ATVPDKIKX0DER"}"#, r#""salesChannel":7"#),
        (r#""breakdowns":["#, r#""breakdowns":["text",null,"#),
    ] {
        assert!(ORDER.contains(good), "{good}");
        let (cells, _) = shaped(&record(&ORDER.replace(good, bad)));
        assert_eq!(rows(&cells), rows(&whole), "{bad}");
        assert_eq!(all(&cells, "orders.order_id"), ["111-1"]);
    }
    for odd in [r#"{"orderId":7}"#, r#"{"orderId":null}"#, r#"{"orderId":{}, "orderItems":3}"#] {
        let (cells, _) = shaped(&record(odd));
        assert_eq!(all(&cells, "orders.payload"), [odd], "kept as it came");
    }
}

#[test]
fn an_order_that_came_by_report_is_a_line_whatever_its_columns_are_called() {
    let line = r#"{"Amazon-Order-Id":"1","amazon-order-id":"1","Purchase Date":"2026-11-20T09:00:00+00:00","item_price":"1.50","quantity":""}"#;
    let (cells, misfits) = shaped(&record(line));
    assert_eq!(misfits, 0);
    for (column, value) in [("created_time", "1795165200000000"), ("item_amount", "15000"), ("order_id", "1")]
    {
        assert_eq!(all(&cells, &format!("order_lines.{column}")), [value], "{column}");
    }
    assert_eq!(all(&cells, "order_lines.created_time_raw"), ["2026-11-20T09:00:00+00:00"]);
    assert!(all(&cells, "orders.payload").is_empty(), "it is no order as the API tells it");
}

#[test]
fn what_is_no_record_is_told() {
    for line in ["", "{}", "[]", "null", r#"{"tenant":"main"}"#, &record("{")] {
        assert_eq!(Envelope::read(line).unwrap_err(), Unreadable, "{line}");
    }
}

#[test]
fn a_record_that_lacks_a_key_or_a_time_is_a_row_all_the_same() {
    let line = record(ORDER)
        .replace(r#""key":"111-1""#, r#""key":null"#)
        .replace(r#""updated_at":"2026-11-20T10:00:00Z""#, r#""updated_at":"20.11.2026""#);
    let (cells, _) = shaped(&line);
    assert_eq!(all(&cells, "orders.record_key"), [""; 0]);
    assert_eq!(all(&cells, "orders.updated_at"), [""; 0]);
    assert_eq!(all(&cells, "orders.updated_at_raw"), ["20.11.2026"]);
    assert_eq!(all(&cells, "orders.order_id"), ["111-1"]);
}
