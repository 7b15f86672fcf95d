//! What a test may learn of the world and change in it, without going over the wire.

use std::collections::BTreeMap;
use std::time::Duration;

use jiff::Timestamp;
use serde::Serialize;

use crate::applications::{Application, ApplicationKind};
use crate::asked::Asked;

use crate::faults::Fault;
use crate::kiosk::QueryTruth;
use crate::reported::{Content, Wanted, content};
use crate::reports::ReportTruth;
use crate::secrets::SecretKind;
use crate::sellers::Seller;
use crate::truth::told::{Truth, told};
use crate::world::World;

/// The truth about one order, as it stands now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct OrderTruth {
    /// Amazon's identifier.
    pub order_id: String,
    /// The store that it was placed in.
    pub marketplace_id: String,
    /// When it was placed, as the API writes it.
    pub created_time: String,
    /// When it last changed, as the API writes it.
    pub last_updated_time: String,
    /// `PENDING`, `UNSHIPPED`, `SHIPPED`, `CANCELLED`; absent where an example has none.
    pub status: Option<String>,
}

/// One order as a search shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    /// Amazon's identifier.
    pub order_id: String,
    /// When it last changed, as far as it is shown.
    pub updated: Timestamp,
}

impl World {
    /// The time in this world.
    pub fn now(&self) -> Timestamp {
        self.clock().now()
    }

    /// Sets the time.
    pub fn set_clock(&self, to: Timestamp) {
        self.clock().set(to);
        self.settle();
    }

    /// Moves the time forward.
    pub fn advance(&self, by: Duration) {
        self.clock().advance(by);
        self.settle();
    }

    /// Ends what is due by now: reports, queries, settlements.
    fn settle(&self) {
        let now = self.now();
        self.hold().settle(now);
    }

    /// The truth about an account's reports as they stand now, oldest first: those that were asked for and those that
    /// Amazon made.
    pub fn reports_of(&self, seller: &str) -> Vec<ReportTruth> {
        let now = self.now();
        let mut inside = self.hold();
        inside.settle(now);
        let reports = inside.book.desk.reports.get(seller);
        reports.into_iter().flat_map(|list| list.values()).map(|report| report.truth(now)).collect()
    }

    /// The truth about an account's queries of Data Kiosk as they stand now, oldest first.
    pub fn queries_of(&self, seller: &str) -> Vec<QueryTruth> {
        let now = self.now();
        let mut inside = self.hold();
        inside.settle(now);
        let queries = inside.book.desk.queries.get(seller);
        queries.into_iter().flat_map(|list| list.values()).map(|query| query.truth(now)).collect()
    }

    /// Adds an account, or puts it in the place of one with the same id.
    pub fn add_seller(&self, seller: Seller) {
        let mut held = self.hold();
        let inside = &mut *held;
        for list in [&mut inside.sellers, &mut inside.book.added] {
            list.retain(|known| known.id != seller.id);
            list.push(seller.clone());
        }
        inside.next_settlement = Timestamp::MIN;
        inside.save();
    }

    /// Every account.
    pub fn sellers(&self) -> Vec<Seller> {
        self.hold().sellers.clone()
    }

    /// Every application.
    pub fn applications(&self) -> Vec<Application> {
        self.hold().book.applications.clone()
    }

    /// Registers an address that the consent page of every public application may send a seller back to.
    pub fn register_redirect_uri(&self, uri: &str) {
        let mut inside = self.hold();
        let public = |a: &&mut Application| a.kind == ApplicationKind::Public;
        inside.book.applications.iter_mut().filter(public).for_each(|application| application.register(uri));
        inside.save();
    }

    /// Registers where the Appstore sends a seller who starts there; whether there is such a public application.
    pub fn register_login_uri(&self, client_id: &str, uri: &str) -> bool {
        let mut inside = self.hold();
        let found = inside.book.applications.iter_mut().find(|a| a.client_id == client_id);
        let Some(application) = found.filter(|a| a.kind == ApplicationKind::Public) else {
            return false;
        };
        application.login_uri = Some(uri.to_owned());
        inside.save();
        true
    }

    /// Takes a role away from (or gives it back to) every application: the operation then answers 403.
    pub fn withhold_role(&self, operation: &str, withheld: bool) {
        let mut inside = self.hold();
        for application in &mut inside.book.applications {
            application.without_role.retain(|known| known != operation);
            if withheld {
                application.without_role.push(operation.to_owned());
            }
        }
        inside.save();
    }

    /// The seller withdraws every authorization that he gave; the answer is how many there were.
    pub fn revoke(&self, seller: &str) -> usize {
        let mut inside = self.hold();
        let ended = inside.book.revoke(|_, grant| grant.seller == seller);
        inside.save();
        ended
    }

    /// A refresh token as the seller makes it on his own page, for the default application. Older ones stay alive.
    pub fn mint_self_authorization(&self, seller: &str) -> Option<String> {
        let client_id = self.hold().book.applications.first()?.client_id.clone();
        self.mint_self_authorization_of(seller, &client_id)
    }

    /// The same for any application: a private one, which has no other way, or a sandbox one, whose token the
    /// developer makes in his console.
    pub fn mint_self_authorization_of(&self, seller: &str, client_id: &str) -> Option<String> {
        let now = self.now();
        let mut inside = self.hold();
        inside.seller(seller)?;
        inside.book.client(client_id)?;
        let number = inside.book.grant(client_id, seller, false, now);
        inside.save();
        Some(inside.book.secret(SecretKind::Refresh, number))
    }

    /// An authorization code, as if the seller had approved on the consent page.
    pub fn grant_code(&self, seller: &str, application_id: &str, redirect_uri: &str) -> Option<String> {
        let now = self.now();
        let mut inside = self.hold();
        inside.seller(seller)?;
        let client_id = inside.book.application(application_id)?.client_id.clone();
        let code = inside.book.code(&client_id, seller, redirect_uri, now);
        inside.save();
        Some(code)
    }

    /// Every secret that this world ever issued: client secrets, codes, refresh and access tokens.
    pub fn secrets_issued(&self) -> Vec<String> {
        self.hold().book.secrets_issued()
    }

    /// Turns the fault dial.
    pub fn set_fault(&self, fault: Fault) {
        let now = self.now();
        self.hold().dial.set(fault, now);
    }

    /// Ends one fault; the others stay. The first like it goes, however often it has befallen.
    pub fn end_fault(&self, fault: &Fault) {
        self.hold().dial.end(fault);
    }

    /// The faults in force.
    pub fn faults(&self) -> Vec<Fault> {
        self.hold().dial.all()
    }

    /// Puts the fault dial back to nothing.
    pub fn clear_faults(&self) {
        self.hold().dial.clear();
    }

    /// Every request so far (the last 100,000), oldest first.
    pub fn asked(&self) -> Vec<Asked> {
        self.hold().asked.iter().cloned().collect()
    }

    /// How often this operation (or `lwa`, `consent`) was called.
    pub fn calls_to(&self, operation: &str) -> u64 {
        self.hold().calls.get(operation).copied().unwrap_or(0)
    }

    /// Calls of the token endpoint by `<grant type> <outcome>`, for example `refresh_token ok`.
    pub fn token_calls(&self) -> BTreeMap<String, u64> {
        self.hold().book.token_calls.clone()
    }

    /// Everything in which a request or an answer broke the official models.
    pub fn violations(&self) -> Vec<String> {
        self.hold().violations.clone()
    }

    /// The truth about an account's orders as they stand now, oldest first.
    pub fn orders_of(&self, seller: &str) -> Vec<OrderTruth> {
        let now = self.now();
        let inside = self.hold();
        inside.seller(seller).map(|seller| crate::find::truth(&inside, seller, now)).unwrap_or_default()
    }

    /// What a search would show of an account's orders at a moment: those whose time of update lies within these,
    /// without what shows up late and has not yet.
    pub fn shown_orders(&self, seller: &str, at: Timestamp, within: (Timestamp, Timestamp)) -> Vec<Shown> {
        let inside = self.hold();
        let seller = inside.seller(seller);
        seller.map(|seller| crate::find::shown(&inside, seller, at, within)).unwrap_or_default()
    }

    /// Every change of an account's orders in this time, also where a later one has hidden it since; Amazon's own
    /// examples left out.
    pub fn changes_of(&self, seller: &str, within: (Timestamp, Timestamp)) -> Vec<Shown> {
        let inside = self.hold();
        let seller = inside.seller(seller);
        seller.map(|seller| crate::find::changes(&inside, seller, within)).unwrap_or_default()
    }

    /// Everything that is true of an account now in one of the [`DOMAINS`](crate::DOMAINS); nothing where there is no
    /// such account or domain.
    pub fn truth(&self, seller: &str, domain: &str) -> Option<Vec<Truth>> {
        let now = self.now();
        let inside = self.hold();
        told(&inside, inside.seller(seller)?, domain, now)
    }

    /// What a report of this type would tell of these stores and this time: the names of its columns and its rows.
    /// Nothing where the type is no table or is not told here.
    pub fn report_rows(
        &self,
        seller: &str,
        kind: &str,
        stores: &[String],
        window: (Timestamp, Timestamp),
        options: &BTreeMap<String, String>,
    ) -> Option<(Vec<&'static str>, Vec<Vec<String>>)> {
        match self.reported(seller, kind, stores, window, options)? {
            Content::Table(table) => Some((table.columns, table.rows)),
            Content::Json(_) => None,
        }
    }

    /// The same of a report whose type is JSON.
    pub fn report_json(
        &self,
        seller: &str,
        kind: &str,
        stores: &[String],
        window: (Timestamp, Timestamp),
        options: &BTreeMap<String, String>,
    ) -> Option<serde_json::Value> {
        match self.reported(seller, kind, stores, window, options)? {
            Content::Json(value) => Some(value),
            Content::Table(_) => None,
        }
    }

    fn reported(
        &self,
        seller: &str,
        kind: &str,
        stores: &[String],
        (start, end): (Timestamp, Timestamp),
        options: &BTreeMap<String, String>,
    ) -> Option<Content> {
        let as_of = self.now();
        let inside = self.hold();
        let seller = inside.seller(seller)?;
        content(&inside, &Wanted { seller, kind, stores, start, end, options, as_of })
    }
}
