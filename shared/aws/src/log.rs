//! The log: JSON lines on standard output, which Lambda collects.
//!
//! Our own code speaks at `LOG_LEVEL`; everybody else's is capped at warnings whatever any variable says,
//! because clients and parsers print what they handle. Never logged: bodies, queries, headers, tokens,
//! seller data. Logged: ids, codes, counts, durations with their unit in the name.

use crate::environment::{BadEnvironment, Environment};
use tracing::level_filters::LevelFilter;
use tracing_subscriber::filter::Targets;
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::util::SubscriberInitExt as _;

/// Reads the environment and starts the log: the first line of every function.
pub fn start() -> Result<Environment, BadEnvironment> {
    let environment = Environment::read()?;
    listen(&environment);
    quiet_panics();
    Ok(environment)
}

/// Starts the log. A second start changes nothing.
fn listen(environment: &Environment) {
    let lines = tracing_subscriber::fmt::layer()
        .json()
        .flatten_event(true)
        .with_current_span(false)
        .with_span_list(false)
        .without_time(); // the log service adds its own
    // Already started: the same settings hold.
    drop(tracing_subscriber::registry().with(filter(&environment.log_level)).with(lines).try_init());
}

/// Our own code at this level, everybody else at warnings.
fn filter(level: &str) -> Targets {
    let level = match level {
        "error" => LevelFilter::ERROR,
        "warn" => LevelFilter::WARN,
        "debug" => LevelFilter::DEBUG,
        _ => LevelFilter::INFO,
    };
    Targets::new().with_default(LevelFilter::WARN).with_target("sellerport", level)
}

/// Tells that a run left rows alone because it could not read them.
pub fn unreadable(rows: usize) {
    if rows > 0 {
        tracing::error!(rows, "rows cannot be read and are left alone; the others were served");
    }
}

/// Keeps a panic's text out of the log: it could hold a part of what was being handled. Its place is told.
fn quiet_panics() {
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(ToString::to_string).unwrap_or_default();
        tracing::error!(place, "panic");
    }));
}

#[cfg(test)]
mod tests {
    use super::*;
    use tracing::Level;

    #[test]
    fn nobody_elses_code_speaks_below_a_warning_whatever_is_asked_for() {
        for level in ["debug", "trace", "info", "nonsense"] {
            let filter = filter(level);
            for foreign in ["hyper::proto", "aws_smithy_runtime", "reqwest", "lambda_runtime", "h2"] {
                assert!(!filter.would_enable(foreign, &Level::INFO), "{foreign} at {level}");
                assert!(filter.would_enable(foreign, &Level::WARN));
            }
            assert!(filter.would_enable("sellerport_aws::records", &Level::INFO), "{level}");
        }
        assert!(filter("debug").would_enable("sellerport_core", &Level::DEBUG));
        assert!(!filter("error").would_enable("sellerport_core", &Level::WARN));
    }
}
