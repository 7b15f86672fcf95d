//! Mistakes planted into the ports on purpose: what finds none of them proves nothing.

use sellerport_core::store::{Expect, Key, Row, Write};
use std::collections::BTreeMap;

/// One mistake.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Planted {
    /// The table writes whatever revision the row has.
    BlindTable,
    /// The table says that a write happened; one in ten did not.
    ForgetfulTable,
    /// The table reads every second time what was there one write before.
    StaleTable,
    /// The lake says that an object is stored; one in twenty is not.
    LossyLake,
    /// The queue accepts messages; every second one is gone.
    LossyQueue,
}

impl Planted {
    /// All of them.
    pub const ALL: [Self; 5] =
        [Self::BlindTable, Self::ForgetfulTable, Self::StaleTable, Self::LossyLake, Self::LossyQueue];
}

/// The writes as a table sees them that ignores the revision a writer read.
pub(super) fn blind(rows: &BTreeMap<Key, Row>, writes: &[Write]) -> Vec<Write> {
    let seen = |key: &Key| rows.get(key).map(|row| row.revision);
    writes
        .iter()
        .map(|write| match (write, seen(write.key())) {
            (Write::Put(row, Expect::Revision(_)), Some(there)) => {
                Write::Put(row.clone(), Expect::Revision(there))
            }
            (Write::Check(key, _), Some(there)) => Write::Check(key.clone(), there),
            (Write::Delete(key, _), Some(there)) => Write::Delete(key.clone(), there),
            _ => write.clone(),
        })
        .collect()
}
