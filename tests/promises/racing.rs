//! T05: of many answers with one state, at once and in any order, exactly one is exchanged.

use sellerport_core::application::{Application, Flow};
use sellerport_core::authorize::{Wish, begin, new_connection};
use sellerport_core::call::{Call, Reply, Unreachable};
use sellerport_core::callback::{Address, Answer, Browser, complete};
use sellerport_core::lwa::{AccessGrant, Grant, LwaError};
use sellerport_core::marketplaces::{Kind, Region, by_country};
use sellerport_core::message::Refusal;
use sellerport_core::ports::{Clock as _, Lwa, SellingPartner};
use sellerport_core::secret::{AccessToken, AuthorizationCode, RefreshToken, Ticket};
use sellerport_core::session::{self, Role};
use sellerport_simulator::SimClock;
use sellerport_tests::house::identity;
use sellerport_tests::memory::{Memory, credentials};
use sellerport_tests::together::together;
use std::cell::Cell;

const BROWSERS: usize = 64;
const SEEDS: u64 = 1_000;

/// Login with Amazon that counts.
#[derive(Default)]
struct Counting {
    exchanges: Cell<u32>,
}

impl Lwa for Counting {
    async fn exchange(&self, _: &AuthorizationCode, _: &str) -> Result<Grant, LwaError> {
        self.exchanges.set(self.exchanges.get() + 1);
        tokio::task::yield_now().await;
        let access = AccessGrant {
            token: AccessToken::new("Atza|x".into()),
            expires_in: jiff::SignedDuration::from_hours(1),
            replaced: None,
        };
        Ok(Grant { refresh: RefreshToken::new("Atzr|x".into()), access, scope: None })
    }

    async fn refresh(&self, _: &RefreshToken) -> Result<AccessGrant, LwaError> {
        Err(LwaError::GrantRefused)
    }
}

impl SellingPartner for Counting {
    async fn call(&self, _: Region, _: &AccessToken, _: &Call) -> Result<Reply, Unreachable> {
        Err(Unreachable { why: "connect", cause: "no Amazon here".into() })
    }
}

#[tokio::test]
async fn t05_of_64_answers_at_once_exactly_one_is_exchanged_in_a_thousand_orders() {
    let application = Application {
        slug: "main".to_owned().try_into().unwrap(),
        amazon_id: "amzn1.sellerapps.app.1".into(),
        draft: false,
        origin: "https://sellerport.example".into(),
        simulator: None,
    };
    for seed in 0..SEEDS {
        let cloud = Memory::new(
            SimClock::fixed("2026-11-21T10:00:00Z".parse().unwrap()),
            credentials("id", "secret"),
        );
        let amazon = Counting::default();
        let link = session::invite(&cloud, identity("owner", "main", Role::Operator)).await.unwrap();
        let (_, session) = session::sign_in(&cloud, &link).await.unwrap().unwrap();
        let wish = Wish {
            connection: new_connection(&cloud).unwrap(),
            store: by_country("US").unwrap(),
            kind: Kind::Seller,
            flow: Flow::Website,
        };
        let departure = begin(&cloud, &application, &session, &wish).await.unwrap();
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
                let browser =
                    Browser { nonce: Ticket::parse(nonce), session: Some(session), received_at: cloud.now() };
                complete(cloud, amazon, address, answer, &browser).await
            }
        });
        let outcomes = together(answers.collect(), seed).await;
        assert_eq!(outcomes.iter().filter(|outcome| outcome.is_ok()).count(), 1, "seed {seed}");
        assert_eq!(
            outcomes.iter().filter(|outcome| **outcome == Err(Refusal::StateUnknown)).count(),
            BROWSERS - 1
        );
        assert_eq!(amazon.exchanges.get(), 1, "seed {seed}");
    }
}
