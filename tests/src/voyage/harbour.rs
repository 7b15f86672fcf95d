//! Where a voyage begins: an installation in memory, Amazon beside it, and the sellers who connect by the real flow.

use super::deck::Deck;
use super::sea::Sea;
use crate::house::{ORIGIN, add_application, choose, identity};
use crate::memory::{Memory, credentials};
use jiff::SignedDuration;
use sellerport_core::application::{Application, Flow, Site};
use sellerport_core::authorize::{Wish, begin, new_connection};
use sellerport_core::callback::{Address, Answer, Browser, complete};
use sellerport_core::ids::{ConnectionId, SellerId, TenantId, UserId};
use sellerport_core::marketplaces::{Kind, by_country};
use sellerport_core::ports::Clock as _;
use sellerport_core::secret::{AuthorizationCode, Ticket};
use sellerport_core::session::{self, Role, Session};
use sellerport_simulator::{APPLICATION_ID, CLIENT_ID, Options, Seller, SimClock, World};

/// Offers that nobody buys, so that there is a second page of them.
const TAIL: u32 = 25;

/// An installation that somebody has entered an application into.
#[derive(Debug)]
pub(super) struct Harbour {
    /// Amazon.
    pub(super) world: World,
    /// The one clock.
    pub(super) clock: SimClock,
    site: Site,
    application: Application,
    session: Session,
}

impl Harbour {
    /// Builds it; the same seed, the same world to the byte.
    pub(super) async fn build(seed: u64, whole: bool) -> (Self, Memory) {
        let clock = SimClock::fixed("2026-11-21T10:00:00Z".parse().unwrap());
        let options = Options { clock: clock.clone(), seed, key: Some(seed), ..Options::default() };
        let world = World::new(&options).unwrap();
        let memory = Memory::new(clock.clone());
        let secret = world.client_secret(CLIENT_ID).unwrap();
        let application =
            add_application(&memory, "main", APPLICATION_ID, &credentials(CLIENT_ID, &secret)).await;
        if whole {
            choose(&memory, &application.slug, &[]).await;
        }
        let link = session::invite(&memory, identity("owner", "main", Role::Operator)).await.unwrap();
        let (_, session) = session::sign_in(&memory, &link).await.unwrap().unwrap();
        let site = Site {
            origin: ORIGIN.to_owned(),
            simulator: None,
            home: TenantId::parse("main").unwrap(),
            return_origins: Vec::new(),
        };
        for uri in site.redirect_uris(&application.slug) {
            world.register_redirect_uri(&uri);
        }
        (Self { world, clock, site, application, session }, memory)
    }

    /// A seller of this number, with a pace of his own.
    pub(super) fn seller(number: usize, history: u32) -> (Seller, Kind, &'static str) {
        let stores: &[&str] = [&["US"][..], &["DE", "FR"], &["JP"], &["US", "CA"], &["GB"]][number % 5];
        let seller = Seller::new(&name(number), &format!("Seller {number}"), stores, history);
        (seller, Kind::Seller, ["US", "DE", "JP", "US", "GB"][number % 5])
    }

    /// The account of this number where all domains are fetched: a seller first, then a vendor.
    pub(super) fn account(seed: u64, number: usize, history: u32) -> (Seller, Kind, &'static str) {
        let place = usize::try_from(seed % 5).unwrap_or(0);
        let stores: &[&str] = [&["US"][..], &["DE", "FR"], &["JP"], &["GB", "DE"], &["US", "CA"]][place];
        if number == 0 {
            let seller = Seller::new(&name(0), "Whole House", stores, history).with_tail(TAIL);
            return (seller, Kind::Seller, stores[0]);
        }
        let stores: &[&str] = if place.is_multiple_of(2) { &["US"] } else { &["DE", "FR"] };
        (Seller::new(&name(number), "Whole Supply", stores, 0).vendor(), Kind::Vendor, stores[0])
    }

    /// A person connects a seller, or connects him again; he tries until it works.
    pub(super) async fn connect(
        &self,
        deck: &Deck,
        sea: &Sea<'_>,
        seller: &str,
        (kind, country): (Kind, &str),
        connection: Option<ConnectionId>,
    ) {
        // A session of a day is renewed by signing in again; here somebody never leaves.
        let session = self.session.clone();
        while let Err(why) =
            self.try_once(deck, sea, seller, (kind, country), connection.clone(), &session).await
        {
            deck.note("refused", &why);
            deck.sleep(SignedDuration::from_mins(10)).await;
        }
    }

    async fn try_once(
        &self,
        deck: &Deck,
        sea: &Sea<'_>,
        seller: &str,
        (kind, country): (Kind, &str),
        connection: Option<ConnectionId>,
        session: &Session,
    ) -> Result<(), String> {
        let store = by_country(country).unwrap();
        let connection = match connection {
            Some(known) => known,
            None => new_connection(deck).map_err(|error| format!("{error:?}"))?,
        };
        let wish = Wish { connection, store, kind, flow: Flow::Website };
        let departure = begin(deck, &self.site, &self.application, &session.into(), &wish)
            .await
            .map_err(|refusal| format!("{refusal:?}"))?;
        deck.sleep(SignedDuration::from_secs(20)).await;
        let slug = self.application.slug.clone();
        let redirect = self.site.redirect_uri(&slug, Flow::Website, store.region);
        let code = self.world.grant_code(seller, APPLICATION_ID, &redirect).unwrap();
        let address = Address { application: slug, flow: Flow::Website, region: store.region };
        let answer = Answer::Approved {
            state: Ticket::parse(departure.state.expose()).unwrap(),
            code: AuthorizationCode::new(code),
            seller: SellerId::parse(seller).unwrap(),
        };
        let browser = Browser {
            nonce: Ticket::parse(departure.nonce.expose()),
            session: Some(session.clone()),
            guest: None,
            received_at: deck.now(),
        };
        let done = complete(deck, sea, &address, answer, &browser).await;
        done.map_err(|refusal| format!("{refusal:?}"))?.result.map_err(|refusal| format!("{refusal:?}"))
    }

    /// A person ends a connection.
    pub(super) async fn disconnect(&self, deck: &Deck, connection: &ConnectionId) {
        let user = UserId::parse("owner").unwrap();
        let ended = sellerport_core::disconnect::disconnect(deck, &self.site.home, connection, &user).await;
        ended.unwrap();
    }
}

/// The id of the seller with this number.
pub fn name(number: usize) -> String {
    format!("A2VOYAGE{number:05}")
}
