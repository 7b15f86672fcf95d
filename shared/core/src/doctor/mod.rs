//! The doctor: what is wrong with a set-up, and how to mend it (L62, L63, L65, L66).
//!
//! [`known`] is the list of faults with their remedies. [`examine`] tries everything out and returns findings;
//! a check that fails is a finding, never an error. No finding holds a secret.

mod applications;
mod connections;
mod incidents;
pub mod known;
mod services;
mod site;

pub use applications::as_entered;
pub use incidents::incidents;
pub use site::origin;

use crate::application::{Application, Site};
use crate::ids::{TenantId, UserId};
use crate::message::chain;
use crate::ports::{Bus, Clock, Credentials, Entropy, Event, Lwa, Queue, Table, Vault};
use futures_util::future::join3;
use known::Known;
use serde::Serialize;
use std::error::Error;

/// How bad a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum State {
    /// As it should be.
    Ok,
    /// Works, but will not for ever, or not for everything.
    Warning,
    /// Does not work.
    Failed,
}

impl State {
    /// The word of pages and programs.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Warning => "warning",
            Self::Failed => "failed",
        }
    }
}

/// What one check found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// The check, a stable word such as `application.secret`.
    pub check: &'static str,
    /// What was looked at: an application, a connection, a service.
    pub about: String,
    /// How bad it is.
    pub state: State,
    /// What was found, in plain words.
    pub says: String,
    /// What to do; empty where there is nothing.
    pub fix: &'static str,
    /// The fault's code in [`known::KNOWN`], if it is one.
    pub code: Option<&'static str>,
}

impl Finding {
    fn ok(check: &'static str, about: impl Into<String>, says: impl Into<String>) -> Self {
        Self { check, about: about.into(), state: State::Ok, says: says.into(), fix: "", code: None }
    }

    fn fault(self, state: State, known: &Known) -> Self {
        Self { state, fix: known.fix, code: Some(known.code), ..self }
    }

    fn warns(self, known: &Known) -> Self {
        self.fault(State::Warning, known)
    }

    fn fails(self, known: &Known) -> Self {
        self.fault(State::Failed, known)
    }

    /// A check that could not be carried out, with what the service said.
    fn broke(
        check: &'static str,
        about: impl Into<String>,
        error: &(dyn Error + 'static),
        known: &Known,
    ) -> Self {
        Self::ok(check, about, chain(error)).fails(known)
    }
}

/// Who asks, and from where.
#[derive(Debug, Clone, Copy)]
pub struct Visit<'a> {
    /// The installation.
    pub site: &'a Site,
    /// The tenant whose connections are looked at. The home tenant sees the installation itself too.
    pub tenant: &'a TenantId,
    /// Who.
    pub user: &'a UserId,
    /// The host that the browser used; nothing where IAM let a program in.
    pub host: Option<&'a str>,
    /// Whether this function may open what it seals. One that may not does not try: a refused decryption in
    /// the account's trail looks like an attack.
    pub opens: bool,
}

/// Tries everything out. At the end the findings are counted, published as `doctor.checked`, and that too is
/// a check.
pub async fn examine<C, A>(cloud: &C, amazon: &A, visit: Visit<'_>) -> Vec<Finding>
where
    C: Table + Vault + Queue + Bus + Credentials + Clock + Entropy,
    A: Lwa,
{
    let mut found = Vec::new();
    let connections = connections::examine(cloud, visit.tenant);
    if visit.tenant == &visit.site.home {
        found.push(site::origin(visit.site));
        found.extend(visit.host.map(|host| site::host(visit.site, host)));
        // At the same time: a service that does not answer may take its full patience, the function has less.
        let all =
            join3(applications(cloud, amazon, visit.site), services::examine(cloud, &visit), connections);
        let (applications, services, connections) = all.await;
        found.extend(applications.into_iter().chain(services).chain(connections));
        found.push(tell(cloud, &visit, &found).await);
    } else {
        found.extend(connections.await);
    }
    found
}

async fn applications<C, A>(cloud: &C, amazon: &A, site: &Site) -> Vec<Finding>
where
    C: Table + Credentials + Clock,
    A: Lwa,
{
    let about = "applications";
    match Application::all(cloud).await {
        Ok(all) if all.is_empty() => {
            vec![Finding::ok("application", about, "none is entered").fails(&known::NO_APPLICATION)]
        }
        Ok(all) => applications::examine(cloud, amazon, site, &all).await,
        Err(error) => vec![Finding::broke("application", about, &error, &known::TABLES)],
    }
}

async fn tell(bus: &impl Bus, visit: &Visit<'_>, found: &[Finding]) -> Finding {
    let count = |state| found.iter().filter(|finding| finding.state == state).count();
    let detail = serde_json::json!({
        "tenant": visit.tenant,
        "ok": count(State::Ok),
        "warnings": count(State::Warning),
        "failed": count(State::Failed),
    });
    match bus.publish(Event { name: "doctor.checked", detail }).await {
        Ok(()) => Finding::ok("bus", "event bus", "It took the event doctor.checked."),
        Err(error) => Finding::broke("bus", "event bus", &error, &known::BUS),
    }
}
