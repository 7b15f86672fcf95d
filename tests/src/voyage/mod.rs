//! Days of the real code on virtual time, under every fault at once, in an order that one seed decides.
//!
//! [`sail`] makes a world from a [`Chart`], connects sellers by the real flow, and lets schedules, queues, functions,
//! people and Amazon act on one clock that jumps from one event to the next. Every effect passes by the [`watch`],
//! which knows the invariants. The same chart gives the same effects to the byte.

mod arrive;
mod cargo;
mod chart;
mod covered;
mod crew;
mod deck;
mod deeds;
mod dice;
mod harbour;
mod landed;
mod log;
mod plant;
mod ports;
mod post;
mod scenes;
mod sea;
mod trace;
mod watch;
mod weather;
mod whole;

pub use chart::Chart;
pub use harbour::name;
pub use log::{INVARIANTS, Log, quantile, replay, replay_whole};
pub use plant::Planted;
pub use post::Rough;
pub use weather::{Storm, Weather};

use arrive::{behind, check_calm, check_end, lags};
use crew::{Crew, Ended, Order};
use deck::Deck;
use deeds::{People, late_items};
use dice::Dice;
use harbour::Harbour;
use jiff::{SignedDuration, Timestamp};
use post::Post;
use sea::Sea;
use sellerport_core::announce;
use sellerport_core::refresh::send_due;
use sellerport_core::schedule::dispatch;
use sellerport_core::store::Row;
use std::task::{Context, Poll, Waker};
use weather::{Forecast, OURS_CALM, draw};

const MINUTE: SignedDuration = SignedDuration::from_mins(1);
/// What a schedule's function may take.
const SCHEDULE_TIME: SignedDuration = SignedDuration::from_secs(55);
/// Streams are looked at from here on: everybody has connected and his history has begun to land.
const UNDER_WAY: SignedDuration = SignedDuration::from_hours(3);

/// More than this many steps at one moment: something turns in a circle without time passing.
const STANDSTILL: u64 = 100_000;

/// Runs a future that waits for nobody.
fn now_or_never<F: Future>(future: F) -> F::Output {
    let mut future = Box::pin(future);
    loop {
        if let Poll::Ready(output) = future.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
            return output;
        }
    }
}

/// Makes a voyage.
pub fn sail(chart: &Chart) -> Log {
    let dice = Dice::new(chart.seed);
    let (harbour, memory) = now_or_never(Harbour::build(chart.seed, chart.whole));
    let watch = watch::Watch::new(harbour.world.clone());
    // When all at once shows that was late.
    watch.clears.set(chart.whole.then(|| watch.begun() + chart.stormy));
    let deck = Deck::new(memory, dice.apart(), watch, chart.telling, chart.planted);
    let sea = Sea::new(harbour.world.clone(), &deck);
    let mut storms = if chart.whole { Vec::new() } else { late_items(chart, &dice) };
    let late: Vec<String> = storms
        .iter()
        .filter_map(|storm| match &storm.what {
            Weather::Amazon(fault) => fault.seller.clone(),
            _ => None,
        })
        .collect();
    let sellers: Vec<String> = (0..chart.sellers).map(name).collect();
    let drawn = match chart.whole {
        true => whole::storms(&dice, chart.seed, &sellers, chart.stormy),
        false => draw(&dice, &sellers, chart.stormy, 6),
    };
    storms.extend(chart.storms.clone().unwrap_or(drawn));
    let times = || dice.below(400);
    let drawn = Rough { doubled: times() * 3, overlapping: times(), killed: times() * 2, hurried: times() };
    let begun = deck.time();
    let voyage = Voyage {
        chart,
        deck: &deck,
        sea: &sea,
        harbour: &harbour,
        begun,
        rough: chart.rough.unwrap_or(drawn),
        forecast: Forecast::new(begun, storms),
        crew: Crew::new(&deck, dice.apart()),
        post: Post::default(),
        dice: dice.apart(),
        minute: begun,
        log: Log { voyages: 1, ..Log::default() },
    };
    let mut log = voyage.run(&dice, &late);
    log.hash = deck.trace.hash();
    log.effects = deck.trace.effects();
    log.calls = deck.watch.calls.borrow().values().sum();
    log.hourly = deck.watch.calls.take();
    log.throttled = deck.watch.throttled.take();
    log.records = deck.watch.lake.borrow().records;
    log.faults = deck.watch.faults.take();
    log.violations = deck.watch.violations.take();
    log.told = deck.trace.told.take();
    log
}

struct Voyage<'a> {
    chart: &'a Chart,
    deck: &'a Deck,
    sea: &'a Sea<'a>,
    harbour: &'a Harbour,
    begun: Timestamp,
    rough: Rough,
    forecast: Forecast,
    crew: Crew<'a>,
    post: Post,
    dice: Dice,
    minute: Timestamp,
    log: Log,
}

impl Voyage<'_> {
    fn run(mut self, dice: &Dice, late: &[String]) -> Log {
        let (begun, chart) = (self.begun, self.chart);
        let people = People { harbour: self.harbour, deck: self.deck, sea: self.sea };
        people.board(chart, dice, &mut self.crew, &mut self.post);
        let (calm, end) = (begun + chart.stormy, begun + chart.stormy + chart.calm);
        let ours_calm = calm - OURS_CALM;
        let (mut moved, mut turns) = (begun, 0);
        while self.deck.time() < end {
            let now = self.deck.time();
            if now >= ours_calm {
                self.rough = Rough::default();
            }
            self.deck.late.set((now < ours_calm).then_some((self.rough.doubled / 2, ours_calm)));
            self.forecast.turn(self.deck, &self.harbour.world);
            if now >= self.minute {
                self.minute = now + MINUTE;
                self.schedules();
                self.look(calm);
                if self.crowded() {
                    break;
                }
            }
            self.post.deliver(&mut self.crew, self.deck, self.sea, self.rough);
            self.post.roughen(self.deck, self.rough);
            let mut steps = 0;
            while let Some(done) = self.crew.step() {
                for done in done {
                    self.post.settle(done);
                }
                steps += 1;
                assert!(
                    steps < STANDSTILL,
                    "seed {}: time stands still at {now}: {:?}",
                    chart.seed,
                    self.crew
                );
            }
            turns = if self.deck.time() > moved { 0 } else { turns + 1 };
            moved = self.deck.time();
            assert!(turns < STANDSTILL, "seed {}: nothing moves any more at {now}", chart.seed);
            let next = [self.crew.next(), self.post.next(&self.crew, self.deck), self.forecast.next()];
            let next = next.into_iter().flatten().fold(self.minute, Timestamp::min);
            // What became visible meanwhile is handed out without time passing.
            if next > now {
                // The ports know whole milliseconds.
                let whole = Timestamp::from_millisecond(next.as_millisecond()).unwrap();
                self.harbour.clock.set(if whole < next {
                    whole + SignedDuration::from_millis(1)
                } else {
                    whole
                });
            }
        }
        check_end(self.deck, &self.harbour.world, late);
        if chart.whole {
            whole::check(self.deck, &self.harbour.world, &mut self.log);
        }
        self.log.steps = self.crew.steps;
        self.log.deliveries = self.post.deliveries;
        self.log.dead = self.post.dead;
        self.log.hours = (end.duration_since(begun).as_hours().unsigned_abs()) * chart.sellers as u64;
        self.log
    }

    /// Each minute's schedule, and each fifth minute's: late, twice, two at once, stopped half way (F42, F43).
    fn schedules(&mut self) {
        if self.forecast.unscheduled() {
            return;
        }
        let now = self.deck.time();
        // Days with all domains are long: a schedule that would find nothing is not played.
        if self.chart.whole && !self.finds_something(now) {
            return;
        }
        let rough = self.rough.doubled;
        let five = now.as_second().div_euclid(60).rem_euclid(5) == 0;
        for what in ["dispatch", "renewals"].into_iter().take(if five { 2 } else { 1 }) {
            let times = if self.dice.happens(rough / 2) { 2 } else { 1 };
            for _ in 0..times {
                let wait = match self.dice.happens(rough / 2) {
                    true => self.dice.span(SignedDuration::ZERO, SignedDuration::from_mins(3)),
                    false => SignedDuration::ZERO,
                };
                let steps = self.dice.happens(self.rough.killed).then(|| self.dice.below(400));
                if times > 1 || wait > SignedDuration::ZERO {
                    self.deck.watch.befell("F42 a schedule fires twice or late");
                }
                self.log.ticks += 1;
                let (deck, from) = (self.deck, now + wait);
                let until = from + SCHEDULE_TIME;
                let work = Box::pin(async move {
                    let done = match what {
                        "dispatch" => {
                            dispatch(deck, until).await.map(drop).map_err(|error| error.to_string())
                        }
                        _ => send_due(deck, deck.time(), until)
                            .await
                            .map(drop)
                            .map_err(|error| error.to_string()),
                    };
                    drop(announce::catch_up(deck).await);
                    done.map_or_else(Ended::Failed, |()| Ended::Well)
                });
                let function = self.post.function();
                self.crew.hire(Order {
                    what,
                    receipt: None,
                    function,
                    from,
                    until,
                    steps,
                    spared: false,
                    work,
                });
            }
        }
    }

    /// Whether a schedule finds a stream, a token or an event that is due.
    fn finds_something(&self, now: Timestamp) -> bool {
        let rows = self.deck.memory.rows.borrow();
        let due = |row: &Row| row.due.as_ref().is_some_and(|due| due.at <= now);
        let theirs = |sort: &str| sort.starts_with("S#") || matches!(sort, "ACCESS" | "EVENT");
        rows.values().any(|row| theirs(&row.key.sort) && due(row))
    }

    /// Looks whether messages multiply. Then there is no end of them, and the voyage ends here.
    fn crowded(&mut self) -> bool {
        let mut crowded = false;
        for (many, most, whom) in self.post.crowds(self.deck) {
            self.log.crowd = self.log.crowd.max(many);
            if many > most {
                self.deck.watch.broken(
                    "I12",
                    self.deck.time(),
                    &format!("{many} messages wait about {whom}"),
                );
                crowded = true;
            }
        }
        crowded
    }

    /// Looks how far everybody is behind.
    fn look(&mut self, calm: Timestamp) {
        let now = self.deck.time();
        // Where all domains are fetched, each with rests of its own, what counts is the end.
        if now < self.begun + UNDER_WAY || self.chart.whole {
            return;
        }
        for one in lags(self.deck) {
            self.log.lags.entry(one.seller).or_default().push(one.lag.as_secs());
        }
        if now < calm {
            return;
        }
        let behind = behind(self.deck);
        if !behind.is_empty() {
            self.log.recovered = now.duration_since(calm).as_secs();
        }
        check_calm(self.deck, &behind, now.duration_since(calm), self.chart.recovery);
    }
}
