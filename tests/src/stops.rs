//! Stopping real code anywhere: every effect has two fault points, one before it and one between it and its
//! answer. At each the function may die, as Lambda kills one, or be told that the effect failed.

use sellerport_core::call::{Call, Reply, Unreachable};
use sellerport_core::document::{Address, DocumentError, Download};
use sellerport_core::ids::ApplicationSlug;
use sellerport_core::lwa::{AccessGrant, ApplicationCredentials, Grant, LwaError, Scope};
use sellerport_core::marketplaces::Endpoint;
use sellerport_core::ports::{Documents, Lwa, SellingPartner, Unavailable};
use sellerport_core::secret::{AccessToken, AuthorizationCode, RefreshToken};
use std::cell::{Cell, RefCell};
use std::task::Poll;

/// What happens at a point.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum How {
    /// The function is gone: nothing of it runs any more.
    #[default]
    Killed,
    /// The effect fails; at the second point it was carried out all the same.
    Failed,
    /// A write finds that somebody else was first. Only writes are such points.
    Outrun,
}

/// Where a run is stopped: at the first point of the list, counted from 0, then at the next one, counted
/// from there, and so on.
#[derive(Debug, Clone, Default)]
pub struct Plan {
    /// The points.
    pub at: Vec<usize>,
    /// What happens there.
    pub how: How,
}

/// The fault points of one run.
#[derive(Debug, Default)]
pub struct Stops {
    plan: RefCell<Plan>,
    watching: Cell<bool>,
    killed: Cell<bool>,
    passed: Cell<usize>,
    /// What the points were that were passed, all of them.
    names: RefCell<Vec<&'static str>>,
    hit: RefCell<Vec<String>>,
}

impl Stops {
    /// Begins to count.
    pub fn follow(&self, plan: Plan) {
        self.passed.set(0);
        *self.plan.borrow_mut() = plan;
    }

    /// Points passed since the last stop.
    pub fn passed(&self) -> usize {
        self.passed.get()
    }

    /// What the points were that were passed: a plan may choose among them.
    pub fn names(&self) -> Vec<&'static str> {
        self.names.borrow().clone()
    }

    /// Where it was stopped, for the report.
    pub fn hit(&self) -> Vec<String> {
        self.hit.borrow().clone()
    }

    /// Runs a future under the plan; nothing where it was killed.
    pub async fn run<F: Future>(&self, future: F) -> Option<F::Output> {
        let mut future = Box::pin(future);
        self.watching.set(true);
        let ended = std::future::poll_fn(|context| {
            let polled = future.as_mut().poll(context);
            if self.killed.get() { Poll::Ready(None) } else { polled.map(Some) }
        });
        let ended = ended.await;
        self.killed.set(false);
        self.watching.set(false);
        ended
    }

    /// Whether the plan says: here.
    fn here(&self, what: &'static str) -> bool {
        let mut plan = self.plan.borrow_mut();
        if plan.at.first() != Some(&self.passed.get()) {
            self.passed.set(self.passed.get() + 1);
            self.names.borrow_mut().push(what);
            return false;
        }
        self.hit.borrow_mut().push(format!("{what} {}", plan.at.remove(0)));
        self.passed.set(0);
        true
    }

    /// A point of an effect; awaited by every port before it and after it.
    pub async fn point(&self, what: &'static str) -> Result<(), Unavailable> {
        if !self.watching.get() {
            return Ok(());
        }
        let how = self.plan.borrow().how;
        // Whatever else ran beside what was killed is killed too.
        if self.killed.get() || (how == How::Killed && self.here(what)) {
            self.killed.set(true);
            std::future::pending::<()>().await;
        }
        match how == How::Failed && self.here(what) {
            true => Err(Unavailable { what, cause: "it was made to fail".into() }),
            false => Ok(()),
        }
    }

    /// Whether a write is to find that somebody else was first.
    pub fn outruns(&self) -> bool {
        let how = self.plan.borrow().how;
        self.watching.get() && how == How::Outrun && self.here("write")
    }
}

/// What one run of a flow came to.
#[derive(Debug)]
pub struct Ran {
    /// Points passed since the last stop: where the next one could be.
    pub passed: usize,
    /// Where it was stopped.
    pub hit: Vec<String>,
    /// What was wrong at its end.
    pub verdict: Result<(), String>,
}

/// What was found out about a flow.
#[derive(Debug, Default)]
pub struct Explored {
    /// Points of the undisturbed run.
    pub points: usize,
    /// Runs.
    pub schedules: usize,
    /// Those that ended badly, each with the plan that shows it again.
    pub failures: Vec<String>,
}

/// Runs a flow once undisturbed, then once for each point, then, with a `depth` of two, for each pair of
/// points, and prints the figures.
#[allow(clippy::print_stdout, reason = "the figures are the report")]
pub async fn explore(flow: &str, how: How, depth: usize, run: impl AsyncFn(Plan) -> Ran) -> Explored {
    let mut explored = Explored::default();
    let mut waiting = vec![Vec::new()];
    while let Some(at) = waiting.pop() {
        let ran = run(Plan { at: at.clone(), how }).await;
        explored.schedules += 1;
        if at.is_empty() {
            explored.points = ran.passed;
        }
        if let Err(why) = ran.verdict {
            explored.failures.push(format!("{flow}, {how:?} at {at:?} ({}): {why}", ran.hit.join(", ")));
        }
        if at.len() < depth {
            waiting.extend((0..ran.passed).map(|next| [at.as_slice(), &[next]].concat()));
        }
    }
    let Explored { points, schedules, failures } = &explored;
    println!("{flow}, {how:?}: {points} points, {schedules} schedules, {} violations", failures.len());
    explored
}

/// Amazon with fault points.
#[derive(Debug)]
pub struct Stoppable<'a, A> {
    /// Amazon.
    pub amazon: &'a A,
    /// Its points.
    pub stops: &'a Stops,
}

impl<A> Stoppable<'_, A> {
    async fn lwa<T>(&self, effect: impl Future<Output = Result<T, LwaError>>) -> Result<T, LwaError> {
        let lost = |error: Unavailable| LwaError::Unanswered(Box::new(error));
        self.stops.point("lwa").await.map_err(lost)?;
        let answer = effect.await;
        self.stops.point("lwa's answer").await.map_err(lost)?;
        answer
    }
}

impl<A: Lwa> Lwa for Stoppable<'_, A> {
    async fn exchange(
        &self,
        application: &ApplicationSlug,
        code: &AuthorizationCode,
        redirect_uri: &str,
    ) -> Result<Grant, LwaError> {
        self.lwa(self.amazon.exchange(application, code, redirect_uri)).await
    }

    async fn refresh(
        &self,
        application: &ApplicationSlug,
        token: &RefreshToken,
    ) -> Result<AccessGrant, LwaError> {
        self.lwa(self.amazon.refresh(application, token)).await
    }

    async fn grantless(&self, application: &ApplicationSlug, scope: Scope) -> Result<AccessToken, LwaError> {
        self.lwa(self.amazon.grantless(application, scope)).await
    }

    async fn try_out(&self, credentials: &ApplicationCredentials) -> Result<(), LwaError> {
        self.lwa(self.amazon.try_out(credentials)).await
    }
}

impl<A: SellingPartner> SellingPartner for Stoppable<'_, A> {
    async fn call(&self, to: Endpoint, token: &AccessToken, call: &Call) -> Result<Reply, Unreachable> {
        let lost = |error: Unavailable| Unreachable { why: "cut off", cause: Box::new(error) };
        self.stops.point("call").await.map_err(lost)?;
        let reply = self.amazon.call(to, token, call).await;
        self.stops.point("call's answer").await.map_err(lost)?;
        reply
    }
}

impl<A: Documents> Documents for Stoppable<'_, A> {
    type Body = A::Body;

    async fn open(&self, address: &Address) -> Result<Download<A::Body>, DocumentError> {
        let lost = |error: Unavailable| DocumentError::Unreachable { why: "cut off", cause: Box::new(error) };
        self.stops.point("document").await.map_err(lost)?;
        let download = self.amazon.open(address).await;
        self.stops.point("document's answer").await.map_err(lost)?;
        download
    }
}
