//! A connection: one grant of one seller or vendor, and the states it can be in.

use crate::ids::{ApplicationSlug, ConnectionId, SellerId, TenantId};
use crate::marketplaces::{Endpoint, Kind, Realm, Region};
use crate::secret::Digest;
use crate::store::{Key, Stored, TableName};
use crate::token::{Purpose, Sealed, SealingContext};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

/// Where a connection stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// A consent came back and its code is being traded; no grant is stored yet.
    Pending,
    /// Works.
    Active,
    /// Amazon refused the grant once. Calls stop; a second look follows.
    Suspect,
    /// Amazon refused it twice: only the seller can help.
    NeedsReconnect,
    /// Ended here, on purpose.
    Disconnected,
}

impl Status {
    /// The word of the API and the pages.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Active => "active",
            Self::Suspect => "suspect",
            Self::NeedsReconnect => "needs_reconnect",
            Self::Disconnected => "disconnected",
        }
    }
}

/// What is known about whose grant it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Identity {
    /// Nobody but the redirect or the import says so: the application lacks the roles that would tell, or the
    /// account has no transaction and no listing yet.
    Unverified,
    /// Amazon's answers to this grant name this account.
    Verified,
}

/// How a grant came in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// By a consent at Amazon. A public application's has to be renewed every year.
    Consent,
    /// By a refresh token that was made in Seller Central, Vendor Central or the Solution Provider Portal.
    Import,
}

/// A seller authorizes a public application for so many days
/// (developer-docs.amazon.com/sp-api/docs/renew-authorizations).
pub const YEAR_DAYS: i64 = 365;

/// Days of that year on which a renewal is asked for.
pub const REMINDERS: [i64; 3] = [335, 350, 360];

/// An exchange that was begun and not finished within this time was interrupted: the code is spent and the
/// grant it bought is lost. The seller has to consent again (invariant I1: visible within 60 s).
pub const EXCHANGE_MAX: SignedDuration = SignedDuration::from_secs(60);

/// One connection as stored.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Connection {
    /// Its id.
    pub id: ConnectionId,
    /// Whose it is.
    pub tenant: TenantId,
    /// The operator's application it was granted to.
    pub application: ApplicationSlug,
    /// The region it is valid for.
    pub region: Region,
    /// Seller or vendor.
    pub kind: Kind,
    /// The country of the store whose consent page was used, so that Reconnect opens the same one.
    pub country: String,
    /// The account, as the callback or the import named it.
    pub seller: SellerId,
    /// Whether Amazon's own answers show that the grant is this account's.
    pub identity: Identity,
    /// How the grant came in.
    pub source: Source,
    /// Real or sandbox.
    pub realm: Realm,
    /// Where it stands.
    pub status: Status,
    /// Since when.
    pub since: Timestamp,
    /// Counts its grants, from 1; 0 while there is none.
    pub generation: u64,
    /// The refresh token.
    pub sealed_refresh: Option<Sealed>,
    /// Its digest: tells whether an imported token is the one that is stored already.
    pub token_digest: Option<Digest>,
    /// When the seller last consented.
    pub authorized_at: Option<Timestamp>,
    /// Permissions, where a token answer named them.
    pub scope: Option<String>,
    /// How many days of its year the latest reminder named; 0 where there was none.
    pub reminded_day: i64,
    /// Set while a code is being traded.
    pub exchange_started_at: Option<Timestamp>,
    /// Whether an earlier trade was begun, never finished, and not made up for by a later grant.
    pub interrupted: bool,
    /// When what has landed will be erased; set by Disconnect.
    pub erase_at: Option<Timestamp>,
    /// When it was erased.
    pub erased_at: Option<Timestamp>,
    /// Whether an operator opened operations that may change something at Amazon.
    #[serde(default)]
    pub writes_open: bool,
    /// Whether an operator opened operations that answer buyers' data.
    #[serde(default)]
    pub restricted_open: bool,
    /// The domains that are fetched; empty: all that its kind has.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fetches: Vec<String>,
    /// The domains that it has streams for, in a word: a build that knows others adds theirs.
    #[serde(default)]
    pub domains: String,
    /// When it was first stored.
    pub created_at: Timestamp,
}

impl Connection {
    /// Where a connection is stored: by tenant, so that no other tenant's can be named.
    pub fn key_of(tenant: &TenantId, id: &ConnectionId) -> Key {
        Key::new(TableName::Connections, format!("T#{tenant}"), format!("C#{id}"))
    }

    /// What its refresh token is bound to.
    pub fn refresh_context(&self) -> SealingContext {
        SealingContext {
            tenant: self.tenant.clone(),
            connection: self.id.clone(),
            generation: self.generation,
            purpose: Purpose::Refresh,
        }
    }

    /// Moves to a state, and remembers since when.
    pub fn set(&mut self, status: Status, now: Timestamp) {
        if self.status != status {
            self.status = status;
            self.since = now;
        }
    }

    /// Where its calls go.
    pub fn endpoint(&self) -> Endpoint {
        Endpoint { region: self.region, realm: self.realm }
    }

    /// Days since the seller's consent; nothing where no year runs.
    pub fn authorized_days(&self, now: Timestamp) -> Option<i64> {
        let yearly = self.source == Source::Consent && self.realm == Realm::Production;
        let at = self.authorized_at.filter(|_| yearly)?;
        Some(now.duration_since(at).as_hours() / 24)
    }

    /// The day on which the seller has to have consented again.
    pub fn renew_until(&self) -> Option<Timestamp> {
        let day = SignedDuration::from_hours(24);
        self.authorized_days(self.authorized_at?)?;
        self.authorized_at.map(|at| at + day * i32::try_from(YEAR_DAYS).unwrap_or(i32::MAX))
    }

    /// The reminder that is due and was not given yet.
    pub fn reminder(&self, now: Timestamp) -> Option<i64> {
        let days = self.authorized_days(now)?;
        REMINDERS.into_iter().rev().find(|day| days >= *day).filter(|day| *day > self.reminded_day)
    }

    /// Ends it: no token is left, and nobody works for it any more.
    pub fn end(&mut self, now: Timestamp, erase_at: Option<Timestamp>) {
        self.set(Status::Disconnected, now);
        self.sealed_refresh = None;
        self.token_digest = None;
        self.exchange_started_at = None;
        self.interrupted = false;
        self.writes_open = false;
        self.restricted_open = false;
        self.erase_at = erase_at;
    }

    /// What a person should know about its state now.
    pub fn explain(&self, now: Timestamp) -> Explanation {
        match self.status {
            Status::Disconnected => DISCONNECTED,
            _ if self.interrupted || self.exchange_overdue(now) => EXCHANGE_INTERRUPTED,
            Status::Pending => PENDING,
            Status::Active => ACTIVE,
            Status::Suspect => SUSPECT,
            Status::NeedsReconnect => NEEDS_RECONNECT,
        }
    }

    /// Whether a trade was begun longer ago than one can last.
    pub fn exchange_overdue(&self, now: Timestamp) -> bool {
        self.exchange_started_at.is_some_and(|at| now > at + EXCHANGE_MAX)
    }
}

/// A consent that ended without a grant is swept away after this long.
const UNGRANTED_KEPT: SignedDuration = SignedDuration::from_hours(24);

impl Stored for Connection {
    fn key(&self) -> Key {
        Self::key_of(&self.tenant, &self.id)
    }

    fn expires(&self) -> Option<Timestamp> {
        (self.generation == 0).then(|| self.created_at + UNGRANTED_KEPT)
    }
}

/// A state in plain words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Explanation {
    /// A short stable word for programs.
    pub code: &'static str,
    /// The state's name on the page.
    pub title: &'static str,
    /// Why it is so.
    pub cause: &'static str,
    /// What it means for the data.
    pub affected: &'static str,
    /// What to do, if anything.
    pub next_step: &'static str,
    /// Whether Reconnect is the thing to do.
    pub reconnect: bool,
}

const PENDING: Explanation = Explanation {
    code: "pending",
    title: "Connecting",
    cause: "Amazon sent the seller back and the grant is being stored.",
    affected: "Nothing is fetched yet.",
    next_step: "Nothing: this takes a few seconds.",
    reconnect: false,
};
const ACTIVE: Explanation = Explanation {
    code: "active",
    title: "Active",
    cause: "The grant works.",
    affected: "Its domains are fetched.",
    next_step: "Nothing.",
    reconnect: false,
};
const SUSPECT: Explanation = Explanation {
    code: "suspect",
    title: "Being checked",
    cause: "Amazon refused the grant once. It is asked a second time before anyone is troubled.",
    affected: "No calls are made meanwhile; nothing is lost.",
    next_step: "Nothing: the answer comes within two minutes.",
    reconnect: false,
};
const NEEDS_RECONNECT: Explanation = Explanation {
    code: "needs_reconnect",
    title: "Reconnect needed",
    cause: "Amazon refused the grant twice: access was withdrawn in Manage Your Apps, or the yearly authorization ended.",
    affected: "Nothing is fetched. What has landed stays, and fetching will go on where it stopped.",
    next_step: "The seller presses Reconnect and approves at Amazon.",
    reconnect: true,
};
const DISCONNECTED: Explanation = Explanation {
    code: "disconnected",
    title: "Disconnected",
    cause: "This connection was ended here.",
    affected: "Nothing is fetched and no token is kept. What has landed is erased on the day shown.",
    next_step: "Reconnect before that day to keep it and go on where it stopped.",
    reconnect: true,
};
const EXCHANGE_INTERRUPTED: Explanation = Explanation {
    code: "exchange_interrupted",
    title: "Interrupted",
    cause: "The seller approved, but the grant could not be stored before the connection to Amazon broke off.",
    affected: "An earlier grant, if there was one, still works.",
    next_step: "The seller presses Reconnect and approves at Amazon once more.",
    reconnect: true,
};

/// Says which connection holds a seller, so that no second one can (region and seller are its key).
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Claim {
    /// The region of the account.
    pub region: Region,
    /// The account.
    pub seller: SellerId,
    /// Who holds it.
    pub tenant: TenantId,
    /// In which connection.
    pub connection: ConnectionId,
    /// Whether the account is proven to be his. An unproven claim gives way to a proven one.
    pub verified: bool,
}

impl Claim {
    /// Where the claim on a seller is.
    pub fn key_of(region: Region, seller: &SellerId) -> Key {
        Key::new(TableName::Connections, format!("SELLER#{region}#{seller}"), "CLAIM")
    }

    /// The claim of a connection.
    pub fn of(connection: &Connection) -> Self {
        Self {
            region: connection.region,
            seller: connection.seller.clone(),
            tenant: connection.tenant.clone(),
            connection: connection.id.clone(),
            verified: connection.identity == Identity::Verified,
        }
    }

    /// Whether this connection holds it.
    pub fn held_by(&self, tenant: &TenantId, connection: &ConnectionId) -> bool {
        self.tenant == *tenant && self.connection == *connection
    }
}

impl Stored for Claim {
    fn key(&self) -> Key {
        Self::key_of(self.region, &self.seller)
    }
}
