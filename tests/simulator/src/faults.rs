//! The fault dial: what Amazon, or the network on the way to it, may do wrong, and to which calls.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::clock::after;

/// One thing that goes wrong.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "fault", rename_all = "snake_case")]
pub enum FaultKind {
    /// The call is answered with this status and Amazon's usual body for it (401, 403, 429, 500, 503, …).
    Status {
        /// HTTP status.
        status: u16,
    },
    /// 429 with this header `Retry-After`: seconds, or an HTTP date.
    Throttled {
        /// The header's value, as it is sent.
        retry_after: String,
    },
    /// The call is done, and nothing is ever answered; the connection stays open until the caller gives up or the
    /// simulator stops.
    Silence,
    /// Status 200 and a body that begins well, has no announced length and goes on for a gibibyte.
    Endless,
    /// The true body, in which the first key comes twice, with another value first.
    DuplicateKeys,
    /// The true body behind a byte order mark.
    ByteOrderMark,
    /// The true body, said to be gzip though it is not.
    FalseGzip,
    /// The true answer, after a pause.
    Delay {
        /// Milliseconds of the pause.
        milliseconds: u64,
    },
    /// The true answer in a few pieces with a pause before each.
    SlowDrip {
        /// Milliseconds of each pause.
        milliseconds: u64,
    },
    /// Half of the body, then the connection closes.
    Truncated,
    /// The header `content-length` promises more than comes; the connection then closes.
    LengthTooLong,
    /// The header `content-length` promises less than the body, which is cut there without any sign.
    LengthTooShort,
    /// Status 200 and a body that is no JSON.
    InvalidJson,
    /// Status 200 and an HTML page.
    Html,
    /// Status 200 and nothing.
    Empty,
    /// A redirect (307) to another address.
    Redirect {
        /// Where to.
        to: String,
    },
    /// createReport and createQuery only: what is asked for ends FATAL.
    Fatal {
        /// There is a document that says why.
        #[serde(default = "yes")]
        explained: bool,
    },
    /// createReport and createQuery only: what is asked for ends CANCELLED, as where there is no data.
    Cancelled,
    /// createReport and createQuery only: what is asked for stays in the queue.
    Stuck {
        /// Minutes in the queue; for ever when absent.
        #[serde(default)]
        minutes: Option<u32>,
    },
    /// Documents only: refused as an address that has expired, though it has not.
    ExpiredAddress,
    /// Documents only: the content type names another charset than the document has.
    WrongCharset,
    /// Documents only: there is no content type.
    NoContentType,
    /// Documents only: the checksum at the end of the packed document is false.
    BadChecksum,
    /// Documents only: more bytes come after the end of the document.
    TrailingGarbage,
    /// Documents only: fields begin with a quotation mark that nothing closes.
    BareQuotes,
    /// Documents only: the second column has a name that it never had.
    RenamedColumn,
    /// Documents only: there is one column more, in the middle.
    ExtraColumn,
    /// Documents only: one row has a field too few.
    ShortRow,
    /// LWA only: 400 `invalid_grant`, though nobody revoked anything.
    InvalidGrant,
    /// LWA only: 401 `invalid_client`.
    InvalidClient,
    /// LWA only: `expires_in` is left out (`null` here) or has this value, of whatever type.
    Expiry {
        /// The value; `null` leaves the field out.
        #[serde(default)]
        expires_in: Value,
    },
    /// LWA only: `token_type` is left out (`null` here) or has this value.
    TokenType {
        /// The value; `null` leaves the field out.
        #[serde(default)]
        token_type: Value,
    },
    /// LWA only: the access token is good, but of another seller; of a code, the refresh token is, too.
    WrongSeller {
        /// Whose token it is instead.
        instead: String,
    },
    /// LWA only: the answer has no refresh token.
    NoRefreshToken,
    /// LWA only: the answer has a new refresh token.
    NewRefreshToken {
        /// The old one stops working at once.
        #[serde(default)]
        old_dies: bool,
    },
    /// Notifications only: one comes so many times more. Of the others, `Delay` makes it come later, and any loses it.
    Copies {
        /// How many times more.
        more: u32,
    },
    /// Pages: the next page's token is the one that was just used.
    RepeatedToken,
    /// Pages: after so many pages the next token leads back to the first one, again and again.
    CyclingTokens {
        /// Pages in a round.
        pages: usize,
    },
    /// Pages: a token is refused as too old.
    OldToken,
    /// Pages: each begins with this many items of the one before.
    OverlappingPages {
        /// Items that come again.
        orders: usize,
    },
    /// Pages: the items come in the opposite order.
    ReorderedPages,
    /// Pages: an empty one, whose token leads to what it should have had. Not of `searchOrders`.
    EmptyPages,
    /// Pages: none has more items than this, whatever was asked for. In force until the dial is cleared;
    /// `times` does not count.
    ShortPages {
        /// Items on a page.
        orders: usize,
    },
    /// Every so many-th item, and every change of one, shows up late and with its true, older time.
    /// `*` means every operation.
    /// In force from when it is set until the dial is cleared; `times` does not count.
    LateItems {
        /// Minutes of lateness.
        minutes: u32,
        /// Which items: those whose number is a multiple of this. 1 means all.
        #[serde(default = "one")]
        every: u64,
    },
}

fn one() -> u64 {
    1
}

fn yes() -> bool {
    true
}

/// A fault and the calls that it befalls.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Fault {
    /// `lwa`, an operation (`searchOrders`), or `*` for everything.
    pub operation: String,
    /// Only this account's calls.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seller: Option<String>,
    /// Only the next so many calls; for ever when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub times: Option<u32>,
    /// What goes wrong.
    #[serde(flatten)]
    pub kind: FaultKind,
}

impl Fault {
    /// A fault of every call of this operation, until the dial is cleared.
    pub fn always(operation: &str, kind: FaultKind) -> Self {
        Self { operation: operation.to_owned(), seller: None, times: None, kind }
    }

    /// A fault of the next so many calls of this operation.
    pub fn next(times: u32, operation: &str, kind: FaultKind) -> Self {
        Self { times: Some(times), ..Self::always(operation, kind) }
    }

    /// The same fault for one account only.
    #[must_use]
    pub fn of_seller(mut self, seller: &str) -> Self {
        self.seller = Some(seller.to_owned());
        self
    }

    fn befalls(&self, operation: &str, seller: Option<&str>) -> bool {
        let named = self.operation == operation || self.operation == "*";
        named && self.seller.as_deref().is_none_or(|wanted| Some(wanted) == seller)
    }
}

/// How late some of what an account has shows up.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Lateness {
    minutes: u32,
    every: u64,
    /// What had happened before this moment had been seen already and stays visible.
    since: Timestamp,
}

impl Lateness {
    /// The moment as of which the order with this index is seen at `now`.
    pub(crate) fn seen_as_of(self, index: u64, now: Timestamp) -> Timestamp {
        if !index.is_multiple_of(self.every.max(1)) {
            return now;
        }
        after(now, -SignedDuration::from_mins(i64::from(self.minutes))).max(self.since).min(now)
    }
}

/// The faults in force with the time of each, in the order in which they were set.
#[derive(Clone, Debug, Default)]
pub(crate) struct Dial(Vec<(Fault, Timestamp)>);

impl Dial {
    /// A fault of no calls at all (`times` 0) is left out.
    pub(crate) fn set(&mut self, fault: Fault, now: Timestamp) {
        if fault.times != Some(0) {
            self.0.push((fault, now));
        }
    }

    pub(crate) fn clear(&mut self) {
        self.0.clear();
    }

    /// Ends the first fault like this one, however often it has befallen.
    pub(crate) fn end(&mut self, fault: &Fault) {
        let alike = |one: &Fault| {
            (&one.operation, &one.seller, &one.kind) == (&fault.operation, &fault.seller, &fault.kind)
        };
        if let Some(place) = self.0.iter().position(|(one, _)| alike(one)) {
            self.0.remove(place);
        }
    }

    pub(crate) fn all(&self) -> Vec<Fault> {
        self.0.iter().map(|(fault, _)| fault.clone()).collect()
    }

    /// The fault of this call, counted down. The first that was set comes first.
    pub(crate) fn take(&mut self, operation: &str, seller: Option<&str>) -> Option<FaultKind> {
        let place = self.0.iter().position(|(fault, _)| {
            let stays = matches!(fault.kind, FaultKind::LateItems { .. } | FaultKind::ShortPages { .. });
            fault.befalls(operation, seller) && !stays
        })?;
        let fault = &mut self.0[place].0;
        let kind = fault.kind.clone();
        if let Some(times) = &mut fault.times {
            *times = times.saturating_sub(1);
            if *times == 0 {
                self.0.remove(place);
            }
        }
        Some(kind)
    }

    /// The most items that a page of this operation may have for this account.
    pub(crate) fn page_limit(&self, operation: &str, seller: &str) -> Option<usize> {
        self.0.iter().find_map(|(fault, _)| match fault.kind {
            FaultKind::ShortPages { orders } if fault.befalls(operation, Some(seller)) => Some(orders.max(1)),
            _ => None,
        })
    }

    /// The lateness in force for what this operation shows of this account.
    pub(crate) fn lateness(&self, operation: &str, seller: &str) -> Option<Lateness> {
        self.0.iter().find_map(|(fault, since)| match fault.kind {
            FaultKind::LateItems { minutes, every } if fault.befalls(operation, Some(seller)) => {
                Some(Lateness { minutes, every, since: *since })
            }
            _ => None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_befalls_the_next_calls_and_then_is_gone() {
        let mut dial = Dial::default();
        dial.set(Fault::next(2, "searchOrders", FaultKind::Status { status: 503 }), Timestamp::UNIX_EPOCH);
        assert_eq!(dial.take("getOrder", None), None);
        assert!(dial.take("searchOrders", Some("A")).is_some());
        assert!(dial.take("searchOrders", Some("B")).is_some());
        assert_eq!(dial.take("searchOrders", Some("A")), None);
        assert!(dial.all().is_empty());
    }

    #[test]
    fn a_fault_of_one_account_leaves_the_others_alone() {
        let mut dial = Dial::default();
        dial.set(Fault::always("*", FaultKind::Html).of_seller("A"), Timestamp::UNIX_EPOCH);
        assert_eq!(dial.take("getOrder", Some("B")), None);
        assert_eq!(dial.take("lwa", Some("A")), Some(FaultKind::Html));
    }

    #[test]
    fn the_dial_reads_plain_json() {
        let text = r#"{"operation":"searchOrders","times":3,"fault":"status","status":429}"#;
        let fault: Fault = serde_json::from_str(text).unwrap();
        assert_eq!(fault, Fault::next(3, "searchOrders", FaultKind::Status { status: 429 }));
        let expiry: Fault = serde_json::from_str(r#"{"operation":"lwa","fault":"expiry"}"#).unwrap();
        assert_eq!(expiry.kind, FaultKind::Expiry { expires_in: Value::Null });
    }
}
