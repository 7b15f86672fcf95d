//! What can be wrong inside a flat file, and with its packing.

use crate::faults::FaultKind;

/// Every so many-th row gets a bare quotation mark.
const QUOTED_EVERY: usize = 3;
/// What comes after the end.
const GARBAGE: &[u8] = b"\0\0garbage after the end";
/// Bytes at a packed document's end: checksum and length (RFC 1952, 2.3.1).
const TRAILER: usize = 8;

/// Does a fault to a table's columns and rows.
pub(crate) fn table(columns: &mut Vec<String>, rows: &mut [Vec<String>], fault: Option<&FaultKind>) {
    match fault {
        Some(FaultKind::BareQuotes) => {
            let place = columns.len().saturating_sub(1).min(1);
            for row in rows.iter_mut().step_by(QUOTED_EVERY) {
                if let Some(field) = row.get_mut(place) {
                    field.insert(0, '"');
                }
            }
        }
        Some(FaultKind::RenamedColumn) => {
            let place = columns.len().saturating_sub(1).min(1);
            if let Some(column) = columns.get_mut(place) {
                *column = format!("renamed-{column}");
            }
        }
        Some(FaultKind::ExtraColumn) => {
            let place = columns.len() / 2;
            columns.insert(place, "a-new-column".to_owned());
            rows.iter_mut().for_each(|row| row.insert(place.min(row.len()), "new".to_owned()));
        }
        Some(FaultKind::ShortRow) => {
            let middle = rows.len() / 2;
            if let Some(row) = rows.get_mut(middle) {
                row.pop();
            }
        }
        _ => {}
    }
}

/// Does a fault to the bytes as they are sent.
pub(crate) fn bytes(mut body: Vec<u8>, packed: bool, fault: Option<&FaultKind>) -> Vec<u8> {
    match fault {
        Some(FaultKind::BadChecksum) if packed => {
            let place = body.len().saturating_sub(TRAILER);
            if let Some(byte) = body.get_mut(place) {
                *byte ^= 0xFF;
            }
        }
        Some(FaultKind::TrailingGarbage) => body.extend_from_slice(GARBAGE),
        _ => {}
    }
    body
}
