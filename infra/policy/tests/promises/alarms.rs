//! Alarms (A23): dead letters and work that waits too long.

use crate::changes::{remove, set};
use crate::template::{Stack, deployed, list, show};
use crate::{expect, promise};
use serde_json::{Value, json};

const TOPIC: [(&str, &str); 1] = [("AlarmTopicArn", "arn:aws:sns:eu-central-1:123456789012:alarms")];

/// The alarm on a queue's metric.
pub(crate) fn on_queue<'a>(stack: &'a Stack, queue: &str, metric: &str) -> Option<&'a Value> {
    let dimension = json!([{"Name": "QueueName", "Value": {"Fn::GetAtt": format!("{queue}.QueueName")}}]);
    let alarm = stack.of("AWS::CloudWatch::Alarm").find(|(_, alarm)| {
        alarm["Namespace"] == "AWS/SQS" && alarm["MetricName"] == metric && alarm["Dimensions"] == dimension
    });
    alarm.map(|(_, alarm)| alarm)
}

/// A metric of SQS: messages waiting.
pub(crate) const WAITING: &str = "ApproximateNumberOfMessagesVisible";
/// A metric of SQS: the longest wait, in seconds.
pub(crate) const AGE: &str = "ApproximateAgeOfOldestMessage";

/// What may wait longer than half an hour before it rings, in seconds: 10,000 lines of an import take that half
/// hour, and a new client secret may take Amazon a while to spread.
const PATIENT: [(&str, u64); 2] = [("ImportQueue", 3600), ("SecretQueue", 3600)];

#[test]
fn one_dead_message_or_a_long_wait_rings() {
    let check = |template: &Value| {
        let stack = deployed(template, &TOPIC);
        let mut complaints = Vec::new();
        for (name, queue) in stack.of("AWS::SQS::Queue") {
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
    let dead = "Resources/FetchordersDeadAlarm/Properties";
    promise(
        check,
        vec![
            remove("Resources/FetchordersDeadAlarm"),
            remove("Resources/RefreshLateAlarm"),
            set(&format!("{dead}/Threshold"), json!(10)),
            set(&format!("{dead}/Statistic"), json!("Minimum")),
            set(&format!("{dead}/ComparisonOperator"), json!("LessThanThreshold")),
            set(&format!("{dead}/EvaluationPeriods"), json!(60)),
            set(&format!("{dead}/Dimensions/0/Value"), json!({"Fn::GetAtt": "FetchordersQueue.QueueName"})),
            remove(&format!("{dead}/AlarmActions")),
            set("Resources/FetchordersLateAlarm/Properties/Threshold", json!(86_400)),
            set("Resources/RefreshLateAlarm/Properties/Threshold", json!(3600)),
            set("Resources/ImportLateAlarm/Properties/Threshold", json!(86_400)),
            remove("Resources/ImportDeadAlarm"),
            remove("Resources/SecretLateAlarm"),
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
