//! What a run needs before its first call: a token that lives, and the stores to call.

use super::hold::Hold;
use crate::brake::{self, Look};
use crate::connection::Connection;
use crate::ports::{Bus, Clock, SellingPartner, Table, Vault};
use crate::secret::AccessToken;
use crate::store::{Held, StoreError, load};
use crate::stores::{self, Stores, SurveyError};
use crate::task::Failure;
use crate::token::Access;
use futures_util::future::join3;

/// What the tables say about a run, read at the same time.
pub(super) struct Known {
    /// Whether the operation may be called.
    pub(super) look: Look,
    access: Option<Held<Access>>,
    stores: Option<Held<Stores>>,
}

/// Reads it.
pub(super) async fn know(cloud: &(impl Table + Clock), hold: &Hold) -> Result<Known, StoreError> {
    let Connection { tenant, id, .. } = &hold.connection;
    let (token, stores) = (Access::key_of(tenant, id), Stores::key_of(tenant, id));
    let cadence = hold.stream.value.cadence(hold.domain);
    let look = brake::look(cloud, &hold.connection, hold.domain.operation(), cadence);
    let (look, access, stores) = join3(look, load(cloud, &token), load(cloud, &stores)).await;
    Ok(Known { look: look?, access: access?, stores: stores? })
}

/// The access token, if it can still be used.
pub(super) async fn open<C: Vault + Clock>(
    cloud: &C,
    hold: &Hold,
    known: &mut Known,
) -> Result<Option<(Access, AccessToken)>, Failure> {
    let Some(access) = known.access.take().map(|held| held.value) else { return Ok(None) };
    match &access.sealed {
        Some(sealed) if access.usable(hold.connection.generation, cloud.now()) => {
            let token = AccessToken::new(cloud.open(&access.context(), sealed).await?.secret);
            Ok(Some((access, token)))
        }
        _ => Ok(None),
    }
}

/// The stores to call: read again once a day. Yesterday's are better than none.
pub(super) async fn known_stores(
    cloud: &(impl Table + Bus + Clock),
    amazon: &impl SellingPartner,
    hold: &Hold,
    known: Known,
    token: &AccessToken,
) -> Result<Stores, SurveyError> {
    let stores = match known.stores.map(|held| held.value) {
        Some(stores) if !stores.stale(cloud.now()) => stores,
        older => {
            let surveyed = stores::survey(cloud, amazon, &hold.connection, token).await;
            surveyed.or_else(|error| older.ok_or(error))?
        }
    };
    if stores.in_use().is_empty() { Err(SurveyError::NoStore) } else { Ok(stores) }
}
