//! What Sellerport promises, each as a test of the whole flow.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout)] // tests stop and tell

mod addresses;
mod agreeing;
mod apart;
mod braking;
mod callback;
mod canary;
mod catalogue;
mod doctoring;
mod due;
mod emulator;
mod entering;
mod examples;
mod faults;
mod fetching;
mod forms;
mod hosting;
mod identity;
mod importing;
mod leaving;
mod messages;
mod operating;
mod outliving;
mod pacing;
mod planted;
mod racing;
mod redriving;
mod refreshing;
mod rotating;
mod scale;
mod scheduling;
mod signing_in;
mod stopping;
mod voyaging;
mod watching;
