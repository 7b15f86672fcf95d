//! Faults and lessons that no other test is named after, one test each: F01, F04, F06, F13, F15, F16, F33, and L1,
//! L2, L5, L8, L12, L14.

use jiff::SignedDuration;
use sellerport_core::application::Loopback;
use sellerport_core::connection::Status;
use sellerport_core::disconnect::disconnect;
use sellerport_core::ids::{ApplicationSlug, ConnectionId, SellerId, TenantId, UserId};
use sellerport_core::lease::LEASE;
use sellerport_core::lwa::LwaError;
use sellerport_core::ports::{Clock as _, Lwa as _};
use sellerport_core::refresh::{ask, refresh};
use sellerport_core::secret::{AuthorizationCode, RefreshToken};
use sellerport_core::task::Outcome;
use sellerport_simulator::{Fault, FaultKind, Seller};
use sellerport_spapi::Amazon;
use sellerport_tests::grants::granted;
use sellerport_tests::house::{House, NORTHWIND, RHEINHAUS};
use sellerport_tests::hut::Hut;
use sellerport_tests::quick::Mood;
use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};

const MINUTE: SignedDuration = SignedDuration::from_mins(1);

fn renewals(house: &House) -> u64 {
    let calls = house.world().token_calls();
    calls.iter().filter(|(name, _)| name.starts_with("refresh_token")).map(|(_, n)| n).sum()
}

#[tokio::test]
async fn l01_a_token_that_ends_in_the_middle_of_40_pages_costs_one_renewal() {
    let house = House::start().await;
    house.world().add_seller(Seller::new("A2LARGE", "Large", &["US"], 4_000));
    house.connected("A2LARGE", "US").await;
    house.pass(MINUTE * 2).await;
    assert!(!house.stream("A2LARGE").history.is_empty(), "17 of 40 pages are fetched");
    let before = renewals(&house);
    house.world().set_fault(Fault::next(1, "searchOrders", FaultKind::Status { status: 401 }));
    house.pass(MINUTE * 15).await;
    assert_eq!(renewals(&house), before + 1);
    house.pass(MINUTE * 100).await;
    house.assert_complete("A2LARGE");
}

#[tokio::test]
async fn l02_f15_f16_no_403_ever_changes_a_connection_not_even_all_of_them_for_25_minutes() {
    let house = House::start().await;
    for (seller, country) in [(NORTHWIND, "US"), (RHEINHAUS, "DE")] {
        house.connected(seller, country).await;
    }
    house.world().set_fault(Fault::always("searchOrders", FaultKind::Status { status: 403 }));
    house.pass(MINUTE * 25).await;
    let refused = house.world().calls_to("searchOrders");
    println!("{refused} calls answered 403 in 25 minutes, {} renewals", renewals(&house));
    // One forced renewal each, and the one that was due anyway.
    assert!(renewals(&house) <= 4, "{} renewals: no storm", renewals(&house));
    for seller in [NORTHWIND, RHEINHAUS] {
        assert_eq!(house.status(seller), Status::Active);
    }
    assert!(!house.cloud.event_names().iter().any(|name| name.starts_with("connection.s")), "nobody suspect");
    house.world().clear_faults();
    house.pass(MINUTE * 60).await;
    for seller in [NORTHWIND, RHEINHAUS] {
        house.assert_complete(seller);
    }
    assert!(house.cloud.dead.borrow().is_empty());
}

#[tokio::test]
async fn l05_200_tenants_cost_only_their_own_renewals() {
    // L5 asks for one call an hour; ours are renewed at half of their hour on purpose (`REFRESH_AHEAD`).
    let hut = Hut::build().await;
    for n in 0..200 {
        let tenant = TenantId::parse(&format!("tenant{n}")).unwrap();
        let connection = ConnectionId::parse(&format!("c{n}")).unwrap();
        let seller = SellerId::parse(&format!("A2TENANT{n:03}")).unwrap();
        granted(&hut.cloud, tenant, connection, &seller, "Atza|first").await;
        hut.amazon.alive.borrow_mut().insert(format!("Atzr|of-{seller}"));
    }
    hut.pass(MINUTE * 180).await;
    let counts: Vec<_> = hut.connections().iter().map(|one| hut.access(one).unwrap().refreshes).collect();
    let (least, most) = (counts.iter().min().unwrap(), counts.iter().max().unwrap());
    println!("200 tenants, 3 hours: {least} to {most} renewals each");
    assert!(counts.len() == 200 && *least >= 5 && *most <= 7, "{counts:?}");
    assert_eq!(hut.amazon.renewals.borrow().len() as u64, counts.iter().sum::<u64>(), "not one more");
}

#[tokio::test]
async fn l08_an_answer_without_a_refresh_token_leaves_the_earlier_grant_untouched() {
    let house = House::start().await;
    let before = house.connected(NORTHWIND, "US").await;
    let mut browser = house.signed_in("owner", "main").await;
    let consent = browser.restart(before.id.as_str()).await;
    house.world().set_fault(Fault::next(1, "lwa", FaultKind::NoRefreshToken));
    assert_eq!(browser.approve(&consent, NORTHWIND).await.status, 503);
    let after = house.connection(NORTHWIND);
    assert_eq!((after.generation, &after.sealed_refresh), (1, &before.sealed_refresh));
    house.pass(MINUTE * 40).await;
    assert!(house.access(NORTHWIND).refreshes >= 1, "it still renews");
    assert_eq!(house.status(NORTHWIND), Status::Active);
}

#[tokio::test]
async fn l12_f13_a_worker_that_slept_past_its_lease_commits_nothing() {
    let hut = Hut::build().await;
    let connection = hut.connect("A2SELLER01").await;
    hut.advance(MINUTE * 31);
    let body = serde_json::to_string(&ask(&hut.access(&connection).unwrap())).unwrap();
    let (amazon, deadline) = (hut.amazon(), hut.cloud.now() + MINUTE * 10);
    let mut slow = Box::pin(refresh(&hut.cloud, &amazon, "slow", &body, deadline));
    while hut.amazon.renewals.borrow().is_empty() {
        let step =
            std::future::poll_fn(|context| std::task::Poll::Ready(slow.as_mut().poll(context).is_ready()));
        assert!(!step.await);
    }
    let second = refresh(&hut.cloud, &amazon, "second", &body, deadline).await.unwrap();
    assert_eq!(second, Outcome::Postponed("another worker renews it"));
    hut.advance(LEASE);
    hut.deliver().await;
    let taken_over = hut.access(&connection).unwrap();
    assert_eq!(taken_over.refreshes, 1, "the second took over");
    assert_eq!(slow.await.unwrap(), Outcome::Dropped("another worker took the lease over"));
    let after = hut.access(&connection).unwrap();
    assert_eq!((after.serial, after.sealed), (taken_over.serial, taken_over.sealed));
}

#[tokio::test]
async fn f01_retry_after_is_waited_for_and_not_much_longer_than_five_minutes() {
    for (seconds, least, most) in [(10, 60, 6 * 60), (240, 240, 10 * 60), (3600, 300, 11 * 60)] {
        let hut = Hut::build().await;
        hut.connect("A2SELLER01").await;
        hut.amazon.mood.set(Mood::Throttling { seconds });
        hut.pass(MINUTE * 90).await;
        let renewals = hut.amazon.renewals.borrow();
        let gaps: Vec<_> =
            renewals.windows(2).map(|pair| pair[1].duration_since(pair[0]).as_secs()).collect();
        let (shortest, longest) = (gaps.iter().min().unwrap(), gaps.iter().max().unwrap());
        println!("Retry-After {seconds}: asked again after {shortest} to {longest} seconds");
        assert!(*shortest >= least && *longest <= most, "Retry-After {seconds}: {gaps:?}");
        assert_eq!(hut.connections()[0].status, Status::Active);
    }
}

/// A server on this machine that does this with each of its callers.
fn server(with: impl Fn(TcpStream) + Send + 'static) -> Loopback {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = Loopback::parse(&format!("http://{}", listener.local_addr().unwrap())).unwrap();
    std::thread::spawn(move || listener.incoming().for_each(|stream| with(stream.unwrap())));
    address
}

/// What an exchange and a renewal come to when this stands for Login with Amazon.
async fn asked(address: Loopback) -> [LwaError; 2] {
    let hut = Hut::build().await;
    let amazon = Amazon::new(&hut.cloud, Some(address)).unwrap();
    let (slug, code) = (ApplicationSlug::parse("main").unwrap(), AuthorizationCode::new("code".to_owned()));
    let token = RefreshToken::new("Atzr|x".to_owned());
    [
        amazon.exchange(&slug, &code, "https://sellerport.example/").await.unwrap_err(),
        amazon.refresh(&slug, &token).await.unwrap_err(),
    ]
}

#[tokio::test]
async fn f04_a_request_that_cannot_have_been_sent_is_told_from_one_that_can() {
    let closed = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = Loopback::parse(&format!("http://{}", closed.local_addr().unwrap())).unwrap();
    drop(closed);
    for error in asked(address).await {
        assert!(matches!(error, LwaError::Busy { granted: false, .. }), "{error:?}");
    }
    // Heard and then cut off: it may have been carried out.
    let cut = server(|mut stream| drop(stream.read(&mut [0; 64])));
    for error in asked(cut).await {
        assert!(matches!(error, LwaError::Unanswered(_)), "{error:?}");
    }
}

#[tokio::test]
async fn f06_an_answer_without_end_is_not_read_to_its_end() {
    let endless = server(|mut stream| {
        drop(stream.read(&mut [0; 4096]));
        drop(stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n\r\n"));
        while stream.write_all(&[b' '; 4096]).is_ok() {}
    });
    for error in asked(endless).await {
        assert!(matches!(error, LwaError::Unanswered(_)), "{error:?}");
    }
}

#[tokio::test(start_paused = true)]
#[allow(clippy::disallowed_methods, reason = "the runtime's own clock, which stands still here")]
async fn l14_f06_a_login_that_accepts_and_never_answers_is_given_up_after_ten_seconds() {
    // Held open for ever, and not one byte.
    let silent = server(std::mem::forget);
    let begun = tokio::time::Instant::now();
    for error in asked(silent).await {
        assert!(matches!(error, LwaError::Unanswered(_)), "{error:?}");
    }
    let both = begun.elapsed();
    assert!(
        both >= std::time::Duration::from_secs(19) && both <= std::time::Duration::from_secs(21),
        "{both:?}"
    );
}

#[tokio::test]
async fn f33_an_index_that_lags_behind_renews_nothing_twice_and_revives_nothing() {
    let hut = Hut::build().await;
    let connection = hut.connect("A2SELLER01").await;
    hut.advance(MINUTE * 31);
    // Only `due` may lag behind: every other read is consistent (`shared/aws/src/table.rs`).
    let old = hut.cloud.rows.borrow().clone();
    hut.pass(MINUTE).await;
    assert_eq!(hut.amazon.renewals.borrow().len(), 1);
    *hut.cloud.lagging.borrow_mut() = Some(old.clone());
    hut.pass(MINUTE * 4).await;
    assert_eq!(hut.amazon.renewals.borrow().len(), 1, "it is due in the index only");
    *hut.cloud.lagging.borrow_mut() = None;
    let user = UserId::parse("owner").unwrap();
    disconnect(&hut.cloud, &connection.tenant, &connection.id, &user).await.unwrap();
    *hut.cloud.lagging.borrow_mut() = Some(old);
    hut.pass(MINUTE * 40).await;
    assert_eq!(hut.amazon.renewals.borrow().len(), 1);
    assert_eq!(hut.connections()[0].status, Status::Disconnected);
    assert!(hut.access(&connection).is_none_or(|access| access.sealed.is_none()));
    assert!(hut.cloud.dead.borrow().is_empty());
}
