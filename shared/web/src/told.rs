//! What Amazon tells of a connection by itself, as pages and programs see it.

use jiff::Timestamp;
use sellerport_core::notify::{self, Refused, Subscriptions};
use serde::Serialize;

/// A type of Amazon's notifications that this account has a use for.
#[derive(Debug, Serialize)]
pub struct NotificationView {
    /// Amazon's word for it.
    #[serde(rename = "type")]
    pub kind: String,
    /// What it says, in plain words.
    pub says: &'static str,
    /// Whether Amazon sends it.
    pub subscribed: bool,
    /// Why it does not, and what to do.
    pub trouble: Option<String>,
    /// The role that is missing.
    pub role: Option<String>,
    /// When one of them last made something due sooner, to the hour.
    pub last_hint: Option<Timestamp>,
}

/// What Amazon tells of a connection, and what it does not.
pub fn told(row: &Subscriptions) -> Vec<NotificationView> {
    let view = |kind: &str, refused: Option<&Refused>, last_hint| NotificationView {
        says: notify::by_name(kind).map_or("", |kind| kind.says),
        subscribed: refused.is_none(),
        trouble: refused.map(|refused| refused.says.clone()),
        role: refused.and_then(|refused| refused.role.clone()),
        last_hint,
        kind: kind.to_owned(),
    };
    let held = row.held.iter().map(|held| view(&held.kind, None, held.heard_at));
    held.chain(row.refused.iter().map(|refused| view(&refused.kind, Some(refused), None))).collect()
}
