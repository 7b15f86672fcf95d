//! The functions themselves, their logs and the clocks that start them.

use crate::changes::{add, push, remove, set};
use crate::template::{list, named, on_aws, show};
use crate::{expect, promise};
use sellerport_core::domains::{Domain, Source, by_name};
use sellerport_core::lease::LEASE;
use sellerport_core::ports::MAX_DELAY;
use sellerport_core::schedule::{HORIZON, Run};
use serde_json::{Value, json};

/// The functions beside the fetchers: logical id, last part of its name, seconds it may take.
const FUNCTIONS: [(&str, &str, u64); 9] = [
    ("OauthFunction", "oauth", 25),
    ("ConsoleFunction", "console", 15),
    ("RefreshFunction", "refresh", 30),
    ("DispatchFunction", "dispatch", 55),
    ("RotateFunction", "rotate", 29),
    ("NotifyFunction", "notify", 60),
    ("EraseFunction", "erase", 300),
    ("ShapeFunction", "shape", 840),
    ("CallFunction", "call", 29),
];
/// A year, in days.
const LOG_DAYS: u64 = 365;

#[test]
fn a_lease_outlives_every_function_that_works_under_one() {
    let check = |template: &Value| {
        let mut complaints = Vec::new();
        for (name, function) in on_aws(template).functions() {
            let seconds = function["Timeout"].as_i64().unwrap_or(i64::MAX - 10);
            let lease = match fetched(name) {
                Some(domain) => domain.lease(),
                None if name == "RefreshFunction" => LEASE,
                None => continue,
            };
            expect(&mut complaints, seconds + 10 <= lease.as_secs(), format!("{name} runs too long"));
            // Whoever finds the lease taken comes back when it is over, by one message; and a task at work is not
            // sent again by the schedule.
            expect(&mut complaints, lease <= MAX_DELAY.min(HORIZON), format!("{name}: too long a lease"));
        }
        complaints
    };
    let timeout = |name: &str| set(&format!("Resources/{name}/Properties/Timeout"), json!(70));
    let long = set("Resources/FetchreturnsFunction/Properties/Timeout", json!(606));
    promise(check, vec![timeout("FetchordersFunction"), timeout("RefreshFunction"), long]);
}

/// The domain that a function fetches.
fn fetched(function: &str) -> Option<&'static Domain> {
    by_name(function.strip_prefix("Fetch")?.strip_suffix("Function")?)
}

/// A document of 3 GB in a function of 256 MB: alone, with time enough; everything else soon, and some together.
#[test]
fn a_document_is_alone_in_its_function_and_has_the_time_that_it_takes() {
    let check = |template: &Value| {
        let mut complaints = Vec::new();
        for (name, function, mapping) in on_aws(template).mappings() {
            let Some(domain) = fetched(name) else { continue };
            let right = function["Timeout"].as_i64() == Some(domain.run_time().as_secs());
            expect(&mut complaints, right, format!("{name} has another time than its domain's runs"));
            expect(&mut complaints, function["MemorySize"] == 256, format!("{name} has other memory"));
            let together = if matches!(domain.source, Source::Report(_)) { 1 } else { 5 };
            let right = mapping["BatchSize"] == together;
            expect(&mut complaints, right, format!("{name} gets more or less than {together} at once"));
        }
        complaints
    };
    let of = |domain: &str| format!("Resources/Fetch{domain}Function/Properties");
    promise(
        check,
        vec![
            set(&format!("{}/Timeout", of("returns")), json!(60)),
            set(&format!("{}/Timeout", of("orders")), json!(600)),
            set(&format!("{}/MemorySize", of("ledger")), json!(128)),
            set(&format!("{}/Events/Task/Properties/BatchSize", of("settlements")), json!(5)),
            set(&format!("{}/Events/Task/Properties/BatchSize", of("orders")), json!(1)),
        ],
    );
}

#[test]
fn each_function_is_a_small_arm_binary_with_a_deadline() {
    let check = |template: &Value| {
        let stack = on_aws(template);
        let mut complaints = Vec::new();
        for (name, function) in stack.functions() {
            let known = FUNCTIONS.iter().find(|(id, _, _)| *id == name);
            let right = match known {
                Some((_, short, seconds)) => {
                    named(&function["FunctionName"], short)
                        && function["CodeUri"] == format!("../target/lambda/{short}")
                        && function["Handler"] == "bootstrap"
                        && function["Timeout"] == *seconds
                }
                None => fetched(name).is_some(),
            };
            expect(&mut complaints, right, format!("{name}: another name, code, handler or timeout"));
            let plain =
                function["Runtime"] == "provided.al2023" && function["Architectures"] == json!(["arm64"]);
            expect(&mut complaints, plain, format!("{name} runs elsewhere"));
        }
        for (id, _, _) in FUNCTIONS {
            expect(&mut complaints, !stack.properties(id).is_null(), format!("there is no {id}"));
        }
        complaints
    };
    promise(
        check,
        vec![
            set("Resources/OauthFunction/Properties/Timeout", json!(900)),
            set("Resources/ConsoleFunction/Properties/CodeUri", json!("../target/lambda/oauth")),
            set("Globals/Function/Runtime", json!("provided.al2")),
            remove("Globals/Function/Architectures"),
            remove("Resources/DispatchFunction"),
            remove("Resources/EraseFunction"),
            set("Resources/RotateFunction/Properties/Timeout", json!(900)),
            add(crate::template::FUNCTION, json!({"Timeout": 60})),
        ],
    );
}

/// A20, A21
#[test]
fn a_function_has_no_address_of_its_own_and_starts_for_named_sources_only() {
    let check = |template: &Value| {
        let stack = on_aws(template);
        let mut complaints = Vec::new();
        for (name, function) in stack.functions() {
            let addressed = function.get("FunctionUrlConfig").is_some();
            expect(&mut complaints, !addressed, format!("{name} has an address"));
            for event in function["Events"].as_object().into_iter().flat_map(|events| events.values()) {
                expect(
                    &mut complaints,
                    event["Type"] == "SQS",
                    format!("{name} starts for {}", event["Type"]),
                );
            }
        }
        for (name, _) in stack.of("AWS::Lambda::Url") {
            expect(&mut complaints, false, format!("{name} is an address"));
        }
        for (name, permission) in stack.of("AWS::Lambda::Permission") {
            let source = show(&permission["SourceArn"]);
            let right = match permission["Principal"].as_str() {
                Some("events.amazonaws.com") => !stack.properties(&source)["Targets"].is_null(),
                Some("apigateway.amazonaws.com") => source.ends_with(":Api/*"),
                _ => false,
            };
            let invokes = permission["Action"] == "lambda:InvokeFunction";
            expect(&mut complaints, right && invokes, format!("{name} lets somebody else in"));
        }
        complaints
    };
    let clock = "Resources/DispatchEveryMinuteMayInvoke/Properties";
    promise(
        check,
        vec![
            set("Resources/ConsoleFunction/Properties/FunctionUrlConfig", json!({"AuthType": "NONE"})),
            set("Resources/ConsoleFunction/Properties/Events", json!({"Web": {"Type": "HttpApi"}})),
            add("AWS::Lambda::Url", json!({"AuthType": "NONE"})),
            remove(&format!("{clock}/SourceArn")),
            set(&format!("{clock}/Principal"), json!("*")),
            set(&format!("{clock}/Action"), json!("lambda:*")),
            set("Resources/ApiMayInvokeConsole/Properties/SourceArn", json!("arn:aws:execute-api:*")),
        ],
    );
}

/// A13
#[test]
fn the_environment_names_things_and_holds_no_secret() {
    let check = |template: &Value| {
        let mut complaints = Vec::new();
        for (function, properties) in on_aws(template).functions() {
            let Some(variables) = properties["Environment"]["Variables"].as_object() else {
                complaints.push(format!("{function} has no environment"));
                continue;
            };
            for (name, value) in variables {
                let reference = ["Ref", "Fn::GetAtt", "Fn::Sub"].iter().any(|how| value.get(how).is_some());
                expect(&mut complaints, reference, format!("{function}: {name} is written out"));
                let about = ["SECRET", "TOKEN", "PASSWORD", "CREDENTIAL", "SENSITIVE"];
                let right = name == "QUEUE_SECRET" || !about.iter().any(|word| name.contains(word));
                expect(&mut complaints, right, format!("{function}: {name} sounds like a secret"));
                // CloudFormation would put the secret itself into the configuration.
                let resolved = value.to_string().contains("{{resolve:");
                expect(&mut complaints, !resolved, format!("{function}: {name} is resolved"));
            }
            for name in ["STACK_NAME", "LOG_LEVEL"] {
                expect(&mut complaints, variables.contains_key(name), format!("{function} lacks {name}"));
            }
        }
        complaints
    };
    let variable = |name: &str| format!("Resources/OauthFunction/Properties/Environment/Variables/{name}");
    promise(
        check,
        vec![
            set(&variable("EVENT_BUS"), json!("sellerport")),
            set(&variable("CLIENT_SECRET"), json!({"Ref": "HomeTenant"})),
            set(&variable("LOG_SENSITIVE_BODIES"), json!({"Ref": "LogLevel"})),
            set(
                &variable("CLIENT"),
                json!({"Fn::Sub": "{{resolve:secretsmanager:${AWS::StackName}/application/main}}"}),
            ),
            remove("Globals/Function/Environment"),
        ],
    );
}

/// A14
#[test]
fn each_function_writes_to_a_log_of_its_own_that_is_kept_a_year() {
    let check = |template: &Value| {
        let stack = on_aws(template);
        let mut complaints = Vec::new();
        for (name, log) in stack.of("AWS::Logs::LogGroup") {
            expect(&mut complaints, log["RetentionInDays"] == LOG_DAYS, format!("{name} is not kept a year"));
        }
        for (name, function) in stack.functions() {
            let log = stack.properties(&name.replace("Function", "Log"));
            let own =
                format!("/aws/lambda/{}", function["FunctionName"]["Fn::Sub"].as_str().unwrap_or_default());
            expect(
                &mut complaints,
                log["LogGroupName"]["Fn::Sub"] == own,
                format!("{name} has no log of its own"),
            );
        }
        complaints
    };
    promise(
        check,
        vec![
            set("Resources/OauthLog/Properties/RetentionInDays", json!(30)),
            remove("Resources/ApiLog/Properties/RetentionInDays"),
            remove("Resources/RefreshLog"),
            remove("Resources/RotateLog"),
            set("Resources/EraseLog/Properties/RetentionInDays", json!(3653)),
            set(
                "Resources/ConsoleLog/Properties/LogGroupName/Fn::Sub",
                json!("/aws/lambda/${AWS::StackName}-oauth"),
            ),
        ],
    );
}

/// A18, A19
#[test]
fn a_clock_starts_one_function_with_an_event_it_reads_and_the_next_tick_is_the_retry() {
    let check = |template: &Value| {
        let stack = on_aws(template);
        let mut complaints = Vec::new();
        let now = "2026-11-21T10:00:00Z";
        for (name, rule) in stack.of("AWS::Events::Rule") {
            let targets = list(&rule["Targets"]);
            expect(&mut complaints, targets.len() == 1, format!("{name} starts {} things", targets.len()));
            for target in targets {
                let retry = json!({"MaximumRetryAttempts": 0, "MaximumEventAgeInSeconds": 60});
                expect(&mut complaints, target["RetryPolicy"] == retry, format!("{name} is repeated"));
                let function = show(&target["Arn"]);
                let sent = target["InputTransformer"]["InputTemplate"].as_str().unwrap_or_default();
                let event = serde_json::from_str(&sent.replace("<time>", now)).unwrap_or_default();
                let kind = function.trim_end_matches("Function").to_lowercase();
                let read = Run::parse(&event, &kind, now.parse().unwrap());
                expect(&mut complaints, read.is_ok(), format!("{name}: {function} cannot read {sent}"));
                let again = &stack.properties(&function)["EventInvokeConfig"]["MaximumRetryAttempts"];
                expect(&mut complaints, *again == 0, format!("{function} is started again by AWS"));
                let allowed = stack.of("AWS::Lambda::Permission").any(|(_, permission)| {
                    show(&permission["SourceArn"]) == name && show(&permission["FunctionName"]) == function
                });
                expect(&mut complaints, allowed, format!("{name} may not start {function}"));
            }
        }
        let clocks = [
            ("DispatchEveryMinute", "rate(1 minute)"),
            ("RefreshEveryFiveMinutes", "rate(5 minutes)"),
            ("RotateEveryHour", "rate(1 hour)"),
            ("NotifyEveryFiveMinutes", "rate(5 minutes)"),
            ("EraseEveryHour", "rate(1 hour)"),
            ("ShapeEveryQuarter", "rate(15 minutes)"),
        ];
        for (name, rate) in clocks {
            let right = stack.properties(name)["ScheduleExpression"] == rate;
            expect(&mut complaints, right, format!("{name} has another rate"));
        }
        let now = &stack.properties("DispatchNow")["EventPattern"];
        let wanted =
            json!({"source": ["sellerport"], "detail-type": ["connection.connected", "fetch.requested"]});
        expect(&mut complaints, *now == wanted, "DispatchNow hears other events");
        complaints
    };
    let target = "Resources/DispatchEveryMinute/Properties/Targets/[dispatch]";
    promise(
        check,
        vec![
            remove(&format!("{target}/RetryPolicy")),
            set(&format!("{target}/RetryPolicy/MaximumRetryAttempts"), json!(185)),
            set(
                &format!("{target}/InputTransformer/InputTemplate"),
                json!(r#"{"v":1,"kind":"refresh","source":"aws.events","time":"<time>"}"#),
            ),
            set(
                &format!("{target}/InputTransformer/InputTemplate"),
                json!(r#"{"v":1,"kind":"dispatch","time":"<time>"}"#),
            ),
            remove("Resources/RefreshFunction/Properties/EventInvokeConfig"),
            remove("Resources/DispatchNowMayInvoke"),
            remove("Resources/EraseEveryHour"),
            remove("Resources/ShapeEveryQuarter"),
            remove("Resources/RotateEveryHourMayInvoke"),
            set("Resources/RefreshEveryFiveMinutes/Properties/ScheduleExpression", json!("rate(1 day)")),
            push("Resources/DispatchNow/Properties/EventPattern/detail-type", json!("records.landed")),
            push(
                "Resources/DispatchNow/Properties/Targets",
                json!({"Id": "more", "Arn": {"Fn::GetAtt": "ConsoleFunction.Arn"}}),
            ),
        ],
    );
}
