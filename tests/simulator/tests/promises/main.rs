//! What the simulator promises. Every test starts its own world on a free port and a clock of its own.

// The configuration lets test functions stop at once; their helpers here may, too.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod asking;
mod walking;

mod admission;
mod agreeing;
mod applications;
mod appstore;
mod codes;
mod conforming;
mod consent;
mod documents;
mod door;
mod examples;
mod faults;
mod gate;
mod identity;
mod kiosk;
mod lwa;
mod models;
mod money;
mod notifications;
mod offering;
mod orders;
mod pages;
mod pagination;
mod reports;
mod restart;
mod revocation;
mod rotation;
mod shipping;
mod spoiling;
mod stock;
mod telling;
mod vendors;
mod wire;
