//! The operations that the simulator has, whom each is for, and how often it may be called.

use crate::bucket::Rate;
use crate::{destinations, rotation};

/// One call of the API, by its operation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Operation {
    /// `GET /sellers/v1/marketplaceParticipations`
    GetMarketplaceParticipations,
    /// `GET /orders/2026-01-01/orders`
    SearchOrders,
    /// `GET /orders/2026-01-01/orders/{orderId}`
    GetOrder(String),
    /// `GET /finances/2024-06-19/transactions`
    ListTransactions,
    /// `GET /listings/2021-08-01/items/{sellerId}`
    SearchListingsItems(String),
    /// `POST /applications/2023-11-30/clientSecret`
    RotateApplicationClientSecret,
    /// `POST /tokens/2021-03-01/restrictedDataToken`
    CreateRestrictedDataToken,
    /// `GET /orders/v0/orders/{orderId}/address`, with a restricted data token
    GetOrderAddress(String),
    /// `PATCH /listings/2021-08-01/items/{sellerId}/{sku}`
    PatchListingsItem(String, String),
    /// `GET /notifications/v1/destinations`
    GetDestinations,
    /// `POST /notifications/v1/destinations`
    CreateDestination,
    /// `GET /notifications/v1/destinations/{destinationId}`
    GetDestination(String),
    /// `DELETE /notifications/v1/destinations/{destinationId}`
    DeleteDestination(String),
    /// `GET /notifications/v1/subscriptions`
    GetSubscriptions,
    /// `GET /notifications/v1/subscriptions/{notificationType}`
    GetSubscription(String),
    /// `POST /notifications/v1/subscriptions/{notificationType}`
    CreateSubscription(String),
    /// `GET /notifications/v1/subscriptions/{notificationType}/{subscriptionId}`
    GetSubscriptionById(String, String),
    /// `DELETE /notifications/v1/subscriptions/{notificationType}/{subscriptionId}`
    DeleteSubscriptionById(String, String),
}

/// Whose token an operation needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Needs {
    /// A seller's.
    Seller,
    /// A seller's or a vendor's.
    Partner,
    /// A grantless one with this scope.
    Scope(&'static str),
}

impl Operation {
    /// Every operation's name, for the page.
    pub(crate) const NAMES: [&'static str; 18] = [
        "searchOrders",
        "getOrder",
        "getMarketplaceParticipations",
        "listTransactions",
        "searchListingsItems",
        "rotateApplicationClientSecret",
        "createRestrictedDataToken",
        "getOrderAddress",
        "patchListingsItem",
        "getDestinations",
        "createDestination",
        "getDestination",
        "deleteDestination",
        "getSubscriptions",
        "getSubscription",
        "createSubscription",
        "getSubscriptionById",
        "deleteSubscriptionById",
    ];

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
            ("GET", ["finances", "2024-06-19", "transactions"]) => Some(Self::ListTransactions),
            ("GET", ["listings", "2021-08-01", "items", seller]) if !seller.is_empty() => {
                Some(Self::SearchListingsItems((*seller).to_owned()))
            }
            ("POST", ["applications", "2023-11-30", "clientSecret"]) => {
                Some(Self::RotateApplicationClientSecret)
            }
            ("POST", ["tokens", "2021-03-01", "restrictedDataToken"]) => {
                Some(Self::CreateRestrictedDataToken)
            }
            ("GET", ["orders", "v0", "orders", id, "address"]) if !id.is_empty() => {
                Some(Self::GetOrderAddress((*id).to_owned()))
            }
            ("PATCH", ["listings", "2021-08-01", "items", seller, sku]) => {
                Some(Self::PatchListingsItem((*seller).to_owned(), (*sku).to_owned()))
            }
            ("GET", ["notifications", "v1", "destinations"]) => Some(Self::GetDestinations),
            ("POST", ["notifications", "v1", "destinations"]) => Some(Self::CreateDestination),
            (method, ["notifications", "v1", what @ ..]) => Self::of_notifications(method, what),
            _ => None,
        }
    }

    /// Those of Notifications v1 that name something in their path.
    fn of_notifications(method: &str, path: &[&str]) -> Option<Self> {
        match (method, path) {
            ("GET", ["destinations", id]) => Some(Self::GetDestination((*id).to_owned())),
            ("DELETE", ["destinations", id]) => Some(Self::DeleteDestination((*id).to_owned())),
            ("GET", ["subscriptions"]) => Some(Self::GetSubscriptions),
            ("GET", ["subscriptions", kind]) => Some(Self::GetSubscription((*kind).to_owned())),
            ("POST", ["subscriptions", kind]) => Some(Self::CreateSubscription((*kind).to_owned())),
            ("GET", ["subscriptions", kind, id]) => {
                Some(Self::GetSubscriptionById((*kind).to_owned(), (*id).to_owned()))
            }
            ("DELETE", ["subscriptions", kind, id]) => {
                Some(Self::DeleteSubscriptionById((*kind).to_owned(), (*id).to_owned()))
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
            Self::ListTransactions => "listTransactions",
            Self::SearchListingsItems(_) => "searchListingsItems",
            Self::RotateApplicationClientSecret => "rotateApplicationClientSecret",
            Self::CreateRestrictedDataToken => "createRestrictedDataToken",
            Self::GetOrderAddress(_) => "getOrderAddress",
            Self::PatchListingsItem(..) => "patchListingsItem",
            Self::GetDestinations => "getDestinations",
            Self::CreateDestination => "createDestination",
            Self::GetDestination(_) => "getDestination",
            Self::DeleteDestination(_) => "deleteDestination",
            Self::GetSubscriptions => "getSubscriptions",
            Self::GetSubscription(_) => "getSubscription",
            Self::CreateSubscription(_) => "createSubscription",
            Self::GetSubscriptionById(..) => "getSubscriptionById",
            Self::DeleteSubscriptionById(..) => "deleteSubscriptionById",
        }
    }

    /// Whom it is for. Vendors have listings, too; the model's parameters have words of theirs.
    pub(crate) fn needs(&self) -> Needs {
        match self {
            Self::GetMarketplaceParticipations
            | Self::SearchOrders
            | Self::GetOrder(_)
            | Self::ListTransactions
            | Self::GetOrderAddress(_) => Needs::Seller,
            Self::SearchListingsItems(_)
            | Self::PatchListingsItem(..)
            | Self::CreateRestrictedDataToken
            | Self::GetSubscriptions
            | Self::GetSubscription(_)
            | Self::CreateSubscription(_) => Needs::Partner,
            Self::RotateApplicationClientSecret => Needs::Scope(rotation::SCOPE),
            Self::GetDestinations
            | Self::CreateDestination
            | Self::GetDestination(_)
            | Self::DeleteDestination(_)
            | Self::GetSubscriptionById(..)
            | Self::DeleteSubscriptionById(..) => Needs::Scope(destinations::SCOPE),
        }
    }

    /// Whether it takes a restricted data token only.
    pub(crate) fn is_restricted(&self) -> bool {
        matches!(self, Self::GetOrderAddress(_))
    }

    /// Its usage plan, from the official models.
    pub(crate) fn rate(&self) -> Rate {
        match self {
            Self::GetMarketplaceParticipations => Rate { ten_thousandths: 160, burst: 15 },
            Self::SearchOrders => Rate { ten_thousandths: 56, burst: 20 },
            Self::GetOrder(_) => Rate { ten_thousandths: 5_000, burst: 30 },
            Self::ListTransactions => Rate { ten_thousandths: 5_000, burst: 10 },
            Self::SearchListingsItems(_) => Rate { ten_thousandths: 50_000, burst: 5 },
            Self::RotateApplicationClientSecret => Rate { ten_thousandths: 167, burst: 1 },
            Self::CreateRestrictedDataToken => Rate { ten_thousandths: 10_000, burst: 10 },
            Self::GetOrderAddress(_) => Rate { ten_thousandths: 5_000, burst: 30 },
            Self::PatchListingsItem(..) => Rate { ten_thousandths: 50_000, burst: 5 },
            Self::GetDestinations
            | Self::CreateDestination
            | Self::GetDestination(_)
            | Self::DeleteDestination(_)
            | Self::GetSubscriptions
            | Self::GetSubscription(_)
            | Self::CreateSubscription(_)
            | Self::GetSubscriptionById(..)
            | Self::DeleteSubscriptionById(..) => Rate { ten_thousandths: 10_000, burst: 5 },
        }
    }
}
