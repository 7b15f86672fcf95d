//! Connections stored directly, for tests that need many of them or none of the way there.

use crate::memory::Memory;
use jiff::SignedDuration;
use sellerport_core::connection::{Connection, Identity, Source};
use sellerport_core::grant::{Candidate, Granted};
use sellerport_core::ids::{ApplicationSlug, ConnectionId, SellerId, TenantId, UserId};
use sellerport_core::lwa::AccessGrant;
use sellerport_core::marketplaces::{Kind, Realm, Region};
use sellerport_core::secret::{AccessToken, RefreshToken};

/// Stores a grant of an American seller with this access token.
pub async fn granted(
    cloud: &Memory,
    tenant: TenantId,
    connection: ConnectionId,
    seller: &SellerId,
    access: &str,
) -> Connection {
    let candidate = Candidate {
        tenant,
        user: UserId::parse("owner").unwrap(),
        application: ApplicationSlug::parse("main").unwrap(),
        realm: Realm::Production,
        region: Region::Na,
        kind: Kind::Seller,
        country: "US".to_owned(),
        connection,
        seller: seller.clone(),
        source: Source::Consent,
    };
    let access = AccessGrant {
        token: AccessToken::new(access.to_owned()),
        expires_in: SignedDuration::from_hours(1),
        replaced: None,
    };
    let granted = Granted {
        refresh: &RefreshToken::new(format!("Atzr|of-{seller}")),
        access: Some(&access),
        scope: None,
        identity: Identity::Verified,
    };
    candidate.store(cloud, &granted).await.unwrap()
}
