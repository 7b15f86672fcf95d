//! Sellerport's pages and JSON API: a request in, a response out.
//!
//! Four functions serve it. [`oauth`] holds the routes that send a seller to Amazon and take him back; it
//! may seal tokens. [`applications`] writes applications' secrets. [`operations`] calls Amazon's operations by
//! name with access tokens. [`console`] holds everything else and cannot touch a token at all.
#![allow(async_fn_in_trait)] // a function handles one event on one thread: no future needs to be `Send`

mod again;
pub mod applications;
pub mod caller;
mod connect;
mod connections;
pub mod console;
pub mod cookies;
pub mod doctor;
mod domains;
mod doors;
pub mod form;
mod how;
mod imports;
pub mod landed;
mod login;
pub mod oauth;
mod oidc;
pub mod operations;
pub mod pages;
mod queues;
pub mod respond;
pub mod routes;
pub mod told;
pub mod view;
