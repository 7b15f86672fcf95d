//! The bus on EventBridge.

use crate::clients::{Aws, unavailable};
use aws_sdk_eventbridge::types::PutEventsRequestEntry;
use sellerport_core::ports::{Bus, Event, Unavailable};

/// The source of all our events; rules match on it.
const SOURCE: &str = "sellerport";

impl Bus for Aws {
    async fn publish(&self, event: Event) -> Result<(), Unavailable> {
        let entry = PutEventsRequestEntry::builder()
            .event_bus_name(self.variable("EVENT_BUS", "the event bus")?)
            .source(SOURCE)
            .detail_type(event.name)
            .detail(event.detail.to_string())
            .build();
        let request = self.eventbridge().put_events().entries(entry);
        let answer = request.send().await.map_err(unavailable("the event bus"))?;
        match answer.failed_entry_count() {
            0 => Ok(()),
            _ => Err(Unavailable { what: "the event bus", cause: "the entry was refused".into() }),
        }
    }
}
