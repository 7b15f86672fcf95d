//! The application gets a new secret, and the function dies on the way.

use super::*;
use sellerport_core::application::{Application, Stage};
use sellerport_core::ids::{ApplicationSlug, TenantId, UserId};
use sellerport_core::marketplaces::Realm;
use sellerport_core::rotate::{Entry, digest_of, enter, receive};

/// What Amazon sends, or a person pastes.
pub(super) const SECOND_SECRET: &str = "amzn1.oa2-cs.v1.the-second-secret";

/// The visibility timeout of the queue for new secrets (template), and how often Amazon's message comes again
/// in its four days: far more than these runs need.
const HIDDEN: SignedDuration = SignedDuration::from_mins(15);

/// The secret in force is the new one, its row says so, the one before is kept, and the operator was told.
fn in_force(hut: &Hut, slug: &ApplicationSlug, before: usize) -> Result<(), String> {
    let versions = hut.cloud.credentials.borrow().get(slug).cloned().unwrap_or_default();
    let secrets: Vec<_> = versions.iter().map(|pair| pair.client_secret.expose()).collect();
    that(secrets.last() == Some(&SECOND_SECRET), || "the new secret is not in force".to_owned())?;
    that(secrets.len() == before + 1, || format!("{} versions", secrets.len()))?;
    let row: Application = hut.row(&Application::key_of(slug)).ok_or("no application")?;
    that(versions.last().map(digest_of) == Some(row.secret_digest.clone()), || {
        "the row names another secret".to_owned()
    })?;
    let left = row.secret_days_left(hut.cloud.now());
    that(left >= 179, || format!("{left} days left"))?;
    invariants(hut)
}

async fn told(plan: Plan) -> Ran {
    let hut = Hut::build().await;
    hut.advance(MINUTE * 60 * 24 * 170);
    let now = hut.cloud.now();
    let body = serde_json::json!({
        "notificationType": "APPLICATION_OAUTH_CLIENT_NEW_SECRET",
        "eventTime": now,
        "payload": { "applicationOAuthClientNewSecret": {
            "clientId": hut.application.client_id,
            "newClientSecret": SECOND_SECRET,
            "newClientSecretExpiryTime": now + MINUTE * 60 * 24 * 180,
        }},
    });
    let (amazon, body) = (hut.amazon(), body.to_string());
    hut.cloud.stops.follow(plan);
    let mut deliveries = 0;
    loop {
        deliveries += 1;
        let work = receive(&hut.cloud, &amazon, &hut.site.home, "told", &body);
        if let Some(Ok(_)) = hut.cloud.stops.run(work).await {
            break;
        }
        hut.pass(HIDDEN).await;
    }
    hut.pass(MINUTE * 2).await;
    let verdict = in_force(&hut, &hut.application.slug, 1)
        .and_then(|()| that(deliveries <= 3, || format!("{deliveries} deliveries")));
    hut.ran(verdict)
}

async fn pasted(plan: Plan, slug: &str) -> Ran {
    let hut = Hut::build().await;
    let slug = ApplicationSlug::parse(slug).unwrap();
    let before = usize::from(slug == hut.application.slug);
    let (tenant, user) = (TenantId::parse("main").unwrap(), UserId::parse("owner").unwrap());
    hut.cloud.stops.follow(plan);
    let amazon = hut.amazon();
    for _ in 0..3 {
        let entry = Entry {
            slug: slug.clone(),
            amazon_id: hut.application.amazon_id.clone(),
            stage: Stage::Draft,
            realm: Realm::Production,
            client_id: hut.application.client_id.clone(),
            client_secret: Some(SECOND_SECRET.to_owned()),
            days_left: None,
            rotates: false,
            fetches: Vec::new(),
        };
        let form = enter(&hut.cloud, &amazon, entry, (&tenant, &user));
        if let Some(Ok(())) = hut.cloud.stops.run(form).await {
            break;
        }
        // Until he sends the form again, whatever is in force works at Amazon, and its row can be read.
        hut.pass(MINUTE * 2).await;
    }
    hut.pass(MINUTE * 2).await;
    let verdict = in_force(&hut, &slug, before);
    hut.ran(verdict)
}

#[tokio::test]
async fn f31_a_secret_told_by_amazon_is_in_force_wherever_the_function_is_stopped() {
    survived("a secret told by Amazon", 2, told).await;
    outlived("a secret told by Amazon", told).await;
}

#[tokio::test]
async fn f31_a_secret_pasted_by_hand_is_in_force_wherever_the_function_is_stopped() {
    for (flow, slug) in [("a pasted secret", "main"), ("a new application", "another")] {
        survived(flow, 2, async |plan| pasted(plan, slug).await).await;
        outlived(flow, async |plan| pasted(plan, slug).await).await;
    }
}
