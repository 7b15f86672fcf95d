//! Time and randomness: the one place that reads them.

use crate::clients::Aws;
use jiff::{SignedDuration, Timestamp};
use sellerport_core::ports::{Clock, Entropy, Unavailable};

impl Clock for Aws {
    #[allow(clippy::disallowed_methods, reason = "the one place that reads the clock")]
    fn now(&self) -> Timestamp {
        let now = Timestamp::now();
        // Whole milliseconds: what is stored and what is compared are the same.
        Timestamp::from_millisecond(now.as_millisecond()).unwrap_or(now)
    }

    #[allow(clippy::disallowed_methods, reason = "the one place that waits")]
    async fn wait(&self, duration: SignedDuration) {
        tokio::time::sleep(duration.unsigned_abs()).await;
    }
}

impl Entropy for Aws {
    fn random(&self) -> Result<[u8; 32], Unavailable> {
        let mut bytes = [0; 32];
        match getrandom::fill(&mut bytes) {
            Ok(()) => Ok(bytes),
            Err(error) => Err(Unavailable { what: "randomness", cause: Box::new(error) }),
        }
    }
}
