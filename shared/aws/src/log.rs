//! The log: JSON lines on standard output, which Lambda collects.
//!
//! Our own code speaks at `LOG_LEVEL`; everybody else's is capped at warnings whatever any variable says,
//! because clients and parsers print what they handle. Never logged: bodies, queries, headers, tokens,
//! seller data. Logged: ids, codes, counts, durations with their unit in the name.

use crate::environment::Environment;
use tracing::level_filters::LevelFilter;
use tracing_subscriber::filter::Targets;
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::util::SubscriberInitExt as _;

/// Starts the log. A second start changes nothing.
pub fn start(environment: &Environment) {
    let level = match environment.log_level.as_str() {
        "error" => LevelFilter::ERROR,
        "warn" => LevelFilter::WARN,
        "debug" => LevelFilter::DEBUG,
        _ => LevelFilter::INFO,
    };
    let ours = Targets::new().with_default(LevelFilter::WARN).with_target("sellerport", level);
    let lines = tracing_subscriber::fmt::layer()
        .json()
        .flatten_event(true)
        .with_current_span(false)
        .with_span_list(false)
        .without_time(); // the log service adds its own
    // Already started: the same settings hold.
    drop(tracing_subscriber::registry().with(ours).with(lines).try_init());
}
