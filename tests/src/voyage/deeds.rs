//! What people do on a voyage: sellers connect, one withdraws and comes back, one is disconnected.

use super::chart::Chart;
use super::crew::{Crew, Ended, Order, Work};
use super::deck::Deck;
use super::dice::Dice;
use super::harbour::{Harbour, name};
use super::post::Post;
use super::sea::Sea;
use super::watch::Vessel;
use super::weather::{OURS_CALM, Storm, Weather};
use jiff::SignedDuration;
use sellerport_core::ids::ConnectionId;
use sellerport_simulator::{Fault, FaultKind};

/// Everybody connects within this.
const BOARDING: SignedDuration = SignedDuration::from_mins(60);

/// Orders of the sixty days before, of which one is drawn for each seller.
const HISTORIES: [u32; 6] = [0, 20, 60, 150, 400, 1_000];
/// The same where all domains are fetched: each has a part in what an order brings with it.
const SMALL: [u32; 4] = [30, 60, 120, 200];
/// The same in each eighth voyage. The last two are fetched more often than each hour.
const LARGE: [u32; 6] = [0, 60, 400, 1_000, 2_500, 8_000];

/// People at work.
pub(super) struct People<'a> {
    /// What they click on.
    pub(super) harbour: &'a Harbour,
    /// Our side.
    pub(super) deck: &'a Deck,
    /// Amazon.
    pub(super) sea: &'a Sea<'a>,
}

impl<'a> People<'a> {
    /// Adds the sellers to Amazon's world and lets each of them connect; what each does later comes with it.
    pub(super) fn board(&self, chart: &Chart, dice: &Dice, crew: &mut Crew<'a>, post: &mut Post) {
        let (harbour, deck, sea) = (self.harbour, self.deck, self.sea);
        for number in 0..chart.sellers {
            let histories = if chart.seed.is_multiple_of(8) { &LARGE } else { &HISTORIES };
            let history = chart.history.unwrap_or_else(|| dice.pick(histories));
            let (seller, kind, country) = match chart.whole {
                true => Harbour::account(chart.seed, number, dice.pick(&SMALL)),
                false => Harbour::seller(number, history),
            };
            let id = seller.id.clone();
            harbour.world.add_seller(seller);
            let from = dice.span(SignedDuration::ZERO, BOARDING);
            let work = async move {
                deck.sleep(from).await;
                harbour.connect(deck, sea, &id, (kind, country), None).await;
                Ended::Well
            };
            self.hire(crew, post, Box::pin(work));
        }
        if chart.deeds && chart.sellers > 2 {
            let days = chart.stormy - OURS_CALM;
            let leaves = dice.span(BOARDING * 2, days);
            let work = async move {
                deck.sleep(leaves).await;
                let connection = self::connection(deck, &name(1));
                deck.watch.befell("F51 a connection is ended during work");
                harbour.disconnect(deck, &connection).await;
                Ended::Well
            };
            self.hire(crew, post, Box::pin(work));
            let withdraws = dice.span(BOARDING * 2, days / 2);
            let returns = dice.span(SignedDuration::from_mins(1), days / 2);
            let work = async move {
                deck.sleep(withdraws).await;
                deck.watch.revoked.borrow_mut().insert(name(2));
                deck.watch.befell("F10 a seller withdraws his grant");
                harbour.world.revoke(&name(2));
                deck.sleep(returns).await;
                let (_, kind, country) = Harbour::seller(2, 0);
                let connection = self::connection(deck, &name(2));
                harbour.connect(deck, sea, &name(2), (kind, country), Some(connection)).await;
                deck.watch.revoked.borrow_mut().remove(&name(2));
                Ended::Well
            };
            self.hire(crew, post, Box::pin(work));
        }
    }

    fn hire(&self, crew: &mut Crew<'a>, post: &mut Post, work: Work<'a>) {
        let now = self.deck.time();
        let until = now + SignedDuration::from_hours(24 * 365);
        let function = post.function();
        crew.hire(Order {
            what: "person",
            receipt: None,
            function,
            from: now,
            until,
            steps: None,
            spared: true,
            work,
        });
    }
}

fn connection(deck: &Deck, seller: &str) -> ConnectionId {
    let vessels = deck.watch.vessels.borrow();
    let his = |vessel: &&Vessel| vessel.seller == seller && vessel.status != "pending";
    let (id, _) = vessels.iter().find(|(_, vessel)| his(vessel)).unwrap();
    ConnectionId::parse(id).unwrap()
}

/// Some sellers' orders show up late, for the whole voyage (F27): a few minutes, or up to a day.
pub(super) fn late_items(chart: &Chart, dice: &Dice) -> Vec<Storm> {
    let late = (0..chart.sellers).filter(|_| chart.deeds && dice.happens(4_000));
    let storm = |number| {
        let most = dice.pick(&[5, 60, chart.latest]).min(chart.latest);
        let minutes = 1 + u32::try_from(dice.below(most)).unwrap_or(0);
        let kind = FaultKind::LateItems { minutes, every: 1 + dice.below(4) };
        let fault = Fault::always("searchOrders", kind).of_seller(&name(number));
        let (from, until) = (SignedDuration::ZERO, chart.stormy + chart.calm);
        Storm { from, until, what: Weather::Amazon(fault) }
    };
    late.map(storm).collect()
}
