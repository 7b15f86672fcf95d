//! The operations that the simulator has, whom each is for, and how often it may be called.

use crate::bucket::Rate;
use crate::kiosk::KioskCall;
use crate::reports::ReportCall;
use crate::served::{self, SERVED, Served};
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
    /// One that reads data, with what stands in its path's braces.
    Served(&'static Served, Vec<String>),
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
    /// Reports 2021-06-30
    Reports(ReportCall),
    /// Data Kiosk 2023-11-15
    Kiosk(KioskCall),
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
    /// A vendor's.
    Vendor,
    /// A seller's or a vendor's.
    Partner,
    /// A grantless one with this scope.
    Scope(&'static str),
}

impl Operation {
    /// The names of those that are not in the table of [`served`].
    const NAMES: [&'static str; 16] = [
        "searchOrders",
        "getOrder",
        "getMarketplaceParticipations",
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

    /// Every operation's name, for the page.
    pub(crate) fn names() -> impl Iterator<Item = &'static str> {
        Self::NAMES.into_iter().chain(SERVED.iter().map(|served| served.name))
    }

    /// The operation behind a method and a path.
    pub(crate) fn of(method: &str, path: &str) -> Option<Self> {
        let segments: Vec<&str> = path.trim_start_matches('/').split('/').collect();
        let made = ReportCall::of(method, &segments).map(Self::Reports);
        let made = made.or_else(|| KioskCall::of(method, &segments).map(Self::Kiosk));
        if made.is_some() {
            return made;
        }
        match (method, segments.as_slice()) {
            ("GET", ["sellers", "v1", "marketplaceParticipations"]) => {
                Some(Self::GetMarketplaceParticipations)
            }
            ("GET", ["orders", "2026-01-01", "orders"]) => Some(Self::SearchOrders),
            ("GET", ["orders", "2026-01-01", "orders", id]) if !id.is_empty() => {
                Some(Self::GetOrder((*id).to_owned()))
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
            _ => served::find(method, path).map(|(served, variables)| Self::Served(served, variables)),
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
            Self::Served(served, _) => served.name,
            Self::RotateApplicationClientSecret => "rotateApplicationClientSecret",
            Self::CreateRestrictedDataToken => "createRestrictedDataToken",
            Self::GetOrderAddress(_) => "getOrderAddress",
            Self::PatchListingsItem(..) => "patchListingsItem",
            Self::GetDestinations => "getDestinations",
            Self::CreateDestination => "createDestination",
            Self::Reports(call) => call.name(),
            Self::Kiosk(call) => call.name(),
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
            | Self::GetOrderAddress(_) => Needs::Seller,
            Self::Served(served, _) => served.needs,
            Self::Reports(_)
            | Self::Kiosk(_)
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

    /// Whether it takes a restricted data token as well as an ordinary one.
    pub(crate) fn may_be_restricted(&self) -> bool {
        matches!(self, Self::Reports(ReportCall::Document(_)))
    }

    /// Its usage plan, from the official models.
    pub(crate) fn rate(&self) -> Rate {
        match self {
            Self::GetMarketplaceParticipations => Rate { ten_thousandths: 160, burst: 15 },
            Self::SearchOrders => Rate { ten_thousandths: 56, burst: 20 },
            Self::GetOrder(_) => Rate { ten_thousandths: 5_000, burst: 30 },
            Self::Served(served, _) => served.rate,
            Self::RotateApplicationClientSecret => Rate { ten_thousandths: 167, burst: 1 },
            Self::CreateRestrictedDataToken => Rate { ten_thousandths: 10_000, burst: 10 },
            Self::GetOrderAddress(_) => Rate { ten_thousandths: 5_000, burst: 30 },
            Self::PatchListingsItem(..) => Rate { ten_thousandths: 50_000, burst: 5 },
            Self::Reports(call) => call.rate(),
            Self::Kiosk(call) => call.rate(),
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
