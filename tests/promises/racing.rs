//! T05: of many answers with one state, at once and in any order, exactly one is exchanged.

use sellerport_core::application::{Flow, Site};
use sellerport_core::authorize::{Wish, begin, new_connection};
use sellerport_core::callback::{Address, Answer, Browser, complete};
use sellerport_core::marketplaces::{Kind, Region, by_country};
use sellerport_core::message::Refusal;
use sellerport_core::ports::Clock as _;
use sellerport_core::secret::{AuthorizationCode, Ticket};
use sellerport_core::session::{self, Role};
use sellerport_simulator::SimClock;
use sellerport_tests::house::{add_application, identity};
use sellerport_tests::memory::{Memory, credentials};
use sellerport_tests::quick::Quick;
use sellerport_tests::together::together;

const BROWSERS: usize = 64;
const SEEDS: u64 = 1_000;

#[tokio::test]
async fn t05_of_64_answers_at_once_exactly_one_is_exchanged_in_a_thousand_orders() {
    let site = Site {
        origin: "https://sellerport.example".into(),
        simulator: None,
        home: "main".to_owned().try_into().unwrap(),
        return_origins: Vec::new(),
    };
    for seed in 0..SEEDS {
        let clock = SimClock::fixed("2026-11-21T10:00:00Z".parse().unwrap());
        let cloud = Memory::new(clock.clone());
        let application =
            add_application(&cloud, "main", "amzn1.sellerapps.app.1", &credentials("id", "secret")).await;
        let amazon = Quick::new(clock);
        let link = session::invite(&cloud, identity("owner", "main", Role::Operator)).await.unwrap();
        let (_, session) = session::sign_in(&cloud, &link).await.unwrap().unwrap();
        let wish = Wish {
            connection: new_connection(&cloud).unwrap(),
            store: by_country("US").unwrap(),
            kind: Kind::Seller,
            flow: Flow::Website,
        };
        let departure = begin(&cloud, &site, &application, &(&session).into(), &wish).await.unwrap();
        let address =
            Address { application: application.slug.clone(), flow: Flow::Website, region: Region::Na };
        let answers = (0..BROWSERS).map(|_| {
            let (cloud, amazon, address) = (&cloud, &amazon, &address);
            let (state, nonce, session) =
                (departure.state.expose(), departure.nonce.expose(), session.clone());
            async move {
                let answer = Answer::Approved {
                    state: Ticket::parse(state).unwrap(),
                    code: AuthorizationCode::new("code".into()),
                    seller: "A1".to_owned().try_into().unwrap(),
                };
                let browser = Browser {
                    nonce: Ticket::parse(nonce),
                    session: Some(session),
                    guest: None,
                    received_at: cloud.now(),
                };
                complete(cloud, amazon, address, answer, &browser).await.map(|done| done.result)
            }
        });
        let outcomes = together(answers.collect(), seed).await;
        assert_eq!(outcomes.iter().filter(|outcome| **outcome == Ok(Ok(()))).count(), 1, "seed {seed}");
        assert_eq!(
            outcomes.iter().filter(|outcome| **outcome == Err(Refusal::StateUnknown)).count(),
            BROWSERS - 1
        );
        assert_eq!(amazon.exchanges.get(), 1, "seed {seed}");
    }
}
