//! Every page of an operation, by whatever name its token goes.

use std::time::Duration;

use serde_json::Value;

use crate::asking::{Amazon, Answer};

/// How an operation pages: its parameter, and where in the answer the token and the items are.
pub(crate) struct Pages {
    pub(crate) path: &'static str,
    pub(crate) token: &'static str,
    pub(crate) next: &'static str,
    pub(crate) items: &'static str,
}

impl Pages {
    /// Every item of every page, in order. A spent bucket is waited out by moving the clock.
    pub(crate) async fn all(
        &self,
        amazon: &Amazon,
        region: &str,
        query: &[(&str, &str)],
        token: &str,
    ) -> Vec<Value> {
        let mut found = Vec::new();
        let mut next: Option<String> = None;
        for _ in 0..500 {
            let more = next.iter().map(|next| (self.token, next.as_str()));
            let query: Vec<_> = query.iter().copied().chain(more).collect();
            let answer = patiently(amazon, region, self.path, &query, token).await;
            assert_eq!(answer.status, 200, "{} {query:?}: {}", self.path, answer.text());
            let page = answer.json();
            found.extend(page.pointer(self.items).and_then(Value::as_array).unwrap().clone());
            match page.pointer(self.next).and_then(Value::as_str) {
                Some(token) => next = Some(token.to_owned()),
                None => return found,
            }
        }
        panic!("{} has no last page", self.path);
    }
}

/// One call; where the bucket is empty, half a second later.
pub(crate) async fn patiently(
    amazon: &Amazon,
    region: &str,
    path: &str,
    query: &[(&str, &str)],
    token: &str,
) -> Answer {
    loop {
        let answer = amazon.call(region, path, query, token).await;
        if answer.status != 429 {
            return answer;
        }
        amazon.world.advance(Duration::from_millis(500));
    }
}

pub(crate) const TRANSACTIONS: Pages = Pages {
    path: "/finances/2024-06-19/transactions",
    token: "nextToken",
    next: "/payload/nextToken",
    items: "/payload/transactions",
};
pub(crate) const SUMMARIES: Pages = Pages {
    path: "/fba/inventory/v1/summaries",
    token: "nextToken",
    next: "/pagination/nextToken",
    items: "/payload/inventorySummaries",
};
pub(crate) const PAYOUTS: Pages = Pages {
    path: "/finances/transfers/2024-06-01/payouts",
    token: "nextToken",
    next: "/nextToken",
    items: "/payouts",
};
pub(crate) const GROUPS: Pages = Pages {
    path: "/finances/v0/financialEventGroups",
    token: "NextToken",
    next: "/payload/NextToken",
    items: "/payload/FinancialEventGroupList",
};
pub(crate) const SHIPMENTS: Pages = Pages {
    path: "/fba/inbound/v0/shipments",
    token: "NextToken",
    next: "/payload/NextToken",
    items: "/payload/ShipmentData",
};

/// The filters of a store's inventory.
pub(crate) fn stock_of(store: &str) -> [(&str, &str); 4] {
    [
        ("granularityType", "Marketplace"),
        ("granularityId", store),
        ("marketplaceIds", store),
        ("details", "true"),
    ]
}
