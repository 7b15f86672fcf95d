//! Lambda's concurrency: so many invocations at once and no more, first come, first served.

use super::timeline::Timeline;
use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::task::{Poll, Waker};

/// Invocations that an account may run at once unless AWS raises it (docs.aws.amazon.com/lambda, "Lambda quotas").
pub const ACCOUNT: usize = 1000;

/// What an invocation of a warm function takes beside our code, milliseconds. An assumption.
pub const INVOKE_MS: i64 = 3;

/// The workers of an account.
#[derive(Debug)]
pub struct Workers<'a> {
    timeline: &'a Timeline,
    free: Cell<usize>,
    limit: usize,
    waiting: RefCell<VecDeque<Waker>>,
    /// Milliseconds that AWS bills.
    pub billed_ms: Cell<i64>,
    /// Invocations.
    pub invocations: Cell<u64>,
    /// The most at once.
    pub peak: Cell<usize>,
}

impl<'a> Workers<'a> {
    /// So many.
    pub fn new(timeline: &'a Timeline, limit: usize) -> Self {
        Self {
            timeline,
            free: Cell::new(limit),
            limit,
            waiting: RefCell::default(),
            billed_ms: Cell::new(0),
            invocations: Cell::new(0),
            peak: Cell::new(0),
        }
    }

    /// One invocation, as soon as a worker is free.
    pub async fn invoke<F: Future>(&self, work: F) -> F::Output {
        std::future::poll_fn(|context| {
            if self.free.get() > 0 {
                self.free.set(self.free.get() - 1);
                return Poll::Ready(());
            }
            self.waiting.borrow_mut().push_back(context.waker().clone());
            Poll::Pending
        })
        .await;
        self.peak.set(self.peak.get().max(self.limit - self.free.get()));
        self.invocations.set(self.invocations.get() + 1);
        let begun = self.timeline.millis();
        self.timeline.sleep_ms(INVOKE_MS).await;
        let done = work.await;
        self.billed_ms.set(self.billed_ms.get() + self.timeline.millis() - begun);
        self.free.set(self.free.get() + 1);
        if let Some(next) = self.waiting.borrow_mut().pop_front() {
            next.wake();
        }
        done
    }
}
