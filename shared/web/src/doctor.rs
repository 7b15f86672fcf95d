//! The doctor's page and its button. The page is read by anybody signed in and shows what is known; the checks
//! are run by an operator, in the function that can reach Login with Amazon.

use crate::caller::{Caller, require};
use crate::form::Form;
use crate::{pages, respond};
use sellerport_core::application::{Application, Site};
use sellerport_core::doctor::{self, Finding, State, Visit, known};
use sellerport_core::http::{Request, Response};
use sellerport_core::message::Refusal;
use sellerport_core::ports::{Bus, Clock, Credentials, Entropy, Issuer, Lwa, Queue, Table, Vault};

/// Longest text that is searched for.
const SEARCH_MAX: usize = 100;

/// What the page shows.
pub(crate) struct Consultation {
    /// The applications with the addresses to register; only for the home tenant.
    pub(crate) applications: Vec<Application>,
    /// What was found: by the checks, or without them from what is stored.
    pub(crate) findings: Vec<Finding>,
    /// Whether the checks were run.
    pub(crate) checked: bool,
    /// What was searched for.
    pub(crate) search: String,
}

/// `GET /doctor`: what is stored and what is known; `?code=` searches.
pub(crate) async fn page(
    cloud: &(impl Table + Clock + Issuer),
    site: &Site,
    request: &Request,
) -> Result<Response, Refusal> {
    let by = require(cloud, request).await?;
    let applications = applications(cloud, site, &by).await?;
    let mut findings = Vec::new();
    if by.tenant == site.home {
        findings.push(doctor::origin(site));
        for one in &applications {
            findings.extend(doctor::as_entered(site, one, cloud.now()));
            findings.extend(doctor::incidents(cloud, one).await);
        }
    }
    let search = search(&request.query);
    let shown = Consultation { applications, findings, checked: false, search };
    Ok(respond::html(200, pages::doctor(&by, site, &shown)))
}

/// `POST /doctor`: runs the checks and shows what they found.
pub(crate) async fn run<C, A>(
    cloud: &C,
    amazon: &A,
    site: &Site,
    request: &Request,
) -> Result<Response, Refusal>
where
    C: Table + Vault + Queue + Bus + Credentials + Clock + Entropy + Issuer,
    A: Lwa,
{
    let by = Caller::from(Form::read(cloud, request, &site.origin).await?.knowing(&[])?.by);
    let findings = examine(cloud, amazon, site, request, &by).await;
    // With tables that do not answer the page still has to tell so.
    let applications = applications(cloud, site, &by).await.unwrap_or_default();
    let shown = Consultation { applications, findings, checked: true, search: String::new() };
    Ok(respond::html(200, pages::doctor(&by, site, &shown)))
}

/// `POST /api/doctor`: the same for a program. `ok` is whether nothing failed.
pub(crate) async fn run_json<C, A>(
    cloud: &C,
    amazon: &A,
    site: &Site,
    request: &Request,
) -> Result<Response, Refusal>
where
    C: Table + Vault + Queue + Bus + Credentials + Clock + Entropy + Issuer,
    A: Lwa,
{
    let by = require(cloud, request).await?;
    by.change(request, &site.origin)?;
    let findings = examine(cloud, amazon, site, request, &by).await;
    let ok = findings.iter().all(|finding| finding.state != State::Failed);
    Ok(respond::json(200, &serde_json::json!({ "ok": ok, "findings": findings })))
}

async fn examine<C, A>(cloud: &C, amazon: &A, site: &Site, request: &Request, by: &Caller) -> Vec<Finding>
where
    C: Table + Vault + Queue + Bus + Credentials + Clock + Entropy,
    A: Lwa,
{
    // The function that answers here may seal tokens and never open them.
    let host = request.header("host");
    doctor::examine(cloud, amazon, Visit { site, tenant: &by.tenant, user: &by.user, host, opens: false })
        .await
}

/// The installation's applications are the home tenant's affair.
async fn applications(table: &impl Table, site: &Site, by: &Caller) -> Result<Vec<Application>, Refusal> {
    match by.tenant == site.home {
        true => Ok(Application::all(table).await?),
        false => Ok(Vec::new()),
    }
}

fn search(query: &str) -> String {
    let mut texts = form_urlencoded::parse(query.as_bytes()).filter(|(name, _)| name == "code");
    texts.next().map(|(_, text)| text.chars().take(SEARCH_MAX).collect()).unwrap_or_default()
}

/// Where a page that shows one of the known codes can link to.
pub fn address_of(code: &str) -> Option<String> {
    known::KNOWN.iter().any(|known| known.code == code).then(|| format!("/doctor#{code}"))
}
