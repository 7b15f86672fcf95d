//! How long is waited for what Amazon makes (L45), for reports and for Data Kiosk alike.

use super::*;
use sellerport_simulator::{Fault, FaultKind};

const GIVEN_UP: &str = "not made the report within a day";

#[tokio::test]
async fn l45_what_is_not_made_is_looked_at_ever_less_often_and_given_up_after_a_day() {
    for (domain, create, look) in
        [("traffic", "createReport", "getReport"), ("economics", "createQuery", "getQuery")]
    {
        let house = fetching(domain).await;
        house.world().set_fault(Fault::always(create, FaultKind::Stuck { minutes: None }));
        until(&house, |house| tells(house, GIVEN_UP)).await;
        // The history's window waits, and since midnight the present's as well, which comes first.
        let (asked, all) = (times(&house, create), times(&house, look));
        assert_eq!(asked.len(), 2, "{domain}");
        let looks = |from, to| {
            let within = all.iter().copied().filter(|at| (from..to).contains(at));
            gaps(&std::iter::once(from).chain(within).collect::<Vec<_>>())
        };
        // Who has just connected waits for his history, and nobody for the day before like that.
        for (gaps, times) in [(looks(asked[0], asked[1]), 1), (looks(asked[1], house.cloud.now()), 5)] {
            assert_eq!(gaps[..4], [2, 2, 3, 4].map(|minutes| minutes * times), "{domain}");
            assert!(gaps[4..].iter().all(|minutes| *minutes == 5 * times), "{domain}: {gaps:?}");
        }
        let whole = all.last().unwrap().duration_since(asked[1]);
        assert!(whole > HOUR * 24 && whole <= HOUR * 24 + MINUTE * 25, "{domain}: {whole}");
        house.pass(MINUTE * 5).await;
        assert_eq!(times(&house, create).len(), 3, "{domain}: asked for once more");
        assert!(tells(&house, GIVEN_UP), "{domain}: told until something is made");
        house.world().clear_faults();
    }
}

#[tokio::test]
async fn l45_a_notification_ends_the_wait() {
    for (domain, create) in [("traffic", "createReport"), ("economics", "createQuery")] {
        let mut waits = Vec::new();
        for heard in [false, true] {
            let house = fetching(domain).await;
            house.listening.set(heard);
            // Subscriptions are made within ten minutes; what is asked for later is told.
            house.pass(MINUTE * 11).await;
            let before = times(&house, create).len();
            house.world().set_fault(Fault::next(1, create, FaultKind::Stuck { minutes: Some(22) }));
            // The next is asked for once this one is there.
            until(&house, |house| times(house, create).len() > before + 1).await;
            let asked = times(&house, create);
            waits.push(asked[before + 1].duration_since(asked[before]).as_secs() / 60);
        }
        println!("{domain}: goes on after {} minutes by looking, {} when told", waits[0], waits[1]);
        assert!(waits[1] < waits[0], "{domain}: {waits:?}");
        assert!(waits[1] <= 22 + 5 + 3, "{domain}: made within 27 minutes, {waits:?}");
    }
}
