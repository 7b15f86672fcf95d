#![doc = include_str!("../README.md")]
#![allow(clippy::print_stderr)] // a program for a terminal; it has no log

mod clock;
mod options;
mod simulator;
mod world;

mod handle;
mod settle;

mod routes;

mod admission;
mod appstore;
mod consent;
mod consent_page;
mod documents;
mod exchange;
mod gate;
mod kiosk;
mod lwa;
mod orders;
mod page_token;
mod participations;
mod patch;
mod problem;
mod reports;
mod sandbox;
mod sealed;
mod search;
mod sp_api;

mod ask;
mod data;
mod paging;
mod reported;
mod served;
mod truth;

mod compose;
mod examples;
mod find;
mod generate;
mod goods;
mod marketplaces;
mod sellers;

mod applications;
mod book;
mod bucket;
mod desk;
mod events;
mod notices;
mod operations;
mod restricted;
mod rotation;
mod secrets;
mod state;

mod asked;
mod direct;
mod faults;
mod tamper;

mod oidc;
mod oidc_page;
mod oidc_token;

mod admin;
mod conformance;
mod deliveries;
mod destinations;
mod door;
mod page;
mod parameters;
mod reply;
mod subscriptions;

mod chance;
mod failure;
/// Amazon's official models (Swagger 2.0), to hold requests and answers against.
pub mod models;

pub use admission::Obstacle;
pub use applications::{
    APPLICATION_ID, Application, ApplicationKind, ApplicationSetup, CLIENT_ID, PRIVATE_APPLICATION_ID,
    PRIVATE_CLIENT_ID, PUBLISHED_APPLICATION_ID, PUBLISHED_CLIENT_ID, SANDBOX_APPLICATION_ID,
    SANDBOX_CLIENT_ID, Stage,
};
pub use asked::Asked;
pub use clock::SimClock;
pub use consent::may_register;
pub use deliveries::Delivered;
pub use direct::{Answer, Answered, Downloaded, Lost, Request};
pub use documents::DOWNLOAD;
pub use failure::Failure;
pub use faults::{Fault, FaultKind};
pub use handle::{OrderTruth, Shown};
pub use kiosk::QueryTruth;
pub use marketplaces::{MARKETPLACES, Marketplace, Region, by_country, by_id};
pub use oidc::{OIDC_AUDIENCE, OIDC_CLIENT_ID, OIDC_MACHINE_ID, OIDC_MACHINE_SECRET};
pub use oidc_token::Spoil as OidcSpoil;
pub use options::{Options, Revocation};
pub use reports::ReportTruth;
pub use secrets::SecretKind;
pub use sellers::{EXAMPLES_SELLER, HISTORY_DAYS, Seller, SellerKind};
pub use simulator::{Running, Simulator};
pub use truth::told::{DOMAINS, Truth};
pub use world::World;
