//! Holds what is asked and answered against the official models, when the simulator was given them.

use crate::reply::Reply;
use crate::sp_api::{Call, body_of};
use crate::world::World;

/// The word with which the static sandbox's own test values begin; they are no dates and are let through.
const SANDBOX_VALUE: &str = "TEST_CASE_";

/// Writes down in what this call, or its answer if there is one to check, breaks the models.
pub(crate) fn check(world: &World, call: &Call, reply: Option<&Reply>) {
    let Some(models) = world.models() else { return };
    let sandbox = call.path.contains(SANDBOX_VALUE)
        || call.query.iter().any(|(_, value)| value.starts_with(SANDBOX_VALUE));
    let mut found = Vec::new();
    match models.check_request(&call.method, &call.path, &call.query, call.body.as_ref()) {
        Err(broken) if !sandbox => found
            .extend(broken.into_iter().map(|text| format!("request {} {}: {text}", call.method, call.path))),
        _ => {}
    }
    // An unknown path has no answer in the models.
    let checked = reply.and_then(|reply| {
        let outcome = models.check_answer(&call.method, &call.path, reply.status, &body_of(reply));
        Some((reply.status, outcome?.err()?))
    });
    if let Some((status, broken)) = checked {
        let told = |text| format!("answer {status} to {} {}: {text}", call.method, call.path);
        found.extend(broken.into_iter().map(told));
    }
    if !found.is_empty() {
        world.hold().note_violations(found);
    }
}
