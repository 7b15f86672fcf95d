//! What a run needs before its first call: a token that lives, and the stores to call.

use super::hold::Hold;
use crate::ports::{Bus, Clock, SellingPartner, Table, Vault};
use crate::secret::AccessToken;
use crate::store::{Held, load};
use crate::stores::{self, Stores, SurveyError};
use crate::task::Failure;
use crate::token::Access;

/// The access token, if it can still be used.
pub(super) async fn open<C: Table + Vault + Clock>(
    cloud: &C,
    hold: &Hold,
) -> Result<Option<(Access, AccessToken)>, Failure> {
    let key = Access::key_of(&hold.connection.tenant, &hold.connection.id);
    let access: Option<Held<Access>> = load(cloud, &key).await?;
    let Some(access) = access.map(|held| held.value) else { return Ok(None) };
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
    token: &AccessToken,
) -> Result<Stores, SurveyError> {
    let key = Stores::key_of(&hold.connection.tenant, &hold.connection.id);
    let found: Option<Stores> = load(cloud, &key).await?.map(|held| held.value);
    let stores = match found {
        Some(stores) if !stores.stale(cloud.now()) => stores,
        older => {
            let surveyed = stores::survey(cloud, amazon, &hold.connection, token).await;
            surveyed.or_else(|error| older.ok_or(error))?
        }
    };
    if stores.in_use().is_empty() { Err(SurveyError::NoStore) } else { Ok(stores) }
}
