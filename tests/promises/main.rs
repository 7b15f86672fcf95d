//! What Sellerport promises, each as a test of the whole flow.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout)] // tests stop and tell

mod callback;
mod canary;
mod catalogue;
mod emulator;
mod examples;
mod fetching;
mod forms;
mod identity;
mod importing;
mod messages;
mod outliving;
mod racing;
mod refreshing;
mod rotating;
mod signing_in;
mod stopping;
