//! Restricted data tokens (RDT): made for one method, path and choice of data elements, kept sealed for their
//! hour. Sealed for the purpose `access`, like the token they stand in for, and bound to the grant and to what
//! they open: a ciphertext put into another row does not open.
//!
//! Source: Amazon's model `tokens_2021-03-01` and developer-docs.amazon.com/sp-api/docs/tokens-api-use-case-guide.

use super::bearer::Bearer;
use super::send::send;
use super::{Stop, Trail};
use crate::call::{Call, Verdict, amazon_says};
use crate::catalogue::{CREATE_RESTRICTED_DATA_TOKEN, request};
use crate::connection::Connection;
use crate::ids::{ConnectionId, TenantId};
use crate::message::Refusal;
use crate::ports::{Clock, Entropy, Meter, Queue, SellingPartner, Table, Vault};
use crate::secret::{AccessToken, Digest};
use crate::store::{Held, Key, Span, StoreError, Stored, TableName, Write, load};
use crate::token::{Purpose, Sealed, SealingContext, USABLE_MARGIN, partition_of};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

/// No token is kept longer, whatever its answer says; Amazon's live an hour.
const LONGEST: SignedDuration = SignedDuration::from_hours(1);

/// Characters of a digest that name a resource.
const NAME_CHARS: usize = 32;

/// Rows read at once while a connection's are removed.
const FORGOTTEN_AT_ONCE: usize = 100;

/// A resource of a connection, and the digest that names it.
pub(super) struct Restricted {
    tenant: TenantId,
    connection: ConnectionId,
    generation: u64,
    resource: String,
    request: String,
}

/// A token that is kept.
#[derive(Serialize, Deserialize)]
struct Kept {
    tenant: TenantId,
    connection: ConnectionId,
    generation: u64,
    resource: String,
    sealed: Sealed,
    expires_at: Timestamp,
}

/// In a partition of their own: the role may write there, and to no other row of the table.
fn key_of(tenant: &TenantId, connection: &ConnectionId, resource: &str) -> Key {
    Key::new(TableName::Tokens, format!("RDT#{}", partition_of(tenant, connection)), resource)
}

/// Removes what is kept for a connection: it ended, or its door was closed. Doing it twice changes nothing.
pub(crate) async fn forget(
    table: &impl Table,
    tenant: &TenantId,
    connection: &ConnectionId,
) -> Result<(), StoreError> {
    let partition = format!("RDT#{}", partition_of(tenant, connection));
    loop {
        let rows = table.list(TableName::Tokens, &partition, Span::first(FORGOTTEN_AT_ONCE)).await?;
        if rows.is_empty() {
            return Ok(());
        }
        for row in rows {
            table.take(&row.key).await?;
        }
    }
}

impl Stored for Kept {
    fn key(&self) -> Key {
        key_of(&self.tenant, &self.connection, &self.resource)
    }

    fn expires(&self) -> Option<Timestamp> {
        Some(self.expires_at)
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Made {
    restricted_data_token: String,
    expires_in: i64,
}

impl Restricted {
    /// What a call needs: exactly its method and path, and no more than the data elements asked for.
    pub(super) fn about(connection: &Connection, call: &Call, elements: &[&str]) -> Self {
        let mut resource = serde_json::json!({ "method": call.method.as_str(), "path": call.path });
        if !elements.is_empty() {
            resource["dataElements"] = elements.into();
        }
        let request = serde_json::json!({ "restrictedResources": [resource] }).to_string();
        Self {
            tenant: connection.tenant.clone(),
            connection: connection.id.clone(),
            generation: connection.generation,
            resource: Digest::of(&request).as_str().chars().take(NAME_CHARS).collect(),
            request,
        }
    }

    pub(super) fn key(&self) -> Key {
        key_of(&self.tenant, &self.connection, &self.resource)
    }

    /// The connection's id with the resource behind it, so that a token opens for this resource only.
    fn context(&self) -> Result<SealingContext, StoreError> {
        let bound: String = self.resource.chars().take(NAME_CHARS / 2).collect();
        let connection = ConnectionId::parse(&format!("{}.{bound}", self.connection))
            .map_err(|error| StoreError::Corrupt { table: "tokens", why: error.to_string() })?;
        let (tenant, generation) = (self.tenant.clone(), self.generation);
        Ok(SealingContext { tenant, connection, generation, purpose: Purpose::Access })
    }

    /// The token that is kept, or a new one; nothing where Amazon refused the seller's token.
    pub(super) async fn obtain<C, A>(
        &self,
        trail: &Trail<'_, C>,
        amazon: &A,
        connection: &Connection,
        bearer: &Bearer,
    ) -> Result<Option<AccessToken>, Refusal>
    where
        C: Table + Vault + Queue + Clock + Entropy + Meter,
        A: SellingPartner,
    {
        let cloud = trail.cloud;
        let found: Option<Held<Kept>> = load(cloud, &self.key()).await?;
        let revision = found.as_ref().map(|held| held.revision);
        let usable =
            |kept: &Kept| kept.generation == self.generation && cloud.now() + USABLE_MARGIN < kept.expires_at;
        if let Some(kept) = found.map(|held| held.value).filter(usable) {
            return Ok(Some(AccessToken::new(cloud.open(&self.context()?, &kept.sealed).await?.secret)));
        }
        let operation = &CREATE_RESTRICTED_DATA_TOKEN;
        let call = request::build(operation, &[], Some(&self.request)).map_err(Stop::from)?;
        let sent = send(cloud, amazon, connection, operation, bearer, &call).await?;
        match sent.verdict {
            Verdict::TokenRefused => return Ok(None),
            Verdict::Answered => {}
            _ => return Err(Stop::Restricted(amazon_says(&sent.reply.body)).into()),
        }
        let unreadable = |_| Stop::Restricted("its answer cannot be read".to_owned());
        let made: Made = serde_json::from_slice(&sent.reply.body).map_err(unreadable)?;
        let token = AccessToken::new(made.restricted_data_token);
        // One that could not be kept works all the same; the next call makes another.
        drop(self.keep(cloud, revision, &token, made.expires_in).await);
        Ok(Some(token))
    }

    async fn keep(
        &self,
        cloud: &(impl Table + Vault + Clock),
        found: Option<u64>,
        token: &AccessToken,
        seconds: i64,
    ) -> Result<(), Refusal> {
        let life = SignedDuration::from_secs(seconds).clamp(SignedDuration::ZERO, LONGEST);
        let kept = Kept {
            tenant: self.tenant.clone(),
            connection: self.connection.clone(),
            generation: self.generation,
            resource: self.resource.clone(),
            sealed: cloud.seal(&self.context()?, token.expose()).await?,
            expires_at: cloud.now() + life,
        };
        cloud.write(&[Write::upsert(&kept, found)?]).await?;
        Ok(())
    }
}
