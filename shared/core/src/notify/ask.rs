//! One call about notifications: a seller's, or the application's own.

use crate::call::{Reply, Verdict, judge};
use crate::catalogue::{Operation, request};
use crate::connection::Connection;
use crate::ids::SellerId;
use crate::lwa::Scope;
use crate::measure::Measure;
use crate::operate::grantless;
use crate::ports::{Clock, Meter, Queue, QueueName, SellingPartner, Table, Vault};
use crate::quota::{self, IN_PLACE, Payer};
use crate::refresh;
use crate::secret::AccessToken;
use crate::store::load;
use crate::task::Failure;
use crate::token::Access;
use jiff::SignedDuration;

/// Nobody's account: grantless operations are counted for each application.
const NO_SELLER: &str = "-";

/// Whose token a call carries.
#[derive(Debug, Clone, Copy)]
pub(super) enum As {
    /// The seller's.
    Seller,
    /// The application's own.
    Application,
}

/// Why there is no answer to go by. What was done until then is kept, and the rest is tried again.
#[derive(Debug)]
pub(super) enum Stuck {
    /// It is tried again later: no call left, or Amazon has trouble.
    Later,
    /// There was no token at hand. One was asked for and is there soon.
    NoToken,
    /// Our own services.
    Failed(Failure),
}

impl<E: Into<Failure>> From<E> for Stuck {
    fn from(error: E) -> Self {
        Self::Failed(error.into())
    }
}

/// Who asks.
pub(super) struct Asker<'a, C, A> {
    pub(super) cloud: &'a C,
    pub(super) amazon: &'a A,
    pub(super) connection: &'a Connection,
}

impl<C, A> Asker<'_, C, A>
where
    C: Table + Vault + Queue + Clock + Meter,
    A: SellingPartner,
{
    /// Calls, and hands on what Amazon answered or refused for good.
    pub(super) async fn ask(
        &self,
        whose: As,
        operation: &'static Operation,
        parameters: &[(&str, &str)],
        body: Option<&str>,
    ) -> Result<(Verdict, Reply), Stuck> {
        let Self { cloud, amazon, connection, .. } = self;
        let call = request::build(operation, parameters, body).map_err(|_| Stuck::Later)?;
        let token = self.token(whose).await?.ok_or(Stuck::NoToken)?;
        let payer = self.payer(whose);
        let reserved = quota::reserve_soon(*cloud, &payer, operation, IN_PLACE).await?;
        let mut slots = reserved.map_err(|_| Stuck::Later)?;
        let now = cloud.now();
        let wait = slots.at.pop_front().unwrap_or(now).duration_since(now).max(SignedDuration::ZERO);
        if wait > SignedDuration::ZERO {
            cloud.wait(wait).await;
        }
        let answer = amazon.call(connection.endpoint(), &token, &call).await;
        cloud.measure(Measure::call(connection, operation, answer.as_ref().ok(), &slots, wait));
        let reply = answer.map_err(|_| Stuck::Later)?;
        let verdict = judge(&reply);
        // What could not be noted is learned from the next reply.
        drop(quota::learn(*cloud, &payer, operation, slots.rate, reply.rate_limit).await);
        match verdict {
            Verdict::Answered | Verdict::Refused | Verdict::Denied(_) => Ok((verdict, reply)),
            Verdict::Throttled => {
                quota::throttled(*cloud, &payer, operation, 0).await?;
                Err(Stuck::Later)
            }
            // A seller's token is looked after by those who fetch; the application's lives an hour.
            Verdict::TokenRefused | Verdict::Failing => Err(Stuck::Later),
        }
    }

    fn payer(&self, whose: As) -> Payer {
        let seller = self.connection.seller.clone();
        let seller = match whose {
            As::Seller => seller,
            As::Application => SellerId::parse(NO_SELLER).unwrap_or(seller),
        };
        let application = self.connection.application.clone();
        Payer { application, seller, region: self.connection.region }
    }

    /// The token, if one is at hand; otherwise one is asked for.
    async fn token(&self, whose: As) -> Result<Option<AccessToken>, Failure> {
        let Self { cloud, connection, .. } = self;
        if let As::Application = whose {
            return grantless::at_hand(*cloud, &connection.application, Scope::Notifications).await;
        }
        let found = load::<Access>(*cloud, &Access::key_of(&connection.tenant, &connection.id)).await?;
        let Some(access) = found.map(|held| held.value) else { return Ok(None) };
        let usable = access.usable(connection.generation, cloud.now());
        if let Some(sealed) = access.sealed.as_ref().filter(|_| usable) {
            return Ok(Some(AccessToken::new(cloud.open(&access.context(), sealed).await?.secret)));
        }
        let task = refresh::message(&refresh::ask(&access), SignedDuration::ZERO);
        cloud.send(QueueName::Refresh, &[task]).await?;
        Ok(None)
    }
}
