//! What an operator opens on a connection: operations that may change something at Amazon, and operations that
//! answer buyers' data. Both are closed until somebody opens them, and Disconnect closes them again. With buyers' data the
//! domains that hold it begin or rest.

use super::Stop;
use super::restricted::forget;
use crate::audit;
use crate::connection::{Connection, Status};
use crate::ids::ConnectionId;
use crate::message::Refusal;
use crate::ports::{Clock, Entropy, Table};
use crate::session::{Identity, Role};
use crate::store::{Held, Write, WriteError, load};
use crate::stream::open::{known_domains, turn_personal};

/// Which.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Door {
    /// Operations that may change something at Amazon.
    Writes,
    /// Operations that need a restricted data token, and domains that hold buyers' data.
    Restricted,
}

impl Door {
    /// The word of addresses and pages.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Writes => "writes",
            Self::Restricted => "restricted",
        }
    }

    /// Reads the word.
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Writes, Self::Restricted].into_iter().find(|door| door.as_str() == text)
    }

    fn of(self, connection: &mut Connection) -> &mut bool {
        match self {
            Self::Writes => &mut connection.writes_open,
            Self::Restricted => &mut connection.restricted_open,
        }
    }

    fn turned(self, open: bool) -> &'static str {
        match (self, open) {
            (Self::Writes, true) => "connection.writes_opened",
            (Self::Writes, false) => "connection.writes_closed",
            (Self::Restricted, true) => "connection.restricted_opened",
            (Self::Restricted, false) => "connection.restricted_closed",
        }
    }
}

/// Opens or closes, with its entry in the audit trail, and the streams that begin or rest, in the same write.
pub async fn turn(
    cloud: &(impl Table + Clock + Entropy),
    by: &Identity,
    id: &ConnectionId,
    door: Door,
    open: bool,
) -> Result<(), Refusal> {
    if by.role != Role::Operator {
        return Err(Refusal::Role);
    }
    let found: Option<Held<Connection>> = load(cloud, &Connection::key_of(&by.tenant, id)).await?;
    let mut held = found.ok_or(Refusal::NotFound)?;
    if open && matches!(held.value.status, Status::Pending | Status::Disconnected) {
        return Err(Stop::Connection(held.value.explain(cloud.now()).next_step).into());
    }
    let is = door.of(&mut held.value);
    if *is == open {
        return Ok(());
    }
    *is = open;
    let mut writes = Vec::new();
    // Where there is no grant, the next one sets its streams going.
    if door == Door::Restricted && matches!(held.value.status, Status::Active | Status::Suspect) {
        held.value.domains = known_domains(&held.value);
        writes = turn_personal(cloud, &held.value).await?;
    }
    writes.push(Write::replace(&held)?);
    let entry = audit::entry(cloud, &by.tenant, Some(&by.user), door.turned(open), id.as_str())?;
    writes.push(Write::insert(&entry)?);
    match cloud.write(&writes).await {
        Ok(()) if door == Door::Restricted => Ok(forget(cloud, &by.tenant, id).await?),
        Ok(()) => Ok(()),
        Err(WriteError::Conflict) => Err(Refusal::Conflict),
        Err(WriteError::Store(error)) => Err(error.into()),
    }
}
