//! Finding what is due and sending one task for each: the dispatcher, and the events that start it.
//!
//! Send, then mark. A run that dies in between sends a task twice, never skips one, and the second finds the
//! first at work or done (same slot).

use crate::brake::recovery;
use crate::domains;
use crate::gate::place_of;
use crate::ports::{Clock, MAX_DELAY, Outgoing, Queue, QueueName, Table, Unavailable};
use crate::store::{Held, StoreError, TableName, Write, WriteError, decode, shards};
use crate::stream::Stream;
use crate::task::{FetchTask, VERSION};
use futures_util::future::join_all;
use jiff::{SignedDuration, Timestamp};
use serde_json::{Map, Value};
use std::collections::HashMap;

/// A task that was sent and not worked off is sent again after this long.
pub const HORIZON: SignedDuration = SignedDuration::from_mins(15);

/// Streams read from one shard at a time.
pub const DUE_AT_ONCE: usize = 100;

/// Streams of one connection that one run sends; the others follow a run later.
pub const CONNECTION_AT_ONCE: usize = 4;

/// When what was put off is due: the next run, a minute later.
const NEXT_RUN: SignedDuration = SignedDuration::from_secs(50);

/// Streams that are due for longer than this waited for a dispatcher that did not run.
pub const OVERDUE: SignedDuration = SignedDuration::from_mins(5);

/// So many of them in one shard are a crowd, which is spread as after an incident.
pub const CROWD: usize = 20;

/// Rows written at the same time: a hundred rows of a shard in a few round trips.
const MARKED_AT_ONCE: usize = 25;

/// A run's event may be this much ahead of our clock; more is a wrong clock somewhere.
pub const CLOCK_SKEW: SignedDuration = SignedDuration::from_mins(5);

/// Who starts runs: EventBridge's schedule, and our own bus when something is due at once.
const SOURCES: [&str; 2] = ["aws.events", "sellerport"];

/// Why a schedule event cannot be used. The run is refused, one alarm, the next run unaffected.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadEvent {
    /// Not an object.
    #[error("E_SCHED_JSON: not a JSON object")]
    Json,
    /// A field is missing or wrong.
    #[error("E_SCHED_FIELD({0})")]
    Field(&'static str),
    /// No version, or not ours.
    #[error("E_SCHED_VERSION: no `v`, or not one this build knows")]
    Version,
    /// Not from the schedule.
    #[error("E_SCHED_SOURCE: not from the schedule")]
    Source,
    /// From the future.
    #[error("E_SCHED_CLOCK: the event is from the future")]
    Clock,
    /// A field that is not ours.
    #[error("E_SCHED_UNKNOWN({0})")]
    Unknown(String),
}

/// A run's event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    /// The time it stands for.
    pub time: Timestamp,
}

impl Run {
    /// Reads an event for a function of this kind (`dispatch` or `refresh`).
    pub fn parse(event: &Value, kind: &str, now: Timestamp) -> Result<Self, BadEvent> {
        let fields = event.as_object().ok_or(BadEvent::Json)?;
        if fields.get("kind").and_then(Value::as_str) != Some(kind) {
            return Err(BadEvent::Field("kind"));
        }
        if fields.get("v").and_then(Value::as_u64) != Some(VERSION) {
            return Err(BadEvent::Version);
        }
        if !fields.get("source").and_then(Value::as_str).is_some_and(|source| SOURCES.contains(&source)) {
            return Err(BadEvent::Source);
        }
        // A run covers everything that is due: a filter would leave something out without saying so.
        if let Some(name) = FILTERS.into_iter().find(|name| fields.contains_key(*name)) {
            return Err(BadEvent::Field(name));
        }
        if let Some(name) = fields.keys().find(|name| !KNOWN.contains(&name.as_str())) {
            return Err(BadEvent::Unknown(
                name.chars().filter(char::is_ascii_alphanumeric).take(32).collect(),
            ));
        }
        let time = time(fields)?;
        if time > now + CLOCK_SKEW {
            return Err(BadEvent::Clock);
        }
        Ok(Self { time })
    }
}

const FILTERS: [&str; 3] = ["tenant", "domains", "window_minutes"];
const KNOWN: [&str; 4] = ["v", "kind", "source", "time"];

fn time(fields: &Map<String, Value>) -> Result<Timestamp, BadEvent> {
    let text = fields.get("time").and_then(Value::as_str).ok_or(BadEvent::Field("time"))?;
    let zoned = text.ends_with('Z') || text.get(10..).is_some_and(|rest| rest.contains(['+', '-']));
    if !zoned {
        return Err(BadEvent::Field("time zone"));
    }
    // jiff reads a leap second as the one before; a schedule never has one.
    let leap = text.get(17..19) == Some("60");
    let time: Timestamp = text.parse().map_err(|_| BadEvent::Field("time"))?;
    if leap || time < EARLIEST { Err(BadEvent::Field("time")) } else { Ok(time) }
}

/// 2020-01-01: no event of ours is older.
const EARLIEST: Timestamp = Timestamp::constant(1_577_836_800, 0);

/// A run did not finish. What it did not send is still due.
#[derive(Debug, thiserror::Error)]
pub enum ScheduleError {
    /// The tables.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The queues.
    #[error(transparent)]
    Unavailable(#[from] Unavailable),
}

/// What a run did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Dispatched {
    /// Tasks sent.
    pub sent: usize,
    /// Whether the deadline came first; the rest is still due.
    pub cut_short: bool,
    /// Rows that could not be read. They are left alone and told, so that one never stops the others.
    pub unreadable: usize,
    /// Tasks among the sent that stand in for one that nobody worked off in time.
    pub unworked: usize,
}

/// Sends a task for every stream that is due, as far as the deadline allows.
pub async fn dispatch(
    cloud: &(impl Table + Queue + Clock),
    deadline: Timestamp,
) -> Result<Dispatched, ScheduleError> {
    let now = cloud.now();
    let mut done = Dispatched::default();
    for shard in shards(now) {
        loop {
            if cloud.now() >= deadline {
                done.cut_short = true;
                return Ok(done);
            }
            let rows = cloud.due(TableName::Streams, &shard, now, DUE_AT_ONCE).await?;
            let full = rows.len() == DUE_AT_ONCE;
            let found = rows.len();
            let due: Vec<_> = rows.into_iter().filter_map(|row| decode::<Stream>(row).ok()).collect();
            done.unreadable += found - due.len();
            let plan = plan(due, now);
            done.unworked +=
                plan.now.iter().filter(|(held, _)| held.value.slot > held.value.finished).count();
            done.sent += send(cloud, &plan).await?;
            let moved = mark(cloud, plan).await?;
            // With nothing moved, since no row can be read or another run has them, the same would come again.
            if !full || moved == 0 {
                break;
            }
        }
    }
    Ok(done)
}

/// What is to become of the streams that are due.
#[derive(Default)]
struct Plan {
    /// These are sent, each after this delay.
    now: Vec<(Held<Stream>, SignedDuration)>,
    /// These are due at a later moment.
    later: Vec<(Held<Stream>, Timestamp)>,
}

/// Where many are overdue, nothing was sent for a while, and what is sent now is spread. Of one connection only
/// a few are sent at once, so that none takes all the workers.
fn plan(due: Vec<Held<Stream>>, now: Timestamp) -> Plan {
    let late =
        |held: &Held<Stream>| held.value.due_at.map_or(SignedDuration::ZERO, |at| now.duration_since(at));
    let crowd = due.iter().filter(|held| late(held) > OVERDUE).count() >= CROWD;
    let (mut plan, mut sent) = (Plan::default(), HashMap::<_, usize>::new());
    for held in due {
        let of_connection = sent.entry(held.value.connection.clone()).or_default();
        *of_connection += 1;
        if *of_connection > CONNECTION_AT_ONCE {
            plan.later.push((held, now + NEXT_RUN));
            continue;
        }
        let spread = match domains::by_name(&held.value.domain).filter(|_| crowd && late(&held) > OVERDUE) {
            None => 0.0,
            Some(domain) => {
                recovery(held.value.cadence(domain)).as_secs_f64() * place_of(&held.value.connection)
            }
        };
        let spread = SignedDuration::from_secs(spread as i64);
        match spread > MAX_DELAY {
            true => plan.later.push((held, now + spread)),
            false => plan.now.push((held, spread)),
        }
    }
    plan
}

async fn send(cloud: &impl Queue, plan: &Plan) -> Result<usize, ScheduleError> {
    let mut sent = 0;
    for domain in domains::DOMAINS {
        let of_domain = plan.now.iter().filter(|(held, _)| held.value.domain == domain.name);
        let messages: Vec<_> = of_domain
            .map(|(held, delay)| message(&task_of(&held.value, held.value.slot + 1), *delay))
            .collect();
        if !messages.is_empty() {
            cloud.send(QueueName::Fetch(domain.name), &messages).await?;
            sent += messages.len();
        }
    }
    Ok(sent)
}

/// Writes when each is due next; how many rows moved.
async fn mark(cloud: &(impl Table + Clock), plan: Plan) -> Result<usize, ScheduleError> {
    let now = cloud.now();
    let sent = plan.now.into_iter().map(|(mut held, delay)| {
        held.value.slot += 1;
        held.value.due_at = Some(now + delay + HORIZON);
        held
    });
    let put_off = plan.later.into_iter().map(|(mut held, due)| {
        held.value.due_at = Some(due);
        held
    });
    let rows: Vec<_> = sent.chain(put_off).collect();
    let mut moved = 0;
    for together in rows.chunks(MARKED_AT_ONCE) {
        for written in join_all(together.iter().map(|held| write(cloud, held))).await {
            moved += usize::from(written?);
        }
    }
    Ok(moved)
}

async fn write(table: &impl Table, held: &Held<Stream>) -> Result<bool, ScheduleError> {
    match table.write(&[Write::replace(held)?]).await {
        Ok(()) => Ok(true),
        // A worker or another run has it already.
        Err(WriteError::Conflict) => Ok(false),
        Err(WriteError::Store(error)) => Err(error.into()),
    }
}

/// The task for a stream's slot.
pub fn task_of(stream: &Stream, slot: u64) -> FetchTask {
    FetchTask {
        v: VERSION,
        tenant: stream.tenant.clone(),
        connection: stream.connection.clone(),
        domain: stream.domain.clone(),
        scope: stream.scope.clone(),
        generation: stream.generation,
        slot,
        saw: None,
    }
}

/// A fetch task as a message.
pub fn message(task: &FetchTask, delay: SignedDuration) -> Outgoing {
    // A struct of ids and numbers always serializes.
    let body = serde_json::to_string(task).unwrap_or_default();
    Outgoing { body, delay: delay.clamp(SignedDuration::ZERO, MAX_DELAY) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn now() -> Timestamp {
        "2026-11-21T10:00:00Z".parse().unwrap()
    }

    fn parse(event: &Value) -> Result<Run, String> {
        Run::parse(event, "dispatch", now()).map_err(|error| error.to_string())
    }

    fn event(change: impl FnOnce(&mut Map<String, Value>)) -> Value {
        let mut event =
            json!({"v": 1, "kind": "dispatch", "source": "aws.events", "time": "2026-11-21T10:00:00Z"});
        change(event.as_object_mut().unwrap());
        event
    }

    #[test]
    fn the_schedules_event_is_read() {
        assert_eq!(parse(&event(|_| ())).unwrap().time, now());
    }

    #[test]
    fn table_4d_25_what_is_no_number_is_no_event() {
        assert!(serde_json::from_str::<Value>(r#"{"v": 1, "window_minutes": NaN}"#).is_err());
    }

    #[test]
    fn each_malformed_event_has_its_code() {
        let cases: [(Value, &str); 18] = [
            (json!([]), "E_SCHED_JSON: not a JSON object"),
            (json!({}), "E_SCHED_FIELD(kind)"),
            (json!({"key1": "value1", "key2": "value2"}), "E_SCHED_FIELD(kind)"),
            (event(|e| drop(e.insert("kind".into(), json!("refresh")))), "E_SCHED_FIELD(kind)"),
            (event(|e| drop(e.remove("v"))), "E_SCHED_VERSION: no `v`, or not one this build knows"),
            (event(|e| drop(e.remove("time"))), "E_SCHED_FIELD(time)"),
            (
                event(|e| drop(e.insert("time".into(), json!("2026-11-21T10:00:00")))),
                "E_SCHED_FIELD(time zone)",
            ),
            (
                event(|e| drop(e.insert("time".into(), json!("2026-11-21T11:00:00Z")))),
                "E_SCHED_CLOCK: the event is from the future",
            ),
            (event(|e| drop(e.insert("time".into(), json!("0000-01-01T00:00:00Z")))), "E_SCHED_FIELD(time)"),
            (event(|e| drop(e.insert("time".into(), json!("9999-12-31T23:59:59Z")))), "E_SCHED_FIELD(time)"),
            (event(|e| drop(e.insert("time".into(), json!("2026-06-30T23:59:60Z")))), "E_SCHED_FIELD(time)"),
            (event(|e| drop(e.insert("tenant".into(), json!("x")))), "E_SCHED_FIELD(tenant)"),
            (event(|e| drop(e.insert("domains".into(), json!(["*"])))), "E_SCHED_FIELD(domains)"),
            // A run that left the unknown one out would not say so.
            (
                event(|e| drop(e.insert("domains".into(), json!(["orders", "shoes"])))),
                "E_SCHED_FIELD(domains)",
            ),
            (event(|e| drop(e.insert("window_minutes".into(), json!(-1)))), "E_SCHED_FIELD(window_minutes)"),
            (event(|e| drop(e.insert("url".into(), json!("http://x")))), "E_SCHED_UNKNOWN(url)"),
            (event(|e| drop(e.remove("source"))), "E_SCHED_SOURCE: not from the schedule"),
            (
                event(|e| drop(e.insert("source".into(), json!("aws.apigateway")))),
                "E_SCHED_SOURCE: not from the schedule",
            ),
        ];
        for (event, code) in cases {
            assert_eq!(parse(&event).unwrap_err(), code, "{event}");
        }
    }
}
