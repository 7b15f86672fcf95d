//! Amazon's notifications without HTTP, for tests with thousands of runs: destinations and subscriptions of whoever
//! asks, with no limits.

use sellerport_core::call::Call;
use sellerport_core::catalogue::Method;
use serde_json::{Value, json};
use std::cell::RefCell;
use std::collections::BTreeMap;

/// What Amazon has.
#[derive(Debug, Default)]
pub struct Subscribed {
    /// Queues, each with the id of its destination.
    pub destinations: RefCell<BTreeMap<String, String>>,
    /// Types, each with the ids of its subscription and of the destination.
    pub subscriptions: RefCell<BTreeMap<String, (String, String)>>,
    /// How often something was made.
    made: RefCell<u32>,
}

impl Subscribed {
    /// How many destinations and subscriptions were ever made.
    pub fn made(&self) -> u32 {
        *self.made.borrow()
    }

    /// The answer to a call about notifications; nothing where it is about something else.
    pub fn answer(&self, call: &Call) -> Option<(u16, String)> {
        let path: Vec<&str> = call.path.strip_prefix("/notifications/v1/")?.split('/').collect();
        let body: Value = serde_json::from_str(call.body.as_deref().unwrap_or("null")).ok()?;
        let (status, answer) = match (call.method, path.as_slice()) {
            (Method::Get, ["destinations"]) => {
                let destinations = self.destinations.borrow();
                let all = destinations.iter().map(|(arn, id)| {
                    json!({ "name": "n", "destinationId": id, "resource": { "sqs": { "arn": arn } } })
                });
                (200, json!({ "payload": all.collect::<Vec<_>>() }))
            }
            (Method::Post, ["destinations"]) => {
                let arn = body["resourceSpecification"]["sqs"]["arn"].as_str()?;
                let id = self.fresh();
                self.destinations.borrow_mut().insert(arn.to_owned(), id.clone());
                (200, json!({ "payload": { "name": "n", "destinationId": id } }))
            }
            (Method::Get, ["subscriptions", kind]) => match self.subscriptions.borrow().get(*kind) {
                Some(found) => (200, written(found)),
                None => (404, json!({})),
            },
            (Method::Post, ["subscriptions", kind]) => {
                let made = (self.fresh(), body["destinationId"].as_str()?.to_owned());
                let answer = written(&made);
                self.subscriptions.borrow_mut().insert((*kind).to_owned(), made);
                (200, answer)
            }
            (Method::Delete, ["subscriptions", kind, id]) => {
                let mut all = self.subscriptions.borrow_mut();
                match all.get(*kind).is_some_and(|(known, _)| known == id) {
                    true => {
                        all.remove(*kind);
                        (200, json!({}))
                    }
                    false => (404, json!({})),
                }
            }
            _ => return None,
        };
        Some((status, answer.to_string()))
    }

    fn fresh(&self) -> String {
        *self.made.borrow_mut() += 1;
        format!("made-{}", self.made())
    }
}

fn written((id, destination): &(String, String)) -> Value {
    json!({ "payload": { "subscriptionId": id, "payloadVersion": "1", "destinationId": destination } })
}
