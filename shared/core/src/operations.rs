//! The SP-API operations in use, as data: path, quota and the role each needs.
//!
//! Source: Amazon's models (amzn/selling-partner-api-models), usage plans in the text of each operation;
//! roles from developer-docs.amazon.com/sp-api/docs/role-mappings.

/// One operation.
#[derive(Debug, PartialEq)]
pub struct Operation {
    /// As Amazon spells it.
    pub name: &'static str,
    /// The API's version.
    pub version: &'static str,
    /// The path, without parameters.
    pub path: &'static str,
    /// Calls per second that refill the bucket, by the default usage plan.
    pub rate: f64,
    /// Calls that fit in the bucket.
    pub burst: u32,
    /// The role the application must have.
    pub role: &'static str,
}

/// Orders by time, a page of up to 100, items included.
pub const SEARCH_ORDERS: Operation = Operation {
    name: "searchOrders",
    version: "2026-01-01",
    path: "/orders/2026-01-01/orders",
    rate: 0.0056,
    burst: 20,
    role: "Inventory and Order Tracking",
};

/// The stores a grant covers.
pub const GET_MARKETPLACE_PARTICIPATIONS: Operation = Operation {
    name: "getMarketplaceParticipations",
    version: "v1",
    path: "/sellers/v1/marketplaceParticipations",
    rate: 0.016,
    burst: 15,
    role: "Selling Partner Insights",
};

/// Money moved, by time. Its answers name the account.
pub const LIST_TRANSACTIONS: Operation = Operation {
    name: "listTransactions",
    version: "2024-06-19",
    path: "/finances/2024-06-19/transactions",
    rate: 0.5,
    burst: 10,
    role: "Finance and Accounting",
};

/// Listings of the account in the path.
pub const SEARCH_LISTINGS_ITEMS: Operation = Operation {
    name: "searchListingsItems",
    version: "2021-08-01",
    path: "/listings/2021-08-01/items/{sellerId}",
    rate: 5.0,
    burst: 5,
    role: "Product Listing",
};

/// A new client secret, delivered to the application's own queue. Grantless.
pub const ROTATE_APPLICATION_CLIENT_SECRET: Operation = Operation {
    name: "rotateApplicationClientSecret",
    version: "2023-11-30",
    path: "/applications/2023-11-30/clientSecret",
    rate: 0.0167,
    burst: 1,
    role: "",
};
