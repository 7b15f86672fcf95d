//! Virtual time for many futures at once: it moves to the next timer when nobody has anything left to do now.

use futures_util::Stream as _;
use futures_util::stream::FuturesUnordered;
use jiff::{SignedDuration, Timestamp};
use sellerport_core::ports::Clock;
use std::cell::{Cell, RefCell};
use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll, Wake, Waker};

/// A clock that only moves when everybody waits.
#[derive(Debug)]
pub struct Timeline {
    now_ms: Cell<i64>,
    timers: RefCell<BinaryHeap<Reverse<Timer>>>,
    /// Effects under way that take real time: the clock stands still for them.
    outside: Cell<usize>,
}

#[derive(Debug)]
struct Timer {
    at_ms: i64,
    waker: Waker,
}

impl PartialEq for Timer {
    fn eq(&self, other: &Self) -> bool {
        self.at_ms == other.at_ms
    }
}
impl Eq for Timer {}
impl PartialOrd for Timer {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}
impl Ord for Timer {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.at_ms.cmp(&other.at_ms)
    }
}

/// Whether anybody was woken since it was last asked.
struct Woken {
    any: AtomicBool,
    outer: Waker,
}

impl Wake for Woken {
    fn wake(self: Arc<Self>) {
        self.any.store(true, Ordering::Relaxed);
        self.outer.wake_by_ref();
    }
}

impl Timeline {
    /// Beginning at this moment.
    pub fn new(start: Timestamp) -> Self {
        Self { now_ms: Cell::new(start.as_millisecond()), timers: RefCell::default(), outside: Cell::new(0) }
    }

    /// Milliseconds since 1970.
    pub fn millis(&self) -> i64 {
        self.now_ms.get()
    }

    /// Waits in virtual time.
    pub async fn sleep_ms(&self, ms: i64) {
        let at_ms = self.now_ms.get() + ms;
        let mut set = false;
        std::future::poll_fn(|context| {
            if self.now_ms.get() >= at_ms {
                return Poll::Ready(());
            }
            if !std::mem::replace(&mut set, true) {
                self.timers.borrow_mut().push(Reverse(Timer { at_ms, waker: context.waker().clone() }));
            }
            Poll::Pending
        })
        .await;
    }

    /// Does something that takes real time and no virtual one.
    pub async fn outside<F: Future>(&self, effect: F) -> F::Output {
        self.outside.set(self.outside.get() + 1);
        let done = effect.await;
        self.outside.set(self.outside.get() - 1);
        done
    }

    /// Runs all of them to their end, in the order of their timers.
    pub async fn run<F: Future>(&self, futures: impl IntoIterator<Item = F>) -> Vec<F::Output> {
        let mut pool = pin!(futures.into_iter().collect::<FuturesUnordered<_>>());
        let mut done = Vec::new();
        let mut settled = false;
        std::future::poll_fn(|outer| {
            let woken = Arc::new(Woken { any: AtomicBool::new(false), outer: outer.waker().clone() });
            let waker = Waker::from(Arc::clone(&woken));
            let mut context = Context::from_waker(&waker);
            loop {
                match Pin::as_mut(&mut pool).poll_next(&mut context) {
                    Poll::Ready(Some(output)) => done.push(output),
                    Poll::Ready(None) => return Poll::Ready(()),
                    Poll::Pending if woken.any.swap(false, Ordering::Relaxed) => settled = false,
                    Poll::Pending if self.outside.get() > 0 => return Poll::Pending,
                    // tokio wakes those who only made room for others when it is asked again.
                    Poll::Pending if !std::mem::replace(&mut settled, true) => {
                        outer.waker().wake_by_ref();
                        return Poll::Pending;
                    }
                    Poll::Pending => {
                        settled = false;
                        self.step();
                    }
                }
            }
        })
        .await;
        done
    }

    /// Moves to the next timer, and wakes all of that moment.
    fn step(&self) {
        let mut timers = self.timers.borrow_mut();
        let Reverse(first) = timers.pop().expect("somebody waits for nothing");
        self.now_ms.set(self.now_ms.get().max(first.at_ms));
        first.waker.wake();
        while timers.peek().is_some_and(|Reverse(next)| next.at_ms <= self.now_ms.get()) {
            if let Some(Reverse(next)) = timers.pop() {
                next.waker.wake();
            }
        }
    }
}

impl Clock for Timeline {
    fn now(&self) -> Timestamp {
        Timestamp::from_millisecond(self.now_ms.get()).unwrap()
    }

    async fn wait(&self, duration: SignedDuration) {
        // Never early: what is left of a millisecond is waited too.
        let ms = duration.as_nanos().div_euclid(1_000_000) + i128::from(duration.as_nanos() % 1_000_000 != 0);
        self.sleep_ms(i64::try_from(ms).unwrap_or(i64::MAX)).await;
    }
}
