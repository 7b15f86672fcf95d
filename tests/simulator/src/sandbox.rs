//! The static sandbox: the same fixed sample for whoever asks (developer-docs.amazon.com/sp-api,
//! the-selling-partner-api-sandbox).

use serde_json::json;

use crate::bucket::Rate;
use crate::operations::Operation;
use crate::problem::{CONTENT_TYPE, Problem};
use crate::reply::Reply;

/// The usage plan of every operation.
pub(crate) const RATE: Rate = Rate { ten_thousandths: 50_000, burst: 15 };

/// The sample. It is about nobody, and the same in every region.
pub(crate) fn answer(operation: &Operation) -> Result<Reply, Problem> {
    match operation {
        Operation::GetMarketplaceParticipations => {
            let sample = json!({ "payload": [{
                "marketplace": {
                    "id": "ATVPDKIKX0DER",
                    "name": "Amazon.com",
                    "countryCode": "US",
                    "defaultCurrencyCode": "USD",
                    "defaultLanguageCode": "en_US",
                    "domainName": "www.amazon.com",
                },
                "storeName": "Sandbox Store",
                "participation": { "isParticipating": true, "hasSuspendedListings": false },
            }] });
            Ok(Reply::json(200, CONTENT_TYPE, &sample))
        }
        _ => Err(Problem::unmatched()),
    }
}
