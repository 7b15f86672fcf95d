//! Sellerport's logic. Values in, decisions out.
//!
//! Nothing here knows AWS, HTTP clients, the clock or the environment: every effect is a port
//! ([`ports`]), so that the same code runs in a Lambda function, in a test and in a simulation.
//!
//! In the order of the flow: [`authorize`] mints a state and sends the seller to Amazon, [`callback`]
//! turns the answer into a connection, [`refresh`] keeps its access token fresh, [`schedule`] finds what
//! is due, [`fetch`] moves one stream on, [`quota`] says when a call may be made, [`deliver`] lands a page, [`tables`]
//! says what becomes of it; [`operate`] calls any operation by name, [`notify`] hears Amazon's notifications.
#![allow(async_fn_in_trait)] // a function handles one event on one thread: no future needs to be `Send`

pub mod announce;
pub mod application;
pub mod audit;
pub mod authorize;
pub mod brake;
pub mod call;
pub mod callback;
pub mod catalogue;
pub mod choose;
pub mod connect_session;
pub mod connection;
pub mod deliver;
pub mod disconnect;
pub mod doctor;
pub mod document;
pub mod domains;
pub mod erase;
pub mod fetch;
pub mod gate;
pub mod grant;
pub mod health;
pub mod http;
pub mod identity;
pub mod ids;
pub mod imports;
pub mod invocation;
pub mod lease;
pub mod lwa;
pub mod marketplaces;
pub mod measure;
pub mod message;
pub mod notify;
pub mod oidc;
pub mod operate;
pub mod park;
pub mod ports;
pub mod quota;
pub mod redrive;
pub mod refresh;
pub mod rotate;
pub mod schedule;
pub mod secret;
pub mod session;
pub mod store;
pub mod stores;
pub mod stream;
pub mod tables;
pub mod task;
pub mod token;
