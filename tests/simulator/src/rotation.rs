//! A client secret's life: `rotateApplicationClientSecret` (Applications 2023-11-30), replacing and expiring by hand.

use jiff::Timestamp;
use serde_json::Value;

use crate::applications::ApplicationKind;
use crate::book::Book;
use crate::notices::About;
use crate::problem::Problem;
use crate::reply::Reply;
use crate::secrets::SecretKind;
use crate::world::World;

/// The scope that a grantless token needs for it.
pub(crate) const SCOPE: &str = "sellingpartnerapi::client_credential:rotation";

/// Makes a new secret; the old one works on for a while, and the new one is told to the queue only.
pub(crate) fn rotate(book: &mut Book, client_id: &str, now: Timestamp) -> Result<Reply, Problem> {
    // A sandbox application has no queue (set-up-credential-rotation-notifications). The text is the model's.
    let enrolled = book.client(client_id).is_some_and(|a| a.kind != ApplicationKind::Sandbox);
    if !enrolled {
        return Err(Problem::input(
            "Application is not enrolled for rotation notification. Please update application notification \
             preference in Developer console.",
        ));
    }
    let (secret, until, old_until) = renew(book, client_id, true, now).ok_or_else(Problem::not_found)?;
    book.notify(client_id, About::New { secret, until, old_until }, now);
    Ok(Reply::nothing())
}

/// A new secret: its number, its end, and the end of the one before.
fn renew(
    book: &mut Book,
    client_id: &str,
    overlaps: bool,
    now: Timestamp,
) -> Option<(u64, Timestamp, Timestamp)> {
    let number = book.client_secrets + 1;
    let application = book.applications.iter_mut().find(|a| a.client_id == client_id)?;
    application.renew_secret(number, overlaps, now);
    let old = application.former.last().map_or(now, |former| former.until);
    let until = application.secret_until.unwrap_or(now);
    book.client_secrets = number;
    Some((number, until, old))
}

impl World {
    /// The newest client secret of an application.
    pub fn client_secret(&self, client_id: &str) -> Option<String> {
        let inside = self.hold();
        let number = inside.book.client(client_id)?.secret;
        Some(inside.book.secret(SecretKind::ClientSecret, number))
    }

    /// Gives an application a new client secret; the old ones are refused from then on.
    pub fn replace_client_secret(&self, client_id: &str) -> Option<String> {
        let now = self.now();
        let mut inside = self.hold();
        let (number, ..) = renew(&mut inside.book, client_id, false, now)?;
        inside.save();
        Some(inside.book.secret(SecretKind::ClientSecret, number))
    }

    /// Sets when an application's newest secret ends and queues Amazon's notice of it; whether there is such an
    /// application.
    pub fn expire_client_secret(&self, client_id: &str, until: Timestamp) -> bool {
        let now = self.now();
        let mut inside = self.hold();
        let Some(application) = inside.book.applications.iter_mut().find(|a| a.client_id == client_id) else {
            return false;
        };
        application.secret_until = Some(until);
        inside.book.notify(client_id, About::Expiry { until }, now);
        inside.save();
        true
    }

    /// Collects the notifications that wait for an application, as its queue would get them. They are then gone.
    pub fn take_notifications(&self, client_id: &str) -> Vec<Value> {
        self.collect(Some(client_id))
    }

    /// The same for one application or for all.
    pub(crate) fn collect(&self, client_id: Option<&str>) -> Vec<Value> {
        let mut inside = self.hold();
        let taken = inside.book.take_notices(client_id);
        if !taken.is_empty() {
            inside.save();
        }
        taken
    }
}
