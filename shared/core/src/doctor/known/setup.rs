//! What can be wrong on our side.

use super::{Family, Known};

const SETUP: Known = Known {
    code: "",
    family: Family::Setup,
    seen: "In the doctor's findings.",
    source: None,
    means: "",
    fix: "",
};

/// The origin is of no use to Amazon.
pub const ORIGIN: Known = Known {
    code: "E_SETUP_ORIGIN",
    means: "Amazon takes redirect URIs with https only, without a fragment, and none of this machine (localhost).",
    fix: "Set the parameter PublicOrigin to https:// and a host name alone, or leave it empty for the gateway's own address, and deploy again.",
    source: Some("https://developer-docs.amazon.com/sp-api/docs/website-authorization-workflow"),
    ..SETUP
};
/// The browser came by another address.
pub const HOST: Known = Known {
    code: "E_SETUP_HOST",
    means: "This page was opened at another host than the one the installation names to Amazon. A consent that begins here ends there, where the browser has no session.",
    fix: "Open the installation at its own address. If this address is the right one, set PublicOrigin to it, deploy again, and register the new redirect URIs.",
    ..SETUP
};
/// There is no application.
pub const NO_APPLICATION: Known = Known {
    code: "E_SETUP_NO_APPLICATION",
    means: "No Amazon application is entered, so nobody can connect.",
    fix: "Enter application id, client id and client secret under Applications.",
    source: Some("https://developer-docs.amazon.com/sp-api/docs/connecting-to-the-selling-partner-api"),
    ..SETUP
};
/// An id has another form than Amazon's.
pub const AMAZON_ID: Known = Known {
    code: "E_SETUP_AMAZON_ID",
    means: "The application id or the client id does not look like one of Amazon's (amzn1.sellerapps.app.…, amzn1.application-oa2-client.…).",
    fix: "Copy both anew from the Solution Provider Portal and enter them under Applications.",
    ..SETUP
};
/// A sandbox application.
pub const SANDBOX: Known = Known {
    code: "E_SETUP_SANDBOX",
    means: "This is a sandbox application: Amazon answers with samples, and no real seller can connect.",
    fix: "Nothing for trying out. For real accounts enter a production application beside it.",
    source: Some("https://developer-docs.amazon.com/sp-api/docs/the-selling-partner-api-sandbox"),
    ..SETUP
};
/// The secret cannot be read.
pub const SECRET_UNREADABLE: Known = Known {
    code: "E_SETUP_SECRET_UNREADABLE",
    means: "The application's client secret cannot be read from Secrets Manager: it is missing, not as it should be, or the function may not.",
    fix: "Enter client id and client secret under Applications once more. If that does not help, look in Secrets Manager for <stack>/application/<name> and for a changed role.",
    ..SETUP
};
/// Another secret than the one that was entered.
pub const SECRET_OTHER: Known = Known {
    code: "E_SETUP_SECRET_OTHER",
    means: "The stored secret is not the one that was last entered or rotated here: a write was cut off, or somebody changed it in Secrets Manager.",
    fix: "Enter client id and client secret under Applications; both places are then the same again, and the days are counted rightly.",
    ..SETUP
};
/// The secret ends soon.
pub const SECRET_ENDING: Known = Known {
    code: "E_SETUP_SECRET_ENDING",
    means: "The client secret ends soon. Behind its end Amazon refuses every renewal, for all sellers of the application.",
    fix: "Make a new client secret in the Solution Provider Portal and enter it under Applications; the old one works 7 more days.",
    source: Some("https://developer-docs.amazon.com/sp-api/docs/lwa-credentials-faq"),
    ..SETUP
};
/// Amazon does not know our queue.
pub const ROTATION: Known = Known {
    code: "E_SETUP_ROTATION",
    means: "Secrets of this application are not rotated by themselves, since nobody said that Amazon knows our queue for them.",
    fix: "Register the queue SecretQueueUrl (an output of the stack) in the Solution Provider Portal under Notification Preferences, then say so under Applications. Without it, enter a new secret every 180 days.",
    source: Some("https://developer-docs.amazon.com/sp-api/docs/set-up-credential-rotation-notifications"),
    ..SETUP
};
/// A table does not answer.
pub const TABLES: Known = Known {
    code: "E_SETUP_TABLES",
    means: "A table cannot be read or written: DynamoDB does not answer, the table is missing, or the role may not.",
    fix: "Deploy the stack again, which restores tables and roles; then look at the AWS Health Dashboard.",
    ..SETUP
};
/// The key does not seal.
pub const VAULT: Known = Known {
    code: "E_SETUP_VAULT",
    means: "The key that seals tokens cannot be used: it is disabled, waits for deletion, or its policy or the role does not allow it. Nothing can be connected or renewed.",
    fix: "Enable the key named by the output VaultKeyId in KMS, or cancel its deletion at once: tokens sealed by a deleted key are lost and every seller has to reconnect.",
    ..SETUP
};
/// A queue does not take messages.
pub const QUEUE: Known = Known {
    code: "E_SETUP_QUEUE",
    means: "A queue does not take a test message: it is missing, or the role or its key does not allow it.",
    fix: "Deploy the stack again, which restores queues, keys and roles. The queue for Amazon's secrets must be a standard one that lets account 437568002678 send, with a key of its own that lets it too; the template makes it so.",
    source: Some("https://developer-docs.amazon.com/sp-api/docs/tutorial-grant-permission-to-sqs-queue"),
    ..SETUP
};
/// The bus does not take events.
pub const BUS: Known = Known {
    code: "E_SETUP_BUS",
    means: "The event bus does not take events. They are kept and published later; the operator's own rules hear of nothing meanwhile.",
    fix: "Deploy the stack again, which restores the bus and the roles.",
    ..SETUP
};
/// An application's consent ends with its year.
pub const YEAR: Known = Known {
    code: "E_SETUP_YEAR",
    means: "A seller authorizes a public application for 365 days, and they are nearly over.",
    fix: "Let the seller press Reconnect before that day; nothing is interrupted then.",
    source: Some("https://developer-docs.amazon.com/sp-api/docs/renew-authorizations"),
    ..SETUP
};
/// A stream stands still.
pub const STREAM: Known = Known {
    code: "E_SETUP_STREAM",
    means: "A domain of a connection does not move on. It is tried again by itself, after longer and longer pauses.",
    fix: "Read the reason on the connection's page. If it is Amazon's trouble, wait; it goes on where it stopped.",
    ..SETUP
};
/// Amazon fails or refuses an operation for many accounts at once.
pub const INCIDENT: Known = Known {
    code: "E_SETUP_INCIDENT",
    seen: "In the doctor's findings and on the bus, as application.calls_failing.",
    means: "Amazon fails or refuses one operation for many accounts of an application at the same time. That is Amazon's trouble, not theirs: no connection changes, and one account is asked each minute.",
    fix: "Nothing needs to be done. When Amazon answers again, the others follow within ten minutes and go on where they stopped.",
    ..SETUP
};
/// The same for more than a day.
pub const INCIDENT_LASTING: Known = Known {
    code: "E_SETUP_INCIDENT_LASTING",
    seen: "In the doctor's findings, a day after application.calls_failing.",
    means: "Amazon has refused one operation for many accounts of an application for more than a day, which is longer than any incident of its own so far: the application itself has probably lost what the operation needs.",
    fix: "In the Solution Provider Portal look whether the application still has the role that the finding names and is not suspended; ask for the role again, or Amazon's support with a request id of the connection's page. What was missed is fetched once Amazon answers.",
    source: Some("https://developer-docs.amazon.com/sp-api/docs/roles-in-the-selling-partner-api"),
    ..SETUP
};
/// Nobody works what is due.
pub const STALLED: Known = Known {
    code: "E_SETUP_STALLED",
    means: "Work has been due for half an hour and nobody has done it: a schedule is switched off, or messages wait in a queue.",
    fix: "Look at the stack's schedules and queues, and whether a function fails at its start; its log says why.",
    ..SETUP
};
/// A row cannot be read.
pub const ROW: Known = Known {
    code: "E_SETUP_ROW",
    means: "A stored row cannot be read by this build: it was changed by hand, or written by a newer one.",
    fix: "Deploy the newest build. Do not edit rows by hand.",
    ..SETUP
};
