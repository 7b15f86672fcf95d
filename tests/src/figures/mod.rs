//! What the core costs and how well it uses Amazon's buckets, counted on virtual time.
//!
//! Everything here is the real core code; Amazon is an exact token bucket, AWS is counted at the ports. Delays of
//! the services are assumptions ([`cloud::Delays`]), the same for everybody who is compared.

pub mod blocks;
pub mod chain;
pub mod chance;
pub mod cloud;
pub mod exact;
pub mod life;
pub mod live;
pub mod month;
pub mod outcome;
pub mod pollers;
pub mod sellers;
pub mod shelf;
mod shop;
pub mod tally;
pub mod timeline;
pub mod weigh;
pub mod workers;

pub use chance::Chance;
pub use cloud::{Cloud, Delays};
pub use exact::{Exact, Law};
pub use outcome::Outcome;
pub use shelf::Shelf;
pub use tally::Tally;
pub use timeline::Timeline;
pub use workers::Workers;
