//! Figures, as log lines in AWS's embedded metric format: one line is the entry of the call log and the data of
//! the metrics (<https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html>).
//!
//! A metric costs about $0.30 a month, whatever its number of values, for each set of dimensions: so few
//! metrics, by stack, and GET calls by application. Everything else of a line can be searched in the log.
//! With `METRICS=off` the lines are written and no metric is made of them, but for the queues': alarms rest on these.

use crate::clients::Aws;
use sellerport_core::measure::{CallMeasure, Measure, QueuesMeasure, StreamMeasure};
use sellerport_core::ports::{Clock as _, Meter};
use serde_json::{Value, json};
use std::io::Write as _;

const NAMESPACE: &str = "Sellerport";

impl Meter for Aws {
    fn measure(&self, measure: Measure) {
        let line =
            line(&measure, &self.environment.stack, self.environment.metrics, self.now().as_millisecond());
        // A figure that cannot be written is not worth an error: no work waits for it.
        drop(writeln!(std::io::stdout(), "{line}"));
    }
}

/// A figure's line as it stands in the log, metrics and all: the cost model counts its bytes.
pub fn log_line(measure: &Measure) -> String {
    line(measure, "sellerport", true, 0).to_string()
}

fn line(measure: &Measure, stack: &str, metrics: bool, now_ms: i64) -> Value {
    let (mut line, directives) = match measure {
        Measure::Call(call) => {
            // Sums and maxima are the same without zeros, and each name in a line is paid for.
            let throttled = (call.status == Some(429)).then_some(("Throttled", None));
            let waited = (millis(call.waited) > 0).then_some(("Waited", Some("Milliseconds")));
            let always = [("Calls", None), ("QuotaUsed", Some("Percent"))];
            let metrics: Vec<_> = always.into_iter().chain(throttled).chain(waited).collect();
            let of_application = directive(&["Stack", "Application"], &[("GetCalls", None)]);
            (of_call(call), vec![directive(&["Stack"], &metrics), of_application])
        }
        Measure::Stream(stream) => {
            let metrics = [("Late", Some("Seconds")), ("Records", None)];
            (of_stream(stream), vec![directive(&["Stack"], &metrics)])
        }
        Measure::Queues(queues) => {
            let counted = queues.given_up.map(|_| ("GivenUp", None));
            let metrics: Vec<_> = std::iter::once(("Unworked", None)).chain(counted).collect();
            (of_queues(*queues), vec![directive(&["Stack"], &metrics)])
        }
    };
    line["Stack"] = json!(stack);
    if metrics || matches!(measure, Measure::Queues(_)) {
        line["_aws"] = json!({ "Timestamp": now_ms, "CloudWatchMetrics": directives });
    }
    line
}

/// Metrics with their units; a plain number has none.
fn directive(dimensions: &[&str], metrics: &[(&str, Option<&str>)]) -> Value {
    let metric = |(name, unit): &(&str, Option<&str>)| match unit {
        Some(unit) => json!({"Name": name, "Unit": unit}),
        None => json!({"Name": name}),
    };
    let metrics: Vec<_> = metrics.iter().map(metric).collect();
    json!({ "Namespace": NAMESPACE, "Dimensions": [dimensions], "Metrics": metrics })
}

fn of_call(call: &CallMeasure) -> Value {
    json!({
        "level": "INFO", "message": "called Amazon",
        "Application": call.application, "tenant": call.tenant, "connection": call.connection,
        "operation": call.operation, "status": call.status, "request_id": call.request_id,
        "duration_ms": millis(call.duration), "quota_left": call.quota_left,
        "Calls": 1, "GetCalls": u8::from(call.get), "Throttled": u8::from(call.status == Some(429)),
        "Waited": millis(call.waited), "QuotaUsed": (call.quota_used * 100.0).round(),
    })
}

fn of_stream(stream: &StreamMeasure) -> Value {
    json!({
        "level": "INFO", "message": "stream moved on",
        "tenant": stream.tenant, "connection": stream.connection, "domain": stream.domain,
        "Lag": stream.lag.as_secs(), "Late": stream.late.as_secs(), "Records": stream.records,
    })
}

fn of_queues(queues: QueuesMeasure) -> Value {
    let mut line = json!({
        "level": "INFO", "message": "looked after the queues of the domains", "Unworked": queues.unworked,
    });
    if let Some(given_up) = queues.given_up {
        line["GivenUp"] = json!(given_up);
    }
    line
}

fn millis(duration: jiff::SignedDuration) -> i64 {
    i64::try_from(duration.as_millis()).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::SignedDuration;
    use sellerport_core::ids::{ApplicationSlug, ConnectionId, TenantId};

    fn call() -> Measure {
        Measure::Call(CallMeasure {
            tenant: TenantId::parse("t").unwrap(),
            connection: ConnectionId::parse("c").unwrap(),
            application: ApplicationSlug::parse("main").unwrap(),
            operation: "searchOrders",
            get: true,
            status: Some(429),
            request_id: "r".into(),
            duration: SignedDuration::from_millis(412),
            waited: SignedDuration::ZERO,
            quota_left: 3,
            quota_used: 0.85,
        })
    }

    fn stream() -> Measure {
        Measure::Stream(StreamMeasure {
            tenant: TenantId::parse("t").unwrap(),
            connection: ConnectionId::parse("c").unwrap(),
            domain: "orders",
            lag: SignedDuration::from_mins(3),
            late: SignedDuration::ZERO,
            records: 7,
        })
    }

    #[test]
    fn a_line_names_ids_and_figures_and_nothing_of_what_was_asked_or_answered() {
        let common = ["Stack", "_aws", "connection", "level", "message", "tenant"];
        let of_call = [
            "Application",
            "Calls",
            "GetCalls",
            "QuotaUsed",
            "Throttled",
            "Waited",
            "duration_ms",
            "operation",
            "quota_left",
            "request_id",
            "status",
        ];
        let of_stream = ["Lag", "Late", "Records", "domain"];
        for (measure, own) in [(call(), of_call.as_slice()), (stream(), of_stream.as_slice())] {
            let line = line(&measure, "sellerport", true, 0);
            let mut expected: Vec<_> = common.iter().chain(own).copied().collect();
            expected.sort_unstable();
            assert_eq!(line.as_object().unwrap().keys().collect::<Vec<_>>(), expected);
        }
    }

    #[test]
    fn every_metric_that_a_line_declares_has_its_value_and_its_dimensions_in_it() {
        for measure in [call(), stream(), queues(None), queues(Some(3))] {
            let line = line(&measure, "sellerport", true, 1_795_000_000_000);
            for directive in line["_aws"]["CloudWatchMetrics"].as_array().unwrap() {
                let metrics = directive["Metrics"].as_array().unwrap().iter().map(|metric| &metric["Name"]);
                for name in metrics {
                    assert!(line[name.as_str().unwrap()].is_number(), "{name} in {line}");
                }
                for name in directive["Dimensions"][0].as_array().unwrap() {
                    assert!(line[name.as_str().unwrap()].is_string(), "{name} in {line}");
                }
            }
        }
    }

    fn queues(given_up: Option<u64>) -> Measure {
        Measure::Queues(QueuesMeasure { unworked: 2, given_up })
    }

    #[test]
    fn a_429_and_a_wait_are_metrics_where_there_were_any() {
        let named = |measure| {
            let line = line(&measure, "sellerport", true, 0);
            ["Throttled", "Waited"].map(|name| line["_aws"].to_string().contains(name))
        };
        let Measure::Call(throttled) = call() else { panic!("a call") };
        let waited = CallMeasure { status: Some(200), waited: SignedDuration::from_millis(9), ..throttled };
        assert_eq!(named(call()), [true, false]);
        assert_eq!(named(Measure::Call(waited)), [false, true]);
    }

    #[test]
    fn what_was_not_counted_is_no_figure() {
        let line = |given_up| line(&queues(given_up), "sellerport", true, 0);
        assert_eq!(line(Some(0))["GivenUp"], 0);
        assert!(line(None).get("GivenUp").is_none());
        assert!(!line(None).to_string().contains("GivenUp"), "a metric without a value");
    }

    #[test]
    fn the_figures_of_the_queues_are_metrics_whatever_is_switched_off() {
        assert!(line(&queues(Some(0)), "sellerport", false, 0)["_aws"].is_object());
    }

    #[test]
    fn switched_off_the_line_is_the_call_logs_alone() {
        let line = line(&call(), "sellerport", false, 0);
        assert!(line.get("_aws").is_none());
        assert_eq!(
            (&line["Throttled"], &line["status"], &line["QuotaUsed"]),
            (&json!(1), &json!(429), &json!(85.0))
        );
    }
}
