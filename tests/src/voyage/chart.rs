//! What a voyage is to be like.

use super::arrive::RECOVERY;
use super::plant::Planted;
use super::post::Rough;
use super::weather::Storm;
use jiff::SignedDuration;

/// The plan.
#[derive(Debug, Clone)]
pub struct Chart {
    /// Decides everything that is left open here.
    pub seed: u64,
    /// Connections.
    pub sellers: usize,
    /// Time in which faults befall.
    pub stormy: SignedDuration,
    /// Time after it.
    pub calm: SignedDuration,
    /// The storms; drawn from the seed when absent.
    pub storms: Option<Vec<Storm>>,
    /// How queues and functions misbehave until shortly before the calm; drawn from the seed when absent.
    pub rough: Option<Rough>,
    /// Whether all domains are fetched, of a seller and a vendor; otherwise orders.
    pub whole: bool,
    /// Whether a seller withdraws and comes back, one leaves, and some orders show up late.
    pub deeds: bool,
    /// Orders that each seller had in the sixty days before; drawn from the seed when absent.
    pub history: Option<u32>,
    /// After the last storm everything is caught up within this (I13).
    pub recovery: SignedDuration,
    /// How late an order may show up, in minutes.
    pub latest: u64,
    /// A mistake planted into the ports.
    pub planted: Option<Planted>,
    /// Whether each effect is kept in words.
    pub telling: bool,
}

impl Chart {
    /// A voyage through everything; each fourth is long enough for two looks back at what showed up late.
    pub fn stormy(seed: u64) -> Self {
        Self {
            seed,
            sellers: 6,
            stormy: SignedDuration::from_hours(if seed.is_multiple_of(4) { 54 } else { 26 }),
            calm: SignedDuration::from_hours(2),
            storms: None,
            rough: None,
            whole: false,
            deeds: true,
            history: None,
            recovery: RECOVERY,
            latest: 24 * 60,
            planted: None,
            telling: false,
        }
    }
}
