//! Incidents at Amazon: operations that it fails or refuses for many accounts of an application at once.

use super::{Finding, known};
use crate::application::Application;
use crate::brake::Brake;
use crate::domains::{DOMAINS, Domain, Source};
use crate::ports::{Clock, Table};
use jiff::Timestamp;

/// One finding for each operation that is not asked at present, or one that says that all are.
pub async fn incidents(cloud: &(impl Table + Clock), application: &Application) -> Vec<Finding> {
    let (check, slug) = ("application.incident", application.slug.as_str());
    let brakes = match Brake::of(cloud, &application.slug).await {
        Ok(brakes) => brakes,
        Err(error) => return vec![Finding::broke(check, slug, &error, &known::TABLES)],
    };
    let now = cloud.now();
    let shut = |brake: &Brake| brake.shut_since.map(|since| incident(slug, brake, since, now));
    let found: Vec<_> = brakes.iter().filter_map(shut).collect();
    if found.is_empty() {
        return vec![Finding::ok(check, slug, "Amazon refuses no operation for many accounts.")];
    }
    found
}

fn incident(slug: &str, brake: &Brake, since: Timestamp, now: Timestamp) -> Finding {
    let Brake { operation, region, .. } = brake;
    let refuses = format!("Amazon refuses {operation} ({region}) for many accounts since {since}");
    let finding = |says: String| Finding::ok("application.incident", slug, says);
    if !brake.lasts(now) {
        let says = format!("{refuses}. One of them is asked each minute; nothing needs to be done.");
        return finding(says).warns(&known::INCIDENT);
    }
    let role = role_of(operation).map(|role| format!(" It needs the role \"{role}\".")).unwrap_or_default();
    finding(format!("{refuses}, longer than a day.{role}")).warns(&known::INCIDENT_LASTING)
}

/// Only domains feed the brake, and the catalogue stays out of functions that call nothing by name.
fn role_of(operation: &str) -> Option<String> {
    let calls =
        |domain: &&&Domain| domain.sources().flat_map(Source::operations).any(|one| one.name == operation);
    // What is closed by default shares its operation with what is open to everybody.
    DOMAINS.iter().filter(|domain| !domain.personal).find(calls).map(|domain| domain.role())
}
