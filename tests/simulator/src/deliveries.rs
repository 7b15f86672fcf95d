//! Notifications on their way to a destination: queued when something happens, or worked out when they are taken.
//! At least once, in any order; each is for one subscription that lives.

use std::collections::VecDeque;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use crate::chance;
use crate::clock::{after, text};
use crate::faults::FaultKind;
use crate::find;
use crate::notices::precise;
use crate::subscriptions::Subscription;
use crate::world::{Inside, World};

/// What faults of notifications are dialled by, in the place of an operation.
const DIALLED: &str = "notification";

/// Notifications that wait at most; the oldest are lost.
const MOST_WAITING: usize = 10_000;

/// Changed orders that are told of when one seller's are taken; the next taking tells more.
const MOST_CHANGES: usize = 500;

/// Types that are written in camel case (schemas/notifications).
const CAMEL: [&str; 6] = [
    "REPORT_PROCESSING_FINISHED",
    "FEED_PROCESSING_FINISHED",
    "DATA_KIOSK_QUERY_PROCESSING_FINISHED",
    "DETAIL_PAGE_TRAFFIC_EVENT",
    "ITEM_SALES_EVENT_CHANGE",
    "ITEM_INVENTORY_EVENT_CHANGE",
];

/// One notification for one subscription.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Delivery {
    number: u64,
    client_id: String,
    kind: String,
    version: String,
    subscription: String,
    destination: String,
    payload: Value,
    event: Timestamp,
    /// It is not taken before.
    due: Timestamp,
}

/// A message for a queue.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Delivered {
    /// The ARN of the destination's queue.
    pub queue: String,
    /// The message.
    pub message: Value,
}

impl Inside {
    /// Something happened to an account: everybody who subscribed to it is told. `payload` is what stands under
    /// `payload` or `Payload` in Amazon's schema of the type.
    pub(crate) fn notify(&mut self, seller: &str, kind: &str, payload: &Value, now: Timestamp) {
        self.keep(seller, kind, payload, now);
        let fits = |one: &&Subscription| one.seller == seller && one.kind == kind;
        let told: Vec<Subscription> = self.book.subscriptions.iter().filter(fits).cloned().collect();
        for one in told {
            self.deliver(&one, payload.clone(), now, now);
        }
    }

    fn deliver(&mut self, to: &Subscription, payload: Value, event: Timestamp, now: Timestamp) {
        let (mut copies, mut due) = (1, now);
        match self.dial.take(DIALLED, Some(&to.seller)) {
            Some(FaultKind::Delay { milliseconds }) => {
                let late = i64::try_from(milliseconds).unwrap_or(i64::MAX);
                due = after(now, SignedDuration::from_millis(late));
            }
            Some(FaultKind::Copies { more }) => copies += more,
            // Any other fault loses it.
            Some(_) => return,
            None => {}
        }
        self.book.notices_made += 1;
        let delivery = Delivery {
            number: self.book.notices_made,
            client_id: to.client_id.clone(),
            kind: to.kind.clone(),
            version: to.version.clone(),
            subscription: to.id.clone(),
            destination: to.destination.clone(),
            payload,
            event,
            due,
        };
        for _ in 0..copies {
            self.book.deliveries.push_back(delivery.clone());
            if self.book.deliveries.len() > MOST_WAITING {
                self.book.deliveries.pop_front();
            }
        }
    }

    /// Orders change by the clock alone: what changed since the last taking is found now.
    fn tell_orders(&mut self, now: Timestamp) {
        for place in 0..self.book.subscriptions.len() {
            let Some(to) = self.book.subscriptions.get(place).filter(|one| one.kind == "ORDER_CHANGE") else {
                continue;
            };
            let (to, told) = (to.clone(), to.told);
            let granted = |grant: &crate::book::Grant| {
                !grant.revoked && grant.client_id == to.client_id && grant.seller == to.seller
            };
            let Some(seller) =
                self.seller(&to.seller).filter(|_| self.book.grants.iter().any(granted)).cloned()
            else {
                continue;
            };
            let found = find::all(self, &seller, now, None, Some(told));
            let changed = found.iter().filter(|order| told < order.updated() && order.updated() <= now);
            let mut changed: Vec<(Timestamp, Value)> =
                changed.map(|order| (order.updated(), order_change(&seller.id, order))).collect();
            changed.sort_by_key(|(at, _)| *at);
            changed.truncate(MOST_CHANGES);
            // What was cut off comes the next time, with all that changed at the same moment.
            let upto = if changed.len() == MOST_CHANGES { changed.last().map(|(at, _)| *at) } else { None };
            for (at, payload) in changed {
                self.deliver(&to, payload, at, now);
            }
            if let Some(one) = self.book.subscriptions.get_mut(place) {
                one.told = upto.unwrap_or(now);
            }
        }
    }

    fn take_deliveries(&mut self, now: Timestamp) -> Vec<Delivered> {
        self.settle(now);
        self.tell_orders(now);
        let (due, later) =
            std::mem::take(&mut self.book.deliveries).into_iter().partition(|one| one.due <= now);
        self.book.deliveries = later;
        let due: VecDeque<Delivery> = due;
        due.iter().filter_map(|one| self.written(one, now)).collect()
    }

    /// The message; nothing where its destination is gone.
    fn written(&self, one: &Delivery, now: Timestamp) -> Option<Delivered> {
        let destination = self.book.destinations.iter().find(|(owner, destination)| {
            *owner == one.client_id && destination["destinationId"] == one.destination.as_str()
        });
        let queue = destination?.1["resource"]["sqs"]["arn"].as_str()?.to_owned();
        let message = json!({
            "notificationVersion": one.version,
            "notificationType": one.kind,
            "payloadVersion": one.version,
            "eventTime": precise(one.event),
            "payload": one.payload,
            "notificationMetadata": {
                "applicationId": self.book.client(&one.client_id).map(|a| a.application_id.as_str()),
                "subscriptionId": one.subscription,
                "publishTime": precise(now.min(one.due)),
                "notificationId": chance::uuid(self.book.key ^ chance::mix(one.number)),
            },
        });
        let message = if CAMEL.contains(&one.kind.as_str()) { message } else { pascal(message) };
        Some(Delivered { queue, message })
    }
}

/// The envelope in Pascal case; the payload is the caller's.
fn pascal(message: Value) -> Value {
    let Value::Object(fields) = message else { return message };
    let large = |(name, value): (String, Value)| {
        let mut name = name;
        if let Some(first) = name.get_mut(..1) {
            first.make_ascii_uppercase();
        }
        let value = if name == "NotificationMetadata" { pascal(value) } else { value };
        (name, value)
    };
    Value::Object(fields.into_iter().map(large).collect::<Map<_, _>>())
}

fn order_change(seller: &str, order: &find::Found<'_>) -> Value {
    let status = match order.status() {
        Some("PENDING") => "Pending",
        Some("SHIPPED") => "Shipped",
        Some("CANCELLED") => "Canceled",
        _ => "Unshipped",
    };
    json!({ "OrderChangeNotification": {
        "NotificationLevel": "OrderLevel",
        "SellerId": seller,
        "AmazonOrderId": order.id(),
        "OrderChangeType": "OrderStatusChange",
        "OrderChangeTrigger": { "TimeOfOrderChange": text(order.updated()), "ChangeReason": "Order status changed" },
        "Summary": {
            "MarketplaceId": order.marketplace_id(),
            "OrderStatus": status,
            "PurchaseDate": text(order.created()),
            "FulfillmentType": if order.fulfilled_by() == Some("AMAZON") { "AFN" } else { "MFN" },
            "OrderType": "StandardOrder",
            "DestinationPostalCode": null,
            "OrderItems": [],
        },
    } })
}

impl World {
    /// Tells everybody who subscribed to this type of an account's notifications.
    pub fn notify(&self, seller: &str, kind: &str, payload: &Value) {
        let now = self.now();
        let mut inside = self.hold();
        inside.notify(seller, kind, payload, now);
        inside.save();
    }

    /// Collects the notifications that are to be in their queues by now. They are then gone.
    pub fn take_deliveries(&self) -> Vec<Delivered> {
        let now = self.now();
        let mut inside = self.hold();
        let taken = inside.take_deliveries(now);
        if !inside.book.subscriptions.is_empty() {
            inside.save();
        }
        taken
    }

    /// The subscriptions of an account: type and Amazon's id, in the order in which they were made.
    pub fn subscriptions_of(&self, seller: &str) -> Vec<(String, String)> {
        let inside = self.hold();
        let mine = inside.book.subscriptions.iter().filter(|one| one.seller == seller);
        mine.map(|one| (one.kind.clone(), one.id.clone())).collect()
    }
}
