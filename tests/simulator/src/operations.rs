//! The operations that the simulator has, and how often each may be called.

use crate::bucket::Rate;

/// One call of the API, by its operation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Operation {
    /// `GET /sellers/v1/marketplaceParticipations`
    GetMarketplaceParticipations,
    /// `GET /orders/2026-01-01/orders`
    SearchOrders,
    /// `GET /orders/2026-01-01/orders/{orderId}`
    GetOrder(String),
}

impl Operation {
    /// Every operation's name, for the page.
    pub(crate) const NAMES: [&'static str; 3] = ["searchOrders", "getOrder", "getMarketplaceParticipations"];

    /// The operation behind a method and a path.
    pub(crate) fn of(method: &str, path: &str) -> Option<Self> {
        let segments: Vec<&str> = path.trim_start_matches('/').split('/').collect();
        match (method, segments.as_slice()) {
            ("GET", ["sellers", "v1", "marketplaceParticipations"]) => {
                Some(Self::GetMarketplaceParticipations)
            }
            ("GET", ["orders", "2026-01-01", "orders"]) => Some(Self::SearchOrders),
            ("GET", ["orders", "2026-01-01", "orders", id]) if !id.is_empty() => {
                Some(Self::GetOrder((*id).to_owned()))
            }
            _ => None,
        }
    }

    /// Amazon's name of it.
    pub(crate) fn name(&self) -> &'static str {
        match self {
            Self::GetMarketplaceParticipations => "getMarketplaceParticipations",
            Self::SearchOrders => "searchOrders",
            Self::GetOrder(_) => "getOrder",
        }
    }

    /// Its usage plan, from the official models.
    pub(crate) fn rate(&self) -> Rate {
        match self {
            Self::GetMarketplaceParticipations => Rate { ten_thousandths: 160, burst: 15 },
            Self::SearchOrders => Rate { ten_thousandths: 56, burst: 20 },
            Self::GetOrder(_) => Rate { ten_thousandths: 5_000, burst: 30 },
        }
    }
}
