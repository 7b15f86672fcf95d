//! Prints how much of Amazon's buckets is used; `--json` for programs.

/// A test's own settings; see `infra/local/utilization.py`.
#[allow(clippy::disallowed_methods, reason = "a test's own setting")]
#[tokio::main(flavor = "current_thread")]
async fn main() {
    let as_json = std::env::args().any(|argument| argument == "--json");
    let emulator = std::env::var("SELLERPORT_EMULATOR").ok();
    let run = format!("u{}", std::process::id());
    sellerport_figures::utilization::run(as_json, emulator.as_deref(), &run).await;
}
