//! The types of notifications that are subscribed to, as data.

use crate::catalogue::Role;
use crate::domains;
use crate::marketplaces::Kind as AccountKind;

/// What a notification of a type does to the streams of its domains.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wakes {
    /// Something changed: the stream is due soon.
    Changed,
    /// What was asked for is there: a stream that waits for it need not wait longer.
    Waiting,
}

/// One type.
#[derive(Debug)]
pub struct Kind {
    /// Amazon's word for it.
    pub name: &'static str,
    /// The version of its payload that is asked for. Of the payload no more is read than a name.
    pub version: &'static str,
    /// Where the payload names the one thing that it is about, field by field in camel case; nothing where nobody looks.
    pub names: &'static str,
    /// What it does.
    pub wakes: Wakes,
    /// To the streams of these domains, where a build has them.
    pub domains: &'static [&'static str],
    /// The role that Amazon wants for it; none where any of the application's will do.
    pub role: Option<Role>,
    /// What it says, for people.
    pub says: &'static str,
}

/// All types, in the order in which they are subscribed to.
///
/// Versions: Amazon's schemas/notifications; roles: developer-docs.amazon.com/sp-api, notification-type-values. Types
/// that only come by `EventBridge` are not here.
pub const KINDS: [Kind; 6] = [
    Kind {
        name: "ORDER_CHANGE",
        version: "1.0",
        names: "orderChangeNotification.amazonOrderId",
        wakes: Wakes::Changed,
        domains: &["orders"],
        role: Some(Role::InventoryAndOrderTracking),
        says: "An order was placed or changed.",
    },
    Kind {
        name: "REPORT_PROCESSING_FINISHED",
        version: "2020-09-04",
        names: "",
        wakes: Wakes::Waiting,
        // It names its report's type, but that is a stranger's word: whoever waits looks after his own.
        domains: &[
            "inventory",
            "settlements",
            "reimbursements",
            "returns",
            "mfnreturns",
            "ledger",
            "listings",
            "traffic",
            "fees",
        ],
        role: None,
        says: "A report that was asked for is ready.",
    },
    Kind {
        name: "DATA_KIOSK_QUERY_PROCESSING_FINISHED",
        version: "2023-11-15",
        names: "",
        wakes: Wakes::Waiting,
        domains: &["traffic"],
        role: Some(Role::BrandAnalytics),
        says: "An answer of Data Kiosk's that was asked for is ready.",
    },
    Kind {
        name: "FBA_INVENTORY_AVAILABILITY_CHANGES",
        version: "1.0",
        names: "",
        wakes: Wakes::Changed,
        domains: &["inventory"],
        role: Some(Role::AmazonFulfillment),
        says: "The stock in Amazon's warehouses changed.",
    },
    Kind {
        name: "TRANSACTION_UPDATE",
        version: "1.0",
        names: "",
        wakes: Wakes::Changed,
        domains: &["finances"],
        role: Some(Role::FinanceAndAccounting),
        says: "Money was booked.",
    },
    Kind {
        name: "ACCOUNT_STATUS_CHANGED",
        version: "2021-01-01",
        names: "",
        wakes: Wakes::Changed,
        domains: &["account"],
        role: Some(Role::SellingPartnerInsights),
        says: "The account's standing at Amazon changed.",
    },
];

/// The type of this name.
pub fn by_name(name: &str) -> Option<&'static Kind> {
    KINDS.iter().find(|kind| kind.name == name)
}

impl Kind {
    /// The domains of this build that it is about, of accounts of this kind.
    fn domains_of(&self, account: AccountKind) -> impl Iterator<Item = &'static domains::Domain> {
        self.domains
            .iter()
            .filter_map(|name| domains::by_name(name))
            .filter(move |domain| domain.kind == account)
    }
}

/// The types that an account of this kind has a use for. What only wakes who waits is of no use where nothing else
/// of the account is known to change: a domain that asks for reports has it in its list.
pub(super) fn wanted(account: AccountKind) -> impl Iterator<Item = &'static Kind> {
    KINDS.iter().filter(move |kind| kind.domains_of(account).next().is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_type_stands_once_and_an_account_is_subscribed_to_what_it_has_domains_for() {
        for (place, kind) in KINDS.iter().enumerate() {
            assert!(KINDS[..place].iter().all(|other| other.name != kind.name), "{} twice", kind.name);
            assert!(!kind.domains.is_empty() && kind.says.ends_with('.'), "{}", kind.name);
        }
        let of = |account| wanted(account).map(|kind| kind.name).collect::<Vec<_>>();
        assert!(of(AccountKind::Seller).contains(&"ORDER_CHANGE"));
        assert!(!of(AccountKind::Vendor).contains(&"ORDER_CHANGE"), "a vendor has no such orders");
    }
}
