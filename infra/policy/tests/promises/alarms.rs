//! Alarms (A23): dead letters and work that waits too long.

use crate::changes::{remove, set};
use crate::template::{Stack, deployed, file, list, show};
use crate::{expect, promise};
use sellerport_core::domains::by_name;
use sellerport_core::redrive::COUNTED_EVERY;
use sellerport_core::schedule::HORIZON;
use serde_json::{Value, json};

const TOPIC: [(&str, &str); 1] = [("AlarmTopicArn", "arn:aws:sns:eu-central-1:123456789012:alarms")];

/// The alarm on a queue's metric.
fn on_queue<'a>(stack: &'a Stack, queue: &str, metric: &str) -> Option<&'a Value> {
    let dimension = json!([{"Name": "QueueName", "Value": {"Fn::GetAtt": format!("{queue}.QueueName")}}]);
    let alarm = stack.of("AWS::CloudWatch::Alarm").find(|(_, alarm)| {
        alarm["Namespace"] == "AWS/SQS" && alarm["MetricName"] == metric && alarm["Dimensions"] == dimension
    });
    alarm.map(|(_, alarm)| alarm)
}

/// A metric of SQS: messages waiting.
const WAITING: &str = "ApproximateNumberOfMessagesVisible";
/// A metric of SQS: the longest wait, in seconds.
const AGE: &str = "ApproximateAgeOfOldestMessage";

/// What may wait longer than half an hour before it rings, in seconds: 10,000 lines of an import take that half
/// hour, and a new client secret may take Amazon a while to spread.
const PATIENT: [(&str, u64); 2] = [("ImportQueue", 3600), ("SecretQueue", 3600)];

/// Whether a queue is a domain's: these are looked after together, since an alarm on each would be the most of what an
/// installation costs at rest.
fn together(queue: &str) -> bool {
    let domain = queue
        .strip_prefix("Fetch")
        .and_then(|name| name.strip_suffix("DeadQueue").or_else(|| name.strip_suffix("Queue")));
    domain.and_then(by_name).is_some()
}

/// The alarms on the queues of all domains: metric, seconds of a period, periods.
fn on_all() -> [(&'static str, i64, u64); 2] {
    // Half an hour: a task that nobody worked off was sent again, and that one was not worked off either.
    [("GivenUp", 60 * COUNTED_EVERY, 1), ("Unworked", HORIZON.as_secs(), 2)]
}

#[test]
fn one_dead_message_of_a_domain_or_a_long_wait_rings_whether_metrics_are_made_or_not() {
    let code = file("shared/aws/src/meter.rs");
    let check = |template: &Value| {
        let mut complaints = Vec::new();
        for metrics in ["on", "off"] {
            let stack = deployed(template, &[TOPIC[0], ("Metrics", metrics)]);
            for (metric, period, periods) in on_all() {
                expect(
                    &mut complaints,
                    code.contains(&format!("(\"{metric}\", None)")),
                    format!("nobody makes {metric}"),
                );
                let found =
                    stack.of("AWS::CloudWatch::Alarm").find(|(_, alarm)| alarm["MetricName"] == metric);
                let Some((name, alarm)) = found else {
                    complaints.push(format!("{metric} has no alarm"));
                    continue;
                };
                let of_stack = json!([{"Name": "Stack", "Value": {"Ref": "AWS::StackName"}}]);
                let right = alarm["Namespace"] == "Sellerport"
                    && alarm["Dimensions"] == of_stack
                    && alarm["Statistic"] == "Maximum"
                    && alarm["Threshold"] == 0
                    && alarm["ComparisonOperator"] == "GreaterThanThreshold"
                    && alarm["TreatMissingData"] == "notBreaching";
                expect(&mut complaints, right, format!("{name} rings at the wrong time"));
                let soon = alarm["Period"] == period && alarm["EvaluationPeriods"] == periods;
                expect(&mut complaints, soon, format!("{name} rings early or late"));
                let heard = list(&alarm["AlarmActions"]).into_iter().map(show).eq(["AlarmTopicArn"]);
                expect(&mut complaints, heard, format!("nobody hears {name}"));
            }
        }
        complaints
    };
    let (dead, late) = ("Resources/FetchDeadAlarm", "Resources/FetchLateAlarm");
    promise(
        check,
        vec![
            remove(dead),
            remove(late),
            set(&format!("{dead}/Condition"), json!("HasMetrics")),
            set(&format!("{dead}/Properties/Threshold"), json!(10)),
            set(&format!("{dead}/Properties/Period"), json!(60)),
            set(&format!("{dead}/Properties/Statistic"), json!("Sum")),
            set(&format!("{dead}/Properties/MetricName"), json!("Unworked")),
            set(&format!("{dead}/Properties/Dimensions/0/Value"), json!("sellerport")),
            set(&format!("{late}/Properties/EvaluationPeriods"), json!(96)),
            set(&format!("{late}/Properties/TreatMissingData"), json!("breaching")),
            set(&format!("{late}/Properties/Namespace"), json!("AWS/SQS")),
            remove(&format!("{late}/Properties/AlarmActions")),
        ],
    );
}

#[test]
fn one_dead_message_or_or_a_long_wait_rings() {
    let check = |template: &Value| {
        let stack = deployed(template, &TOPIC);
        let mut complaints = Vec::new();
        for (name, queue) in stack.of("AWS::SQS::Queue").filter(|(name, _)| !together(name)) {
            let read = stack.mappings().any(|(_, _, mapping)| show(&mapping["Queue"]) == name);
            let source = read || queue.get("RedrivePolicy").is_some();
            let metric = if source { AGE } else { WAITING };
            let Some(alarm) = on_queue(&stack, name, metric) else {
                complaints.push(format!("{name} has no alarm"));
                continue;
            };
            let threshold = alarm["Threshold"].as_u64();
            let right = if source {
                match PATIENT.iter().find(|(patient, _)| *patient == name) {
                    Some((_, seconds)) => threshold == Some(*seconds),
                    None => threshold.is_some_and(|t| (300..=1800).contains(&t)),
                }
            } else {
                threshold == Some(0)
            };
            expect(&mut complaints, right, format!("{name} rings at {threshold:?}"));
            let above = alarm["ComparisonOperator"] == "GreaterThanThreshold"
                && alarm["Statistic"] == "Maximum"
                && alarm["TreatMissingData"] == "notBreaching";
            expect(&mut complaints, above, format!("{name} rings at the wrong time"));
            let soon = alarm["Period"] == 60 && alarm["EvaluationPeriods"] == 1;
            expect(&mut complaints, soon, format!("{name} rings late"));
            let heard = list(&alarm["AlarmActions"]).into_iter().map(show).eq(["AlarmTopicArn"]);
            expect(&mut complaints, heard, format!("nobody hears {name}"));
        }
        complaints
    };
    let dead = "Resources/RefreshDeadAlarm/Properties";
    promise(
        check,
        vec![
            remove("Resources/RefreshDeadAlarm"),
            remove("Resources/RefreshLateAlarm"),
            set(&format!("{dead}/Threshold"), json!(10)),
            set(&format!("{dead}/Statistic"), json!("Minimum")),
            set(&format!("{dead}/ComparisonOperator"), json!("LessThanThreshold")),
            set(&format!("{dead}/EvaluationPeriods"), json!(60)),
            set(&format!("{dead}/Dimensions/0/Value"), json!({"Fn::GetAtt": "RefreshQueue.QueueName"})),
            remove(&format!("{dead}/AlarmActions")),
            set("Resources/RefreshLateAlarm/Properties/Threshold", json!(3600)),
            set("Resources/ImportLateAlarm/Properties/Threshold", json!(86_400)),
            remove("Resources/ImportDeadAlarm"),
            remove("Resources/SecretLateAlarm"),
            remove("Resources/NotificationsDeadAlarm"),
            set("Resources/SecretLateAlarm/Properties/Threshold", json!(86_400)),
            set("Resources/SecretLateAlarm/Properties/MetricName", json!(WAITING)),
        ],
    );
}

#[test]
fn tables_that_are_not_made_ring_within_half_a_day() {
    let check = |template: &Value| {
        let stack = deployed(template, &TOPIC);
        let mut complaints = Vec::new();
        let alarm = stack.properties("ShapeFailsAlarm");
        let of = json!([{"Name": "FunctionName", "Value": {"Ref": "ShapeFunction"}}]);
        let heard = alarm["Namespace"] == "AWS/Lambda"
            && alarm["MetricName"] == "Errors"
            && alarm["Statistic"] == "Sum"
            && alarm["Dimensions"] == of
            && alarm["ComparisonOperator"] == "GreaterThanThreshold"
            && list(&alarm["AlarmActions"]).into_iter().map(show).eq(["AlarmTopicArn"]);
        expect(&mut complaints, heard, "nobody hears that shape fails");
        let seconds =
            alarm["Period"].as_u64().zip(alarm["EvaluationPeriods"].as_u64()).map(|(one, n)| one * n);
        let soon = seconds.is_some_and(|seconds| (3600..=43_200).contains(&seconds));
        expect(&mut complaints, soon && alarm["Threshold"] == 0, format!("it rings after {seconds:?} s"));
        complaints
    };
    let alarm = "Resources/ShapeFailsAlarm/Properties";
    promise(
        check,
        vec![
            remove("Resources/ShapeFailsAlarm"),
            set(&format!("{alarm}/MetricName"), json!("Invocations")),
            set(&format!("{alarm}/EvaluationPeriods"), json!(24)),
            set(&format!("{alarm}/Threshold"), json!(10)),
            remove(&format!("{alarm}/AlarmActions")),
        ],
    );
}
