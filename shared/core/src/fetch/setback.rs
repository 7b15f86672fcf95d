//! When a page cannot be had: what the stream says about it, and when it is tried again.
//!
//! No setback here ever changes the connection: what is wrong with a grant only Login with Amazon can say.

use super::hold::{FetchError, Hold};
use crate::call::{Denial, Reply, Verdict, amazon_says};
use crate::ports::{Clock, Queue, QueueName, Table};
use crate::refresh;
use crate::store::load;
use crate::stores::SurveyError;
use crate::stream::{Walk, pause_after};
use crate::task::Outcome;
use crate::token::Access;
use jiff::SignedDuration;

/// The first pause while a fresh access token is on its way.
const TOKEN_PAUSE: SignedDuration = SignedDuration::from_secs(15);

/// The token has ended.
pub(super) const TOKEN_ENDED: &str = "waiting for a fresh access token";

/// The token was refused before its time: it is renewed, and if that does not help the pause grows (R7).
pub(super) const TOKEN_REFUSED: &str = "Amazon refused the access token; a fresh one is on its way";

pub(super) async fn without_stores<C: Table + Queue + Clock>(
    cloud: &C,
    mut hold: Hold,
    trouble: SurveyError,
) -> Result<Outcome, FetchError> {
    match trouble {
        SurveyError::Later(at) => hold.go_on_at(cloud, at, "the stores can be read later").await,
        SurveyError::Answer(Some(Verdict::TokenRefused)) => ask_for_token(cloud, hold, TOKEN_REFUSED).await,
        SurveyError::Store(error) => Err(error.into()),
        SurveyError::Answer(_) => {
            let says = "Amazon names no store of this region for the account. If that stays so, it was \
                        connected in the wrong region: connect it in the right one.";
            hold.stream.value.suffer(cloud.now(), says.to_owned(), None);
            pause(cloud, hold, "no store to call").await
        }
    }
}

/// Asks for a fresh token in place of the present one, and comes back later.
pub(super) async fn ask_for_token<C: Table + Queue + Clock>(
    cloud: &C,
    mut hold: Hold,
    says: &'static str,
) -> Result<Outcome, FetchError> {
    let key = Access::key_of(&hold.connection.tenant, &hold.connection.id);
    if let Some(access) = load::<Access>(cloud, &key).await? {
        let task = refresh::message(&refresh::ask(&access.value), SignedDuration::ZERO);
        cloud.send(QueueName::Refresh, &[task]).await?;
    }
    let stream = &mut hold.stream.value;
    stream.suffer(cloud.now(), says.to_owned(), None);
    let times = stream.trouble.as_ref().map_or(1, |trouble| trouble.times);
    let wait = if times == 1 { TOKEN_PAUSE } else { pause_after(times) };
    let at = cloud.now() + wait;
    hold.go_on_at(cloud, at, says).await
}

/// Amazon closed the operation to this connection: this stream alone rests, and says why.
pub(super) async fn denied<C: Table + Queue + Clock>(
    cloud: &C,
    mut hold: Hold,
    denial: Denial,
) -> Result<Outcome, FetchError> {
    let operation = hold.domain.operation;
    let says = match denial {
        Denial::Role => format!(
            "Amazon denies {}. Add the role \"{}\" to the application, then reconnect the seller.",
            operation.name, operation.role
        ),
        Denial::Region => format!("Amazon says the stores are not of the {} region.", hold.connection.region),
        Denial::Unknown => format!("Amazon denies {} without a reason; it is asked again.", operation.name),
    };
    hold.stream.value.suffer(cloud.now(), says, Some(denial));
    pause(cloud, hold, "denied").await
}

/// Amazon refuses the request itself. With a page token it may only be too old: begin the window again.
pub(super) async fn refused<C: Table + Queue + Clock>(
    cloud: &C,
    mut hold: Hold,
    walk: Walk,
    reply: &Reply,
) -> Result<Outcome, FetchError> {
    if walk.token.is_some() {
        hold.stream.value.walk =
            Some(Walk { page: 1, token: None, tokens_seen: Vec::new(), window: walk.window });
    } else {
        hold.stream.value.walk = None;
    }
    let says = format!("Amazon refuses the request: {}.", amazon_says(&reply.body));
    hold.stream.value.suffer(cloud.now(), says, None);
    pause(cloud, hold, "refused").await
}

/// Amazon has trouble, or its answer makes no sense.
pub(super) async fn stumble<C: Table + Queue + Clock>(
    cloud: &C,
    mut hold: Hold,
    says: &str,
) -> Result<Outcome, FetchError> {
    hold.stream.value.suffer(cloud.now(), says.to_owned(), None);
    pause(cloud, hold, "Amazon is asked again").await
}

async fn pause<C: Table + Queue + Clock>(
    cloud: &C,
    hold: Hold,
    why: &'static str,
) -> Result<Outcome, FetchError> {
    let times = hold.stream.value.trouble.as_ref().map_or(1, |trouble| trouble.times);
    let due = cloud.now() + pause_after(times);
    hold.finish(cloud, due, why).await
}
