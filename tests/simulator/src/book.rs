//! What must survive a restart: applications, grants, codes, tokens and counters.
//! Tokens themselves are not in it: each is worked out from the world's key and its number (see `secrets`).

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::admission::Obstacle;
use crate::applications::{Application, ApplicationSetup};
use crate::appstore::Start;
use crate::clock::after;
use crate::deliveries::Delivery;
use crate::desk::Desk;
use crate::notices::Notice;
use crate::secrets::{self, SecretKind};
use crate::sellers::Seller;
use crate::subscriptions::Subscription;

/// Life of an authorization code (developer-docs.amazon.com/sp-api, website-authorization-workflow).
pub(crate) const CODE_LIFE: SignedDuration = SignedDuration::from_mins(5);
/// Life of an access token, in seconds.
pub(crate) const ACCESS_LIFE_SECONDS: i64 = 3_600;
/// A seller must authorize a public application again after this (renew-authorizations).
pub(crate) const GRANT_LIFE: SignedDuration = SignedDuration::from_hours(24 * 365);

/// One authorization of an application by an account. Its number is that of its refresh token.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Grant {
    pub(crate) client_id: String,
    pub(crate) seller: String,
    pub(crate) made: Timestamp,
    /// From the consent page; a self-authorization does not expire by age.
    pub(crate) public: bool,
    pub(crate) revoked: bool,
}

/// One authorization code.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Code {
    pub(crate) client_id: String,
    pub(crate) seller: String,
    pub(crate) redirect_uri: String,
    pub(crate) made: Timestamp,
    pub(crate) used: bool,
}

/// One access token: of a grant, or of the application itself (grantless).
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Access {
    pub(crate) client_id: String,
    pub(crate) grant: Option<u64>,
    /// What a grantless token is for.
    #[serde(default)]
    pub(crate) scope: Option<String>,
    pub(crate) expires: Timestamp,
    /// What a restricted data token opens.
    #[serde(default)]
    pub(crate) opens: Option<Vec<String>>,
}

/// Everything that is kept. Numbers in it start at 1 and are places in the lists.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Book {
    pub(crate) key: u64,
    pub(crate) opened: Timestamp,
    pub(crate) applications: Vec<Application>,
    /// Accounts that were added to the catalogue.
    pub(crate) added: Vec<Seller>,
    pub(crate) client_secrets: u64,
    pub(crate) grants: Vec<Grant>,
    pub(crate) codes: Vec<Code>,
    pub(crate) access: Vec<Access>,
    /// Calls of the token endpoint by `<grant type> <outcome>`.
    pub(crate) token_calls: BTreeMap<String, u64>,
    /// What stands in an account's way on the consent page.
    #[serde(default)]
    pub(crate) obstacles: BTreeMap<String, BTreeSet<Obstacle>>,
    /// Visits that began in the Appstore.
    #[serde(default)]
    pub(crate) starts: Vec<Start>,
    /// Notifications that wait to be collected, and how many there ever were.
    #[serde(default)]
    pub(crate) notices: Vec<Notice>,
    #[serde(default)]
    pub(crate) notices_made: u64,
    /// Destinations of notifications: their client id and what their answer says.
    #[serde(default)]
    pub(crate) destinations: Vec<(String, serde_json::Value)>,
    /// Reports, queries and the addresses of their documents.
    #[serde(default)]
    pub(crate) desk: Desk,
    /// Subscriptions, how many there ever were, and what is on its way to their destinations.
    #[serde(default)]
    pub(crate) subscriptions: Vec<Subscription>,
    #[serde(default)]
    pub(crate) subscriptions_made: u64,
    #[serde(default)]
    pub(crate) destinations_made: u64,
    #[serde(default)]
    pub(crate) deliveries: VecDeque<Delivery>,
}

impl Book {
    /// A new world, still without applications.
    pub(crate) fn open(now: Timestamp) -> Self {
        Self {
            key: secrets::fresh_key(),
            opened: now,
            applications: Vec::new(),
            added: Vec::new(),
            client_secrets: 0,
            grants: Vec::new(),
            codes: Vec::new(),
            access: Vec::new(),
            token_calls: BTreeMap::new(),
            obstacles: BTreeMap::new(),
            starts: Vec::new(),
            notices: Vec::new(),
            notices_made: 0,
            destinations: Vec::new(),
            desk: Desk::default(),
            subscriptions: Vec::new(),
            subscriptions_made: 0,
            destinations_made: 0,
            deliveries: VecDeque::new(),
        }
    }

    /// Adds an application with a secret of its own, unless it is known already.
    pub(crate) fn add_application(&mut self, setup: &ApplicationSetup, now: Timestamp) {
        if let Some(known) = self.applications.iter_mut().find(|a| a.client_id == setup.client_id) {
            setup.redirect_uris.iter().for_each(|uri| known.register(uri));
            return;
        }
        self.client_secrets += 1;
        self.applications.push(Application::open(setup, self.client_secrets, now));
    }

    /// Whether this is a secret of the application's that works now.
    pub(crate) fn authenticates(&self, application: &Application, presented: &str, now: Timestamp) -> bool {
        application.live_secrets(now).any(|number| self.secret(SecretKind::ClientSecret, number) == presented)
    }

    /// The secret with this number.
    pub(crate) fn secret(&self, kind: SecretKind, number: u64) -> String {
        secrets::write(self.key, kind, number)
    }

    pub(crate) fn application(&self, application_id: &str) -> Option<&Application> {
        self.applications.iter().find(|application| application.application_id == application_id)
    }

    pub(crate) fn client(&self, client_id: &str) -> Option<&Application> {
        self.applications.iter().find(|application| application.client_id == client_id)
    }

    /// A new authorization; the answer is its number.
    pub(crate) fn grant(&mut self, client_id: &str, seller: &str, public: bool, now: Timestamp) -> u64 {
        self.grants.push(Grant {
            client_id: client_id.to_owned(),
            seller: seller.to_owned(),
            made: now,
            public,
            revoked: false,
        });
        self.grants.len() as u64
    }

    /// A new authorization code.
    pub(crate) fn code(
        &mut self,
        client_id: &str,
        seller: &str,
        redirect_uri: &str,
        now: Timestamp,
    ) -> String {
        self.codes.push(Code {
            client_id: client_id.to_owned(),
            seller: seller.to_owned(),
            redirect_uri: redirect_uri.to_owned(),
            made: now,
            used: false,
        });
        self.secret(SecretKind::Code, self.codes.len() as u64)
    }

    /// A new access token: of a grant, or of the application itself for a scope.
    pub(crate) fn access(
        &mut self,
        client_id: &str,
        grant: Option<u64>,
        scope: Option<String>,
        now: Timestamp,
    ) -> String {
        let expires = after(now, SignedDuration::from_secs(ACCESS_LIFE_SECONDS));
        let client_id = client_id.to_owned();
        self.access.push(Access { client_id, grant, scope, expires, opens: None });
        self.secret(SecretKind::Access, self.access.len() as u64)
    }

    /// A new restricted data token of a grant.
    pub(crate) fn restricted(
        &mut self,
        client_id: &str,
        grant: Option<u64>,
        opens: Vec<String>,
        now: Timestamp,
    ) -> String {
        let token = self.access(client_id, grant, None, now);
        if let Some(access) = self.access.last_mut() {
            access.opens = Some(opens);
        }
        token
    }

    /// The code that this text is, with its number.
    pub(crate) fn find_code(&self, presented: &str) -> Option<(u64, &Code)> {
        let number = secrets::read(self.key, SecretKind::Code, presented)?;
        Some((number, at(&self.codes, number)?))
    }

    /// The grant whose refresh token this is, with its number.
    pub(crate) fn find_refresh(&self, presented: &str) -> Option<(u64, &Grant)> {
        let number = secrets::read(self.key, SecretKind::Refresh, presented)?;
        Some((number, self.grant_numbered(number)?))
    }

    /// The access token that this text is.
    pub(crate) fn find_access(&self, presented: &str) -> Option<&Access> {
        at(&self.access, secrets::read(self.key, SecretKind::Access, presented)?)
    }

    pub(crate) fn grant_numbered(&self, number: u64) -> Option<&Grant> {
        at(&self.grants, number)
    }

    /// Uses a code up: single use.
    pub(crate) fn use_code(&mut self, number: u64) {
        if let Some(code) = usize::try_from(number).ok().and_then(|n| self.codes.get_mut(n.wrapping_sub(1))) {
            code.used = true;
        }
    }

    /// Ends every grant that fits; the answer is how many were alive.
    pub(crate) fn revoke(&mut self, fits: impl Fn(u64, &Grant) -> bool) -> usize {
        let mut ended = 0;
        for (place, grant) in self.grants.iter_mut().enumerate() {
            if !grant.revoked && fits(place as u64 + 1, grant) {
                grant.revoked = true;
                ended += 1;
            }
        }
        ended
    }

    /// Every secret ever issued.
    pub(crate) fn secrets_issued(&self) -> Vec<String> {
        let counts = [
            self.client_secrets,
            self.codes.len() as u64,
            self.grants.len() as u64,
            self.access.len() as u64,
            self.desk.addresses.len() as u64,
        ];
        SecretKind::ALL
            .into_iter()
            .zip(counts)
            .flat_map(|(kind, count)| (1..=count).map(move |number| (kind, number)))
            .map(|(kind, number)| self.secret(kind, number))
            .collect()
    }
}

/// The entry with this number.
fn at<T>(list: &[T], number: u64) -> Option<&T> {
    list.get(usize::try_from(number).ok()?.checked_sub(1)?)
}
