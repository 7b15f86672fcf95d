//! Who calls the API, and whether he may call this operation here.

use jiff::Timestamp;

use crate::applications::ApplicationKind;
use crate::operations::{Needs, Operation};
use crate::options::Revocation;
use crate::problem::Problem;
use crate::restricted;
use crate::sellers::{Seller, SellerKind};
use crate::sp_api::Call;
use crate::world::{BucketName, Inside};

/// Who calls.
pub(crate) struct Caller {
    pub(crate) client_id: String,
    pub(crate) who: Who,
    /// What a restricted data token opens: `GET /path`; nothing where it is an ordinary token.
    pub(crate) opens: Option<Vec<String>>,
}

/// On whose behalf.
pub(crate) enum Who {
    /// An account, by a grant of its.
    Partner(Seller),
    /// The application itself, by a grantless token with these scopes.
    Itself(String),
}

impl Caller {
    /// The bucket that counts this call. Grantless operations are counted per application.
    pub(crate) fn bucket(&self, call: &Call, operation: &Operation) -> BucketName {
        let partner = match &self.who {
            Who::Partner(seller) => seller.id.clone(),
            Who::Itself(_) => String::new(),
        };
        (self.client_id.clone(), partner, call.region, call.sandbox, operation.name())
    }

    /// Whether the operation is for such a caller, in this environment, and the application has its role.
    pub(crate) fn may(&self, inside: &Inside, call: &Call, operation: &Operation) -> Result<(), Problem> {
        let application = inside.book.client(&self.client_id);
        let without_role =
            application.is_some_and(|a| a.without_role.iter().any(|name| name == operation.name()));
        let at_home = application
            .is_some_and(|a| (a.kind == ApplicationKind::Sandbox) == call.sandbox || self.is_itself());
        let fits = match (operation.needs(), &self.who) {
            (Needs::Seller, Who::Partner(seller)) => seller.kind == SellerKind::Seller,
            (Needs::Vendor, Who::Partner(seller)) => seller.kind == SellerKind::Vendor,
            (Needs::Partner, Who::Partner(_)) => true,
            (Needs::Scope(needed), Who::Itself(scopes)) => scopes.split(' ').any(|scope| scope == needed),
            _ => false,
        };
        let opened = match &self.opens {
            Some(opens) => {
                let takes = operation.is_restricted() || operation.may_be_restricted();
                takes && opens.contains(&restricted::name(call))
            }
            None => !operation.is_restricted(),
        };
        if without_role || !at_home || !fits || !opened { Err(Problem::denied("")) } else { Ok(()) }
    }

    fn is_itself(&self) -> bool {
        matches!(self.who, Who::Itself(_))
    }
}

/// Whose access token this is, good or not any more: for the log and the dial.
pub(crate) fn owner(inside: &Inside, call: &Call) -> Option<String> {
    let access = inside.book.find_access(call.token.as_deref()?)?;
    let grant = inside.book.grant_numbered(access.grant?)?;
    Some(grant.seller.clone())
}

/// Whose access token this is, if it is good now.
pub(crate) fn identify(inside: &Inside, call: &Call, now: Timestamp) -> Result<Caller, Problem> {
    let invalid = || Problem::denied("The access token you provided is revoked, malformed or invalid.");
    let presented = call.token.as_deref().filter(|token| !token.is_empty());
    let presented =
        presented.ok_or_else(|| Problem::denied("Access token is missing in the request header."))?;
    let access = inside.book.find_access(presented).ok_or_else(invalid)?;
    if now >= access.expires {
        return Err(Problem::denied("The access token you provided has expired."));
    }
    let application = inside.book.client(&access.client_id).ok_or_else(invalid)?;
    if application.live_secrets(now).next().is_none() {
        return Err(Problem::denied("The LWA secret token you provided has expired."));
    }
    let client_id = access.client_id.clone();
    let Some(number) = access.grant else {
        let who = Who::Itself(access.scope.clone().unwrap_or_default());
        return Ok(Caller { client_id, who, opens: None });
    };
    let grant = inside.book.grant_numbered(number).ok_or_else(invalid)?;
    if grant.revoked && inside.revocation == Revocation::AtOnce {
        return Err(invalid());
    }
    let seller = inside.seller(&grant.seller).ok_or_else(invalid)?;
    Ok(Caller { client_id, who: Who::Partner(seller.clone()), opens: access.opens.clone() })
}
