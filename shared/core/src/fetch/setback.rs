//! When a page cannot be had: what the stream says about it, and when it is tried again.
//!
//! No setback here ever changes the connection: what is wrong with a grant only Login with Amazon can say.

use super::hold::Hold;
use crate::call::{Denial, Verdict, amazon_says};
use crate::catalogue::{GET_MARKETPLACE_PARTICIPATIONS, Operation};
use crate::ports::{Bus, Clock, Lake, Meter, Queue, QueueName, Table};
use crate::refresh;
use crate::store::load;
use crate::stores::SurveyError;
use crate::stream::{LONGEST_DENIED_PAUSE, LONGEST_PAUSE, Trouble, Walk};
use crate::task::{Failure, Outcome};
use crate::token::Access;
use jiff::SignedDuration;

/// The first pause while a fresh access token is on its way.
const TOKEN_PAUSE: SignedDuration = SignedDuration::from_secs(15);

/// The longest pause while a token that has ended is renewed: after an outage of Login with Amazon the last token
/// comes within 14 minutes, and its streams should not wait much longer (I13). Looking again calls nobody.
const TOKEN_PAUSE_MAX: SignedDuration = SignedDuration::from_secs(60);

/// The token has ended.
pub(super) const TOKEN_ENDED: &str = "waiting for a fresh access token";

/// The token was refused before its time: it is renewed, and if that does not help the pause grows (R7).
pub(super) const TOKEN_REFUSED: &str = "Amazon refused the access token; a fresh one is on its way";

/// The stores could not be read, and none are known from before.
pub(super) async fn without_stores<C: Table + Queue + Lake + Bus + Clock + Meter>(
    cloud: &C,
    mut hold: Hold,
    trouble: SurveyError,
) -> Result<Outcome, Failure> {
    let role = GET_MARKETPLACE_PARTICIPATIONS.role();
    let (says, denial) = match trouble {
        SurveyError::Store(error) => return Err(error.into()),
        SurveyError::Later(at) => return hold.go_on_at(cloud, at, "the stores can be read later").await,
        SurveyError::Answer(Some(Verdict::TokenRefused)) => {
            return ask_for_token(cloud, hold, TOKEN_REFUSED).await;
        }
        SurveyError::Answer(Some(Verdict::Denied(denial))) => (
            format!(
                "Amazon does not tell the stores. Add the role \"{role}\" to the application, then reconnect the seller."
            ),
            Some(denial),
        ),
        SurveyError::Answer(_) => ("Amazon could not tell the stores; it is asked again.".to_owned(), None),
        SurveyError::NoStore => (
            "Amazon names no store of this region for the account: it was connected in the wrong region. \
             Connect it in the right one."
                .to_owned(),
            None,
        ),
    };
    hold.stream.value.suffer(cloud.now(), says, denial);
    pause(cloud, hold, "no store to call").await
}

/// Asks for a fresh token in place of the present one, and comes back later. A token that was refused before
/// its time is renewed once: if the fresh one is refused as well, another would not help, and thousands of
/// streams asking for one would be a storm.
pub(super) async fn ask_for_token<C: Table + Queue + Lake + Bus + Clock + Meter>(
    cloud: &C,
    mut hold: Hold,
    says: &'static str,
) -> Result<Outcome, Failure> {
    let key = Access::key_of(&hold.connection.tenant, &hold.connection.id);
    let stream = &mut hold.stream.value;
    if let Some(access) = load::<Access>(cloud, &key).await? {
        let serial = access.value.serial;
        let first = *stream.refused_serial.get_or_insert(serial);
        if says == TOKEN_ENDED || serial <= first {
            let task = refresh::message(&refresh::ask(&access.value), SignedDuration::ZERO);
            cloud.send(QueueName::Refresh, &[task]).await?;
        }
    }
    if says == TOKEN_ENDED {
        stream.refused_serial = None;
    }
    // What Amazon told before says more than that a token ended meanwhile.
    let tells_more = says == TOKEN_ENDED && stream.trouble.as_ref().is_some_and(|old| old.says != says);
    if !tells_more {
        stream.suffer(cloud.now(), says.to_owned(), None);
    }
    let again = stream.trouble.as_ref().filter(|trouble| trouble.times > 1);
    let longest = if says == TOKEN_ENDED { TOKEN_PAUSE_MAX } else { LONGEST_PAUSE };
    let at = cloud.now() + again.map_or(TOKEN_PAUSE, |trouble| trouble.pause().min(longest));
    hold.go_on_at(cloud, at, says).await
}

/// Amazon closed the operation to this connection: this stream alone rests, and says why.
pub(super) async fn denied<C: Table + Queue + Lake + Bus + Clock + Meter>(
    cloud: &C,
    mut hold: Hold,
    operation: &Operation,
    denial: Denial,
) -> Result<Outcome, Failure> {
    let says = match denial {
        Denial::Role => format!(
            "Amazon denies {}. Add the role \"{}\" to the application, then reconnect the seller.",
            operation.name,
            hold.domain.role()
        ),
        Denial::Restricted => format!(
            "Amazon denies {} without a restricted data token: what it made holds buyers' data, which is not \
             fetched. Please report it.",
            operation.name
        ),
        Denial::Region => format!("Amazon says the stores are not of the {} region.", hold.connection.region),
        Denial::Unknown => format!("Amazon denies {} without a reason; it is asked again.", operation.name),
    };
    hold.stream.value.suffer(cloud.now(), says, Some(denial));
    pause(cloud, hold, "denied").await
}

/// Amazon refuses the request itself. With a page token it may only be too old: begin the window again, and
/// if that does not help, half of it.
pub(super) async fn refused<C: Table + Queue + Lake + Bus + Clock + Meter>(
    cloud: &C,
    mut hold: Hold,
    walk: Walk,
    body: &[u8],
) -> Result<Outcome, Failure> {
    let says = format!("Amazon refuses the request: {}.", amazon_says(body));
    hold.stream.value.suffer(cloud.now(), says, None);
    if walk.token.is_some() {
        let shorter = hold.stream.value.troubled() >= HALVED_AFTER;
        hold.stream.value.give_up(hold.domain, walk, shorter);
    }
    pause(cloud, hold, "refused").await
}

/// Amazon has trouble. Where it has it again and again over a long window, half of it is asked for.
pub(super) async fn failing<C: Table + Queue + Lake + Bus + Clock + Meter>(
    cloud: &C,
    mut hold: Hold,
    walk: Walk,
    says: &str,
) -> Result<Outcome, Failure> {
    hold.stream.value.suffer(cloud.now(), says.to_owned(), None);
    if hold.stream.value.troubled() >= HALVED_AFTER && walk.can_be_halved(hold.domain) {
        hold.stream.value.give_up(hold.domain, walk, true);
    }
    pause(cloud, hold, ASKED_AGAIN).await
}

/// What Amazon made cannot be used. Where only a `person` can help, the pauses grow to an hour.
pub(super) async fn fatal<C: Table + Queue + Lake + Bus + Clock + Meter>(
    cloud: &C,
    mut hold: Hold,
    says: String,
    person: bool,
) -> Result<Outcome, Failure> {
    hold.stream.value.suffer(cloud.now(), says, None);
    let pause = if person { Trouble::long_pause } else { Trouble::pause };
    let due = cloud.now() + hold.stream.value.trouble.as_ref().map_or(TOKEN_PAUSE, pause);
    hold.finish(cloud, due, "what Amazon made cannot be used").await
}

/// Amazon could not make what it was asked for. It is asked once more; then for half of the time, down to the shortest
/// window; then only once an hour, for a person has to look (L37).
pub(super) async fn unmade<C: Table + Queue + Lake + Bus + Clock + Meter>(
    cloud: &C,
    mut hold: Hold,
    walk: Walk,
    says: &str,
) -> Result<Outcome, Failure> {
    let walk = Walk { unmade: walk.unmade.saturating_add(1), ..walk };
    let again = walk.unmade > 1;
    let (next, pause) = match (again, walk.can_be_halved(hold.domain)) {
        (false, _) => (ONCE_MORE, UNMADE_PAUSE),
        (true, true) => (HALF, UNMADE_PAUSE),
        (true, false) => (HOURLY, LONGEST_DENIED_PAUSE),
    };
    hold.stream.value.suffer(cloud.now(), format!("{says} {next}"), None);
    hold.stream.value.give_up(hold.domain, walk, again);
    let due = cloud.now() + pause;
    hold.finish(cloud, due, "Amazon could not make it").await
}

/// Between what Amazon could not make and the next try, which may well succeed.
const UNMADE_PAUSE: SignedDuration = SignedDuration::from_mins(1);
const ONCE_MORE: &str = "It is asked for once more.";
const HALF: &str = "Twice: half of its time is asked for.";
const HOURLY: &str = "Again and again: it is asked for once an hour, and nothing is lost. Please report it.";

/// Amazon's answer makes no sense.
pub(super) async fn stumble<C: Table + Queue + Lake + Bus + Clock + Meter>(
    cloud: &C,
    mut hold: Hold,
    says: &str,
) -> Result<Outcome, Failure> {
    hold.stream.value.suffer(cloud.now(), says.to_owned(), None);
    pause(cloud, hold, ASKED_AGAIN).await
}

/// Amazon has trouble with many accounts: this one is not asked until somebody else was answered.
pub(super) async fn braked<C: Table + Queue + Lake + Bus + Clock + Meter>(
    cloud: &C,
    mut hold: Hold,
    wait: SignedDuration,
) -> Result<Outcome, Failure> {
    let now = cloud.now();
    let stream = &mut hold.stream.value;
    // What Amazon told this one itself says more.
    if stream.trouble.is_none() {
        stream.suffer(now, INCIDENT.to_owned(), None);
    }
    hold.finish(cloud, now + wait, "Amazon has trouble with many accounts").await
}

const ASKED_AGAIN: &str = "Amazon is asked again";
const INCIDENT: &str =
    "Amazon has trouble with many accounts at present. One is asked each minute; this one follows.";

/// The same trouble so many times in a row halves a window.
const HALVED_AFTER: u32 = 2;

async fn pause<C: Table + Queue + Lake + Bus + Clock + Meter>(
    cloud: &C,
    hold: Hold,
    why: &'static str,
) -> Result<Outcome, Failure> {
    let due = cloud.now() + hold.stream.value.trouble.as_ref().map_or(TOKEN_PAUSE, Trouble::pause);
    hold.finish(cloud, due, why).await
}
