//! The harness finds what it is for: flows with a planted fault, each of which it must catch.

use super::*;
use sellerport_core::ports::{Bus as _, Event, Lwa as _, Table as _};
use sellerport_core::secret::AuthorizationCode;
use sellerport_core::store::{Stored, Write, load};

/// A reconnect that writes the new generation and the new refresh token in two writes.
async fn in_two_writes(plan: Plan) -> Ran {
    let hut = Hut::build().await;
    let connection = hut.connect(SELLER).await;
    hut.cloud.stops.follow(plan);
    hut.cloud.stops.run(store_in_two_writes(&hut, &connection)).await;
    hut.pass(MINUTE * 2).await;
    let verdict = match no_grant_lost(&hut) {
        Ok(()) => goes_on(&hut).await,
        lost => lost,
    };
    hut.ran(verdict)
}

async fn store_in_two_writes(hut: &Hut, connection: &Connection) {
    let code = AuthorizationCode::new("code".to_owned());
    let grant = hut.amazon().exchange(&connection.application, &code, "").await.unwrap();
    let mut held = load::<Connection>(&hut.cloud, &connection.key()).await.unwrap().unwrap();
    held.value.sealed_refresh = None;
    hut.cloud.write(&[Write::replace(&held).unwrap()]).await.unwrap();
    held.revision += 1;
    let context = held.value.refresh_context();
    let sealed = sellerport_core::ports::Vault::seal(&hut.cloud, &context, grant.refresh.expose()).await;
    held.value.sealed_refresh = Some(sealed.unwrap());
    held.value.token_digest = Some(Digest::of(grant.refresh.expose()));
    hut.cloud.write(&[Write::replace(&held).unwrap()]).await.unwrap();
}

/// An ending that tells of it first by an event alone, and stores it afterwards without one.
async fn told_beside_the_write(plan: Plan) -> Ran {
    let hut = Hut::build().await;
    let connection = hut.connect(SELLER).await;
    hut.cloud.stops.follow(plan);
    let ending = async {
        let (what, id) = ("connection.disconnected", connection.id.as_str());
        let entry = sellerport_core::audit::entry(&hut.cloud, &connection.tenant, None, what, id).unwrap();
        hut.cloud.write(&[Write::insert(&entry).unwrap()]).await.unwrap();
        let event = Event { name: what, detail: serde_json::Value::Null };
        hut.cloud.publish(event).await.unwrap();
    };
    hut.cloud.stops.run(ending).await;
    hut.pass(MINUTE * 2).await;
    let verdict = invariants(&hut);
    hut.ran(verdict)
}

#[tokio::test]
async fn a_grant_stored_in_two_writes_is_caught() {
    let explored = explore("a grant stored in two writes", How::Killed, 1, in_two_writes).await;
    let caught = explored.failures.len();
    assert!((3..explored.schedules).contains(&caught), "{:#?}", explored.failures);
}

#[tokio::test]
async fn an_event_published_beside_the_write_is_caught() {
    let flow = "an event beside the write";
    let explored = explore(flow, How::Killed, 1, told_beside_the_write).await;
    // After the write and before the bus: at the write's lost answer, and at the bus.
    assert_eq!(explored.failures.len(), 2, "{:#?}", explored.failures);
}
