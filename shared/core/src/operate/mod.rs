//! Calling any operation of the Selling Partner API by its name, through a connection.
//!
//! Find it in the catalogue, check that this caller may call it here ([`admit`]), take the right token
//! ([`bearer`]), reserve with the quota and call ([`send`]), walk the pages that were asked for ([`walk`]).
//! Amazon's answer is handed on as it came. Whatever may change something at Amazon is in the audit trail,
//! called or refused; reads are not, since they are many.

mod admit;
mod bearer;
mod door;
pub mod grantless;
mod restricted;
mod send;
mod stop;
mod walk;

pub use door::{Door, turn};
pub(crate) use restricted::forget;
pub use stop::Stop;
pub use walk::{ANSWER_BYTES_MAX, PAGES_MAX, carried};

use crate::audit;
use crate::call::{Denial, Reply, Verdict, amazon_says};
use crate::catalogue::{self, Operation};
use crate::ids::{ConnectionId, TenantId};
use crate::message::Refusal;
use crate::ports::{Clock, Entropy, Meter, Queue, SellingPartner, Table, Vault};
use crate::session::Identity;
use jiff::Timestamp;
use jiff::tz::TimeZone;

/// What somebody asks for.
#[derive(Debug, Clone)]
pub struct Ask<'a> {
    /// Who.
    pub by: &'a Identity,
    /// The tenant that looks after the applications.
    pub home: &'a TenantId,
    /// Through which connection.
    pub connection: &'a ConnectionId,
    /// The operation, spelled as Amazon spells it.
    pub operation: &'a str,
    /// Which of several of that name; see [`catalogue::find`].
    pub version: Option<&'a str>,
    /// The parameters; one with several values comes several times.
    pub parameters: &'a [(&'a str, &'a str)],
    /// The body, JSON.
    pub body: Option<&'a str>,
    /// The token at which an earlier answer stopped.
    pub page: Option<&'a str>,
    /// Pages wanted, 1 to [`PAGES_MAX`].
    pub pages: u32,
    /// The kinds of buyers' data wanted, where Amazon lets one choose (`buyerInfo`, …).
    pub data_elements: &'a [&'a str],
    /// Whether a document of a restricted report type is wanted.
    pub restricted: bool,
}

/// What Amazon answered.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    /// The operation.
    pub operation: &'static Operation,
    /// HTTP status of the last call.
    pub status: u16,
    /// What that means.
    pub verdict: Verdict,
    /// What to do about it, where it is no answer.
    pub says: Option<String>,
    /// `x-amzn-RequestId` of the last call.
    pub request_id: String,
    /// Calls per second, where Amazon said so.
    pub rate: Option<f64>,
    /// Calls that could be made at once after this one, as far as we know.
    pub quota_left: u32,
    /// The token of the page that follows.
    pub next: Option<String>,
    /// Speaks where Amazon removes the operation soon.
    pub warning: Option<String>,
    /// The bodies as they came, one for each page.
    pub bodies: Vec<Vec<u8>>,
}

/// Calls an operation. Nothing new is begun that could outlast `deadline`.
pub async fn call<C, A>(cloud: &C, amazon: &A, ask: &Ask<'_>, deadline: Timestamp) -> Result<Answer, Refusal>
where
    C: Table + Vault + Queue + Clock + Entropy + Meter,
    A: SellingPartner,
{
    let connection = admit::connection(cloud, ask).await?;
    let operation = catalogue::find(ask.operation, ask.version).map_err(Stop::from)?;
    let trail = Trail { cloud, ask, operation };
    let result = match admit::admit(cloud, ask, &connection, operation).await {
        Ok(call) => walk::walk(&trail, amazon, &connection, call, deadline).await,
        Err(refused) => Err(refused),
    };
    if let (Err(refused), false) = (&result, operation.reads) {
        trail.note(refused.code(), "").await?;
    }
    result
}

/// Where it is written down what was done.
struct Trail<'a, C> {
    cloud: &'a C,
    ask: &'a Ask<'a>,
    operation: &'static Operation,
}

impl<C: Table + Clock + Entropy> Trail<'_, C> {
    async fn note(&self, what: &str, detail: &str) -> Result<(), Refusal> {
        let Operation { name, api, .. } = self.operation;
        let subject = format!("{} {name} {api} {detail}", self.ask.connection);
        let Ask { by, .. } = self.ask;
        audit::note(self.cloud, &by.tenant, Some(&by.user), what, subject.trim_end()).await?;
        Ok(())
    }
}

impl Answer {
    fn of(operation: &'static Operation, reply: &Reply, verdict: Verdict, left: u32, now: Timestamp) -> Self {
        let today = now.to_zoned(TimeZone::UTC).date();
        Self {
            operation,
            status: reply.status,
            says: says(operation, &verdict, reply),
            verdict,
            request_id: reply.request_id.clone(),
            rate: reply.rate_limit,
            quota_left: left,
            next: None,
            warning: operation.warning(today).map(|warning| warning.to_string()),
            bodies: Vec::new(),
        }
    }
}

/// What to do about a reply that is no answer.
fn says(operation: &Operation, verdict: &Verdict, reply: &Reply) -> Option<String> {
    let name = operation.name;
    Some(match verdict {
        Verdict::Answered => return None,
        Verdict::Throttled => {
            format!("Amazon's quota for {name} is used up, by another program perhaps. Try again later.")
        }
        Verdict::Denied(Denial::Region) => "The stores that were named are not of this region.".to_owned(),
        Verdict::Denied(Denial::Role) => format!(
            "Amazon denies {name}. Add the role \"{}\" to the application, then reconnect the seller.",
            operation.role()
        ),
        Verdict::Denied(Denial::Restricted) => format!(
            "Amazon denies {name}: the document holds buyers' data. Ask for it as restricted, which needs an operator and \
             an open connection; if it holds none, add the role \"{}\" and reconnect the seller.",
            operation.role()
        ),
        Verdict::Denied(Denial::Unknown) | Verdict::TokenRefused => {
            format!("Amazon denies {name} without a reason.")
        }
        Verdict::Refused => {
            format!("Amazon refuses the request: {}.", amazon_says(&reply.body).trim_end_matches('.'))
        }
        Verdict::Failing if operation.reads => {
            "Amazon has trouble of its own. Try again in some minutes.".to_owned()
        }
        Verdict::Failing => "Amazon has trouble of its own, and may have done what was asked all the same. \
                             Look before you repeat it."
            .to_owned(),
    })
}
