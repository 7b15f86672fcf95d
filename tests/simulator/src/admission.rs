//! Whether an account may authorize an application, or which page of Amazon's ends it.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::applications::Application;
use crate::consent_page::{PageError, ending};
use crate::sellers::{Seller, SellerKind};
use crate::world::{Inside, World};

/// What is wrong with an account, or with the person who is signed in to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Obstacle {
    /// `SPDC8143`: the person is not the account's primary user.
    NotPrimaryUser,
    /// `SPSA0404`: this kind of business may not authorize applications.
    UnsupportedEntity,
    /// `SPSA2043`: the vendor's group lacks a role. Vendors only.
    VendorRoleMissing,
}

impl Obstacle {
    /// Every obstacle.
    pub const ALL: [Self; 3] = [Self::NotPrimaryUser, Self::UnsupportedEntity, Self::VendorRoleMissing];

    /// Amazon's code for it (developer-docs.amazon.com/sp-api, authorization-errors).
    pub fn code(self) -> &'static str {
        match self {
            Self::NotPrimaryUser => "SPDC8143",
            Self::UnsupportedEntity => "SPSA0404",
            Self::VendorRoleMissing => "SPSA2043",
        }
    }

    /// Its name in `POST /_sim/sellers/{seller}/flags`.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::NotPrimaryUser => "not_primary_user",
            Self::UnsupportedEntity => "unsupported_entity",
            Self::VendorRoleMissing => "vendor_role_missing",
        }
    }
}

/// Lets the account authorize the application, or names the page that it sees instead.
pub(crate) fn admit(inside: &Inside, application: &Application, seller: &Seller) -> Result<(), PageError> {
    let obstacles = inside.book.obstacles.get(&seller.id);
    if let Some(obstacle) = obstacles.and_then(|obstacles| obstacles.first()) {
        return Err(ending(obstacle.code()));
    }
    // Vendors are not counted (application-authorization-limits).
    let limit = application.limit().filter(|_| seller.kind == SellerKind::Seller);
    if limit.is_some_and(|limit| authorized_by(inside, &application.client_id, &seller.id) >= limit as usize)
    {
        return Err(ending("CONSENT_LIMIT_REACHED"));
    }
    Ok(())
}

/// Sellers other than this one whose authorization by the consent page is alive.
fn authorized_by(inside: &Inside, client_id: &str, except: &str) -> usize {
    let is_seller = |id: &str| inside.seller(id).is_none_or(|seller| seller.kind == SellerKind::Seller);
    let alive = inside.book.grants.iter();
    alive
        .filter(|grant| grant.client_id == client_id && grant.public && !grant.revoked)
        .map(|grant| grant.seller.as_str())
        .filter(|seller| *seller != except && is_seller(seller))
        .collect::<BTreeSet<_>>()
        .len()
}

impl World {
    /// Puts something in an account's way on the consent page, or takes it away again. Whether there is such an
    /// account, and the obstacle can be one of its kind.
    pub fn set_obstacle(&self, seller: &str, obstacle: Obstacle, present: bool) -> bool {
        let mut inside = self.hold();
        let for_vendors = obstacle == Obstacle::VendorRoleMissing;
        let fits = inside.seller(seller).is_some_and(|s| s.kind == SellerKind::Vendor || !for_vendors);
        if !fits {
            return false;
        }
        let obstacles = inside.book.obstacles.entry(seller.to_owned()).or_default();
        if present {
            obstacles.insert(obstacle);
        } else {
            obstacles.remove(&obstacle);
        }
        inside.save();
        true
    }
}
