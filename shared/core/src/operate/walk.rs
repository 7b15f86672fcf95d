//! The call itself, once more where that is safe, and the pages that follow it.

use super::bearer::Bearer;
use super::send::{Sent, send};
use super::{Answer, Stop, Trail};
use crate::call::{Call, Verdict};
use crate::catalogue::pages;
use crate::connection::Connection;
use crate::fetch::PAGE_TIME;
use crate::message::Refusal;
use crate::ports::{Clock, Entropy, Meter, Queue, SellingPartner, Table, Vault};
use jiff::Timestamp;
use std::collections::HashSet;

/// Pages in one answer: whoever wants more goes on at its token.
pub const PAGES_MAX: u32 = 20;

/// Bytes of bodies in one answer, as [`carried`] counts them. A Lambda function answers 6 MB at most
/// (docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html), headers and our own fields included.
pub const ANSWER_BYTES_MAX: usize = 5_000_000;

/// The bytes that a body takes in a function's answer: it travels as a text within JSON.
pub fn carried(body: &[u8]) -> usize {
    let escaped = body.iter().filter(|byte| matches!(byte, b'"' | b'\\' | b'\n' | b'\r' | b'\t'));
    body.len() + escaped.count()
}

/// Calls, and follows the pages as far as was asked for and fits.
pub(super) async fn walk<C, A>(
    trail: &Trail<'_, C>,
    amazon: &A,
    connection: &Connection,
    first: Call,
    deadline: Timestamp,
) -> Result<Answer, Refusal>
where
    C: Table + Vault + Queue + Clock + Entropy + Meter,
    A: SellingPartner,
{
    let (cloud, operation) = (trail.cloud, trail.operation);
    let bearer = Bearer::find(trail, amazon, connection, &first).await?;
    if !operation.reads {
        // Before it leaves: no write is unknown here, whatever happens afterwards.
        trail.note("operation.calling", "").await?;
    }
    let sent = once_or_twice(trail, amazon, connection, &bearer, &first, deadline).await?;
    if sent.verdict == Verdict::TokenRefused {
        return Err(bearer.refused(cloud).await);
    }
    let mut audited = true;
    if !operation.reads {
        let detail = format!("{} {}", sent.reply.status, sent.reply.request_id);
        // It is done; that it began is in the trail already.
        audited = trail.note("operation.called", &detail).await.is_ok();
    }
    let mut bytes = carried(&sent.reply.body);
    if bytes > ANSWER_BYTES_MAX {
        return Err(Stop::TooLarge { read: operation.reads }.into());
    }
    let mut answer = Answer::of(operation, &sent.reply, sent.verdict.clone(), sent.left, cloud.now());
    if !audited {
        answer.warning = Some(UNAUDITED.to_owned());
    }
    let mut next = following(trail, &sent);
    answer.bodies.push(sent.reply.body);
    let (mut call, mut seen) = (first, HashSet::new());
    while let Some(token) = next.take() {
        answer.next = Some(token.clone());
        let enough = answer.bodies.len() >= trail.ask.pages.min(PAGES_MAX) as usize;
        // A token that comes again leads in circles: it is shown, and not followed.
        if enough || !seen.insert(token.clone()) || cloud.now() + PAGE_TIME > deadline {
            break;
        }
        let Some(following_call) = pages::follow(operation, &call, &token) else { break };
        call = following_call;
        // What was read so far is worth more than the reason why the next page cannot be had.
        let Ok(sent) = send(cloud, amazon, connection, operation, &bearer, &call).await else { break };
        bytes += carried(&sent.reply.body);
        if sent.verdict != Verdict::Answered || bytes > ANSWER_BYTES_MAX {
            break;
        }
        let earlier = std::mem::take(&mut answer.bodies);
        answer = Answer::of(operation, &sent.reply, sent.verdict.clone(), sent.left, cloud.now());
        answer.bodies = earlier;
        next = following(trail, &sent);
        answer.bodies.push(sent.reply.body);
    }
    Ok(answer)
}

const UNAUDITED: &str = "It was called, but only its beginning could be written to the audit trail.";

/// The token of the page behind this one; an empty page may have one.
fn following<C>(trail: &Trail<'_, C>, sent: &Sent) -> Option<String> {
    let body = Some(&sent.reply.body).filter(|_| sent.verdict == Verdict::Answered)?;
    pages::next(trail.operation, body).ok().flatten()
}

/// A read is repeated once where Amazon has trouble; a write never: it may have been carried out.
async fn once_or_twice<C, A>(
    trail: &Trail<'_, C>,
    amazon: &A,
    connection: &Connection,
    bearer: &Bearer,
    call: &Call,
    deadline: Timestamp,
) -> Result<Sent, Refusal>
where
    C: Table + Clock + Meter,
    A: SellingPartner,
{
    let (cloud, operation) = (trail.cloud, trail.operation);
    let first = send(cloud, amazon, connection, operation, bearer, call).await;
    let failed = match &first {
        Ok(sent) => sent.verdict == Verdict::Failing,
        Err(refused) => matches!(refused, Refusal::Operation(Stop::NoAnswer(_))),
    };
    if !failed || !operation.reads || cloud.now() + PAGE_TIME > deadline {
        return first;
    }
    match send(cloud, amazon, connection, operation, bearer, call).await {
        // No second call fits now: what the first one brought stands.
        Err(Refusal::Operation(Stop::Quota(_))) => first,
        second => second,
    }
}
