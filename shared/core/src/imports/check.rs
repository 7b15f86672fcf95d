//! Checking a part: is each token alive, of the account it is said to be of, in the right region, and free?

use super::decide::{Import, Step, advance, message};
use super::fault::Fault;
use super::part::{Part, PartLine, Verdict};
use crate::call::{Denial, Verdict as Reply, judge};
use crate::catalogue::GET_MARKETPLACE_PARTICIPATIONS;
use crate::connection::{Claim, Connection, Identity, Status};
use crate::identity::{self, Proof};
use crate::ids::{TenantId, UserId};
use crate::lwa::LwaError;
use crate::marketplaces::{Kind, Realm};
use crate::ports::{Clock, Entropy, Lwa, Queue, QueueName, SellingPartner, Table, Vault};
use crate::secret::{Digest, RefreshToken};
use crate::store::{Held, Write, WriteError, load};
use crate::stores;
use crate::task::{Failure, ImportTask, Outcome};
use jiff::{SignedDuration, Timestamp};
use std::ops::ControlFlow;

/// A line is begun with at least this much time left: one call to each of Amazon's services at its limit.
const LINE_TIME: SignedDuration = SignedDuration::from_secs(22);

/// Amazon could not answer: the part comes back after this long.
const PAUSE: SignedDuration = SignedDuration::from_secs(60);

/// Checks what of a part is not checked yet.
pub(super) async fn check<C, A>(
    cloud: &C,
    amazon: &A,
    task: &ImportTask,
    deadline: Timestamp,
) -> Result<Outcome, Failure>
where
    C: Table + Vault + Queue + Clock + Entropy,
    A: Lwa + SellingPartner,
{
    let Some(mut part) = load::<Part>(cloud, &Part::key_of(task)).await? else {
        return Ok(Outcome::Dropped("E_MSG_IMPORT(unknown)"));
    };
    if part.value.checked {
        return Ok(Outcome::Dropped("the part is checked already"));
    }
    let Some(import) = Import::find(cloud, &task.tenant, &task.import).await? else {
        return Ok(Outcome::Dropped("E_MSG_IMPORT(unknown)"));
    };
    let Some(mut tokens) = part.value.open(cloud).await? else {
        return Ok(Outcome::Dropped("the part is checked already"));
    };
    let mut later = None;
    for place in 0..part.value.lines.len() {
        let Some((line, token)) = part.value.lines.get(place).cloned().zip(tokens.get(place).cloned()) else {
            continue;
        };
        if line.verdict.is_some() {
            continue;
        }
        if cloud.now() + LINE_TIME > deadline {
            later = Some((SignedDuration::ZERO, "more lines follow"));
            break;
        }
        let checker = Checker { cloud, amazon, tenant: &task.tenant, user: &import.user, deadline };
        match checker.line(line, token).await? {
            ControlFlow::Break(why) => {
                later = Some((PAUSE, why));
                break;
            }
            ControlFlow::Continue(Checked { line, token, fault }) => {
                part.value.lines[place] = line;
                tokens[place] = token;
                fault.into_iter().for_each(|fault| part.value.blame(fault));
            }
        }
    }
    // Amazon may have replaced a token while it was checked.
    part.value.seal(cloud, &tokens).await?;
    if let Some((delay, why)) = later {
        match cloud.write(&[Write::replace(&part)?]).await {
            Ok(()) | Err(WriteError::Conflict) => {}
            Err(WriteError::Store(error)) => return Err(error.into()),
        }
        cloud.send(QueueName::Import, &[message(&import, task.part, delay)]).await?;
        return Ok(Outcome::Postponed(why));
    }
    part.value.checked = true;
    let step = Step::Checked { faults: part.value.faults(), unchanged: part.value.unchanged() };
    advance(cloud, &part, step).await?;
    Ok(Outcome::Done("the part is checked"))
}

struct Checked {
    line: PartLine,
    token: RefreshToken,
    fault: Option<Fault>,
}

struct Checker<'a, C, A> {
    cloud: &'a C,
    amazon: &'a A,
    tenant: &'a TenantId,
    user: &'a UserId,
    deadline: Timestamp,
}

impl<C, A> Checker<'_, C, A>
where
    C: Table + Clock,
    A: Lwa + SellingPartner,
{
    /// One line; or why Amazon has to be asked later.
    async fn line(
        &self,
        mut line: PartLine,
        token: RefreshToken,
    ) -> Result<ControlFlow<&'static str, Checked>, Failure> {
        let faulty = |mut line: PartLine, token, fault| {
            line.verdict = Some(Verdict::Faulty);
            Ok(ControlFlow::Continue(Checked { line, token, fault: Some(fault) }))
        };
        let claim: Option<Held<Claim>> = load(self.cloud, &Claim::key_of(line.region, &line.seller)).await?;
        let (mine, theirs): (Option<_>, Option<_>) = match claim.map(|held| held.value) {
            Some(claim) if claim.tenant == *self.tenant => (Some(claim), None),
            other => (None, other),
        };
        if theirs.as_ref().is_some_and(|claim| claim.verified) {
            let fault = Fault::field(line.number, "the account is already connected in this installation");
            return faulty(line, token, fault);
        }
        if let Some(claim) = &mine {
            line.connection = claim.connection.clone();
            let key = Connection::key_of(self.tenant, &claim.connection);
            let found: Option<Held<Connection>> = load(self.cloud, &key).await?;
            let digest = Digest::of(token.expose());
            let same = found.is_some_and(|held| {
                held.value.status == Status::Active && held.value.token_digest == Some(digest)
            });
            if same {
                line.verdict = Some(Verdict::Unchanged);
                return Ok(ControlFlow::Continue(Checked { line, token, fault: None }));
            }
        }
        let grant = match self.amazon.refresh(&line.application, &token).await {
            Ok(grant) => grant,
            Err(LwaError::GrantRefused) => {
                let why = "Amazon refuses this refresh token: it is revoked, or of another application";
                let fault = Fault::field(line.number, why);
                return faulty(line, token, fault);
            }
            Err(LwaError::ApplicationRefused { .. }) => {
                let fault = Fault::application(line.number);
                return faulty(line, token, fault);
            }
            Err(_) => return Ok(ControlFlow::Break("Login with Amazon cannot answer now")),
        };
        let token = grant.replaced.clone().unwrap_or(token);
        match self.stores(&line, &grant.token).await {
            ControlFlow::Break(why) => return Ok(ControlFlow::Break(why)),
            ControlFlow::Continue(Some(why)) => {
                let fault = Fault::field(line.number, why);
                return faulty(line, token, fault);
            }
            ControlFlow::Continue(None) => {}
        }
        let candidate = line.candidate(self.tenant, self.user);
        let proof = identity::prove(self.cloud, self.amazon, &candidate, &grant.token, self.deadline).await;
        line.verified = proof.identity() == Identity::Verified;
        if proof == Proof::Mismatch {
            let fault = Fault::field(line.number, "seller_id: the token belongs to another seller");
            return faulty(line, token, fault);
        }
        if theirs.is_some() && !line.verified {
            let fault = Fault::field(line.number, "the account is already connected in this installation");
            return faulty(line, token, fault);
        }
        if mine.is_none() && theirs.is_none() && !self.reserve(&line).await? {
            return Ok(ControlFlow::Break("somebody else connects the same account"));
        }
        line.verdict = Some(Verdict::Sound);
        Ok(ControlFlow::Continue(Checked { line, token, fault: None }))
    }

    /// Puts a claim on the account, so that nobody else connects it before the import is decided.
    async fn reserve(&self, line: &PartLine) -> Result<bool, Failure> {
        let claim = Claim {
            region: line.region,
            seller: line.seller.clone(),
            tenant: self.tenant.clone(),
            connection: line.connection.clone(),
            verified: line.verified,
        };
        match self.cloud.write(&[Write::insert(&claim)?]).await {
            Ok(()) => Ok(true),
            Err(WriteError::Conflict) => Ok(false),
            Err(WriteError::Store(error)) => Err(error.into()),
        }
    }

    /// What is wrong with the stores of a token, if anything.
    async fn stores(
        &self,
        line: &PartLine,
        token: &crate::secret::AccessToken,
    ) -> ControlFlow<&'static str, Option<String>> {
        if line.kind == Kind::Vendor {
            return ControlFlow::Continue(None);
        }
        let endpoint = crate::marketplaces::Endpoint { region: line.region, realm: line.realm };
        let Ok(reply) = self.amazon.call(endpoint, token, &stores::call()).await else {
            return ControlFlow::Break("the Sellers API cannot answer now");
        };
        let region = line.region.as_str().to_uppercase();
        ControlFlow::Continue(match judge(&reply) {
            Reply::Answered if line.realm == Realm::Sandbox => None,
            Reply::Answered => match stores::read(&reply.body, line.region) {
                None => return ControlFlow::Break("the Sellers API's answer cannot be read"),
                Some(stores) if stores.iter().any(stores::Store::callable) => None,
                Some(_) => {
                    Some(format!("region: the account sells in no store of {region}; try another region"))
                }
            },
            Reply::Denied(Denial::Region) => Some(format!("region: the token is not of {region}")),
            Reply::Denied(_) | Reply::Refused => Some(format!(
                "the token works, but the Sellers API denies it: add the role \"{}\" to the application",
                GET_MARKETPLACE_PARTICIPATIONS.role()
            )),
            Reply::Throttled | Reply::TokenRefused | Reply::Failing => {
                return ControlFlow::Break("the Sellers API cannot answer now");
            }
        })
    }
}
