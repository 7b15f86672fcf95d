//! The truth that tests are told.

use std::collections::BTreeSet;

use sellerport_simulator::{DOMAINS, SellerKind, Truth};
use serde_json::Value;

use crate::asking::{Amazon, NORTHWIND, VENDOR, open};

/// Everything of a domain.
pub(crate) fn truth(amazon: &Amazon, seller: &str, domain: &str) -> Vec<Truth> {
    amazon.world.truth(seller, domain).unwrap()
}

#[tokio::test]
async fn what_a_vendor_ships_is_what_amazon_receives_and_sells_later() {
    let amazon = open().await;
    let orders = truth(&amazon, VENDOR, "vendororders");
    let shipments = truth(&amazon, VENDOR, "vendorshipments");
    assert!(orders.len() > 80 && shipments.len() < orders.len());
    let numbers: BTreeSet<&str> = orders.iter().map(|one| one.key.as_str()).collect();
    assert_eq!(numbers.len(), orders.len());
    for one in &shipments {
        assert!(numbers.contains(one.item["buyerReferenceNumber"].as_str().unwrap()));
    }
    let retail = truth(&amazon, VENDOR, "vendoranalytics");
    let sum = |pointer: &str, from: &str, until: &str| -> i64 {
        let days = retail.iter().filter(|one| from <= one.updated.as_str() && one.updated.as_str() <= until);
        days.map(|one| one.item.pointer(pointer).and_then(Value::as_i64).unwrap()).sum()
    };
    let received = sum("/inventory/netReceivedInventoryUnits", "2026-10-01", "2026-10-31");
    let sold = sum("/sales/shippedUnits", "2026-10-11", "2026-11-10");
    assert!(received > 200);
    assert_eq!(received, sold, "ten days later");
}

#[tokio::test]
async fn every_domain_has_truth_under_keys_of_its_own_for_whom_it_concerns() {
    let amazon = open().await;
    for seller in amazon.world.sellers() {
        for domain in DOMAINS {
            let told = truth(&amazon, &seller.id, domain);
            let keys: BTreeSet<&str> = told.iter().map(|one| one.key.as_str()).collect();
            assert_eq!(keys.len(), told.len(), "{domain} of {}", seller.id);
            assert!(keys.iter().all(|key| !key.is_empty()), "{domain}");
            let shared = ["listings", "catalog"].contains(&domain);
            let of_vendors = domain.starts_with("vendor") || shared;
            match seller.kind {
                SellerKind::Vendor => assert_eq!(told.is_empty(), !of_vendors, "{domain} of {}", seller.id),
                SellerKind::Seller if domain.starts_with("vendor") => assert!(told.is_empty()),
                SellerKind::Seller if seller.id == NORTHWIND => assert!(!told.is_empty(), "{domain}"),
                SellerKind::Seller => {}
            }
        }
    }
    let answer = amazon.get(&format!("/_sim/truth/{NORTHWIND}/payouts")).await.json();
    assert_eq!(answer["truth"].as_array().unwrap().len(), truth(&amazon, NORTHWIND, "payouts").len());
    assert_eq!(amazon.get("/_sim/truth/nobody/payouts").await.status, 404);
    assert_eq!(amazon.get(&format!("/_sim/truth/{NORTHWIND}/nothing")).await.status, 404);
}
