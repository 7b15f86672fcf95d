//! Moves what is being made on to now: called before anything is answered, and whenever a test moves the clock.

use jiff::Timestamp;

use crate::desk::Work;
use crate::world::Inside;
use crate::{kiosk, reports};

impl Inside {
    /// Ends every report and query that is due by `now`, in the order of their ends, and makes the settlements.
    pub(crate) fn settle(&mut self, now: Timestamp) {
        reports::made_by_then(self, now);
        let mut any = false;
        while self.book.desk.due.first().is_some_and(|(when, ..)| *when <= now) {
            let Some((_, seller, work, number)) = self.book.desk.due.pop_first() else { break };
            let Some(seller) = self.seller(&seller).cloned() else { continue };
            match work {
                Work::Report => reports::make(self, &seller, number, now),
                Work::Query => kiosk::make(self, &seller, number, now),
            }
            any = true;
        }
        if any {
            self.save();
        }
    }
}
