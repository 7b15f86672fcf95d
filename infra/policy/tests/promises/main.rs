//! The template's promises. Each is checked on the template as it is, and must then be missed on copies that
//! break it on purpose: a check that nothing can fail protects nothing.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a template that cannot be read is a failed test")]

mod alarms;
mod api;
mod buckets;
mod changes;
mod domains;
mod events;
mod figures;
mod functions;
mod keys;
mod lake;
mod limits;
mod loops;
mod people;
mod permissions;
mod personal;
mod policies;
mod queues;
mod secret_queue;
mod tables;
mod template;
mod vault;

use changes::Change;
use serde_json::Value;

/// Runs a check on the template, where it must find nothing, and on each broken copy, where it must.
fn promise(check: impl Fn(&Value) -> Vec<String>, broken: Vec<Change>) {
    let template = template::read();
    let complaints = check(&template);
    assert!(complaints.is_empty(), "the template breaks this promise:\n  {}", complaints.join("\n  "));
    assert!(!broken.is_empty(), "a promise needs a broken template that its check finds");
    for change in broken {
        let copy = change.applied_to(&template);
        assert!(!check(&copy).is_empty(), "nobody noticed: {}", change.name);
    }
}

/// Notes a complaint unless this holds.
fn expect(complaints: &mut Vec<String>, holds: bool, complaint: impl Into<String>) {
    if !holds {
        complaints.push(complaint.into());
    }
}
