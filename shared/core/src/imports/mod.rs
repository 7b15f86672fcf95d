//! Importing refresh tokens that were made in Seller Central, Vendor Central or the Solution Provider Portal:
//! up to 10,000 at once, all of them or none.
//!
//! [`read`] finds what a file alone can show. [`begin`] seals the tokens in parts and sends a task for each.
//! [`work`] checks a part: one call to Login with Amazon and one to the Sellers API for each line, and whose
//! token it is. The last part to be checked decides: with a single fault nothing is kept; without one, a task
//! for each part stores its grants. From that decision on nothing can be refused any more, because the check
//! has put a claim on each account; a crash only delays the rest.

mod check;
mod decide;
mod fault;
mod part;
mod read;
mod stage;

pub use decide::{Import, State, take_up};
pub use fault::{FAULTS_SHOWN, Fault};
pub use read::{BYTES_MAX, LINES_MAX, Line, TOKEN_MAX, is_client_secret, read, refresh_token};
pub use stage::begin;

use crate::park::park;
use crate::ports::{Bus, Clock, Entropy, Lwa, Queue, SellingPartner, Table, Vault};
use crate::task::{Failure, ImportTask, Outcome};
use jiff::Timestamp;

/// Works one message off, until `deadline` at the latest.
pub async fn work<C, A>(
    cloud: &C,
    amazon: &A,
    message_id: &str,
    body: &str,
    deadline: Timestamp,
) -> Result<Outcome, Failure>
where
    C: Table + Vault + Queue + Bus + Clock + Entropy,
    A: Lwa + SellingPartner,
{
    let task = match ImportTask::parse(body) {
        Ok(task) => task,
        Err(bad) => {
            park(cloud, "import", message_id, body, &bad).await?;
            return Ok(Outcome::Parked(bad));
        }
    };
    let Some(import) = Import::find(cloud, &task.tenant, &task.import).await? else {
        return Ok(Outcome::Dropped("E_MSG_IMPORT(unknown)"));
    };
    match import.state {
        State::Checking => check::check(cloud, amazon, &task, deadline).await,
        State::Storing => part::store(cloud, &task, &import, deadline).await,
        State::Refused => part::clear(cloud, &task).await,
        State::Done => Ok(Outcome::Dropped("the import is done")),
    }
}
