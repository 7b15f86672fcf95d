//! Every effect Sellerport can have, on one screen.
//!
//! Each port has two implementations in this repository: AWS or Amazon, and memory or the simulator. A
//! flow states in its signature which of them it needs, and its function's role in the template grants
//! exactly those.

use crate::call::{Call, Reply, Unreachable};
use crate::document::{Address, DocumentError, Download};
use crate::ids::ApplicationSlug;
use crate::lwa::{AccessGrant, ApplicationCredentials, Grant, LwaError, Scope};
use crate::marketplaces::Endpoint;
use crate::measure::Measure;
use crate::oidc::{Claims, IssuerError, Redemption, Settings};
use crate::secret::{AccessToken, AuthorizationCode, BearerToken, RefreshToken};
use crate::store::{Key, Row, Span, StoreError, TableName, Write, WriteError};
use crate::token::{Opened, Sealed, SealingContext, VaultError};
use jiff::{SignedDuration, Timestamp};
use serde::Serialize;
use std::error::Error;
use std::fmt;

/// What a failed effect carries as its cause.
pub type Cause = Box<dyn Error + Send + Sync>;

/// An effect did not happen, or nobody knows whether it did. Try again: every effect may happen twice.
#[derive(Debug, thiserror::Error)]
#[error("{what} did not answer")]
pub struct Unavailable {
    /// The service, in a word.
    pub what: &'static str,
    /// What it said. Adapters keep secrets and bodies out of it.
    #[source]
    pub cause: Cause,
}

/// Time. The one way to learn it and the one way to wait.
pub trait Clock {
    /// Now, in whole milliseconds.
    fn now(&self) -> Timestamp;
    /// Waits in place. Only for the short waits that a limit names.
    async fn wait(&self, duration: SignedDuration);
}

/// Randomness, for ids, states and jitter.
pub trait Entropy {
    /// 32 unpredictable bytes.
    fn random(&self) -> Result<[u8; 32], Unavailable>;
}

/// The rows of all tables. Reads see every earlier write; a write happens whole or not at all.
pub trait Table {
    /// The row, if there is one.
    async fn get(&self, key: &Key) -> Result<Option<Row>, StoreError>;
    /// All writes, each under its condition, or none of them.
    async fn write(&self, writes: &[Write]) -> Result<(), WriteError>;
    /// Deletes the row and returns it. Of many who try at once, exactly one receives it.
    async fn take(&self, key: &Key) -> Result<Option<Row>, StoreError>;
    /// Rows of one partition in the order of their sort keys.
    async fn list(&self, table: TableName, partition: &str, span: Span<'_>) -> Result<Vec<Row>, StoreError>;
    /// The rows of one shard that are due at `until` or earlier, the earliest first, at most `limit`, each
    /// as it is now. One that became due a moment ago may still be missing; otherwise fewer than `limit`
    /// means that no other is due.
    async fn due(
        &self,
        table: TableName,
        shard: &str,
        until: Timestamp,
        limit: usize,
    ) -> Result<Vec<Row>, StoreError>;
}

/// The key service. No data key and no plaintext key ever exists in our process.
pub trait Vault {
    /// Encrypts a secret so that it opens only under the same context.
    async fn seal(&self, context: &SealingContext, secret: &str) -> Result<Sealed, VaultError>;
    /// Decrypts. A ciphertext moved to another tenant, connection, generation or purpose does not open.
    async fn open(&self, context: &SealingContext, sealed: &Sealed) -> Result<Opened, VaultError>;
}

/// One of our queues.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum QueueName {
    /// Tasks "renew this connection's access token".
    Refresh,
    /// Tasks "check this part of an import" and "store it".
    Import,
    /// Messages of Amazon's about client secrets. We only ever send it a test.
    Secret,
    /// Amazon's notifications. Nothing of ours is ever sent there, but what was given up once more.
    Notifications,
    /// Tasks "move this stream on" of one domain.
    Fetch(&'static str),
}

impl QueueName {
    /// The name's last part in AWS; the stack's name stands before it. Parked messages are kept under it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Refresh => "refresh",
            Self::Import => "import",
            Self::Secret => "secret",
            Self::Notifications => "notifications",
            Self::Fetch(domain) => domain,
        }
    }
}

/// A message on its way into a queue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outgoing {
    /// JSON. Never holds a secret.
    pub body: String,
    /// How long it stays invisible, at most [`MAX_DELAY`].
    pub delay: SignedDuration,
}

/// The longest delay a message can have (SQS `DelaySeconds`: 900).
pub const MAX_DELAY: SignedDuration = SignedDuration::from_secs(900);

/// The queues.
pub trait Queue {
    /// Sends all messages, or fails; after a failure some may have been sent.
    async fn send(&self, queue: QueueName, messages: &[Outgoing]) -> Result<(), Unavailable>;
}

/// How many messages a queue holds. SQS counts approximately, and may lag a minute behind.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Depth {
    /// Ready to be received (`ApproximateNumberOfMessages`).
    pub waiting: u64,
    /// Received and not yet deleted (`ApproximateNumberOfMessagesNotVisible`).
    pub in_flight: u64,
    /// Sent with a delay that is not over (`ApproximateNumberOfMessagesDelayed`).
    pub delayed: u64,
    /// In its dead-letter queue; nothing where it has none.
    pub dead: Option<u64>,
}

/// A message of a dead-letter queue, received.
#[derive(Clone, PartialEq, Eq)]
pub struct DeadLetter {
    /// Its text, on its way back. Neither shown nor logged: a stranger may have written it.
    pub body: String,
    /// What SQS wants to delete it by, good for this reception only.
    pub receipt: String,
}

impl fmt::Debug for DeadLetter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DeadLetter").finish_non_exhaustive()
    }
}

/// The dead-letter queues: what failed five times. [`QueueName::Secret`] has none, so nothing can be received
/// from it here.
pub trait DeadLetters {
    /// How many messages a queue and its dead-letter queue hold.
    async fn depth(&self, queue: QueueName) -> Result<Depth, Unavailable>;
    /// How many messages a queue's dead-letter queue holds; nothing where it has none.
    async fn given_up(&self, queue: QueueName) -> Result<Option<u64>, Unavailable>;
    /// Receives some of a queue's dead letters; nothing only where none is ready. They are hidden for half a
    /// minute and then ready again, unless they are deleted.
    async fn receive(&self, queue: QueueName) -> Result<Vec<DeadLetter>, Unavailable>;
    /// Deletes a dead letter that was received.
    async fn delete(&self, queue: QueueName, letter: &DeadLetter) -> Result<(), Unavailable>;
}

/// Where records land.
pub trait Lake {
    /// Writes one object; a second write under the same key replaces it.
    async fn put(&self, key: &str, body: Vec<u8>) -> Result<(), Unavailable>;
}

/// An object of the lake.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LakeObject {
    /// Its key.
    pub key: String,
    /// Its size.
    pub bytes: u64,
    /// When it was last written, to the second.
    pub at: Timestamp,
}

/// Reading what has landed.
pub trait LakeReader {
    /// The objects under a prefix behind this key, in the order of their keys, and whether others follow.
    async fn objects(
        &self,
        prefix: &str,
        after: Option<&str>,
    ) -> Result<(Vec<LakeObject>, bool), Unavailable>;
    /// The bytes of an object from this one on, at most `limit`; nothing only where none follow or it is gone.
    async fn bytes(&self, key: &str, from: u64, limit: usize) -> Result<Vec<u8>, Unavailable>;
}

/// Removing what has landed.
pub trait Shredder {
    /// The folders right under a prefix, whole keys with the final `/`, those of older versions included.
    async fn folders(&self, prefix: &str) -> Result<Vec<String>, Unavailable>;
    /// Removes every object under a prefix, older versions included, at most `limit` of them; how many it
    /// removed. Fewer than `limit` means that none is left.
    async fn shred(&self, prefix: &str, limit: usize) -> Result<usize, Unavailable>;
}

/// What the rest of the operator's account may listen to.
#[derive(Debug, Clone, PartialEq)]
pub struct Event {
    /// For example `records.landed`.
    pub name: &'static str,
    /// JSON. Never holds a secret or buyer data.
    pub detail: serde_json::Value,
}

/// The event bus.
pub trait Bus {
    /// Publishes one event, at least once.
    async fn publish(&self, event: Event) -> Result<(), Unavailable>;
}

/// Who counts.
pub trait Meter {
    /// Takes a figure in. Never fails: no work waits for it.
    fn measure(&self, measure: Measure);
}

/// The applications' own credentials, as the operator or Amazon gave them.
pub trait Credentials {
    /// The client id and secret now in force.
    async fn current(&self, application: &ApplicationSlug) -> Result<ApplicationCredentials, Unavailable>;
    /// Amazon refused them: forget any copy, so that the next call reads them anew.
    fn refused(&self, application: &ApplicationSlug);
}

/// Writing the applications' credentials.
pub trait CredentialStore {
    /// Puts these in force. The ones before stay readable beside them. Doing it twice changes nothing.
    async fn replace(
        &self,
        application: &ApplicationSlug,
        credentials: &ApplicationCredentials,
    ) -> Result<(), Unavailable>;
}

/// The identity provider at which people and programs prove who they are.
pub trait Issuer {
    /// How it is set up; nothing where people sign in by link only.
    fn settings(&self) -> Option<&Settings>;
    /// Where it asks people to sign in.
    async fn authorization_endpoint(&self) -> Result<String, IssuerError>;
    /// Trades a one-time code for the claims of its ID token, whose signature was verified. Never repeated.
    async fn redeem(&self, redemption: &Redemption) -> Result<Claims, IssuerError>;
    /// The claims of a token that a program sent, whose signature was verified; nothing else was.
    async fn verify(&self, token: &BearerToken) -> Result<Claims, IssuerError>;
}

/// Login with Amazon, the token endpoint.
pub trait Lwa {
    /// Trades a one-time code for a grant. Never repeated: a code works once.
    async fn exchange(
        &self,
        application: &ApplicationSlug,
        code: &AuthorizationCode,
        redirect_uri: &str,
    ) -> Result<Grant, LwaError>;
    /// Gets a fresh access token.
    async fn refresh(
        &self,
        application: &ApplicationSlug,
        token: &RefreshToken,
    ) -> Result<AccessGrant, LwaError>;
    /// Gets a token for operations that belong to no seller.
    async fn grantless(&self, application: &ApplicationSlug, scope: Scope) -> Result<AccessToken, LwaError>;
    /// Finds out whether Amazon takes these credentials. Nothing is kept.
    async fn try_out(&self, credentials: &ApplicationCredentials) -> Result<(), LwaError>;
}

/// The Selling Partner API.
pub trait SellingPartner {
    /// Sends one call and returns the complete reply, whatever its status. An incomplete one is an error.
    async fn call(&self, to: Endpoint, token: &AccessToken, call: &Call) -> Result<Reply, Unreachable>;
}

/// The storage that Amazon's reports and Data Kiosk documents are downloaded from.
pub trait Documents {
    /// What a document's bytes come through.
    type Body: Chunks;
    /// Asks for a document, without any of our headers; its storage answered 200. An address that storage takes no
    /// longer is [`DocumentError::Ended`]: ask Amazon for a fresh one.
    async fn open(&self, address: &Address) -> Result<Download<Self::Body>, DocumentError>;
}

/// Bytes that come one chunk after another. Read through [`Download`], which counts them.
pub trait Chunks {
    /// The next chunk; nothing at the end. What was cut off in between is [`DocumentError::Unreachable`].
    async fn next(&mut self) -> Result<Option<Vec<u8>>, DocumentError>;
}
