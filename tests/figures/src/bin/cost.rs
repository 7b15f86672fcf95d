//! Prints what a seller costs a month; `--json` for programs.

#[tokio::main(flavor = "current_thread")]
async fn main() {
    sellerport_figures::cost::run(std::env::args().any(|argument| argument == "--json")).await;
}
