//! The simulator as a program: reads the flags, starts, says where it is, and stops at Ctrl-C or SIGTERM.
#![allow(clippy::print_stdout, clippy::print_stderr)] // a program for a terminal

mod flags;

use std::error::Error;
use std::process::ExitCode;

use sellerport_simulator::{Options, Simulator};
use tokio::signal::unix::{SignalKind, signal};

fn main() -> ExitCode {
    let options = match flags::read(std::env::args().skip(1)) {
        Ok(Some(options)) => options,
        Ok(None) => {
            print!("{}", flags::HELP);
            return ExitCode::SUCCESS;
        }
        Err(text) => {
            eprintln!("simulator: {text}");
            return ExitCode::from(2);
        }
    };
    match run(options) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!(
                "simulator: could not {error}: {}",
                error.source().map(ToString::to_string).unwrap_or_default()
            );
            ExitCode::FAILURE
        }
    }
}

fn run(options: Options) -> Result<(), Box<dyn Error>> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let running = Simulator::start(options).await?;
        println!("The Amazon simulator is at {}", running.base_url());
        if let Some(proxy) = running.proxy_url() {
            println!("Its door for unmodified clients (HTTPS_PROXY) is at {proxy}");
        }
        let mut terminated = signal(SignalKind::terminate())?;
        tokio::select! {
            pressed = tokio::signal::ctrl_c() => pressed?,
            _ = terminated.recv() => {}
        }
        running.stop().await;
        Ok(())
    })
}
