//! A connection is ended, and the function dies on the way.

use super::*;
use sellerport_core::disconnect::disconnect;
use sellerport_core::ids::UserId;
use sellerport_core::ports::{Outgoing, Queue as _, QueueName};
use sellerport_core::refresh::ask;

/// Presses Disconnect until the page says it, with a renewal on its way.
async fn left(plan: Plan) -> Ran {
    let hut = Hut::build().await;
    let connection = hut.connect(SELLER).await;
    let task = serde_json::to_string(&ask(&hut.access(&connection).unwrap())).unwrap();
    let message = Outgoing { body: task, delay: MINUTE };
    hut.cloud.send(QueueName::Refresh, &[message]).await.unwrap();
    let user = UserId::parse("owner").unwrap();
    hut.cloud.stops.follow(plan);
    for _ in 0..3 {
        let press = disconnect(&hut.cloud, &connection.tenant, &connection.id, &user);
        let said = hut.cloud.stops.run(press).await;
        let ended = hut.of(SELLER).iter().all(|one| one.status == Status::Disconnected);
        if ended || matches!(said, Some(Ok(()))) {
            break;
        }
    }
    let asked = hut.amazon.renewals.borrow().len();
    hut.pass(MINUTE * 45).await;
    let verdict = gone(&hut, asked);
    hut.ran(verdict)
}

fn gone(hut: &Hut, asked: usize) -> Result<(), String> {
    let connection = hut.of(SELLER).pop().ok_or("no connection")?;
    that(connection.status == Status::Disconnected, || format!("{:?}", connection.status))?;
    that(connection.erase_at.is_some(), || "nothing will be erased".to_owned())?;
    let calls = hut.amazon.renewals.borrow().len() - asked;
    that(calls == 0, || format!("{calls} calls after its end"))?;
    let told = hut.cloud.event_names().into_iter().filter(|name| *name == "connection.disconnected").count();
    that((1..=2).contains(&told), || format!("told {told} times"))?;
    invariants(hut)
}

#[tokio::test]
async fn i9_a_disconnect_that_is_stopped_anywhere_once_or_twice_leaves_no_token_and_no_stream() {
    survived("a disconnect", 2, left).await;
    outlived("a disconnect", left).await;
}
