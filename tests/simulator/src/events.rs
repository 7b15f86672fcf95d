//! Where what happens to an account meets whoever subscribed to it. Nobody can subscribe yet: what is told is kept for
//! a look only.

use serde_json::Value;

use crate::world::Inside;

/// Events that are kept for a look.
const MOST_KEPT: usize = 1_000;

impl Inside {
    /// Tells whoever subscribed to this type of notification of the account's, with this payload.
    pub(crate) fn notify(&mut self, seller: &str, kind: &'static str, payload: Value) {
        if self.told.len() == MOST_KEPT {
            self.told.pop_front();
        }
        self.told.push_back((seller.to_owned(), kind, payload));
    }
}
