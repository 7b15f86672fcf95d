//! The daily turn: days are counted down, and a new secret is asked for in time.

use super::{ASK_AHEAD, ASK_EVERY, COUNTDOWN, OVERLAP};
use crate::announce;
use crate::application::Application;
use crate::call::{Call, Verdict, judge};
use crate::catalogue::ROTATE_APPLICATION_CLIENT_SECRET;
use crate::lwa::Scope;
use crate::marketplaces::{Endpoint, Realm, Region};
use crate::ports::{Bus, Clock, Entropy, Event, Lwa, SellingPartner, Table};
use crate::store::{Held, Write, WriteError, load};
use crate::task::Failure;
use jiff::Timestamp;

/// What a turn did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Turned {
    /// Applications whose end was announced.
    pub announced: usize,
    /// Applications for which a new secret was asked.
    pub asked: usize,
    /// Applications that Amazon gave none.
    pub refused: usize,
}

/// Looks at every application once.
pub async fn turn<C, A>(cloud: &C, amazon: &A) -> Result<Turned, Failure>
where
    C: Table + Bus + Clock + Entropy,
    A: Lwa + SellingPartner,
{
    let mut done = Turned::default();
    for application in Application::all(cloud).await? {
        let key = Application::key_of(&application.slug);
        let Some(held) = load::<Application>(cloud, &key).await? else { continue };
        let held = count_down(cloud, held, &mut done).await?;
        if wants_new(&held.value, cloud.now()) {
            ask(cloud, amazon, held, &mut done).await?;
        }
    }
    Ok(done)
}

async fn count_down(
    cloud: &(impl Table + Bus + Clock + Entropy),
    mut held: Held<Application>,
    done: &mut Turned,
) -> Result<Held<Application>, Failure> {
    let left = held.value.secret_days_left(cloud.now());
    let step = COUNTDOWN.into_iter().rev().find(|day| left <= *day);
    let Some(step) = step.filter(|step| held.value.announced_days.is_none_or(|told| *step < told)) else {
        return Ok(held);
    };
    held.value.announced_days = Some(step);
    let detail = serde_json::json!({
        "application": held.value.slug,
        "expires_at": held.value.secret_expires_at,
        "days_left": left,
        "rotates": held.value.rotates,
    });
    let event = announce::prepare(cloud, Event { name: "application.secret_expiring", detail })?;
    match cloud.write(&[Write::replace(&held)?, Write::insert(&event)?]).await {
        Ok(()) => {
            held.revision += 1;
            done.announced += 1;
            drop(announce::publish(cloud, event).await);
        }
        // A rotation came between: tomorrow's turn counts anew.
        Err(WriteError::Conflict) => {}
        Err(WriteError::Store(error)) => return Err(error.into()),
    }
    Ok(held)
}

/// Only where the operator said that Amazon knows our queue: a secret that arrives nowhere is lost, and the old
/// one ends a week later.
fn wants_new(application: &Application, now: Timestamp) -> bool {
    let asked = application.rotation_asked_at.is_some_and(|at| now < at + ASK_EVERY);
    application.rotates
        && application.realm == Realm::Production
        && now + ASK_AHEAD > application.secret_expires_at
        && !asked
}

/// Notes that it asks, then asks: a crash in between costs a day, never two secrets on their way.
async fn ask<C, A>(
    cloud: &C,
    amazon: &A,
    mut held: Held<Application>,
    done: &mut Turned,
) -> Result<(), Failure>
where
    C: Table + Clock,
    A: Lwa + SellingPartner,
{
    let now = cloud.now();
    held.value.rotation_asked_at = Some(now);
    match cloud.write(&[Write::replace(&held)?]).await {
        Ok(()) => held.revision += 1,
        Err(WriteError::Conflict) => return Ok(()),
        Err(WriteError::Store(error)) => return Err(error.into()),
    }
    let call = Call::get(&ROTATE_APPLICATION_CLIENT_SECRET, Vec::new());
    // The application is one and the same in all regions; any of their endpoints takes the call.
    let endpoint = Endpoint { region: Region::Na, realm: Realm::Production };
    let answered = match amazon.grantless(&held.value.slug, Scope::Rotation).await {
        Ok(token) => match amazon.call(endpoint, &token, &call).await {
            Ok(reply) => judge(&reply) == Verdict::Answered,
            // It may have been carried out: count the old secret's last days all the same.
            Err(_) => true,
        },
        Err(_) => false,
    };
    if !answered {
        done.refused += 1;
        return Ok(());
    }
    done.asked += 1;
    held.value.secret_expires_at = held.value.secret_expires_at.min(now + OVERLAP);
    match cloud.write(&[Write::replace(&held)?]).await {
        // The new secret was here first.
        Ok(()) | Err(WriteError::Conflict) => Ok(()),
        Err(WriteError::Store(error)) => Err(error.into()),
    }
}
