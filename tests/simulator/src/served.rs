//! The operations that read an account's data, as one table: where each is, whose it is, how often it may be called
//! and what answers. Rates are the default plans of the official models.

use serde_json::Value;

use crate::ask::{Ask, decoded};
use crate::bucket::Rate;
use crate::data::{
    account, awd, catalog, fees, groups, inbound, inventory, listings, metrics, outbound, payouts, plans,
    transactions, vendor_orders, vendor_shipments, vendor_status,
};
use crate::operations::Needs;
use crate::problem::Problem;

/// One operation.
#[derive(Debug)]
pub(crate) struct Served {
    pub(crate) name: &'static str,
    pub(crate) method: &'static str,
    /// Segments of the path; `{}` stands for anything but nothing.
    path: &'static str,
    pub(crate) needs: Needs,
    pub(crate) rate: Rate,
    pub(crate) answer: fn(&Ask<'_>) -> Result<Value, Problem>,
}

impl PartialEq for Served {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl Eq for Served {}

/// Requests per second, in ten-thousandths, and the burst.
const fn rate(ten_thousandths: u64, burst: u64) -> Rate {
    Rate { ten_thousandths, burst }
}

/// Every one of them.
#[rustfmt::skip]
pub(crate) const SERVED: [Served; 22] = {
    use Needs::{Partner, Seller, Vendor};
    [
        Served { name: "getAccount", method: "GET", path: "sellers/v1/account", needs: Seller, rate: rate(160, 15), answer: account::get },
        Served { name: "listTransactions", method: "GET", path: "finances/2024-06-19/transactions", needs: Seller, rate: rate(5_000, 10), answer: transactions::list },
        Served { name: "listFinancialEventGroups", method: "GET", path: "finances/v0/financialEventGroups", needs: Seller, rate: rate(5_000, 30), answer: groups::list },
        Served { name: "listPayouts", method: "GET", path: "finances/transfers/2024-06-01/payouts", needs: Seller, rate: rate(5_000, 10), answer: payouts::list },
        Served { name: "listExpectedPayouts", method: "GET", path: "finances/transfers/2024-06-01/payouts/expected", needs: Seller, rate: rate(5_000, 10), answer: payouts::expected },
        Served { name: "searchListingsItems", method: "GET", path: "listings/2021-08-01/items/{}", needs: Partner, rate: rate(50_000, 5), answer: listings::search },
        Served { name: "getListingsItem", method: "GET", path: "listings/2021-08-01/items/{}/{}", needs: Partner, rate: rate(50_000, 10), answer: listings::get },
        Served { name: "searchCatalogItems", method: "GET", path: "catalog/2022-04-01/items", needs: Partner, rate: rate(20_000, 2), answer: catalog::search },
        Served { name: "getInventorySummaries", method: "GET", path: "fba/inventory/v1/summaries", needs: Seller, rate: rate(20_000, 2), answer: inventory::summaries },
        Served { name: "getShipments", method: "GET", path: "fba/inbound/v0/shipments", needs: Seller, rate: rate(20_000, 30), answer: inbound::shipments },
        Served { name: "getShipmentItems", method: "GET", path: "fba/inbound/v0/shipmentItems", needs: Seller, rate: rate(20_000, 30), answer: inbound::items },
        Served { name: "getShipmentItemsByShipmentId", method: "GET", path: "fba/inbound/v0/shipments/{}/items", needs: Seller, rate: rate(20_000, 30), answer: inbound::items_of },
        Served { name: "listInboundPlans", method: "GET", path: "inbound/fba/2024-03-20/inboundPlans", needs: Seller, rate: rate(20_000, 6), answer: plans::list },
        Served { name: "listAllFulfillmentOrders", method: "GET", path: "fba/outbound/2020-07-01/fulfillmentOrders", needs: Seller, rate: rate(20_000, 30), answer: outbound::list },
        Served { name: "getFulfillmentOrder", method: "GET", path: "fba/outbound/2020-07-01/fulfillmentOrders/{}", needs: Seller, rate: rate(20_000, 30), answer: outbound::get },
        Served { name: "getOrderMetrics", method: "GET", path: "sales/v1/orderMetrics", needs: Seller, rate: rate(5_000, 15), answer: metrics::get },
        Served { name: "getMyFeesEstimates", method: "POST", path: "products/fees/v0/feesEstimate", needs: Seller, rate: rate(5_000, 1), answer: fees::estimates },
        Served { name: "listInventory", method: "GET", path: "awd/2024-05-09/inventory", needs: Seller, rate: rate(20_000, 2), answer: awd::inventory },
        Served { name: "listInboundShipments", method: "GET", path: "awd/2024-05-09/inboundShipments", needs: Seller, rate: rate(10_000, 1), answer: awd::shipments },
        Served { name: "getPurchaseOrders", method: "GET", path: "vendor/orders/v1/purchaseOrders", needs: Vendor, rate: rate(100_000, 10), answer: vendor_orders::list },
        Served { name: "getPurchaseOrdersStatus", method: "GET", path: "vendor/orders/v1/purchaseOrdersStatus", needs: Vendor, rate: rate(100_000, 10), answer: vendor_status::list },
        Served { name: "GetShipmentDetails", method: "GET", path: "vendor/shipping/v1/shipments", needs: Vendor, rate: rate(100_000, 10), answer: vendor_shipments::list },
    ]
};

/// The operation behind a method and a path, with what stands in the path's braces, decoded.
pub(crate) fn find(method: &str, path: &str) -> Option<(&'static Served, Vec<String>)> {
    let given: Vec<&str> = path.trim_start_matches('/').split('/').collect();
    SERVED.iter().filter(|served| served.method == method).find_map(|served| {
        let wanted: Vec<&str> = served.path.split('/').collect();
        let fits = wanted.len() == given.len()
            && wanted.iter().zip(&given).all(|(w, g)| if *w == "{}" { !g.is_empty() } else { w == g });
        let braced = wanted.iter().zip(&given).filter(|(wanted, _)| **wanted == "{}");
        fits.then(|| (served, braced.map(|(_, given)| decoded(given)).collect()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_leads_to_its_operation_and_its_variables_are_decoded() {
        let (served, variables) = find("GET", "/listings/2021-08-01/items/A1/A%2CB%20%2B").unwrap();
        assert_eq!((served.name, variables), ("getListingsItem", vec!["A1".to_owned(), "A,B +".to_owned()]));
        assert_eq!(find("GET", "/listings/2021-08-01/items/A1").unwrap().0.name, "searchListingsItems");
        assert!(find("POST", "/listings/2021-08-01/items/A1").is_none());
        assert!(find("GET", "/listings/2021-08-01/items/").is_none());
    }
}
