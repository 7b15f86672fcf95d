//! A consent comes back, and the function dies on the way.

use super::*;
use sellerport_core::authorize::Departure;
use sellerport_core::callback::Completed;
use sellerport_core::ids::ConnectionId;
use sellerport_core::message::Refusal;

/// How a person goes on who saw an error.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Person {
    /// By Reconnect, where there is something to reconnect.
    Reconnects,
    /// From the beginning.
    StartsAgain,
}

/// Whether a person sees what he wanted: a connection that works, with a grant of at least this generation.
fn content(hut: &Hut, generation: u64) -> bool {
    let now = hut.cloud.now();
    let works = |one: &Connection| one.status == Status::Active && !one.explain(now).reconnect;
    hut.of(SELLER).iter().any(|one| works(one) && one.generation >= generation)
}

async fn arrive(hut: &Hut, departure: &Departure) -> Option<Result<Completed, Refusal>> {
    hut.cloud.stops.run(hut.arrive(departure, SELLER)).await
}

/// Looks at his page and, where it asks for it, consents once more.
async fn insist(hut: &Hut, generation: u64, person: Person) {
    if content(hut, generation) {
        return;
    }
    let known = hut.of(SELLER).pop().filter(|_| person == Person::Reconnects);
    if let Ok(departure) = hut.depart(known.map(|one| one.id)).await {
        drop(hut.arrive(&departure, SELLER).await);
    }
}

async fn consent(plan: Plan, first: bool, person: Person) -> Ran {
    let hut = Hut::build().await;
    let known: Option<ConnectionId> = if first { None } else { Some(hut.connect(SELLER).await.id) };
    let departure = hut.depart(known).await.unwrap();
    hut.cloud.stops.follow(plan);
    let verdict = finish(&hut, &departure, if first { 1 } else { 2 }, person).await;
    hut.ran(verdict)
}

async fn finish(hut: &Hut, departure: &Departure, generation: u64, person: Person) -> Result<(), String> {
    let answered = arrive(hut, departure).await;
    // Not one more exchange, whatever the browser does with the address.
    let exchanges = hut.amazon.exchanges.get();
    let again = arrive(hut, departure).await;
    if answered.is_some_and(|done| done.is_ok_and(|done| done.result.is_ok())) {
        that(content(hut, generation), || "the page says it works, and it does not".to_owned())?;
        let once = again.is_none_or(|done| done.is_err()) && hut.amazon.exchanges.get() == exchanges;
        that(once, || "a used answer was taken again".to_owned())?;
    }
    hut.pass(MINUTE + SignedDuration::from_secs(5)).await;
    no_grant_lost(hut)?;
    grants_work(hut).await?;
    hut.cloud.stops.run(insist(hut, generation, person)).await;
    hut.pass(MINUTE + SignedDuration::from_secs(5)).await;
    if person == Person::Reconnects {
        no_grant_lost(hut)?;
    }
    insist(hut, generation, person).await;
    that(content(hut, generation), || format!("{:?} in the end", hut.of(SELLER)))?;
    goes_on(hut).await
}

#[tokio::test]
async fn i1_a_first_consent_that_is_stopped_anywhere_once_or_twice_ends_in_one_connection() {
    survived("a first consent", 2, async |plan| consent(plan, true, Person::Reconnects).await).await;
}

#[tokio::test]
async fn i1_a_first_consent_that_is_stopped_and_begun_anew_ends_in_one_living_connection() {
    survived("a first consent, begun anew", 1, async |plan| consent(plan, true, Person::StartsAgain).await)
        .await;
}

#[tokio::test]
async fn i1_a_reconnect_that_is_stopped_anywhere_once_or_twice_keeps_a_grant_that_works() {
    survived("a reconnect", 2, async |plan| consent(plan, false, Person::Reconnects).await).await;
}

#[tokio::test]
async fn f29_f30_f32_f34_a_consent_outlives_every_single_failure_of_every_service() {
    outlived("a first consent", async |plan| consent(plan, true, Person::Reconnects).await).await;
    outlived("a reconnect", async |plan| consent(plan, false, Person::Reconnects).await).await;
}
