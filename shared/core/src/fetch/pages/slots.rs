//! The moments of a run's calls: reserved, taken up, and put back.

use super::Run;
use crate::catalogue::Operation;
use crate::fetch::hold::Hold;
use crate::ports::{Bus, Clock, Documents, Entropy, Lake, Meter, Queue, SellingPartner, Table, Vault};
use crate::quota::{self, IN_PLACE, Reserved};
use crate::task::Failure;
use jiff::{SignedDuration, Timestamp};
use std::ops::ControlFlow;

impl<C, A> Run<'_, C, A>
where
    C: Table + Vault + Queue + Lake + Bus + Clock + Entropy + Meter,
    A: SellingPartner + Documents,
{
    /// The moment for the next call, or when to come back for it. A walk that goes on reserves as many calls
    /// as it has made, since it is likely to need as many again.
    pub(super) async fn slot(
        &mut self,
        hold: &mut Hold,
        operation: &'static Operation,
        named: bool,
    ) -> Result<ControlFlow<Timestamp>, Failure> {
        if !std::ptr::eq(self.operation, operation) {
            self.put_back(hold).await;
            (self.operation, self.slots) = (operation, quota::Slots::none(operation));
        }
        if self.slots.at.is_empty() {
            let payer = hold.payer();
            // What was reserved for another operation refills by itself; a name goes before it and leaves it alone.
            let usual = hold.domain.operation();
            let ours = |reserved: &mut Reserved| !named || reserved.is_for(operation, usual);
            let reserved = hold.stream.value.reserved.take_if(ours);
            // The row forgets it before the call is made: whoever follows a worker that died would make another call
            // with it, which is in nobody's ledger.
            hold.dirty |= reserved.is_some();
            self.slots = match reserved.filter(|reserved| reserved.is_for(operation, hold.domain.operation()))
            {
                Some(reserved) => quota::take_up(self.cloud, &payer, operation, reserved).await?,
                None => quota::reserve(self.cloud, &payer, operation, self.block(hold, operation)).await?,
            };
        }
        let first = self.slots.at.front().copied().unwrap_or_else(|| self.cloud.now());
        if first <= self.cloud.now() + IN_PLACE {
            return Ok(ControlFlow::Continue(()));
        }
        if named {
            return Ok(ControlFlow::Break(first));
        }
        self.slots.at.pop_front();
        let usual = std::ptr::eq(operation, hold.domain.operation());
        let of = (!usual).then(|| operation.name.to_owned());
        hold.stream.value.reserved = Some(Reserved { at: first, cleared: self.slots.cleared, of });
        Ok(ControlFlow::Break(first))
    }

    /// How many calls to reserve at once: a document needs one of each.
    fn block(&self, hold: &Hold, operation: &Operation) -> u32 {
        // What asks Amazon to make something is called once for each document.
        let pages =
            operation.pages.is_some() && operation.reads && std::ptr::eq(operation, hold.domain.operation());
        if pages { self.pages.max(1) } else { 1 }
    }

    pub(super) async fn wait(&mut self) -> SignedDuration {
        let now = self.cloud.now();
        let wait = self.slots.at.pop_front().unwrap_or(now).duration_since(now);
        if wait > SignedDuration::ZERO {
            self.cloud.wait(wait).await;
        }
        wait.max(SignedDuration::ZERO)
    }

    /// Puts back what was reserved and will not be used. Should that fail, the bucket refills all the same.
    pub(super) async fn put_back(&mut self, hold: &Hold) {
        let unmade = std::mem::take(&mut self.slots.at).len();
        if unmade > 0 {
            drop(quota::give_back(self.cloud, &hold.payer(), self.operation, unmade).await);
        }
    }
}
