//! Amazon's answer to a consent becomes a connection.
//!
//! In order: read the answer, take the state (once, whatever follows), hold it against the browser, the
//! session and the address, check the seller, note that an exchange begins, trade the code, ask Amazon whose
//! grant it is, store it in one write, read the stores. Nothing is asked of Amazon before all checks passed.

mod answer;

pub use answer::{Answer, CODE_MAX, QUERY_MAX, read};

use crate::application::Flow;
use crate::audit;
use crate::authorize::Consent;
use crate::connection::Source;
use crate::grant::{Candidate, Granted};
use crate::health;
use crate::identity::{self, Proof};
use crate::ids::{ApplicationSlug, ConnectionId, SellerId};
use crate::lwa::LwaError;
use crate::marketplaces::Region;
use crate::message::{Refusal, chain};
use crate::ports::{Bus, Clock, Entropy, Lwa, SellingPartner, Table, Vault};
use crate::secret::{AuthorizationCode, Digest, Ticket};
use crate::session::Session;
use crate::store::decode;
use crate::stores;
use jiff::{SignedDuration, Timestamp};

/// Whose grant it is is asked within this time from the beginning. The exchange before may take 10 s, a probe
/// that began takes 8 s at most, and the function has 25 s.
const PROBE_TIME: SignedDuration = SignedDuration::from_secs(12);

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
    /// What it was given when it followed a connect session's link.
    pub guest: Option<Ticket>,
    /// When the gateway received it: a second clock, in case ours went back.
    pub received_at: Timestamp,
}

/// What an answer led to, and where the person came from.
#[derive(Debug)]
pub struct Completed {
    /// The connection that the state named.
    pub connection: ConnectionId,
    /// The connect session that it began in, if it did.
    pub connect_session: Option<Digest>,
    /// Whether the connection works now.
    pub result: Result<(), Refusal>,
}

/// Carries an answer through to the end. On success the connection works and its streams are due. A refusal
/// of the whole means that the state did not hold, so nobody knows where the answer belongs.
pub async fn complete<C, A>(
    cloud: &C,
    amazon: &A,
    address: &Address,
    answer: Answer,
    browser: &Browser,
) -> Result<Completed, Refusal>
where
    C: Table + Vault + Bus + Clock + Entropy,
    A: Lwa + SellingPartner,
{
    let begun = cloud.now();
    let (state, approved) = match answer {
        Answer::Declined { state } => (state, None),
        Answer::Approved { state, code, seller } => (state, Some((code, seller))),
    };
    let consent = redeem(cloud, &state, address, browser).await?;
    let result = match approved {
        None => Err(Refusal::Denied),
        Some((code, seller)) => connect(cloud, amazon, &consent, &code, seller, begun + PROBE_TIME).await,
    };
    // A success was noted in the write that stored it.
    if let Err(refusal) = &result {
        let subject = consent.connection.as_str();
        audit::note(cloud, &consent.tenant, Some(&consent.user), refusal.code(), subject).await?;
    }
    Ok(Completed { connection: consent.connection, connect_session: consent.connect_session, result })
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
    if consent.connect_session.is_some() {
        let guest = browser.guest.as_ref().map(Ticket::digest);
        return (guest.as_ref() != Some(&consent.session)).then_some(Refusal::OtherBrowser);
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
    seller: SellerId,
    deadline: Timestamp,
) -> Result<(), Refusal>
where
    C: Table + Vault + Bus + Clock + Entropy,
    A: Lwa + SellingPartner,
{
    let candidate = consent.candidate(seller);
    let result = trade(cloud, amazon, consent, &candidate, code, deadline).await;
    if result == Err(Refusal::SellerTaken) {
        // The person is told all the same.
        drop(candidate.tell_owner(cloud).await);
    }
    result
}

async fn trade<C, A>(
    cloud: &C,
    amazon: &A,
    consent: &Consent,
    candidate: &Candidate,
    code: &AuthorizationCode,
    deadline: Timestamp,
) -> Result<(), Refusal>
where
    C: Table + Vault + Bus + Clock + Entropy,
    A: Lwa + SellingPartner,
{
    candidate.announce(cloud).await?;
    let grant = match amazon.exchange(&consent.application, code, &consent.redirect_uri).await {
        Ok(grant) => grant,
        Err(error) => return Err(explain(cloud, candidate, error).await),
    };
    let proof = identity::prove(cloud, amazon, candidate, &grant.access.token, deadline).await;
    if proof == Proof::Mismatch {
        return Err(give_back(cloud, candidate, Refusal::NotThatSeller).await);
    }
    let granted = Granted {
        refresh: &grant.refresh,
        access: Some(&grant.access),
        scope: grant.scope.clone(),
        identity: proof.identity(),
    };
    let connection = match candidate.store(cloud, &granted).await {
        Ok(connection) => connection,
        // Decided by what the grant proved: it is not kept, so none is lost.
        Err(taken @ (Refusal::SellerTaken | Refusal::SellerMismatch { .. })) => {
            return Err(give_back(cloud, candidate, taken).await);
        }
        Err(refusal) => return Err(refusal),
    };
    // The grant is safe. Should this survey fail, the fetchers read the stores.
    drop(stores::survey(cloud, amazon, &connection, &grant.access.token).await);
    Ok(())
}

/// The refusal, once the mark of an exchange is taken back.
async fn give_back(cloud: &impl Table, candidate: &Candidate, refusal: Refusal) -> Refusal {
    match candidate.withdraw(cloud).await {
        Ok(()) => refusal,
        Err(error) => error.into(),
    }
}

/// What a failed exchange means to the person in front of it, and to the connection.
async fn explain<C>(cloud: &C, candidate: &Candidate, error: LwaError) -> Refusal
where
    C: Table + Bus + Clock + Entropy,
{
    let refusal = match error {
        LwaError::GrantRefused => Refusal::CodeRejected,
        LwaError::ApplicationRefused { code } => {
            // The person is told below whether or not the operator could be.
            drop(health::refused(cloud, &candidate.application, code).await);
            Refusal::ApplicationRefused
        }
        LwaError::Busy { granted: false, .. } => Refusal::LwaDown(chain(&error)),
        // The code may be spent and the grant lost: the mark stays, and the page says so within a minute.
        LwaError::Busy { .. } | LwaError::Unanswered(_) => return Refusal::LwaDown(chain(&error)),
    };
    give_back(cloud, candidate, refusal).await
}

impl Consent {
    /// What is to be connected, now that somebody approved as this account.
    fn candidate(&self, seller: SellerId) -> Candidate {
        Candidate {
            tenant: self.tenant.clone(),
            user: self.user.clone(),
            application: self.application.clone(),
            realm: self.realm,
            region: self.region,
            kind: self.kind,
            country: self.country.clone(),
            connection: self.connection.clone(),
            seller,
            source: Source::Consent,
        }
    }
}
