//! What happened, as one number: two voyages with the same number had the same effects in the same order.

use jiff::Timestamp;
use std::cell::{Cell, RefCell};

/// FNV-1a over all effects, each with its moment and the hand that did it.
#[derive(Debug)]
pub(super) struct Trace {
    hash: Cell<u64>,
    effects: Cell<u64>,
    /// Each effect in words, where somebody wants to read them.
    pub(super) told: RefCell<Vec<String>>,
    telling: bool,
}

impl Trace {
    /// Empty; with `telling` it keeps the words.
    pub(super) fn new(telling: bool) -> Self {
        Self {
            hash: Cell::new(0xcbf2_9ce4_8422_2325),
            effects: Cell::new(0),
            told: RefCell::default(),
            telling,
        }
    }

    /// Adds an effect.
    pub(super) fn note(&self, at: Timestamp, hand: u64, what: &str, detail: &str) {
        self.effects.set(self.effects.get() + 1);
        let head = [at.as_millisecond().to_le_bytes(), hand.to_le_bytes()].concat();
        self.mix(&head);
        self.mix(what.as_bytes());
        self.mix(detail.as_bytes());
        if self.telling {
            self.told.borrow_mut().push(format!("{at} #{hand} {what} {detail}"));
        }
    }

    /// Adds content that belongs to the last effect.
    pub(super) fn mix(&self, bytes: &[u8]) {
        let mixed =
            bytes.iter().fold(self.hash.get(), |h, b| (h ^ u64::from(*b)).wrapping_mul(0x100_0000_01b3));
        self.hash.set(mixed);
    }

    /// The number.
    pub(super) fn hash(&self) -> u64 {
        self.hash.get()
    }

    /// How many effects there were.
    pub(super) fn effects(&self) -> u64 {
        self.effects.get()
    }
}
