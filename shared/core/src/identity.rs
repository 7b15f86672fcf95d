//! Who is it really? The seller id of a callback or an import is a claim. Amazon's answers to the grant itself
//! can prove it.
//!
//! Two probes. Finances names the account in its answers: that decides, either way. Listings takes the account
//! in its path: where it answers for the claimed account and refuses a made-up one, the claim holds. It never
//! disproves, because a missing role is refused in the same words. Neither was seen on a live account, so
//! anything else leaves the claim unverified, and that is shown.
//!
//! Source: Amazon's models `finances_2024-06-19` (`sellingPartnerMetadata`) and `listingsItems_2021-08-01`.

use crate::call::{Reply, Verdict, judge};
use crate::catalogue::{LIST_TRANSACTIONS, Operation, SEARCH_LISTINGS_ITEMS, request};
use crate::connection::Identity;
use crate::grant::Candidate;
use crate::marketplaces::{Endpoint, Kind, Realm, by_country};
use crate::ports::{Clock, SellingPartner, Table};
use crate::quota::{self, Payer};
use crate::secret::AccessToken;
use jiff::{SignedDuration, Timestamp};
use serde::Deserialize;

/// Finances are looked through so far back. Amazon answers a longer window with nothing.
const LOOK_BACK: SignedDuration = SignedDuration::from_hours(24 * 179);

/// Finances take no later end than this before now.
const LAG: SignedDuration = SignedDuration::from_mins(5);

/// An account that is nobody's: as well formed as a real one.
const NOBODY: &str = "A0SELLERPORT00";

/// What the probes found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Proof {
    /// The grant is the claimed account's.
    Match,
    /// The grant is another account's.
    Mismatch,
    /// Amazon did not tell.
    Unknown,
}

impl Proof {
    /// What is known about an account that was not disproved.
    pub fn identity(self) -> Identity {
        match self {
            Self::Match => Identity::Verified,
            Self::Mismatch | Self::Unknown => Identity::Unverified,
        }
    }
}

/// Asks Amazon whose grant it is, until `deadline` at the latest.
pub async fn prove<C, A>(
    cloud: &C,
    amazon: &A,
    candidate: &Candidate,
    token: &AccessToken,
    deadline: Timestamp,
) -> Proof
where
    C: Table + Clock,
    A: SellingPartner,
{
    // The sandbox answers with samples of somebody else's.
    if candidate.realm == Realm::Sandbox {
        return Proof::Unknown;
    }
    let probe = Probe { cloud, amazon, candidate, token, deadline };
    // A vendor has no finances here; his listings have.
    let money = match candidate.kind {
        Kind::Seller => probe.ask(&LIST_TRANSACTIONS, &transactions(cloud.now())).await,
        Kind::Vendor => None,
    };
    if let Some(reply) = money {
        match read(&reply.body, candidate.seller.as_str()).filter(|_| judge(&reply) == Verdict::Answered) {
            None | Some(Proof::Unknown) => {}
            Some(proof) => return proof,
        }
    }
    let Some(store) = by_country(&candidate.country) else { return Proof::Unknown };
    let known = |reply: &Reply| judge(reply) == Verdict::Answered || reply.status == 404;
    let claimed = probe.ask(&SEARCH_LISTINGS_ITEMS, &listings(candidate.seller.as_str(), store.id)).await;
    if !claimed.as_ref().is_some_and(known) {
        return Proof::Unknown;
    }
    // The control: an operation that answers for anybody proves nothing.
    let nobody = probe.ask(&SEARCH_LISTINGS_ITEMS, &listings(NOBODY, store.id)).await;
    let refused = nobody.as_ref().is_some_and(|reply| matches!(judge(reply), Verdict::Denied(_)));
    if refused { Proof::Match } else { Proof::Unknown }
}

struct Probe<'a, C, A> {
    cloud: &'a C,
    amazon: &'a A,
    candidate: &'a Candidate,
    token: &'a AccessToken,
    deadline: Timestamp,
}

impl<C: Table + Clock, A: SellingPartner> Probe<'_, C, A> {
    /// One call, if the quota and the time allow it now.
    async fn ask(&self, operation: &'static Operation, parameters: &[(&str, String)]) -> Option<Reply> {
        let parameters: Vec<_> = parameters.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let call = request::build(operation, &parameters, None).ok()?;
        let Candidate { application, seller, region, realm, .. } = self.candidate;
        let payer = Payer { application: application.clone(), seller: seller.clone(), region: *region };
        if self.cloud.now() >= self.deadline {
            return None;
        }
        quota::reserve_soon(self.cloud, &payer, operation, SignedDuration::ZERO).await.ok()?.ok()?;
        self.amazon.call(Endpoint { region: *region, realm: *realm }, self.token, &call).await.ok()
    }
}

fn transactions(now: Timestamp) -> [(&'static str, String); 2] {
    let before = now - LAG;
    let moment = |at: Timestamp| at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string();
    [("postedAfter", moment(before - LOOK_BACK)), ("postedBefore", moment(before))]
}

fn listings(account: &str, store: &str) -> [(&'static str, String); 3] {
    [("sellerId", account.to_owned()), ("marketplaceIds", store.to_owned()), ("pageSize", "1".to_owned())]
}

#[derive(Deserialize)]
struct Answer {
    payload: Payload,
}

#[derive(Deserialize)]
struct Payload {
    #[serde(default)]
    transactions: Vec<Transaction>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Transaction {
    #[serde(default)]
    selling_partner_metadata: Metadata,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase")]
struct Metadata {
    #[serde(default)]
    selling_partner_id: String,
}

/// Whose transactions these are. One of the claimed account proves it; some, but none of his, disprove it.
fn read(body: &[u8], claimed: &str) -> Option<Proof> {
    let answer: Answer = serde_json::from_slice(body).ok()?;
    let named = answer.payload.transactions.into_iter().map(|one| one.selling_partner_metadata);
    let accounts: Vec<_> = named.map(|named| named.selling_partner_id).filter(|id| !id.is_empty()).collect();
    Some(match accounts.as_slice() {
        [] => Proof::Unknown,
        some if some.iter().any(|account| account == claimed) => Proof::Match,
        _ => Proof::Mismatch,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(accounts: &[&str]) -> Vec<u8> {
        let one = |id: &&str| serde_json::json!({ "sellingPartnerMetadata": { "sellingPartnerId": id } });
        let transactions: Vec<_> = accounts.iter().map(one).collect();
        serde_json::json!({ "payload": { "transactions": transactions } }).to_string().into_bytes()
    }

    #[test]
    fn transactions_decide_whose_grant_it_is() {
        assert_eq!(read(&answer(&["A1", "A1"]), "A1"), Some(Proof::Match));
        assert_eq!(read(&answer(&["A2"]), "A1"), Some(Proof::Mismatch));
        assert_eq!(read(&answer(&[]), "A1"), Some(Proof::Unknown));
        assert_eq!(read(&answer(&[""]), "A1"), Some(Proof::Unknown));
        assert_eq!(read(b"<html>", "A1"), None);
    }
}
