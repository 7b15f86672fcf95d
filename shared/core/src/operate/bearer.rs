//! The right token for an operation: the seller's, a restricted one, or the application's own.

use super::admit::{restricted, scope};
use super::grantless::{self, Grantless};
use super::restricted::Restricted;
use super::{Stop, Trail};
use crate::call::Call;
use crate::connection::Connection;
use crate::message::{Refusal, chain};
use crate::ports::{Clock, Entropy, Meter, Queue, QueueName, SellingPartner, Table, Vault};
use crate::refresh;
use crate::secret::AccessToken;
use crate::store::{Held, Key, load};
use crate::token::{Access, VaultError};
use jiff::SignedDuration;

/// A token, and what to do when Amazon refuses it.
pub(super) struct Bearer {
    pub(super) token: AccessToken,
    whose: Whose,
}

enum Whose {
    /// The seller's.
    Seller(Access),
    /// A restricted one, kept at this key.
    Restricted(Key),
    /// The application's own.
    Application(Grantless),
}

impl Bearer {
    /// The token for this call; where there is none, one is asked for.
    pub(super) async fn find<C, A>(
        trail: &Trail<'_, C>,
        amazon: &A,
        connection: &Connection,
        call: &Call,
    ) -> Result<Self, Refusal>
    where
        C: Table + Vault + Queue + Clock + Entropy + Meter,
        A: SellingPartner,
    {
        let (cloud, operation) = (trail.cloud, trail.operation);
        if let Some(scope) = scope(operation) {
            let row = Grantless::find(cloud, &connection.application, scope).await?;
            return match row.open(cloud).await? {
                Some(token) => Ok(Self { token, whose: Whose::Application(row) }),
                None => {
                    cloud.send(QueueName::Refresh, &[grantless::message(&row)]).await?;
                    Err(Stop::Token.into())
                }
            };
        }
        let found: Option<Held<Access>> =
            load(cloud, &Access::key_of(&connection.tenant, &connection.id)).await?;
        let access = found.ok_or(Stop::Token)?.value;
        let usable = access.usable(connection.generation, cloud.now());
        let Some(sealed) = access.sealed.as_ref().filter(|_| usable) else {
            return Err(ask(cloud, &access).await);
        };
        let token = AccessToken::new(cloud.open(&access.context(), sealed).await?.secret);
        if !restricted(operation, trail.ask)? {
            return Ok(Self { token, whose: Whose::Seller(access) });
        }
        // Who looked at buyers' data is written down before he sees it.
        trail.note("operation.restricted", "").await?;
        let wanted = Restricted::about(connection, call, trail.ask.data_elements);
        let mine = Self { token, whose: Whose::Seller(access) };
        match wanted.obtain(trail, amazon, connection, &mine).await? {
            Some(token) => Ok(Self { token, whose: Whose::Restricted(wanted.key()) }),
            None => Err(mine.refused(cloud).await),
        }
    }

    /// Whether it is a restricted data token.
    pub(super) fn is_restricted(&self) -> bool {
        matches!(self.whose, Whose::Restricted(_))
    }

    /// Amazon refused it: another one is asked for.
    pub(super) async fn refused<C: Table + Queue + Clock>(&self, cloud: &C) -> Refusal {
        match &self.whose {
            Whose::Seller(access) => ask(cloud, access).await,
            Whose::Restricted(key) => {
                cloud.take(key).await.map_or_else(Refusal::from, |_| Stop::Token.into())
            }
            Whose::Application(row) => {
                let sent = cloud.send(QueueName::Refresh, &[grantless::message(row)]).await;
                sent.map_or_else(Refusal::from, |()| Stop::Token.into())
            }
        }
    }
}

async fn ask(cloud: &impl Queue, access: &Access) -> Refusal {
    let task = refresh::message(&refresh::ask(access), SignedDuration::ZERO);
    cloud.send(QueueName::Refresh, &[task]).await.map_or_else(Refusal::from, |()| Stop::Token.into())
}

impl From<VaultError> for Refusal {
    fn from(error: VaultError) -> Self {
        Self::Unavailable(chain(&error))
    }
}
