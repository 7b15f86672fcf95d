//! Amazon's answer to a consent becomes a connection.
//!
//! In order: read the answer, take the state (once, whatever follows), hold it against the browser, the
//! session and the address, check the seller, note that an exchange begins, trade the code, store the grant
//! in one write, read the stores. Nothing is asked of Amazon before all checks passed.

mod answer;
mod grant;

pub use answer::{Answer, CODE_MAX, QUERY_MAX, read};

use crate::application::Flow;
use crate::audit;
use crate::authorize::Consent;
use crate::ids::{ApplicationSlug, ConnectionId, SellerId};
use crate::lwa::LwaError;
use crate::marketplaces::Region;
use crate::message::{Refusal, chain};
use crate::ports::{Bus, Clock, Entropy, Event, Lwa, SellingPartner, Table, Vault};
use crate::secret::{AuthorizationCode, Ticket};
use crate::session::Session;
use crate::store::decode;
use crate::stores;
use jiff::Timestamp;

/// The address the answer came to: part of what a state is bound to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    /// The application in the path.
    pub application: ApplicationSlug,
    /// The flow in the path.
    pub flow: Flow,
    /// The region in the path.
    pub region: Region,
}

/// The browser that brings the answer.
#[derive(Debug)]
pub struct Browser {
    /// What it was given when the consent began.
    pub nonce: Option<Ticket>,
    /// Its session, if it has one that lives.
    pub session: Option<Session>,
    /// When the gateway received it: a second clock, in case ours went back.
    pub received_at: Timestamp,
}

/// Carries an answer through to the end. On success the connection works and its streams are due.
pub async fn complete<C, A>(
    cloud: &C,
    amazon: &A,
    address: &Address,
    answer: Answer,
    browser: &Browser,
) -> Result<ConnectionId, Refusal>
where
    C: Table + Vault + Bus + Clock + Entropy,
    A: Lwa + SellingPartner,
{
    let (state, approved) = match answer {
        Answer::Declined { state } => (state, None),
        Answer::Approved { state, code, seller } => (state, Some((code, seller))),
    };
    let consent = redeem(cloud, &state, address, browser).await?;
    let result = match approved {
        None => Err(Refusal::Denied),
        Some((code, seller)) => connect(cloud, amazon, &consent, &code, &seller).await,
    };
    // A success was noted in the write that stored it.
    if let Err(refusal) = &result {
        let subject = consent.connection.as_str();
        audit::note(cloud, &consent.tenant, Some(&consent.user), refusal.code(), subject).await?;
    }
    result?;
    Ok(consent.connection)
}

/// Takes the state and holds it against everything it is bound to (R1). Whatever the result, it is spent.
async fn redeem<C: Table + Clock + Entropy>(
    cloud: &C,
    state: &Ticket,
    address: &Address,
    browser: &Browser,
) -> Result<Consent, Refusal> {
    let row = cloud.take(&Consent::key_of(&state.digest())).await?;
    let consent: Consent = match row {
        Some(row) => decode(row)?.value,
        None => return Err(Refusal::StateUnknown),
    };
    let refusal = refusal_of(&consent, address, browser, cloud.now());
    if let Some(refusal) = refusal {
        let user = browser.session.as_ref().map(|session| &session.user);
        let subject = consent.connection.as_str();
        audit::note(cloud, &consent.tenant, user, refusal.code(), subject).await?;
        return Err(refusal);
    }
    Ok(consent)
}

fn refusal_of(consent: &Consent, address: &Address, browser: &Browser, now: Timestamp) -> Option<Refusal> {
    let now = now.max(browser.received_at);
    let bound =
        Address { application: consent.application.clone(), flow: consent.flow, region: consent.region };
    if !consent.open(now) || bound != *address {
        return Some(Refusal::StateUnknown);
    }
    let nonce = browser.nonce.as_ref().map(Ticket::digest);
    if nonce.as_ref() != Some(&consent.nonce) {
        return Some(Refusal::OtherBrowser);
    }
    match &browser.session {
        None => Some(Refusal::SessionEnded),
        Some(session) if session.user != consent.user || session.tenant != consent.tenant => {
            Some(Refusal::OtherBrowser)
        }
        Some(session) if session.digest != consent.session => Some(Refusal::SessionEnded),
        Some(_) => None,
    }
}

async fn connect<C, A>(
    cloud: &C,
    amazon: &A,
    consent: &Consent,
    code: &AuthorizationCode,
    seller: &SellerId,
) -> Result<(), Refusal>
where
    C: Table + Vault + Bus + Clock + Entropy,
    A: Lwa + SellingPartner,
{
    grant::announce(cloud, consent, seller).await?;
    let grant = match amazon.exchange(code, &consent.redirect_uri).await {
        Ok(grant) => grant,
        Err(error) => return Err(explain(cloud, consent, error).await),
    };
    let connection = grant::store(cloud, consent, seller, &grant).await?;

    // The grant is safe. From here on a failure is repaired by others: the schedule finds the streams within
    // a minute if this event is lost, and the fetchers read the stores if this survey fails.
    let detail = serde_json::json!({
        "tenant": connection.tenant,
        "connection": connection.id,
        "region": connection.region,
        "generation": connection.generation,
    });
    drop(cloud.publish(Event { name: "connection.connected", detail }).await);
    drop(stores::survey(cloud, amazon, &connection, &grant.access.token, cloud.now()).await);
    Ok(())
}

/// What a failed exchange means to the person in front of it, and to the connection.
async fn explain<C: Table + Bus + Clock>(cloud: &C, consent: &Consent, error: LwaError) -> Refusal {
    let refusal = match error {
        LwaError::GrantRefused => Refusal::CodeRejected,
        LwaError::ApplicationRefused { code } => {
            let detail = serde_json::json!({ "application": consent.application, "code": code });
            // The person is told below whether or not the operator could be.
            drop(cloud.publish(Event { name: "application.credentials_refused", detail }).await);
            Refusal::ApplicationRefused
        }
        LwaError::Busy { granted: false, .. } => Refusal::LwaDown(chain(&error)),
        // The code may be spent and the grant lost: the mark stays, and the page says so within a minute.
        LwaError::Busy { .. } | LwaError::Unanswered(_) => return Refusal::LwaDown(chain(&error)),
    };
    match grant::withdraw(cloud, consent).await {
        Ok(()) => refusal,
        Err(error) => error.into(),
    }
}
