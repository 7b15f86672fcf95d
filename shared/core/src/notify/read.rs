//! A notification as it comes. Amazon's schemas write some types in camel case and some in Pascal case: both are
//! read, whatever the type.

use super::kinds::by_name;
use crate::task::BadMessage;
use jiff::Timestamp;
use serde_json::{Map, Value};

/// Characters of an id of Amazon's at most: its own have 36, its samples 52.
const ID_MAX: usize = 128;

/// What of a notification is looked at.
#[derive(Debug)]
pub(super) struct Notification {
    /// Its type.
    pub(super) kind: String,
    /// The subscription that it claims to belong to.
    pub(super) subscription: String,
    /// The application that it claims to be for.
    pub(super) application: String,
    /// When what it tells of happened, never later than now.
    pub(super) at: Timestamp,
    /// Whether its own time lies ahead of ours.
    pub(super) ahead: bool,
    /// What it claims to be about, where its type names one thing.
    pub(super) name: Option<String>,
}

/// Reads a message. Its nesting is limited by the reader of JSON, 128 deep.
pub(super) fn read(body: &str, now: Timestamp) -> Result<Notification, BadMessage> {
    let message: Map<String, Value> = serde_json::from_str(body).map_err(|_| BadMessage::Json)?;
    let kind = text(&message, "notificationType")?;
    let metadata = find(&message, "notificationMetadata").and_then(Value::as_object);
    let metadata = metadata.ok_or_else(|| BadMessage::Field("notificationMetadata".to_owned()))?;
    // Samples of Amazon's have event times long before the change they tell of: the later of both counts.
    let told = [(&message, "eventTime"), (metadata, "publishTime")].into_iter().filter_map(moment).max();
    // As precisely as our clock and our rows.
    let whole = |at: Timestamp| Timestamp::from_millisecond(at.as_millisecond()).unwrap_or(at);
    let name = by_name(&kind).and_then(|kind| named(&message, kind.names));
    Ok(Notification {
        name,
        kind,
        subscription: text(metadata, "subscriptionId")?,
        application: text(metadata, "applicationId")?,
        at: told.map_or(now, |told| whole(told.min(now))),
        ahead: told.is_some_and(|told| told > now + crate::schedule::CLOCK_SKEW),
    })
}

/// The name that the payload gives at this path; a text that is none is as good as none.
fn named(message: &Map<String, Value>, path: &str) -> Option<String> {
    let (above, last) = path.rsplit_once('.')?;
    let payload = find(message, "payload")?.as_object()?;
    let of = above.split('.').try_fold(payload, |here, name| find(here, name)?.as_object())?;
    text(of, last).ok()
}

/// A field in either spelling; its name is given in camel case.
fn find<'a>(of: &'a Map<String, Value>, name: &str) -> Option<&'a Value> {
    of.get(name).or_else(|| {
        let (first, rest) = name.split_at_checked(1)?;
        of.get(&format!("{}{rest}", first.to_ascii_uppercase()))
    })
}

fn text(of: &Map<String, Value>, name: &str) -> Result<String, BadMessage> {
    let text = find(of, name).and_then(Value::as_str).unwrap_or_default();
    let plain = text.bytes().all(|byte| byte.is_ascii_graphic());
    match plain && (1..=ID_MAX).contains(&text.len()) {
        true => Ok(text.to_owned()),
        false => Err(BadMessage::Field(name.to_owned())),
    }
}

/// A time that cannot be read is as good as none: the hint holds for now.
fn moment((of, name): (&Map<String, Value>, &str)) -> Option<Timestamp> {
    find(of, name).and_then(Value::as_str).and_then(|text| text.parse().ok())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn now() -> Timestamp {
        "2026-11-21T10:00:00Z".parse().unwrap()
    }

    fn camel() -> Value {
        json!({
            "notificationVersion": "2020-09-04",
            "notificationType": "REPORT_PROCESSING_FINISHED",
            "payloadVersion": "2020-09-04",
            "eventTime": "2026-11-21T09:58:00.213Z",
            "payload": {"reportProcessingFinishedNotification": {"reportId": "1"}},
            "notificationMetadata": {
                "applicationId": "app", "subscriptionId": "sub",
                "publishTime": "2026-11-21T09:59:00Z", "notificationId": "n",
            },
        })
    }

    /// The same as Amazon writes most types.
    fn pascal(value: &Value) -> Value {
        match value {
            Value::Object(fields) => {
                let big = |name: &String| name[..1].to_ascii_uppercase() + &name[1..];
                fields.iter().map(|(name, value)| (big(name), pascal(value))).collect::<Map<_, _>>().into()
            }
            other => other.clone(),
        }
    }

    #[test]
    fn both_spellings_say_the_same() {
        for message in [camel(), pascal(&camel())] {
            let read = read(&message.to_string(), now()).unwrap();
            assert_eq!(read.kind, "REPORT_PROCESSING_FINISHED");
            assert_eq!((read.subscription.as_str(), read.application.as_str()), ("sub", "app"));
            assert_eq!(read.at.to_string(), "2026-11-21T09:59:00Z");
            assert!(!read.ahead);
        }
    }

    #[test]
    fn an_order_is_named_in_either_spelling_and_what_is_no_text_names_none() {
        let told = |id: Value| {
            let mut message = camel();
            message["notificationType"] = json!("ORDER_CHANGE");
            message["payload"] = json!({"orderChangeNotification": {"amazonOrderId": id}});
            message
        };
        for message in [told(json!("903-1")), pascal(&told(json!("903-1")))] {
            assert_eq!(read(&message.to_string(), now()).unwrap().name.as_deref(), Some("903-1"));
        }
        for odd in [json!(null), json!(7), json!(""), json!("a b"), json!("x".repeat(129)), json!(["903-1"])]
        {
            assert_eq!(read(&told(odd).to_string(), now()).unwrap().name, None);
        }
        assert_eq!(read(&camel().to_string(), now()).unwrap().name, None, "nobody looks");
    }

    #[test]
    fn a_time_that_is_ahead_missing_or_no_time_is_now() {
        for (time, ahead) in
            [(json!("2026-11-22T10:00:00Z"), true), (Value::Null, false), (json!("x"), false)]
        {
            let mut message = camel();
            message["eventTime"] = time;
            message["notificationMetadata"]["publishTime"] = Value::Null;
            let read = read(&message.to_string(), now()).unwrap();
            assert_eq!((read.at, read.ahead), (now(), ahead));
        }
    }

    #[test]
    fn each_malformed_one_has_its_code_and_nothing_of_it_is_repeated() {
        let with = |change: fn(&mut Value)| {
            let mut message = camel();
            change(&mut message);
            message.to_string()
        };
        let deep = "[".repeat(200) + &"]".repeat(200);
        for (body, code) in [
            (String::new(), "E_MSG_JSON: not a JSON object"),
            ("[]".to_owned(), "E_MSG_JSON: not a JSON object"),
            (camel().to_string().replace("\"1\"", &deep), "E_MSG_JSON: not a JSON object"),
            (with(|m| m["notificationType"] = json!(7)), "E_MSG_FIELD(notificationType)"),
            (with(|m| m["notificationMetadata"] = json!([])), "E_MSG_FIELD(notificationMetadata)"),
            (
                with(|m| m["notificationMetadata"]["subscriptionId"] = json!("a b")),
                "E_MSG_FIELD(subscriptionId)",
            ),
            (
                with(|m| m["notificationMetadata"]["subscriptionId"] = json!("x".repeat(129))),
                "E_MSG_FIELD(subscriptionId)",
            ),
            (
                with(|m| m["notificationMetadata"]["applicationId"] = Value::Null),
                "E_MSG_FIELD(applicationId)",
            ),
        ] {
            assert_eq!(read(&body, now()).unwrap_err().to_string(), code);
        }
    }
}
