#![doc = include_str!("../README.md")]
#![allow(clippy::print_stderr)] // a program for a terminal; it has no log

mod clock;
mod options;
mod simulator;
mod world;

mod handle;

mod routes;

mod consent;
mod consent_page;
mod exchange;
mod lwa;
mod orders;
mod page_token;
mod participations;
mod search;
mod sp_api;

mod compose;
mod examples;
mod find;
mod generate;
mod goods;
mod marketplaces;
mod sellers;

mod book;
mod bucket;
mod operations;
mod secrets;
mod state;

mod asked;
mod faults;
mod tamper;

mod oidc;
mod oidc_page;
mod oidc_token;

mod admin;
mod conformance;
mod door;
mod page;
mod parameters;
mod reply;

mod chance;
mod failure;
/// Amazon's official models (Swagger 2.0), to hold requests and answers against.
pub mod models;

pub use asked::Asked;
pub use book::{APPLICATION_ID, Application, CLIENT_ID, Stage};
pub use clock::SimClock;
pub use consent::may_register;
pub use failure::Failure;
pub use faults::{Fault, FaultKind};
pub use handle::OrderTruth;
pub use marketplaces::{MARKETPLACES, Marketplace, Region, by_country, by_id};
pub use oidc::{OIDC_AUDIENCE, OIDC_CLIENT_ID, OIDC_MACHINE_ID, OIDC_MACHINE_SECRET};
pub use oidc_token::Spoil as OidcSpoil;
pub use options::{Options, Revocation};
pub use secrets::SecretKind;
pub use sellers::{EXAMPLES_SELLER, HISTORY_DAYS, Seller, SellerKind};
pub use simulator::{Running, Simulator};
pub use world::World;
