//! One type for one connection: looked for, and made where there is none.

use super::ask::{As, Asker, Stuck};
use super::kinds::Kind;
use super::rows::Refused;
use crate::call::{Denial, Reply, Verdict, amazon_says};
use crate::catalogue::{CREATE_SUBSCRIPTION, GET_SUBSCRIPTION, Role};
use crate::ports::{Clock, Meter, Queue, SellingPartner, Table, Vault};
use serde::Deserialize;

#[derive(Deserialize)]
struct Answer {
    payload: Subscription,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Subscription {
    subscription_id: String,
    destination_id: String,
}

/// The id of the subscription, or why there is none. One that was made and not written down is found again, because
/// it is looked for first.
pub(super) async fn subscribe<C, A>(
    asker: &Asker<'_, C, A>,
    kind: &'static Kind,
    destination: &str,
) -> Result<Result<String, Refused>, Stuck>
where
    C: Table + Vault + Queue + Clock + Meter,
    A: SellingPartner,
{
    let about = [("notificationType", kind.name), ("payloadVersion", kind.version)];
    let (verdict, reply) = asker.ask(As::Seller, &GET_SUBSCRIPTION, &about, None).await?;
    match verdict {
        Verdict::Answered => {
            let found = read(&reply)?;
            return Ok(match found.destination_id == destination {
                true => Ok(found.subscription_id),
                false => Err(refused(kind, OTHER_DESTINATION.to_owned(), None)),
            });
        }
        // There is none.
        Verdict::Refused if reply.status == 404 => {}
        verdict => return Ok(Err(why(kind, &verdict, &reply))),
    }
    let body =
        serde_json::json!({ "payloadVersion": kind.version, "destinationId": destination }).to_string();
    let about = [("notificationType", kind.name)];
    let (verdict, reply) = asker.ask(As::Seller, &CREATE_SUBSCRIPTION, &about, Some(&body)).await?;
    match verdict {
        Verdict::Answered => Ok(Ok(read(&reply)?.subscription_id)),
        // Somebody made one at the same moment: the next look finds it.
        Verdict::Refused if reply.status == 409 => Err(Stuck::Later),
        verdict => Ok(Err(why(kind, &verdict, &reply))),
    }
}

const OTHER_DESTINATION: &str = "Another program of this application receives them. Nothing is lost: fetching goes \
                                 on at its own pace. Remove that subscription if it is not wanted.";

fn read(reply: &Reply) -> Result<Subscription, Stuck> {
    serde_json::from_slice::<Answer>(&reply.body).map(|answer| answer.payload).map_err(|_| Stuck::Later)
}

fn refused(kind: &Kind, says: String, role: Option<&str>) -> Refused {
    Refused { kind: kind.name.to_owned(), says, role: role.map(str::to_owned) }
}

fn why(kind: &Kind, verdict: &Verdict, reply: &Reply) -> Refused {
    match verdict {
        Verdict::Denied(Denial::Role) => {
            let role = kind.role.as_ref().map(Role::name);
            let which = role.map_or("a role for it".to_owned(), |role| format!("the role \"{role}\""));
            let says = format!(
                "Amazon does not send them. Add {which} to the application, then reconnect the seller. Fetching goes \
                 on at its own pace meanwhile."
            );
            refused(kind, says, role)
        }
        Verdict::Denied(_) => refused(kind, "Amazon does not send them, without a reason.".to_owned(), None),
        _ => {
            let says = amazon_says(&reply.body);
            refused(kind, format!("Amazon refuses to send them ({}).", says.trim_end_matches('.')), None)
        }
    }
}
