//! Amazon's own codes and refusals.

use super::{Family, Known};

const CONSENT: Known = Known {
    code: "",
    family: Family::Consent,
    seen: "On Amazon's page, after Connect Amazon or in the Appstore.",
    means: "",
    fix: "",
    source: Some("https://developer-docs.amazon.com/sp-api/docs/authorization-errors"),
};
const LWA: Known = Known {
    family: Family::Lwa,
    seen: "In the doctor's findings, in the log, and as the reason of a connection that stands still.",
    source: Some("https://developer-docs.amazon.com/sp-api/docs/lwa-credentials-faq"),
    ..CONSENT
};
const SP_API: Known = Known {
    family: Family::SpApi,
    seen: "On the connection's page, beside the domain that does not move on.",
    source: Some("https://developer-docs.amazon.com/sp-api/docs/authorization-errors"),
    ..CONSENT
};
/// The application is a draft and the consent was asked for without `version=beta`.
pub const MD1000: Known = Known {
    code: "MD1000",
    means: "The application is still a draft at Amazon, and its consent page was opened without version=beta.",
    fix: "Enter the application here with the stage draft: consent pages are then opened with version=beta. Once Amazon has published it, change the stage to published.",
    source: Some("https://developer-docs.amazon.com/sp-api/docs/website-authorization-workflow"),
    ..CONSENT
};
/// Not listed by Amazon; reported by developers together with MD5101.
pub const MD5100: Known = Known {
    code: "MD5100",
    means: "Amazon does not take the redirect URI or the application id of this consent.",
    fix: "Compare the application id here with the one in the Solution Provider Portal, and register each redirect URI that this page lists, character for character.",
    ..CONSENT
};
/// The redirect URI is not registered.
pub const MD5101: Known = Known {
    code: "MD5101",
    means: "The redirect URI is none of those registered for the application.",
    fix: "Register each redirect URI that this page lists, character for character: no slash more at its end, https, the same host. Then press Connect Amazon again.",
    ..CONSENT
};
/// The redirect URI has a fragment.
pub const MD5110: Known = Known {
    code: "MD5110",
    means: "A registered redirect URI has a fragment (a # and what follows it).",
    fix: "Remove everything from the # on in the Solution Provider Portal; the addresses that this page lists have none.",
    ..CONSENT
};
/// The application has no Log-in URI or redirect URI.
pub const MD9100: Known = Known {
    code: "MD9100",
    means: "The application has no Log-in URI or no redirect URI at Amazon.",
    fix: "Enter the Log-in URI and the redirect URIs that this page lists in the Solution Provider Portal, under Edit App.",
    ..CONSENT
};
/// Not the primary user.
pub const SPDC8143: Known = Known {
    code: "SPDC8143",
    means: "Whoever is signed in at Amazon is not the primary user of the account; only that one may authorize an application.",
    fix: "Let the account's primary user sign in at Amazon and press Connect Amazon again.",
    ..CONSENT
};
/// The business entity is not supported.
pub const SPSA0404: Known = Known {
    code: "SPSA0404",
    means: "The application does not support the kind of account that is signed in: a seller met a vendors' application, or a vendor a sellers' one.",
    fix: "Choose seller or vendor as the account is. If it is right, add that business entity to the application in the Solution Provider Portal.",
    ..CONSENT
};
/// The vendor group role is missing.
pub const SPSA2043: Known = Known {
    code: "SPSA2043",
    means: "The vendor's user lacks the role in his vendor group that lets him authorize applications.",
    fix: "Let an administrator of the vendor group authorize, or give the user that role in Vendor Central.",
    ..CONSENT
};
/// No more sellers.
pub const CONSENT_LIMIT_REACHED: Known = Known {
    code: "CONSENT_LIMIT_REACHED",
    means: "The application has as many authorizations as Amazon allows: 25 sellers by consent while it is not listed in the Appstore, 10 by self-authorization.",
    fix: "List the application in the Appstore, which lifts the limit, or let sellers who have left remove it in Manage Your Apps.",
    source: Some("https://developer-docs.amazon.com/sp-api/docs/application-authorization-limits"),
    ..CONSENT
};

/// Our client id or secret is wrong or has ended.
pub const INVALID_CLIENT: Known = Known {
    code: "invalid_client",
    means: "Amazon does not know this pair of client id and client secret, or the secret has ended. No seller is at fault and no connection changes.",
    fix: "Copy client id and client secret anew from the Solution Provider Portal (View, beside LWA credentials) and enter them under Applications. They are tried before they replace the ones in force.",
    ..LWA
};
/// Our client may not do this.
pub const UNAUTHORIZED_CLIENT: Known = Known {
    code: "unauthorized_client",
    means: "The client exists but may not do this: the token belongs to another application, or the application is not registered for SP-API.",
    fix: "Check that the client id is that of the same application as the tokens. Refresh tokens of another application have to be imported under that one.",
    ..LWA
};
/// A refresh token or code is of no use.
pub const INVALID_GRANT: Known = Known {
    code: "invalid_grant",
    means: "The refresh token was revoked, has ended or belongs to another client; for a consent's code: it is used or older than five minutes.",
    fix: "Press Reconnect on the connection and let the seller approve once more; for a private application make a new token in Seller Central and import it. What has landed stays, and fetching goes on where it stopped.",
    source: Some("https://developer-docs.amazon.com/sp-api/docs/renew-authorizations"),
    ..LWA
};
/// A grantless scope is not allowed.
pub const INVALID_SCOPE: Known = Known {
    code: "invalid_scope",
    means: "The application may not have the grantless scope it asked for. Sellers' tokens have no scope, so fetching is not touched.",
    fix: "For rotation of secrets and for notifications the application must be a production one with the matching role; until then enter new secrets by hand.",
    source: Some("https://developer-docs.amazon.com/sp-api/docs/grantless-operations"),
    ..LWA
};
/// Login with Amazon did not answer.
pub const LWA_SILENT: Known = Known {
    code: "temporarily_unavailable",
    means: "Login with Amazon did not answer, or with an error of its own (also server_error and 429). This says nothing about the credentials.",
    fix: "Wait some minutes and run the checks again; renewals are retried by themselves, once a minute. If only this installation is affected, look whether the function may reach api.amazon.com.",
    ..LWA
};

/// The access token ended.
pub const TOKEN_EXPIRED: Known = Known {
    code: "TOKEN_EXPIRED",
    means: "“The access token you provided has expired”, or is revoked, malformed or missing. A token lives one hour.",
    fix: "Nothing: it is renewed by itself within a minute. If it stays, Login with Amazon refuses the renewal; see invalid_grant and invalid_client.",
    source: Some("https://developer-docs.amazon.com/sp-api/docs/connecting-to-the-selling-partner-api"),
    ..SP_API
};
/// The role is missing.
pub const ROLE_MISSING: Known = Known {
    code: "ROLE_MISSING",
    means: "“Access to requested resource is denied”: the application lacks the role of this operation, or the seller approved before the role was added.",
    fix: "Add the role that the connection's page names to the application in the Solution Provider Portal, wait for Amazon's approval, then press Reconnect: each seller has to approve again after a role is added.",
    source: Some("https://developer-docs.amazon.com/sp-api/docs/roles-in-the-selling-partner-api"),
    ..SP_API
};
/// A restricted data token is missing.
pub const RESTRICTED: Known = Known {
    code: "RESTRICTED",
    means: "“Access to requested resource is denied” for a document of a restricted report type: it holds buyers' data, which Amazon gives only for a restricted data token.",
    fix: "Open buyers' data on the connection's page and ask for the document as restricted. A domain that is fetched never needs one: please report it.",
    source: Some("https://developer-docs.amazon.com/sp-api/docs/tokens-api-use-case-guide"),
    ..SP_API
};
/// Stores of another region.
pub const WRONG_REGION: Known = Known {
    code: "WRONG_REGION",
    means: "“The marketplaces you provided are not valid for region”, or an empty list of stores: the grant is used in a region in which the account does not sell.",
    fix: "Disconnect, and connect the seller with a store of the region in which he sells. A grant holds for one region; a seller in two regions connects twice.",
    ..SP_API
};
/// No such path.
pub const UNKNOWN_PATH: Known = Known {
    code: "UNKNOWN_PATH",
    means: "A 403 without details: Amazon answers an unknown or retired path so, not with 404; also a deactivated seller account.",
    fix: "Update this installation, which may call an operation that Amazon has retired. If other sellers work, let the seller check that his account is active in Seller Central.",
    ..SP_API
};
/// The client secret behind the token has ended.
pub const SECRET_EXPIRED: Known = Known {
    code: "SECRET_EXPIRED",
    means: "“The LWA secret token you provided has expired”: the client secret is older than 180 days, or 7 days have passed since its rotation.",
    fix: "Make a new client secret in the Solution Provider Portal and enter it under Applications. Connections stay as they are and go on by themselves.",
    source: Some("https://developer-docs.amazon.com/sp-api/docs/lwa-credentials-faq"),
    ..SP_API
};
