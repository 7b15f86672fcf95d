//! The example events in `events/`: all listed, in AWS's shape, and read by the code as its README says.

use crate::template::file;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sellerport_core::announce::EVENTS;
use sellerport_core::domains::{DOMAINS, Source};
use sellerport_core::invocation::Invocation;
use sellerport_core::schedule::Run;
use sellerport_core::secret::Ticket;
use sellerport_core::session::{Role, form_token};
use sellerport_core::task::{FetchTask, RefreshTask};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::path::Path;

/// The events' file names.
pub(crate) fn names() -> BTreeSet<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../events");
    let files =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    files.filter(|name| name != "README.md").collect()
}

fn event(name: &str) -> Value {
    serde_json::from_str(&file(&format!("events/{name}"))).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// The cells of the rows of the README's tables.
fn rows(readme: &str) -> Vec<Vec<&str>> {
    let rows = readme.lines().filter(|line| line.starts_with("| "));
    rows.map(|row| row.trim_matches('|').split('|').map(|cell| cell.trim().trim_matches('`')).collect())
        .collect()
}

/// What is listed but not there, or there but not listed.
fn unlisted(names: &BTreeSet<String>, readme: &str) -> Vec<String> {
    let rows = rows(readme).into_iter().map(|row| row[0]).filter(|name| name.ends_with(".json"));
    let for_each_domain = |name: &str| match name.contains("<domain>") {
        true => DOMAINS.iter().map(|domain| name.replace("<domain>", domain.name)).collect(),
        false => vec![name.to_owned()],
    };
    let listed: BTreeSet<_> = rows.flat_map(for_each_domain).collect();
    names.symmetric_difference(&listed).cloned().collect()
}

#[test]
fn every_event_is_json_and_listed() {
    let names = names();
    names.iter().for_each(|name| drop(event(name)));
    let readme = file("events/README.md");
    assert_eq!(unlisted(&names, &readme), Vec::<String>::new());
    assert_eq!(unlisted(&names, &readme.replace("| `api-home.json`", "| home")), ["api-home.json"]);
    let more = names.iter().cloned().chain(["new.json".to_owned()]).collect();
    assert_eq!(unlisted(&more, &readme), ["new.json"]);
}

#[test]
fn every_event_of_the_bus_is_explained() {
    let readme = file("events/README.md");
    let told: BTreeSet<_> = rows(&readme).into_iter().map(|row| row[0].to_owned()).collect();
    let missing = |names: &[&'static str]| -> Vec<&str> {
        names.iter().copied().filter(|name| !told.contains(*name)).collect()
    };
    assert_eq!(missing(&EVENTS), [""; 0]);
    assert_eq!(missing(&["records.landed", "records.differ", "fetch.requested", "doctor.checked"]), [""; 0]);
    assert_eq!(missing(&["application.calls_odd"]), ["application.calls_odd"], "the control");
}

/// What in a text looks like a real account or a real secret.
fn real(text: &str) -> Vec<String> {
    let digits = text.split(|c: char| !c.is_ascii_digit()).filter(|run| run.len() == 12);
    // A message's id ends in twelve digits too; ours begin with zeros.
    let accounts =
        digits.filter(|run| *run != "123456789012" && !run.starts_with("00000000")).map(str::to_owned);
    let secrets = ["Atzr|", "Atza|", "amzn1.oa2-cs", "AKIA", "ASIA", "X-Amz-Signature"];
    accounts.chain(secrets.into_iter().filter(|secret| text.contains(secret)).map(str::to_owned)).collect()
}

#[test]
fn no_event_holds_a_real_account_or_a_secret() {
    for name in names() {
        assert_eq!(real(&file(&format!("events/{name}"))), Vec::<String>::new(), "{name}");
    }
    assert_eq!(
        real(r#"{"arn":"arn:aws:sqs:eu-central-1:210987654321:q","t":"Atza|x"}"#),
        ["210987654321", "Atza|"]
    );
}

/// What an HTTP API's event of format 2.0 lacks.
fn not_http(event: &Value) -> Vec<&'static str> {
    let context = &event["requestContext"];
    let parts = [
        ("version", event["version"] == "2.0"),
        ("routeKey", event["routeKey"].is_string() && event["routeKey"] == context["routeKey"]),
        ("rawPath", event["rawPath"].is_string() && event["rawPath"] == context["http"]["path"]),
        ("rawQueryString", event["rawQueryString"].is_string()),
        ("cookies", event["cookies"].as_array().is_some_and(|cookies| cookies.iter().all(Value::is_string))),
        (
            "headers",
            event["headers"]["host"] == context["domainName"] && event["headers"].get("cookie").is_none(),
        ),
        ("requestContext.http.method", context["http"]["method"].is_string()),
        ("requestContext.timeEpoch", context["timeEpoch"].is_i64()),
        ("requestContext.accountId", context["accountId"] == "123456789012"),
        ("requestContext.stage", context["stage"] == "$default"),
        ("isBase64Encoded", event["isBase64Encoded"].is_boolean()),
    ];
    parts.into_iter().filter(|(_, right)| !right).map(|(part, _)| part).collect()
}

#[test]
fn a_web_event_has_the_gateways_shape() {
    let web: Vec<_> = names().into_iter().filter(|name| name.starts_with("api-")).collect();
    assert_eq!(web.len(), 4, "one for each way to call the API");
    for name in web {
        assert_eq!(not_http(&event(&name)), Vec::<&str>::new(), "{name}");
    }
    let mut broken = event("api-home.json");
    broken["version"] = json!("1.0");
    broken["headers"]["cookie"] = json!("a=b");
    assert_eq!(not_http(&broken), ["version", "headers"]);
}

#[test]
fn the_connect_form_carries_the_token_that_its_session_asks_for() {
    let event = event("api-connect.json");
    assert_eq!(event["isBase64Encoded"], true);
    let body = STANDARD.decode(event["body"].as_str().unwrap()).unwrap();
    let length = event["headers"]["content-length"].as_str().unwrap();
    assert_eq!(length, body.len().to_string());
    let cookie = event["cookies"][0].as_str().unwrap().split_once('=').unwrap().1;
    let token = form_token(&Ticket::parse(cookie).unwrap());
    let form = String::from_utf8(body).unwrap();
    assert_eq!(form, format!("csrf={}&store=DE&kind=seller", token.as_str()));
}

#[test]
fn a_run_is_read_by_its_function_and_by_no_other() {
    let now = "2026-11-01T10:00:00Z".parse().unwrap();
    for (name, kind, other) in [
        ("dispatch-schedule.json", "dispatch", "refresh"),
        ("dispatch-connected.json", "dispatch", "refresh"),
        ("refresh-schedule.json", "refresh", "dispatch"),
        ("rotate-schedule.json", "rotate", "erase"),
        ("erase-schedule.json", "erase", "rotate"),
        ("shape-schedule.json", "shape", "erase"),
        ("notify-schedule.json", "notify", "rotate"),
    ] {
        assert_eq!(Run::parse(&event(name), kind, now).unwrap().time, now, "{name}");
        assert!(Run::parse(&event(name), other, now).is_err(), "{name}");
    }
    let Ok(Some(Invocation::Link(link))) = Invocation::parse(&event("console-sign-in-link.json")) else {
        panic!("no link");
    };
    assert_eq!((link.user.as_str(), link.tenant.as_str(), link.role), ("owner", "main", Role::Operator));
    let Ok(Some(Invocation::Api(call))) = Invocation::parse(&event("console-api.json")) else {
        panic!("no call of the API");
    };
    assert_eq!((call.method.as_str(), call.path.as_str()), ("GET", "/api/connections"));
}

/// The bodies of an SQS event of this queue, which must have all that AWS sends.
fn bodies(event: &Value, queue: &str) -> Vec<String> {
    let arn = format!("arn:aws:sqs:eu-central-1:123456789012:sellerport-{queue}");
    let records = event["Records"].as_array().unwrap();
    let ids: BTreeSet<_> = records.iter().map(|record| record["messageId"].as_str().unwrap()).collect();
    assert_eq!(ids.len(), records.len(), "each message has its own id");
    let body = |record: &Value| {
        assert_eq!((&record["eventSource"], &record["eventSourceARN"]), (&json!("aws:sqs"), &json!(arn)));
        let texts = ["receiptHandle", "md5OfBody", "awsRegion"].map(|field| record[field].is_string());
        assert_eq!(texts, [true; 3], "{record}");
        let attributes =
            ["ApproximateReceiveCount", "SentTimestamp", "SenderId", "ApproximateFirstReceiveTimestamp"];
        assert_eq!(attributes.map(|name| record["attributes"][name].is_string()), [true; 4], "{record}");
        record["body"].as_str().unwrap().to_owned()
    };
    records.iter().map(body).collect()
}

#[test]
fn the_tasks_are_read() {
    let tasks = bodies(&event("refresh-task.json"), "refresh");
    assert_eq!(tasks.iter().map(|body| RefreshTask::parse(body)).filter(Result::is_ok).count(), 1);
    assert_eq!(bodies(&event("rotate-secret-ending.json"), "secret").len(), 1);
    assert_eq!(bodies(&event("notify-told.json"), "notifications").len(), 2, "one in each spelling");
    for domain in DOMAINS {
        let name = format!("fetch-{}", domain.name);
        let tasks = bodies(&event(&format!("{name}.json")), &name);
        // One that fails must not take the other along; a document is alone in its function's memory.
        let together = if matches!(domain.source, Source::Report(_)) { 1 } else { 2 };
        assert_eq!(tasks.len(), together, "{name}");
        for body in tasks {
            assert_eq!(FetchTask::parse(&body).unwrap().domain, domain.name);
        }
    }
}

#[test]
fn each_malformed_message_is_parked_for_the_reason_that_the_readme_gives() {
    let refused = |body: &String| FetchTask::parse(body).unwrap_err().to_string();
    let found: Vec<_> =
        bodies(&event("fetch-orders-malformed.json"), "fetch-orders").iter().map(refused).collect();
    let readme = file("events/README.md");
    let told: Vec<_> = rows(&readme).into_iter().filter(|row| row[1].starts_with("E_MSG")).collect();
    assert_eq!(found.len(), told.len());
    for (found, told) in found.iter().zip(told) {
        assert_eq!(found.split(": ").next().unwrap(), told[1], "{}", told[0]);
    }
}
