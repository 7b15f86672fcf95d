//! How a simulator is started.

use std::path::PathBuf;

use crate::applications::{self, ApplicationSetup, Stage};
use crate::clock::SimClock;

/// What becomes of access tokens when a seller revokes: Amazon does not document it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Revocation {
    /// They are refused from that moment.
    AtOnce,
    /// They go on working to the end of their hour.
    AtExpiry,
}

/// Settings of a simulator. The default suits a test in the same process.
#[derive(Clone, Debug)]
pub struct Options {
    /// Port on 127.0.0.1; 0 takes a free one.
    pub port: u16,
    /// Seed of the sellers' orders.
    pub seed: u64,
    /// Key of the world's tokens, for runs that must be alike to the byte; one that no other world has when absent.
    pub key: Option<u64>,
    /// Orders a day of the largest account of the catalogue; the others keep their proportion.
    pub orders_per_day: Option<f64>,
    /// The world's clock.
    pub clock: SimClock,
    /// The applications of this world. The default one comes first; the four settings below are its own.
    pub applications: Vec<ApplicationSetup>,
    /// Addresses that the consent page may send a seller back to.
    pub redirect_uris: Vec<String>,
    /// Where the Appstore sends a seller who starts there.
    pub login_uri: Option<String>,
    /// Whether the default application is a draft (the consent link then needs `version=beta`).
    pub stage: Stage,
    /// Sellers that may authorize the application on the consent page. When absent: 25 for a draft, else no limit.
    pub consent_limit: Option<u32>,
    /// What becomes of access tokens on revocation.
    pub revocation: Revocation,
    /// Folder with the official `orders_2026-01-01.json`: adds the account of Amazon's own examples.
    pub examples: Option<PathBuf>,
    /// Folder with the official models: every request and answer is checked against them.
    pub models: Option<PathBuf>,
    /// File in which grants, tokens and applications outlive a restart.
    pub state: Option<PathBuf>,
    /// Port of the HTTPS door (a CONNECT proxy); 0 takes a free one. Off when absent.
    pub proxy_port: Option<u16>,
    /// Where the certificate of the door's own authority is written (PEM).
    pub ca_file: Option<PathBuf>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            port: 0,
            seed: 1,
            key: None,
            orders_per_day: None,
            clock: SimClock::system(),
            applications: applications::catalogue(),
            redirect_uris: Vec::new(),
            login_uri: None,
            stage: Stage::Draft,
            consent_limit: None,
            revocation: Revocation::AtOnce,
            examples: None,
            models: None,
            state: None,
            proxy_port: None,
            ca_file: None,
        }
    }
}
