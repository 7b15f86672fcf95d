//! What the protocol relies on, each part removable by its name: a check that nothing can fail protects
//! nothing.

use crate::property;

/// One protection. A model without it must find a violation, see [`Protection::guards`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Protection {
    /// Whoever finds the lease held does not work.
    LeaseCheck,
    /// The lease is taken only if the token's row is still as it was read.
    LeaseRevision,
    /// A message that finds itself as the holder is no exception.
    NoExceptionForOwnMessage,
    /// The fence stays when the lease is given back.
    FenceKept,
    /// A holder is taken for dead only after longer than a worker may run.
    LeaseOutlivesTimeout,
    /// A holder whose fence did not move for that long is taken for dead.
    Takeover,
    /// The lease is given back only as it was taken.
    ReleaseByOwner,
    /// The answer is stored only under the lease it was asked under.
    FenceOnWrite,
    /// The token's row is read before the grant, so that a grant that changes later moves the row.
    TokenRowFirst,
    /// A new grant writes the token's row.
    GrantMovesToken,
    /// A token that was renewed since it was complained about is left alone.
    FreshLeftAlone,
    /// The answer is stored only in the generation it was asked for.
    GenerationOnWrite,
    /// A row is written only as it was read (connection and access token).
    RowRevision,
    /// The first refusal makes suspect, only the second asks the seller.
    SecondLook,
    /// The second look waits its time.
    SecondLookWait,
    /// A suspect connection stays due, should the message for the second look be lost.
    SuspectStaysDue,
    /// A refusal removes the access token.
    TokenDropped,
    /// `invalid_client` is no answer about a grant.
    InvalidClientApart,
    /// A refresh token that replaces the one sent is stored with the access token.
    ReplacementStored,
    /// Of many callbacks with one state exactly one receives it.
    StateTakenOnce,
    /// An exchange is announced before the code is traded.
    ExchangeAnnounced,
    /// While one exchange is under way, no other begins.
    OneExchange,
    /// An answer with a replacement in it is tried to be stored until it is.
    ReplacementTriedHarder,
}

impl Protection {
    /// All protections.
    pub const ALL: [Self; 23] = [
        Self::LeaseCheck,
        Self::LeaseRevision,
        Self::NoExceptionForOwnMessage,
        Self::FenceKept,
        Self::LeaseOutlivesTimeout,
        Self::Takeover,
        Self::ReleaseByOwner,
        Self::FenceOnWrite,
        Self::TokenRowFirst,
        Self::GrantMovesToken,
        Self::FreshLeftAlone,
        Self::GenerationOnWrite,
        Self::RowRevision,
        Self::SecondLook,
        Self::SecondLookWait,
        Self::SuspectStaysDue,
        Self::TokenDropped,
        Self::InvalidClientApart,
        Self::ReplacementStored,
        Self::StateTakenOnce,
        Self::ExchangeAnnounced,
        Self::OneExchange,
        Self::ReplacementTriedHarder,
    ];

    /// The property that falls first without it.
    pub fn guards(self) -> &'static str {
        match self {
            Self::LeaseCheck
            | Self::LeaseRevision
            | Self::NoExceptionForOwnMessage
            | Self::FenceKept
            | Self::LeaseOutlivesTimeout
            | Self::ReleaseByOwner => property::ONE_IN_FLIGHT,
            Self::Takeover | Self::SuspectStaysDue => property::SETTLES,
            Self::FenceOnWrite => property::ONE_COMMIT,
            Self::FreshLeftAlone => property::ONCE_PER_COMPLAINT,
            Self::TokenRowFirst | Self::GrantMovesToken | Self::GenerationOnWrite | Self::RowRevision => {
                property::GENERATION
            }
            Self::SecondLook | Self::SecondLookWait => property::NO_FALSE_RECONNECT,
            Self::TokenDropped => property::REVOKED_IS_STOPPED,
            Self::InvalidClientApart => property::NOBODY_CHANGED,
            Self::ReplacementStored | Self::ReplacementTriedHarder => property::TOKEN_WORKS,
            Self::OneExchange => property::NEWEST_TOKEN,
            Self::StateTakenOnce => property::CODE_ONCE,
            Self::ExchangeAnnounced => property::LOSS_SHOWN,
        }
    }
}
