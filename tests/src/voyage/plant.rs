//! Mistakes planted into the ports on purpose: what finds none of them proves nothing.

use flate2::Compression;
use flate2::read::MultiGzDecoder;
use flate2::write::GzEncoder;
use sellerport_core::store::{Expect, Key, Row, Write};
use std::collections::BTreeMap;
use std::io::{Read as _, Write as _};

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
    /// The storage leaves the last row of a document out, and nobody can tell. Of voyages with all domains only.
    ShortDocument,
}

impl Planted {
    /// Those that a voyage with orders alone must find.
    pub const ALL: [Self; 5] =
        [Self::BlindTable, Self::ForgetfulTable, Self::StaleTable, Self::LossyLake, Self::LossyQueue];
}

/// A table without its last row, packed as it was.
pub(super) fn shortened(document: &[u8]) -> Vec<u8> {
    let packed = document.starts_with(&[0x1f, 0x8b]);
    let mut plain = Vec::new();
    match packed {
        true => drop(MultiGzDecoder::new(document).read_to_end(&mut plain)),
        false => plain.extend_from_slice(document),
    }
    let end = plain.iter().take(plain.len().saturating_sub(1)).rposition(|byte| *byte == b'\n');
    if let Some(end) = end.filter(|_| !plain.starts_with(b"{")) {
        plain.truncate(end + 1);
    }
    if !packed {
        return plain;
    }
    let mut packer = GzEncoder::new(Vec::new(), Compression::fast());
    packer.write_all(&plain).unwrap();
    packer.finish().unwrap()
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
