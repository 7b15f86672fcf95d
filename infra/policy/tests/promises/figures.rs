//! Our own figures: who makes metrics of them, and the alarms on them, which come and go with the metrics.

use crate::changes::{remove, set};
use crate::template::{Stack, deployed, file, list, on_aws, show};
use crate::{expect, promise};
use serde_json::{Value, json};

const TOPIC: (&str, &str) = ("AlarmTopicArn", "arn:aws:sns:eu-central-1:123456789012:alarms");
const OFF: (&str, &str) = ("Metrics", "off");

/// The namespace of our metrics.
const OURS: &str = "Sellerport";

/// The alarms: metric, statistic, the least and the most at which it may ring in an hour.
const ALARMS: [(&str, &str, u64, u64); 2] = [
    // A few 429s teach us a bucket's size; more are a defect that somebody has to explain.
    ("Throttled", "Sum", 3, 20),
    // Seconds: what its cadence does not explain, and within a working day.
    ("Late", "Maximum", 3 * 3600, 8 * 3600),
];

/// Whether a function is told if metrics are made of what it logs.
pub(crate) fn told(stack: &Stack, function: &str) -> bool {
    stack.properties(function)["Environment"]["Variables"]["METRICS"] == json!({"Ref": "Metrics"})
}

/// Whether a function calls Amazon for connections, and so counts.
fn counts(function: &str) -> bool {
    ["CallFunction", "NotifyFunction"].contains(&function) || function.starts_with("Fetch")
}

#[test]
fn the_functions_that_count_and_no_others_are_told_whether_metrics_are_made() {
    let check = |template: &Value| {
        let stack = on_aws(template);
        let mut complaints = Vec::new();
        for (function, properties) in stack.functions() {
            let right = match counts(function) {
                true => told(&stack, function),
                false => properties["Environment"]["Variables"].get("METRICS").is_none(),
            };
            expect(&mut complaints, right, format!("{function}: another METRICS"));
        }
        let parameter = &template["Parameters"]["Metrics"];
        let right = parameter["Default"] == "on" && parameter["AllowedValues"] == json!(["on", "off"]);
        expect(&mut complaints, right, "Metrics is on or off, and on by default");
        complaints
    };
    let variable = |function: &str| format!("Resources/{function}/Properties/Environment/Variables/METRICS");
    promise(
        check,
        vec![
            remove(&variable("CallFunction")),
            set(&variable("FetchordersFunction"), json!("on")),
            set(&variable("ConsoleFunction"), json!({"Ref": "Metrics"})),
            set("Parameters/Metrics/Default", json!("off")),
            set("Parameters/Metrics/AllowedValues", json!(["on", "off", "some"])),
        ],
    );
}

#[test]
fn refused_calls_and_late_streams_ring_where_metrics_are_made() {
    let code = file("shared/aws/src/meter.rs");
    let check = |template: &Value| {
        let stack = deployed(template, &[TOPIC]);
        let mut complaints = Vec::new();
        let ours = |stack: &Stack| -> Vec<Value> {
            let alarms = stack.of("AWS::CloudWatch::Alarm").map(|(_, alarm)| alarm);
            // `alarms.rs` has the two on the queues, which stay where no metrics are made.
            let of_queues =
                |alarm: &Value| alarm["MetricName"] == "GivenUp" || alarm["MetricName"] == "Unworked";
            alarms.filter(|alarm| alarm["Namespace"] == OURS && !of_queues(alarm)).cloned().collect()
        };
        let alarms = ours(&stack);
        expect(&mut complaints, alarms.len() == ALARMS.len(), format!("{} alarms", alarms.len()));
        for (metric, statistic, least, most) in ALARMS {
            expect(
                &mut complaints,
                code.contains(&format!("(\"{metric}\", ")),
                format!("nobody makes {metric}"),
            );
            let Some(alarm) = alarms.iter().find(|alarm| alarm["MetricName"] == metric) else {
                complaints.push(format!("{metric} has no alarm"));
                continue;
            };
            let threshold = alarm["Threshold"].as_u64();
            let right = threshold.is_some_and(|at| (least..=most).contains(&at));
            expect(&mut complaints, right, format!("{metric} rings at {threshold:?}"));
            let of_stack = json!([{"Name": "Stack", "Value": {"Ref": "AWS::StackName"}}]);
            expect(&mut complaints, alarm["Dimensions"] == of_stack, format!("{metric} of another stack"));
            let above = alarm["ComparisonOperator"] == "GreaterThanThreshold"
                && alarm["Statistic"] == statistic
                && alarm["Period"] == 3600
                && alarm["EvaluationPeriods"] == 1;
            expect(&mut complaints, above, format!("{metric} rings at the wrong time"));
            // Where nobody is connected there are no figures, and nothing is wrong.
            let silent = alarm["TreatMissingData"] == "notBreaching";
            expect(&mut complaints, silent, format!("{metric} rings where there is none"));
            let heard = list(&alarm["AlarmActions"]).into_iter().map(show).eq(["AlarmTopicArn"]);
            expect(&mut complaints, heard, format!("nobody hears {metric}"));
        }
        let without = ours(&deployed(template, &[TOPIC, OFF])).len();
        expect(&mut complaints, without == 0, format!("{without} alarms on metrics that nobody makes"));
        complaints
    };
    assert!(code.contains(&format!("NAMESPACE: &str = \"{OURS}\"")), "the code's namespace");
    let throttled = "Resources/ThrottledAlarm/Properties";
    let lag = "Resources/LagAlarm/Properties";
    promise(
        check,
        vec![
            remove("Resources/ThrottledAlarm"),
            remove("Resources/LagAlarm"),
            remove("Resources/LagAlarm/Condition"),
            set("Resources/ThrottledAlarm/Condition", json!("HasAlarmTopic")),
            set("Conditions/HasMetrics", json!({"Fn::Equals": [{"Ref": "Metrics"}, "off"]})),
            set(&format!("{throttled}/Statistic"), json!("Maximum")),
            set(&format!("{throttled}/Threshold"), json!(0)),
            set(&format!("{throttled}/Threshold"), json!(1000)),
            set(&format!("{throttled}/MetricName"), json!("Refused")),
            set(&format!("{lag}/Threshold"), json!(86_400)),
            set(&format!("{lag}/TreatMissingData"), json!("breaching")),
            set(&format!("{lag}/Dimensions/0/Value"), json!("sellerport")),
            set(&format!("{lag}/ComparisonOperator"), json!("LessThanThreshold")),
            set(&format!("{lag}/Period"), json!(60)),
            remove(&format!("{lag}/AlarmActions")),
        ],
    );
}
