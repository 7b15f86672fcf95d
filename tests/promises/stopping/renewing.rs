//! A token is to be renewed, and the function dies on the way.

use super::*;
use sellerport_core::refresh::send_due;
use sellerport_tests::quick::Mood;

/// A connection whose token is due, stopped from the schedule's run on and in all that its messages start.
async fn due(plan: Plan, mood: Mood) -> Hut {
    let hut = Hut::build().await;
    hut.connect(SELLER).await;
    hut.advance(MINUTE * 31);
    hut.amazon.mood.set(mood);
    hut.cloud.stops.follow(plan);
    hut.watched.set(true);
    let now = hut.cloud.now();
    drop(hut.cloud.stops.run(send_due(&hut.cloud, now, now + MINUTE)).await);
    hut
}

async fn renewed(plan: Plan, mood: Mood) -> Ran {
    let hut = due(plan, mood).await;
    hut.pass(MINUTE * 20).await;
    let verdict = renewed_in_time(&hut).await;
    hut.ran(verdict)
}

async fn renewed_in_time(hut: &Hut) -> Result<(), String> {
    let connection = hut.of(SELLER).pop().ok_or("no connection")?;
    let access = hut.access(&connection).ok_or("no token row")?;
    that(access.refreshes > 0, || "not renewed before its end".to_owned())?;
    that(hut.amazon.refusals.borrow().is_empty(), || "a dead grant was used".to_owned())?;
    // A stop costs a call at most; nobody asks on and on.
    let asked = hut.amazon.renewals.borrow().len();
    that(asked <= 1 + hut.cloud.stops.hit().len(), || format!("{asked} calls"))?;
    goes_on(hut).await
}

#[tokio::test]
async fn i2_a_renewal_that_is_stopped_anywhere_once_or_twice_is_made_up_for_before_the_token_ends() {
    survived("a renewal", 2, async |plan| renewed(plan, Mood::Well).await).await;
}

#[tokio::test]
async fn f12_a_replaced_refresh_token_is_never_lost_where_the_old_one_still_works() {
    let mood = Mood::Replacing { old_dies: false };
    survived("a renewal with another refresh token", 2, async |plan| renewed(plan, mood).await).await;
}

/// The old token dies as the new one is given. A function that is killed between the two takes it along, and
/// the seller is asked; a service that fails once does not.
async fn handed_over(plan: Plan) -> Ran {
    let killed = plan.how == How::Killed;
    let hut = due(plan, Mood::Replacing { old_dies: true }).await;
    hut.pass(MINUTE * 20).await;
    let verdict = stored_or_asked(&hut, killed).await;
    hut.ran(verdict)
}

async fn stored_or_asked(hut: &Hut, killed: bool) -> Result<(), String> {
    let connection = hut.of(SELLER).pop().ok_or("no connection")?;
    let newest = hut.amazon.given.borrow().last().cloned();
    if hut.grant(&connection).await == newest {
        return goes_on(hut).await;
    }
    let at = hut.cloud.stops.hit();
    let unavoidable = killed || at.iter().any(|at| at.starts_with("lwa's answer"));
    that(unavoidable, || "the only working grant was at hand, and is lost".to_owned())?;
    hut.watched.set(false);
    hut.pass(MINUTE * 15).await;
    let explained = hut.of(SELLER).pop().ok_or("no connection")?.explain(hut.cloud.now());
    that(explained.reconnect, || format!("the grant is lost, and the page says {}", explained.code))?;
    invariants(hut)
}

#[tokio::test]
async fn f12_a_replaced_refresh_token_is_lost_with_its_answer_only_and_then_the_seller_is_asked() {
    survived("a renewal that ends the old token", 1, handed_over).await;
    outlived("a renewal that ends the old token", handed_over).await;
}

/// Amazon refuses the grant for ever: the seller is asked after two refusals a minute apart, and not before.
async fn refused(plan: Plan) -> Ran {
    let hut = due(plan, Mood::Well).await;
    hut.amazon.alive.borrow_mut().clear();
    hut.pass(MINUTE * 15).await;
    hut.watched.set(false);
    hut.pass(MINUTE * 20).await;
    let verdict = asked_once(&hut);
    hut.ran(verdict)
}

fn asked_once(hut: &Hut) -> Result<(), String> {
    let connection = hut.of(SELLER).pop().ok_or("no connection")?;
    that(connection.status == Status::NeedsReconnect, || format!("{:?} in the end", connection.status))?;
    let refusals = hut.amazon.refusals.borrow();
    let (first, last) = (refusals.first().ok_or("never asked")?, refusals.last().ok_or("never asked")?);
    let apart = last.duration_since(*first);
    that(refusals.len() >= 2 && apart >= MINUTE, || format!("{} refusals {apart} apart", refusals.len()))?;
    let stops = hut.cloud.stops.hit().len();
    that(refusals.len() <= 2 + stops, || format!("{} calls after the refusal", refusals.len()))?;
    for name in ["connection.suspect", "connection.needs_reconnect"] {
        that(hut.cloud.event_names().contains(&name), || format!("{name} was not told"))?;
    }
    invariants(hut)
}

#[tokio::test]
async fn i4_a_grant_refused_twice_asks_the_seller_wherever_the_function_is_stopped() {
    survived("a refused grant", 2, refused).await;
}

/// Amazon refuses once by mistake.
async fn doubted(plan: Plan) -> Ran {
    let hut = due(plan, Mood::Doubting { every: 1 }).await;
    hut.pass(MINUTE * 15).await;
    hut.amazon.mood.set(Mood::Well);
    let verdict = goes_on(&hut).await.and_then(|()| {
        let asked = hut.cloud.event_names().contains(&"connection.needs_reconnect");
        that(!asked, || "the seller was asked for one wrong answer".to_owned())
    });
    hut.ran(verdict)
}

#[tokio::test]
async fn f09_one_wrong_refusal_troubles_no_seller_wherever_the_function_is_stopped() {
    survived("a grant refused once", 1, doubted).await;
}

#[tokio::test]
async fn f29_f30_f32_f35_a_renewal_outlives_every_single_failure_of_every_service() {
    outlived("a renewal", async |plan| renewed(plan, Mood::Well).await).await;
    let mood = Mood::Replacing { old_dies: false };
    outlived("a renewal with another refresh token", async |plan| renewed(plan, mood).await).await;
    outlived("a refused grant", refused).await;
}
