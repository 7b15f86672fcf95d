#![doc = include_str!("../README.md")]

mod amazon;
pub mod bounds;
mod choices;
mod consent;
pub mod explore;
pub mod model;
pub mod property;
pub mod protection;
mod refresh;
mod rows;
pub mod state;

pub use amazon::{Reply, Trade};
