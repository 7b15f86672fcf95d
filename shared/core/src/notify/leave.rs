//! A connection has ended, or notifications are switched off: its subscriptions go. That takes no token of the
//! seller's, who may have none any more.

use super::ask::{As, Asker, Stuck};
use super::rows::{Held, Subscribed};
use crate::call::Verdict;
use crate::catalogue::DELETE_SUBSCRIPTION_BY_ID;
use crate::ports::{Clock, Meter, Queue, SellingPartner, Table, Vault};
use crate::store::{self, StoreError, Write, load};

/// Removes a subscription at Amazon. One that is gone already is as good; one that Amazon does not let us remove is
/// left to it, and its messages count for nobody.
pub(super) async fn remove<C, A>(asker: &Asker<'_, C, A>, held: &Held) -> Result<(), Stuck>
where
    C: Table + Vault + Queue + Clock + Meter,
    A: SellingPartner,
{
    let about = [("notificationType", held.kind.as_str()), ("subscriptionId", held.id.as_str())];
    match asker.ask(As::Application, &DELETE_SUBSCRIPTION_BY_ID, &about, None).await? {
        (Verdict::Answered | Verdict::Refused | Verdict::Denied(_), _) => Ok(()),
        _ => Err(Stuck::Later),
    }
}

/// The write that forgets where it led.
pub(super) async fn forget(table: &impl Table, held: &Held) -> Result<Option<Write>, StoreError> {
    let found: Option<store::Held<Subscribed>> = load(table, &Subscribed::key_of(&held.id)).await?;
    Ok(found.as_ref().map(Write::delete))
}
