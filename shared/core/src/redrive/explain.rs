//! Why a message was parked, in plain words, and what to do about it.

use serde::Serialize;

/// A reason for people.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Meaning {
    /// What is wrong with it.
    pub says: &'static str,
    /// What to do.
    pub fix: &'static str,
}

const LEAVE: &str = "Leave it: whatever is due is asked for again by itself, and this is swept away after 14 days. \
                     If more come, look who else may send to this queue.";

/// Beginnings of reasons ([`crate::task::BadMessage`]) and what they mean; the first that fits counts.
const MEANINGS: [(&str, Meaning); 6] = [
    ("E_MSG_JSON", Meaning { says: "It is no JSON object, so no task of Sellerport's.", fix: LEAVE }),
    ("E_MSG_VERSION", Meaning { says: "It names no version, so it is no task of Sellerport's.", fix: LEAVE }),
    (
        "E_MSG_SOURCE",
        Meaning {
            says: "It names no application or subscription of yours, or Amazon never took the secret in it. What \
                   it held was not kept, because it may be a secret or about somebody else.",
            fix: "A notification of a stranger's needs nothing. If an application is missing, enter it under Applications. Amazon sends a new secret when it \
                  is asked: rotation does that by itself, or paste one there.",
        },
    ),
    (
        "E_MSG_FIELD(v)",
        Meaning {
            says: "Another version of Sellerport wrote it.",
            fix: "If you went back to an older version, deploy the newer one again, then try again. \
                  Otherwise leave it.",
        },
    ),
    (
        "E_MSG_FIELD(slot)",
        Meaning {
            says: "It names a run that was never planned: it is forged, or the tables were wound back.",
            fix: LEAVE,
        },
    ),
    (
        "E_MSG_FIELD",
        Meaning {
            says: "A part of it is missing, wrong or unknown to this version.",
            fix: "If you went back to an older version, deploy the newer one again, then try again. \
                  Otherwise leave it: whatever is due is asked for again by itself.",
        },
    ),
];

/// What a reason means. It is matched by its beginning, for what follows may name a field.
pub fn explain(reason: &str) -> Meaning {
    let found = MEANINGS.iter().find(|(begins, _)| reason.starts_with(begins));
    found.map_or(Meaning { says: "Its reason is unknown to this version.", fix: LEAVE }, |(_, meaning)| {
        *meaning
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::task::BadMessage;

    #[test]
    fn every_reason_has_a_meaning_of_its_own() {
        let field = |name: &str| BadMessage::Field(name.to_owned());
        let reasons = [
            BadMessage::Json,
            BadMessage::Version,
            BadMessage::Source,
            field("v"),
            field("slot"),
            field("tenant"),
        ];
        let said: std::collections::HashSet<_> =
            reasons.iter().map(|reason| explain(&reason.to_string()).says).collect();
        assert_eq!(said.len(), reasons.len());
        assert!(!said.contains(explain("E_NEW").says));
    }
}
